"""Extensions of Markdown that put files into pages: which settings let a page name more than one folder that is published."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from dossier.loading.markdown_extensions import SourceFolders, find_extension_fault

SNIPPETS = {"base_path": "docs/snippets", "check_paths": True}


@pytest.fixture
def folders(example: Path) -> SourceFolders:
    (example / "docs/snippets").mkdir()
    (example / "docs/snippets/hours.md").write_text("The ferry sails at noon.\n", encoding="utf-8")
    return SourceFolders(example, example / "originals", example)


@pytest.mark.parametrize(
    ("name", "options"),
    [
        ("pymdownx.snippets", SNIPPETS),
        ("pymdownx.snippets", SNIPPETS | {"base_path": ["docs/snippets/", "./docs/more/../words"]}),
        ("pymdownx.snippets:SnippetExtension", SNIPPETS | {"base_path": "docs/snippets/hours.md"}),
        ("pymdownx.snippets", SNIPPETS | {"auto_append": ["hours.md"], "dedent_subsections": True}),
        ("pymdownx.b64", {"base_path": "docs/pictures", "root_path": "docs/pictures"}),
        ("pymdownx.superfences", None),
        ("pymdownx.snippetsandmore", None),
        ("markdown.extensions.extra", {"footnotes": {}}),
        ("somebodys_extension", {"base_path": "/"}),
    ],
)
def test_one_folder_of_docs_may_be_read(folders: SourceFolders, name: str, options: Any) -> None:
    assert find_extension_fault(name, options, folders) is None


@pytest.mark.parametrize(
    ("name", "options", "words"),
    [
        ("pymdownx.snippets", None, "captures"),
        ("pymdownx.snippets", "docs/snippets", "captures"),
        ("pymdownx.snippets:SnippetExtension", {}, "captures"),
        ("pymdownx.snippets", SNIPPETS | {"base_path": "docs"}, "records, drafts"),
        ("pymdownx.snippets", SNIPPETS | {"base_path": "docs/articles"}, "records, drafts"),
        ("pymdownx.snippets", SNIPPETS | {"base_path": ".git"}, "records, drafts"),
        ("pymdownx.snippets", SNIPPETS | {"base_path": "docs/snippets/../../annotations"}, "records, drafts"),
        ("pymdownx.snippets", SNIPPETS | {"base_path": "originals/more"}, "captures"),
        ("pymdownx.snippets", SNIPPETS | {"base_path": ["docs/snippets", "/etc"]}, "outside the dossier"),
        ("pymdownx.snippets", SNIPPETS | {"base_path": []}, "any file"),
        ("pymdownx.snippets", SNIPPETS | {"base_path": None}, "any file"),
        ("pymdownx.snippets", SNIPPETS | {"restrict_base_path": False}, "outside its `base_path`"),
        ("pymdownx.snippets", SNIPPETS | {"restrict_base_path": None}, "outside its `base_path`"),
        ("pymdownx.snippets", SNIPPETS | {"url_download": True}, "other sites"),
        ("pymdownx.snippets", {"base_path": "docs/snippets"}, "without a word"),
        ("pymdownx.b64", {}, "captures"),
        ("pymdownx.b64", {"base_path": "docs/pictures", "root_path": "/"}, "outside the dossier"),
        ("pymdownx.b64", {"base_path": "docs/pictures", "restrict_path": False}, "outside its `base_path`"),
        ("markdown_include.include", {"base_path": "docs/snippets"}, "any file of the machine"),
        ("mdx_include.mdx_include:IncludeExtension", None, "any file of the machine"),
        ("plantuml_markdown", None, "any file of the machine"),
        ("markdown_exec", None, "runs what a page says"),
    ],
)
def test_nothing_else_may(folders: SourceFolders, name: str, options: Any, words: str) -> None:
    fault = find_extension_fault(name, options, folders)
    assert fault
    assert words in fault.message
    assert fault.help


@pytest.mark.parametrize("target", ["../originals", "../..", "articles", "/"])
def test_a_folder_that_is_a_link_may_not_be_read(folders: SourceFolders, target: str) -> None:
    (folders.root / "docs/linked").symlink_to(target)
    assert find_extension_fault("pymdownx.snippets", SNIPPETS | {"base_path": "docs/linked"}, folders)
    assert find_extension_fault("pymdownx.snippets", SNIPPETS | {"base_path": "docs/linked/deeper"}, folders)


@pytest.mark.parametrize("target", ["../../dossier.lock", "../../originals/harbour-gazette-2024-05-02.txt", "/etc/hosts"])
def test_no_link_in_the_folder_may_be_read(folders: SourceFolders, target: str) -> None:
    (folders.root / "docs/snippets/linked.txt").symlink_to(target)
    fault = find_extension_fault("pymdownx.snippets", SNIPPETS, folders)
    assert fault
    assert "docs/snippets/linked.txt, which is no file of the dossier" in fault.message
