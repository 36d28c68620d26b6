"""The real yaml-language-server as editors run it, spoken to over its protocol. `make test` installs it below tests/editor/."""

from __future__ import annotations

import json
import os
import subprocess
from pathlib import Path
from typing import Any

from install_server import SERVER


class Editor:
    """An editor with a dossier open: opens files, asks what may be written, what a word means, what is wrong."""

    def __init__(self, program: str, root: Path) -> None:
        self.root = root
        self.process = subprocess.Popen([program, str(SERVER), "--stdio"], stdin=subprocess.PIPE, stdout=subprocess.PIPE)
        self.asked, self.told = 0, dict[str, list[dict[str, Any]]]()
        able = {"completion": {"completionItem": {"snippetSupport": True, "documentationFormat": ["markdown"]}}}
        self._ask("initialize", processId=os.getpid(), rootUri=root.as_uri(), capabilities={"textDocument": able})
        self._tell("initialized")
        settings = {"yaml": {"schemaStore": {"enable": False}, "validate": True, "completion": True, "hover": True}}
        self._tell("workspace/didChangeConfiguration", settings=settings)

    def open(self, path: str, text: str | None = None) -> None:
        """Open a file, once; with other words than it has where some are given."""
        words = (self.root / path).read_text(encoding="utf-8") if text is None else text
        document = {"uri": (self.root / path).as_uri(), "languageId": "yaml", "version": 1, "text": words}
        self._tell("textDocument/didOpen", textDocument=document)

    def faults(self, path: str) -> list[dict[str, Any]]:
        """What is underlined in a file that has been opened."""
        uri = (self.root / path).as_uri()
        while uri not in self.told:
            self._hear()
        return self.told[uri]

    def completions(self, path: str, line: int, column: int) -> dict[str, dict[str, Any]]:
        """What may be written at a place (counted from 0), by its label."""
        answer = self._ask("textDocument/completion", **self._at(path, line, column))
        return {item["label"]: item for item in answer["items"]}

    def hover(self, path: str, line: int, column: int) -> str:
        """What is said about the word at a place (counted from 0)."""
        answer = self._ask("textDocument/hover", **self._at(path, line, column))
        return answer["contents"]["value"] if answer else ""

    def __enter__(self) -> Editor:
        return self

    def __exit__(self, *_: object) -> None:
        self._ask("shutdown")
        self._tell("exit")
        self.process.communicate(timeout=30)

    def _at(self, path: str, line: int, column: int) -> dict[str, Any]:
        place = {"line": line, "character": column}
        return {"textDocument": {"uri": (self.root / path).as_uri()}, "position": place}

    def _ask(self, method: str, **params: Any) -> Any:
        self.asked += 1
        self._send({"id": self.asked, "method": method, "params": params})
        while True:
            message = self._hear()
            if message.get("id") == self.asked and "method" not in message:
                assert "error" not in message, message["error"]
                return message.get("result")

    def _tell(self, method: str, **params: Any) -> None:
        self._send({"method": method, "params": params})

    def _send(self, message: dict[str, Any]) -> None:
        content = json.dumps({"jsonrpc": "2.0"} | message).encode()
        assert self.process.stdin
        self.process.stdin.write(f"Content-Length: {len(content)}\r\n\r\n".encode() + content)
        self.process.stdin.flush()

    def _hear(self) -> dict[str, Any]:
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
            self._send({"id": message["id"], "result": [None for _ in asked] if asked else None})
        return message
