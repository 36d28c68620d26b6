"""The dossier that a campaign spoils: the example, and besides an article saved as a page, one printed in full, pages by hand."""

from __future__ import annotations

import re
import shutil
from datetime import date
from pathlib import Path

from dossier.loading import read_dossier
from dossier.loading.lock import update_lock, write_lock
from dossier.loading.release import build_release, write_release
from dossier.model import LOCK_FILE_NAME
from dossier.model.site.release import RELEASE_FILE_NAME
from support.dossiers import EXAMPLE

SLUG, FULL_SLUG = "tide-page", "tide-board"
PRIVATE_WORD_PATTERN = re.compile(r"q[vxz][a-p]{5}", re.IGNORECASE)
"""Words of private captures that stand nowhere else, so that they are found wherever they get."""

_LETTERS = "abcdefghijklmnop"


def make_private_text(number: int) -> str:
    """Four paragraphs of sixty words that are in the capture of this number only, from 0 to 2."""
    words = [f"q{'vxz'[number]}" + "".join(_LETTERS[(place >> shift) % 16] for shift in range(5)) for place in range(240)]
    return "\n\n".join(" ".join(words[start : start + 60]).capitalize() + "." for start in range(0, 240, 60))


_METADATA = '{"@type": "NewsArticle", "headline": "Tides", "author": [{"name": "A"}], "datePublished": "2024-05-01"}'
_PAGE = f"""<!DOCTYPE html><html lang="en"><head><meta charset="utf-8"><title>Tides</title>
<script type="application/ld+json">{_METADATA}</script><meta property="og:site_name" content="Island"></head><body>
<nav><ul><li><a href="/">Home</a></li></ul></nav><article><h1>Tides keep the ferry in port</h1>
<p>High water kept the ferry in port on three days of April, the harbour office said in its report.</p>
<blockquote><p>We wait for the water, and so does everybody else on the island.</p></blockquote>
<table><tr><th>Day</th><td>Hours &amp; minutes</td></tr></table><figure><img alt="A quay"><figcaption>The quay.</figcaption>
</figure><p>One<br><br>two</p></article><footer>Share this page</footer></body></html>
"""
_RECORD = """---
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
_FULL_RECORD = _RECORD.partition("The page says")[0].replace("print: excerpts", "print: full\nlicence: CC0 1.0")
_NOTES = '- {id: three-days, quote: "kept the ferry in port", speaker: text, note: "See [it](/claims/april-record/)."}\n'
_FULL_NOTES = '- {id: quay, quote: "We wait for the water", speaker: text, note: "Nobody else does."}\n'
_ABOUT = """---
title: About the tides
description: "Who counts, and when"
---
# About the tides

The office [counts](index.md) twice a day; see [the claims](claims/index.md).

![The quay](quay.svg)
"""
_PICTURE = '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 9 9"><path d="M0 0h9v9z"/></svg>\n'


def make_base(folder: Path) -> Path:
    """Write the dossier into a folder, locked and released, with words in its private captures that stand nowhere else."""
    shutil.copytree(EXAMPLE, folder)
    for name, text in (
        (f"docs/articles/{SLUG}.md", _RECORD),
        (f"annotations/articles/{SLUG}.yml", _NOTES),
        (f"originals/{SLUG}.html", _PAGE.replace("</article>", f"<p>{make_private_text(2)}</p></article>")),
        (f"docs/articles/{FULL_SLUG}.md", _FULL_RECORD),
        (f"annotations/articles/{FULL_SLUG}.yml", _FULL_NOTES),
        (f"docs/articles/{FULL_SLUG}.html", _PAGE.replace("Tides keep", "The board keeps")),
        ("docs/about.md", _ABOUT),
        ("docs/quay.svg", _PICTURE),
    ):
        (folder / name).write_text(text, encoding="utf-8")
    for number, capture in enumerate(sorted((folder / "originals").glob("*.txt"))):
        capture.write_text(f"{capture.read_text(encoding='utf-8').rstrip()}\n\n{make_private_text(number)}\n", encoding="utf-8")
    config = (folder / "mkdocs.yml").read_text(encoding="utf-8")
    (folder / "mkdocs.yml").write_text(config.replace("plugins:", "  - About: about.md\nplugins:"), encoding="utf-8")
    write_lock(folder / LOCK_FILE_NAME, update_lock(read_dossier(folder)))
    write_release(folder / RELEASE_FILE_NAME, build_release(read_dossier(folder), date(2024, 6, 3)))
    return folder
