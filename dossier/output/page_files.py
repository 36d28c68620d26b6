"""Files beside a page: its data, and the picture that other sites show beside a link to it."""

from __future__ import annotations

from collections.abc import Iterator
from functools import lru_cache
from importlib import import_module
from importlib.util import find_spec
from pathlib import Path

from dossier.model.site.addresses import PAGE_DATA_NAME
from dossier.pages import Page

CARD_FONT_PATHS = tuple(str(Path(__file__).parent.parent / "assets/cards" / name) for name in ("regular.ttf", "bold.ttf"))
"""The faces of the family `Dossier`, in which cards are set; no font of the machine is used, so that builds are the same."""

_CARD_NAME = "card.png"
_RENDERER_NAME = "resvg_py"


def get_card_path(page: Page) -> str:
    """Where the picture of a page is, from the site's root; empty without one of its own, or where none can be drawn."""
    return page.url + _CARD_NAME if page.render_card and can_draw_cards() else ""


def iter_page_files(page: Page) -> Iterator[tuple[str, str | bytes]]:
    """The files beside a page, by path from the site's root."""
    if page.render_data:
        yield page.url + PAGE_DATA_NAME, page.render_data()
    if page.render_card and (path := get_card_path(page)):
        yield path, draw_card(page.render_card())


@lru_cache(maxsize=1)
def can_draw_cards() -> bool:
    """Whether the package that draws them is installed, which the extra for cards brings."""
    return find_spec(_RENDERER_NAME) is not None


def draw_card(svg: str) -> bytes:
    """A picture as PNG, which is what networks show; the same bytes for the same SVG."""
    renderer = import_module(_RENDERER_NAME)
    return bytes(renderer.svg_to_bytes(svg_string=svg, skip_system_fonts=True, font_files=list(CARD_FONT_PATHS)))
