"""The first sentence of a text, which stands for the whole where there is a line only."""

from __future__ import annotations

import pytest

from dossier.model.sentences import get_first_sentence


@pytest.mark.parametrize(
    ("text", "first"),
    [
        ("", ""),
        ("One line without an end", "One line without an end"),
        ("First. Second.", "First."),
        ("Is it so? It is. Here is why.", "Is it so? It is."),
        ("“Is it so?” It is. Here is why.", "“Is it so?” It is."),
        ("Is it so?\nIt is: yes. And", "Is it so? It is: yes."),
        ("He says “no.” She says yes.", "He says “no.”"),
        ("“Found” is right. The rest is not.", "“Found” is right."),
        ("It is 52 % (of the records). Others differ.", "It is 52 % (of the records)."),
        ("Folded\n  over lines. And on.", "Folded over lines."),
        ("A paragraph\n\nand another", "A paragraph"),
        ("No. 5 of the list is missing. It was cut.", "No. 5 of the list is missing."),
        ("Written by J. Wren in May. It was late.", "Written by J. Wren in May."),
        ("Towns, e.g. Leeds and York, differ. Others do not.", "Towns, e.g. Leeds and York, differ."),
        ("Dr. Wren said so. Mrs. Finch did not.", "Dr. Wren said so."),
        ("The rate is 3.5 of 10. It rose.", "The rate is 3.5 of 10."),
        ("It fell to 3. Then it rose.", "It fell to 3."),
        ("They said so. 43 forces answered.", "They said so."),
    ],
)
def test_the_first_sentence_of_a_text(text: str, first: str) -> None:
    assert get_first_sentence(text) == first


def test_a_long_text_of_signs_takes_no_long_time() -> None:
    assert get_first_sentence("." * 100_000 + " a").startswith("...")
