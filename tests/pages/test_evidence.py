"""The evidence of a claim page: what counts, whose it is, and in which words; and how the articles printed the claim."""

from __future__ import annotations

import re
from collections.abc import Callable
from pathlib import Path
from xml.etree.ElementTree import Element

import pytest

from support.reading_pages import CLAIM, GAZETTE, ISLAND, NOTES, SOURCE, at, links, pages, words

Change = Callable[[Path, str, str], None]
PAGE = "claims/april-record/"
PARTIES = "annotations/parties.yml"
OWN = "  - {id: harbour-office-count, bearing: supports, words: ['1,240 single tickets', '2,880 return tickets']}\n"
LOG = "  - {id: log, bearing: supports, words: [more people]}\n"


# The head


def test_the_head_says_what_kind_of_claim_it_is_and_what_counts(example: Path) -> None:
    page = pages(example)[PAGE]
    assert words(page.find(".//p[@class='claim-by']")) == "A figure. Claimed by Harbour office, 2 May 2024"
    head = page.find(".//dl[@class='finding-rests']")
    assert words(head) == (
        "As printed In the text: 1 Supported 1 Imprecise 1 Unverifiable The words of 2 articles "
        "For The claimant's own figures Against Nothing that we read Arithmetic 1 statement confirmed"
    )
    assert {"#appearances", "#evidence-for"} <= set(links(head))


@pytest.mark.parametrize(
    ("evidence", "said"),
    [
        ("", "For Nothing that we read Against Nothing that we read Arithmetic 1 statement confirmed"),
        (OWN, "For The claimant's own figures Against"),
        (LOG, "For 1 source Against"),
        (
            LOG + "  - {id: news, bearing: supports, words: [a record]}\n" + OWN,
            "For 2 separate sources and the claimant's own figures Against",
        ),
        (
            LOG + "  - {id: log-copy, bearing: supports, words: [more people]}\n",
            "For 1 source Against",
        ),
        ("  - {id: log, bearing: contradicts, words: [fewer people]}\n", "Against 1 source"),
        ("  - {id: log, bearing: contradicts}\n", "Against Nothing that we read; 1 that does not count"),
        ("  - {id: unread, bearing: contradicts}\n", "Against Nothing that we read; 1 that does not count"),
        ("  - {id: log, bearing: context}\n", "Against Nothing that we read Context 1 source, for neither side"),
    ],
)
def test_only_separate_sources_that_were_read_and_quoted_count(example: Path, evidence: str, said: str) -> None:
    set_evidence(example, evidence)
    assert said in words(pages(example)[PAGE].find(".//dl[@class='finding-rests']"))


def test_a_claim_on_which_nothing_bears_says_so(example: Path) -> None:
    set_evidence(example, "  - {id: log, bearing: context}\n  - {id: unread, bearing: supports}\n")
    assert "Nothing that we read bears on this claim, for it or against it." in words(section(example))
    set_evidence(example, "")
    assert "No source is named." in words(section(example))


def test_an_interest_stands_beside_the_claimant_or_else_beside_the_evidence(example: Path, replace: Change) -> None:
    replace(example / PARTIES, "  role: Counts the ferry's passengers\n", "  role: Counts\n  interest: The ferry pays for it.\n")
    page = pages(example)[PAGE]
    assert "Interest Harbour office: The ferry pays for it." in words(page.find(".//dl[@class='finding-rests']"))
    assert "From Harbour office, who makes the claim. Harbour office" in words(section(example))  # its interest stands above
    assert "The ferry pays for it." in words(at(pages(example)["parties/"], "harbour-office"))
    replace(example / CLAIM, "claimant: harbour-office", "claimant: ferry-crew")
    assert "From Harbour office. The ferry pays for it." in words(section(example))


def test_the_interest_of_an_organisation_stands_beside_who_speaks_for_it(example: Path, replace: Change) -> None:
    replace(example / PARTIES, "  role: Counts the ferry's passengers\n", "  role: Counts\n  interest: The ferry pays for it.\n")
    replace(example / PARTIES, "  role: People who run the ferry\n", "  role: Runs the ferry\n  speaks_for: harbour-office\n")
    replace(example / CLAIM, "claimant: harbour-office", "claimant: ferry-crew")
    assert "Interest Harbour office: The ferry pays for it." in words(pages(example)[PAGE].find(".//dl[@class='finding-rests']"))
    assert "Speaks for Harbour office" in words(at(pages(example)["parties/"], "ferry-crew"))


# The words


def test_evidence_stands_in_its_own_words_and_says_how_they_were_compared(example: Path) -> None:
    (example / "originals/sources").mkdir()
    (example / "originals/sources/harbour-office-count.txt").write_text("Sold were 1,240 single tickets.\n", encoding="utf-8")
    quoted = [words(quotation) for quotation in section(example).iter("blockquote")]
    assert quoted == ["1,240 single tickets compared with a saved copy", "2,880 return tickets copied by hand"]


def test_evidence_says_where_how_far_and_when_it_was_read(example: Path, replace: Change) -> None:
    assert "Primary source. Read in full." in words(section(example))
    assert "https://harbour.example/ferry/2024-04" in links(section(example))
    reading = 'checked: opening-read\nread_at: https://copies.example/count\nread_on: "2024-06-01"'
    replace(example / SOURCE, "checked: read-in-full", reading)
    for shown in (section(example), at(pages(example)["sources/"], "harbour-office-count")):
        assert re.search(
            r"Only its opening read, at copies\.example: Ferry passengers: April 2024, on 1 June 2024\.", words(shown)
        )
        assert "https://copies.example/count" in links(shown)


def test_an_address_that_nobody_opened_is_printed_and_not_linked(example: Path, replace: Change) -> None:
    archived = 'archived: {url: "https://archive.example/count", date: "2024-05-06"}\nchecked: not-read'
    replace(example / SOURCE, "checked: read-in-full", archived)
    for shown in (section(example), at(pages(example)["sources/"], "harbour-office-count")):
        assert "Not read by us; we did not open its address, https://harbour.example/ferry/2024-04." in words(shown)
        assert not [address for address in links(shown) if address.startswith(("https://harbour", "https://archive"))]
    assert "We have not read it, so it counts for nothing." in words(section(example))


def test_a_source_without_words_says_that_it_counts_for_nothing(example: Path) -> None:
    set_evidence(example, "  - {id: log, bearing: supports}\n")
    assert "None of its words are quoted here, so it counts for nothing." in words(section(example))


def test_a_copy_is_shown_with_what_it_is_based_on_and_counted_once(example: Path) -> None:
    set_evidence(
        example, "  - {id: log, bearing: supports, words: [more]}\n  - {id: log-copy, bearing: supports, words: [more]}\n"
    )
    said = words(section(example))
    assert "From Ferry crew; its 2 texts count as one source." in said
    assert "Based on Ferry crew, 3 May 2024, and counted once with it." in said


# Replies, author, second person


def test_who_was_asked_and_when_they_answered_stands_on_the_page(example: Path, replace: Change) -> None:
    assert "Replies" not in words(pages(example)[PAGE])
    replies = (
        'replies:\n  - {party: harbour-office, asked: "2024-05-20", answered: "2024-05-22", note: It thanks us.}\n'
        '  - {party: ferry-crew, asked: "2024-05-20"}\nreviewed:'
    )
    replace(example / CLAIM, "reviewed:", replies)
    said = words(at(pages(example)[PAGE], "replies", up=True))
    assert "Harbour office: asked on 20 May 2024, answered on 22 May 2024. It thanks us." in said
    assert "Ferry crew: asked on 20 May 2024, no answer by 1 June 2024." in said


def test_the_foot_says_who_wrote_the_claim_and_whether_a_second_person_read_it(example: Path, replace: Change) -> None:
    def foot() -> str:
        return words(pages(example)[PAGE].find(".//footer[@class='page-foot']"))

    assert "No second person has compared it with its sources." in foot()
    replace(example / CLAIM, "reviewed:", "author: Ada Wren\nreviewer: Ben Tern\nreviewed:")
    assert "Written by Ada Wren. Compared with its sources by a second person, Ben Tern." in foot()
    assert "second person" not in words(pages(example)[f"articles/{GAZETTE}/"])


# As printed


def test_headlines_are_told_apart_and_it_says_if_none_is_right(example: Path, replace: Change) -> None:
    record = example / f"docs/articles/{ISLAND}.md"
    assert "No headline" not in printed(example)
    number = re.search(r"paragraph (\d+)", words(at(pages(example)[f"articles/{ISLAND}/"], "april-record")))
    assert number
    text = record.read_text(encoding="utf-8")
    text = re.sub(r"(?m)^kinds:.*\n(?:  .*\n)*", "", text).replace("\n---\n", f"\nkinds: {{heading: [{number[1]}]}}\n---\n", 1)
    record.write_text(text, encoding="utf-8")
    assert "No headline holds as printed: 1 Imprecise In the text: 1 Supported 1 Unverifiable The words" in printed(example)
    replace(example / f"annotations/articles/{ISLAND}.yml", "verdict: imprecise", "verdict: supported")
    assert "As printed In headlines: 1 Supported In the text: 1 Supported 1 Unverifiable The words" in printed(example)


def test_the_list_of_claims_says_in_how_many_articles_a_claim_is_wrong(example: Path, replace: Change) -> None:
    assert "Inexact in 1 article." in words(pages(example)["claims/"])
    replace(example / NOTES, "verdict: unverifiable", "verdict: incorrect")
    assert "Wrong in 1 article, inexact in 1 article." in words(pages(example)["claims/"])
    replace(example / f"annotations/articles/{ISLAND}.yml", "verdict: imprecise", "verdict: incorrect")
    assert "Wrong in 2 articles." in words(pages(example)["claims/"])


def test_a_claim_that_no_article_makes_says_so(example: Path) -> None:
    for name in (GAZETTE, ISLAND):
        (example / f"annotations/articles/{name}.yml").write_text("[]\n", encoding="utf-8")
    assert "As printed No article of this dossier makes it" in printed(example)
    assert "in 1 article" not in words(pages(example)["claims/"])


# What the tests above ask with


def section(example: Path) -> Element:
    return at(pages(example)[PAGE], "evidence", up=True)


def printed(example: Path) -> str:
    return words(pages(example)[PAGE].find(".//dl[@class='finding-rests']"))


def set_evidence(example: Path, evidence: str) -> None:
    """Give the claim these sources, among them a log of the crew's, a copy of it, a news report, and one that nobody read."""
    for name, publisher, origin, checked in (
        ("log", "ferry-crew", "log", "read-in-full"),
        ("log-copy", "harbour-gazette", "log", "read-in-full"),
        ("news", "harbour-gazette", "news", "opening-read"),
        ("unread", "island-digest", "unread", "not-read"),
    ):
        text = f'title: The {name}\npublisher: {publisher}\npublished: "2024-05-03"\nurl: not-established\nkind: news\n'
        text += f'origin: {origin}\nknown_from: "2024-05-03"\nchecked: {checked}\n'
        (example / f"annotations/sources/{name}.yml").write_text(text, encoding="utf-8")
    claim = (example / CLAIM).read_text(encoding="utf-8")
    claim = re.sub(r"(?m)^sources:\n(?:  - .*\n)*", "", claim)
    claim = claim.replace("would_change:", f"sources:\n{evidence}would_change:" if evidence else "would_change:")
    (example / CLAIM).write_text(claim, encoding="utf-8")
