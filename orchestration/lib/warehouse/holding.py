"""One verb at a time in a home: a second one ends at once and names the one that works there.

Belongs here: the lock of a home, and of a single file or folder. Does not belong here: the warehouse file, which each
process opens for its own time (`connection.py`).
"""

import fcntl
import os
import time
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime
from pathlib import Path

from orchestration.lib.language import gettext
from orchestration.mistakes import Mistake

NAME = "in_use.lock"
# Open until the process ends; the system lets go of them then, whatever the end is.
_HELD: dict[Path, int] = {}


class HomeInUseError(Mistake):
    """Another verb works in the home; the text names it, its process and its beginning."""

    exit_code = 1


def hold(home: Path, verb: str, is_waiting: bool = False) -> None:
    """Hold the home until this process ends. HomeInUseError if another one has it; `is_waiting` waits for its end."""
    path = home.resolve() / NAME
    if path in _HELD:
        return
    path.parent.mkdir(parents=True, exist_ok=True)
    descriptor = os.open(path, os.O_RDWR | os.O_CREAT, 0o600)
    while True:
        try:
            fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
            break
        except BlockingIOError:
            if not is_waiting:
                os.close(descriptor)
                raise _in_use(home) from None
            time.sleep(0.5)
    os.ftruncate(descriptor, 0)
    os.write(descriptor, f"`smarketing {verb}` (PID {os.getpid()}, since {datetime.now():%H:%M:%S})".encode())
    _HELD[path] = descriptor


def require_free(home: Path) -> None:
    """HomeInUseError if another process has the home. Holds nothing: it is asked before anything is read."""
    path = home.resolve() / NAME
    try:
        descriptor = os.open(path, os.O_RDONLY)
    except OSError:  # no home yet, or not one to look into: the verb finds out
        return
    try:
        fcntl.flock(descriptor, fcntl.LOCK_SH | fcntl.LOCK_NB)
    except BlockingIOError:
        raise _in_use(home) from None
    finally:
        os.close(descriptor)


def _in_use(home: Path) -> HomeInUseError:
    holder = (home.resolve() / NAME).read_bytes()[:200].decode(errors="replace") or gettext("another process")
    return HomeInUseError(
        gettext(
            "%(home)s: %(holder)s works in it; wait until it has ended. `smarketing run --wait` waits for it; to read "
            "meanwhile, open the published copy",
            home=home,
            holder=holder,
        )
    )


@contextmanager
def alone(path: Path, busy: Mistake) -> Iterator[None]:
    """Hold a file, which is made if it is missing, or a folder for the block; a killed process loses it at once.

    Raises `busy` if another process has it.
    """
    flags = os.O_RDONLY if path.is_dir() else os.O_RDWR | os.O_CREAT
    descriptor = os.open(path, flags, 0o600)
    try:
        try:
            fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError as error:
            raise busy from error
        yield
    finally:
        os.close(descriptor)


@contextmanager
def written_alone(folder: Path, busy: Mistake, refused: type[Mistake]) -> Iterator[None]:
    """Hold a folder of the company, which is made if it is missing, for the block that writes a file in it.

    Raises `busy` if another process has it, `refused` if the system does not let it be read or written.
    """
    try:
        folder.mkdir(exist_ok=True)
        with alone(folder, busy):
            yield
    except OSError as error:
        raise refused(
            gettext(
                "%(path)s: it cannot be read or written (%(why)s); allow it",
                path=error.filename or folder,
                why=error.strerror,
            )
        ) from error
