"""What ends a build, or would, without being a mistake in MkDocs or in a plugin, as one sentence instead of a traceback."""

from __future__ import annotations

import os
import traceback
from pathlib import Path

from jinja2 import TemplateNotFound
from mkdocs.config.defaults import MkDocsConfig
from mkdocs.exceptions import PluginError

from dossier.loading.files import describe_os_error
from dossier.model.problems.problem import UnreadableError


def refuse_unusable_settings(config: MkDocsConfig) -> None:
    """Raise `PluginError` for settings that MkDocs accepts, and with which it builds no site, or none that we can publish."""
    if not config.use_directory_urls:
        raise PluginError(
            "the pages of a dossier are published at addresses that end in a slash, as in /claims/; "
            "delete the line `use_directory_urls: false` from mkdocs.yml, or leave out `--no-directory-urls`"
        )
    if not all(isinstance(name, str) for name in config.extra_templates):
        raise PluginError("an entry of `extra_templates` in mkdocs.yml is no text; write the name of a file, as in `robots.txt`")


def describe_build_error(error: Exception) -> str:
    """The sentence; empty for an error that somebody has to look into."""
    if isinstance(error, UnreadableError):
        return f"{error.message}; {error.help}" if error.help else error.message
    if isinstance(error, UnicodeDecodeError):
        return "the file that is named above is not UTF-8 text; save it as UTF-8"
    if isinstance(error, UnicodeEncodeError):
        escape = ascii(error.object[error.start])[1:-1]
        return f"a text of mkdocs.yml holds {escape}, which is half of a character; `dossier check` says where"
    if isinstance(error, TemplateNotFound):  # which is an OSError too
        return f"the theme has no template {error.name}; write `theme: {{name: material}}`, or put the template into `custom_dir`"
    if isinstance(error, OSError):
        names = [os.path.relpath(name) for name in (error.filename, error.filename2) if isinstance(name, str)]
        place = f" ({' to '.join(names)})" if names else ""
        return f"a file could not be read or written: {describe_os_error(error)}{place}; check it, and that there is room"
    templates = [frame for frame in traceback.extract_tb(error.__traceback__) if frame.filename.endswith(".html")]
    if templates:
        name = "/".join(Path(templates[-1].filename).parts[-2:])
        return (
            f"line {templates[-1].lineno} of the template {name} ends with “{error}”; look at what `extra` in mkdocs.yml gives it"
        )
    return ""
