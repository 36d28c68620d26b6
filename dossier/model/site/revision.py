"""The state of the repository that a site is built from, by the names that git and archives of software give it."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Revision:
    """A commit and its tree, the whole folder of the repository: their hashes of 40 hexadecimal digits."""

    commit: str
    tree: str

    @property
    def commit_swhid(self) -> str:
        """The commit's Software Hash Identifier (ISO/IEC 18670), which has git's own hash."""
        return f"swh:1:rev:{self.commit}"

    @property
    def tree_swhid(self) -> str:
        """The same of the tree."""
        return f"swh:1:dir:{self.tree}"
