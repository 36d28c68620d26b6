"""What became of the addresses that readers are sent to, as Markdown for editors."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from urllib.parse import quote

from dossier.model.markdown import escape_code, escape_markdown
from dossier.model.problems.problem import Location
from dossier.model.site.external_links import LinkAnswer, LinkOutcome

LINK_REPORT_SECTIONS: Mapping[LinkOutcome, tuple[str, str]] = {
    "gone": ("Gone", "Give the address of a copy in a web archive, as `archived:`, or a better source."),
    "moved": ("Moved for good", "Look whether the new address has the same page; if so, write it instead."),
    "unreachable": ("Not reached", "Twice no answer. Look again by hand; it may be back."),
    "refused": ("Could not check", "The site answers people, and not programs. That says nothing about the address."),
}
"""Outcomes that are told, the gravest first: heading, and what to do."""


def render_link_report(answers: Mapping[str, LinkAnswer], places: Mapping[str, Sequence[Location]]) -> str:
    """The whole report: how many there are of each kind, then each address with the places where it is written."""
    counted = [
        f"{sum(answer.outcome == outcome for answer in answers.values())} {heading.lower()}"
        for outcome, (heading, _) in LINK_REPORT_SECTIONS.items()
    ]
    parts = [f"{len(answers)} addresses of articles, sources and parties were asked: {', '.join(counted)}."]
    for outcome, (heading, cure) in LINK_REPORT_SECTIONS.items():
        lines = [
            _format_link_report_line(url, answer, places[url]) for url, answer in answers.items() if answer.outcome == outcome
        ]
        if lines:
            parts += [f"## {heading}", cure, "\n".join(lines)]
    return "\n\n".join(parts) + "\n"


def _format_link_report_line(url: str, answer: LinkAnswer, places: Sequence[Location]) -> str:
    written = ", ".join(f"`{escape_code(f'{place.path}:{place.line}')}`" for place in places)
    leads = f", leads to <{_escape_autolink_url(answer.new_url)}>" if answer.new_url else ""
    return f"- {written}: <{_escape_autolink_url(url)}> ({escape_markdown(answer.description)}{leads})"


def _escape_autolink_url(url: str) -> str:
    """An address between angle brackets; what a site answers may hold anything, and a sign that ends them would free the rest."""
    return "".join(sign if sign.isprintable() and sign not in " <>" else quote(sign) for sign in url)
