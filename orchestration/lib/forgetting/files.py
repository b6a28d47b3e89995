"""Files of a home that name forgotten persons: pages, logs, Dagster's history, what a comparison left.

Belongs here: which files these are, and removing them. Does not belong here: the warehouse and the store, which have
rows (`sweeping.py`, `closed_months.py`).
"""

import shutil
from collections.abc import Iterator
from pathlib import Path

from orchestration.lib.forgetting.texts import names_one
from orchestration.lib.forgotten.listed import Forgotten
from orchestration.lib.warehouse.publishing import current_copy
from orchestration.lib.whole_files import numbered

# Swept by themselves, or without a row of anybody.
APART = ("store", "warehouse.duckdb", "warehouse.duckdb.wal", "in_use.lock", "company.txt", "tasks")
PARSED = ("manifest.json", "partial_parse.msgpack")
HISTORY, COPIES = "dagster", "copies"


def files_with(home: Path, forgotten: Forgotten) -> list[Path]:
    """The files of the home that name one of them; the published copies are not among them, and are made again."""
    return [path for path in _files(home) if names_one(path.read_bytes().decode("utf-8", "replace"), forgotten)]


def remove_files(home: Path, forgotten: Forgotten) -> list[Path]:
    """Remove these files and return them. Of Dagster's history, which refers to itself, all goes if one is found."""
    found = files_with(home, forgotten)
    for path in found:
        path.unlink(missing_ok=True)
    if any(path.is_relative_to(home / HISTORY) for path in found):
        shutil.rmtree(home / HISTORY)
        (home / HISTORY).mkdir(mode=0o700)
    # What a killed comparison or a killed printer left, and what `doctor` has moved away: nobody can tell who is in it.
    for folder in ("replay", "printing", "damaged"):
        shutil.rmtree(home / folder, ignore_errors=True)
    return found


def remove_copies(published: Path, keeps_current: bool) -> None:
    """Remove the published copies but the current one; with that too, readers have none, and no page."""
    if not keeps_current:
        shutil.rmtree(published, ignore_errors=True)
        return
    current = current_copy(published).resolve().parent
    for folder in numbered(published / COPIES).values():
        if folder.resolve() != current:
            shutil.rmtree(folder)


def _files(home: Path) -> Iterator[Path]:
    for path in sorted(home.rglob("*")):
        place = path.relative_to(home).parts
        if place[0] in APART or place[:2] == ("published", COPIES) or path.name in PARSED:
            continue
        if path.is_file() and not path.is_symlink() and not _is_through_link(home, path):
            yield path


def _is_through_link(home: Path, path: Path) -> bool:
    return any(parent.is_symlink() for parent in path.parents if parent != home and parent.is_relative_to(home))
