"""Has a Python process believe that it runs on another day, and on a file system that lists folders in another order.

Python imports this module at its start where its folder is in PYTHONPATH. The day is CLOCK_DAYS from now. Names come sorted
where FOLDER_ORDER is `names`, and in reverse where it is `reverse`. A process that is not Python's, such as Pagefind's, sees
neither.
"""

import datetime
import os
import time
from collections.abc import Iterator
from typing import Any

SHIFT = float(os.environ.get("CLOCK_DAYS", "0")) * 86_400
REAL_TIME, REAL_TIME_NS, REAL_LOCALTIME, REAL_GMTIME, REAL_STRFTIME = (
    time.time,
    time.time_ns,
    time.localtime,
    time.gmtime,
    time.strftime,
)
IS_REVERSED = os.environ.get("FOLDER_ORDER") == "reverse"
REAL_LISTDIR, REAL_SCANDIR = os.listdir, os.scandir


class ShiftedDateTime(datetime.datetime):
    """Now is some days away."""

    @classmethod
    def now(cls, tz: datetime.tzinfo | None = None) -> Any:
        return cls.fromtimestamp(time.time(), tz)

    @classmethod
    def utcnow(cls) -> Any:
        return cls.fromtimestamp(time.time(), datetime.UTC).replace(tzinfo=None)

    @classmethod
    def today(cls) -> Any:
        return cls.now()


class ShiftedDate(datetime.date):
    """Today is some days away."""

    @classmethod
    def today(cls) -> Any:
        return cls.fromtimestamp(time.time())


class OrderedFolder:
    """What `os.scandir` returns, in an order of our own."""

    def __init__(self, path: Any) -> None:
        with REAL_SCANDIR(path) as entries:
            self.entries = iter(sorted(entries, key=lambda entry: entry.name, reverse=IS_REVERSED))

    def __iter__(self) -> Iterator[Any]:
        return self.entries

    def __next__(self) -> Any:
        return next(self.entries)

    def __enter__(self) -> "OrderedFolder":
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def close(self) -> None:
        self.entries = iter(())


def move_clock() -> None:
    """Shift whatever tells the time; a time that is given to be written down stays as it is."""
    time.time = lambda: REAL_TIME() + SHIFT
    time.time_ns = lambda: REAL_TIME_NS() + int(SHIFT * 1e9)
    time.localtime = lambda seconds=None: REAL_LOCALTIME(time.time() if seconds is None else seconds)
    time.gmtime = lambda seconds=None: REAL_GMTIME(time.time() if seconds is None else seconds)
    time.strftime = lambda form, when=None: REAL_STRFTIME(form, time.localtime() if when is None else when)
    datetime.datetime, datetime.date = ShiftedDateTime, ShiftedDate  # type: ignore[misc]


def order_folders() -> None:
    """List names in an order of our own; that of a file system is anything."""
    os.listdir = lambda path=".": sorted(REAL_LISTDIR(path), reverse=IS_REVERSED)
    os.scandir = lambda path=".": OrderedFolder(path)  # type: ignore[assignment,misc]


if SHIFT:
    move_clock()
if "FOLDER_ORDER" in os.environ:
    order_folders()
