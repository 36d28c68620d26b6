"""The measurement of foreign pages: its arithmetic, what it says when a goal is missed, and a run over two pages of our own."""

from __future__ import annotations

import sys
from collections import Counter
from pathlib import Path

import pytest

from bench import foreign_pages
from bench.conversion import Conversion, convert_page
from bench.foreign_pages import MeasuredPage, find_missed_goals, format_report
from bench.overlap import Overlap, compare_bags, count_folded_words, sum_up_shares
from support.find_browser import find_installed_browser

PAGE = """<!DOCTYPE html><meta charset="utf-8"><title>Ferry</title><noscript>Please switch scripts on.</noscript>
<style>p { text-transform: uppercase } .away { display: none }</style><p>The ferry to the island was late on each day of May.</p>
<p class="away">Only style hides this.</p><ul><li>Late by an hour</li><li>Late by two</li></ul><script>let gone = 1</script>
"""


def measured(
    name: str, expected: Overlap | None = None, shown: Overlap | None = None, refusal: str = "", difference: str = ""
) -> MeasuredPage:
    conversion = Conversion(0.5, 60.0, refusal, difference, Counter(), Counter(), Counter())
    return MeasuredPage(name, conversion, expected, None, shown)


@pytest.mark.parametrize(
    ("found", "wanted", "overlap"),
    [
        ("a b c d", "a b c d", Overlap(1, 1)),
        ("d c b a", "a b c d", Overlap(1, 1)),  # the order says nothing
        ("a b c", "a b c d", Overlap(0.75, 1)),
        ("a b c d x", "a b c d", Overlap(1, 0.8)),
        ("a", "a a", Overlap(0.5, 1)),  # a word that stands twice is two words
        ("menu", "me nu", Overlap(1, 1)),
        ("me nu x", "menu menu", Overlap(0.5, 2 / 3)),  # letters that are used up make no second word
        ("memenu", "menume", Overlap(0, 0)),
        ("", "a", Overlap(0, 1)),
        ("a", "", Overlap(1, 0)),
        ("", "", Overlap(1, 1)),
    ],
)
def test_recall_and_precision_count_each_word_as_often_as_it_stands(found: str, wanted: str, overlap: Overlap) -> None:
    assert compare_bags(count_folded_words(found), count_folded_words(wanted)) == overlap


def test_words_are_compared_without_case_punctuation_and_what_has_no_width() -> None:
    assert count_folded_words("“Wa\u0308h\u00adler,” SAID\u200b he.") == count_folded_words("wähler said he")


def test_median_mean_fifth_percentile_and_worst() -> None:
    assert sum_up_shares([number / 100 for number in range(100, 0, -1)]) == pytest.approx((0.505, 0.505, 0.06, 0.01))
    assert sum_up_shares([0.5]) == (0.5, 0.5, 0.5, 0.5)


def test_goals_are_of_medians_and_of_each_page_that_is_not_refused() -> None:
    good = [measured(f"page-{number}", Overlap(0.996, 0.98), Overlap(0.99, 0.1)) for number in range(3)]
    assert find_missed_goals([*good, measured("refused", refusal="it is no page")]) == []
    assert find_missed_goals([*good, measured("unproved", shown=Overlap(0.5, 1), difference="missing: 1")]) == []
    assert find_missed_goals([*good, measured("short", shown=Overlap(0.97, 1))]) == [
        "1 pages could be printed whole, and are under 0.98 of what Chromium shows: short"
    ]
    bad = measured("bad", Overlap(0.99, 0.96))
    assert [sentence.split(" is ")[1] for sentence in find_missed_goals([bad])] == ["0.9900, under 0.995", "0.9600, under 0.97"]


def test_the_report_names_the_worst_pages_and_the_refused() -> None:
    report = format_report(
        [measured("low", Overlap(0.5, 1)), measured("high", Overlap(1, 1)), measured("no", refusal="it is no page")]
    )
    assert "| expected.html, recall | 2 | 0.750 | 0.750 | 0.500 | 0.500 |" in report
    assert "expected.html, recall: low 0.500, high 1.000" in report
    assert "refused: 1 of 3\n- no: it is no page" in report


def test_a_page_is_converted_with_its_time_and_memory(tmp_path: Path) -> None:
    file = tmp_path / "page.html"
    file.write_text(PAGE, encoding="utf-8")
    conversion = convert_page(file)
    assert conversion.words["ferry"] == 1
    assert conversion.refusal == ""
    assert conversion.seconds > 0
    assert conversion.megabytes > 10
    file.write_text("<title>Empty</title>", encoding="utf-8")
    assert "no words" in convert_page(file).refusal


@pytest.mark.browser
@pytest.mark.skipif(find_installed_browser() is None, reason="there is no Chromium here")
def test_pages_are_compared_with_what_chromium_shows(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    folder = tmp_path / "pages" / "ferry"
    folder.mkdir(parents=True)
    (folder / "source.html").write_text(PAGE * 3, encoding="utf-8")
    (folder / "expected.html").write_text("<p>The ferry to the island was late on each day of May.</p>" * 3, encoding="utf-8")
    arguments = ["foreign_pages", str(tmp_path / "pages"), "--cache", str(tmp_path / "cache"), "--processes", "1"]
    monkeypatch.setattr(sys, "argv", arguments)
    with pytest.raises(SystemExit):
        foreign_pages.main()
    report = capsys.readouterr().out
    assert "| Chromium, all paragraphs, recall | 1 | 1.000" in report
    shown = [file.read_text(encoding="utf-8") for file in (tmp_path / "cache").iterdir()]
    assert len(shown) == 2
    assert not any(word in text for text in shown for word in ("hides", "switch", "gone", "FERRY"))
