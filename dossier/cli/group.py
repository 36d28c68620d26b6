"""The group that every command belongs to, and what commands share."""

from __future__ import annotations

import os
import re
import sys
from collections.abc import Sequence
from contextlib import suppress
from pathlib import Path
from typing import Any, NoReturn

import click

from dossier.authoring.installed_program import get_program_version
from dossier.model import Problem, UnreadableError
from dossier.output.garbage_collection import collect_garbage_rarely
from dossier.output.termination import exit_on_termination
from dossier.reports.problems import REPORT_FORMATTERS

format_option = click.option(
    "--format", "form", type=click.Choice(list(REPORT_FORMATTERS)), default="text", help="Who is to read it."
)
"""The option that says in which form problems are printed."""


class _ErrorReportingGroup(click.Group):
    """Reports errors of input and permission as one sentence with status 1 instead of a traceback."""

    def parse_args(self, ctx: click.Context, args: list[str]) -> list[str]:
        """Refuse arguments that are not UTF-8, since they could be neither written to a file nor printed."""
        for word in args:
            if re.search("[\ud800-\udfff]", word):
                raise click.UsageError(f"{word!a} is not UTF-8 text; type it again, or rename the file.", ctx)
        return super().parse_args(ctx, args)

    def invoke(self, ctx: click.Context) -> object:
        try:
            return super().invoke(ctx)
        except UnreadableError as error:
            raise click.ClickException(f"{error.message}\n  help: {error.help}" if error.help else error.message) from error
        except OSError as error:
            if error.filename is None:
                raise
            message = f"{error.filename} cannot be read or changed: {error.strerror}"
            help = "check what it is, its permissions, and those of its folder"
            raise click.ClickException(f"{message}\n  help: {help}") from error

    def main(self, *arguments: Any, **options: Any) -> Any:
        """Run a command; what cannot be printed ends with one sentence too, also where help is printed."""
        try:
            return super().main(*arguments, **options)
        except UnicodeEncodeError as error:
            character = error.object[error.start]
            message = f"{character!a} cannot be printed in the encoding {error.encoding}"
            _end_with_error(message, "set PYTHONIOENCODING=utf-8")
        except OSError as error:
            if error.filename is not None:
                raise
            _discard_output()
            _end_with_error(f"the output cannot be written: {error.strerror}", "check where it goes, and that there is room")


def _end_with_error(message: str, help: str) -> NoReturn:
    """End with status 1 and a sentence; for errors that click does not report itself."""
    click.ClickException(f"{message}\n  help: {help}").show()
    raise SystemExit(1)


def _discard_output() -> None:
    """Let what is still to be printed go nowhere, since Python would try once more when it ends, and print a traceback."""
    with suppress(OSError, ValueError):  # there may be no output behind the stream, as in tests
        nowhere = os.open(os.devnull, os.O_WRONLY)
        os.dup2(nowhere, sys.stdout.fileno())
        os.close(nowhere)


def _print_version(context: click.Context, parameter: click.Parameter, is_asked: bool) -> None:
    """Print the version and end; click's own option fails where the program was not installed."""
    if is_asked:
        click.echo(f"dossier, version {get_program_version()}")
        context.exit()


@click.group(cls=_ErrorReportingGroup)
@click.option("--root", type=click.Path(exists=True, file_okay=False, path_type=Path), default=".", help="The dossier's folder.")
@click.option(
    "--version", is_flag=True, is_eager=True, expose_value=False, callback=_print_version, help="Show the version and exit."
)
@click.help_option(hidden=True)  # who reads it has found it, and its line is the one too many for a screen
@click.pass_context
def main(context: click.Context, root: Path) -> None:
    """\b
    Publish an annotated dossier: articles and YAML in, a checked site out.
    Example: dossier check
    """  # \b keeps the lines as they are, so that all commands fit a screen
    collect_garbage_rarely()
    context.with_resource(exit_on_termination())
    context.obj = root.resolve()


def print_problems(problems: Sequence[Problem], root: Path, form: str = "text") -> None:
    """Print problems in a format; ends with status 1 if one of them is an error."""
    click.echo(REPORT_FORMATTERS[form](list(problems), root))
    if any(problem.severity == "error" for problem in problems):
        raise SystemExit(1)
