"""The table of examples: what a message or an editor shows for a key is what the record takes."""

from __future__ import annotations

import pytest

from dossier.loading.yaml_loader import load_yaml
from dossier.model.base import Entry, Record
from dossier.model.examples import KEY_EXAMPLES_BY_NOUN
from dossier.model.quotations.digest import Digest
from dossier.model.yaml_node import YamlNode


def kinds(of: type[Record] = Record) -> list[type[Record]]:
    """Every kind of record, those that have no kinds of their own."""
    return [kind for child in of.__subclasses__() for kind in (kinds(child) or [child])]


KINDS = {kind.noun: kind for kind in kinds()}
FROM_ELSEWHERE = {"slug": "ferry", "article": "ferry", "id": "ferry", "digest": Digest("a.md", "", 1)}


def test_every_kind_of_record_has_examples() -> None:
    assert KEY_EXAMPLES_BY_NOUN.keys() == KINDS.keys()


@pytest.mark.parametrize("noun", KEY_EXAMPLES_BY_NOUN)
def test_every_key_that_is_needed_has_an_example_and_no_other_word(noun: str) -> None:
    assert (
        needed(KINDS[noun]) <= KEY_EXAMPLES_BY_NOUN[noun].keys() <= KINDS[noun].model_fields.keys() - KINDS[noun].fields_from_file
    )
    assert not issubclass(KINDS[noun], Entry) or set(KINDS[noun].common_keys) <= KEY_EXAMPLES_BY_NOUN[noun].keys()


@pytest.mark.parametrize("noun", KEY_EXAMPLES_BY_NOUN)
def test_each_example_makes_a_record_with_those_of_the_keys_that_are_needed(noun: str) -> None:
    kind, examples = KINDS[noun], KEY_EXAMPLES_BY_NOUN[noun]
    elsewhere = {name: FROM_ELSEWHERE[name] for name in kind.fields_from_file}
    for key in examples:
        node = load_yaml("\n".join(f"{name}: {examples[name].yaml_value}" for name in sorted({*needed(kind), key})), "a.yml")
        assert isinstance(node, YamlNode)
        plain = node.to_plain_value()
        assert isinstance(plain, dict)
        assert kind.model_validate({**plain, **elsewhere})


def needed(kind: type[Record]) -> set[str]:
    return {name for name, field in kind.model_fields.items() if field.is_required()} - kind.fields_from_file


def test_examples_are_said_in_few_words_and_on_one_line() -> None:
    for examples in KEY_EXAMPLES_BY_NOUN.values():
        for example in examples.values():
            assert 0 < len(example.description) <= 110
            assert "\n" not in example.description + example.yaml_value
