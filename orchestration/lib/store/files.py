"""The files of the store, the copies that are kept of them, and how one is restored.

Belongs here: names, sums and copying. Does not belong here: what is in the files (`database.py`,
`notifications/outbox.py`, `company/privacy.py`).
"""

import hashlib
import os
import shutil
import sqlite3
from contextlib import closing
from pathlib import Path

from orchestration.lib.language import gettext
from orchestration.lib.whole_files import numbered, write_whole
from orchestration.mistakes import Mistake

DATABASE, OUTBOX, KEY = "store.duckdb", "outbox.sqlite", "email_key"
FILES = (DATABASE, OUTBOX, KEY)
SUMS = "SHA256SUMS"
MOST_COPIES = 10


class StoreError(Mistake):
    """The store cannot be used; the text states why and what to do."""

    exit_code = 1


class StoreBrokenError(StoreError):
    """A file of the store is damaged or missing; the text names the way back."""

    def __init__(self, path: Path, found: str) -> None:
        super().__init__(
            gettext(
                "%(path)s: it cannot be read (%(reason)s); `smarketing doctor --repair` takes the last whole copy",
                path=path,
                reason=found.strip().splitlines()[0],
            )
        )


def require(store: Path, name: str) -> None:
    """StoreBrokenError if there is a copy of the file and it is missing or empty: a new one would hide the loss."""
    path = store / name
    if not (path.is_file() and path.stat().st_size) and last_copy(store, name):
        raise StoreBrokenError(path, gettext("it is empty") if path.exists() else gettext("it is missing"))


def keep_copy(store: Path) -> Path | None:
    """Copy the files, unless they are as in the last copy; the oldest copies are removed. Return the new folder.

    Nobody may write the database meanwhile; the outbox may be in use.
    """
    kept = numbered(store / "copies")
    number = max(kept, default=0) + 1
    draft = store / "copies" / f".{number:06d}"
    shutil.rmtree(draft, ignore_errors=True)
    draft.parent.mkdir(mode=0o700, exist_ok=True)
    draft.mkdir(mode=0o700)
    for name in FILES:
        if (store / name).is_file():
            (_copy_outbox if name == OUTBOX else _copy)(store / name, draft / name)
    sums = "".join(f"{_sum(path)}  {path.name}\n" for path in sorted(draft.iterdir()))
    if kept and sums == _read(kept[number - 1] / SUMS):
        shutil.rmtree(draft)
        return None
    write_whole(draft / SUMS, sums)
    draft.replace(store / "copies" / f"{number:06d}")
    for older in sorted(kept)[: max(len(kept) + 1 - MOST_COPIES, 0)]:
        shutil.rmtree(kept[older])
    return store / "copies" / f"{number:06d}"


def forget_copies(store: Path) -> None:
    """Remove all copies: what they have of a person that is forgotten would stay in them."""
    for folder in numbered(store / "copies").values():
        shutil.rmtree(folder)


def last_copy(store: Path, name: str) -> Path | None:
    """The newest copy of the file whose sum is right; None if there is none."""
    for _, folder in sorted(numbered(store / "copies").items(), reverse=True):
        path = folder / name
        if path.is_file() and f"{_sum(path)}  {name}\n" in _read(folder / SUMS):
            return path
    return None


def damaged_copies(store: Path) -> list[Path]:
    """The folders of copies in which a file is missing or not what it was."""
    return [
        folder
        for folder in numbered(store / "copies").values()
        if _read(folder / SUMS)
        != "".join(f"{_sum(path)}  {path.name}\n" for path in sorted(folder.iterdir()) if path.name != SUMS)
    ]


def restore(store: Path, name: str) -> None:
    """Put the last copy of the file in its place. StoreError if there is none."""
    copy = last_copy(store, name)
    if copy is None:
        raise StoreError(gettext("%(path)s: there is no whole copy of it", path=store / name))
    draft = store / f".{name}.new"
    _copy(copy, draft)
    for rest in (f"{name}.wal", f"{name}-wal", f"{name}-shm"):
        (store / rest).unlink(missing_ok=True)
    draft.replace(store / name)


def _copy(source: Path, target: Path) -> None:
    shutil.copyfile(source, target)
    target.chmod(0o600)
    descriptor = os.open(target, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)


def _copy_outbox(source: Path, target: Path) -> None:
    """A copy that is whole whether or not somebody writes."""
    target.touch(mode=0o600)
    with closing(sqlite3.connect(source, timeout=30)) as mine, closing(sqlite3.connect(target)) as copy:
        mine.backup(copy)
        copy.execute("pragma journal_mode = delete")


def _sum(path: Path) -> str:
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def _read(path: Path) -> str:
    return path.read_text(encoding="utf-8", errors="replace") if path.is_file() else ""
