"""Evidence is weighed: what counts for a claim and against it, each collector once, and what is the claimant's own."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from dossier.model import Dossier
from dossier.model.evidence import EvidenceBalance, EvidenceScale
from dossier.model.records import Claim, Party, Source
from dossier.model.records.claim import Evidence

READ = "read-in-full"


def source(name: str, publisher: str | None, origin: str = "", collector: str | None = None, checked: str = READ) -> Source:
    return Source.model_construct(
        id=name, publisher=publisher, origin=origin or name, collector=collector, checked=checked, status="published"
    )


def party(name: str, speaks_for: str | None = None) -> Party:
    return Party.model_construct(id=name, speaks_for=speaks_for, status="published")


def evidence(name: str, bearing: str = "supports", words: tuple[str, ...] = ("so it is",)) -> Evidence:
    return Evidence.model_construct(id=name, bearing=bearing, words=words)


SOURCES = [
    source("count", "office"),
    source("copy", "gazette", origin="count"),
    source("copy-of-copy", "digest", origin="copy"),
    source("second-count", "gazette", collector="office"),
    source("log", "crew"),
    source("unread", "crew-paper", checked="not-read"),
    source("nameless", None),
    source("master-says", "master"),
]
PARTIES = [party("master", speaks_for="office"), party("office"), party("crew"), party("gazette")]


def weigh(*pieces: Evidence, claimant: str | None = "gazette") -> EvidenceBalance:
    dossier = Dossier(sources={item.id: item for item in SOURCES}, parties={item.id: item for item in PARTIES})
    return dossier.evidence_scale.weigh_claim(Claim.model_construct(id="claim", claimant=claimant, sources=pieces))


@pytest.mark.parametrize(
    ("names", "groups"),
    [
        ((), []),
        (("count",), [("office", ["count"])]),
        (("copy", "count", "copy-of-copy"), [("office", ["copy", "count", "copy-of-copy"])]),
        (("count", "second-count"), [("office", ["count", "second-count"])]),
        (("count", "master-says"), [("office", ["count", "master-says"])]),
        (("count", "log"), [("office", ["count"]), ("crew", ["log"])]),
        (("nameless", "log"), [(None, ["nameless"]), ("crew", ["log"])]),
        (("count", "gone"), [("office", ["count"])]),
    ],
)
def test_each_collector_is_one_group(names: tuple[str, ...], groups: list[tuple[str | None, list[str]]]) -> None:
    balance = weigh(*map(evidence, names))
    assert [(group.collector, [item.source.id for item in group.items]) for group in balance.supporting] == groups
    assert balance.counted_for == balance.supporting


@pytest.mark.parametrize(
    ("piece", "discount"),
    [
        (evidence("count"), ""),
        (evidence("count", words=()), "no-words"),
        (evidence("unread"), "not-read"),
        (evidence("unread", words=()), "not-read"),
        (evidence("count", "context"), "no-bearing"),
        (evidence("count", "contradicts"), ""),
    ],
)
def test_only_what_bears_was_read_and_is_quoted_counts(piece: Evidence, discount: str) -> None:
    balance = weigh(piece)
    [group] = (*balance.supporting, *balance.contradicting, *balance.context)
    assert [item.discount for item in group.items] == [discount]
    assert group.is_counted is not bool(discount)
    assert (*balance.counted_for, *balance.counted_against) == ((group,) if not discount else ())


def test_a_group_counts_if_one_of_its_sources_does() -> None:
    balance = weigh(evidence("copy", words=()), evidence("count"))
    assert [item.discount for item in balance.supporting[0].items] == ["no-words", ""]
    assert balance.counted_for == balance.supporting


def test_words_of_another_party_than_the_sources_collector_are_that_partys() -> None:
    said_by_crew = evidence("copy", words=("the crew said so",)).model_copy(update={"collector": "crew"})
    balance = weigh(evidence("count"), said_by_crew, evidence("log"), claimant="crew")
    groups = [(group.collector, len(group.items), group.is_claimants_own) for group in balance.supporting]
    assert groups == [("office", 1, False), ("crew", 2, True)]


@pytest.mark.parametrize(("claimant", "is_own"), [("office", True), ("master", True), ("gazette", False), (None, False)])
def test_what_the_claimant_or_its_organisation_collected_is_its_own(claimant: str | None, is_own: bool) -> None:
    balance = weigh(evidence("copy"), claimant=claimant)
    assert [group.is_claimants_own for group in balance.supporting] == [is_own]
    assert sum(not group.is_claimants_own for group in balance.counted_for) == (not is_own)


def test_a_collector_may_stand_on_both_sides() -> None:
    balance = weigh(evidence("count"), evidence("copy", "contradicts"), claimant="crew")
    assert [len(side) for side in (balance.supporting, balance.contradicting, balance.context)] == [1, 1, 0]
    assert [group.is_claimants_own for group in balance.counted_against] == [False]


NAMES = st.integers(0, 8).map(lambda number: f"p{number}")


@settings(deadline=None)
@given(st.dictionaries(NAMES, st.none() | NAMES))
def test_parties_share_an_organisation_when_their_chains_meet_and_only_then(speaks_for: dict[str, str | None]) -> None:
    scale = EvidenceScale({}, {}, {name: party(name, other) for name, other in speaks_for.items()})

    def chain(name: str) -> set[str]:
        seen: set[str] = set()
        other: str | None = name
        while other and other not in seen:
            seen.add(other)
            other = speaks_for.get(other)
        return seen

    for one in speaks_for:
        for other in speaks_for:
            assert (scale.find_organisation(one) == scale.find_organisation(other)) is bool(chain(one) & chain(other))
