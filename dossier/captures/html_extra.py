"""The optional libraries that read saved web pages: the extra `captures` of the package. Plain-text captures need none of it."""

from __future__ import annotations

import shlex
import sys
from collections.abc import Iterator
from contextlib import contextmanager

from dossier.model.problems.problem import UnreadableError

CAPTURES_REQUIREMENT = "mkdocs-dossier[captures]"
"""What pip is to install. Where the program is installed, pip takes it from there and fetches the libraries alone."""


@contextmanager
def explain_missing_html_libraries() -> Iterator[None]:
    """Wrap an import of `html_page`, and nothing else.

    Raises:
        UnreadableError: a library is missing; the help is the command that installs it for the Python that runs here.
    """
    try:
        yield
    except ImportError as error:
        message = f"reading saved web pages needs libraries that are not installed ({error.name or error})"
        command = shlex.join([sys.executable, "-m", "pip", "install", CAPTURES_REQUIREMENT])
        raise UnreadableError(message, f"install them with `{command}`", "unreadable-file") from error
