"""New files into a dossier, and new entries into its lists: nothing that is there is written over or changed."""

from __future__ import annotations

import re
import textwrap
from pathlib import Path

from dossier.loading import yaml_loader as marked_yaml
from dossier.loading.files import is_inside, read_limited_bytes, write_atomically
from dossier.loading.reader import RecordReader
from dossier.model.problems.problem import UnreadableError
from dossier.model.yaml_node import YamlNode


def check_path_is_free(file: Path, root: Path) -> None:
    """Raise `Unreadable` where something stands at a file's place, or a place in the dossier leads out of it."""
    within = file.is_relative_to(root)
    name = file.relative_to(root).as_posix() if within else str(file)
    if within and not is_inside(file.parent, root):
        raise UnreadableError(f"{name} would lie outside the dossier", "make its folder a real one, not a link")
    if file.exists() or file.is_symlink():
        raise UnreadableError(
            f"{name} is there already; nothing was written", "change that file, or choose another name with --id"
        )


def write_new_file(file: Path, content: str | bytes) -> None:
    """Write a file whose place is free, and the folders above it; raises `Unreadable` where it cannot."""
    try:
        file.parent.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise UnreadableError(f"{file.parent} cannot be made: {error.strerror}", "check what is in its place") from error
    write_atomically(file, content)


def read_list_ids(file: Path, root: Path) -> set[str]:
    """Ids that the entries of a list have, also of those that are no records yet; none where it cannot be read."""
    reader = RecordReader(root)
    text = reader.read_text(file) if file.exists() else None
    node = reader.parse_yaml(text, file.name) if text is not None else None
    entries = [entry.get_child("id") for entry in node.iter_list_items()] if node else []
    return {name.value for name in entries if name and isinstance(name.value, str)}


def append_list_entry(file: Path, root: Path, entry: str) -> str:
    """The text of a list with an entry behind its last one, every character before it as it was.

    The entry is indented as its neighbours are. Raises `Unreadable` where the file cannot be read, or nothing can be
    put behind what stands in it.
    """
    reader, path = RecordReader(root), file.relative_to(root).as_posix()
    text = reader.read_text(file)
    # The last line is ended first: without its end, what a block at the end holds would seem to change.
    before = reader.parse_yaml(text if text.endswith("\n") else f"{text}\n", path) if text is not None else None
    if before is None:
        problem = reader.problems[0]
        raise UnreadableError(f"{problem.location}: {problem.message}; nothing was written", problem.help)
    raw = read_limited_bytes(file, marked_yaml.MAX_YAML_BYTES, root).decode("utf-8")
    ending = "\r\n" if "\r\n" in raw else "\n"
    margin = re.search(r"^( *)- ", text or "", re.MULTILINE)
    added = textwrap.indent(entry, margin[1] if margin else "").replace("\n", ending)
    whole = raw + ("" if not raw or raw.endswith("\n") else ending) + added
    content = marked_yaml.decode_yaml(whole.encode("utf-8"), path)
    after = marked_yaml.load_yaml(content, path) if isinstance(content, str) else content
    there = list(before.iter_list_items())
    items = list(after.iter_list_items()) if isinstance(after, YamlNode) else []
    if len(items) != len(there) + 1 or [node.to_plain_value() for node in items[:-1]] != [
        node.to_plain_value() for node in there
    ]:
        help = "write the file as a list whose entries each begin with a hyphen, and try again"
        raise UnreadableError(f"no entry can be put behind what stands in {path}; nothing was written", help)
    return whole
