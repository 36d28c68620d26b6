"""The templates that hosts draw pages with: ours, the site's own, and those of installed themes."""

from __future__ import annotations

import re
from importlib.util import find_spec
from pathlib import Path

from dossier.loading.settings import get_custom_templates_folder
from dossier.model.problems.problem import UnreadableError

THEME_FOLDER = Path(__file__).parent.parent / "theme"
"""Templates that come before those of Material: MkDocs, ProperDocs and Zensical read them."""

GENERATED_PAGE_TEMPLATES = frozenset({"404.html", "dossier.html"})
"""Templates that need what only generated pages have."""

_HOST_PACKAGES = ("material", "zensical")
"""Packages whose templates are known where they are installed."""
_TEMPLATE_NAME_PATTERN = re.compile(r"[\w-]+\.html")
_ICON_NAME_PATTERN = re.compile(r"[\w-]+(?:/[\w-]+)+")


def find_installed_template_folders() -> list[Path]:
    """The folders of templates of Material and Zensical, where they are installed beside this program."""
    specs = [find_spec(name) for name in _HOST_PACKAGES]
    return [Path(location, "templates") for spec in specs if spec for location in spec.submodule_search_locations or ()]


def is_page_template(root: Path, name: str) -> bool:
    """Whether a page of the dossier below `root` can name a template of that name."""
    is_name = _TEMPLATE_NAME_PATTERN.fullmatch(name) and name not in GENERATED_PAGE_TEMPLATES
    return bool(is_name) and any((folder / name).is_file() for folder in _list_template_folders(root))


def is_icon(root: Path, name: str) -> bool:
    """Whether themes have an icon of that name, a path without its suffix; True for any path where no theme is installed."""
    folders = [folder / ".icons" for folder in _list_template_folders(root)]
    is_known = not any(map(Path.is_dir, folders)) or any((folder / f"{name}.svg").is_file() for folder in folders)
    return bool(_ICON_NAME_PATTERN.fullmatch(name)) and is_known


def _list_template_folders(root: Path) -> list[Path]:
    try:
        own = get_custom_templates_folder(root)
    except UnreadableError:  # mkdocs.yml has a problem of its own
        own = None
    return [*([own] if own else []), THEME_FOLDER, *find_installed_template_folders()]
