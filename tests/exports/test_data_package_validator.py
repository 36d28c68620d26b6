"""The Data Package as Frictionless reads it, offline: types, keys between tables, and the hash of every file."""

from __future__ import annotations

import json
import zipfile
from dataclasses import replace
from io import BytesIO
from pathlib import Path
from typing import Any

import pytest

from dossier.model import Dossier
from dossier.model.site.export_files import DATA_URL
from dossier.model.site.revision import Revision
from support.asked_example import make_asked_example
from support.data_files import PACKAGE_NAME, validate_package, write_data
from support.dossiers import read_example
from support.exports import SITE, export_files, export_text


@pytest.fixture
def data(example: Path, tmp_path: Path) -> Path:
    """The data of an example with records of every kind."""
    return write_data(make_asked_example(example), tmp_path / "out", licence="CC-BY-4.0", publisher="The harbour desk")


def package_of(folder: Path) -> Any:
    return json.loads((folder / PACKAGE_NAME).read_text(encoding="utf-8"))


def test_frictionless_finds_nothing(data: Path) -> None:
    assert validate_package(data) == []


def test_frictionless_finds_nothing_in_a_large_dossier_and_an_empty_one(large_dossier: Dossier, tmp_path: Path) -> None:
    assert validate_package(write_data(large_dossier, tmp_path / "large", site_url="")) == []
    assert validate_package(write_data(Dossier(), tmp_path / "empty")) == []


def spoil_cell(folder: Path, table: str, old: str, new: str) -> None:
    file = folder / f"{table}.csv"
    text = file.read_bytes().decode("utf-8")
    assert old in text
    file.write_bytes(text.replace(old, new, 1).encode("utf-8"))


def forget_hashes(folder: Path) -> None:
    package = package_of(folder)
    for resource in package["resources"]:
        del resource["hash"], resource["bytes"]
    (folder / PACKAGE_NAME).write_text(json.dumps(package), encoding="utf-8")


@pytest.mark.parametrize(
    ("table", "old", "new", "fault"),
    [
        ("claims", ",2024-06-01,", ",the first of June,", "Type Error"),
        ("figures", ",4120,", ",4120 tickets,", "Type Error"),
        ("claims", ",harbour-office,", ",harbour-orifice,", "ForeignKey Error"),
        ("claim_sources", ",supports,", ",seems to support,", "Constraint Error"),
        ("sources", "\r\ngazette-on-nights,", "\r\nquay-notice,", "PrimaryKey Error"),
    ],
)
def test_frictionless_refuses_a_wrong_type_or_key(data: Path, table: str, old: str, new: str, fault: str) -> None:
    forget_hashes(data)
    assert validate_package(data) == []
    spoil_cell(data, table, old, new)
    assert fault in " ".join(validate_package(data))


@pytest.mark.parametrize("name", ["claims.csv", "claims.json", "dossier.json", "dossier.schema.json"])
def test_frictionless_refuses_a_file_that_was_changed(data: Path, name: str) -> None:
    file = data / name
    file.write_bytes(file.read_bytes().replace(b"The ", b"the ", 1).replace(b"title", b"titel", 1))
    assert "Hash Count Error" in " ".join(validate_package(data))


def test_the_package_describes_every_file_of_the_data(data: Path) -> None:
    package = package_of(data)
    described = {resource["path"]: resource for resource in package["resources"]}
    assert {*described, PACKAGE_NAME, "data.zip"} == {file.name for file in data.iterdir()}
    assert {name: resource["bytes"] for name, resource in described.items()} == {
        name: (data / name).stat().st_size for name in described
    }
    assert len({resource["name"] for resource in package["resources"]}) == len(described)
    assert package["licenses"] == [{"name": "CC-BY-4.0", "path": "https://spdx.org/licenses/CC-BY-4.0.html"}]
    assert package["contributors"] == [{"title": "The harbour desk", "roles": ["publisher"]}]
    assert (package["id"], package["name"]) == (f"{SITE}data/datapackage.json", "the-ferry-count")


def test_the_package_and_the_dossier_name_the_commit_where_there_is_one(example: Path) -> None:
    revision = Revision("a" * 40, "b" * 40)
    for given, named in ((revision, {"commit": "a" * 40, "swhid": f"swh:1:rev:{'a' * 40}"}), (None, {})):
        dossier = replace(read_example(example), revision=given)
        package, whole = (json.loads(export_text(dossier, f"{DATA_URL}{name}")) for name in (PACKAGE_NAME, "dossier.json"))
        assert {key: package[key] for key in ("commit", "swhid") if key in package} == named
        assert whole.get("commit") == named.get("commit")


def test_what_the_settings_do_not_name_is_not_in_the_package(example: Path) -> None:
    package = json.loads(export_text(read_example(example), f"{DATA_URL}{PACKAGE_NAME}", site_url="", site_name=""))
    assert not {"licenses", "contributors", "id", "homepage"} & package.keys()
    assert (package["name"], package["title"]) == ("dossier", "An annotated dossier")


def test_types_and_keys_follow_from_the_fields_of_the_records(data: Path) -> None:
    schemas = {resource["name"]: resource.get("schema", {}) for resource in package_of(data)["resources"]}
    types = {field["name"]: field for field in schemas["claims"]["fields"]}
    assert types["made"]["rdfType"] == "http://id.loc.gov/datatypes/edtf/EDTF"
    assert (types["made_first_day"]["type"], types["reviewed"]["type"]) == ("date", "date")
    assert (types["counted_for"]["type"], types["address"]["format"]) == ("integer", "uri")
    assert types["kind"]["constraints"]["enum"] == ["fact", "figure", "forecast", "judgement", "statement"]
    keys = {key["fields"][0]: key["reference"]["resource"] for key in schemas["claims"]["foreignKeys"]}
    assert keys == {"claimant": "parties", "verdict": "verdicts"}
    assert {"resource": "", "fields": ["id"]} in [key["reference"] for key in schemas["sources"]["foreignKeys"]]
    assert schemas["claim_sources"]["primaryKey"] == ["claim", "position"]


def test_the_archive_has_every_file_and_the_same_data_give_the_same_bytes(example: Path) -> None:
    first, second = (export_files(read_example(example)) for _ in range(2))
    packed = first[f"{DATA_URL}data.zip"]
    assert isinstance(packed, bytes)
    assert packed == second[f"{DATA_URL}data.zip"]
    with zipfile.ZipFile(BytesIO(packed)) as archive:
        unpacked = {name: archive.read(name) for name in archive.namelist()}
        assert {entry.date_time[0] for entry in archive.infolist()} == {1980}
    written = {path: text.encode("utf-8") if isinstance(text, str) else text for path, text in first.items()}
    del written[f"{DATA_URL}data.zip"]
    assert unpacked == {path: content for path, content in written.items() if path.startswith(DATA_URL)}
