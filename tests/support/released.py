"""Dossiers with a release, for tests of what goes by the days of publication."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from dossier.loading.release import build_release, write_release
from dossier.model import Dossier
from dossier.model.site.release import RELEASE_FILE_NAME, ReleasedRecord
from support.dossiers import make_example, read_example, run_mkdocs
from support.exports import SITE

FIRST_DAY, LATER_DAY = date(2024, 6, 3), date(2024, 7, 1)


def read_released_example(root: Path, **settings: Any) -> Dossier:
    """A copy of the example as if everything had been published on `FIRST_DAY`."""
    dossier = read_example(root, **settings)
    return replace(dossier, last_release=build_release(dossier, FIRST_DAY))


def change_released(dossier: Dossier, address: str, record: ReleasedRecord | None) -> Dossier:
    """The dossier with other days for one of its records; None for a record that no release knows."""
    assert dossier.last_release
    records = {**dossier.last_release.records}
    if record:
        records[address] = record
    else:
        del records[address]
    return replace(dossier, last_release=replace(dossier.last_release, records=records))


@pytest.fixture(scope="session")
def released_site(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The site of a copy of the example that was released on `FIRST_DAY`, as MkDocs builds it for readers."""
    root = make_example(tmp_path_factory.mktemp("released") / "example")
    write_release(root / RELEASE_FILE_NAME, build_release(read_example(root), FIRST_DAY))
    config = root / "mkdocs.yml"
    text = f"site_url: {SITE}\n" + config.read_text(encoding="utf-8").replace(
        "  - dossier:\n", "  - dossier:\n      publisher: The Desk\n"
    )
    config.write_text(text, encoding="utf-8")
    run_mkdocs(root, "build", "--strict")
    return root / "site"
