"""Folding of typography: what it makes of a text, and where each character comes from."""

from __future__ import annotations

import pytest

from dossier.model.quotations.typography import fold_typography, fold_with_origins


@pytest.mark.parametrize(
    ("text", "folded"),
    [
        ("", ""),
        ("Two words.", "Two words."),
        ("two  \n spaces", "two spaces"),
        ("\u00a0 a  ", " a "),
        ("a`b", "a'b"),
        ("“Ferries” – ‘gone’…", "\"Ferries\" - 'gone'..."),
        ("cafe\u0301s", "caf\u00e9s"),
        ("e\u0301", "\u00e9"),
        ("n \u0301o", "n \u0301o"),
        ("so\u00adft", "soft"),
    ],
)
def test_a_text_is_folded_and_every_character_knows_its_origin(text: str, folded: str) -> None:
    made, origins = fold_with_origins(text)
    assert made == folded
    assert len(origins) == len(folded)
    assert origins == sorted(origins)
    for character, (start, end) in zip(made, origins, strict=True):
        assert character in fold_typography(text[start:end])


def test_a_plain_text_is_its_own_folding() -> None:
    text = "Harbour records of 2001: 1,234 crossings (two a day). " * 40
    assert fold_with_origins(text) == (text, [(place, place + 1) for place in range(len(text))])
