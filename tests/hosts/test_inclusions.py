"""What extensions of Markdown put into pages: files of one folder of `docs/`, nothing private, and HTML that is cleaned."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from dossier.checks import check_dossier
from support.dossiers import read_example, try_build

CAPTURE = "originals/harbour-gazette-2024-05-02.txt"
SECRET = "xyzzy"
PAGE = f"""\
# Page

--8<-- "{CAPTURE}"

--8<-- "../{CAPTURE}"

--8<-- "out.txt"

--8<-- "../../outside.txt"

--8<-- "hours.md"
"""
SETTINGS = {
    "as it is": "markdown_extensions: [pymdownx.snippets]\n",
    "on docs": "markdown_extensions: [{pymdownx.snippets: {base_path: docs, restrict_base_path: false}}]\n",
    "anywhere": "markdown_extensions: {'pymdownx.snippets:SnippetExtension': {base_path: [.., .], restrict_base_path: no}}\n",
    "inherited": "INHERIT: parent.yml\n",
    "on a folder with a link": "markdown_extensions: [{pymdownx.snippets: {base_path: docs/snippets, check_paths: true}}]\n",
}


@pytest.fixture
def including(example: Path, replace: Callable[[Path, str, str], None]) -> Path:
    """The example with a page that names private files, and one file that it may name."""
    (example / "docs/snippets").mkdir()
    (example / "docs/snippets/hours.md").write_text("The ferry sails at noon.\n", encoding="utf-8")
    (example / "docs/page.md").write_text(PAGE, encoding="utf-8")
    (example / "parent.yml").write_text(SETTINGS["as it is"], encoding="utf-8")
    replace(example / "mkdocs.yml", "  - Timeline:", "  - Page: page.md\n  - Hours: snippets/hours.md\n  - Timeline:")
    return example


def write_secrets(root: Path) -> None:
    """Have a capture, and a file beside the dossier, hold a word that nothing else has."""
    for path in (CAPTURE, "../outside.txt"):
        with (root / path).open("a", encoding="utf-8") as file:
            file.write(f"\n{SECRET}\n")


@pytest.mark.site
@pytest.mark.parametrize("kind", SETTINGS)
def test_nothing_private_gets_into_a_page(including: Path, kind: str) -> None:
    write_secrets(including)
    (including / "mkdocs.yml").write_text(SETTINGS[kind] + (including / "mkdocs.yml").read_text("utf-8"), encoding="utf-8")
    if kind == "on a folder with a link":
        (including / "docs/snippets/out.txt").symlink_to("../../../outside.txt")
    status, said = try_build(including)
    assert (status, SECRET in said) == (0, False)
    assert "pages are drawn without it" in said
    assert [str(file) for file in (including / "site").rglob("*.html") if SECRET in file.read_text("utf-8")] == []
    assert try_build(including, "--strict")[0] == 1


@pytest.mark.site
def test_a_file_of_its_folder_gets_into_a_page(including: Path) -> None:
    settings = SETTINGS["on a folder with a link"]
    (including / "mkdocs.yml").write_text(settings + (including / "mkdocs.yml").read_text("utf-8"), encoding="utf-8")
    (including / "docs/page.md").write_text('# Page\n\n--8<-- "hours.md"\n', encoding="utf-8")
    assert try_build(including, "--strict")[0] == 0
    assert "The ferry sails at noon." in (including / "site/page/index.html").read_text("utf-8")


@pytest.mark.site
def test_a_page_that_names_a_file_elsewhere_is_left_empty_and_told(including: Path) -> None:
    write_secrets(including)
    settings = SETTINGS["on a folder with a link"]
    (including / "mkdocs.yml").write_text(settings + (including / "mkdocs.yml").read_text("utf-8"), encoding="utf-8")
    status, said = try_build(including)
    assert (status, "docs/page.md cannot be drawn, and is left empty: Snippet at path" in said) == (0, True)
    assert SECRET not in (including / "site/page/index.html").read_text("utf-8")


@pytest.mark.site
def test_what_an_extension_makes_and_the_check_cannot_know_is_taken_out_and_told(example: Path) -> None:
    with (example / "mkdocs.yml").open("a", encoding="utf-8") as file:
        file.write("markdown_extensions: [pymdownx.magiclink]\n")
    (example / "docs/index.md").write_text("# Page\n\nIt is at ftp://ferry.example/ now.\n", encoding="utf-8")
    assert check_dossier(read_example(example)) == []
    status, said = try_build(example, "--strict")
    assert status == 1
    assert "docs/index.md: `href='ftp://ferry.example/'` is not an address that a page can have, and is taken out" in said
    try_build(example)
    assert 'href="ftp:' not in (example / "site/index.html").read_text("utf-8")
