"""Dates: EDTF levels 0 and 1 in, bounds and English words out; everything else is refused with its cure."""

from __future__ import annotations

import re
from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from dossier.model.dates.date_parts import CalendarDay
from dossier.model.dates.edtf import EARLIEST_DAY, LATEST_DAY, Edtf, parse_edtf
from dossier.model.problems.problem import UnreadableError

HABITS = st.one_of(
    st.from_regex(r"[0-9]{1,2}(st|th)? (March|Feb|sept\.),? [0-9]{4}", fullmatch=True),
    st.from_regex(r"[0-9]{4}[-/.][0-9]{1,2}([-/.][0-9]{1,2})?", fullmatch=True),
    st.from_regex(r"[0-9]{1,2}[/.][0-9]{1,2}[/.][0-9]{4}", fullmatch=True),
    st.from_regex(r"(c\. |ca |circa )[0-9]{4}(-[0-9]{2}){0,2}", fullmatch=True),
)


def cure(text: str) -> str:
    with pytest.raises(UnreadableError, match="is not a date in a known form") as refused:
        parse_edtf(text)
    assert refused.value.rule == "wrong-date"
    return refused.value.help


def read_or_refuse(text: str) -> Edtf | UnreadableError:
    try:
        return parse_edtf(text)
    except UnreadableError as refused:
        return refused


def suggested(text: str) -> list[str]:
    """The dates that a cure tells people to write."""
    outcome = read_or_refuse(text)
    return (
        re.findall(r"(?:^write|; write| or) ([-\dXY~?%/.]*[\dX~?%/.])", outcome.help)
        if isinstance(outcome, UnreadableError)
        else []
    )


@pytest.mark.parametrize(
    ("text", "earliest", "latest", "words"),
    [
        ("2021", (2021, 1, 1), (2021, 12, 31), "2021"),
        ("2021-04", (2021, 4, 1), (2021, 4, 30), "April 2021"),
        ("2021-02", (2021, 2, 1), (2021, 2, 28), "February 2021"),
        ("2020-02", (2020, 2, 1), (2020, 2, 29), "February 2020"),
        ("1900-02", (1900, 2, 1), (1900, 2, 28), "February 1900"),
        ("2021-03-26", (2021, 3, 26), (2021, 3, 26), "26 March 2021"),
        ("2020-02-29", (2020, 2, 29), (2020, 2, 29), "29 February 2020"),
        ("2021-03-28T12:52:03", (2021, 3, 28), (2021, 3, 28), "28 March 2021"),
        ("2021-03-28T12:52:03Z", (2021, 3, 28), (2021, 3, 28), "28 March 2021"),
        ("2021-03-28T12:52:03+05:30", (2021, 3, 28), (2021, 3, 28), "28 March 2021"),
        ("2021-03-28T12:52:03-04", (2021, 3, 28), (2021, 3, 28), "28 March 2021"),
    ],
)
def test_level_0_dates_have_bounds_and_words(text: str, earliest: CalendarDay, latest: CalendarDay, words: str) -> None:
    read = parse_edtf(text)
    assert (read.earliest_day, read.latest_day, read.date_in_words) == (earliest, latest, words)


@pytest.mark.parametrize(
    ("text", "earliest", "latest", "words"),
    [
        ("2021?", (2021, 1, 1), (2021, 12, 31), "possibly 2021"),
        ("2021-03~", (2021, 3, 1), (2021, 3, 31), "about March 2021"),
        ("2021-03-26%", (2021, 3, 26), (2021, 3, 26), "possibly about 26 March 2021"),
        ("202X", (2020, 1, 1), (2029, 12, 31), "the 2020s"),
        ("19XX", (1900, 1, 1), (1999, 12, 31), "a year from 1900 to 1999"),
        ("2021-XX", (2021, 1, 1), (2021, 12, 31), "a month in 2021"),
        ("2021-03-XX", (2021, 3, 1), (2021, 3, 31), "a day in March 2021"),
        ("2021-XX-XX", (2021, 1, 1), (2021, 12, 31), "a day in 2021"),
        ("2021-21", (2021, 3, 1), (2021, 5, 31), "spring 2021"),
        ("2021-22", (2021, 6, 1), (2021, 8, 31), "summer 2021"),
        ("2021-23~", (2021, 9, 1), (2021, 11, 30), "about autumn 2021"),
        ("2019-24", (2019, 12, 1), (2020, 2, 29), "winter 2019"),
        ("Y17000", (17000, 1, 1), (17000, 12, 31), "17000"),
        ("Y-13800000000", (-13_800_000_000, 1, 1), (-13_800_000_000, 12, 31), "13800000001 BC"),
        ("-20XX", (-2099, 1, 1), (-2000, 12, 31), "a year from 2100 BC to 2001 BC"),
        ("-001X", (-19, 1, 1), (-10, 12, 31), "a year from 20 BC to 11 BC"),
        ("009X", (90, 1, 1), (99, 12, 31), "a year from AD 90 to AD 99"),
        ("0000", (0, 1, 1), (0, 12, 31), "1 BC"),
        ("-0005-03-02", (-5, 3, 2), (-5, 3, 2), "2 March 6 BC"),
        ("0044-03-15", (44, 3, 15), (44, 3, 15), "15 March AD 44"),
        ("-0044", (-44, 1, 1), (-44, 12, 31), "45 BC"),
    ],
)
def test_level_1_dates_have_bounds_and_words(text: str, earliest: CalendarDay, latest: CalendarDay, words: str) -> None:
    read = parse_edtf(text)
    assert (read.earliest_day, read.latest_day, read.date_in_words) == (earliest, latest, words)


@pytest.mark.parametrize(
    ("text", "earliest", "latest", "words"),
    [
        ("2019-10/2020-09", (2019, 10, 1), (2020, 9, 30), "October 2019 to September 2020"),
        ("2020/2020", (2020, 1, 1), (2020, 12, 31), "2020"),
        ("2021-03-26/2021-03-28", (2021, 3, 26), (2021, 3, 28), "26 to 28 March 2021"),
        ("2021-03-26/2021-04-26", (2021, 3, 26), (2021, 4, 26), "26 March to 26 April 2021"),
        ("2021-03/2021-04", (2021, 3, 1), (2021, 4, 30), "March to April 2021"),
        ("2021-03-26~/2021-03-28", (2021, 3, 26), (2021, 3, 28), "about 26 March 2021 to 28 March 2021"),
        ("2005/2006-02", (2005, 1, 1), (2006, 2, 28), "2005 to February 2006"),
        ("2020-12/2020-24", (2020, 12, 1), (2021, 2, 28), "December 2020 to winter 2020"),
        ("2021-03~/2022?", (2021, 3, 1), (2022, 12, 31), "about March 2021 to possibly 2022"),
        ("2021-10-28/..", (2021, 10, 28), LATEST_DAY, "28 October 2021 or later"),
        ("../2021", EARLIEST_DAY, (2021, 12, 31), "2021 or earlier"),
        ("2021-10-28/", (2021, 10, 28), LATEST_DAY, "from 28 October 2021, end unknown"),
        ("/2021", EARLIEST_DAY, (2021, 12, 31), "until 2021, beginning unknown"),
    ],
)
def test_intervals_have_bounds_and_words(text: str, earliest: CalendarDay, latest: CalendarDay, words: str) -> None:
    read = parse_edtf(text)
    assert (read.earliest_day, read.latest_day, read.date_in_words) == (earliest, latest, words)


@pytest.mark.parametrize(
    ("text", "help"),
    [
        ("2020/2019", "the interval ends before it begins; write 2019/2020"),
        ("2021-03-02/2021-03-01", "write 2021-03-01/2021-03-02"),
        ("2021-03-28T15:00:00/2021-03-28T12:00:00", "an interval has no X and no time of day; write 2021-03-28"),
        ("2021-03-28T15:00:00Z/2021-03-29T12:00:00Z", "write 2021-03-28/2021-03-29"),
        ("2021-03-29T01:00:00/2021-03-28T12:00:00", "the interval ends before it begins; write 2021-03-28/2021-03-29"),
        ("2022/2021-24", "the interval ends before it begins; write 2021-24/2022"),
        ("2021-05-31/2021-05", "one end is a part of the other; write 2021-05-31 or 2021-05, whichever is meant"),
        ("2021-05-02/2021-05", "write 2021-05-02/2021-05-31 or 2021-05, whichever is meant"),
        ("2021/2021-03", "write 2021-01/2021-03 or 2021, whichever is meant"),
        ("2021-03/2021", "write 2021-03/2021-12 or 2021, whichever is meant"),
        ("2021-03~/2021-03-28?", "write 2021-03-01/2021-03-28? or 2021-03~, whichever is meant"),
        ("-0044-03-15/-0044", "write -0044-03-15/-0044-12-31 or -0044, whichever is meant"),
        ("2021-24/2022-01", "write 2021-12/2022-01 or 2021-24, whichever is meant"),
        ("2021-05-31T10:00:00-05:00/2021-05", "write 2021-05-31 or 2021-05, whichever is meant"),
        ("202X/2021-05", "write 2020-01/2021-05 or 202X, whichever is meant"),
        ("2004-06-XX/2004-07-03", "write 2004-06/2004-07-03"),
        ("202X/203X", "write 2020/2039"),
        ("-201X/-200X~", "write -2019/-2000~"),
        ("../20XX-XX", "write ../2099"),
        ("2021-3/2021-5", "write 2021-03/2021-05"),
        ("Y00044/2021", "write 0044/2021"),
        ("2021-02-30/2021-03-01", "February 2021 has 28 days"),
        ("../..", "at least one date"),
        ("/", "at least one date"),
    ],
)
def test_intervals_that_cannot_be_are_refused(text: str, help: str) -> None:
    assert help in cure(text)


@pytest.mark.parametrize(
    ("text", "help"),
    [
        ("26 March 2021", "write 2021-03-26"),
        ("1st Sept. 2021", "write 2021-09-01"),
        ("march 2021", "write 2021-03"),
        ("Mar 2021", "write 2021-03"),
        ("26/03/2021", "write 2021-03-26"),
        ("03/26/2021", "write 2021-03-26"),
        ("3/4/2021", "write 2021-04-03 or 2021-03-04, whichever is meant"),
        ("4.4.2021", "write 2021-04-04"),
        ("2021-3-6", "write 2021-03-06"),
        ("2021/03/26", "write 2021-03-26"),
        ("2021-3", "write 2021-03"),
        ("2021/03", "write 2021-03"),
        ("2020/21", "write 2020/2021"),
        ("c. 2021", "write 2021~"),
        ("circa 2021-03", "write 2021-03~"),
        ("2021-02-29", "February 2021 has 28 days"),
        ("2021-04-31", "April 2021 has 30 days"),
        ("2021-13", "a month is 01 to 12"),
        ("2021-00", "a month is 01 to 12"),
        ("156X-12", "write 156X"),
        ("2021-XX-05", "write 2021-XX-XX"),
        ("2021-03T12:00:00Z", "a time of day needs a full date"),
        ("2021-03-28T12:00:00?", "a date that is not certain has no time of day; write 2021-03-28?"),
        ("2021-03-28T12:00:00-00:00", "write 2021-03-28 without a time, or with a zone that there is"),
        ("2021-03-28T12:00:00-14:00", "write 2021-03-28 without a time, or with a zone that there is"),
        ("2021-03-28T12:00:00+14:30", "write 2021-03-28 without a time, or with a zone that there is"),
        ("-0000", "write 0000"),
        ("-0000-XX", "write 0000-XX"),
        ("Y00001", "write 0001"),
        ("Y-0044", "write -0044"),
        ("Y017000", "write Y17000"),
        ("Y1234567890123", "a year has at most 12 digits"),
        ("44 BC", "write -0043"),
        ("1 B.C.E.", "write 0000"),
        ("AD 44", "write 0044"),
        ("XXXX-12", "only the last two digits of a year may be X"),
        ("yesterday", "write year-month-day as far as it is known"),
        ("", "write year-month-day as far as it is known"),
    ],
)
def test_other_ways_to_write_a_date_are_refused_with_the_right_one(text: str, help: str) -> None:
    assert help in cure(text)


@pytest.mark.parametrize(
    "text",
    [
        "[2020,2021]",
        "{2020..2022}",
        "2021-25",
        "2021?-03",
        "?2021-03",
        "1XXX",
        "XXXX",
        "Y17E7",
        "1950S2",
        "2021-XX-05",
        "156X-12-25",
    ],
)
def test_level_2_is_refused(text: str) -> None:
    assert cure(text)


@pytest.mark.parametrize(
    "text",
    ["2021-03-28T24:30:00", "2021-03-28T12:60:00Z", "2021-03-28T99:99:99", "２０２１-03", "٢٠٢١", "Y17000-03", "2021 ", "2021\n"],
)
def test_what_only_looks_like_edtf_is_refused(text: str) -> None:
    assert cure(text)


def test_dates_sort_by_first_day_then_last() -> None:
    texts = ["../2019", "2019-12-31", "2020-01-01", "2020-01~", "2020-01-01/2020-02", "2020", "2020/..", "2020-01-02"]
    assert sorted(reversed(texts), key=lambda text: parse_edtf(text).sort_key) == texts


@pytest.mark.parametrize(
    ("text", "html"),
    [("2021", "2021"), ("2021-03", "2021-03"), ("2021-03-26~", ""), ("2021~", ""), ("202X", ""), ("2021-21", "")],
)
def test_html_has_a_form_only_for_calendar_dates(text: str, html: str) -> None:
    moment = parse_edtf(text).start
    assert moment
    assert moment.html_datetime == html


@settings(deadline=None)
@given(st.dates())
def test_every_calendar_day_round_trips(day: date) -> None:
    read = parse_edtf(day.isoformat())
    assert read.earliest_day == read.latest_day == (day.year, day.month, day.day)
    assert str(read) == day.isoformat()
    assert read.date_in_words == f"{day.day} {day:%B} " + (f"AD {day.year}" if day.year < 1000 else str(day.year))


@settings(deadline=None)
@given(st.dates(), st.dates())
def test_an_interval_is_read_exactly_when_it_does_not_end_before_it_begins(start: date, end: date) -> None:
    if start > end:
        assert f"write {end}/{start}" in cure(f"{start}/{end}")
    else:
        assert parse_edtf(f"{start}/{end}").sort_key == (start.timetuple()[:3], end.timetuple()[:3])


@settings(deadline=None)
@given(st.one_of(st.text(), st.text(alphabet="0123456789XY?~%.TZ:+-/ [{cMar")))
def test_any_text_is_a_date_or_refused(text: str) -> None:
    outcome = read_or_refuse(text)
    if isinstance(outcome, UnreadableError):
        assert outcome.help
    else:
        assert outcome.earliest_day <= outcome.latest_day
        assert outcome.text == text


@settings(deadline=None)
@given(HABITS)
def test_a_suggested_date_is_one(text: str) -> None:
    for suggestion in suggested(text):
        assert parse_edtf(suggestion).text == suggestion


@pytest.mark.parametrize(
    ("text", "dates"),
    [
        ("March 2019", ["2019-03"]),
        ("Friday, 26th of March 2021", ["2021-03-26"]),
        ("March 26, 2021", ["2021-03-26"]),
        ("3/4/2021", ["2021-04-03", "2021-03-04"]),
        ("4/4/2021", ["2021-04-04"]),
        ("03/2021", ["2021-03"]),
        ("20210326", ["2021-03-26"]),
        ("2021-03-26 12:52", ["2021-03-26"]),
        ("early 2019", ["2019", "2019-01/2019-04"]),
        ("mid-2019", ["2019", "2019-05/2019-08"]),
        ("summer of 2019", ["2019-22"]),
        ("the 1990s", ["199X"]),
        ("2019-2021", ["2019/2021"]),
        ("2019–2021", ["2019/2021"]),
        ("March to May 2021", ["2021-03/2021-05"]),
        ("between 2018 and March 2020", ["2018/2020-03"]),
        ("circa 2019", ["2019~"]),
        ("about March 2019", ["2019-03~"]),
        ("probably 2019", ["2019?"]),
        ("before 2020", ["../2019"]),
        ("before January 2020", ["../2019-12"]),
        ("before 1 March 2020", ["../2020-02-29"]),
        ("after 2020", ["2021/.."]),
        ("until March 2021", ["../2021-03"]),
        ("since 2019", ["2019/.."]),
        ("2019 or later", ["2019/.."]),
        ("2021-02-30", []),
        ("31/02/2021", []),
        ("Q1 2019", []),
        ("Ma 2021", []),
        ("26 March", []),
        ("26.3.21", []),
        ("before 2021-02-30", []),
    ],
)
def test_dates_in_other_words_come_with_the_dates_that_may_be_meant(text: str, dates: list[str]) -> None:
    outcome = read_or_refuse(text)
    assert isinstance(outcome, UnreadableError)
    assert outcome.values == tuple(f'"{date}"' for date in dates)


@pytest.mark.parametrize("words", ["mon ", "from ", "a to ", "about ", "2020 and "])
def test_words_of_dates_without_end_are_refused_like_any_other_text(words: str) -> None:
    assert suggested(words * 2_000 + "2020") == []
