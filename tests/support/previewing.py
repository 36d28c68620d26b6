"""Runs the preview, a real `mkdocs serve`, and asks it for its pages."""

from __future__ import annotations

import os
import socket
import subprocess
import sys
import time
from pathlib import Path
from urllib.error import URLError
from urllib.request import urlopen

from support.built_site import read_search_fragments
from support.reading_pages import parse, words

STUCK = "The server will appear stuck"
PATIENCE = 20.0


class Preview:
    """A running `mkdocs serve`, asked like a browser asks it."""

    def __init__(self, root: Path, *arguments: str, program: str = "mkdocs") -> None:
        with socket.socket() as free:
            free.bind(("127.0.0.1", 0))
            self.address = f"127.0.0.1:{free.getsockname()[1]}"
        self.log, self.temporary = root / "serve.log", root / "temporary"
        self.temporary.mkdir(exist_ok=True)
        with self.log.open("wb") as out:
            self.process = subprocess.Popen(
                [sys.executable, "-m", program, "serve", "--dev-addr", self.address, *arguments],
                cwd=root,
                env={**os.environ, "NO_MKDOCS_2_WARNING": "1", "TMPDIR": str(self.temporary)},
                stdout=out,
                stderr=subprocess.STDOUT,
            )

    def get(self, page: str = "") -> str:
        """A page as it is now; nothing while the server does not answer."""
        try:
            with urlopen(f"http://{self.address}/{page}", timeout=5) as answer:
                return answer.read().decode("utf-8")
        except (URLError, TimeoutError, ConnectionError):
            return ""

    def wait(self, page: str, told: str, gone: bool = False) -> str:
        """The page as soon as it says something (or no longer does)."""
        end = time.monotonic() + PATIENCE
        while time.monotonic() < end and self.process.poll() is None and STUCK not in self.said():
            html = self.get(page)
            if html and (told in words(parse(html))) is not gone:
                return html
            time.sleep(0.1)
        raise AssertionError(f"{told!r} is {'still' if gone else 'not'} on /{page}\n" + self.said()[-2000:])

    def found(self) -> list[str]:
        """Everything that the search can find now."""
        return [one["content"] for site in self.temporary.glob("mkdocs_*") for one in read_search_fragments(site)]

    def said(self) -> str:
        """What the server has logged."""
        return self.log.read_text(encoding="utf-8")

    def list_folders(self) -> list[Path]:
        """What is in the folder for temporary files."""
        return list(self.temporary.iterdir())

    def end(self) -> None:
        """Stop the process, by force if it does not go."""
        self.process.terminate()
        try:
            self.process.wait(5)
        except subprocess.TimeoutExpired:
            self.process.kill()
            self.process.wait(5)
