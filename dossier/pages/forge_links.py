"""Addresses on the forge: where a record can be corrected, and the form that reports an error in it, filled in."""

from __future__ import annotations

from urllib.parse import quote, urlencode, urlsplit

from dossier.model.base import Entry
from dossier.model.numbers.charts import Chart
from dossier.model.problems.problem import Location
from dossier.model.records import Annotation, Article, Claim, Event, Party, Source, Term
from dossier.model.settings import Settings

ERROR_FORM_TEMPLATE = "error.yml"
"""Name of the forge's form for errors; it has the fields `page`, `id` and `quotation`."""

FORGE_EDIT_PATHS = {
    "github": "edit/main/",
    "gitlab": "-/edit/main/",
    "codeberg": "src/branch/main/",
    "forgejo": "src/branch/main/",
    "gitea": "src/branch/main/",
}
"""Where a file is corrected, by what the name of the forge's host says it is, for those who set no `repo_edit`.

GitHub and GitLab put the cursor into the line that the address ends with; the editor of Forgejo and Gitea knows no lines, so
that the file is shown there, with the line marked and a button to edit it.
"""


def build_edit_url(settings: Settings, place: Location) -> str:
    """A file and line on the forge; empty where the forge is not known."""
    edited = settings.repo_edit
    if not edited and (way := FORGE_EDIT_PATHS.get(_get_forge_kind(settings))):
        edited = f"{settings.repo_url.rstrip('/')}/{way}"
    return f"{edited}{quote(place.path)}#L{place.line}" if edited else ""


def build_report_url(settings: Settings, record: Entry) -> str:
    """The form for errors, filled with a record's page, id and words; empty where the forge is not known.

    GitHub fills the fields of an issue form from the parameters of its address that have their ids; the others have no
    such fields and are given a text, as is a forge whose kind is not known: most read `title` and `body`.
    """
    if not settings.repo_url:
        return ""
    page, name = record.url_parts
    title = f"Error in {record.page_url}"
    fields = {
        "page": settings.site_url + record.page_url,
        "id": name or page.strip("/").split("/")[-1],
        "quotation": _get_record_wording(record),
    }
    text = "\n\n".join(f"{field.capitalize()}: {value}" for field, value in fields.items())
    issues, filled = "issues/new", {"title": title, "body": text}
    match _get_forge_kind(settings):
        case "github":
            filled = {"template": ERROR_FORM_TEMPLATE, "title": title, **fields}
        case "gitlab":
            issues, filled = "-/issues/new", {"issue[title]": title, "issue[description]": text}
    return f"{settings.repo_url.rstrip('/')}/{issues}?{urlencode(filled, quote_via=quote)}"


def _get_forge_kind(settings: Settings) -> str:
    """What kind of forge the repository is on, as the name of its host says; empty where it does not."""
    host = urlsplit(settings.repo_url).hostname or ""
    return next((kind for kind in FORGE_EDIT_PATHS if kind in host), "")


def _get_record_wording(record: Entry) -> str:
    """The words by which readers know a record."""
    match record:
        case Annotation():
            return record.quote
        case Claim():
            return record.claim
        case Event() | Source() | Chart():
            return record.title
        case Article() | Party():
            return record.name
        case Term():
            return record.term
    return ""
