"""Every mistake that contributors make most, made in a copy of the real dossier: file, line, column and cure are told.

`pytest -s tests/content/test_messages.py` prints each message as a contributor reads it. A mistake is a file, what stands
there (a pattern), what is typed instead, with ¦ where the caret is to stand, and a line that must be shown.
"""

from __future__ import annotations

import re
import shutil
from pathlib import Path
from typing import NamedTuple

import pytest

from dossier.checks import check_dossier
from dossier.loading import read_dossier
from dossier.model import Settings
from dossier.reports.problems import REPORT_FORMATTERS
from support.dossiers import ROOT

CLAIM = "annotations/claims/whatsapp-one-in-ten.yml"
NOTES = "annotations/articles/telegraph-2021-03-26.yml"
SOURCE = "annotations/sources/gov-uk-international-statement-2020-10-11.yml"
EVENT = "annotations/events/apple-detection-on-device.yml"
ARTICLE = "docs/articles/truthtalks.md"


class Mistake(NamedTuple):
    """What is typed in a file in place of what stands there, the rule that it breaks, and a line of the cure."""

    file: str
    old: str
    new: str
    rule: str
    cure: str


MISTAKES = {
    "bare colon in a title": Mistake(
        SOURCE, r"^title: .*$", "title: Statement¦: both sides", "yaml-syntax", 'write | title: "Statement: both sides"'
    ),
    "bare colon in an article's title": Mistake(
        ARTICLE, r"^title: .*$", "title: Facebook¦: most abuse", "yaml-syntax", 'write | title: "Facebook: most abuse"'
    ),
    "tab as indentation": Mistake(NOTES, r"^  speaker: (.*)$", r"¦\tspeaker: text", "yaml-syntax", "write |   speaker: text"),
    "tab behind a hyphen": Mistake(
        NOTES, r"^- id: photo-credit$", "-¦\tid: photo-credit", "yaml-syntax", "write | -  id: photo-credit"
    ),
    "word for a number": Mistake(NOTES, r"^  paragraph: 1$", "  paragraph: ¦one", "wrong-value", "write |   paragraph: 1"),
    "word for a figure": Mistake(
        CLAIM,
        r'\{value: "568"',
        "{value: ¦many",
        "wrong-value",
        ' e.g. |   whatsapp: {value: "1,250", measure: nspcc-2021-instances',
    ),
    "number cut by its comma": Mistake(
        CLAIM, r'\{value: "4,971"', "{value: ¦4,971", "unknown-key", 'write |   facebook_owned: {value: "4,971", measure'
    ),
    "unknown verdict": Mistake(CLAIM, r"^verdict: .*$", "verdict: ¦imprecize", "unknown-reference", "maybe | verdict: imprecise"),
    "unknown party": Mistake(CLAIM, r"^claimant: .*$", "claimant: ¦nspc", "unknown-reference", "maybe | claimant: nspcc"),
    "unknown source": Mistake(
        CLAIM,
        r"\{id: onthewight-2021,",
        "{id: ¦onthewihgt-2021,",
        "unknown-reference",
        "maybe |   - {id: onthewight-2021, bearing:",
    ),
    "unknown key": Mistake(CLAIM, r"^verdict: (.*)$", r"¦verdikt: imprecise", "unknown-key", "maybe | verdict: imprecise"),
    "month and year": Mistake(CLAIM, r"^made: .*$", "made: ¦March 2019", "wrong-date", 'write | made: "2019-03"'),
    "day, month, year": Mistake(CLAIM, r"^made: .*$", 'made: ¦"26/03/2021"', "wrong-date", 'write | made: "2021-03-26"'),
    "day or month": Mistake(CLAIM, r"^made: .*$", "made: ¦3/4/2021", "wrong-date", '   or | made: "2021-03-04"'),
    "early in a year": Mistake(EVENT, r"^date: .*$", "date: ¦early 2019", "wrong-date", 'maybe | date: "2019"'),
    "from year to year": Mistake(EVENT, r"^date: .*$", "date: ¦2019-2021", "wrong-date", 'write | date: "2019/2021"'),
    "about a year": Mistake(EVENT, r"^date: .*$", "date: ¦circa 2019", "wrong-date", 'write | date: "2019~"'),
    "before a year": Mistake(EVENT, r"^date: .*$", "date: ¦before 2020", "wrong-date", 'write | date: "../2019"'),
    "no date at all": Mistake(EVENT, r"^date: .*$", "date: ¦long ago", "wrong-date", ' e.g. | date: "2019-05-04"'),
    "missing date": Mistake(
        SOURCE, r"\A(#.*\n)(?s:(.*))^published: [^\n]*\n", r"\1¦\2", "missing-key", "  add | published: not-established"
    ),
    "missing verdict": Mistake(
        CLAIM, r"\A(#.*\n)(?s:(.*))^verdict: [^\n]*\n", r"\1¦\2", "missing-key", " e.g. | verdict: imprecise"
    ),
    "missing quotation": Mistake(
        NOTES, r"^- id: photo-credit\n.*$", "- ¦id: photo-credit", "missing-key", ' e.g. |   quote: "will stop at night"'
    ),
    "empty date": Mistake(SOURCE, r"^published: .*$", "¦published:", "missing-key", "write | published: not-established"),
}


@pytest.fixture
def dossier(tmp_path: Path) -> Path:
    """A copy of the real dossier."""
    for folder in ("annotations", "docs"):
        shutil.copytree(ROOT / folder, tmp_path / folder)
    for name in ("mkdocs.yml", "dossier.lock"):
        shutil.copy(ROOT / name, tmp_path / name)
    return tmp_path


@pytest.mark.parametrize("name", MISTAKES)
def test_a_mistake_is_told_with_file_line_column_and_cure(dossier: Path, name: str) -> None:
    told(dossier, name, MISTAKES[name], "nowhere")


def test_words_that_are_not_in_the_article_are_told_with_those_that_are(dossier: Path, captures: Path) -> None:
    mistake = Mistake(
        NOTES, r'^  quote: "more than 9,477 instances"$', '  quote: ¦"more than 9,747 instances"', "quote-absent",
        'maybe |   quote: "more than 9,477 instances"',
    )  # fmt: skip
    told(dossier, "absent quotation", mistake, str(captures))


def told(root: Path, name: str, mistake: Mistake, captures: str) -> None:
    """Make a mistake, and hold what is told of it against what should be."""
    file = root / mistake.file
    before, _, after = re.split(
        "(¦)", re.sub(mistake.old, mistake.new, file.read_text(encoding="utf-8"), count=1, flags=re.MULTILINE)
    )
    file.write_text(before + after, encoding="utf-8")
    place = f"{mistake.file}:{before.count(chr(10)) + 1}:{len(before) - before.rfind(chr(10))}"
    problems = [
        problem for problem in check_dossier(read_dossier(root, Settings(captures=captures))) if problem.rule == mistake.rule
    ]
    shown = REPORT_FORMATTERS["text"](problems, root)
    print(f"\n{name}\n{shown}")
    assert [str(problem.location) for problem in problems] == [place]
    assert any(line.startswith(mistake.cure) for line in shown.splitlines()), shown
    assert "\n    help: " in shown
