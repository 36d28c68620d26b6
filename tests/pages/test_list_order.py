"""The order of claims and topics, and the one number of records on a topic wherever a link leads to it."""

from __future__ import annotations

from pathlib import Path

from dossier.pages import build_pages
from dossier.pages.directives import render_directive
from dossier.pages.list_order import group_claims_by_topic, list_topics
from support.dossiers import read_example
from support.reading_pages import CLAIM, NOTES, at_address, links, pages, parse, words


def test_claims_that_articles_print_stand_first_and_what_somebody_said_last(example: Path) -> None:
    text = (example / CLAIM).read_text(encoding="utf-8")
    _write_claim(example, "a-unprinted", text)
    _write_claim(example, "b-said", text, kind="statement")
    _write_claim(example, "c-said-too", text, topic="[said, counts]", kind="statement")
    _write_claim(example, "d-said-again", text, topic="[a-said]", kind="statement")
    _write_claim(example, "e-other", text, topic="[a-other]")
    topics = group_claims_by_topic(read_example(example))
    assert list(topics) == ["counts", "a-other", "a-said", "said"]
    assert [claim.id for claim in topics["counts"]] == ["april-record", "a-unprinted", "b-said"]


def test_what_articles_print_with_a_fault_stands_before_what_they_print_well(example: Path) -> None:
    text = (example / CLAIM).read_text(encoding="utf-8")
    _write_claim(example, "z-faulty", text)
    for notes in (example / "annotations/articles").glob("*.yml"):  # april-record is printed well, and twice
        notes.write_text(notes.read_text(encoding="utf-8").replace("  verdict: imprecise\n", ""), encoding="utf-8")
    assert [claim.id for claim in group_claims_by_topic(read_example(example))["counts"]] == ["april-record", "z-faulty"]
    text = (example / NOTES).read_text(encoding="utf-8")
    faulty = text.replace(
        "  note: The office gives no number", "  claim: z-faulty\n  stance: stronger\n  verdict: imprecise\n  note: No"
    )
    assert faulty != text
    (example / NOTES).write_text(faulty, encoding="utf-8")
    assert [claim.id for claim in group_claims_by_topic(read_example(example))["counts"]] == ["z-faulty", "april-record"]


def test_a_topic_has_one_page_and_one_number_wherever_it_is_linked(example: Path) -> None:
    dossier = read_example(example)
    [(topic, number)] = [listed for listed in list_topics(dossier) if listed[0].value == "counts"]
    page = parse(at_address(build_pages(dossier), topic.url).content_html)
    assert f"{number} entries:" in words(page)
    assert len([link for link in links(page) if not link.startswith("#")]) >= number
    ways = parse(f"<div>{render_directive('ways', dossier, '')}</div>")
    assert f"./{topic.url}" in links(ways)
    assert f"Counts\u2002{number} entries" in words(ways) or f"Counts {number} entries" in words(ways)


def test_a_party_leads_to_the_topic_of_its_name_and_to_what_it_claims(example: Path) -> None:
    claim = read_example(example).claims["april-record"]
    path = example / CLAIM
    path.write_text(path.read_text(encoding="utf-8").replace("[counts]", f"[counts, {claim.claimant}]"), encoding="utf-8")
    party = next(item for item in pages(example)["parties/"].iter("li") if item.get("id") == claim.claimant)
    assert f"../topics/{claim.claimant}/" in links(party)
    assert "../claims/april-record/" in links(party)
    assert "1 claim of theirs checked" in words(party)


def _write_claim(root: Path, name: str, text: str, topic: str = "[counts]", kind: str = "figure") -> None:
    """Write a claim like the example's that no article makes."""
    changed = text.replace("The ferry", f"The {name}").replace("[counts]", topic).replace("kind: figure", f"kind: {kind}")
    (root / CLAIM).with_name(f"{name}.yml").write_text(changed, encoding="utf-8")
