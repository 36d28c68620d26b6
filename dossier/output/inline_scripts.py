"""The inline scripts that templates write into pages: a page's policy lets these run, and no others.

Where a script stands in a page proves nothing: a theme may print a title or a description unescaped, and a script in it
would stand in the frame. So scripts are known by their text, as it stands in the templates.
"""

from __future__ import annotations

import os
import re
from collections.abc import Iterable, Iterator
from functools import lru_cache
from pathlib import Path

_SCRIPT_PATTERN = re.compile(r"<script\b[^>]*>(.+?)</script>", re.DOTALL)
_TEMPLATE_VALUE_PATTERN = re.compile(r"\{\{.*?\}\}", re.DOTALL)
_INSERTED_ADDRESS = r"(?:https?://[\w.-]+(?::\d+)?)?[\w./~%-]*"
"""What a page may have where the script of a template has `{{ … }}`: part of an address, which cannot end a string."""


class TemplateScripts:
    """The inline scripts in the templates of some folders; folders that do not exist have none."""

    def __init__(self, folders: Iterable[Path]) -> None:
        texts = {script for folder in folders for script in _iter_template_scripts(folder)}
        # A script that a template puts together from parts (`{% if … %}`) is not known.
        self._patterns = [re.compile(_convert_to_pattern(text)) for text in sorted(texts) if "{%" not in text]
        self.has_script = lru_cache(maxsize=1024)(self._match_script)

    def _match_script(self, text: str) -> bool:
        """Whether a script of a page is one of these."""
        return any(pattern.fullmatch(text) for pattern in self._patterns)


def _iter_template_scripts(folder: Path) -> Iterator[str]:
    for parent, names, files in os.walk(folder):
        names[:] = [name for name in names if not name.startswith(".")]  # Material keeps thousands of icons in `.icons`
        for file in files:
            template = Path(parent, file)
            if template.suffix == ".html" and template.is_file():  # a pipe would be read for ever
                yield from _SCRIPT_PATTERN.findall(template.read_text(encoding="utf-8", errors="replace"))


def _convert_to_pattern(script: str) -> str:
    return _INSERTED_ADDRESS.join(map(re.escape, _TEMPLATE_VALUE_PATTERN.split(script)))
