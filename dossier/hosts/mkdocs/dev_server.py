"""Prepares a preview, which shows private texts: its address, its server and its folder."""

from __future__ import annotations

import errno
import ipaddress
import os
import socket
from pathlib import Path
from typing import IO

from mkdocs.exceptions import PluginError
from mkdocs.plugins import get_plugin_logger

from dossier.hosts.mkdocs.preview_folder import claim_preview_folder, remove_stale_preview_folders
from dossier.hosts.mkdocs.request_guard import guard_preview_server, is_loopback_host

MAX_PORT = 65_535

NETWORK_PREVIEW_VARIABLE = "DOSSIER_SHOW_PRIVATE_TEXTS_TO_NETWORK"
"""The environment variable that lets other machines reach a preview. Not a setting: a proposal could change that."""


def prepare_preview(host: str, port: int, folder: Path, marker: IO[bytes] | None) -> IO[bytes]:
    """Make sure before a build that only this machine and this user read a preview, and that its folder is marked.

    Takes the file that marks the folder as in use, None before the first build, and returns it, to be kept open. Raises
    `PluginError` as `check_dev_address` and `claim_preview_folder` do.
    """
    if not marker:
        check_dev_address(host, port)
        if not is_loopback_host(host):
            get_plugin_logger("dossier").info("other machines can read this preview, with its drafts and whole private articles")
        guard_preview_server()
        os.umask(0o077)  # MkDocs makes a folder that somebody has removed again, and not for its owner only
        remove_stale_preview_folders(folder.parent)
    return claim_preview_folder(folder, marker)


def check_dev_address(host: str, port: int) -> None:
    """Take the address that `mkdocs serve` will take, and give it back at once.

    Raises:
        PluginError: other machines could reach it, or it cannot be taken; the text says why, and how to name another.
    """
    address = f"{_format_host(host)}:{port}"
    if not is_loopback_host(host) and os.environ.get(NETWORK_PREVIEW_VARIABLE) != "true":
        raise PluginError(
            f"at {address}, other machines could read this preview, with its drafts and whole private articles; leave out "
            f"`-a` and `dev_addr:`, or name 127.0.0.1:{port}. If they are to read it, set {NETWORK_PREVIEW_VARIABLE}=true"
        )
    if not 1 <= port <= MAX_PORT:
        raise PluginError(f"no preview can be served at {address}: a port is a number from 1 to {MAX_PORT}; name another with -a")
    try:
        socket.create_server((host, port), family=_get_address_family(host)).close()
    except OSError as error:
        other = port + 1 if 1024 <= port < MAX_PORT else 8001
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
