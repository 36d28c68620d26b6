"""Pages filled into a stencil are, byte for byte, the pages that the theme would have drawn."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from mkdocs.commands.build import build
from mkdocs.config import load_config

from dossier.output.frame import FrameValues, PageFrameCache
from dossier.output.termination import exit_on_termination
from support.large_example import LEDGER, make_large_example

Change = Callable[[Path, str, str], None]

PAGES = [{"title": f"Page {number}", "content": f"<h1>Page {number}</h1>"} for number in range(1, 6)]


class Theme:
    """A theme that counts the pages it draws; `extra` is what it shows besides."""

    def __init__(self, extra: Callable[[FrameValues], str]) -> None:
        self.drawn, self.extra = 0, extra

    def draw(self, values: FrameValues) -> str:
        self.drawn += 1
        return f"<title>{values['title']}</title><body>{values['content']}{self.extra(values)}{values['title']}</body>"


def test_a_kind_of_page_is_drawn_three_times_however_many_pages_there_are() -> None:
    theme, stencils = Theme(lambda values: ""), PageFrameCache()
    finished = [stencils.render_page("kind", values, theme.draw) for values in PAGES]
    assert theme.drawn == 3
    assert finished == [theme.draw(values) for values in PAGES]


@pytest.mark.parametrize("extra", [lambda values: str(len(values["title"])), lambda values: values["title"].upper()])
def test_where_a_theme_shows_more_than_the_values_every_page_is_drawn(extra: Callable[[FrameValues], str]) -> None:
    theme, stencils = Theme(extra), PageFrameCache()
    finished = [stencils.render_page("kind", values, theme.draw) for values in PAGES]
    assert theme.drawn == len(PAGES) + 1
    assert finished == [theme.draw(values) for values in PAGES]


def test_each_kind_has_its_own_stencil() -> None:
    one, other, stencils = Theme(lambda values: "one"), Theme(lambda values: "other"), PageFrameCache()
    for values in PAGES:
        assert "one" in stencils.render_page("one", values, one.draw)
        assert "other" in stencils.render_page("other", values, other.draw)


@pytest.mark.site
@pytest.mark.parametrize("override", ["", '{% extends "base.html" %}{% block announce %}{{ page.url }}{% endblock %}'])
def test_a_site_is_the_same_as_if_the_theme_had_drawn_every_page(
    tmp_path: Path, replace: Change, monkeypatch: pytest.MonkeyPatch, override: str
) -> None:
    monkeypatch.setenv("NO_MKDOCS_2_WARNING", "1")
    root = tmp_path / "example"
    make_large_example(root)
    if override:
        (root / "theme").mkdir()
        (root / "theme/main.html").write_text(override, encoding="utf-8")
        replace(root / "mkdocs.yml", "name: material,", "name: material, custom_dir: theme,")
    filled = site(root, "filled")
    monkeypatch.setattr(PageFrameCache, "render_page", lambda self, kind, values, draw: draw(values))
    assert site(root, "drawn") == filled
    assert len(filled) > 30
    assert not override or f"articles/{LEDGER}/" in filled[f"articles/{LEDGER}/index.html"].partition("<h1")[0]


def site(root: Path, name: str) -> dict[str, str]:
    """The pages of a site, built in this process, by path."""
    config = load_config(str(root / "mkdocs.yml"), site_dir=str(root / name), site_url="https://dossier.example/here/")
    with exit_on_termination():  # so that this process handles signals afterwards as before
        config.plugins.on_startup(command="build", dirty=False)
        build(config)
    return {file.relative_to(root / name).as_posix(): file.read_text("utf-8") for file in (root / name).rglob("*.html")}
