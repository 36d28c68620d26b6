"""The real records in a contributor's editor: each names its schema, and none is underlined."""

from __future__ import annotations

from pathlib import Path

import pytest

from dossier.authoring.schema import format_schema_comment
from support.dossiers import ROOT
from support.language_server import find_underlined_files, open_annotations

YAML_FILES = sorted(file.relative_to(ROOT).as_posix() for file in (ROOT / "annotations").rglob("*.yml"))


def test_every_file_begins_with_the_line_that_names_its_schema() -> None:
    firsts = {path: (ROOT / path).read_text(encoding="utf-8").partition("\n")[0] for path in YAML_FILES}
    assert len(firsts) > 200
    assert firsts == {path: format_schema_comment(path) for path in YAML_FILES}
    assert all(((ROOT / path).parent / first.partition("$schema=")[2]).resolve().is_file() for path, first in firsts.items())


@pytest.mark.slow
def test_no_file_of_the_real_dossier_is_underlined(tmp_path: Path) -> None:
    for editor in open_annotations(ROOT, tmp_path, with_ids=True):
        assert find_underlined_files(editor) == {}
