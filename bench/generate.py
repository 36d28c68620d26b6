"""Write a synthetic dossier and a plain site with the same content: `python -m bench.generate FOLDER --articles 100`."""

from __future__ import annotations

import argparse
from pathlib import Path

from bench.annotated import write_annotated
from bench.content import ContentGenerator
from bench.plain import write_plain

OURS, PLAIN = "ours", "plain"
"""Names of the two sites and of their folders."""


def write_sites(folder: Path, articles: int, seed: int) -> None:
    """Write both sites, with a number of articles, into `ours/` and `plain/` of a folder. The same seed gives the same bytes."""
    content = ContentGenerator(seed).make_content(articles)
    write_annotated(content, folder / OURS)
    write_plain(content, folder / PLAIN)


def main() -> None:
    """Run the command line."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("folder", type=Path)
    parser.add_argument("--articles", type=int, default=100)
    parser.add_argument("--seed", type=int, default=1)
    options = parser.parse_args()
    write_sites(options.folder, options.articles, options.seed)


if __name__ == "__main__":
    main()
