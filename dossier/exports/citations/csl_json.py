"""Items as CSL-JSON, which loses nothing: https://docs.citationstyles.org/en/stable/specification.html."""

from __future__ import annotations

import json
from collections.abc import Iterable

from dossier.pages.citing.items import CslItem


def format_csl_json(items: Iterable[CslItem]) -> str:
    """Items as a JSON array."""
    return json.dumps([*items], ensure_ascii=False, indent=1) + "\n"
