"""The order in which a home is cleaned of forgotten persons; each step can be done again, so a killed one is.

Belongs here: what is done before the build that makes tables and pages again, what after it, and the counts of both.
Does not belong here: the steps themselves, and the verb (`commands/forget.py`).
"""

import shutil
from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path

import duckdb

from orchestration.lib.closing.months import show_closings
from orchestration.lib.forgetting.closed_months import count_closed, hide_closed
from orchestration.lib.forgetting.files import files_with, remove_copies, remove_files
from orchestration.lib.forgetting.sweeping import Swept, sweep
from orchestration.lib.forgetting.texts import names_one
from orchestration.lib.forgotten.kept import is_pending, note_done, read_forgotten
from orchestration.lib.forgotten.listed import Forgotten
from orchestration.lib.notifications.outbox_cleaning import clean_outbox
from orchestration.lib.notifications.outbox_file import only_sender
from orchestration.lib.source_tables import SourceTable
from orchestration.lib.store.database import attached
from orchestration.lib.store.files import DATABASE, forget_copies, keep_copy
from orchestration.lib.warehouse.connection import open_warehouse
from orchestration.lib.warehouse.rewriting import drop_all_but, rewrite


@dataclass(frozen=True)
class Places:
    """Where a home has rows and files of persons."""

    home: Path
    warehouse: Path
    store: Path
    published: Path
    outbox: Path
    tasks: Path
    lake: Path


@dataclass
class Cleaned:
    """What was found, or removed, by place."""

    swept: Swept = field(default_factory=Swept)
    closed: int = 0
    messages: int = 0
    files: list[Path] = field(default_factory=list)

    def __bool__(self) -> bool:
        """Whether there was anything."""
        return bool(self.swept or self.closed or self.messages or self.files)


def rehearse(
    connection: duckdb.DuckDBPyConnection, places: Places, tables: Sequence[SourceTable], forgotten: Forgotten
) -> Cleaned:
    """What would be removed; everything stays as it is. `connection` is to the warehouse with the store."""
    connection.begin()
    try:
        swept = sweep(connection, tables, forgotten)
    finally:
        connection.rollback()
    messages = _clean_outbox(places, forgotten, is_rehearsal=True)
    return Cleaned(swept, count_closed(connection, forgotten), messages, files_with(places.home, forgotten))


def is_unfinished(places: Places) -> bool:
    """Whether a cleaning of the home was begun and not ended."""
    with duckdb.connect() as connection, attached(connection, places.store):
        return is_pending(connection)


def clean_before_build(places: Places, tables: Sequence[SourceTable]) -> Cleaned:
    """Take everybody on the list out of what persists: raw tables, store, outbox, files; tables of the build go."""
    with only_sender(places.outbox), open_warehouse(places.warehouse) as connection:
        with attached(connection, places.store):
            forgotten = read_forgotten(connection)
            connection.begin()
            swept = sweep(connection, tables, forgotten)
            connection.commit()
            closed = hide_closed(connection, forgotten)
            show_closings(connection)
        drop_all_but(connection, "raw")
        if places.lake.exists():  # all of it: `smarketing spark` makes it again
            shutil.rmtree(places.lake)
        connection.close()
        rewrite(places.warehouse)
        rewrite(places.store / DATABASE)
        forget_copies(places.store)
        messages = _clean_outbox(places, forgotten)
        keep_copy(places.store)
        return Cleaned(swept, closed, messages, remove_files(places.home, forgotten))


def clean_after_build(places: Places, is_published: bool) -> None:
    """Remove the copies that were published before, and pages that still name them; without a new copy, all of them."""
    with duckdb.connect() as connection, attached(connection, places.store):
        remove_copies(places.published, keeps_current=is_published)
        remove_files(places.home, read_forgotten(connection))
        note_done(connection)
    keep_copy(places.store)


def _clean_outbox(places: Places, forgotten: Forgotten, is_rehearsal: bool = False) -> int:
    return clean_outbox(
        places.outbox,
        places.tasks,
        lambda text: names_one(text, forgotten),
        lambda text: forgotten.hash_of("notification", text)[:32],
        is_rehearsal,
    )
