"""The card of a claim for other sites: a page by itself, harmless, and told of by oEmbed."""

from __future__ import annotations

import json
import re
from pathlib import Path
from typing import Any

import pytest

from dossier.exports.claim_card import build_card_policy
from dossier.loading.running_markup import find_page_fault
from dossier.output.csp import insert_csp
from dossier.output.inline_scripts import TemplateScripts
from support.corrections import CLAIMED, correct, correction
from support.dossiers import read_example
from support.exports import SITE, export_files, export_text
from support.foreign_programs import find_schema_faults
from support.reading_pages import CLAIM, HOSTILE, Change, harmless, parse, words

CARD, OEMBED = "claims/april-record/card.html", "claims/april-record/oembed.json"
SCHEMA = Path(__file__).parents[1] / "support/oembed.schema.json"


def test_a_card_says_verdict_claim_finding_site_and_that_nothing_was_corrected(example: Path) -> None:
    html = export_text(read_example(example), CARD)
    page = parse(html.split("<body>")[1].replace("</body>\n</html>", ""))
    assert words(page) == (
        "Supported Claim: The ferry carried 4,120 passengers in April 2024. 4,120 tickets were counted. "
        "No corrections. Last reviewed 1 June 2024. The evidence and the arithmetic, at The ferry count"
    )
    (link,) = page.iter("a")
    assert (link.get("href"), link.get("target"), link.get("rel")) == (f"{SITE}claims/april-record/", "_blank", "noopener")
    assert '<meta name="robots" content="noindex">' in html


def test_a_card_says_the_day_of_the_last_correction(example: Path) -> None:
    correct(example, CLAIMED, correction("2024-06-20"))
    assert 'Corrected <time datetime="2024-06-20">20 June 2024</time>.' in export_text(read_example(example), CARD)


def test_a_card_needs_nothing_else_and_lets_nothing_run(example: Path) -> None:
    html = export_text(read_example(example), CARD)
    assert not re.search(r"<(?:script|link|img|iframe)\b|\bsrc=|url\(|@import", html)
    assert find_page_fault(html) == ""
    (policy,) = re.findall(r'content="(default-src[^"]*)"', html)
    (style,) = re.findall("<style>(.*?)</style>", html, re.DOTALL)
    assert policy == build_card_policy(style)
    assert policy.startswith("default-src 'none'; script-src 'none'; style-src 'sha256-")
    assert find_page_fault(html.replace("</main>", "<script>alert(1)</script></main>"))


def test_hosts_that_write_policies_leave_that_of_a_card_as_it_is(example: Path) -> None:
    html, scripts = export_text(read_example(example), CARD), TemplateScripts([])
    assert insert_csp(html, scripts) == html
    looser = html.replace("script-src 'none'", "script-src 'self'")
    assert "wasm-unsafe-eval" in insert_csp(looser, scripts)
    assert "wasm-unsafe-eval" in insert_csp(f"<!doctype html><html><head></head><body>{html}</body></html>", scripts)


def test_drafts_have_no_card_and_a_site_without_an_address_has_cards_that_lead_to_the_claim(
    example: Path, replace: Change
) -> None:
    files = export_files(read_example(example), site_url="")
    assert OEMBED not in files
    assert '<a href="./" target="_blank"' in str(files[CARD])
    replace(example / CLAIM, 'reviewed: "2024-06-01"', 'status: draft\nreviewed: "2024-06-01"')
    assert not [path for path in export_files(read_example(example)) if path.startswith("claims/")]


@pytest.mark.parametrize("hostile", HOSTILE)
def test_a_card_is_harmless_whatever_was_written(example: Path, replace: Change, hostile: str) -> None:
    replace(example / CLAIM, "claim: ", f"claim: {json.dumps(hostile)} #")
    replace(example / CLAIM, "summary: ", f"summary: {json.dumps(hostile)} #")
    files = export_files(read_example(example), site_name=hostile)
    html = str(files[CARD])
    assert find_page_fault(html) == ""
    harmless(parse(html.split("<body>")[1].replace("</body>\n</html>", "")))
    (frame,) = parse(json.loads(files[OEMBED])["html"])
    assert {*frame.attrib} == {"src", "title", "width", "height", "loading", "style"}


def test_what_oembed_says_is_what_the_code_on_the_page_says(example: Path) -> None:
    answer = read_answer(example)
    assert answer == {
        "version": "1.0",
        "type": "rich",
        "title": "The ferry carried 4,120 passengers in April 2024.",
        "author_name": "The harbour desk",
        "provider_name": "The ferry count",
        "provider_url": SITE,
        "html": f'<iframe src="{SITE}claims/april-record/card.html" '
        'title="Claim: The ferry carried 4,120 passengers in April 2024." '
        'width="560" height="380" loading="lazy" style="border: 0; max-width: 100%"></iframe>',
        "width": 560,
        "height": 380,
    }


def test_the_answer_is_what_the_schema_of_oembed_asks_for(example: Path) -> None:
    assert find_schema_faults(SCHEMA, read_answer(example)) == []


@pytest.mark.parametrize(
    ("poison", "fault"),
    [
        ({"version": "2.0"}, "/version"),
        ({"html": ""}, "/html"),
        ({"width": "560"}, "/width"),
        ({"provider_url": "claims/"}, "/provider_url"),
        ({"thumbnail_url": f"{SITE}card.png"}, "must have properties thumbnail_width, thumbnail_height"),
        ({"heigth": 300}, "must NOT have unevaluated properties"),
    ],
)
def test_the_schema_refuses_what_is_no_answer(example: Path, poison: dict[str, Any], fault: str) -> None:
    assert [said for said in find_schema_faults(SCHEMA, read_answer(example) | poison) if fault in said]


def read_answer(example: Path) -> dict[str, Any]:
    answer: dict[str, Any] = json.loads(export_text(read_example(example), OEMBED, publisher="The harbour desk"))
    return answer
