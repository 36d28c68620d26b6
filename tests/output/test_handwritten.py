"""Pages written by hand, for hosts without our plugin: links, generated parts, and what the search finds of them."""

from __future__ import annotations

from itertools import pairwise

import pytest

from dossier.model import Dossier, HandwrittenPage
from dossier.model.handwritten import split_front_matter
from dossier.output.handwritten import (
    fill_handwritten_page,
    get_output_path,
    iter_handwritten_page_texts,
    join_html_block,
    slugify_heading,
)
from dossier.pages import iter_search_documents


def filled(text: str, path: str = "docs/method.md") -> str:
    return fill_handwritten_page(HandwrittenPage(path, text), Dossier())


@pytest.mark.parametrize(
    ("path", "written", "link"),
    [
        ("docs/method.md", "about.md", "../about/"),
        ("docs/method.md", "about.md#who", "../about/#who"),
        ("docs/method.md", "index.md", "../"),
        ("docs/method.md", "claims/total.md", "../claims/total/"),
        ("docs/method.md", "timeline/index.md#launch", "../timeline/#launch"),
        ("docs/index.md", "about.md", "about/"),
        ("docs/more/deep.md", "../about.md", "../../about/"),
        ("docs/more/deep.md", "near.md", "../near/"),
        ("docs/method.md", "pictures/pier.svg", "../pictures/pier.svg"),
        ("docs/method.md", "https://port.example/a.md", "https://port.example/a.md"),
        ("docs/method.md", "mailto:a@port.example", "mailto:a@port.example"),
        ("docs/method.md", "/claims/total/", "/claims/total/"),
        ("docs/method.md", "#below", "#below"),
        ("docs/method.md", "../README.md", "../README.md"),
    ],
)
def test_a_link_leads_to_the_same_place_from_where_the_page_is_published(path: str, written: str, link: str) -> None:
    assert filled(f"See [this]({written}).\n", path) == f"See [this]({link}).\n"


def test_links_are_found_over_lines_in_pictures_and_in_references() -> None:
    text = "A [link over\nlines](about.md), ![a pier](pier.svg) and [one][b].\n\n[b]: about.md#b\n[^1]: about.md is a file.\n"
    assert filled(text) == (
        "A [link over\nlines](../about/), ![a pier](../pier.svg) and [one][b].\n\n[b]: ../about/#b\n[^1]: about.md is a file.\n"
    )


def test_code_and_front_matter_stay_as_they_are() -> None:
    text = "---\ntitle: '[a](b.md)'\n---\n\n```\n[a](b.md) 5 %\n<!-- dossier: articles -->\n```\n\n    [c](d.md)\n"
    assert filled(text) == text


def test_a_number_and_its_percent_sign_stay_on_one_line() -> None:
    assert filled("It is 52 %.\n") == "It is 52\u00a0%.\n"


def test_a_generated_part_is_a_block_of_its_own() -> None:
    text = filled("Before.\n<!-- dossier: stances -->\nAfter.\n")
    assert text.startswith("Before.\n\n<")
    assert text.endswith(">\n\nAfter.\n")
    assert "\n\n" not in text.removeprefix("Before.\n\n").removesuffix("\n\nAfter.\n")


def test_empty_lines_of_html_go_and_those_of_code_stay_visible() -> None:
    assert join_html_block("<div>\n\n \n<pre>a\n\nb</pre>\n\n<p>c</p>\n\n</div>\n") == (
        "<div>\n<pre>a&#10;&#10;b</pre>\n<p>c</p>\n</div>"
    )
    assert join_html_block("<script>\na = 1\n\nb = 2\n</script>") == "<script>\na = 1\nb = 2\n</script>"


@pytest.mark.parametrize(("url", "path"), [("", "index.md"), ("method/", "method/index.md"), ("claims/a/", "claims/a/index.md")])
def test_file_and_address_have_the_same_folder(url: str, path: str) -> None:
    assert get_output_path(url) == path


@pytest.mark.parametrize("text", ["", "no front matter\n---\n", "a\n---\nb\n---\n"])
def test_text_without_front_matter_is_all_body(text: str) -> None:
    assert split_front_matter(text) == ("", text)


@pytest.mark.parametrize(
    ("heading", "name"), [("Who is who?", "who-is-who"), ("52 %: a year", "52-a-year"), ("Élan  vital", "elan-vital")]
)
def test_headings_have_the_ids_that_python_markdown_gives(heading: str, name: str) -> None:
    assert slugify_heading(heading) == name


def found(text: str) -> list[tuple[str, str, str]]:
    dossier = Dossier(handwritten_pages=(HandwrittenPage("docs/method.md", text),))
    documents = iter_search_documents(dossier, iter_handwritten_page_texts(dossier))
    return [(document.url, document.title, document.text) for document in documents if document.kind == "page"]


def test_a_title_that_aliases_make_endless_is_not_written_out() -> None:
    aliases = "".join(f"{new}: &{new} [{f'*{old}, ' * 9}]\n" for old, new in pairwise("abcdefghijkl"))
    text = f"---\na: &a [x]\n{aliases}title: *l\n---\n\n# How\n\nBriefly.\n"
    assert [title for _, title, _ in found(text)] == ["How"]


def test_the_search_finds_each_section_of_a_page_without_generated_parts() -> None:
    text = "---\ntitle: Method\n---\n\n# How\n\nBriefly.\n\n## Steps\n\nOne.\n<!-- dossier: rules -->\n\n## Steps\n\nTwo.\n"
    assert found(text) == [
        ("method/", "Method", "Briefly."),
        ("method/#steps", "Method: Steps", "One."),
        ("method/#steps_1", "Method: Steps", "Two."),
    ]


def test_a_page_without_front_matter_is_called_by_its_heading() -> None:
    assert found("# How\n\nBriefly.\n") == [("method/", "How", "Briefly.")]


def test_a_page_that_the_search_leaves_out_is_not_found() -> None:
    assert found("---\nsearch: {exclude: true}\n---\n\nBriefly.\n") == []


def test_a_page_is_found_by_other_words_and_without_its_sections_where_it_says_so() -> None:
    text = "---\nsearch: {aliases: [cookies, 5], sections: false}\n---\n\n# How\n\nBriefly.\n\n## Steps\n\nTwo.\n"
    assert found(text) == [("method/", "How", "Briefly.")]
    [page] = iter_handwritten_page_texts(Dossier(handwritten_pages=(HandwrittenPage("docs/method.md", text),)))
    assert page.aliases == ("cookies",)


@pytest.mark.parametrize("search", ["nothing", "[]", "{aliases: cookies}", "{aliases: {a: b}}"])
def test_what_is_no_option_of_the_search_is_passed_over(search: str) -> None:
    assert found(f"---\nsearch: {search}\n---\n\n# How\n\nBriefly.\n") == [("method/", "How", "Briefly.")]


def test_front_matter_that_is_no_yaml_leaves_the_page_to_be_found() -> None:
    assert found("---\ntitle: [\n---\n\n# How\n\nBriefly.\n") == [("method/", "How", "Briefly.")]
