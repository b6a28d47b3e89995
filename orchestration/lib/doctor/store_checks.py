"""The store: whether its files are whole, and the copies from which they come back.

Belongs here: only the store. A file without a whole copy is moved away and made again; the text states what is lost.
"""

import sqlite3
from collections.abc import Iterator
from contextlib import closing
from functools import partial
from pathlib import Path

from orchestration.lib.company.privacy import SHORTEST_KEY
from orchestration.lib.doctor.databases import damage_of_duckdb, damage_of_sqlite
from orchestration.lib.doctor.findings import DAMAGED, LOOK, WHOLE, Finding, move_away
from orchestration.lib.store.files import DATABASE, FILES, KEY, OUTBOX, damaged_copies, last_copy, restore

LOST = {
    DATABASE: "months that closings/ of the company folder does not have are closed again, with the figures of today",
    OUTBOX: "events younger than `notify_within` are notified again",
    KEY: "the next run makes a new key, and the hash of every e-mail changes",
}
# What never changes of a message that was queued.
FIXED = "message_key, channel, receiver_id, address, subject, body"


def check_store(home: Path, store: Path) -> Iterator[Finding]:
    """One finding for each file that there is or was, and for the copies."""
    for name in FILES:
        path = store / name
        if damage := _damage(store, name):
            copy = last_copy(store, name)
            way_back = (
                f"the copy of store/copies/{copy.parent.name} takes its place"
                if copy
                else f"there is no copy of it: {LOST[name]}"
            )

            repair = partial(_repair, home, path, copy is not None)
            yield Finding(DAMAGED, f"store/{name}: {damage}", way_back, repair, needs_run=name != OUTBOX)
        elif path.is_file():
            yield Finding(WHOLE, f"store/{name}: whole")
    damaged = damaged_copies(store)
    for folder in damaged:
        text = f"store/copies/{folder.name}: not what was copied"
        yield Finding(LOOK, text, "it is moved away", partial(move_away, home, folder))
    if copies := len(list((store / "copies").glob("[0-9]*"))) - len(damaged):
        yield Finding(WHOLE, f"store/copies: {copies}, whole")


def _repair(home: Path, path: Path, has_copy: bool) -> None:
    if path.exists():
        move_away(home, path)
    if has_copy:
        restore(path.parent, path.name)


def _damage(store: Path, name: str) -> str:
    path = store / name
    copy = last_copy(store, name)
    if not (path.is_file() and path.stat().st_size):
        return ("it is empty" if path.exists() else "it is missing") if copy else ""
    if name == DATABASE:
        return damage_of_duckdb(path)
    if name == KEY:
        key = path.read_bytes().strip()
        if copy and key != copy.read_bytes().strip():
            return f"it is not the key of store/copies/{copy.parent.name}"
        return "it is too short" if len(key) < SHORTEST_KEY else ""
    return damage_of_sqlite(path) or _changed_messages(path, copy)


def _changed_messages(path: Path, copy: Path | None) -> str:
    """SQLite has no checksums: a message that a copy has is compared with it."""
    # Without a copy, only that the table is there.
    kept = f"select {FIXED} from {'kept' if copy else 'main'}.messages"
    try:
        with closing(sqlite3.connect(path, timeout=30)) as connection:
            if copy:
                connection.execute("attach ? as kept", [str(copy)])
            changed = len(connection.execute(f"{kept} except select {FIXED} from main.messages").fetchall())
    except sqlite3.DatabaseError as error:
        return str(error).partition(" with text")[0]
    return f"{changed} messages are not as in store/copies/{copy.parent.name}" if copy and changed else ""
