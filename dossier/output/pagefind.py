"""The search index, made by Pagefind from our search documents while the pages are being written.

Pagefind's own Python client waits a tenth of a second for each answer, an hour for a large site. Its service
(`pagefind --service`) takes all requests at once: JSON objects in base64, each followed by a comma, answered in order in
the same form. It ends when its input ends, so it never outlives this process.

It hands us the files of the index, and we write them: where Pagefind 1.5 writes them itself, it answers before the last
bytes are on disk, and ends without writing them. A new index is written into a hidden folder and replaces the old one when it
is complete.

Neither the service nor the names of the files in an index are documented, which is why pyproject.toml bounds Pagefind
from above; tests/repository/test_internals.py fails if either changes.
"""

from __future__ import annotations

import json
import logging
import shutil
import subprocess
from base64 import b64decode, b64encode
from collections.abc import Iterable, Iterator, Mapping
from contextlib import suppress
from fnmatch import fnmatch
from hashlib import sha256
from pathlib import Path
from tempfile import TemporaryFile
from threading import Thread
from typing import IO, Any

from pagefind.service import get_executable

from dossier.model.site.facets import FACET_URL_FOLDERS
from dossier.output.filter_order import UnknownIndexFormatError, sort_filters
from dossier.output.search_words import SEARCH_WORDS_PATH, SearchWordCounter
from dossier.pages import SearchDocument

PAGEFIND_FOLDER = "pagefind"
"""The folder of the index, from the site's root."""

UNUSED_PAGEFIND_FILES = ("pagefind-*ui.*", "pagefind-highlight.js", "wasm.unknown.pagefind")
"""Patterns of files that serve Pagefind's own user interface, which we do not use."""

logger = logging.getLogger(__name__)


class IndexingError(Exception):
    """The index could not be built; the text is the reason."""


class SearchIndexer:
    """Builds the index of one build after another; as long as the search documents are the same, the index is kept."""

    _index_folder: Path
    _new_index_folder: Path
    """Where the index is built; MkDocs does not delete hidden files of the site's folder."""
    _kept_index_folder: Path

    def __init__(self) -> None:
        self._requests_hash = b""
        """SHA-256 of the requests that the present index was built from; empty without an index."""
        self._process: subprocess.Popen[bytes] | None = None
        self._listener: Thread | None = None
        self._error_message = ""
        self._words = ""

    def prepare_build(self, site: Path) -> None:
        """Stop a running indexing, and move the present index aside while the host empties the site's folder."""
        self.stop_indexing()
        self._index_folder = site / PAGEFIND_FOLDER
        self._new_index_folder, self._kept_index_folder = site / f".{PAGEFIND_FOLDER}", site / f".{PAGEFIND_FOLDER}-kept"
        for folder in (self._new_index_folder, self._kept_index_folder):
            shutil.rmtree(folder, ignore_errors=True)
        if self._requests_hash and self._index_folder.is_dir():
            self._index_folder.rename(self._kept_index_folder)

    def start_indexing(self, documents: Iterable[SearchDocument], language: str) -> None:
        """Start indexing, unless the index moved aside has the same documents; it is used until the new one is complete."""
        if self._kept_index_folder.is_dir():
            self._kept_index_folder.rename(self._index_folder)
        with TemporaryFile() as requests:
            digest, words = sha256(), SearchWordCounter()
            for request in _iter_pagefind_requests(documents, language, words):
                requests.write(request)
                digest.update(request)
            self._words = words.format_words()
            if digest.digest() != self._requests_hash or not self._index_folder.is_dir():
                requests.seek(0)
                self._run_pagefind(requests, digest.digest())

    def wait_for_index(self, timeout: float | None = None) -> None:
        """Wait until the index is complete, at most `timeout` seconds.

        Raises `IndexingError`, once, if it could not be built.
        """
        if self._listener:
            self._listener.join(timeout)
            if self._listener.is_alive():
                return
        if self._error_message:
            message, self._error_message = self._error_message, ""
            raise IndexingError(message)

    def stop_indexing(self) -> None:
        """Kill Pagefind if it runs, and remove an unfinished index."""
        if self._process and self._listener:
            self._process.kill()
            self._listener.join()
            self._process.wait()
            shutil.rmtree(self._new_index_folder, ignore_errors=True)
        self._process, self._listener, self._error_message = None, None, ""

    def _run_pagefind(self, requests: IO[bytes], digest: bytes) -> None:
        """Start Pagefind and send it all requests; a thread reads the answers."""
        program = get_executable()
        if program is None:
            raise IndexingError("Pagefind's program is not here; install it with `pip install 'pagefind[bin]'`")
        self._new_index_folder.parent.mkdir(parents=True, exist_ok=True)
        shutil.rmtree(self._new_index_folder, ignore_errors=True)
        self._error_message, self._requests_hash = "", b""
        try:
            self._process = subprocess.Popen(
                [program, "--service"], stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL
            )
        except OSError as failure:
            raise IndexingError(f"Pagefind's program {program} cannot be run: {failure.strerror}") from failure
        self._listener = Thread(target=self._read_answers, args=(self._process, digest), daemon=True)
        self._listener.start()
        assert self._process.stdin
        with suppress(OSError, ValueError):  # Pagefind has ended early, or the listener has ended it; the listener has the reason
            shutil.copyfileobj(requests, self._process.stdin)
            self._process.stdin.flush()

    def _read_answers(self, process: subprocess.Popen[bytes], digest: bytes) -> None:
        """Read every answer; the last has the index."""
        assert process.stdin
        assert process.stdout
        self._error_message = "Pagefind ended before the index was written"
        try:
            for answer in _iter_pagefind_answers(process.stdout):
                if answer["type"] == "Error":
                    self._error_message = f"Pagefind says: {answer['message']}"
                    break
                if answer["type"] == "GetFiles":
                    self._write_index({file["path"]: b64decode(file["content"]) for file in answer["files"]})
                    self._requests_hash, self._error_message = digest, ""
                    break
        except OSError as failure:
            self._error_message = f"it could not be put in its place: {failure}"
        except (ValueError, KeyError) as failure:
            self._error_message = f"Pagefind's answer is not understood: {failure!r}"
        finally:
            process.kill()
            process.wait()
            process.stdout.close()
            with suppress(OSError):
                process.stdin.close()

    def _write_index(self, files: Mapping[str, bytes]) -> None:
        """Write the files of an index that are used, by path, and move them into their place at once."""
        try:
            files = sort_filters(files)
        except UnknownIndexFormatError as error:  # the search works all the same, so no build fails of it
            logger.warning("the search index will differ from build to build: %s; this Pagefind is not known here", error)
        for path, content in files.items():
            if not any(fnmatch(path, pattern) for pattern in UNUSED_PAGEFIND_FILES):
                file = self._new_index_folder / path
                file.parent.mkdir(parents=True, exist_ok=True)
                file.write_bytes(content)
        (self._new_index_folder / SEARCH_WORDS_PATH).write_text(self._words, encoding="utf-8")
        shutil.rmtree(self._index_folder, ignore_errors=True)
        self._new_index_folder.rename(self._index_folder)


def _iter_pagefind_requests(documents: Iterable[SearchDocument], language: str, words: SearchWordCounter) -> Iterator[bytes]:
    """All requests for one index, encoded; the words of the documents are counted on the way."""
    yield _encode_pagefind_request({"type": "NewIndex", "config": {"force_language": language}})
    for document in documents:
        words.add_document(document)
        yield _encode_pagefind_request(_create_pagefind_record(document, language))
    yield _encode_pagefind_request({"type": "GetFiles", "index_id": 0})


def _create_pagefind_record(document: SearchDocument, language: str) -> dict[str, Any]:
    """The request that adds a document. Kind and verdict are one filter, `what`, since the first search loads it: two would be
    twice as large.
    """
    filters: dict[str, list[str]] = {facet: [] for facet in FACET_URL_FOLDERS}
    for facet_value in document.facet_values:
        filters[facet_value.facet].append(facet_value.value)
    verdicts = filters.pop("verdict") or [""]
    filters |= {"article": list(document.article_slugs), "what": [f"{document.kind}:{verdict}" for verdict in verdicts]}
    return {
        "type": "AddRecord",
        "index_id": 0,
        "url": document.url,
        "content": document.text or document.title,  # Pagefind does not index what has no content
        "language": language,
        "meta": _collect_meta(document),
        "filters": {name: values for name, values in filters.items() if values},
    }


def _collect_meta(document: SearchDocument) -> dict[str, str]:
    """What is searched besides a document's text, by names for which `assets/script/search.js` has the weights."""
    meta = {
        "title": document.title,
        "names": " ".join(_drop_title(document)),
        "codes": " ".join(document.list_own_codes()),
        "more": " ".join(document.list_other_codes()),
        "when": document.date.date_in_words if document.date else "",
    }
    return {name: text for name, text in meta.items() if text}


def _drop_title(document: SearchDocument) -> Iterable[str]:
    return (name for name in (*document.aliases, *document.related) if name != document.title)


def _encode_pagefind_request(payload: dict[str, Any]) -> bytes:
    return b64encode(json.dumps({"message_id": 0, "payload": payload}).encode()) + b","


def _iter_pagefind_answers(stream: IO[bytes]) -> Iterator[dict[str, Any]]:
    """The answers of Pagefind, decoded, one at a time until it ends."""
    begun: list[bytes] = []
    while chunk := stream.read1(1 << 16):  # type: ignore[attr-defined]
        *ends, rest = chunk.split(b",")
        for end in ends:
            yield json.loads(b64decode(b"".join([*begun, end])))["payload"]
            begun = []
        begun.append(rest)
