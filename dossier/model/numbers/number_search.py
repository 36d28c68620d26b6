"""Search running text for printed numbers: Markdown in, spans and parsed numbers out."""

from __future__ import annotations

import re
from collections.abc import Iterator
from contextlib import suppress

from dossier.model.dates.calendar_names import MONTH_NAMES
from dossier.model.numbers.printed import (
    COUNT_REGEX,
    FACTORS_BY_MULTIPLE_WORD,
    FIGURES_REGEX,
    FOLD_REGEX,
    GAP_REGEX,
    HALF_REGEX,
    MULTIPLE_REGEX,
    ONE_IN_REGEX,
    ONE_PART_REGEX,
    PERCENT_REGEX,
    SCALE_REGEX,
    SEVERAL_PARTS_REGEX,
    TIMES_REGEX,
    VALUES_BY_NUMBER_WORD,
    WORD_END_REGEX,
    PrintedNumber,
    join_alternatives,
    parse_printed_number,
)
from dossier.model.problems.problem import UnreadableError

# The scan pattern is one alternation that consumes the whole text: plain words, then texts to skip, then numbers, then
# words with digits. Skipped texts come before numbers, and words are consumed whole, so no match begins inside one.
_YEAR_REGEX = "(?:19|20)[0-9]{2}"
_MONTH_REGEX = rf"(?-i:{join_alternatives([*MONTH_NAMES, 'Sept', *(month[:3] for month in MONTH_NAMES)])}){WORD_END_REGEX}\.?"
_DAY_REGEX = r"(?:3[01]|[12][0-9]|0?[1-9])(?:st|nd|rd|th)?"
_WHOLE_NUMBER_END_REGEX = rf"{WORD_END_REGEX}(?![.,][0-9])(?!{SCALE_REGEX}|{PERCENT_REGEX})"
_PAGE_PART_REGEX = join_alternatives("paragraph para section chapter page footnote table")
_PAGE_PART_NUMBER_REGEX = rf"(?>[0-9]+(?:\.[0-9]+)*(?:[-–][0-9]+)?){_WHOLE_NUMBER_END_REGEX}"
# Digits that are not printed numbers, by an example or a name of each form.
_SKIPPED_TEXT_REGEXES = {
    "code": r"(?<!`)(?P<ticks>`+)(?!`)(?s:(?!\n\s*\n).)*?(?<!`)(?P=ticks)(?!`)",
    "link target": r"\]\([^)\]\n]*\)",
    "web address": r"(?:https?://|www\.)[^\s<>\"]+",
    "2021-03-26": rf"(?<![0-9]){_YEAR_REGEX}-[0-9]{{2}}-[0-9]{{2}}(?:T[0-9:.+Z-]*)?",
    "26/03/2021": rf"(?<![0-9])[0-9]{{1,2}}(?P<slash>[/.])[0-9]{{1,2}}(?P=slash){_YEAR_REGEX}",
    "26 March": rf"(?<![0-9]){_DAY_REGEX}(?:(?:\s?[-–]\s?|\s(?:to|and)\s){_DAY_REGEX})?\s{{1,5}}{_MONTH_REGEX}",
    "March 26, 2021": rf"{_MONTH_REGEX}\s{{1,5}}{_DAY_REGEX},?\s{{1,5}}{_YEAR_REGEX}{WORD_END_REGEX}",
    "2019 or 2019/20": rf"(?<![0-9£$€]){_YEAR_REGEX}(?:[-–/](?:{_YEAR_REGEX}|[0-9]{{2}}))?{_WHOLE_NUMBER_END_REGEX}",
    "1.6.1": r"(?<![0-9])[0-9]+(?:\.[0-9]+){2,}",
    "11:37": r"(?<![0-9])[0-9]{1,2}(?::[0-9]{2}){1,2}(?![0-9])",
    "paragraph 15": rf"(?:{_PAGE_PART_REGEX}\.?\s{{1,5}}|[¶§]\s?){_PAGE_PART_NUMBER_REGEX}",
    "paragraphs 5, 6 and 7": rf"(?:{_PAGE_PART_REGEX}s\.?\s{{1,5}}|(?:¶¶|§§)\s?){_PAGE_PART_NUMBER_REGEX}"
    rf"(?:(?:,\s?{_PAGE_PART_NUMBER_REGEX})*,?\s{join_alternatives('to and or')}\s{_PAGE_PART_NUMBER_REGEX})?",
    "first half": r"(?:first|second|last|other)[\s-]half",
}
_WORD_WITH_LETTERS_REGEX = r"(?<![0-9])[0-9]*[^\W0-9_]\w*(?:[-‐‑][0-9]\w*)*(?:(?<=[0-9])\.[0-9]+)*"
# "A third of them" is a fraction; in "a third article", "third" is an ordinal.
_WORDS_AFTER_FRACTION = (
    "of in on at by to from for with and or but than as more less fewer higher lower above below was were is are be been "
    "had has have said did do used came who which that where when if not though over under since because against"
)
_SPELT_OUT_FORM_REGEXES = [
    rf"{ONE_IN_REGEX}(?!{_YEAR_REGEX}{_WHOLE_NUMBER_END_REGEX}){COUNT_REGEX}(?!{PERCENT_REGEX})",
    rf"{TIMES_REGEX}(?={GAP_REGEX}"
    rf"{join_alternatives('as the more higher larger greater that what its their')}{WORD_END_REGEX})",
    FOLD_REGEX,
    MULTIPLE_REGEX,
    HALF_REGEX,
    SEVERAL_PARTS_REGEX,
    rf"{ONE_PART_REGEX}(?=\s*(?:$|[^\w\s-])|\s+{join_alternatives(_WORDS_AFTER_FRACTION)}{WORD_END_REGEX})",
]
_NUMBER_IN_FIGURES_REGEX = rf"(?:(?<![^\s(\[“”\"‘’'*_|])[-−])?{FIGURES_REGEX}(?:{SCALE_REGEX}|{PERCENT_REGEX}|{WORD_END_REGEX})"
_FOUND_NUMBER_REGEX = (
    rf"(?<![0-9])(?P<number>{join_alternatives(_SPELT_OUT_FORM_REGEXES)}{WORD_END_REGEX}(?!-\w)|{_NUMBER_IN_FIGURES_REGEX})"
)
# Most words cannot begin a number or a skipped text. Consuming runs of them in one match makes the search four times as
# fast. The run is possessive (`++`, since Python 3.11), so that it is never given up word by word.
_MATCH_BEGINNINGS = [
    r"an?\b",
    "half",
    "hundred",
    *VALUES_BY_NUMBER_WORD,
    *FACTORS_BY_MULTIPLE_WORD,
    "first",
    "second",
    "last",
    "other",
    "http",
    "www",
]
_MATCH_BEGINNINGS += [_PAGE_PART_REGEX, *(month[:3] for month in MONTH_NAMES)]
_PLAIN_WORD_REGEX = rf"(?<!\w)(?!{join_alternatives(_MATCH_BEGINNINGS)})[^\W0-9_]+(?![\w]|[-‐‑][0-9])"
_PLAIN_TEXT_REGEX = rf"(?:[\s.,;:!?()“”‘’\"']|{_PLAIN_WORD_REGEX})++"
_TEXT_SCAN_PATTERN = re.compile(
    f"{_PLAIN_TEXT_REGEX}|{'|'.join(_SKIPPED_TEXT_REGEXES.values())}|{_FOUND_NUMBER_REGEX}|{_WORD_WITH_LETTERS_REGEX}",
    re.IGNORECASE,
)


def find_printed_numbers(text: str) -> Iterator[tuple[int, int, PrintedNumber]]:
    """Find the numbers printed in running text (Markdown): yields start, end (code points, end excluded) and the number.

    Words before a number, such as "more than", are not part of the span. Number words count only in fractions, in "one
    in ten" and in multiples. Skipped are dates and years, ordinals, references such as "paragraph 15", words with digits
    in them, versions, times of day, web addresses, link targets, and code in backticks.
    """
    for match in _TEXT_SCAN_PATTERN.finditer(text):
        if match["number"]:
            # Some matches cannot be parsed: numbers that are too long, and words with a letter that `re.IGNORECASE` takes
            # for an ASCII one (the long s in "ſeven").
            with suppress(UnreadableError):
                yield *match.span("number"), parse_printed_number(match["number"])
