"""The filters of a search index in a fixed order, so that two builds of the same dossier give the same bytes.

Pagefind 1.5 writes filters, and the values of each, in the order of a hash map that has another seed in every run; files are
named after their content, so that names differ too. Its next release sorts them (Pagefind's pull request 1124). Then this
module and the dependency on cbor2 go; `tests/repository/test_internals.py` says when.

Filters and metadata are CBOR behind a mark, gzipped. A filter file holds `[filter, [[value, [page number, …]], …]]`. The fourth
field of the metadata lists the filters as `[[filter, name of its file], …]`. `pagefind-entry.json` names the metadata.
"""

from __future__ import annotations

import gzip
import json
import zlib
from collections.abc import Mapping
from hashlib import sha256
from typing import Any

import cbor2

from dossier.loading.built_site import PACKED_FILE_MARK

_ENTRY_PATH = "pagefind-entry.json"
_FILTERS_FIELD = 3
"""Position of the list of filters in the metadata."""


class UnknownIndexFormatError(Exception):
    """The files of an index are not as Pagefind 1.5 makes them; the text says which."""


def sort_filters(files: Mapping[str, bytes]) -> dict[str, bytes]:
    """The files of an index, by path, with filters sorted by name and their values by text, and named after the new content.

    Raises `UnknownIndexFormatError` if the files are not as Pagefind 1.5 makes them.
    """
    try:
        return _sort_known_filters(dict(files))
    except (ValueError, TypeError, LookupError, AttributeError) as error:
        raise UnknownIndexFormatError("entry, metadata and filters are not made up as they were") from error


def _sort_known_filters(files: dict[str, bytes]) -> dict[str, bytes]:
    entry = json.loads(files[_ENTRY_PATH])
    for language, description in entry["languages"].items():
        metadata = _unpack_file(files, _get_metadata_path(description["hash"]))
        filters = [_unpack_filter(files, name, file_name) for name, file_name in metadata[_FILTERS_FIELD]]
        metadata[_FILTERS_FIELD] = []
        for name, values in sorted(filters):
            file_name, packed = _pack_content(language, [name, values])
            files[_get_filter_path(file_name)] = packed
            metadata[_FILTERS_FIELD].append([name, file_name])
        description["hash"], packed = _pack_content(language, metadata)
        files[_get_metadata_path(description["hash"])] = packed
    return files | {_ENTRY_PATH: json.dumps(entry, ensure_ascii=False, separators=(",", ":")).encode()}


def _unpack_filter(files: dict[str, bytes], name: str, file_name: str) -> tuple[str, list[Any]]:
    """A filter's name and its values by text."""
    own_name, values = _unpack_file(files, _get_filter_path(file_name))
    if own_name != name or not all(isinstance(value, str) and isinstance(pages, list) for value, pages in values):
        raise UnknownIndexFormatError(f"the filter {name} is not a list of values with their pages")
    return name, sorted(values)


def _unpack_file(files: dict[str, bytes], path: str) -> Any:
    """Take a packed file out; its content must be the same bytes when it is written again."""
    try:
        marked = gzip.decompress(files.pop(path))
        content = cbor2.loads(marked.removeprefix(PACKED_FILE_MARK))
        is_known = marked == PACKED_FILE_MARK + cbor2.dumps(content)
    except (KeyError, OSError, EOFError, zlib.error, cbor2.CBORError):
        is_known = False
    if not is_known:
        raise UnknownIndexFormatError(f"{path} is missing, or packed in another way")
    return content


def _pack_content(language: str, content: Any) -> tuple[str, bytes]:
    """The name that a packed file of some content has, and its bytes."""
    marked = PACKED_FILE_MARK + cbor2.dumps(content)
    return f"{language}_{sha256(marked).hexdigest()[:10]}", gzip.compress(marked, mtime=0)


def _get_filter_path(name: str) -> str:
    return f"filter/{name}.pf_filter"


def _get_metadata_path(name: str) -> str:
    return f"pagefind.{name}.pf_meta"
