"""Write a synthetic dossier and the plain site of the same content: `python -m bench.generate FOLDER --articles 100`."""

from __future__ import annotations

import argparse
from pathlib import Path

from bench.annotated import write_annotated
from bench.content import ContentGenerator
from bench.plain import write_plain

OURS, PLAIN = "ours", "plain"


def write_sites(folder: Path, articles: int, seed: int) -> None:
    """Write both sites of so many articles below a folder, as `ours/` and `plain/`; the same seed gives the same bytes."""
    content = ContentGenerator(seed).make_content(articles)
    write_annotated(content, folder / OURS)
    write_plain(content, folder / PLAIN)


def main() -> None:
    """The command line."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("folder", type=Path)
    parser.add_argument("--articles", type=int, default=100)
    parser.add_argument("--seed", type=int, default=1)
    options = parser.parse_args()
    write_sites(options.folder, options.articles, options.seed)


if __name__ == "__main__":
    main()
