"""What the machine refuses: room on the disk, or the right to a file. In one sentence, with what to do.

Belongs here: recognising it in an exception of any library, and looking for room beforehand. Does not belong here: a
file that is damaged, which those who read it name (`warehouse/connection.py`).
"""

import errno
import re
import shutil
from collections.abc import Iterator
from pathlib import Path

from orchestration.lib.language import gettext, later
from orchestration.mistakes import Mistake

MEGABYTE = 1_000_000
# A first run of a small company: its history, the parsed project, the warehouse and the copy.
LEAST_ROOM = 100 * MEGABYTE
FULL = re.compile(r"No space left on device|disk is full|Disk quota exceeded", re.IGNORECASE)
RIGHTS = later("give this user the right to it, or give --home another folder")
# SQLite's words for whatever the system answers; the disk itself tells whether it is room.
UNCLEAR = re.compile(r"disk I/O error|unable to open database file|could not (write|offload)", re.IGNORECASE)
DENIED = re.compile(r"Permission denied|Read-only file system|readonly database|Operation not permitted", re.IGNORECASE)
# One that has less can write nothing of use.
NOTHING = 2 * MEGABYTE
NO_RIGHT = (errno.EACCES, errno.EPERM, errno.EROFS)
NO_PLACE = (errno.ENOTDIR, errno.EISDIR, errno.EEXIST, errno.ENAMETOOLONG, errno.ELOOP, errno.EIO)


class NoRoomError(Mistake):
    """The disk has too little room; the text states how much is needed."""

    exit_code = 1


def free_bytes(folder: Path) -> int:
    """The room on the disk of a folder, which need not exist yet."""
    while not folder.exists() and folder != folder.parent:
        folder = folder.parent
    return shutil.disk_usage(folder).free


def size_of(*paths: Path) -> int:
    """The bytes of files, and of all files below folders; what does not exist has none."""
    files = (file for path in paths for file in ([path] if path.is_file() else path.rglob("*")))
    return sum(file.stat().st_size for file in files if file.is_file())


def room_of_run(home: Path, exports: Path | None = None) -> int:
    """About what a run needs: another copy for the readers, what a build adds, and for a new home its exports."""
    warehouse = home / "warehouse.duckdb"
    added = size_of(warehouse) // 10 if warehouse.is_file() else size_of(exports) if exports else 0
    return LEAST_ROOM + size_of((home / "published" / "current").resolve()) + added


def require_room(folder: Path, needed: int, purpose: str) -> None:
    """NoRoomError if the disk of the folder has less than that; `purpose` is what needs it."""
    if (free := free_bytes(folder)) < needed:
        raise NoRoomError(
            gettext(
                "%(folder)s: %(purpose)s needs %(needed)s of room on the disk, and %(free)s are free; make room and "
                "run the same again",
                folder=folder,
                purpose=purpose,
                needed=_megabytes(needed),
                free=_megabytes(free),
            )
        )


def is_full(error: BaseException | str, folder: Path) -> bool:
    """Whether an error, or the text of one, comes from a disk without room."""
    texts = [error] if isinstance(error, str) else [str(each) for each in _chain(error)]
    if any(FULL.search(text) for text in texts):
        return True
    return any(UNCLEAR.search(text) for text in texts) and free_bytes(folder) < NOTHING


def full_disk(home: Path) -> str:
    """The sentence about a disk without room."""
    return gettext(
        "%(home)s: the disk is full (%(free)s are free); make room for %(needed)s and run the same again, nothing has "
        "to be repaired",
        home=home,
        free=_megabytes(free_bytes(home)),
        needed=_megabytes(room_of_run(home)),
    )


def refusal(error: BaseException, home: Path) -> str:
    """The sentence about what the machine refused a verb; empty if the error is of another kind."""
    if is_full(error, home):
        if free_bytes(home) < room_of_run(home):
            return full_disk(home)
        names = [each.filename for each in _chain(error) if isinstance(each, OSError) and each.filename]
        where = names[0] if names else gettext("the output")
        return gettext("%(where)s: the disk is full; make room there and run the same again", where=where)
    for each in _chain(error):
        if isinstance(each, OSError) and each.errno in NO_RIGHT + NO_PLACE:
            why = (each.strerror or "").lower()
            text = gettext("%(path)s: it cannot be used (%(why)s)", path=each.filename or home, why=why)
            return f"{text}; {gettext(RIGHTS)}" if each.errno in NO_RIGHT else text
        library = type(each).__module__.partition(".")[0]
        if library in ("duckdb", "_duckdb") and (found := DENIED.search(str(each))):
            text = gettext("%(home)s: a file in it cannot be used (%(why)s)", home=home, why=found[0].lower())
            return f"{text}; {gettext(RIGHTS)}"
        if library == "sqlalchemy":
            found_text = str(getattr(each, "orig", each)).splitlines()[0]
            return gettext(
                "%(path)s: the history of runs cannot be used (%(found)s); move the folder away, or give this user the "
                "right to it, and run again: a build needs nothing of it",
                path=home / "dagster",
                found=found_text,
            )
    return ""


def plain(text: str) -> str:
    """What an exception of Python or DuckDB reports of a file, without the names of their classes."""
    text = re.sub(r"^\w+Error: \[Errno \d+\] (.+?): '(.+)'$", r"\2: it cannot be used (\1)", text, flags=re.MULTILINE)
    return re.sub(r"^_duckdb\.\w+: ", "", text)


def _megabytes(size: int) -> str:
    return f"{size / MEGABYTE:,.0f} MB"


def _chain(error: BaseException | None) -> Iterator[BaseException]:
    """The error and those behind it."""
    seen: set[int] = set()
    while error is not None and id(error) not in seen:
        seen.add(id(error))
        yield error
        error = error.__cause__ or error.__context__
