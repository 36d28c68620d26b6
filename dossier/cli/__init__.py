"""The command line, one module for each kind of work. The only part of the program that prints.

Content faults are printed as problems and end with status 1; wrong usage ends with status 2.
"""

# The modules of commands are imported because that adds their commands to the group.
from dossier.cli import captures, checking, editing, new, new_annotation, new_article, publishing, reviewing, starting  # noqa: F401
from dossier.cli.group import main

__all__ = ["main"]
