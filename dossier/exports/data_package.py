"""The Data Package that describes the data (version 2, https://datapackage.org), and everything packed into one file."""

from __future__ import annotations

import hashlib
import json
import re
import zipfile
from collections.abc import Mapping
from io import BytesIO
from typing import Any

from dossier.exports.registry import data_list_export
from dossier.model.dossier import Dossier
from dossier.model.site.export_files import (
    DATA_ARCHIVE_PATH,
    DATA_PACKAGE_PATH,
    DATA_URL,
    EXPORT_FILES,
    TABLE_CSV_PATH,
    ExportFile,
)
from dossier.model.site.licences import get_licence_url
from dossier.model.tables import Column, ColumnForm, DataTable, build_data_tables

PROFILE_URL = "https://datapackage.org/profiles/2.0/datapackage.json"
"""Names the version of the standard; programs that know it need not fetch it."""

EDTF_TYPE_URL = "http://id.loc.gov/datatypes/edtf/EDTF"

_TYPES_BY_FORM: Mapping[ColumnForm, dict[str, str]] = {
    "text": {"type": "string"},
    "address": {"type": "string", "format": "uri"},
    "day": {"type": "date"},
    "date": {"type": "string", "rdfType": EDTF_TYPE_URL},
    "integer": {"type": "integer"},
    "number": {"type": "number"},
    "boolean": {"type": "boolean"},
    "list": {"type": "string"},
}
_REMARKS_BY_FORM: Mapping[ColumnForm, str] = {
    "date": "; EDTF (ISO 8601-2, level 1)",
    "list": "; several are separated by semicolons, and a list in the JSON file",
}
_COMPRESSION_LEVEL = 2
"""A third of the time of the usual 6, for a tenth more bytes."""

_EARLIEST_PACKED_TIME = (1980, 1, 1, 0, 0, 0)
"""The time of each packed file: the earliest that the format knows, so that the same data give the same bytes."""


@data_list_export(DATA_PACKAGE_PATH)
def build_data_package(published: Dossier, data: Mapping[str, bytes]) -> str:
    """Title, licence and publisher as the settings name them, the commit, and every file with hash, size and types."""
    settings = published.settings
    tables = {DATA_URL + f"{table.name}.csv": table for table in build_data_tables(published)}
    description = (
        "The published records of this site. Quotations belong to those who are quoted, and are under no licence of ours."
    )
    package: dict[str, Any] = {
        "$schema": PROFILE_URL,
        "name": make_package_name(settings.site_name),
        "title": settings.site_name or "An annotated dossier",
        "description": description,
    }
    if settings.site_url:
        package |= {"id": settings.site_url + DATA_PACKAGE_PATH, "homepage": settings.site_url + DATA_URL}
    if published.revision:
        package |= {"commit": published.revision.commit, "swhid": published.revision.commit_swhid}
    if settings.licence:
        package["licenses"] = [{"name": settings.licence, "path": get_licence_url(settings.licence)}]
    if settings.publisher:
        package["contributors"] = [{"title": settings.publisher, "roles": ["publisher"]}]
    package["resources"] = [_describe_file(path, content, tables.get(path)) for path, content in data.items()]
    return json.dumps(package, ensure_ascii=False, indent=1) + "\n"


@data_list_export(DATA_ARCHIVE_PATH)
def build_data_archive(published: Dossier, data: Mapping[str, bytes]) -> bytes:
    """The folder of the data as a ZIP file; the same data give the same bytes."""
    packed = BytesIO()
    with zipfile.ZipFile(packed, "w", compresslevel=_COMPRESSION_LEVEL) as archive:
        for path, content in data.items():
            entry = zipfile.ZipInfo(path, _EARLIEST_PACKED_TIME)
            entry.compress_type, entry.create_system, entry.external_attr = zipfile.ZIP_DEFLATED, 3, 0o644 << 16
            archive.writestr(entry, content, compresslevel=_COMPRESSION_LEVEL)
    return packed.getvalue()


def make_package_name(site_name: str) -> str:
    """The name of a site as the format wants names: lower-case letters of ASCII, digits and hyphens."""
    return "-".join(re.findall(r"[a-z0-9]+", site_name.lower())) or "dossier"


def _describe_file(path: str, content: bytes, table: DataTable | None) -> dict[str, Any]:
    file, name = _find_export_file(path), path.removeprefix(DATA_URL)
    described: dict[str, Any] = {
        "name": re.sub(r"[^a-z0-9_-]+", "-", name.removesuffix(".csv").lower()),
        "path": name,
        "title": table.name if table else file.title,
        "description": f"Each row is {table.meaning}." if table else file.meaning,
        "mediatype": file.media_type,
        "format": name.rpartition(".")[2],
        "bytes": len(content),
        "hash": f"sha256:{hashlib.sha256(content).hexdigest()}",
    }
    if described["format"] == "json":
        described["type"] = "json"
    if table:
        described |= {"type": "table", "encoding": "utf-8", "schema": _describe_columns(table)}
    return described


def _find_export_file(path: str) -> ExportFile:
    """What is said of the file at a path; one for each record is named by its pattern, others by themselves."""
    exact = {file.path: file for file in EXPORT_FILES}
    if path in exact:
        return exact[path]
    pattern = DATA_URL + "{id}." + path.rpartition(".")[2]
    return exact.get(pattern, exact[TABLE_CSV_PATH])


def _describe_columns(table: DataTable) -> dict[str, Any]:
    references = [column for column in table.columns if column.reference and column.form != "list" and not column.besides]
    schema: dict[str, Any] = {
        "fields": [_describe_column(column, table.primary_key == (column.name,)) for column in table.columns],
        "primaryKey": [*table.primary_key],
    }
    if references:
        schema["foreignKeys"] = [
            {
                "fields": [column.name],
                "reference": {"resource": "" if column.reference == table.name else column.reference, "fields": ["id"]},
            }
            for column in references
        ]
    return schema


def _describe_column(column: Column, is_unique: bool) -> dict[str, Any]:
    constraints: dict[str, Any] = {"required": True} if column.is_required else {}
    if is_unique:
        constraints["unique"] = True
    if column.choices:
        constraints["enum"] = [*column.choices]
    described = {
        "name": column.name,
        **_TYPES_BY_FORM[column.form],
        "description": column.meaning + _REMARKS_BY_FORM.get(column.form, ""),
    }
    return described | ({"constraints": constraints} if constraints else {})
