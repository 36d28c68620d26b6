"""Addresses in pages written by hand: those that hosts read and CommonMark does not are found where they stand."""

from __future__ import annotations

import pytest

from dossier.model import HandwrittenPage
from dossier.model.page_links import is_harmless_link, iter_page_links

BAD = "javascript:a(1)"
WRITTEN = {
    "a footnote": ("One[^1]\n\n[^1]: [a](@)\n", 3),
    "a footnote's second paragraph": ("[^1]: One\n\n    [a](@)\n", 3),
    "a definition": ("One\n:   [a](@)\n", 2),
    "an abbreviation": ("*[HTML]: [a](@)\n", 1),
    "an admonition's title": ('!!! note "[a](@)"\n', 1),
    "an admonition": ("!!! note\n\n    [a](@)\n", 3),
    "a closed admonition": ("??? note\n\n    - [a](@)\n", 3),
    "a tab's title": ('=== "[a](@)"\n\n    One\n', 1),
    "a tab": ('=== "One"\n\n    [a](@)\n', 3),
    "a cell": ("| a | b |\n|---|---|\n| c | [a](@) |\n", 3),
    "a heading with attributes": ("# [a](@) {: #b }\n", 1),
    "a picture's text": ("![[a](@)](a.png)\n", 1),
    "a link's text": ("[^1]: [a [b](@)](index.md)\n", 1),
    "an item of an item": ("- One\n\n    - [a](@)\n", 3),
    "a quotation": ("> One\n> [a](@)\n", 2),
    "spaces and a title": ("[^1]: [a](  @ 'b')\n", 1),
    "a reference in an item": ("- [a][b]\n\n    [b]: @\n", 3),
    "a reference in an admonition": ("!!! note\n\n    [b]: <@> 'c'\n", 3),
    "a reference on the next line": ("[a][b]\n\n    One\n\n> [b]:\n> @\n", 6),
    "a reference like a footnote": ("[a][^1]\n\n[^1]: @\n", 3),
    "an autolink in a footnote": ("[^1]: <@>\n", 1),
}
ADDRESSES = [
    "javascript:a(1)",
    "JaVa&#115;cript&colon;a",
    "javascript\\:a",
    "java\nscript:a",
    " \tjavascript:a",
    "vbscript:a",
    "data:text/html,a",
    "file:///etc/hosts",
    "ftp://ferry.example/",
    "tel:123",
    "https:ferry.example",
    "https:/ferry.example",
    "https:///ferry.example",
    "http://user:word@ferry.example/",
    "https://harbour.example@ferry.example/",
    "https://harbour.example\\@ferry.example/",
    "//ferry.example/",
    "/\\ferry.example/",
    "\\\\\\\\ferry.example",
    "https:\\\\ferry.example",
]


def read_bad_links(text: str) -> list[tuple[int, int, str]]:
    links = [*iter_page_links(HandwrittenPage("docs/page.md", text))]
    return [(one.location.line, one.location.column, one.url) for one in links if not is_harmless_link(one.url, one.is_picture)]


@pytest.mark.parametrize("kind", WRITTEN)
def test_an_address_is_found_once_wherever_hosts_read_it(kind: str) -> None:
    text, line = WRITTEN[kind]
    written = text.replace("@", BAD)
    column = written.split("\n")[line - 1].index(BAD) + 1
    assert read_bad_links(written) == [(line, column, BAD)]


@pytest.mark.parametrize("written", ADDRESSES)
@pytest.mark.parametrize("text", ["[a](@)\n", "[^1]: [a](@)\n", "!!! note\n\n    [a](@)\n"])
def test_an_address_that_no_page_may_have_is_found_however_it_is_written(text: str, written: str) -> None:
    places = [(line, column) for line, column, _ in read_bad_links(text.replace("@", written))]
    line = text.count("\n", 0, text.index("@")) + 1
    assert places == [(line, text.split("\n")[line - 1].index("@") + len(written) - len(written.lstrip()) + 1)]


@pytest.mark.parametrize(
    "text",
    [
        "[a](https://ferry.example/a_(b)) <https://ferry.example> <office@ferry.example> [c](mailto:office@ferry.example)\n",
        "[a](index.md 'b') [b](claims/x.md#y) [c](#d) [d](/claims/x/) [e](&#104;ttps://ferry.example)\n",
        "[^1]: Note: as it says.\n[^2]: See: <https://ferry.example>\n\n*[GB]: Britain: the country\n",
        'Term\n:   Meaning: so\n\n- [ ] open\n- [x] done: yes\n\n!!! note "A: b"\n\n    [a](index.md): b\n',
        "f(x)[i](y) and [a] (b: c) and a[1]: 2\n",
        "![a](a.png) ![b][c] ![d](data:image/png;base64,AAAA)\n\n[c]: pier.svg\n",
    ],
)
def test_harmless_addresses_are_no_fault(text: str) -> None:
    assert read_bad_links(text) == []


@pytest.mark.parametrize(
    ("text", "place"),
    [
        ("![a](https://ferry.example/a.png)\n", (1, 6)),
        ("[![a](//ferry.example/a.png)](index.md)\n", (1, 7)),
        ("!!! note\n\n    ![a](https://ferry.example/a.png)\n", (3, 10)),
        ("One ![a][b] two\n\n[b]: https://ferry.example/a.png\n", (1, 5)),
        ("[^1]: ![a]\n\n[a]: https://ferry.example/a.png\n", (1, 7)),
    ],
)
def test_a_picture_of_another_site_is_found(text: str, place: tuple[int, int]) -> None:
    assert [(line, column) for line, column, _ in read_bad_links(text)] == [place]
