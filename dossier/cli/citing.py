"""What `release` does to CITATION.cff, which says how the dossier is cited."""

from __future__ import annotations

from pathlib import Path

import click

from dossier.loading.citation_file import (
    CITATION_FILE_NAME,
    format_citation_file,
    read_own_citation_file,
    write_citation_file,
)
from dossier.model import Dossier

_KEPT_FILE_MESSAGE = f"{CITATION_FILE_NAME} was written by hand, and stays as it is."


def report_written_citation_file(dossier: Dossier, root: Path) -> None:
    """Write the file, unless somebody wrote one by hand, and say so."""
    click.echo(f"{CITATION_FILE_NAME} is written." if write_citation_file(dossier, root) else _KEPT_FILE_MESSAGE)


def check_citation_file(dossier: Dossier, root: Path) -> None:
    """Say whether the file is current; raises `ClickException` if it is not."""
    existing = read_own_citation_file(root)
    if existing is None:
        click.echo(_KEPT_FILE_MESSAGE)
    elif existing == format_citation_file(dossier):
        click.echo(f"{CITATION_FILE_NAME} says what the settings do.")
    else:
        fault = "does not say what the settings and the last release do" if existing else "does not exist"
        raise click.ClickException(f"{CITATION_FILE_NAME} {fault}\n  help: run `dossier release --cite` and commit it")
