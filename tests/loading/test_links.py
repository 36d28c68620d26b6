"""Addresses that are asked whether they are still there: against a server on this machine, nothing goes out."""

from __future__ import annotations

import re
import time
from collections.abc import Callable, Iterable, Iterator
from contextlib import suppress
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from itertools import chain, repeat
from pathlib import Path
from threading import Thread
from typing import ClassVar

import pytest

from dossier.loading import links as module
from dossier.loading.links import AGENT, answers, in_ascii
from dossier.model.problems.problem import Location
from dossier.model.site.external_links import LinkAnswer, collect_external_urls
from dossier.reports.links import render_link_report
from support.command_line import run
from support.dossiers import read_example

Replace = Callable[[Path, str, str], None]


RAW: dict[str, Iterable[bytes]] = {
    "slow": repeat(b"H"),
    "continue": repeat(b"HTTP/1.1 100 Continue\r\n\r\n"),
    "headers": chain([b"HTTP/1.1 200 OK\r\n"], repeat(b"X: y\r\n")),
    "mention": [b"@everyone ![](http://x.example/) <img>\r\n\r\n"],
}
"""Answers that are none: without end, or with words for whoever reads the report."""


class Site(BaseHTTPRequestHandler):
    """Answers as the path says: `/200`, `/301/200` leads to `/200`, `/get/200` refuses to give its head alone."""

    asked: ClassVar[list[tuple[str, str, str]]]
    flaky: ClassVar[int]

    def do_HEAD(self) -> None:
        self._answer("HEAD")

    def do_GET(self) -> None:
        self._answer("GET")

    def log_message(self, format: str, *arguments: object) -> None:
        """Say nothing."""

    def _say(self, parts: Iterable[bytes]) -> None:
        with suppress(OSError):  # whoever asks has gone
            for part in parts:
                self.wfile.write(part)
                time.sleep(0.01)
        self.close_connection = True

    def _answer(self, method: str) -> None:
        type(self).asked.append((method, self.path, self.headers["User-Agent"]))
        first, *rest = self.path.strip("/").split("/")
        if first == "get":
            status = 405 if method == "HEAD" else int(rest[0])
        elif first == "flaky":
            type(self).flaky += 1
            status = 503 if type(self).flaky <= 2 else 200
        elif first == "loop":
            status = 302
        elif first in ("file", "at"):
            status = 301
        elif first in RAW:
            self._say(RAW[first])
            return
        else:
            status = int(first)
        self.send_response(status)
        leads = {"loop": "/loop", "file": "file:///etc/passwd", "at": f"http://{'/'.join(rest)}"}.get(first, "/" + "/".join(rest))
        if status in (301, 302, 307, 308):
            self.send_header("Location", leads)
        self.send_header("Content-Length", "0")
        self.end_headers()


@pytest.fixture
def base(monkeypatch: pytest.MonkeyPatch) -> Iterator[str]:
    """Address of a server on this machine."""
    for name in ("http_proxy", "HTTP_PROXY", "all_proxy", "ALL_PROXY"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setattr(module, "is_public", lambda address: True)
    Site.asked, Site.flaky = [], 0
    server = ThreadingHTTPServer(("127.0.0.1", 0), Site)
    thread = Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01})
    thread.start()
    yield f"http://127.0.0.1:{server.server_port}"
    server.shutdown()
    thread.join()
    server.server_close()


def ask(address: str) -> LinkAnswer:
    return answers([address], timeout=5, pause=0)[address]


@pytest.mark.parametrize(
    ("path", "outcome", "leads"),
    [
        ("/200", "there", ""),
        ("/404", "gone", ""),
        ("/410", "gone", ""),
        ("/403", "refused", ""),
        ("/429", "refused", ""),
        ("/500", "unreachable", ""),
        ("/301/200", "moved", "/200"),
        ("/308/301/200", "moved", "/200"),
        ("/302/200", "there", ""),
        ("/302/301/200", "there", ""),
        ("/301/302/200", "moved", "/302/200"),
        ("/301/404", "gone", "/404"),
        ("/302/403", "refused", ""),
        ("/get/200", "there", ""),
        ("/get/404", "gone", ""),
        ("/loop", "unreachable", ""),
        ("/file", "unreachable", ""),
        ("/flaky", "there", ""),
        ("/200/é?q=ü", "there", ""),
    ],
)
def test_an_address_answers(base: str, path: str, outcome: str, leads: str) -> None:
    answer = ask(base + path)
    assert (answer.outcome, answer.new_url) == (outcome, base + leads if leads else "")


@pytest.mark.parametrize(
    ("address", "asked"),
    [
        ("https://müller.example:8080/ü?q=%20é", "https://xn--mller-kva.example:8080/%C3%BC?q=%20%C3%A9"),
        ("https://example.org/a?b=c#d", "https://example.org/a?b=c#d"),
    ],
)
def test_an_address_is_asked_in_the_letters_of_the_web(address: str, asked: str) -> None:
    assert in_ascii(address) == asked


@pytest.mark.parametrize(("path", "outcome"), [("slow", "unreachable"), ("continue", "unreachable"), ("headers", "there")])
def test_an_answer_without_end_is_broken_off(base: str, path: str, outcome: str) -> None:
    started = time.monotonic()
    answer = answers([f"{base}/{path}"], timeout=0.3, pause=0)[f"{base}/{path}"]
    assert answer.outcome == outcome
    assert time.monotonic() - started < 3


def test_no_answer_in_time_is_said(base: str) -> None:
    assert answers([f"{base}/slow"], timeout=0.3, pause=0)[f"{base}/slow"].description == "no answer in time"


def test_no_words_of_a_site_stand_in_the_report(base: str) -> None:
    answer = ask(f"{base}/mention")
    assert answer == LinkAnswer("unreachable", "the address, or what it answers, is not as the web has it")


def test_what_an_address_leads_to_cannot_leave_its_brackets() -> None:
    told = {"https://a.example/": LinkAnswer("moved", "status 200", "https://b.example/\x01\u202e @everyone <img>")}
    said = render_link_report(told, {"https://a.example/": [Location("annotations/sources/a`<b>.yml", 5, 6)]})
    assert "leads to <https://b.example/%01%E2%80%AE%20@everyone%20%3Cimg%3E>)" in said
    assert "`annotations/sources/a'<b>.yml:5`" in said


@pytest.mark.parametrize("host", ["127.0.0.1", "localhost", "[::1]", "127.0.0.%31"])
def test_nothing_is_asked_of_this_machine_and_its_network(base: str, monkeypatch: pytest.MonkeyPatch, host: str) -> None:
    monkeypatch.undo()
    for name in ("http_proxy", "HTTP_PROXY", "all_proxy", "ALL_PROXY"):
        monkeypatch.delenv(name, raising=False)
    answer = ask(f"{base.replace('127.0.0.1', host)}/200")
    assert answer.outcome == "unreachable"
    assert Site.asked == []


def test_a_site_leads_nobody_into_a_private_network(base: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(module, "is_public", lambda address: not Site.asked)  # the first site is, what it leads to is not
    answer = ask(f"{base}/at/{base.removeprefix('http://')}/200")
    assert answer == LinkAnswer("unreachable", "it leads into a private network")
    assert len(Site.asked) == 1


@pytest.mark.parametrize(
    ("address", "public"),
    [
        ("93.184.215.14", True),
        ("2606:2800:21f:cb07:6820:80da:af6b:8b2c", True),
        ("127.0.0.1", False),
        ("10.1.2.3", False),
        ("192.168.1.1", False),
        ("169.254.169.254", False),
        ("::1", False),
        ("::ffff:10.0.0.1", False),
        ("fe80::1%eth0", False),
        ("fd00:ec2::254", False),
    ],
)
def test_public_are_addresses_of_the_whole_net(address: str, public: bool) -> None:
    assert module.is_public(address) == public


def test_a_proxy_may_be_in_the_private_network(base: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(module, "is_public", lambda address: False)
    monkeypatch.setenv("http_proxy", base)
    monkeypatch.delenv("no_proxy", raising=False)
    monkeypatch.delenv("NO_PROXY", raising=False)
    ask("http://elsewhere.example/200")
    assert [path for _, path, _ in Site.asked][:1] == ["http://elsewhere.example/200"]


def test_a_server_that_is_not_there_is_not_gone() -> None:
    answer = ask("http://127.0.0.1:1/page")
    assert answer.outcome == "unreachable"
    assert "refused" in answer.description


def test_we_say_who_we_are_and_read_no_content_where_the_head_will_do(base: str) -> None:
    ask(f"{base}/200")
    assert Site.asked == [("HEAD", "/200", AGENT)]


def test_a_site_is_asked_one_question_at_a_time_with_pauses(base: str, monkeypatch: pytest.MonkeyPatch) -> None:
    slept: list[float] = []
    monkeypatch.setattr(module.time, "sleep", slept.append)
    asked = [f"{base}/200", f"{base}/200/b", f"{base}/404"]
    assert list(answers(asked, timeout=5, pause=7)) == asked
    assert slept == [7, 7]
    assert [path for _, path, _ in Site.asked] == ["/200", "/200/b", "/404", "/404"]


def test_every_address_is_known_with_the_places_where_it_is_written(example: Path, replace: Replace) -> None:
    dossier = read_example(example)
    found = collect_external_urls(dossier)
    urls = {entry.url for entry in (*dossier.articles.values(), *dossier.sources.values()) if entry.url}
    assert urls
    assert urls <= found.keys()
    source = dossier.sources["harbour-office-count"]
    assert source.url
    assert found[source.url] == [source.locate("url")]


def test_what_is_retired_is_not_asked(example: Path) -> None:
    source = read_example(example).sources["harbour-office-count"]
    with (example / source.path).open("a", encoding="utf-8") as file:
        file.write("status: retired\n")
    assert source.url not in collect_external_urls(read_example(example))


def test_the_report_has_the_gravest_first_with_file_and_line() -> None:
    told = {
        "https://a.example/x": LinkAnswer("there", "status 200"),
        "https://b.example/": LinkAnswer("refused", "status 403"),
        "https://c.example/": LinkAnswer("moved", "status 200", "https://c.example/n> <b>e"),
        "https://d.example/": LinkAnswer("gone", "status 404"),
    }
    places = {url: [Location("annotations/sources/a.yml", 5, 6)] for url in told}
    said = render_link_report(told, places)
    assert said.startswith(
        "4 addresses of articles, sources and parties were asked: 1 gone, 1 moved for good, 0 not reached, 1 could not check."
    )
    assert [line for line in said.splitlines() if line.startswith("## ")] == [
        "## Gone",
        "## Moved for good",
        "## Could not check",
    ]
    assert "- `annotations/sources/a.yml:5`: <https://d.example/> (status 404)" in said
    assert "leads to <https://c.example/n%3E%20%3Cb%3Ee>" in said
    assert "a.example" not in said


@pytest.mark.parametrize(("status", "exit_code"), [(200, 0), (403, 0), (500, 0), (404, 1)])
def test_only_what_is_gone_ends_with_one(example: Path, base: str, status: int, exit_code: int) -> None:
    for file in (*example.rglob("*.yml"), *example.rglob("*.md")):
        text = file.read_text(encoding="utf-8")
        file.write_text(re.sub(r"https://[\w./-]+", f"{base}/{status}", text), encoding="utf-8")
    assert all(url.startswith(base) for url in collect_external_urls(read_example(example)))
    result = run(example, "links", "--pause", "0", "--timeout", "5")
    assert result.exit_code == exit_code
    assert "addresses of articles" in result.stdout
