"""No record of the real dossier is underlined in a contributor's editor."""

from __future__ import annotations

from pathlib import Path

from support.dossiers import ROOT
from support.language_server import find_underlined_files, open_annotations


def test_no_file_of_the_real_dossier_is_underlined(tmp_path: Path) -> None:
    for editor in open_annotations(ROOT, tmp_path, with_ids=True):
        assert find_underlined_files(editor) == {}
