"""Addresses on the forge: where a record can be corrected, and the form that reports an error in it, filled in."""

from __future__ import annotations

from urllib.parse import quote, urlencode

from dossier.model.record import Entry
from dossier.model.records import Annotation, Article, Claim, Event, Party, Source, Term
from dossier.model.settings import Settings

FORM = "error.yml"
"""Name of the forge's form for errors; it has the fields `page`, `id` and `quotation`."""


def correction(settings: Settings, record: Entry) -> str:
    """The file and line of a record on the forge; empty where the forge is not known."""
    place = record.place()
    return f"{settings.repo_edit}{quote(place.path)}#L{place.line}" if settings.repo_edit else ""


def report(settings: Settings, record: Entry) -> str:
    """The form for errors, filled with a record's page, id and words; empty where the forge is not known.

    GitHub fills the fields of an issue form from the parameters of its address that have their ids.
    """
    if not settings.repo_url:
        return ""
    page, name = record.home
    fields = {
        "template": FORM,
        "title": f"Error in {record.address}",
        "page": settings.site_url + record.address,
        "id": name or page.strip("/").split("/")[-1],
        "quotation": _words(record),
    }
    return f"{settings.repo_url.rstrip('/')}/issues/new?{urlencode(fields, quote_via=quote)}"


def _words(record: Entry) -> str:
    """The words by which readers know a record."""
    match record:
        case Annotation():
            return record.quote
        case Claim():
            return record.claim
        case Event() | Source():
            return record.title
        case Article() | Party():
            return record.name
        case Term():
            return record.term
    return ""
