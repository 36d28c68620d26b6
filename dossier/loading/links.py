"""Asks web addresses whether what they lead to is still there. Politely: one question at a time to each site, with pauses.

Nothing that a site answers is trusted: none keeps us longer than the time for a question, leads us to machines that only
their own network reaches, or has its words in the report.
"""

from __future__ import annotations

import time
from collections import defaultdict
from collections.abc import Iterable, Mapping
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from functools import partial
from http.client import HTTPConnection, HTTPException, HTTPResponse, HTTPSConnection
from importlib.metadata import version
from ipaddress import ip_address
from socket import SHUT_RDWR, socket
from threading import Timer
from typing import Any
from urllib.parse import quote, urljoin, urlsplit
from urllib.request import HTTPHandler, HTTPSHandler, OpenerDirector, ProxyHandler, Request

from dossier.model.site.external_links import LinkAnswer, LinkOutcome

AT_ONCE = 8
"""Sites that are asked at the same time."""

MOST_HOPS = 10
"""Redirections that are followed."""

PERMANENT, REDIRECTING = (301, 308), (301, 302, 303, 307, 308)
GONE = (404, 410)

AGENT = f"dossier-links/{version('mkdocs-dossier')} (looks weekly whether cited pages are still there; reads no content)"
"""How we introduce ourselves."""

_IN_ADDRESSES = "!#$%&'()*+,/:;=?@[]~-._"
"""Characters that an address keeps; others, such as letters with accents, are written in hexadecimal."""


def is_public(address: str) -> bool:
    """Whether an IP address is one of the whole net, and not of this machine or of the network that it stands in."""
    return ip_address(address.partition("%")[0]).is_global


class _Line(HTTPConnection):
    """A connection that its opener can break off; one that would not be public is closed before anything is asked."""

    def __init__(self, host: str, *, opener: _Opener, direct: bool, **given: Any) -> None:
        super().__init__(host, **given)
        self._opener, self._direct = opener, direct

    def connect(self) -> None:
        super().connect()
        self._opener.line = self.sock
        if self._opener.late:
            raise TimeoutError
        if self._direct and not is_public(self.sock.getpeername()[0]):
            self.close()
            raise OSError("it leads into a private network")


class _SafeLine(_Line, HTTPSConnection):
    """The same for https."""


class _Web(HTTPHandler):
    parent: _Opener

    def http_open(self, req: Request) -> HTTPResponse:
        return self.do_open(partial(_Line, opener=self.parent, direct=_direct(req)), req)


class _SafeWeb(HTTPSHandler):
    parent: _Opener

    def https_open(self, req: Request) -> HTTPResponse:
        return self.do_open(partial(_SafeLine, opener=self.parent, direct=_direct(req)), req)


def _direct(request: Request) -> bool:
    """Whether a request goes to its own site; else it goes to a proxy that this machine is set to use."""
    return request.host == Request(request.full_url).host


class _Opener(OpenerDirector):
    """Opens web addresses and nothing else, and hands over every answer as it is: no redirection is followed unseen."""

    def __init__(self) -> None:
        super().__init__()
        self.line: socket | None = None
        self.late = False
        for handler in (ProxyHandler(), _Web(), _SafeWeb()):
            self.add_handler(handler)

    def break_off(self) -> None:
        """End the answer that is being read; its reader takes that for its end."""
        self.late = True
        if self.line:
            with suppress(OSError):  # it has ended by itself
                self.line.shutdown(SHUT_RDWR)


def answers(addresses: Iterable[str], timeout: float = 20, pause: float = 1) -> dict[str, LinkAnswer]:
    """What each address answers, in the order given; `timeout` for each question and `pause` between two are in seconds."""
    sites: defaultdict[str, list[str]] = defaultdict(list)
    for address in addresses:
        sites[urlsplit(address).netloc.lower()].append(address)
    with ThreadPoolExecutor(AT_ONCE) as pool:
        told = pool.map(lambda site: _ask_site(site, timeout, pause), sites.values())
        known = {address: answer for answered in told for address, answer in answered.items()}
    return {address: known[address] for site in sites.values() for address in site}


def _ask_site(addresses: Iterable[str], timeout: float, pause: float) -> Mapping[str, LinkAnswer]:
    """The answers of one site, asked one after the other."""
    opener, told = _Opener(), {}
    for number, address in enumerate(addresses):
        if number:
            time.sleep(pause)
        told[address] = _ask(opener, address, timeout)
        if told[address].outcome == "unreachable":
            time.sleep(pause)
            told[address] = _ask(opener, address, timeout)
    return told


def _ask(opener: _Opener, address: str, timeout: float) -> LinkAnswer:
    """What an address answers in the end, its redirections followed."""
    at, moved_to, for_good = address, "", True
    for _ in range(MOST_HOPS):
        try:
            status, leads_to = _status(opener, at, timeout)
        except (OSError, HTTPException, ValueError) as error:
            return LinkAnswer("unreachable", _reason(error))
        if status not in REDIRECTING or not leads_to:
            return _judged(status, moved_to)
        at = urljoin(at, leads_to)
        if urlsplit(at).scheme not in ("http", "https"):
            return LinkAnswer("unreachable", "it leads to what is no web address")
        for_good = for_good and status in PERMANENT
        moved_to = at if for_good else moved_to
    return LinkAnswer("unreachable", f"it leads on more than {MOST_HOPS} times")


def _judged(status: int, moved_to: str) -> LinkAnswer:
    """What a final status means."""
    if status < 400:
        return LinkAnswer("moved", f"status {status}", moved_to) if moved_to else LinkAnswer("there", f"status {status}")
    outcome: LinkOutcome = "gone" if status in GONE else "unreachable" if status >= 500 else "refused"
    return LinkAnswer(outcome, f"status {status}", moved_to)


def _status(opener: _Opener, address: str, timeout: float) -> tuple[int, str]:
    """Status of an address, and where it leads on; asked for the head only, and for all where that is refused."""
    try:
        status, leads_to = _question(opener, "HEAD", address, timeout)
    except (OSError, HTTPException):
        status, leads_to = 500, ""
    return (status, leads_to) if status < 400 else _question(opener, "GET", address, timeout)


def _question(opener: _Opener, method: str, address: str, timeout: float) -> tuple[int, str]:
    request = Request(in_ascii(address), method=method, headers={"User-Agent": AGENT, "Accept": "*/*"})
    opener.line, opener.late = None, False
    watch = Timer(timeout, opener.break_off)
    watch.start()
    try:
        with opener.open(request, timeout=timeout) as response:
            return response.status, response.headers.get("Location") or ""
    except (OSError, HTTPException, ValueError) as error:
        if opener.late:
            raise TimeoutError from error
        raise
    finally:
        watch.cancel()


def in_ascii(address: str) -> str:
    """An address as it is asked: the letters of its host by their IDNA names, all others in hexadecimal.

    Raises `ValueError` for a host that cannot be.
    """
    parts = urlsplit(address)
    return quote(parts._replace(netloc=parts.netloc.encode("idna").decode()).geturl(), safe=_IN_ADDRESSES)


def _reason(error: Exception) -> str:
    """Why there was no answer, in plain words where we know them; never in words that the site has sent."""
    reason = getattr(error, "reason", error)
    if isinstance(reason, TimeoutError):
        return "no answer in time"
    if isinstance(error, OSError):
        return str(reason) or type(reason).__name__
    return "the address, or what it answers, is not as the web has it"
