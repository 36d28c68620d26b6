"""A file that cannot be read makes nothing wrong elsewhere: rules that need what it holds are silent until it is mended."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import date
from pathlib import Path

import pytest

from dossier.checks import check_dossier
from dossier.loading import read_dossier
from dossier.loading.lock import update_lock, write_lock
from dossier.loading.release import build_release, write_release
from dossier.model import LOCK_FILE_NAME
from dossier.model.site.release import RELEASE_FILE_NAME
from support.dossiers import EXAMPLE, make_example

ISLAND = "docs/articles/island-digest.md"
NOTES = "annotations/articles/harbour-gazette-2024-05-02.yml"
CLAIM = "annotations/claims/april-record.yml"
RECORD_KEY = re.compile(r"^((?:- )?(?:  )?)(speaker|verdict|date|published|term|title|label|name):", re.MULTILINE)
FLOW_KEY = re.compile(r"(?<=\{)(id|figure)(?=: )")


def _misspell_keys(content: bytes, count: int) -> bytes:
    text = RECORD_KEY.sub(r"\1x\2:", content.decode(), count=count)
    return (FLOW_KEY.sub(r"x\1", text, count=count) if text.encode() == content else text).encode()


DAMAGES: dict[str, Callable[[bytes], bytes]] = {
    "is empty": lambda content: b"",
    "is not UTF-8": lambda content: b"\xff\xfe\x00" + content,
    "has a tab": lambda content: re.sub(rb"\n( *)(?=[a-z-])", rb"\n\t\1", content, count=1),
    "has conflict markers": lambda content: b"<<<<<<< HEAD\n" + content + b"=======\n>>>>>>> theirs\n",
    "has one misspelt key": lambda content: _misspell_keys(content, 1),
    "has misspelt keys": lambda content: _misspell_keys(content, 0),
}
"""Ways to spoil a file, for each of the example's files."""

FILES = [
    *sorted(file.relative_to(EXAMPLE).as_posix() for file in EXAMPLE.glob("annotations/**/*.yml")),
    *sorted(file.relative_to(EXAMPLE).as_posix() for file in EXAMPLE.glob("docs/articles/*.md")),
    *("docs/about.md", "mkdocs.yml", LOCK_FILE_NAME, RELEASE_FILE_NAME),
]


@pytest.fixture(scope="module")
def linked_example(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The example with links to every kind of page, evidence that only one article did not have yet, and a release."""
    root = make_example(tmp_path_factory.mktemp("linked") / "example", lock=False)
    (root / "docs/about.md").write_text("# About\n", encoding="utf-8")
    links = "[a](/topics/counts/) [b](/years/2024/) [c](/verdicts/imprecise/) [d](/about/) [e](/corrections/#{}) ".format(
        "2024-06-01.update.glossary.ticket"
    )
    _replace(root, CLAIM, "A passenger who", f"{links}[f](/glossary/#ticket) [g](/parties/#ferry-crew) A passenger who")
    correction = '[{date: "2024-06-01", kind: update, was: A paper., now: A right., reason: It is clearer.}]'
    _replace(root, "annotations/glossary.yml", "crossing.", f'crossing.\n  reviewed: "2024-06-01"\n  corrections: {correction}')
    _replace(root, ISLAND, 'writer: harbour-gazette, published: "2024-05-02"', 'writer: harbour-gazette, published: "2024-05-01"')
    _replace(root, CLAIM, "The table itself.", "The table itself., hindsight: It was published a day later.")
    long = "The office will count again in May, it says, and will then give the tickets of each day and of each"
    with (root / NOTES).open("a", encoding="utf-8") as stream:
        stream.write(f'- id: count-again\n  quote: "{long}"\n  speaker: text\n')
    _replace(root, "mkdocs.yml", "captures: originals", "captures: originals\n      quote_words: 25\n      quote_share: 50")
    with pytest.MonkeyPatch.context() as patch:
        patch.delenv("DOSSIER_CAPTURES", raising=False)  # which each test does for itself, but not for what they share
        write_lock(root / LOCK_FILE_NAME, update_lock(read_dossier(root)))
        dossier = read_dossier(root)
    assert check_dossier(dossier) == []
    write_release(root / RELEASE_FILE_NAME, build_release(dossier, date(2024, 6, 3)))
    return root


@pytest.mark.parametrize("damage", DAMAGES)
@pytest.mark.parametrize("path", FILES)
def test_a_spoilt_file_makes_nothing_wrong_elsewhere(linked_example: Path, path: str, damage: str) -> None:
    file = linked_example / path
    content = file.read_bytes()
    file.write_bytes(DAMAGES[damage](content))
    try:
        problems = check_dossier(read_dossier(linked_example))
    finally:
        file.write_bytes(content)
    assert [str(problem) for problem in problems if problem.location.path != path] == []


def _replace(root: Path, path: str, old: str, new: str) -> None:
    text = (root / path).read_text(encoding="utf-8")
    assert old in text, f"{old!r} is not in {path}"
    (root / path).write_text(text.replace(old, new, 1), encoding="utf-8")
