"""The fixtures of all tests: a copy of the example dossier, the captures where they are, and one built site."""

from __future__ import annotations

import fcntl
import os
import signal
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

pytest.register_assert_rewrite("support")

from dossier.model import Dossier  # noqa: E402
from support.browsing import base, browser  # noqa: E402, F401  # fixtures
from support.dossiers import CAPTURES, ROOT, make_example, start_mkdocs  # noqa: E402
from support.large_example import make_large_example  # noqa: E402
from support.released import released_site  # noqa: E402, F401  # a fixture
from support.reused_pages import fresh_page, open_page, page, plain, shelf  # noqa: E402, F401  # fixtures

CONTACT = "desk@dossier.example"
"""Whom readers of the built site reach: where there is nobody, nothing can be reported."""

SKIP_NOTHING = "DOSSIER_SKIP_NOTHING"


def pytest_addoption(parser: pytest.Parser) -> None:
    """`--renew` writes down what is printed now, for people to read before they commit it."""
    parser.addoption("--renew", action="store_true", help="write the messages of the poisoned cases anew")


def pytest_configure() -> None:
    """End by signals as at a terminal: a shell has what runs in its background ignore some, and children inherit that."""
    signal.signal(signal.SIGINT, signal.default_int_handler)
    for number in (signal.SIGHUP, signal.SIGQUIT):
        signal.signal(number, signal.SIG_DFL)


@pytest.fixture(autouse=True)
def _no_captures_from_outside(monkeypatch: pytest.MonkeyPatch) -> None:
    """Tests say themselves where captures are, whether quotations may wait for a lock, and whether anybody reads the output."""
    for name in ("DOSSIER_CAPTURES", "DOSSIER_PENDING", "CI"):
        monkeypatch.delenv(name, raising=False)


@pytest.fixture
def example(tmp_path: Path) -> Path:
    """A copy of the example dossier, locked, to change at will."""
    return make_example(tmp_path / "example")


@pytest.fixture(scope="session")
def large_dossier(tmp_path_factory: pytest.TempPathFactory) -> Dossier:
    """The large example as readers get it; its files are not to be changed."""
    return make_large_example(tmp_path_factory.mktemp("large") / "example")


@pytest.fixture(scope="session")
def captures() -> Path:
    """Where the captures of the five articles are; skips where they are not."""
    folder = (ROOT / CAPTURES).resolve()
    if not list(folder.glob("*.txt")):
        pytest.skip("the captures of the five articles are not here (DOSSIER_CAPTURES names their folder)")
    return folder


@pytest.fixture(scope="session")
def site(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The real dossier's site, built once by MkDocs as a reader gets it, with the captures at hand where they are."""
    run = tmp_path_factory.getbasetemp()
    if "PYTEST_XDIST_WORKER" in os.environ:
        run = run.parent  # which the processes of this run share
    folder, captures = run / "the-site", (ROOT / CAPTURES).resolve()
    with (run / "the-site.lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)  # whoever comes second waits for the site that the first one builds
        if not folder.is_dir():
            made = run / "the-site-in-the-making"
            at_hand = {"DOSSIER_CAPTURES": str(captures)} if captures.is_dir() else {}
            start_mkdocs(ROOT, "build", "--strict", "--site-dir", str(made), DOSSIER_CONTACT=CONTACT, **at_hand)
            made.rename(folder)
    return folder


@pytest.fixture
def replace() -> Callable[[Path, str, str], None]:
    """Change words of a file that must be there."""

    def replaced(file: Path, old: str, new: str) -> None:
        text = file.read_text(encoding="utf-8")
        assert old in text, f"{old!r} is not in {file}"
        file.write_text(text.replace(old, new, 1), encoding="utf-8")

    return replaced


@pytest.hookimpl(wrapper=True)
def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter) -> Iterator[None]:
    """Say in plain words what was skipped, and why."""
    yield
    for report in terminalreporter.stats.get("skipped", []):
        if isinstance(report.longrepr, tuple):
            terminalreporter.write_line(f"skipped {report.nodeid}: {report.longrepr[2].removeprefix('Skipped: ')}")


def pytest_sessionfinish(session: pytest.Session, exitstatus: int) -> None:
    """Where nothing may be skipped, a skip is a failure."""
    reporter = session.config.pluginmanager.get_plugin("terminalreporter")
    if os.environ.get(SKIP_NOTHING) and reporter and reporter.stats.get("skipped") and exitstatus == 0:
        session.exitstatus = pytest.ExitCode.TESTS_FAILED
