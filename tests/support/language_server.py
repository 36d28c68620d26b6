"""The real yaml-language-server as editors run it, spoken to over its protocol. `make test` installs it below tests/editor/."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from dossier.authoring.schema import IDS_SCHEMA_PATH, build_ids_schema, build_schemas, format_schema_comment
from dossier.loading import read_dossier
from support.install_server import SERVER, find_node


class Editor:
    """An editor with a dossier open: opens files, asks what may be written, what a word means, what is wrong."""

    def __init__(self, program: str, root: Path) -> None:
        self.root = root
        self.process = subprocess.Popen([program, str(SERVER), "--stdio"], stdin=subprocess.PIPE, stdout=subprocess.PIPE)
        self.asked, self.told = 0, dict[str, list[dict[str, Any]]]()
        able = {"completion": {"completionItem": {"snippetSupport": True, "documentationFormat": ["markdown"]}}}
        self._send_request("initialize", processId=os.getpid(), rootUri=root.as_uri(), capabilities={"textDocument": able})
        self._send_notification("initialized")
        settings = {"yaml": {"schemaStore": {"enable": False}, "validate": True, "completion": True, "hover": True}}
        self._send_notification("workspace/didChangeConfiguration", settings=settings)

    def open_file(self, path: str, text: str | None = None) -> None:
        """Open a file, once; with other words than it has where some are given."""
        words = (self.root / path).read_text(encoding="utf-8") if text is None else text
        document = {"uri": (self.root / path).as_uri(), "languageId": "yaml", "version": 1, "text": words}
        self._send_notification("textDocument/didOpen", textDocument=document)

    def get_diagnostics(self, path: str) -> list[dict[str, Any]]:
        """What is underlined in a file that has been opened."""
        uri = (self.root / path).as_uri()
        while uri not in self.told:
            self._read_message()
        return self.told[uri]

    def get_completions(self, path: str, line: int, column: int) -> dict[str, dict[str, Any]]:
        """What may be written at a place (counted from 0), by its label."""
        answer = self._send_request("textDocument/completion", **self._make_position_params(path, line, column))
        return {item["label"]: item for item in answer["items"]}

    def get_hover_text(self, path: str, line: int, column: int) -> str:
        """What is said about the word at a place (counted from 0)."""
        answer = self._send_request("textDocument/hover", **self._make_position_params(path, line, column))
        return answer["contents"]["value"] if answer else ""

    def __enter__(self) -> Editor:
        return self

    def __exit__(self, *_: object) -> None:
        self._send_request("shutdown")
        self._send_notification("exit")
        self.process.communicate(timeout=30)

    def _make_position_params(self, path: str, line: int, column: int) -> dict[str, Any]:
        place = {"line": line, "character": column}
        return {"textDocument": {"uri": (self.root / path).as_uri()}, "position": place}

    def _send_request(self, method: str, **params: Any) -> Any:
        self.asked += 1
        self._write_message({"id": self.asked, "method": method, "params": params})
        while True:
            message = self._read_message()
            if message.get("id") == self.asked and "method" not in message:
                assert "error" not in message, message["error"]
                return message.get("result")

    def _send_notification(self, method: str, **params: Any) -> None:
        self._write_message({"method": method, "params": params})

    def _write_message(self, message: dict[str, Any]) -> None:
        content = json.dumps({"jsonrpc": "2.0"} | message).encode()
        assert self.process.stdin
        self.process.stdin.write(f"Content-Length: {len(content)}\r\n\r\n".encode() + content)
        self.process.stdin.flush()

    def _read_message(self) -> dict[str, Any]:
        """The server's next message; its own questions are answered with nothing."""
        assert self.process.stdout
        length = 0
        while line := self.process.stdout.readline().strip():
            name, _, value = line.partition(b":")
            length = int(value) if name.lower() == b"content-length" else length
        assert length, "the server has gone"
        message: dict[str, Any] = json.loads(self.process.stdout.read(length))
        if message.get("method") == "textDocument/publishDiagnostics":
            self.told[message["params"]["uri"]] = message["params"]["diagnostics"]
        elif "id" in message and "method" in message:
            asked = message.get("params", {}).get("items", [])
            self._write_message({"id": message["id"], "result": [None for _ in asked] if asked else None})
        return message


def open_annotations(source: Path, root: Path, with_ids: bool) -> Iterator[Editor]:
    """An editor with a copy of a dossier's annotations open and its schemas beside them; skips where there is no server."""
    program = find_node()
    if not program or not SERVER.is_file():
        pytest.skip("yaml-language-server is not installed; `make test` does it where npm packages can be had")
    shutil.copytree(source / "annotations", root / "annotations")
    for file in (root / "annotations").rglob("*.yml"):
        text, comment = file.read_text(encoding="utf-8"), format_schema_comment(file.relative_to(root).as_posix())
        file.write_text(text if text.startswith(comment) else f"{comment}\n{text}", encoding="utf-8")
    dossier = read_dossier(source)
    (root / "schema").mkdir()
    for path, text in (build_schemas(dossier) | ({IDS_SCHEMA_PATH: build_ids_schema(dossier)} if with_ids else {})).items():
        (root / path).write_text(text, encoding="utf-8")
    with Editor(program, root) as editor:
        yield editor


def find_underlined_files(editor: Editor) -> dict[str, list[dict[str, Any]]]:
    """What is underlined in any of the annotations, by path."""
    paths = sorted(file.relative_to(editor.root).as_posix() for file in (editor.root / "annotations").rglob("*.yml"))
    for path in paths:
        editor.open_file(path)
    return {path: faults for path in paths if (faults := editor.get_diagnostics(path))}
