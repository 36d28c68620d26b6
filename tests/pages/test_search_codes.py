"""The codes of numbers, days and names: one for each, in whatever form it is written, and the same in the script."""

from __future__ import annotations

import pytest
from playwright.sync_api import Page

from dossier.model.dates.edtf import parse_edtf
from dossier.output.assets import ASSETS_FOLDER
from dossier.pages.search.search_codes import code_name, find_codes, fold_search_text, list_date_codes

FORMS = {
    "p52z n52z": [
        "52%",
        "52 %",
        "52\u00a0%",
        "52\u202f%",
        "52 per cent",
        "52 percent",
        "52-percent",
        "fifty-two per cent",
        "Fifty two percent",
    ],
    "p1d3z n1d3z": ["1.3 %", "1.30 per cent"],
    "p105z n105z": ["one hundred and five per cent", "105 pct"],
    "n9477z": ["9,477", "9477", "9\u00a0477", "9\u2009477", "9 477"],
    "n69000000z n69z": ["69m", "69 million", "69\u00a0million", "sixty-nine million"],
    "n69100000z n69d1z": ["69.1 million", "69.1mn"],
    "n12000z n12z": ["12k", "twelve thousand"],
    "d20210326z d202103z d0326z": [
        "26 March 2021",
        "26th of March 2021",
        "March 26, 2021",
        "26 Mar 2021",
        "2021-03-26",
        "26/03/2021",
        "26.3.2021",
    ],
    "r1o10z": ["one in ten", "one out of ten", "One-in-ten"],
    "r1o10z n1z n10z": ["1 in 10", "1 out of 10"],
    "r1o10z n10z": ["one in 10"],
    "n35z": ["35 in 2020", "35 in March"],
    "n3z n10000000z n10z": ["3 in 10 million"],
    "d202009z": ["September 2020", "Sept. 2020", "sep 2020", "2020-09"],
    "": ["", "2021", "more than half", "a ferry", "two ferries", "v2", "may"],
}
"""Texts by the codes that each of them has."""

NAMES = {
    "The Daily Telegraph": "xdailytelegraphz",
    "Truth Talks": "xtruthtalksz",
    "What’s App": "xwhatsappz",
    "Zürich": "xzurichz",
    "The": "xthez",
}


@pytest.mark.parametrize("codes", FORMS)
def test_a_number_or_day_has_one_code_in_whatever_form(codes: str) -> None:
    assert {form: " ".join(find_codes(form)) for form in FORMS[codes]} == dict.fromkeys(FORMS[codes], codes)


def test_a_running_text_has_the_codes_of_all_its_numbers_once() -> None:
    text = "On 2 May 2024, 4,120 of 5,000 tickets (82.4 %) were sold; 4,120 is a record, and 17:30 a time."
    assert find_codes(text) == "d20240502z d202405z d0502z n4120z n5000z p82d4z n82d4z n17z n30z".split()


@pytest.mark.parametrize(
    ("date", "codes"),
    [
        ("2021-03-26", "d20210326z d202103z d0326z"),
        ("2021-03~", "d202103z"),
        ("2021", ""),
        ("2021-08/2021-10", "d202108z d202109z d202110z"),
        ("2020-11/2021-01", "d202011z d202012z d202101z"),
        ("2019-10/2020-09", "d201910z d202009z"),
        ("2021-10-28/..", "d20211028z d202110z d1028z"),
        ("../2021-10", "d202110z"),
    ],
)
def test_a_record_has_the_codes_of_its_day_and_of_its_months(date: str, codes: str) -> None:
    assert " ".join(list_date_codes(parse_edtf(date))) == codes


def test_no_code_begins_like_another() -> None:
    codes = {code for forms in FORMS.values() for form in forms for code in find_codes(form)}
    assert [(one, other) for one in codes for other in codes if one != other and other.startswith(one)] == []
    assert len(codes) > 10


@pytest.mark.parametrize("name", NAMES)
def test_a_name_has_one_code_however_it_is_spaced(name: str) -> None:
    assert code_name(name) == NAMES[name]
    assert code_name("…") == ""


@pytest.mark.browser
def test_the_script_makes_the_same_codes(page: Page) -> None:
    script = (ASSETS_FOLDER / "script/words.js").read_text(encoding="utf-8")
    forms = [form for forms in FORMS.values() for form in forms]
    read = "form => [...new Set(readCodes(fold(form)).coded.flatMap(one => one.codes))]"
    made = page.evaluate(f"forms => {{ {script}\n return forms.map({read}) }}", forms)
    assert dict(zip(forms, made, strict=True)) == {form: find_codes(form) for form in forms}
    named = page.evaluate(f"names => {{ {script}\n return names.map(name => nameCode(wordsOf(fold(name)))) }}", list(NAMES))
    assert dict(zip(NAMES, named, strict=True)) == NAMES
    folded = page.evaluate(f"texts => {{ {script}\n return texts.map(fold) }}", ["Ünïcode ﬁsh\u00a0№ 5"])
    assert folded == [fold_search_text("Ünïcode ﬁsh\u00a0№ 5")]


@pytest.mark.browser
@pytest.mark.parametrize(
    "typed", ["26/3/21", "3/26/2021", "2021/03/26", "26. März 2021", "26 de marzo de 2021", "26-3-2021", "26 mars 2021"]
)
def test_the_script_reads_days_in_forms_that_only_readers_use(page: Page, typed: str) -> None:
    assert _read_query(page, typed) == {"codes": [["d20210326z", "d202103z", "d0326z"]], "rest": ""}


@pytest.mark.browser
@pytest.mark.parametrize(
    ("typed", "codes", "rest"),
    [
        ("2021/04", [["d202104z"]], ""),
        ("04/2021", [["d202104z"]], ""),
        ("2021-4", [["d202104z"]], ""),
        ("März 2021", [["d202103z"]], ""),
        ("March 26", [["d0326z"]], ""),
        ("the 26th of March", [["d0326z"]], "the"),
        ("may 10 %", [["p10z", "n10z"]], "may"),
        ("2020/21", [["n21z"]], "2020/"),
    ],
)
def test_the_script_reads_months_and_days_of_any_year(page: Page, typed: str, codes: list[list[str]], rest: str) -> None:
    assert _read_query(page, typed) == {"codes": codes, "rest": rest}


def _read_query(page: Page, typed: str) -> dict[str, object]:
    script = (ASSETS_FOLDER / "script/words.js").read_text(encoding="utf-8")
    read = "const {coded, rest} = readQuery(typed); return {codes: coded.map(one => one.codes), rest: rest.trim()}"
    answer: dict[str, object] = page.evaluate(f"typed => {{ {script}\n {read} }}", typed)
    return answer
