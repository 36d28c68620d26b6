"""What stands in place of a file or beside it: links out, loops, pipes, sockets, folders, unreadable files, odd names."""

from __future__ import annotations

import os
import random
import shutil
import stat
from collections.abc import Callable
from pathlib import Path

SECRET = "WORDSFROMOUTSIDE"
"""Words that stand outside the dossier only, where no link may lead."""

ODD_NAMES = (
    "a\nb.yml|A.yml|a b.md|..yml|é.yml|\udcff.md|\x1b.yml|\u202e.md|index.md|record.md|x.html|<b>.md|%00.md|true.yml|README.md|"
    "-x.md|CON.md|.hidden.md|a.md.md|x.MD|x.yaml|x.html.md|#.md|?.md|a&b.md|e\u0301.md|x~|a'b\".md"
).split("|")
TARGETS = """../outside nowhere / /dev/zero /dev/full /proc/self/environ /proc/self/mem /dev/stdin .. ../articles .
../../outside/secret.yml ../outside/secret.yml ../mkdocs.yml ../originals""".split()
PLACES = """docs docs/articles docs/claims docs/assets annotations annotations/articles annotations/claims annotations/events
annotations/sources originals .""".split()


def is_own_path(path: Path) -> bool:
    """Whether no part of a path is a link: a round writes into its own folder only."""
    return not any(part.is_symlink() for part in (path, *path.parents))


def rename_file(rng: random.Random, root: Path, file: Path) -> str:
    """A file under another name, or under both."""
    new = file.with_name(rng.choice([name for name in ODD_NAMES if name != file.name]))
    shutil.copy(file, new)
    if rng.random() < 0.5:
        file.unlink()
    return f"also or only {new.name!r}"


def replace_file(rng: random.Random, root: Path, file: Path) -> str:
    """Something else in a file's or folder's place; what was there lies outside, with other words where they are no captures."""
    outside = root.parent / "outside"
    spot = rng.choice((file, file, file.parent)) if file.parent != root else file
    kept = spot.rename(outside / f"{len(list(outside.iterdir()))}-{spot.name}")
    for moved in [path for path in (kept, *kept.rglob("*")) if path.is_file() and "originals" not in spot.parts]:
        moved.write_bytes(moved.read_bytes().replace(b" the ", f" {SECRET} ".encode()))
    what = rng.choice(("gone", "link", "link", "link", *STAND_INS))
    if what == "link":
        to = rng.choice([*TARGETS, spot.name, os.path.relpath(kept, spot.parent), str(kept)])
        what = _link_to(rng, spot, to)
    elif what != "gone":
        STAND_INS[what](spot)
    return f"{spot.relative_to(root)} is {what}"


def add_odd_file(rng: random.Random, root: Path, file: Path) -> str:
    """A link, pipe, socket or folder where there was nothing."""
    folder = root / rng.choice(PLACES)
    if not is_own_path(folder) or any(part.exists() and not part.is_dir() for part in (folder, *folder.parents)):
        return "and nothing more"
    folder.mkdir(parents=True, exist_ok=True)
    names = [*ODD_NAMES, "x.md", "x.yml", "x.txt", "env.txt", "loop", "x.html", "x.svg", "island-digest.txt", "tide-page.md"]
    spot = folder / rng.choice([name for name in names if not os.path.lexists(folder / name)])
    if rng.random() < 0.6:
        to = rng.choice(
            [*TARGETS, spot.name, str(root.parent / "outside" / "secret.yml"), str(root.parent / "outside"), file.name]
        )
        what = _link_to(rng, spot, to)
    else:
        what = rng.choice([*STAND_INS])
        STAND_INS[what](spot)
    return f"and {spot.relative_to(root).as_posix()!r} is {what}"


def _link_to(rng: random.Random, spot: Path, to: str) -> str:
    """A link, or a link to one; what it is in words."""
    if rng.random() < 0.2:
        between = spot.with_name(f"{spot.stem}-2{spot.suffix}")
        between.symlink_to(to)
        spot.symlink_to(between.name)
        return f"a link to a link to {Path(to).name}"
    spot.symlink_to(to)
    return f"a link to {Path(to).name}"


def _make_unreadable_folder(spot: Path) -> None:
    spot.mkdir()
    (spot / "x.md").write_text(f"# {SECRET}\n", encoding="utf-8")
    spot.chmod(0)


STAND_INS: dict[str, Callable[[Path], object]] = {
    "folder": Path.mkdir,
    "file": Path.touch,
    "fifo": os.mkfifo,
    "socket": lambda spot: os.mknod(spot, stat.S_IFSOCK | 0o600),
    "unreadable": lambda spot: spot.touch(mode=0),
    "unreadable folder": _make_unreadable_folder,
    "sparse": lambda spot: spot.touch() or os.truncate(spot, 120_000_000),
}
