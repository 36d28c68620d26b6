"""Add files to a dossier and entries to its lists, without changing what exists."""

from __future__ import annotations

import re
import textwrap
from pathlib import Path

from dossier.authoring.schema import format_schema_comment
from dossier.loading.files import is_inside, read_limited_bytes, write_atomically
from dossier.loading.reader import RecordReader
from dossier.loading.yaml_loader import MAX_YAML_BYTES, decode_yaml, load_yaml
from dossier.model.problems.problem import UnreadableError
from dossier.model.yaml_node import YamlNode


def check_path_is_free(file: Path, root: Path) -> None:
    """Raise `UnreadableError` if a file exists, or its path in the dossier leads out of it."""
    is_within = file.is_relative_to(root)
    name = file.relative_to(root).as_posix() if is_within else str(file)
    if is_within and not is_inside(file.parent, root):
        raise UnreadableError(f"{name} would lie outside the dossier", "make its folder a real one, not a link")
    if file.exists() or file.is_symlink():
        help = "change that file, or choose another name with --id"
        raise UnreadableError(f"{name} is there already; nothing was written", help)


def write_new_file(file: Path, content: str | bytes) -> None:
    """Write a file that does not exist, and the folders above it. Raises `UnreadableError`."""
    try:
        file.parent.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise UnreadableError(f"{file.parent} cannot be made: {error.strerror}", "check what is in its place") from error
    write_atomically(file, content)


def read_list_ids(file: Path, root: Path, key: str = "id") -> set[str]:
    """Ids of a list's entries (or their texts of another key), valid or not; none if the file cannot be read."""
    reader = RecordReader(root)
    text = reader.read_text(file) if file.exists() else None
    node = reader.parse_yaml(text, file.name) if text is not None else None
    entries = [entry.get_child(key) for entry in node.iter_list_items()] if node else []
    return {name.value for name in entries if name and isinstance(name.value, str)}


def add_list_entry(file: Path, root: Path, entry: str) -> None:
    """Append an entry to the file of a list, which is made if it does not exist. Raises `UnreadableError`."""
    if file.exists():
        write_atomically(file, append_list_entry(file, root, entry))
    else:
        check_path_is_free(file, root)
        write_new_file(file, f"{format_schema_comment(file.relative_to(root).as_posix())}\n{entry}")


def append_list_entry(file: Path, root: Path, entry: str) -> str:
    """The text of a list with an entry appended, every character before it unchanged.

    The entry is indented as the others are. Raises `UnreadableError` if the file cannot be read, or the result is not
    the list with the entry.
    """
    reader, path = RecordReader(root), file.relative_to(root).as_posix()
    text = reader.read_text(file)
    # Without a line feed at the end, a block scalar there would seem to change.
    before = reader.parse_yaml(text if text.endswith("\n") else f"{text}\n", path) if text is not None else None
    if before is None:
        problem = reader.problems[0]
        raise UnreadableError(f"{problem.location}: {problem.message}; nothing was written", problem.help)
    raw = read_limited_bytes(file, MAX_YAML_BYTES, root).decode("utf-8")
    ending = "\r\n" if "\r\n" in raw else "\n"
    margin = re.search(r"^( *)- ", text or "", re.MULTILINE)
    added = textwrap.indent(entry, margin[1] if margin else "").replace("\n", ending)
    new_text = raw + ("" if not raw or raw.endswith("\n") else ending) + added
    content = decode_yaml(new_text.encode("utf-8"), path)
    after = load_yaml(content, path) if isinstance(content, str) else content
    old_items = [node.to_plain_value() for node in before.iter_list_items()]
    new_items = [node.to_plain_value() for node in after.iter_list_items()] if isinstance(after, YamlNode) else []
    if len(new_items) != len(old_items) + 1 or new_items[:-1] != old_items:
        help = "write the file as a list whose entries each begin with a hyphen, and try again"
        raise UnreadableError(f"no entry can be put behind what stands in {path}; nothing was written", help)
    return new_text
