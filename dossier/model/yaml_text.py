"""Text as it is written into a YAML file, in quotation marks."""

from __future__ import annotations

import json

from dossier.model.quotations.invisible_characters import is_invisible


def quote_yaml_text(text: str) -> str:
    """Text in YAML's double quotation marks, with invisible characters as escapes such as `\\u00a0`."""
    return "".join(
        _escape_character(character) if is_invisible(character) else character
        for character in json.dumps(text, ensure_ascii=False)
    )


def _escape_character(character: str) -> str:
    return f"\\u{ord(character):04x}" if ord(character) <= 0xFFFF else f"\\U{ord(character):08x}"
