"""Links to correct a record: edit its line on the forge (GitHub, GitLab, Forgejo, Gitea), or report an error, pre-filled."""

from __future__ import annotations

import re
from urllib.parse import quote, urlencode, urlsplit

from dossier.model.base import Entry
from dossier.model.dossier import Dossier
from dossier.model.kinds import get_kind
from dossier.model.problems.problem import Location
from dossier.model.settings import Settings

ERROR_FORM_TEMPLATE = "error.yml"
"""File name of the GitHub issue form for errors; its fields have the ids `page`, `id` and `quotation`."""

FORGE_EDIT_PATHS = {
    "github": "edit/main/",
    "gitlab": "-/edit/main/",
    "codeberg": "src/branch/main/",
    "forgejo": "src/branch/main/",
    "gitea": "src/branch/main/",
}
"""Path of the edit page below the repository's address, by a word in the forge's host name. The default for `repo_edit`.

GitHub and GitLab open their editor at the line of the fragment (`#L12`). The editor of Forgejo and Gitea ignores it, so there
we link to the file's view, which highlights the line and has an edit button.
"""


_MAIL_ADDRESS = re.compile(r"[\w.+-]+@[\w-]+(?:\.[\w-]+)+")
"""An address for mail in a text, as a contact has it."""


def build_edit_url(settings: Settings, location: Location) -> str:
    """Address of a file's line in the forge's editor; empty if neither `repo_edit` nor the kind of forge is known."""
    base_url = settings.repo_edit
    if not base_url and (edit_path := FORGE_EDIT_PATHS.get(_get_forge_kind(settings))):
        base_url = f"{settings.repo_url.rstrip('/')}/{edit_path}"
    return f"{base_url}{quote(location.path)}#L{location.line}" if base_url else ""


def build_commit_url(dossier: Dossier) -> str:
    """Address of the commit that the site is built from, on the forge; empty without one, or on a forge that is not known."""
    kind = _get_forge_kind(dossier.settings)
    if not dossier.revision or not kind:
        return ""
    return f"{dossier.settings.repo_url.rstrip('/')}/{'-/' if kind == 'gitlab' else ''}commit/{dossier.revision.commit}"


def build_report_url(settings: Settings, record: Entry | None = None) -> str:
    """Address of a new issue, or of a message to the contact, pre-filled with the page, id and text of a record, if one is given.

    Empty if no repository is configured and the contact has no address for mail.

    GitHub fills each field of an issue form from the query parameter with the field's id. Other forges have no such forms,
    so the same values go into one text: `issue[title]` and `issue[description]` on GitLab, `title` and `body` elsewhere.
    """
    mail_address = _MAIL_ADDRESS.search(settings.contact)
    if not settings.repo_url and not mail_address:
        return ""
    title = f"Error in {record.page_url}" if record else "Error"
    fields = _collect_report_fields(settings, record) if record else {}
    text = "\n\n".join(f"{field.capitalize()}: {value}" for field, value in fields.items())
    if not settings.repo_url and mail_address:
        asked = f"{text}\n\nWhat is wrong, and how do you know?\n\n".lstrip()
        return f"mailto:{mail_address[0]}?{urlencode({'subject': title, 'body': asked}, quote_via=quote)}"
    new_issue_path, parameters = "issues/new", {"title": title, "body": text}
    match _get_forge_kind(settings):
        case "github":
            parameters = {"template": ERROR_FORM_TEMPLATE, "title": title, **fields}
        case "gitlab":
            new_issue_path, parameters = "-/issues/new", {"issue[title]": title, "issue[description]": text}
    # quote: spaces as %20. "+" means a space in form data only, and a forge may show it literally.
    return f"{settings.repo_url.rstrip('/')}/{new_issue_path}?{urlencode(parameters, quote_via=quote)}"


def _collect_report_fields(settings: Settings, record: Entry) -> dict[str, str]:
    page_url, record_id = record.url_parts
    return {
        "page": settings.site_url + record.page_url,
        "id": record_id or page_url.strip("/").split("/")[-1],
        "quotation": get_kind(record).get_title(record),
    }


def _get_forge_kind(settings: Settings) -> str:
    """The key of `FORGE_EDIT_PATHS` that occurs in the repository's host name; empty if none does."""
    host = urlsplit(settings.repo_url).hostname or ""
    return next((kind for kind in FORGE_EDIT_PATHS if kind in host), "")
