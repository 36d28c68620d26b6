"""Names of authors for programs that manage citations: given and family name of a person, or one name that is not to be split."""

from __future__ import annotations

import re
from collections.abc import Mapping

CslName = Mapping[str, str]
"""`family` and `given` of a person, or `literal`: an organisation, or a name that we cannot split."""

NAME_PARTICLES = frozenset("af al da das de del della den der di do dos du el la las le los ten ter van von zu zum zur".split())
"""Words that belong to the family name behind them: Ada de la Quay."""

_ARTICLES = frozenset({"a", "an", "the"})
_CAPITALIZED_WORD = re.compile(r"[^\W\d_a-z][\w.’'-]*")
MAX_PERSON_WORDS = 6
"""Words of the longest name of a person; what is longer is a description."""


def split_name(name: str, organisations: frozenset[str] = frozenset()) -> CslName:
    """A name as CSL has it. Only what looks like a person's is split, before the last word and its particles, as Zotero does.

    `organisations` are names that are never split.
    """
    words = name.split()
    is_splittable = 1 < len(words) <= MAX_PERSON_WORDS and words[0].lower() not in _ARTICLES and name not in organisations
    if not is_splittable or not all(_CAPITALIZED_WORD.fullmatch(word) or word in NAME_PARTICLES for word in words):
        return {"literal": name}
    start = len(words) - 1
    while start > 1 and words[start - 1] in NAME_PARTICLES:
        start -= 1
    return {"family": " ".join(words[start:]), "given": " ".join(words[:start])}


def join_name(name: CslName) -> str:
    """A name as it is written in a text: Ada de la Quay."""
    return name.get("literal") or f"{name['given']} {name['family']}"


def mark_name(name: str) -> str:
    """A name as it is written; with a comma behind it where it is not to be split, which says so to Zotero."""
    return f"{name}," if "literal" in split_name(name) else name


def invert_name(name: CslName) -> str:
    """A name as it stands in lists: "de la Quay, Ada". Behind a name that is not to be split, a comma says so to programs."""
    return f"{name['literal']}," if "literal" in name else f"{name['family']}, {name['given']}"
