"""The command line, one module for each kind of work. The only part of the program that prints.

Content faults are printed as problems and end with status 1; wrong usage ends with status 2.
"""

from dossier.cli import captures, checking, editing, new, new_annotation, new_article, publishing, reviewing, starting
from dossier.cli.group import main

__all__ = [
    "captures",
    "checking",
    "editing",
    "main",
    "new",
    "new_annotation",
    "new_article",
    "publishing",
    "reviewing",
    "starting",
]
