"""The data of a dossier in a folder, as readers unpack it; its tables in SQLite, as the `sqlite3` shell imports them."""

from __future__ import annotations

import csv
import socket
import sqlite3
import warnings
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path
from typing import Any
from unittest.mock import patch

import pytest

from dossier.model import Dossier
from dossier.model.site.export_files import DATA_URL
from dossier.pages.data import DataQuestion
from support.exports import export_files

PACKAGE_NAME = "datapackage.json"


def write_data(dossier: Dossier, folder: Path, **settings: Any) -> Path:
    """Write the published data into a folder; where they are."""
    for path, content in export_files(dossier, **settings).items():
        if path.startswith(DATA_URL):
            file = folder / path
            file.parent.mkdir(parents=True, exist_ok=True)
            file.write_bytes(content if isinstance(content, bytes) else content.encode("utf-8"))
    return folder / DATA_URL


def read_table(folder: Path, name: str) -> list[dict[str, str]]:
    """The rows of a CSV file, by column."""
    with (folder / f"{name}.csv").open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


@contextmanager
def open_database(folder: Path) -> Iterator[sqlite3.Connection]:
    """The CSV files as tables, every cell a text, as `.import --csv` makes them."""
    with closing(sqlite3.connect(":memory:")) as database:
        for file in sorted(folder.glob("*.csv")):
            with file.open(encoding="utf-8", newline="") as opened:
                head, *rows = csv.reader(opened)
            columns = ", ".join(f'"{name}" TEXT' for name in head)
            database.execute(f'CREATE TABLE "{file.stem}" ({columns})')
            database.executemany(f'INSERT INTO "{file.stem}" VALUES ({", ".join("?" * len(head))})', rows)
        yield database


def ask(database: sqlite3.Connection, question: DataQuestion) -> list[dict[str, str]]:
    """The rows that answer a question, by column."""
    answer = database.execute(question.sql)
    names = [column[0] for column in answer.description]
    return [dict(zip(names, row, strict=True)) for row in answer]


def validate_package(folder: Path) -> list[str]:
    """What Frictionless says against the data in a folder, without a network; skips where it is not installed."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # those of its own dependencies
        frictionless = pytest.importorskip("frictionless", reason="frictionless is not installed (pyproject.toml, group dev)")
        with patch.object(socket.socket, "connect", side_effect=AssertionError("the validator asks the network")):
            report = frictionless.validate(str(folder / PACKAGE_NAME))
    messages = [f"{title}: {message}" for title, message in report.flatten(["title", "message"])]
    assert report.valid == (not messages)
    return messages
