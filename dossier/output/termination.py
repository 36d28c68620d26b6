"""Signals that end the program: they end it by an exception, so that it leaves nothing half-written or private behind."""

from __future__ import annotations

import signal
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from types import FrameType

TERMINATION_SIGNALS = tuple(
    getattr(signal, name)
    for name in ("SIGINT", "SIGTERM", "SIGHUP")
    if hasattr(signal, name)  # Windows has no SIGHUP, which a closed terminal sends
)


@contextmanager
def exit_on_termination() -> Iterator[None]:
    """Have termination signals end a block by an exception; afterwards they are handled as before."""
    earlier = {number: signal.getsignal(number) for number in TERMINATION_SIGNALS}
    raise_on_termination()
    try:
        yield
    finally:
        for number, handler in earlier.items():
            signal.signal(number, handler)


def raise_on_termination() -> None:
    """Have termination signals raise `KeyboardInterrupt` or `SystemExit`; one that is ignored, as under nohup, stays so.

    Only the first of them counts: a second one would end the clearing away that the first one began. Does nothing in a
    thread other than the main one, where Python handles no signals.
    """
    if threading.current_thread() is not threading.main_thread():
        return
    for number in TERMINATION_SIGNALS:
        if signal.getsignal(number) is not signal.SIG_IGN:
            signal.signal(number, _end_program)


def _ignore_signal(number: int, frame: FrameType | None) -> None:
    """Do nothing. Not SIG_IGN: Python complains if that is set while another signal waits to be handled."""


def _end_program(number: int, frame: FrameType | None) -> None:
    for other in TERMINATION_SIGNALS:
        signal.signal(other, _ignore_signal)
    raise KeyboardInterrupt if number == signal.SIGINT else SystemExit(128 + number)
