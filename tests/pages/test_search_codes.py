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
    "d20210326z d202103z": [
        "26 March 2021",
        "26th of March 2021",
        "March 26, 2021",
        "26 Mar 2021",
        "2021-03-26",
        "26/03/2021",
        "26.3.2021",
    ],
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
    assert find_codes(text) == "d20240502z d202405z n4120z n5000z p82d4z n82d4z n17z n30z".split()


@pytest.mark.parametrize(
    ("date", "codes"),
    [
        ("2021-03-26", "d20210326z d202103z"),
        ("2021-03~", "d202103z"),
        ("2021", ""),
        ("2021-08/2021-10", "d202108z d202109z d202110z"),
        ("2020-11/2021-01", "d202011z d202012z d202101z"),
        ("2019-10/2020-09", "d201910z d202009z"),
        ("2021-10-28/..", "d20211028z d202110z"),
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
