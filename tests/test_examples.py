"""The table of examples: what a message shows for a missing key is what the record takes."""

from __future__ import annotations

import pytest

from dossier.model.digest import Digest
from dossier.model.examples import EXAMPLES
from dossier.model.node import Node
from dossier.model.record import Entry, Record
from dossier.sources.marked_yaml import load


def kinds(of: type[Record] = Record) -> list[type[Record]]:
    """Every kind of record, those that have no kinds of their own."""
    return [kind for child in of.__subclasses__() for kind in (kinds(child) or [child])]


KINDS = {kind.noun: kind for kind in kinds()}
FROM_ELSEWHERE = {"slug": "ferry", "article": "ferry", "id": "ferry"}


def test_every_kind_of_record_has_examples() -> None:
    assert EXAMPLES.keys() == KINDS.keys()


@pytest.mark.parametrize("noun", EXAMPLES)
def test_examples_are_of_all_keys_that_are_needed_and_make_a_record(noun: str) -> None:
    kind, examples = KINDS[noun], EXAMPLES[noun]
    needed = {name for name, field in kind.model_fields.items() if field.is_required()} - kind.unwritten
    assert needed <= examples.keys() <= kind.model_fields.keys()
    assert not issubclass(kind, Entry) or "reviewed" in examples
    node = load("\n".join(f"{key}: {example.value}" for key, example in examples.items()), "a.yml")
    assert isinstance(node, Node)
    plain = node.plain()
    assert isinstance(plain, dict)
    elsewhere: dict[str, object] = {name: FROM_ELSEWHERE[name] for name in kind.unwritten if name != "digest"}
    if "digest" in kind.unwritten:
        elsewhere["digest"] = Digest("a.md", "", 1)
    assert kind.model_validate({**plain, **elsewhere})


def test_examples_are_said_in_few_words_and_on_one_line() -> None:
    for examples in EXAMPLES.values():
        for example in examples.values():
            assert 0 < len(example.says) <= 110
            assert "\n" not in example.says + example.value
