"""A new dossier on another subject: from nothing to a checked, served site, and nowhere a word of this dossier's subject."""

from __future__ import annotations

import os
import pty
import re
import shlex
import shutil
import subprocess
import sys
from collections.abc import Callable, Iterator
from importlib.metadata import PathDistribution, version
from pathlib import Path
from zipfile import ZipFile

import pytest
from hatchling.build import build_wheel

from dossier.authoring.starter import NAMES_ALLOWED_IN_EMPTY_FOLDER, STARTER_FOLDER, create_empty_dossier
from dossier.cli import main
from support.built_site import every_file
from support.command_line import run
from support.dossiers import ROOT, commit_all, run_mkdocs
from support.previewing import Preview
from support.reading_pages import ids, parse, words

TITLE = "Lighthouses & *keepers* #1 of 'them'"
NEWS, MAGAZINE = "coast-news-2023-05-04", "island-magazine-2023-06"

SUBJECT = (
    r"facebook|whatsapp|instagram|nspcc|ncmec|telegraph|truthtalks|knowtechie|sky news|wanless|grooming|child-safety|police|abuse"
)
"""Words that only the subject of this dossier would bring into the program."""
OF_THE_SUBJECT = re.compile(rf"(?i)\b(?:{SUBJECT}|encryption)\b")

PROGRAM = [
    file for file in (ROOT / "dossier").rglob("*") if file.suffix in (".py", ".html", ".css", ".js", ".svg", ".yml", ".md")
]
CAPTURES = {
    NEWS: """<!doctype html><html lang="en-GB"><head><meta charset="utf-8"><title>Half of the coast's lighthouses are dark</title>
<meta property="article:published_time" content="2023-05-04"><meta property="og:site_name" content="Coast News"></head><body>
<nav><a href="/">Home</a> <a href="/sea">The sea</a></nav><article><h1>Half of the coast's lighthouses are dark</h1>
<p>Of the 40 lighthouses on the northern coast, 18 no longer show a light at night, the Lights Board said on Thursday.</p>
<p>“Almost half of our towers stand dark,” a spokesman for the board told reporters who had come to its yearly meeting.</p>
<p>Sailors use satellites today, and few of them would miss a lamp on a rock, said the keeper of the last tower with a crew.</p>
</article><footer><p>All rights reserved.</p></footer></body></html>""",
    MAGAZINE: """<!doctype html><html lang="en"><head><meta charset="utf-8"><title>Who keeps the lamps?</title></head><body>
<article><h1>Who keeps the lamps?</h1>
<p>Every third tower of the north has been dark since the spring, so the Lights Board counted when it met in the port.</p>
<p>Its count leaves out the lights of ports, which the towns keep up themselves and which nobody has ever thought of closing.</p>
</article></body></html>""",
}

RECORDS = {
    f"docs/articles/{NEWS}.md": "\nThe board counts [“18 no longer show a light”](#eighteen) among its towers.\n",
    f"docs/articles/{MAGAZINE}.md": "\nThe magazine speaks of [“Every third tower”](#every-third).\n",
    f"annotations/articles/{NEWS}.yml": """
- id: eighteen
  quote: 18 no longer show a light
  speaker: lights-board
  claim: dark-towers
  stance: as-stated
""",
    f"annotations/articles/{MAGAZINE}.yml": """
- id: every-third
  quote: Every third tower
  speaker: text
  claim: dark-towers
  stance: weaker
  verdict: incorrect
  note: A third of 40 would be 13.3; the board counted 18.
""",
    "annotations/claims/dark-towers.yml": """
claim: Almost half of the northern lighthouses no longer show a light.
claimant: lights-board
made: "2023-05-04"
topics: [towers]
kind: figure
verdict: supported
summary: 18 of 40 are 45 %.
explanation: The board counted 18 of 40 towers, which is 45 %.
sources: [{id: lights-board-2023, bearing: supports, words: ["40 towers"]}]
figures:
  dark: {value: "18", measure: towers-2023, at: coast-news-2023-05-04#eighteen}
  all: {value: "40", measure: towers-2023, source: lights-board-2023}
calculations:
  - {id: share, expression: dark / all, result: 45 %}
would_change: A count of lamps instead of towers.
""",
    "annotations/events/board-meets.yml": """
date: "2023-05-04"
title: The Lights Board counts its dark towers
text: At its yearly meeting the board gives a count of towers without a light.
kind: report
voices: [keepers, press]
sources: [lights-board-2023]
articles: [coast-news-2023-05-04]
claims: [dark-towers]
""",
    "annotations/sources/lights-board-2023.yml": """
title: Towers of the north, 2023
publisher: lights-board
published: "2023-05-04"
url: https://lights.example/2023
kind: primary
origin: lights-board-2023
known_from: "2023-05-04"
checked: read-in-full
""",
    "annotations/parties.yml": """
- {id: lights-board, name: Lights Board, kind: organisation, role: Keeps up the lighthouses of the north}
""",
    "annotations/measures.yml": """
- {id: towers-2023, unit: towers, population: all of the board's, area: the north, period: "2023", collector: lights-board}
""",
    "annotations/glossary.yml": "- {term: tower, means: A lighthouse with all that belongs to it.}\n",
    "annotations/voices.yml": """
- {id: keepers, label: Keepers, definition: Those who keep the lamps., shape: triangle}
- {id: press, label: Press, definition: News media., shape: lines}
""",
}


@pytest.fixture
def new(tmp_path: Path) -> Path:
    """A dossier as `dossier init` makes it."""
    assert run(tmp_path, "init", tmp_path / "new", "--title", TITLE).exit_code == 0
    return tmp_path / "new"


@pytest.fixture
def preview(new: Path) -> Iterator[Preview]:
    """A preview of the empty dossier that has begun to answer."""
    running = Preview(new)
    try:
        running.wait("", "This dossier is being prepared.")
        yield running
    finally:
        running.end()


# From nothing to a site


@pytest.mark.site
def test_an_empty_dossier_is_built_and_every_page_says_what_will_stand_there(new: Path) -> None:
    assert run(new, "check").output == "0 errors, 0 notices\n"
    run_mkdocs(new, "build", "--strict")
    assert run(new, "verify", "site").exit_code == 0
    for page in ("articles", "claims", "compare", "timeline", "charts", "sources", "parties", "glossary"):
        html = (new / "site" / page / "index.html").read_text(encoding="utf-8")
        assert re.search(r"yet\..* Each is written in (?:docs|annotations)/.* How to add one", words(parse(html))), page
    front = parse((new / "site/index.html").read_text(encoding="utf-8"))
    assert words(front.find(".//h1")) == TITLE
    assert TITLE in words(front.find(".//title"))


@pytest.mark.site
def test_an_empty_dossier_is_served(preview: Preview) -> None:
    page = parse(preview.get())
    assert "problems" not in ids(page)
    assert words(page.find(".//h1")) == TITLE


@pytest.mark.site
def test_a_dossier_on_another_subject_is_written_without_touching_anything_else(new: Path) -> None:
    before = {file.relative_to(new).as_posix() for file in new.rglob("*")}
    write_records(new)
    lock = run(new, "lock")
    assert lock.output == "dossier.lock: 2 articles, 2 quotations; 1 quotation of sources, 0 compared with a copy.\n"
    assert run(new, "check").output == "0 errors, 0 notices\n"
    written = {file.relative_to(new).as_posix() for file in new.rglob("*")} - before
    assert {name.partition("/")[0] for name in written} == {"annotations", "captures", "docs", "dossier.lock"}
    run_mkdocs(new, "build", "--strict")
    assert run(new, "verify", "site").output == "0 errors, 0 notices\n"
    timeline = parse((new / "site/timeline/index.html").read_text(encoding="utf-8"))
    assert {"Keepers", "Press"} <= {words(voice) for voice in timeline.iter("span") if voice.get("class") == "voice"}
    assert "Those who keep the lamps." in words(timeline)
    found = [(name, match[0]) for name, [text] in every_file(new / "site", fold=False) if (match := OF_THE_SUBJECT.search(text))]
    assert [match for match in found if not match[0].startswith(("assets/javascripts", "assets/stylesheets"))] == []


@pytest.mark.site
def test_every_command_that_the_readme_of_a_new_dossier_names_can_be_typed(new: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(new)
    readme = (new / "README.md").read_text(encoding="utf-8")
    article = re.search(r"captures/([\w-]+)\.html", readme)
    assert article
    (new / "captures").mkdir()
    page = CAPTURES[NEWS].replace("<p>Of the", "<p>Words to quote. Of the")
    (new / f"captures/{article[1]}.html").write_text(page, encoding="utf-8")
    commit_all(new)
    run_mkdocs(new, "build", "--strict")
    typed = re.findall(r"`(dossier [^`]+)`", readme)
    assert {command.split()[1] for command in typed} == {"check", "lock", "verify", "changes", "new"}
    for command in typed:
        words = shlex.split(command.replace("words to quote", "Words to quote"))[1:]
        result = run(new, *words)
        unwritten = words == ["check"] and "the digest of gazette-2024-05-02 is not written yet" in result.stdout
        assert result.exit_code == 0 or unwritten, f"{command}\n{result.output}"
        if words[:2] == ["new", "annotation"]:
            notes = new / f"annotations/articles/{article[1]}.yml"
            notes.write_text(notes.read_text(encoding="utf-8").replace("speaker:", "speaker: text", 1), encoding="utf-8")
    assert "words-to-quote" in (new / "dossier.lock").read_text(encoding="utf-8")


def write_records(root: Path) -> None:
    """What an editor writes, in `docs/`, `annotations/` and the private captures only."""
    (root / "captures").mkdir()
    for slug, html in CAPTURES.items():
        capture = root / f"captures/{slug}.html"
        capture.write_text(html, encoding="utf-8")
        record = run(root, "convert", capture, "--record").stdout
        (root / f"docs/articles/{slug}.md").write_text(record, encoding="utf-8")
    for path, text in RECORDS.items():
        with (root / path).open("a" if path.startswith("docs/") else "w", encoding="utf-8") as file:
            file.write(text)


# What stands in the way


@pytest.mark.parametrize("there", [[], [".git"]])
def test_an_empty_folder_is_filled_in_place(tmp_path: Path, there: list[str]) -> None:
    for name in there:
        (tmp_path / name).mkdir()
    result = run(tmp_path, "init", tmp_path)
    assert result.exit_code == 0
    assert f'site_name: "{tmp_path.name}"' in (tmp_path / "mkdocs.yml").read_text(encoding="utf-8")
    assert {file.name for file in tmp_path.iterdir()} - NAMES_ALLOWED_IN_EMPTY_FOLDER == {
        file.name for file in STARTER_FOLDER.iterdir()
    } | {"schema"}


def test_what_is_next_can_be_typed(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    result = run(tmp_path, "init", tmp_path / "my dossier")
    assert f"Next: `cd '{tmp_path / 'my dossier'}'`, then `mkdocs serve` shows it" in result.stdout
    monkeypatch.chdir(tmp_path / "my dossier")
    for file in (tmp_path / "my dossier").iterdir():
        shutil.rmtree(file) if file.is_dir() else file.unlink()
    assert "Next: `mkdocs serve` shows it" in run(tmp_path / "my dossier", "init", ".").stdout


def test_a_folder_that_is_not_empty_is_left_alone_and_what_stands_there_is_named(tmp_path: Path) -> None:
    for number in range(7):
        (tmp_path / f"letter-{number}.txt").write_text("mine", encoding="utf-8")
    result = run(tmp_path, "init", tmp_path)
    assert result.exit_code == 1
    assert (
        "is not empty: it holds letter-0.txt, letter-1.txt, letter-2.txt, letter-3.txt, letter-4.txt and 2 more" in result.stderr
    )
    assert "name a folder that is empty or not there yet" in result.stderr
    assert len(list(tmp_path.iterdir())) == 7


def test_a_file_of_that_name_is_left_alone(tmp_path: Path) -> None:
    (tmp_path / "new").write_text("mine", encoding="utf-8")
    result = run(tmp_path, "init", tmp_path / "new")
    assert (result.exit_code, "is a file" in result.stderr) == (1, True)
    assert (tmp_path / "new").read_text(encoding="utf-8") == "mine"


@pytest.mark.parametrize("there", [True, False])
def test_what_fails_on_the_way_leaves_nothing(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, there: bool) -> None:
    if there:
        (tmp_path / "new").mkdir()

    def refuse(*arguments: object, **options: object) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(Path, "write_text", refuse)
    result = run(tmp_path, "init", tmp_path / "new")
    assert (result.exit_code, "cannot be made: No space left on device" in result.stderr) == (1, True)
    assert [file.name for file in tmp_path.rglob("*")] == ["new"] * there


@pytest.mark.parametrize("there", [True, False])
def test_what_a_killed_command_left_long_ago_is_in_nobodys_way(tmp_path: Path, there: bool) -> None:
    left_over = tmp_path / ("new" if there else "") / ".dossier.abcd.tmp"
    (left_over / "complete").mkdir(parents=True)
    os.utime(left_over, (0, 0))
    assert run(tmp_path, "init", tmp_path / "new").exit_code == 0
    assert not left_over.exists()


def test_a_title_stays_one_line(tmp_path: Path) -> None:
    create_empty_dossier(tmp_path / "new", "Two\n  lines")
    assert (tmp_path / "new/README.md").read_text(encoding="utf-8").startswith("# Two lines\n\n")


def test_on_a_terminal_the_title_is_asked_for(tmp_path: Path) -> None:
    keyboard, terminal = pty.openpty()
    os.write(keyboard, b"Towers of the north\n")
    done = subprocess.run(
        [sys.executable, "-m", "dossier", "init", "new"], cwd=tmp_path, stdin=terminal, capture_output=True, check=True
    )
    assert b"What is the dossier called? [new]" in done.stdout
    assert "# Towers of the north\n" in (tmp_path / "new/README.md").read_text(encoding="utf-8")


# The program and its subject


@pytest.mark.parametrize("file", PROGRAM, ids=lambda file: file.relative_to(ROOT).as_posix())
def test_the_program_holds_nothing_about_the_subject(file: Path) -> None:
    assert OF_THE_SUBJECT.search(file.read_text(encoding="utf-8")) is None


def test_the_files_of_an_empty_dossier_come_with_the_program(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(ROOT)
    with ZipFile(tmp_path / build_wheel(str(tmp_path))) as wheel:
        packed = set(wheel.namelist())
        [metadata] = [wheel.read(name).decode() for name in packed if name.endswith("METADATA")]
    assert {file.relative_to(ROOT).as_posix() for file in STARTER_FOLDER.rglob("*") if file.is_file()} <= packed
    description = metadata.partition("\n\n")[2]
    assert description == (ROOT / "dossier/README.md").read_text(encoding="utf-8")
    assert [link for link in re.findall(r"\]\(([^)]*)\)", description) if not link.startswith("https://")] == []
    for command in re.findall(r"`dossier (\w[^`]*)`", description):
        assert set(command.split()) <= main.commands.keys()


def test_marks_are_all_filled_in(new: Path) -> None:
    left = [
        file for file in new.rglob("*") if file.is_file() and re.search(r"\{(?:title|program)", file.read_text(encoding="utf-8"))
    ]
    assert left == []


def test_a_title_that_looks_like_a_mark_stays_as_it_is(tmp_path: Path) -> None:
    create_empty_dossier(tmp_path / "new", "The {program} of {title:yaml}")
    assert (tmp_path / "new/mkdocs.yml").read_text(encoding="utf-8").startswith('site_name: "The {program} of {title:yaml}"\n')


def test_a_title_with_what_nobody_sees_is_refused(tmp_path: Path) -> None:
    result = run(tmp_path, "init", tmp_path / "new", "--title", "A \x07 bell")
    assert (result.exit_code, "invisible control character" in result.stderr) == (1, True)
    assert not (tmp_path / "new").exists()


@pytest.mark.parametrize(
    ("told", "program"),
    [
        (None, f"mkdocs-dossier[captures]=={version('mkdocs-dossier')}"),
        ('{"url": "file:///a/folder", "dir_info": {"editable": true}}', "mkdocs-dossier[captures] @ file:///a/folder"),
        (
            '{"url": "https://forge.example/a.git", "vcs_info": {"vcs": "git", "commit_id": "0ff1ce"}}',
            "mkdocs-dossier[captures] @ git+https://forge.example/a.git@0ff1ce",
        ),
        ('{"url": "file:///a/dossier.whl", "archive_info": {}}', "mkdocs-dossier[captures] @ file:///a/dossier.whl"),
    ],
    ids=["release", "folder", "repository", "wheel"],
)
def test_the_program_is_asked_for_as_it_was_installed(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, told: str | None, program: str
) -> None:
    monkeypatch.setattr(PathDistribution, "read_text", told_by(told))
    result = run(tmp_path, "init", tmp_path / "new", "--title", TITLE)
    assert (tmp_path / "new/requirements.txt").read_text(encoding="utf-8") == f"{program}\n"
    local, readme = "file:///" in program, (tmp_path / "new/README.md").read_text(encoding="utf-8")
    assert ("**On this machine only:**" in readme) is local
    assert ("Nobody else can install that" in result.stdout) is local
    assert "\n\n\n" not in readme


def told_by(told: str | None) -> Callable[[PathDistribution, str], str | None]:
    """What an installer wrote of where the program came from; all else as it is."""
    read = PathDistribution.read_text
    return lambda self, name: told if name == "direct_url.json" else read(self, name)


@pytest.mark.parametrize("is_there", [True, False])
@pytest.mark.parametrize("method", ["write_text", "rename", "mkdir"])
def test_on_a_full_disk_nothing_is_begun(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, method: str, is_there: bool) -> None:
    def fail(path: Path, *arguments: object, **options: object) -> None:
        raise OSError(28, "No space left on device")

    if is_there:
        (tmp_path / "new").mkdir()
    monkeypatch.setattr(Path, method, fail)
    result = run(tmp_path, "init", tmp_path / "new", "--title", "The quay")
    assert (result.exit_code, "new cannot be made: No space left on device" in result.stderr) == (1, True)
    assert [path for path in tmp_path.rglob("*") if path != tmp_path / "new"] == []
    assert (tmp_path / "new").exists() is is_there
