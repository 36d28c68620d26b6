"""The preview shows private texts: to this machine only, to no other page, and it leaves none behind."""

from __future__ import annotations

import os
import shutil
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Callable, Iterable, Iterator
from http.client import HTTPConnection
from importlib.util import find_spec
from pathlib import Path
from typing import Any

import pytest
from mkdocs.exceptions import PluginError

from dossier.hosts.mkdocs.dev_server import NETWORK_PREVIEW_VARIABLE, check_dev_address
from dossier.hosts.mkdocs.preview_folder import PREVIEW_MARKER_NAME, claim_preview_folder, remove_stale_preview_folders
from dossier.hosts.mkdocs.request_guard import PRIVATE_RESPONSE_HEADERS, REFUSAL_TEXT, guard_requests
from support.previewing import PATIENCE, Preview
from support.reading_pages import GAZETTE, parse, words

ARTICLE = f"articles/{GAZETTE}/"
PRIVATE = "Private. This is the saved copy on your machine."

OWN_HOSTS = [
    "127.0.0.1",
    "127.0.0.1:8000",
    "127.1.2.3:8000",
    "127.0.0.1.:8000",
    "localhost",
    "LocalHost:8000",
    "localhost.",
    "localhost:",
    "[::1]",
    "[::1]:8000",
    "[0:0:0:0:0:0:0:1]:8000",
    " localhost:8000 ",
]
FOREIGN_HOSTS = [
    "",
    "evil.example",
    "evil.example:8000",
    "localhost.evil.example",
    "127.0.0.1.evil.example",
    "evil.example,localhost",
    "localhost,evil.example",
    "localhost@evil.example",
    "evil.example@localhost",
    "evil.example#localhost",
    "localhost/",
    "localhost..",
    "localhost\t.evil.example",
    "xlocalhost",
    "ⅼocalhost",
    "127.0.0.1:8000:8000",
    "127.0.0.1:evil",
    "2130706433",
    "0x7f.1",
    "127.1",
    "0.0.0.0:8000",
    "[::]:8000",
    "[::1",
    "::1",
    "::1:8000",
    "[evil.example]",
    "[fe80::1]:8000",
    "192.0.2.7:8000",
    "machine:8000",
]
PUBLIC_HOSTS = ["192.0.2.7:8000", "[fe80::1]:8000", "10.0.0.4"]
PATHS = ["/", f"/{ARTICLE}", "/livereload/0/0", "/pagefind/pagefind-entry.json", "/nothing/here/", f"/{PREVIEW_MARKER_NAME}"]


def ask(host: str | None, path: str = "/", is_public: bool = False) -> tuple[str, dict[str, str], bytes]:
    """What a guarded application answers: status, headers, body; the application itself says “private”."""
    answered: dict[str, Any] = {}

    def start(status: str, headers: list[tuple[str, str]]) -> None:
        answered.update(status=status, headers=dict(headers))

    def tell(environ: dict[str, Any], start_response: Callable[..., Any]) -> Iterable[bytes]:
        start_response("200 OK", [("Content-Type", "text/html")])
        return [b"private"]

    environ = {"PATH_INFO": path, **({} if host is None else {"HTTP_HOST": host})}
    body = b"".join(guard_requests(tell, is_public)(environ, start))
    return answered["status"], answered["headers"], body


@pytest.mark.parametrize("host", OWN_HOSTS)
def test_who_asks_for_this_machine_is_answered(host: str) -> None:
    assert ask(host)[::2] == ("200 OK", b"private")


@pytest.mark.parametrize("host", [*FOREIGN_HOSTS, None])
def test_who_asks_for_another_host_is_refused_with_the_cure(host: str | None) -> None:
    status, headers, body = ask(host)
    assert (status, headers["Content-Type"], body) == (
        "421 Misdirected Request",
        "text/plain; charset=utf-8",
        REFUSAL_TEXT.encode(),
    )


@pytest.mark.parametrize("path", ["http://evil.example/", "http://127.0.0.1:8000/", "*", "", "evil.example:443"])
def test_a_target_that_is_no_path_is_refused(path: str) -> None:
    assert ask("127.0.0.1:8000", path)[0] == "421 Misdirected Request"


@pytest.mark.parametrize("host", PUBLIC_HOSTS)
def test_a_preview_that_others_may_reach_is_named_by_an_address_and_never_by_a_name(host: str) -> None:
    assert ask(host, is_public=True)[0] == "200 OK"
    assert ask("evil.example:8000", is_public=True)[0] == "421 Misdirected Request"
    assert ask(host)[0] == "421 Misdirected Request"


@pytest.mark.parametrize("host", ["localhost", "evil.example"])
def test_no_page_of_another_site_can_embed_an_answer(host: str) -> None:
    headers = ask(host)[1]
    assert headers.items() >= dict(PRIVATE_RESPONSE_HEADERS).items()
    assert headers["Cross-Origin-Resource-Policy"] == "same-origin"
    assert headers["X-Frame-Options"] == "DENY"
    assert "Access-Control-Allow-Origin" not in headers


HIDDEN_PATHS = [
    f"/{PREVIEW_MARKER_NAME}",
    f"/a/{PREVIEW_MARKER_NAME}",
    f"//{PREVIEW_MARKER_NAME}",
    f"/a/../{PREVIEW_MARKER_NAME}",
    f"/\xff{PREVIEW_MARKER_NAME}",
    f"/a\\{PREVIEW_MARKER_NAME}",
    "/.pagefind/pagefind-entry.json",
    "/..",
]


@pytest.mark.parametrize("path", HIDDEN_PATHS)
def test_no_hidden_file_is_served(path: str) -> None:
    status, headers, body = ask("127.0.0.1", path)
    assert (status, body) == ("404 Not Found", b"404 Not Found")
    assert headers.items() >= dict(PRIVATE_RESPONSE_HEADERS).items()


@pytest.mark.parametrize("path", ["/", "/a.html", "/a/b.c/", "/a..b", "/\xc3\xa4.b"])
def test_a_dot_within_a_name_hides_nothing(path: str) -> None:
    assert ask("127.0.0.1", path)[::2] == ("200 OK", b"private")


@pytest.fixture(params=["mkdocs", "mkdocs --no-livereload", "properdocs"])
def preview(example: Path, request: pytest.FixtureRequest) -> Iterator[Preview]:
    program, *arguments = request.param.split()
    if not find_spec(program):
        pytest.skip("ProperDocs is not installed; `make test` installs it")
    running = Preview(example, *arguments, program=program)
    try:
        running.wait(ARTICLE, PRIVATE)
        yield running
    finally:
        running.end()


@pytest.mark.site
def test_a_real_preview_answers_this_machine_only_on_every_path(preview: Preview) -> None:
    address, port = preview.address.split(":")
    for path in PATHS:
        connection = HTTPConnection(address, int(port), timeout=20)
        connection.request("GET", path, headers={"Host": "evil.example"})
        answer = connection.getresponse()
        assert (answer.status, answer.read().decode()) == (421, REFUSAL_TEXT), path
        assert dict(answer.getheaders()).items() >= dict(PRIVATE_RESPONSE_HEADERS).items()
    other_target = f"GET http://evil.example/{ARTICLE} HTTP/1.1\r\nHost: {preview.address}"
    for request in (f"GET /{ARTICLE}", f"GET /{ARTICLE} HTTP/1.0", other_target):
        with socket.create_connection((address, int(port)), timeout=20) as client:
            client.sendall(f"{request}\r\n\r\n".encode())
            received = client.makefile("rb").read().decode()
        assert REFUSAL_TEXT in received
        assert 'id="capture"' not in received
    connection = HTTPConnection(address, int(port), timeout=20)
    connection.request("GET", f"/%ff{PREVIEW_MARKER_NAME}")
    assert connection.getresponse().status == 404
    connection = HTTPConnection(address, int(port), timeout=20)
    connection.request("GET", f"/{ARTICLE}", headers={"Host": f"LOCALHOST:{port}"})
    answer = connection.getresponse()
    assert (answer.status, PRIVATE in words(parse(answer.read().decode()))) == (200, True)
    assert dict(answer.getheaders()).items() >= dict(PRIVATE_RESPONSE_HEADERS).items()


@pytest.mark.parametrize("host", ["0.0.0.0", "::", "192.0.2.7", "fe80::1", "10.0.0.4", "::ffff:0.0.0.0"])
def test_an_address_that_others_reach_is_refused_before_it_is_tried(host: str) -> None:
    with pytest.raises(PluginError) as raised:
        check_dev_address(host, 8123)
    said = str(raised.value)
    assert "other machines could read this preview, with its drafts and whole private articles" in said
    assert "name 127.0.0.1:8123" in said
    assert f"{NETWORK_PREVIEW_VARIABLE}=true" in said


@pytest.mark.parametrize("port", [0, -1, 65_536, 99_999])
def test_a_port_that_is_none_is_told_with_the_cure(port: int) -> None:
    with pytest.raises(PluginError, match=r"a port is a number from 1 to 65535; name another with -a"):
        check_dev_address("127.0.0.1", port)


@pytest.mark.parametrize(("value", "is_allowed"), [("true", True), ("", False), ("false", False), ("0", False)])
def test_only_a_variable_that_names_the_danger_lets_others_in(
    monkeypatch: pytest.MonkeyPatch, value: str, is_allowed: bool
) -> None:
    monkeypatch.setenv(NETWORK_PREVIEW_VARIABLE, value)
    with socket.socket() as free:
        free.bind(("0.0.0.0", 0))
        port = free.getsockname()[1]
    if is_allowed:
        check_dev_address("0.0.0.0", port)
        return
    with pytest.raises(PluginError, match="other machines"):
        check_dev_address("0.0.0.0", port)


@pytest.mark.parametrize("place", ["argument", "mkdocs.yml"])
def test_a_preview_for_others_is_refused_before_any_work(example: Path, place: str) -> None:
    with (example / "mkdocs.yml").open("a", encoding="utf-8") as file:
        file.write("dev_addr: 0.0.0.0:8123\n" if place == "mkdocs.yml" else "")
    temporary = example / "temporary"
    temporary.mkdir()
    outcome = subprocess.run(
        [sys.executable, "-m", "mkdocs", "serve", *(["-a", "[::]:8123"] if place == "argument" else [])],
        cwd=example,
        env={**os.environ, "NO_MKDOCS_2_WARNING": "1", "TMPDIR": str(temporary)},
        capture_output=True,
        text=True,
        check=False,
        timeout=60,
    )
    assert (outcome.returncode, "Traceback" in outcome.stderr) == (1, False)
    assert "8123, other machines could read this preview" in outcome.stderr
    assert "Documentation built" not in outcome.stderr
    assert list(temporary.iterdir()) == []


@pytest.mark.site
@pytest.mark.parametrize(
    "number",
    [signal.SIGTERM, signal.SIGHUP, signal.SIGINT, signal.SIGQUIT, signal.SIGABRT, signal.SIGUSR1, signal.SIGALRM],
    ids=lambda number: number.name,
)
def test_whatever_ends_a_preview_its_folder_goes_with_it(example: Path, number: signal.Signals) -> None:
    running = Preview(example)
    try:
        running.wait(ARTICLE, PRIVATE)
        [folder] = running.list_folders()
        assert folder.stat().st_mode & 0o777 == 0o700
        running.process.send_signal(number)
        running.process.send_signal(signal.SIGTERM)  # a second one does not stop the clearing away
        assert running.process.wait(20) in (0, 128 + number, 128 + signal.SIGTERM)
        assert running.list_folders() == []
        assert "Traceback" not in running.said()
    finally:
        running.end()


@pytest.mark.site
def test_what_a_killed_preview_left_is_removed_by_the_next_but_not_what_another_uses(example: Path) -> None:
    killed, other = Preview(example), Preview(example)
    try:
        killed.wait(ARTICLE, PRIVATE)
        other.wait(ARTICLE, PRIVATE)
        folders = set(killed.list_folders())
        killed.process.kill()
        killed.process.wait(20)
        assert set(killed.list_folders()) == folders
        following = Preview(example)
        try:
            following.wait(ARTICLE, PRIVATE)
            assert len(folders) == len(following.list_folders()) == 2
            assert len(folders & set(following.list_folders())) == 1
            assert PRIVATE in words(parse(other.get(ARTICLE)))
        finally:
            following.end()
    finally:
        killed.end()
        other.end()
    assert other.list_folders() == []


def name_preview_folder(letter: str, host: str = "mkdocs") -> str:
    return f"{host}_{letter * 8}"


def test_only_marked_folders_without_a_lock_are_removed(tmp_path: Path) -> None:
    names = [name_preview_folder("a"), name_preview_folder("b", "properdocs"), name_preview_folder("c"), "tmp_d"]
    used, left, unmarked, elsewhere = (tmp_path / name for name in names)
    for folder in (used, left, unmarked, elsewhere):
        folder.mkdir()
        (folder / "index.html").write_text("private", encoding="utf-8")
        make_old(folder)
    marker = claim_preview_folder(used)
    for folder in (left, elsewhere):
        claim_preview_folder(folder).close()
    outside = tmp_path / "outside" / "x"
    outside.mkdir(parents=True)
    claim_preview_folder(outside).close()
    link = tmp_path / name_preview_folder("e")
    link.symlink_to(outside)
    remove_stale_preview_folders(tmp_path)
    assert set(tmp_path.iterdir()) == {used, unmarked, elsewhere, outside.parent, link}
    assert (outside / PREVIEW_MARKER_NAME).exists()
    marker.close()


def make_old(path: Path) -> None:
    """Have a folder last changed long ago."""
    os.utime(path, (0, 0))


def test_what_a_preview_left_that_ended_before_its_first_build_is_removed_by_the_next(tmp_path: Path) -> None:
    young, old, own = (tmp_path / name for name in (name_preview_folder("a"), name_preview_folder("b"), "mydocs_x"))
    for folder in (young, old, own):
        folder.mkdir()
    make_old(old)
    make_old(own)
    remove_stale_preview_folders(tmp_path)
    assert set(tmp_path.iterdir()) == {young, own}


def test_a_folder_that_was_removed_is_made_and_marked_again_for_its_owner_only(tmp_path: Path) -> None:
    folder = tmp_path / "preview"
    folder.mkdir()
    first = claim_preview_folder(folder)
    assert claim_preview_folder(folder, first) is first
    shutil.rmtree(folder)
    with first, claim_preview_folder(folder, first) as second:
        assert second is not first
        assert (folder.stat().st_mode & 0o777, (folder / PREVIEW_MARKER_NAME).exists()) == (0o700, True)


@pytest.mark.parametrize("trap", ["link", "owner"])
def test_a_folder_that_somebody_put_into_its_place_is_not_taken(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, trap: str
) -> None:
    folder, outside = tmp_path / "preview", tmp_path / "outside"
    outside.mkdir()
    if trap == "link":
        folder.symlink_to(outside)
    else:
        folder.mkdir()
        monkeypatch.setattr(os, "getuid", lambda: folder.stat().st_uid + 1)
    with pytest.raises(PluginError, match="somebody else has made the preview's folder"):
        claim_preview_folder(folder)
    assert list(outside.iterdir()) == []


@pytest.mark.site
def test_a_preview_whose_folder_is_removed_writes_it_again_for_its_owner_only(example: Path) -> None:
    running = Preview(example)
    try:
        running.wait(ARTICLE, PRIVATE)
        [folder] = running.list_folders()
        shutil.rmtree(folder)
        (example / "docs/index.md").write_text("# Xyzzy\n", encoding="utf-8")
        running.wait("", "Xyzzy")
        assert running.list_folders() == [folder]
        assert (folder / PREVIEW_MARKER_NAME).exists()
        assert {path.stat().st_mode & 0o077 for path in [folder, *folder.rglob("*")]} == {0}
        assert PRIVATE in words(parse(running.get(ARTICLE)))
        running.process.send_signal(signal.SIGQUIT)
        assert running.process.wait(20) == 128 + signal.SIGQUIT
        assert running.list_folders() == []
    finally:
        running.end()


@pytest.mark.site
def test_a_preview_that_is_ended_during_its_first_build_leaves_no_folder(example: Path) -> None:
    running = Preview(example)
    try:
        end = time.monotonic() + PATIENCE
        while not list(running.temporary.glob(f"*/{PREVIEW_MARKER_NAME}")) and time.monotonic() < end:
            time.sleep(0.01)
        assert "Serving on" not in running.said()
        running.process.terminate()
        assert running.process.wait(20) == 128 + signal.SIGTERM
        assert running.list_folders() == []
    finally:
        running.end()
