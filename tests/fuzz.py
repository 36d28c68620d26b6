"""The hostile-input campaign: a small dossier is spoilt at random, and whatever comes of it must be a problem with a place.

`python tests/fuzz.py --seed S --rounds N` plays N rounds, each in a process of its own with little memory, in which it
spoils one to three files, then reads, checks, reports, builds, previews and locks. `--seed S --round R` plays one again.
"""

from __future__ import annotations

import argparse
import json
import multiprocessing
import os
import random
import re
import resource
import shutil
import signal
import sys
import tempfile
import time
import traceback
from collections.abc import Callable, Iterator
from html.parser import HTMLParser
from multiprocessing.connection import Connection
from pathlib import Path, PurePosixPath

from conftest import EXAMPLE

from dossier import report
from dossier.checks import check
from dossier.model import LOCK, RULES, Problem, Unreadable
from dossier.pages import build
from dossier.sources import read
from dossier.sources.described import describe, record_of
from dossier.sources.lock import read_lock, renew, write_lock

MEMORY, RESIDENT, SECONDS, PATIENCE = 1_500_000_000, 1_000_000, 15, 40
"""Bytes a round may ask for, kilobytes it may use, seconds it should take, seconds after which it hangs."""
MOST_PARSED = 300_000
SECRET = "WORDSFROMOUTSIDE"
UNSEEN = re.compile("[\x00-\x1f\x7f-\x9f\u2028\u2029\u202a-\u202e\u2066-\u2069\ud800-\udfff\ufffe\uffff]")
SLUG = "tide-page"
LIES = '{"@type": "NewsArticle", "headline": "Tides", "author": [{"name": "A"}], "datePublished": "2024-05-01"}'
PAGE = f"""<!DOCTYPE html><html lang="en"><head><meta charset="utf-8"><title>Tides</title>
<script type="application/ld+json">{LIES}</script><meta property="og:site_name" content="Island"></head><body>
<nav><ul><li><a href="/">Home</a></li></ul></nav><article><h1>Tides keep the ferry in port</h1>
<p>High water kept the ferry in port on three days of April, the harbour office said in its report.</p>
<blockquote><p>We wait for the water, and so does everybody else on the island.</p></blockquote>
<table><tr><th>Day</th><td>Hours &amp; minutes</td></tr></table><figure><img alt="A quay"><figcaption>The quay.</figcaption>
</figure><p>One<br><br>two</p></article><footer>Share this page</footer></body></html>
"""
RECORD = """---
title: Tides keep the ferry in port
publisher: harbour-gazette
authors: [A]
published: "2024-05-01"
url: https://gazette.example/tides
language: en
print: excerpts
reviewed: "2024-06-01"
---
The page says that the ferry stayed [“in port”](#three-days) and links [elsewhere](https://x.example/).
"""
NOTES = '- {id: three-days, quote: "kept the ferry in port", speaker: text, note: "See [it](/claims/april-record/)."}\n'

PAYLOADS = r"""<script>alert(1)</script>|<img src=x onerror=alert(1)>|[x](javascript:alert(1))|[x](JaVaScRiPt&colon;alert(1))
<javascript:alert(1)>|![x](javascript:alert(1))|" onmouseover="alert(1)|{{7*7}}|{% raw %}|</p><svg/onload=alert(1)>|&rlo;evil
[x](data:text/html,<script>1</script>)|[x](//evil.example)|[x]: javascript:alert(1)|<!-- dossier: rules -->|`<script>`
[x](#"onclick=alert(1))|[x](/"onclick="alert(1))|&#x202e;|&#0;|%00|[x](java%0ascript:alert(1))|[“x”](#april-record)
[x](http://[::1)|[x](https://a]b)|[x](#../../x)|[x](/../../etc/passwd)|٣٤|ﬀ|\u0000""".replace("\n", "|").split("|")
VALUES = r"""[]|{}|[a]|{a: b}|[[a]]|[{a: b}]|""|~|1|-1|0|0.5|1e999|99999999999999999999|true|no|"\0"|"a\nb"|"\u202e"|"\e[31m"
"\x85"|*x|&x y|!!python/object:os.system x|!!int ""|!!bool x|!!float x|!!timestamp x|!!set {a}|!x y|!ENV [1, x]|!ENV []
!ENV [[a], b]|!ENV x|../x|/|/etc/passwd|../../../x|"a\tb"|nowhere|'|"|[|{|- x|? x|: |not-established|"0000-00-00"|"2024-02-30"
"9999-12/.."|"../2024"|"2024/2023"|"-0001"|"0001-01-01"|"2024-13"|2024-05-02|"2024-05-02/"|"6-2"|"1-99999"|[1, 1]|["5-1"]
https://|http://[|https://x/"y|javascript:alert(1)|null|NaN|"\ud800"|"٣"|text|published|retired|draft|review|april-record|"1-5"
harbour-office|["\n"]|{"a\nb": c}|{"\e": c}|{[a]: b}|x: y|# x|[heading]|{heading: [1]}|"x\u2028y"|april-record-2|[text, text]"""
DEEP = '[|{a: |- |> |((|<div>|<b>|<table><tr><td>|{"a":|*a_|![|](|`|<!--|&a|[a]: b\n|1. |<p|&|“'.split("|")
OTHERS = VALUES.replace("\n", "|").split("|")
CHARSETS = "utf-16 utf-7 idna punycode undefined base64 zip rot13 unicode_escape raw_unicode_escape mbcs nothing utf-8-sig cp037"
NAMES = "a\nb.yml|A.yml|a b.md|..yml|é.yml|\udcff.md|\x1b.yml|\u202e.md|index.md|record.md|x.html|<b>.md|%00.md|true.yml".split(
    "|"
)
KEYS = 'slug|article|id|digest|__class__|"a\\nb"|"\\e"|[a]|? a|\'x y\'|<<|é|status|reviewed|title|model_config'.split("|")
YAML = "&a |*a |!!str |!x |--- |\n---\n|\n...\n|%YAML 9\n---\n|<<: *a\n|? |\t|>\n|{|]|: |- ".split("|")
ESCAPES = r"\0|\x1b|\u202e|\u2028|\ud800|\n|\x85|&#x1b;|&#x202e;|&#0;|\L|\U0010ffff".split("|")
BULK = "x|x |x\n|\n\nOne [two](#x) three.|- id: a\n|é|#|<p>One two three.</p>|\n- |“a” |[a](/b) |\n> a|\n\n\n".split("|")
CONTROLS = [*map(chr, (0, 7, 8, 11, 12, 27, 127, 133, 155, 0x200E, 0x2028, 0x202E, 0x2066, 0xFEFF, 0xFFFE))]
ENCODINGS = ["utf-16", "utf-16-le", "utf-32", "cp1252", "utf-8-sig", "cp037", "utf-7"]
LINKS = "../outside nowhere / /dev/zero /dev/full .. ../articles"
Text = Callable[[random.Random, str], str]


def _inserted(*pieces: str) -> Text:
    """Something put in anywhere."""

    def insert(rng: random.Random, text: str) -> str:
        at = rng.randint(0, len(text))
        return text[:at] + rng.choice(pieces) + text[at:]

    return insert


def _value(rng: random.Random, text: str) -> str:
    """Another value for a key: one of the wrong kind, or that of another key."""
    found = list(re.finditer(r'"?[\w-]+"?: +("[^"\n]*"|\[[^\]\n]*\]|\{[^}\n]*\}|[^\n,{}\[\]]+)', text))
    if not found:
        return rng.choice(OTHERS)
    one, other = rng.choice(found), rng.choice(found)
    value = other[1] if rng.random() < 0.25 else rng.choice([*OTHERS, json.dumps(rng.choice(PAYLOADS))])
    return text[: one.start(1)] + value + text[one.end(1) :]


def _mistyped(rng: random.Random, text: str) -> str:
    for _ in range(rng.randint(1, 6)):
        at = rng.randint(0, max(0, len(text) - 2))
        pair = text[at : at + 2]
        now = rng.choice((pair[::-1], pair[:1], "", pair * 2, rng.choice(":-#'\"[]{}()&*!|>%@`,?\\/~ \t\n\u00a0é9aZ") + pair))
        text = text[:at] + now + text[at + 2 :]
    return text


def _lines(rng: random.Random, text: str) -> str:
    """Lines taken out, doubled, swapped or indented otherwise."""
    lines = text.split("\n")
    one, other = rng.randrange(len(lines)), rng.randrange(len(lines))
    indented = rng.choice((" ", "   ", "\t", "- ", "\u00a0", "")) + lines[one].lstrip(rng.choice((" ", " -")))
    new = [[], [lines[one]] * 2, [lines[other]], [indented]]
    lines[one : one + 1] = rng.choice(new)
    return "\n".join(lines)


def _keys(rng: random.Random, text: str) -> str:
    """A key renamed or given twice."""
    found = list(re.finditer(r'"?[\w-]+"?(?=: )', text)) or list(re.finditer("^", text))
    one, other = rng.choice(found), rng.choice(found)
    return text[: one.start()] + rng.choice((other[0], rng.choice(KEYS))) + text[one.end() :]


def _deep(rng: random.Random, text: str) -> str:
    times = rng.choice((40, 60, 300, 5000, 100_000))
    steps = "\n" + "".join(f"{' ' * n}a:\n" for n in range(min(times, 1200)))
    return _inserted(rng.choice(DEEP) * times, rng.choice(DEEP) * times, steps, "`a" * times)(rng, text)


def _bomb(rng: random.Random, text: str) -> str:
    """Aliases of aliases, plain and merged, and of themselves."""
    sign = rng.choice(("b: ", "<<: "))
    bomb = "".join(f"a{n}: &a{n} {{{sign}[{', '.join([f'*a{n - 1}'] * 9)}]}}\n" for n in range(1, 12))
    return rng.choice((f"a0: &a0 {{x: y}}\n{bomb}{text}", f"a: &a [*a]\n{text}", f"{text}\na: &a\n  <<: *a\n"))


def _huge(rng: random.Random, text: str) -> str:
    piece = rng.choice((text, *BULK)) or "x"
    return rng.choice((text, "")) + piece * (rng.choice((999_000, 3_000_000)) // len(piece))


def _charset(rng: random.Random, text: str) -> str:
    words = rng.choice(("th+2AA-", "xn--a", "\\ud800", "é"))
    return text.replace('"utf-8"', f'"{rng.choice(CHARSETS.split())}"').replace("three", words)


TEXTS: dict[str, Text] = {
    "truncated": lambda rng, text: text[: rng.randint(0, len(text))],
    "beheaded": lambda rng, text: text[rng.randint(0, len(text)) :],
    "mistyped": _mistyped,
    "lines": _lines,
    "keys": _keys,
    "value": _value,
    "values": lambda rng, text: _value(rng, _value(rng, _value(rng, text))),
    "charset": _charset,
    "payload": _inserted(*PAYLOADS),
    "payload in words": lambda rng, text: text.replace(" the ", f" {rng.choice(PAYLOADS)} ", rng.randint(1, 9)),
    "control": _inserted(*CONTROLS),
    "escape": _inserted(*ESCAPES),
    "escaped value": lambda rng, text: text.replace(": ", f': "{rng.choice(ESCAPES)}" # ', 1),
    "yaml": _inserted(*YAML),
    "line ends": lambda rng, text: text.replace("\n", rng.choice(("\r\n", "\r", "\n\r", "\x85", "\u2028", "\v"))),
    "indented": lambda rng, text: re.sub("(?m)^", rng.choice((" ", "\t", "  ", "- ", "> ", "    ")), text),
    "joined": lambda rng, text: text.replace("\n", rng.choice(("", " ", "\n\n"))),
    "deep": _deep,
    "bomb": _bomb,
    "huge": _huge,
}


LIGHT = ["binary", "recoded", "renamed", "replaced", "replaced", "value", "values", *list(TEXTS)[:-3]]
"""What costs little; the others are rarer."""


def _binary(rng: random.Random, content: bytes) -> bytes:
    at, noise = rng.randint(0, len(content)), rng.randbytes(8)
    return rng.choice((noise * 40, content[:at] + noise + content[at:], b"PK\x03\x04\0\0", b"\0" * 99, b"\xff\xfe\x00\xd8", b""))


def _recoded(rng: random.Random, content: bytes) -> bytes:
    mark = rng.choice((b"", b"\xef\xbb\xbf", b"\xff\xfe", b"\xfe\xff"))
    return mark + content.decode("utf-8", "replace").encode(rng.choice(ENCODINGS), "replace")


def _renamed(rng: random.Random, root: Path, file: Path) -> str:
    """A file under another name, or under both."""
    new = file.with_name(rng.choice(NAMES))
    shutil.copy(file, new)
    if rng.random() < 0.5:
        file.unlink()
    return f"also or only {new.name!r}"


def _replaced(rng: random.Random, root: Path, file: Path) -> str:
    """Something else in a file's or folder's place."""
    outside = root.parent / "outside"
    spot = rng.choice((file, file, file.parent)) if file.parent != root else file
    kept = spot.rename(outside / f"{len(list(outside.iterdir()))}-{spot.name}")
    for moved in [  # captures may lie anywhere; records may not
        path for path in (kept, *kept.rglob("*")) if path.is_file() and "originals" not in spot.parts
    ]:
        moved.write_bytes(moved.read_bytes().replace(b" the ", f" {SECRET} ".encode()))
    what = rng.choice(("gone", "folder", "file", "fifo", "link", "link", "link"))
    to = rng.choice([*LINKS.split(), spot.name, os.path.relpath(kept, spot.parent), str(kept)])
    make = {"folder": spot.mkdir, "file": spot.touch, "fifo": lambda: os.mkfifo(spot), "link": lambda: spot.symlink_to(to)}
    make.get(what, lambda: None)()
    return f"{spot.relative_to(root)} is {what} ({Path(to).name if what == 'link' else ''})"


def spoil(rng: random.Random, root: Path) -> str:
    """Spoil one file of a dossier; what was done."""
    files = sorted(path for path in root.rglob("*") if path.is_file() and not path.is_symlink())
    file, name = rng.choice(files), rng.choice([*TEXTS] if rng.random() < 0.2 else LIGHT)
    path, content = file.relative_to(root).as_posix(), file.read_bytes()
    if name in ("renamed", "replaced"):
        return f"{path!r}: {(_renamed if name == 'renamed' else _replaced)(rng, root, file)}"
    if name in TEXTS:
        file.write_bytes(TEXTS[name](rng, content.decode("utf-8", "replace")).encode("utf-8", "replace"))
    else:
        file.write_bytes((_binary if name == "binary" else _recoded)(rng, content))
    return f"{path!r}: {name}"


FORBIDDEN = "script iframe object embed base form link meta img".split()


class Injected(HTMLParser):
    """What no page may hold: scripts, handlers and links that run something."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.found: list[str] = []
        self.feed(html)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        values = [re.sub(r"[\x00-\x20]", "", value or "").lower() for _, value in attrs]
        runs = any(value.startswith(("javascript:", "vbscript:", "data:")) for value in values)
        handlers = any(name.startswith("on") or name in ("srcdoc", "formaction") for name, _ in attrs)
        if tag in FORBIDDEN or runs or handlers:
            self.found.append(f"<{tag} {attrs}>")


def faults_of(problem: Problem) -> Iterator[str]:
    """What a problem lacks that every problem has."""
    path, place = PurePosixPath(problem.place.path), problem.place
    if not place.path or path.is_absolute() or ".." in path.parts or place.line < 1 or place.column < 1:
        yield f"has no place: {problem}"
    if problem.rule not in RULES or not problem.message or (problem.severity == "error" and not problem.help):
        yield f"has no rule, message or help: {problem}"
    if UNSEEN.search(f"{place}{problem.message}{problem.help}"):
        yield f"holds control characters: {problem}"


def examine(root: Path) -> Iterator[str]:
    """All that a dossier goes through, and what is wrong with what comes out."""
    try:
        dossier = read(root)
        problems = check(dossier)
        yield from (fault for problem in problems for fault in faults_of(problem))
        told = "\n".join(form(problems, root) for form in report.FORMATS.values())
        yield from seen("a report", told, "")
        for page in [page for preview in (False, True) for page in build(dossier, preview)]:
            yield from seen(page.address, f"{page.title}\n{page.description}\n{page.html}", page.html)
        renewed = renew(dossier)
        write_lock(root / LOCK, renewed)
        if read_lock(root / LOCK) != (renewed, []):
            yield f"the lock that was written is not read again: {read_lock(root / LOCK)[1]}"
        if SLUG in dossier.captures and not (page_file := root / "originals" / f"{SLUG}.html").is_symlink():
            record_of(describe(page_file.read_bytes()), dossier.captures[SLUG]).encode()
    except Unreadable as error:
        yield from () if error.help else [f"no help: {error}"]


def seen(name: str, text: str, html: str) -> Iterator[str]:
    """What is wrong with a page or a report. A capture's own control characters are its publisher's."""
    text.encode()
    if not html and (unseen := UNSEEN.search(text.replace("\n", "").replace("\t", ""))):
        yield f"{name} holds control characters: {unseen[0]!r}"
    if SECRET in text:
        yield f"LINK {name} shows what a link out of the project leads to"
    if len(html) < MOST_PARSED:
        yield from (f"{name} holds {tag}" for tag in Injected(html).found)


def listing(folder: Path) -> dict[str, tuple[int, int, int]]:
    """Every file below a folder with what changes when it is written to."""
    found = {}
    for place, folders, files in os.walk(folder):
        for name in (*folders, *files):
            status = os.lstat(os.path.join(place, name))
            found[os.path.relpath(os.path.join(place, name), folder)] = (status.st_mtime_ns, status.st_size, status.st_mode)
    return found


def make_base(folder: Path) -> Path:
    """The dossier that is spoilt: the example and an article whose capture is a page, locked."""
    shutil.copytree(EXAMPLE, folder)
    for name, text in (
        (f"docs/articles/{SLUG}.md", RECORD),
        (f"annotations/articles/{SLUG}.yml", NOTES),
        (f"originals/{SLUG}.html", PAGE),
    ):
        (folder / name).write_text(text, encoding="utf-8")
    write_lock(folder / LOCK, renew(read(folder)))
    return folder


def play(seed: int, number: int, base: Path, parent: Path) -> Iterator[str]:
    """One round in an empty folder: first what was done, then what is wrong."""
    rng = random.Random(f"{seed} {number}")
    root, outside = parent / "dossier", parent / "outside"
    shutil.copytree(base, root)
    outside.mkdir()
    (outside / "secret.yml").write_text(f"{SECRET}: [", encoding="utf-8")
    done = []
    for _ in range(rng.choice((1, 1, 1, 2, 3))):
        done.append(spoil(rng, root))
    yield "; ".join(done)
    before, start = listing(parent), time.perf_counter()
    try:
        yield from examine(root)
    except BaseException as error:
        ours = [f"{Path(frame.filename).name}:{frame.lineno} {frame.name}" for frame in traceback.extract_tb(error.__traceback__)]
        yield f"{type(error).__name__}: {str(error)[:300]} at {' < '.join(ours[:-8:-1])}"
    if (took := time.perf_counter() - start) > SECONDS:
        yield f"took {took:.1f} s"
    if (used := resource.getrusage(resource.RUSAGE_SELF).ru_maxrss) > RESIDENT:
        yield f"used {used // 1000} MB"
    after = listing(parent)
    changed = {name for name in before.keys() | after.keys() if before.get(name) != after.get(name)} - {
        f"dossier/{LOCK}",
        "dossier",
    }
    yield from [f"changed {sorted(changed)}"] if changed else []


def _child(seed: int, number: int, base: Path, parent: Path, pipe: Connection) -> None:
    resource.setrlimit(resource.RLIMIT_AS, (MEMORY, MEMORY))
    for said in play(seed, number, base, parent):
        pipe.send(said)
    pipe.close()


def alone(seed: int, number: int, base: Path) -> list[str]:
    """A round in a process of its own; what was done, and what is wrong."""
    with tempfile.TemporaryDirectory(dir=base.parent) as folder:
        ours, theirs = multiprocessing.Pipe(duplex=False)
        child = multiprocessing.get_context("fork").Process(target=_child, args=(seed, number, base, Path(folder), theirs))
        child.start()
        theirs.close()
        said: list[str] = []
        until = time.monotonic() + PATIENCE
        try:
            while ours.poll(max(0, until - time.monotonic())):
                said.append(ours.recv())
            child.kill()
            said.append(f"hangs for more than {PATIENCE} s")
        except EOFError:
            pass
        child.join()
        if child.exitcode not in (0, -signal.SIGKILL):
            said.append(f"the process ended with {child.exitcode}")
        return said


def main() -> None:
    """Play rounds and print what is wrong; status 1 where something is."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--rounds", type=int, default=1000)
    parser.add_argument("--round", type=int, help="play this one alone")
    parser.add_argument("--links", action="store_true", help="words read through links out of the project are failures too")
    asked = parser.parse_args()
    os.environ.pop("DOSSIER_CAPTURES", None)
    failed = linked = 0
    with tempfile.TemporaryDirectory() as folder:
        base = make_base(Path(folder) / "base")
        assert not list(examine(base))  # also loads and compiles, once, what every round needs
        for number in range(asked.rounds) if asked.round is None else [asked.round]:
            done, *wrong = alone(asked.seed, number, base)
            shown = [fault for fault in wrong if asked.links or not fault.startswith("LINK ")]
            linked += len(shown) < len(wrong)
            failed += bool(shown)
            for fault in shown:
                print(f"--seed {asked.seed} --round {number}: {done}\n    {fault}", flush=True)
    print(f"seed {asked.seed}: {failed} rounds failed; {linked} read through a link out of the project.")
    sys.exit(bool(failed))


if __name__ == "__main__":
    main()
