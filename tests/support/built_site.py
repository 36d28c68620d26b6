"""Reads the files of a finished site, the index of its search too."""

from __future__ import annotations

import gzip
import html
import json
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from click.testing import CliRunner

from dossier.cli import main
from dossier.model.quotations.capture import fold_words

LONGEST_RUN = 25
"""Words in a row of a capture that may stand in a site."""


def verify_site(root: Path, site: Path) -> tuple[int, str]:
    """Exit status and output of `dossier verify`."""
    outcome = CliRunner().invoke(main, ["--root", str(root), "verify", str(site)])
    return outcome.exit_code, outcome.output


def read_search_fragments(site: Path) -> list[dict[str, Any]]:
    """Everything that the search of a finished site can find, as Pagefind keeps it: `url`, `content`, `meta`, `filters`."""
    packed = sorted((site / "pagefind/fragment").glob("*.pf_fragment"))
    return [json.loads(gzip.decompress(file.read_bytes()).removeprefix(b"pagefind_dcd")) for file in packed]


def visible(text: str) -> str:
    """Text without tags and entities."""
    return html.unescape(re.sub(r"<[^>]+>", " ", text))


def every_file(site: Path, fold: bool = True) -> Iterator[tuple[str, list[str]]]:
    """Every file of a site and its words, whatever the file's kind; zipped ones unpacked."""
    for file in sorted(file for file in site.rglob("*") if file.is_file()):
        content = file.read_bytes()
        content = gzip.decompress(content) if content.startswith(b"\x1f\x8b") else content
        text = content.decode("utf-8", errors="replace")
        escaped = re.sub(r"\\u([0-9a-fA-F]{4})", lambda match: chr(int(match[1], 16)), text)
        yield file.relative_to(site).as_posix(), fold_words(visible(escaped)) if fold else [text]


def runs_of(folded: list[str]) -> Iterator[tuple[str, ...]]:
    """Every run of one word more than may be printed."""
    return zip(*(folded[shift:] for shift in range(LONGEST_RUN + 1)), strict=False)
