"""Signals that end the program: they end it by an exception, so that it leaves nothing half-written or private behind."""

from __future__ import annotations

import signal
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from types import FrameType
from typing import Any

_HARMLESS_SIGNALS = ("SIGCHLD", "SIGCONT", "SIGINFO", "SIGSTOP", "SIGTSTP", "SIGTTIN", "SIGTTOU", "SIGURG", "SIGWINCH")
"""Signals that end no program that does not handle them."""

_UNHANDLED_SIGNALS = ("SIGKILL", "SIGBUS", "SIGFPE", "SIGILL", "SIGSEGV")
"""Signals that no program can handle, and faults: a handler in Python comes back to the instruction that failed, for ever."""

TERMINATION_SIGNALS = sorted(
    signal.valid_signals() - {getattr(signal, name, None) for name in (*_HARMLESS_SIGNALS, *_UNHANDLED_SIGNALS)}
)
"""All others, those without a name too: what ends a program unless it is handled differs from system to system."""


@contextmanager
def exit_on_termination() -> Iterator[None]:
    """Have termination signals end a block by an exception; afterwards they are handled as before."""
    replaced = raise_on_termination()
    try:
        yield
    finally:
        for number, handler in replaced.items():
            signal.signal(number, handler)


def raise_on_termination() -> dict[int, Any]:
    """Have signals that would end the program raise `KeyboardInterrupt` or `SystemExit`; returns the handlers before.

    One that is ignored, as under nohup, stays so, and one that the host handles is the host's. Only the first of them counts:
    a second one would end the clearing away that the first one began. Does nothing in a thread other than the main one, where
    Python handles no signals.
    """
    if threading.current_thread() is not threading.main_thread():
        return {}
    handlers = {number: signal.getsignal(number) for number in TERMINATION_SIGNALS}
    deadly: dict[int, Any] = {
        number: handler for number, handler in handlers.items() if handler in (signal.SIG_DFL, signal.default_int_handler)
    }
    for number in deadly:
        signal.signal(number, _end_program)
    return deadly


def _ignore_signal(number: int, frame: FrameType | None) -> None:
    """Do nothing. Not SIG_IGN: Python complains if that is set while another signal waits to be handled."""


def _end_program(number: int, frame: FrameType | None) -> None:
    for other in TERMINATION_SIGNALS:
        if signal.getsignal(other) == _end_program:
            signal.signal(other, _ignore_signal)
    raise KeyboardInterrupt if number == signal.SIGINT else SystemExit(128 + number)
