"""Rules on the settings: their file exists, so does the folder of captures that they name; publisher and address are named."""

from __future__ import annotations

from collections.abc import Iterator

from dossier.checks.rule import Violation, rule
from dossier.model.dossier import Dossier
from dossier.model.problems.problem import Location
from dossier.model.settings import MKDOCS_CONFIG_NAME

_NAMED_IN_PUBLICATION = {
    "publisher": "DOSSIER_PUBLISHER, or write `publisher:` below `- dossier:`",
    "contact": "DOSSIER_CONTACT, or write `contact:` below `- dossier:`",
    "site_url": "SITE_URL, or write `site_url:` as a line of its own; readers cite and share pages by it",
}
"""What a site for readers must say, and where each is set."""


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
    for name in _NAMED_IN_PUBLICATION if settings.publication and dossier.are_settings_read else ():
        if not getattr(settings, name).strip():
            message = f"the site is to be published (`publication: true`), but `{name}` is empty"
            help = f"set the variable {_NAMED_IN_PUBLICATION[name]}"
            yield Violation(Location(MKDOCS_CONFIG_NAME), message, help)
