"""Words and regular expressions of printed numbers, for the parser (`printed.py`) and the search (`number_search.py`).

Both patterns are built of the same parts, so every number that the search finds can be parsed. The parts are for text in
lower case, or for patterns that ignore case.
"""

from __future__ import annotations

from fractions import Fraction


def join_alternatives(words: str | list[str]) -> str:
    """A group that matches any of some words or regular expressions; a string is split at its spaces."""
    return "(?:" + "|".join(words.split() if isinstance(words, str) else words) + ")"


UNIT_WORDS = "one two three four five six seven eight nine"
TEEN_WORDS = "ten eleven twelve thirteen fourteen fifteen sixteen seventeen eighteen nineteen"
TENS_WORDS = "twenty thirty forty fifty sixty seventy eighty ninety"
FRACTION_PART_WORDS = "third quarter fifth sixth seventh eighth ninth tenth"
VALUES_BY_NUMBER_WORD = {word: number for number, word in enumerate(f"zero {UNIT_WORDS} {TEEN_WORDS}".split())}
VALUES_BY_NUMBER_WORD |= {word: 10 * number for number, word in enumerate(TENS_WORDS.split(), 2)}
DENOMINATORS_BY_WORD = {"half": 2} | {word: number for number, word in enumerate(FRACTION_PART_WORDS.split(), 3)}
ONE_HUNDREDTH = Fraction(1, 100)
FACTORS_BY_UNIT = {"": Fraction(1), "%": ONE_HUNDREDTH, "percent": ONE_HUNDREDTH}
FACTORS_BY_UNIT |= {"thousand": Fraction(10**3), "million": Fraction(10**6), "billion": Fraction(10**9)}
FACTORS_BY_MULTIPLE_WORD = {"twice": 2, "double": 2, "triple": 3, "treble": 3, "quadruple": 4}

# Repetitions are bounded ({1,5}) or atomic ((?>…), which Python has since 3.11), so that no text makes the matcher
# backtrack for long.
GAP_REGEX = r"[\s-]{1,5}"
WORD_END_REGEX = r"(?![^\W_])"
# Comma, no-break space, thin space, narrow no-break space; one number uses one of them throughout.
THOUSANDS_SEPARATORS = ",\u00a0\u2009\u202f"
THOUSANDS_GROUPS_REGEX = join_alternatives([f"(?:{separator}[0-9]{{3}}){{1,20}}" for separator in THOUSANDS_SEPARATORS])
FIGURES_REGEX = rf"(?>(?:[1-9][0-9]{{0,2}}{THOUSANDS_GROUPS_REGEX}(?![0-9])|[0-9]+)(?:\.[0-9]+)?)"
WORDS_TO_99_REGEX = (
    rf"(?:{join_alternatives(TENS_WORDS)}(?:{GAP_REGEX}{join_alternatives(UNIT_WORDS)})?"
    rf"|{join_alternatives(f'zero {UNIT_WORDS} {TEEN_WORDS}')})"
)
SPELT_NUMBER_REGEX = (
    rf"(?:(?:{join_alternatives(f'an? {UNIT_WORDS}')}{GAP_REGEX})?hundred"
    rf"(?:{GAP_REGEX}(?:and{GAP_REGEX})?{WORDS_TO_99_REGEX})?|{WORDS_TO_99_REGEX})"
)
SCALE_REGEX = rf"(?:{GAP_REGEX})?{join_alternatives('thousand million billion')}{WORD_END_REGEX}"
PERCENT_REGEX = rf"(?:\s{{0,5}}%|(?:{GAP_REGEX})?per(?:{GAP_REGEX})?cent{WORD_END_REGEX})"
COUNT_REGEX = rf"(?:{FIGURES_REGEX}|{SPELT_NUMBER_REGEX})(?:{SCALE_REGEX})?"
HALF_REGEX = rf"(?:(?:an?|one){GAP_REGEX})?half"
ONE_PART_REGEX, SEVERAL_PARTS_REGEX = (
    rf"(?:an?|one){GAP_REGEX}{join_alternatives(FRACTION_PART_WORDS)}",
    rf"{join_alternatives(UNIT_WORDS)}{GAP_REGEX}{join_alternatives(FRACTION_PART_WORDS)}s",
)
ONE_IN_REGEX = rf"(?:one|1){GAP_REGEX}in{GAP_REGEX}"
MULTIPLE_REGEX = r"(?:twice|(?:double|triple|treble|quadruple)[ds]?)"
TIMES_REGEX, FOLD_REGEX = rf"(?P<times>{COUNT_REGEX}){GAP_REGEX}times", rf"(?P<fold>{COUNT_REGEX})(?:{GAP_REGEX})?fold"
