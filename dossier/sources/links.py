"""Asks web addresses whether what they lead to is still there. Politely: one question at a time to each site, with pauses."""

from __future__ import annotations

import time
from collections import defaultdict
from collections.abc import Iterable, Mapping
from concurrent.futures import ThreadPoolExecutor
from http.client import HTTPException
from importlib.metadata import version
from urllib.parse import quote, urljoin, urlsplit
from urllib.request import HTTPHandler, HTTPSHandler, OpenerDirector, ProxyHandler, Request

from dossier.model.links import Answer, Outcome

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


class _Opener(OpenerDirector):
    """Opens web addresses and nothing else, and hands over every answer as it is: no redirection is followed unseen."""

    def __init__(self) -> None:
        super().__init__()
        for handler in (ProxyHandler(), HTTPHandler(), HTTPSHandler()):
            self.add_handler(handler)


def answers(addresses: Iterable[str], timeout: float = 20, pause: float = 1) -> dict[str, Answer]:
    """What each address answers, in the order given; `timeout` for each question and `pause` between two are in seconds."""
    sites: defaultdict[str, list[str]] = defaultdict(list)
    for address in addresses:
        sites[urlsplit(address).netloc.lower()].append(address)
    with ThreadPoolExecutor(AT_ONCE) as pool:
        told = pool.map(lambda site: _ask_site(site, timeout, pause), sites.values())
        known = {address: answer for answered in told for address, answer in answered.items()}
    return {address: known[address] for site in sites.values() for address in site}


def _ask_site(addresses: Iterable[str], timeout: float, pause: float) -> Mapping[str, Answer]:
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


def _ask(opener: OpenerDirector, address: str, timeout: float) -> Answer:
    """What an address answers in the end, its redirections followed."""
    at, moved_to, for_good = address, "", True
    for _ in range(MOST_HOPS):
        try:
            status, leads_to = _status(opener, at, timeout)
        except (OSError, HTTPException, ValueError) as error:
            return Answer("unreachable", _reason(error))
        if status not in REDIRECTING or not leads_to:
            return _judged(status, moved_to)
        at = urljoin(at, leads_to)
        if urlsplit(at).scheme not in ("http", "https"):
            return Answer("unreachable", "it leads to what is no web address")
        for_good = for_good and status in PERMANENT
        moved_to = at if for_good else moved_to
    return Answer("unreachable", f"it leads on more than {MOST_HOPS} times")


def _judged(status: int, moved_to: str) -> Answer:
    """What a final status means."""
    if status < 400:
        return Answer("moved", f"status {status}", moved_to) if moved_to else Answer("there", f"status {status}")
    outcome: Outcome = "gone" if status in GONE else "unreachable" if status >= 500 else "refused"
    return Answer(outcome, f"status {status}", moved_to)


def _status(opener: OpenerDirector, address: str, timeout: float) -> tuple[int, str]:
    """Status of an address, and where it leads on; asked for the head only, and for all where that is refused."""
    try:
        status, leads_to = _question(opener, "HEAD", address, timeout)
    except (OSError, HTTPException):
        status, leads_to = 500, ""
    return (status, leads_to) if status < 400 else _question(opener, "GET", address, timeout)


def _question(opener: OpenerDirector, method: str, address: str, timeout: float) -> tuple[int, str]:
    request = Request(in_ascii(address), method=method, headers={"User-Agent": AGENT, "Accept": "*/*"})
    with opener.open(request, timeout=timeout) as response:
        return response.status, response.headers.get("Location") or ""


def in_ascii(address: str) -> str:
    """An address as it is asked: the letters of its host by their IDNA names, all others in hexadecimal.

    Raises `ValueError` for a host that cannot be.
    """
    parts = urlsplit(address)
    return quote(parts._replace(netloc=parts.netloc.encode("idna").decode()).geturl(), safe=_IN_ADDRESSES)


def _reason(error: Exception) -> str:
    """Why there was no answer, in plain words where we know them."""
    reason = getattr(error, "reason", error)
    if isinstance(reason, TimeoutError):
        return "no answer in time"
    return str(reason) or type(error).__name__
