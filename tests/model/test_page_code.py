"""Code in pages written by hand: what every host shows as code is masked, and what only one does is not."""

from __future__ import annotations

import pytest

from dossier.model import HandwrittenPage
from dossier.model.handwritten import find_page_faults, mask_page_code
from dossier.model.page_code import mask_code
from dossier.model.page_links import iter_page_links
from support.work import count_calls

MARKUP = "<b onclick=a>[b](javascript:a)</b>"
CODE = {
    "a fence": f"```\n{MARKUP}\n```\n",
    "a fence of tildes with a language": f"~~~ html title='a'\n{MARKUP}\n\n{MARKUP}\n~~~\n",
    "a longer fence": f"````\n```\n{MARKUP}\n````\n",
    "a fence with prompts": f"```\n$ run\n> {MARKUP}\n```\n",
    "a fence in an admonition": f"!!! note\n\n    ```html\n    {MARKUP}\n\n    {MARKUP}\n    ```\n",
    "a fence in a tab": f'=== "One"\n\n    ```html\n    {MARKUP}\n    ```\n',
    "a fence in an item": f"- One\n\n    ```\n    {MARKUP}\n    ```\n",
    "a fence in an item of two spaces": f"- One\n  ```\n  {MARKUP}\n  ```\n",
    "a fence in an item of an item": f"1. One\n\n    - Two\n\n        ```\n        {MARKUP}\n        ```\n",
    "a fence in a footnote": f"[^1]: One\n\n    ```\n    {MARKUP}\n    ```\n",
    "a fence in a quotation": f"> One\n>\n> ```\n> {MARKUP}\n> ```\n",
    "an indented block": f"One:\n\n    {MARKUP}\n\n    {MARKUP}\n",
    "a block indented by a tab": f"One:\n\n\t{MARKUP}\n",
    "an indented block below a heading": f"# One\n    {MARKUP}\n",
    "an indented block in an item": f"- One\n\n        {MARKUP}\n",
    "an indented block in an admonition": f"!!! note\n\n    One:\n\n        {MARKUP}\n",
    "an indented block behind a list": f"- One\n\nTwo:\n\n    {MARKUP}\n",
    "backticks": f"One `{MARKUP}`, ``a ` {MARKUP}``.\n",
    "backticks over a line end": "One `<b\nonclick=a>` two.\n",
    "backticks in an admonition": f"!!! note\n\n    One `{MARKUP}`.\n",
    "backticks in items": f"- One `{MARKUP}`\n- Two `{MARKUP}`\n",
    "backticks in a table": f"| a | b |\n|---|---|\n| `{MARKUP}` | c |\n",
    "backticks in a definition": f"One\n:   Two `{MARKUP}`\n",
    "backticks in an element with Markdown": f'<div class="a" markdown>\n\nOne `{MARKUP}`.\n\n</div>\n',
}
TEXT = {
    "a paragraph": f"One\n    {MARKUP}\n",
    "a fence that is never closed": f"```\n{MARKUP}\n",
    "a fence that ends before": f"- One\n\n    ```\n{MARKUP}\n    ```\n",
    "a fence closed by another": f"```\n{MARKUP}\n~~~\n",
    "an item's second paragraph": f"1. One\n\n    {MARKUP}\n",
    "an item's second paragraph, far in": f"1. One\n\n       {MARKUP}\n",
    "an admonition": f"!!! note\n\n    {MARKUP}\n",
    "a tab": f'=== "One"\n\n    {MARKUP}\n',
    "a footnote": f"[^1]: One\n\n    {MARKUP}\n",
    "a definition": f"One\n:   Two\n\n    {MARKUP}\n",
    "an item that goes on": f"- One\ntwo\n\n    {MARKUP}\n",
    "a quotation that goes on": f"> One\n    {MARKUP}\n",
    "an element": f"<div>\n`{MARKUP}`\n</div>\n",
    "an element with empty lines": f"<div>\n\n    {MARKUP}\n\n`{MARKUP}`\n</div>\n",
    "an element that never ends": f"<section>\n\n`{MARKUP}`\n",
    "behind a backtick": f"One \\`{MARKUP}`\n",
    "between other backticks": f"One ``{MARKUP}`\n",
    "after backticks that one host ends": f"``` `{MARKUP}`\n",
    "between backticks of two items": f"- One `\n- {MARKUP} `\n",
    "between backticks of two paragraphs": f"One `\n\n{MARKUP} `\n",
}


@pytest.mark.parametrize("kind", CODE)
def test_code_has_no_markup(kind: str) -> None:
    page = HandwrittenPage("docs/page.md", f"---\ntitle: A\n---\n{CODE[kind]}\nThe end.\n")
    assert list(find_page_faults(page)) == []
    assert list(iter_page_links(page)) == []
    assert mask_page_code(page).endswith("\nThe end.\n")


@pytest.mark.parametrize("kind", TEXT)
def test_what_some_host_may_show_as_text_is_examined(kind: str) -> None:
    page = HandwrittenPage("docs/page.md", TEXT[kind])
    assert "`onclick=` is no attribute that a page may have" in [fault for _, fault in find_page_faults(page)]
    assert "javascript:a" in [link.url for link in iter_page_links(page)]


@pytest.mark.parametrize("text", [*CODE.values(), *TEXT.values(), "a\u2028b\n`c`", "\n", "", "`", "a\r\n\tb"])
def test_every_place_stays_as_it_was(text: str) -> None:
    masked = mask_code(text)
    assert len(masked) == len(text)
    assert {before for before, after in zip(masked, text, strict=True) if before != after} <= {" "}
    assert [place for place, sign in enumerate(masked) if sign == "\n"] == [
        place for place, sign in enumerate(text) if sign == "\n"
    ]


@pytest.mark.parametrize(
    "piece", ["`", "``` a\n", "```\n> a\n", "`a``b```c ", "<div>\n", "  ```y\n\n", "- ``` x\n", "> ", "~~~x\n  a\n"]
)
def test_work_grows_as_the_page_does(piece: str) -> None:
    short, long = (count_calls(lambda times=times: mask_code(piece * times)) for times in (200, 2000))  # type: ignore[misc]
    assert long < 14 * short + 100
