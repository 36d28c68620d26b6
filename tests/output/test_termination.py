"""Signals that end the program: they raise, once, and what was ignored stays so."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor

import pytest

from dossier.output.termination import TERMINATION_SIGNALS, exit_on_termination, raise_on_termination


@pytest.fixture(autouse=True)
def _earlier_handlers() -> Iterator[None]:
    earlier = {number: signal.getsignal(number) for number in TERMINATION_SIGNALS}
    yield
    for number, handler in earlier.items():
        signal.signal(number, handler)


@pytest.mark.parametrize("number", TERMINATION_SIGNALS)
def test_a_signal_raises_and_those_after_it_do_not(number: int) -> None:
    is_ignored = signal.getsignal(number) == signal.SIG_IGN  # as Python has SIGPIPE be
    assert (number in raise_on_termination()) is not is_ignored
    if is_ignored:
        return
    with pytest.raises(KeyboardInterrupt if number == signal.SIGINT else SystemExit) as raised:
        os.kill(os.getpid(), number)
    assert raised.type is KeyboardInterrupt or raised.value.args == (128 + number,)
    for later in TERMINATION_SIGNALS:
        os.kill(os.getpid(), later)  # or this test would end here


@pytest.mark.skipif(sys.platform != "linux", reason="which signals end a program differs from system to system")
def test_every_signal_that_would_end_a_program_is_handled() -> None:
    faults = {signal.SIGKILL, signal.SIGBUS, signal.SIGFPE, signal.SIGILL, signal.SIGSEGV}
    for number in sorted(signal.valid_signals() - faults):
        script = f"""if True:
            import os, resource, signal
            resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
            signal.signal({number}, signal.SIG_DFL)
            os.kill(os.getpid(), {number})
        """
        if number != signal.SIGSTOP:
            with subprocess.Popen([sys.executable, "-S", "-E", "-c", script]) as process:
                _, status = os.waitpid(process.pid, os.WUNTRACED)
                is_ended = os.WIFSIGNALED(status)
                process.kill()
            assert (number in TERMINATION_SIGNALS) is is_ended, number


def test_what_is_ignored_stays_so() -> None:
    signal.signal(signal.SIGHUP, signal.SIG_IGN)
    raise_on_termination()
    os.kill(os.getpid(), signal.SIGHUP)
    assert signal.getsignal(signal.SIGHUP) is signal.SIG_IGN


def test_what_the_host_handles_is_its_own() -> None:
    heard: list[int] = []
    signal.signal(signal.SIGUSR1, lambda number, frame: heard.append(number))
    with exit_on_termination():
        os.kill(os.getpid(), signal.SIGUSR1)
    os.kill(os.getpid(), signal.SIGUSR1)
    assert heard == [signal.SIGUSR1, signal.SIGUSR1]


def test_in_another_thread_nothing_is_handled_and_nothing_fails() -> None:
    def work() -> dict[int, object]:
        with exit_on_termination():
            return raise_on_termination()

    with ThreadPoolExecutor() as pool:
        assert pool.submit(work).result() == {}


def test_behind_the_block_signals_are_handled_as_before() -> None:
    earlier = signal.getsignal(signal.SIGTERM)
    with pytest.raises(SystemExit) as raised, exit_on_termination():
        os.kill(os.getpid(), signal.SIGTERM)
    assert raised.value.code == 128 + signal.SIGTERM
    assert signal.getsignal(signal.SIGTERM) == earlier
