"""The address of a preview: whether it is free, asked before the first build instead of after it."""

from __future__ import annotations

import errno
import ipaddress
import socket

from mkdocs.exceptions import PluginError

MAX_PORT = 65_535


def check_dev_address(host: str, port: int) -> None:
    """Take the address that `mkdocs serve` will take, and give it back at once.

    Raises:
        PluginError: the address cannot be taken; the text says why, and how to name another.
    """
    try:
        socket.create_server((host, port), family=_get_address_family(host)).close()
    except OSError as error:
        address, other = f"{_format_host(host)}:{port}", port + 1 if 1024 <= port < MAX_PORT else 8001
        if error.errno == errno.EADDRINUSE:
            cure = f"`mkdocs serve -a {_format_host(host)}:{other}` or, where there is a Makefile, `make serve PORT={other}`"
            raise PluginError(
                f"{address} is in use by another program, perhaps another preview; end that one, or take another port: {cure}"
            ) from error
        why = (error.strerror or str(error)).partition(" (while")[0]  # what follows repeats the address
        raise PluginError(f"no preview can be served at {address}: {why}; name another address with -a") from error


def _get_address_family(host: str) -> socket.AddressFamily:
    """The family that MkDocs' server takes for a host: that of names is IPv4."""
    try:
        return socket.AF_INET6 if ipaddress.ip_address(host).version == 6 else socket.AF_INET
    except ValueError:
        return socket.AF_INET


def _format_host(host: str) -> str:
    """A host as it is written before a port."""
    return f"[{host}]" if ":" in host else host
