"""The search index: Pagefind, run beside the writing of the pages and fed with our own records.

Pagefind's own Python client waits a tenth of a second for each answer, an hour for a large site; its service takes all
requests at once: JSON objects in base64, each followed by a comma, answered in order in the same form. It ends when its
input ends, so that it never outlives us. An index is put in its place when it is whole.

Neither the service nor the names of the files in an index are documented, which is why pyproject.toml bounds Pagefind
from above: tests/repository/test_internals.py says what has changed.
"""

from __future__ import annotations

import json
import shutil
import subprocess
from base64 import b64decode, b64encode
from collections.abc import Iterable, Iterator
from contextlib import suppress
from hashlib import sha256
from pathlib import Path
from tempfile import TemporaryFile
from threading import Thread
from typing import IO, Any

from pagefind.service import get_executable

from dossier.pages import SearchDocument

PAGEFIND_FOLDER = "pagefind"
"""Where the index is in a site."""

UNUSED_PAGEFIND_FILES = ("pagefind-*ui.*", "pagefind-highlight.js", "wasm.unknown.pagefind")
"""What Pagefind writes for pages of results that we do not have."""


class IndexingError(Exception):
    """The index could not be made; the message says why."""


class SearchIndexer:
    """The index of one build after another; where what is to be found has not changed, so does the index."""

    def __init__(self) -> None:
        self._site_folder: Path | None = None
        """None before the first build."""
        self._requests_hash = b""
        """Of the requests that made the index that is there."""
        self._process: subprocess.Popen[bytes] | None = None
        self._listener: Thread | None = None
        self._error_message = ""

    def prepare_build(self, site: Path) -> None:
        """End what is still running, and keep the index that is there while MkDocs empties the site."""
        self.stop_indexing()
        self._site_folder = site
        for left in (self._new_index_folder, self._kept_index_folder):
            shutil.rmtree(left, ignore_errors=True)
        if self._requests_hash and self._index_folder.is_dir():
            self._index_folder.rename(self._kept_index_folder)

    def start_indexing(self, found: Iterable[SearchDocument], language: str) -> None:
        """Begin to index, unless the index that was kept is of the same; it serves until the new one is there."""
        if self._kept_index_folder.is_dir():
            self._kept_index_folder.rename(self._index_folder)
        with TemporaryFile() as requests:
            digest = sha256()
            for request in _iter_pagefind_requests(found, language, self._new_index_folder):
                requests.write(request)
                digest.update(request)
            if digest.digest() != self._requests_hash or not self._index_folder.is_dir():
                requests.seek(0)
                self._run_pagefind(requests, digest.digest())

    def wait_for_index(self, patience: float | None = None) -> None:
        """Wait until the index is there, at most so many seconds; raises `Unindexed` where it could not be made, once."""
        if self._listener:
            self._listener.join(patience)
            if self._listener.is_alive():
                return
        if self._error_message:
            fault, self._error_message = self._error_message, ""
            raise IndexingError(fault)

    def stop_indexing(self) -> None:
        """End Pagefind, wherever it stands."""
        if self._process and self._listener:
            self._process.kill()
            self._listener.join()
            self._process.wait()
        self._process, self._listener, self._error_message = None, None, ""
        if self._site_folder:
            shutil.rmtree(self._new_index_folder, ignore_errors=True)

    def _get_site_path(self, name: str) -> Path:
        assert self._site_folder, "`begin` says where the site is"
        return self._site_folder / name

    @property
    def _index_folder(self) -> Path:
        return self._get_site_path(PAGEFIND_FOLDER)

    @property
    def _new_index_folder(self) -> Path:
        """Where the index is made; MkDocs leaves hidden files alone."""
        return self._get_site_path(f".{PAGEFIND_FOLDER}")

    @property
    def _kept_index_folder(self) -> Path:
        return self._get_site_path(f".{PAGEFIND_FOLDER}-kept")

    def _run_pagefind(self, requests: IO[bytes], digest: bytes) -> None:
        """Start Pagefind and hand it everything; a thread hears what it answers."""
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
        with suppress(OSError, ValueError):  # it has ended too early, or the listener has ended it, and knows why
            shutil.copyfileobj(requests, self._process.stdin)
            self._process.stdin.flush()

    def _read_answers(self, process: subprocess.Popen[bytes], digest: bytes) -> None:
        """Hear every answer, and put the index in its place at the last."""
        assert process.stdin
        assert process.stdout
        self._error_message = "Pagefind ended before the index was written"
        try:
            for answer in _iter_pagefind_answers(process.stdout):
                if answer["type"] == "Error":
                    self._error_message = f"Pagefind says: {answer['message']}"
                    break
                if answer["type"] == "WriteFiles":
                    self._move_index_into_place()
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

    def _move_index_into_place(self) -> None:
        for pattern in UNUSED_PAGEFIND_FILES:
            for file in self._new_index_folder.glob(pattern):
                file.unlink()
        shutil.rmtree(self._index_folder, ignore_errors=True)
        self._new_index_folder.rename(self._index_folder)


def _iter_pagefind_requests(found: Iterable[SearchDocument], language: str, folder: Path) -> Iterator[bytes]:
    """Everything that Pagefind is asked for one index."""
    yield _encode_pagefind_request({"type": "NewIndex", "config": {"force_language": language}})
    for one in found:
        yield _encode_pagefind_request(_create_pagefind_record(one, language))
    yield _encode_pagefind_request({"type": "WriteFiles", "index_id": 0, "output_path": str(folder)})


def _create_pagefind_record(found: SearchDocument, language: str) -> dict[str, Any]:
    """A record; its kind and verdict are one filter, which the first search loads, half as large as two."""
    filters: dict[str, list[str]] = {"topic": [], "year": [], "verdict": []}
    for shared in found.facet_values:
        filters[shared.facet].append(shared.value)
    verdicts = filters.pop("verdict") or [""]
    filters |= {"article": list(found.article_slugs), "what": [f"{found.kind}:{verdict}" for verdict in verdicts]}
    return {
        "type": "AddRecord",
        "index_id": 0,
        "url": found.url,
        "content": found.text or found.title,  # what has no content is not indexed
        "language": language,
        "meta": {"title": found.title},
        "filters": {name: values for name, values in filters.items() if values},
    }


def _encode_pagefind_request(payload: dict[str, Any]) -> bytes:
    return b64encode(json.dumps({"message_id": 0, "payload": payload}).encode()) + b","


def _iter_pagefind_answers(stream: IO[bytes]) -> Iterator[dict[str, Any]]:
    """What Pagefind answers, one object at a time, until it ends."""
    rest = b""
    while chunk := stream.read1(1 << 16):  # type: ignore[attr-defined]
        *whole, rest = (rest + chunk).split(b",")
        for answer in whole:
            yield json.loads(b64decode(answer))["payload"]
