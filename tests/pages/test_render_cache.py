"""What a preview has drawn stands only as long as it is what would be drawn anew."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

import pytest

from dossier.loading import ReadCache, read_dossier
from dossier.model import Settings
from dossier.pages import Page, RenderCache, build_pages
from dossier.pages.context import PageContext
from support.dossiers import make_example

ORIGINALS = Settings(captures="originals")
WORD = re.compile(r"[a-z]{4,}(?=[^a-z]*$)")
"""The last word of a line, which stands in a value."""


class Preview:
    """A preview that is built time and again, and remembers."""

    def __init__(self, root: Path) -> None:
        self.root, self.drawn = root, RenderCache()
        self.memory: ReadCache = {}

    def pages(self) -> dict[str, str]:
        """Its pages by address."""
        return shown(build_pages(read_dossier(self.root, ORIGINALS, self.memory), preview=True, render_cache=self.drawn))


@pytest.mark.slow
def test_whatever_is_changed_the_preview_is_what_would_be_drawn_anew(tmp_path: Path) -> None:
    root = make_example(tmp_path / "example")
    preview = Preview(root)
    preview.pages()
    changed = 0
    files = [*(root / "annotations").rglob("*.yml"), *(root / "docs/articles").glob("*.md"), *(root / "originals").glob("*.txt")]
    for file in files:
        text = file.read_text(encoding="utf-8")
        lines = text.splitlines(keepends=True)
        for number, line in enumerate(lines):
            altered = WORD.sub("altered", line)
            if altered != line:
                file.write_text("".join([*lines[:number], altered, *lines[number + 1 :]]), encoding="utf-8")
                anew = shown(build_pages(read_dossier(root, ORIGINALS), preview=True))
                assert preview.pages() == anew, f"{file.name}:{number + 1}: {altered}"
                changed += 1
        file.write_text(text, encoding="utf-8")
    assert changed > 100
    assert preview.pages() == shown(build_pages(read_dossier(root, ORIGINALS), preview=True))


def test_a_page_is_drawn_again_only_where_something_in_it_has_changed(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    root = make_example(tmp_path / "example")
    preview = Preview(root)
    before = preview.pages()
    drawn: list[str] = []
    render = PageContext.render_template

    def counted(context: PageContext, template: str, **values: Any) -> str:
        drawn.append(f"{template} {context.page_url}")
        return render(context, template, **values)

    monkeypatch.setattr(PageContext, "render_template", counted)
    assert preview.pages() == before
    assert not [name for name in drawn if name.startswith(("article.html", "claim.html"))]
    notes = root / "annotations/articles/island-digest.yml"
    notes.write_text(notes.read_text(encoding="utf-8").replace("note: ", "note: Now, ", 1), encoding="utf-8")
    assert preview.pages() != before
    assert [name for name in drawn if name.startswith("article.html")] == ["article.html articles/island-digest/"]


def shown(pages: list[Page]) -> dict[str, str]:
    """The HTML of pages by address."""
    return {page.url: page.content_html for page in pages}
