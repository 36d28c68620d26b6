"""Rules on the settings: their file exists, so does the folder of captures that they name, and a publisher is named."""

from __future__ import annotations

from collections.abc import Iterator

from dossier.checks.rule import Violation, rule
from dossier.model.dossier import Dossier
from dossier.model.problems.problem import Location
from dossier.model.settings import MKDOCS_CONFIG_NAME


@rule("settings-missing")
def check_settings_missing(dossier: Dossier) -> Iterator[Violation]:
    place, captures = Location(MKDOCS_CONFIG_NAME), dossier.settings.captures
    if MKDOCS_CONFIG_NAME in dossier.missing_paths:
        help = "write it, with the plugin `dossier`; README.md has its options"
        yield Violation(place, f"{MKDOCS_CONFIG_NAME} is missing, so the defaults of all settings apply", help)
    if f"{captures}/" in dossier.missing_paths:
        message = f"{captures} is to be the folder of captures, but there is no such folder"
        help = "correct DOSSIER_CAPTURES or `captures:`; until then quotations are compared with the lock alone"
        yield Violation(place, message, help)


@rule("publisher-missing")
def check_publisher_missing(dossier: Dossier) -> Iterator[Violation]:
    settings = dossier.settings
    for name in ("publisher", "contact") if settings.publication and dossier.are_settings_read else ():
        if not getattr(settings, name).strip():
            message = f"the site is to be published (`publication: true`), but `{name}` is empty"
            help = f"set the variable DOSSIER_{name.upper()}, or write `{name}:` below `- dossier:`"
            yield Violation(Location(MKDOCS_CONFIG_NAME), message, help)
