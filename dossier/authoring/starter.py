"""An empty dossier: the files that lie in `starter_files/`, with its title written in. It builds and checks as it is."""

from __future__ import annotations

import json
import re
import shutil
import tempfile
from html import escape
from pathlib import Path

from dossier.authoring.program import get_pip_requirement
from dossier.model import Dossier
from dossier.model.problems.problem import FORBIDDEN_CHARACTERS_PATTERN, UnreadableError
from dossier.pages.index_pages import build_index_pages

STARTER_FOLDER = Path(__file__).parent / "starter_files"

NAMES_ALLOWED_IN_EMPTY_FOLDER = frozenset({".git"})
"""What a folder may hold and count as empty: a repository in which nothing lies yet."""

MAX_LISTED_BLOCKING_FILES = 5
"""Files that are named of those that stand in the way."""

LOCAL_REQUIREMENT_NOTE = """\
**On this machine only:** the program was installed from a file or folder of the machine on which this dossier was begun,
and `requirements.txt` names that place. Before anybody else sets up, write there where they can get it: a release, which
is `mkdocs-dossier[captures]==` and its number, or a repository, as in `mkdocs-dossier[captures] @ git+https://…`."""
"""What the new dossier's README says where nobody else can install what `requirements.txt` names."""

_TITLE_MARKDOWN_CHARACTERS = re.compile(r"[\\`*_{}\[\]#]")


def create_empty_dossier(folder: Path, title: str) -> None:
    """Make a new, empty dossier in a folder that is empty or not there yet; raises `Unreadable` and leaves nothing else.

    It is made beside the folder, or hidden in it where it is there already, and moved when it is whole.
    """
    check_folder_is_empty(folder)
    if FORBIDDEN_CHARACTERS_PATTERN.search(title):
        raise UnreadableError("the title holds an invisible control character", "type it again")
    there = folder.is_dir()
    try:
        folder.parent.mkdir(parents=True, exist_ok=True)
        made = Path(tempfile.mkdtemp(dir=folder if there else folder.parent, prefix=".dossier."))
    except OSError as error:
        raise _create_folder_unwritable_error(folder, error) from error
    try:
        _write_starter_files(made / "whole", title)
        if there:
            for part in list((made / "whole").iterdir()):
                part.rename(folder / part.name)
        else:
            (made / "whole").rename(folder)
    except OSError as error:
        raise _create_folder_unwritable_error(folder, error) from error
    finally:
        shutil.rmtree(made, ignore_errors=True)


def check_folder_is_empty(folder: Path) -> None:
    """Raise `Unreadable` where something stands in the way of a new dossier, and name it."""
    help = "name a folder that is empty or not there yet, as in `dossier init my-dossier`"
    try:
        there = sorted(file.name for file in folder.iterdir() if file.name not in NAMES_ALLOWED_IN_EMPTY_FOLDER)
    except FileNotFoundError:
        return
    except NotADirectoryError:
        raise UnreadableError(f"{folder} is a file", help) from None
    except OSError as error:
        raise UnreadableError(f"{folder} cannot be read: {error.strerror}", help) from error
    if there:
        more = f" and {len(there) - MAX_LISTED_BLOCKING_FILES} more" if len(there) > MAX_LISTED_BLOCKING_FILES else ""
        raise UnreadableError(f"{folder} is not empty: it holds {', '.join(there[:MAX_LISTED_BLOCKING_FILES])}{more}", help)


def _write_starter_files(folder: Path, title: str) -> None:
    """The files of an empty dossier, with what differs from one to another put in."""
    shutil.copytree(STARTER_FOLDER, folder, copy_function=shutil.copyfile)
    title, requirement = " ".join(title.split()), get_pip_requirement()
    words = {
        "{title:yaml}": json.dumps(title, ensure_ascii=False),
        "{title:markdown}": escape(_TITLE_MARKDOWN_CHARACTERS.sub(r"\\\g<0>", title), quote=False),
        "{pages:nav}": "\n  - ".join(_list_navigation_entries()),
        "{program}": requirement,
        "{program:note}\n\n": f"{LOCAL_REQUIREMENT_NOTE}\n\n" if is_local_requirement(requirement) else "",
    }
    for file in folder.rglob("*"):
        if file.is_file():
            text = file.read_text(encoding="utf-8")
            # In one pass, since a title may itself hold what looks like a mark.
            text = re.sub("|".join(map(re.escape, words)), lambda mark: words[mark[0]], text)
            file.write_text(text, encoding="utf-8", newline="\n")


def _list_navigation_entries() -> list[str]:
    """The pages that every dossier has, as `Title: file`; that of corrections stands among the pages on the site itself."""
    pages = (page for page in build_index_pages(Dossier(), preview=False) if page.in_nav and page.url != "corrections/")
    return [f"{page.title}: {page.url}index.md" for page in pages]


def is_local_requirement(requirement: str) -> bool:
    """Whether what pip is to install lies on this machine, so that nobody else can install it."""
    return " @ file:" in requirement


def _create_folder_unwritable_error(folder: Path, error: OSError) -> UnreadableError:
    return UnreadableError(
        f"{folder} cannot be made: {error.strerror}", "check the name and the permissions of the folder around it"
    )
