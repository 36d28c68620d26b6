"""An empty dossier: the files in `starter_files/` with a title inserted. It builds and passes every check."""

from __future__ import annotations

import json
import re
import tempfile
from fnmatch import fnmatchcase
from html import escape
from pathlib import Path

from dossier.authoring.installed_program import get_pip_requirement
from dossier.authoring.schema import build_schemas, write_schemas
from dossier.loading import read_dossier
from dossier.loading.files import TEMPORARY_SUFFIX, describe_os_error, remove_left_overs
from dossier.model import Dossier
from dossier.model.problems.problem import FORBIDDEN_CHARACTERS_PATTERN, UnreadableError
from dossier.pages.page_registry import build_index_pages

STARTER_FOLDER = Path(__file__).parent / "starter_files"

NAMES_ALLOWED_IN_EMPTY_FOLDER = frozenset({".git"})
"""What an empty folder may hold: a repository without files. What a killed command left there is in nobody's way either."""

_STAGING_NAME = "dossier"
"""How the hidden folder begins that the files are written in, whatever the dossier's folder is called."""

MAX_LISTED_BLOCKING_FILES = 5
"""Maximum number of files that a message names."""

LOCAL_REQUIREMENT_NOTE = """\
**On this machine only:** the program was installed from a file or folder of the machine on which this dossier was begun,
and `requirements.txt` names that place. Before anybody else sets up, write there where they can get it: a release, which
is `mkdocs-dossier[captures]==` and its number, or a repository, as in `mkdocs-dossier[captures] @ git+https://…`."""
"""Text of the new README if nobody else can install what `requirements.txt` names."""

_TITLE_MARKDOWN_CHARACTERS = re.compile(r"[\\`*_{}\[\]#]")


def create_empty_dossier(folder: Path, title: str) -> None:
    """Write a new dossier into a folder that is empty or does not exist; raises `UnreadableError` and leaves nothing.

    The files are written beside the folder, or in a hidden folder in it if it exists, and moved when they are complete.
    """
    check_folder_is_empty(folder)
    if FORBIDDEN_CHARACTERS_PATTERN.search(title):
        raise UnreadableError("the title holds an invisible control character", "type it again")
    exists = folder.is_dir()
    parent = folder if exists else folder.parent
    remove_left_overs(parent / _STAGING_NAME)
    try:
        parent.mkdir(parents=True, exist_ok=True)
        staging_folder = tempfile.TemporaryDirectory(TEMPORARY_SUFFIX, f".{_STAGING_NAME}.", parent, ignore_cleanup_errors=True)
        with staging_folder as temporary:
            complete = Path(temporary, "complete")
            _write_starter_files(complete, title)
            if exists:
                for part in list(complete.iterdir()):
                    part.rename(folder / part.name)
            else:
                complete.rename(folder)
    except OSError as error:
        help = "check the name and the permissions of the folder around it"
        raise UnreadableError(f"{folder} cannot be made: {describe_os_error(error)}", help) from error


def check_folder_is_empty(folder: Path) -> None:
    """Raise `UnreadableError` if a folder holds anything, and name it."""
    help = "name a folder that is empty or not there yet, as in `dossier init my-dossier`"
    try:
        names = sorted(file.name for file in folder.iterdir() if not _is_allowed_in_empty_folder(file.name))
    except FileNotFoundError:
        return
    except NotADirectoryError:
        raise UnreadableError(f"{folder} is a file", help) from None
    except OSError as error:
        raise UnreadableError(f"{folder} cannot be read: {error.strerror}", help) from error
    if names:
        more = f" and {len(names) - MAX_LISTED_BLOCKING_FILES} more" if len(names) > MAX_LISTED_BLOCKING_FILES else ""
        raise UnreadableError(f"{folder} is not empty: it holds {', '.join(names[:MAX_LISTED_BLOCKING_FILES])}{more}", help)


def _is_allowed_in_empty_folder(name: str) -> bool:
    return name in NAMES_ALLOWED_IN_EMPTY_FOLDER or fnmatchcase(name, f".{_STAGING_NAME}.*{TEMPORARY_SUFFIX}")


def _write_starter_files(folder: Path, title: str) -> None:
    """Write the files of an empty dossier, with their marks replaced, and the schemas by which editors complete them."""
    title, requirement = " ".join(title.split()), get_pip_requirement()
    words = {
        "{title:yaml}": json.dumps(title, ensure_ascii=False),
        "{title:markdown}": escape(_TITLE_MARKDOWN_CHARACTERS.sub(r"\\\g<0>", title), quote=False),
        "{pages:nav}": "\n  - ".join(_list_navigation_entries()),
        "{program}": requirement,
        "{program:note}\n\n": f"{LOCAL_REQUIREMENT_NOTE}\n\n" if is_local_requirement(requirement) else "",
    }
    for source in (file for file in STARTER_FOLDER.rglob("*") if file.is_file()):
        file, text = folder / source.relative_to(STARTER_FOLDER), source.read_text(encoding="utf-8")
        # In one pass, since a title may itself hold what looks like a mark.
        text = re.sub("|".join(map(re.escape, words)), lambda mark: words[mark[0]], text)
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(text, encoding="utf-8", newline="\n")
    write_schemas(folder, build_schemas(read_dossier(folder)))


def _list_navigation_entries() -> list[str]:
    """The index pages as `Title: file`, without the page of corrections, which the template lists elsewhere."""
    pages = (page for page in build_index_pages(Dossier(), preview=False) if page.in_nav and page.url != "corrections/")
    return [f"{page.title}: {page.url}index.md" for page in pages]


def is_local_requirement(requirement: str) -> bool:
    """Whether what pip is to install lies on this machine, so that nobody else can install it."""
    return " @ file:" in requirement
