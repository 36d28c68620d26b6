"""Signals that end the program: they raise, once, and what was ignored stays so."""

from __future__ import annotations

import os
import signal
from collections.abc import Iterator

import pytest

from dossier.output.termination import TERMINATION_SIGNALS, exit_on_termination, raise_on_termination


@pytest.fixture(autouse=True)
def _earlier_handlers() -> Iterator[None]:
    earlier = {number: signal.getsignal(number) for number in TERMINATION_SIGNALS}
    yield
    for number, handler in earlier.items():
        signal.signal(number, handler)


@pytest.mark.parametrize(
    ("number", "raised"), [(signal.SIGTERM, SystemExit), (signal.SIGHUP, SystemExit), (signal.SIGINT, KeyboardInterrupt)]
)
def test_a_signal_raises_and_those_after_it_do_not(number: signal.Signals, raised: type[BaseException]) -> None:
    raise_on_termination()
    with pytest.raises(raised):
        os.kill(os.getpid(), number)
    ends = [signal.getsignal(later) for later in TERMINATION_SIGNALS]
    assert len(ends) == 3
    assert len(set(ends)) == 1
    for later in TERMINATION_SIGNALS:
        os.kill(os.getpid(), later)  # or this test would end here


def test_what_is_ignored_stays_so() -> None:
    signal.signal(signal.SIGHUP, signal.SIG_IGN)
    raise_on_termination()
    os.kill(os.getpid(), signal.SIGHUP)
    assert signal.getsignal(signal.SIGHUP) is signal.SIG_IGN


def test_behind_the_block_signals_are_handled_as_before() -> None:
    earlier = signal.getsignal(signal.SIGTERM)
    with pytest.raises(SystemExit) as raised, exit_on_termination():
        os.kill(os.getpid(), signal.SIGTERM)
    assert raised.value.code == 128 + signal.SIGTERM
    assert signal.getsignal(signal.SIGTERM) == earlier
