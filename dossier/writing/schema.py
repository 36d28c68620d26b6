"""JSON Schemas for editors: which one describes a YAML file, and the line by which an editor finds it."""

from __future__ import annotations

from pathlib import PurePosixPath

FOLDER = "schema"
"""Where the schemas lie, from the dossier's root."""

FILED = {"articles": "annotations", "claims": "claim", "events": "event", "sources": "source", "charts": "chart"}
"""The schema of the files in each folder of `annotations/`; every other file there has one of its own name."""


def schema_line(path: str) -> str:
    """The first line of a YAML file, from its path: `annotations/claims/x.yml` has `../../schema/claim.json`."""
    file = PurePosixPath(path)
    name = FILED.get(file.parent.name, file.stem)
    return f"# yaml-language-server: $schema={'../' * (len(file.parts) - 1)}{FOLDER}/{name}.json"
