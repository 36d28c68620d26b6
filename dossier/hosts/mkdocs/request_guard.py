"""Guards the server of a preview: it answers only who asked for this machine, and lets no other page embed its answers.

A preview shows private texts. A page of another site, open in the same browser, could read them if its host's name is made
to lead to this machine (DNS rebinding); the browser then still sends that name, as Host.
"""

from __future__ import annotations

import ipaddress
import re
from collections.abc import Callable, Iterable
from typing import Any
from wsgiref.simple_server import WSGIServer

from mkdocs.livereload import LiveReloadServer

WsgiApp = Callable[[dict[str, Any], Callable[..., Any]], Iterable[bytes]]

_HOST_PATTERN = re.compile(r"(?:\[([0-9a-f:.]+)\]|([a-z0-9.-]+))(?::\d*)?", re.IGNORECASE | re.ASCII)
"""The header Host: a name or an IPv4 address, or an IPv6 address in brackets, and perhaps a port."""

_HIDDEN_FILE_PATTERN = re.compile(r"[/\\]\.")
"""In the path of a file that no site publishes: the mark of the preview's folder, an index that is not whole yet."""

PRIVATE_RESPONSE_HEADERS = (
    ("Cache-Control", "no-store"),  # or the texts stay in the browser's cache
    ("Cross-Origin-Opener-Policy", "same-origin"),
    ("Cross-Origin-Resource-Policy", "same-origin"),
    ("X-Content-Type-Options", "nosniff"),
    ("X-Frame-Options", "DENY"),
)

REFUSAL_TEXT = (
    "This preview answers only to the address of the machine that it runs on, since it shows private texts.\n"
    "Open the address that `mkdocs serve` has printed, as in http://127.0.0.1:8000/.\n"
)


def guard_preview_server() -> None:
    """Guard every request to MkDocs' server, whichever its path.

    The class is told, not the server: with `--no-livereload`, MkDocs asks no plugin about its server.
    """
    LiveReloadServer.get_app = _get_guarded_app  # type: ignore[assignment, method-assign]


def _get_guarded_app(server: WSGIServer) -> WsgiApp:
    return guard_requests(WSGIServer.get_app(server), is_public=not is_loopback_host(str(server.server_address[0])))  # type: ignore[arg-type]


def guard_requests(app: WsgiApp, is_public: bool) -> WsgiApp:
    """An application that refuses requests meant for another host, hides hidden files, and adds headers against embedding.

    `is_public` says that the server was asked to answer other machines too; they name it by one of its addresses.
    """

    def answer(environ: dict[str, Any], start_response: Callable[..., Any]) -> Iterable[bytes]:
        def start(status: str, headers: list[tuple[str, str]], *exception: Any) -> Any:
            return start_response(status, [*headers, *PRIVATE_RESPONSE_HEADERS], *exception)

        # A request target that is no path, but a whole address, names another host than the header does.
        if environ["PATH_INFO"].startswith("/") and _is_host_allowed(environ.get("HTTP_HOST", ""), is_public):
            if not _HIDDEN_FILE_PATTERN.search(_decode_path(environ["PATH_INFO"])):
                return app(environ, start)
            start("404 Not Found", [("Content-Type", "text/plain; charset=utf-8")])
            return [b"404 Not Found"]
        start("421 Misdirected Request", [("Content-Type", "text/plain; charset=utf-8")])
        return [REFUSAL_TEXT.encode()]

    return answer


def is_loopback_host(host: str) -> bool:
    """Whether a host is this machine as only itself can reach it: `localhost`, or an address such as 127.0.0.1 or ::1."""
    name = host.lower().removesuffix(".")
    try:
        return name == "localhost" or ipaddress.ip_address(name).is_loopback
    except ValueError:
        return False


def _is_host_allowed(header: str, is_public: bool) -> bool:
    """Whether a header Host names this machine. No name of a domain does: whoever owns it says where it leads."""
    match = _HOST_PATTERN.fullmatch(header.strip())
    if not match:
        return False
    host = match[1] or match[2]
    return is_loopback_host(host) or (is_public and _is_ip_address(host))


def _decode_path(path: str) -> str:
    """A path as MkDocs' server decodes it: bytes that are not UTF-8 are left out, and could stand before the dot."""
    return path.encode("latin-1").decode("utf-8", "ignore")


def _is_ip_address(host: str) -> bool:
    try:
        ipaddress.ip_address(host)
    except ValueError:
        return False
    return True
