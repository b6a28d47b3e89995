"""Every part of a home but the store: whether it is whole, and what brings it back.

Belongs here: the list of parts. Nearly all of them come again by a run; then the repair only moves them away.
"""

import json
import shutil
from collections.abc import Iterator
from functools import partial
from pathlib import Path

from orchestration.lib.doctor.databases import damage_of_duckdb, damage_of_sqlite
from orchestration.lib.doctor.findings import DAMAGED, LOOK, WHOLE, Finding, move_away
from orchestration.lib.doctor.store_checks import check_store
from orchestration.lib.inspection.last_run import FILE as LAST_RUN
from orchestration.lib.inspection.last_run import read_last_run
from orchestration.lib.machine import MEGABYTE, NoRoomError, require_room, room_of_run
from orchestration.lib.notifications.outbox import Outbox
from orchestration.lib.notifications.tasks import task_file_text
from orchestration.lib.store.files import OUTBOX
from orchestration.lib.warehouse.publishing import current_copy
from orchestration.lib.whole_files import number_of, numbered, swap_in, write_whole

AGAIN = "it is moved away, and the next run makes it again"


def check_home(home: Path, company: Path, parsed: Path) -> Iterator[Finding]:
    """All findings, in the order in which they are repaired. `parsed` has what dbt has read of projects."""
    yield from _owner(home, company)
    store = list(check_store(home, home / "store"))
    yield from store
    yield from _warehouse(home)
    yield from _published(home)
    yield from _pages(home)
    if not any(each.sign == DAMAGED and OUTBOX in each.text for each in store):
        yield from _tasks(home)
    yield from _history(home)
    yield from _project(home, parsed)
    yield from _last_run(home)
    yield from _space(home)


def _owner(home: Path, company: Path) -> Iterator[Finding]:
    path = home / "company.txt"
    found = path.read_text(encoding="utf-8", errors="replace").strip() if path.is_file() else ""
    if found == str(company):
        yield Finding(WHOLE, f"company.txt: {company}")
    else:
        text = f"company.txt: it names {found or 'no folder'}, where there is none"
        write = f"it gets {company}"
        yield Finding(DAMAGED, text, write, lambda: write_whole(path, f"{company}\n", mode=0o644))


def _warehouse(home: Path) -> Iterator[Finding]:
    path = home / "warehouse.duckdb"
    if not path.exists():
        yield Finding(DAMAGED, "warehouse.duckdb: there is none", "the next run makes it", needs_run=True)
    elif damage := damage_of_duckdb(path):
        yield Finding(DAMAGED, f"warehouse.duckdb: {damage}", AGAIN, lambda: move_away(home, path), needs_run=True)
    else:
        yield Finding(WHOLE, f"warehouse.duckdb: whole, {path.stat().st_size / MEGABYTE:.0f} MB")
        if path.stat().st_mode & 0o077:
            text = "warehouse.duckdb: other users of the machine can read it"
            yield Finding(LOOK, text, "only its owner can", lambda: path.chmod(0o600))


def _published(home: Path) -> Iterator[Finding]:
    published = home / "published"
    copies, copy = published / "copies", current_copy(published)
    if not numbered(copies) and not copy.exists():
        yield Finding(LOOK, "published: nothing yet")
        return
    damage = damage_of_duckdb(copy) if copy.exists() else "it is missing"
    if not damage:
        yield Finding(WHOLE, "published/current: whole")
        return
    broken = number_of(published / "current", copies)
    before = next(
        (
            folder
            for number, folder in sorted(numbered(copies).items(), reverse=True)
            if number != broken and (folder / copy.name).exists() and not damage_of_duckdb(folder / copy.name)
        ),
        None,
    )

    def repair() -> None:
        if (copies / f"{broken:06d}").is_dir():
            move_away(home, copies / f"{broken:06d}")
        if before:
            swap_in(published / "current", before)

    way_back = "readers get the copy before it until the next run publishes" if before else "the next run publishes"
    yield Finding(DAMAGED, f"published/current: {damage}", way_back, repair, needs_run=True)


def _pages(home: Path) -> Iterator[Finding]:
    pages = [path for path in (home / "published").rglob("*.html") if path.is_file()]
    torn = [path for path in pages if not path.read_bytes().rstrip().endswith(b"</html>")]
    for path in torn:
        text = f"{path.relative_to(home)}: it has no end"
        yield Finding(DAMAGED, text, AGAIN, partial(move_away, home, path), needs_run=True)
    if pages and not torn:
        yield Finding(WHOLE, f"pages: {len(pages)}, whole")


def _tasks(home: Path) -> Iterator[Finding]:
    paths = sorted((home / "tasks").glob("*.csv"))
    if not paths or not (home / "store" / OUTBOX).is_file():
        return
    with Outbox(home / "store" / OUTBOX) as outbox:
        queued = {path: text for path in paths if (text := task_file_text(outbox, path.name))}
    torn = [path for path, text in queued.items() if len(path.read_bytes().splitlines()) != len(text.splitlines())]
    for path in torn:
        way_back = "it is written again from the outbox"
        repair = partial(write_whole, path, queued[path])
        yield Finding(DAMAGED, f"tasks/{path.name}: it is not whole", way_back, repair)
    if not torn:
        yield Finding(WHOLE, f"tasks: {len(paths)}, whole")


def _history(home: Path) -> Iterator[Finding]:
    paths = sorted((home / "dagster").rglob("*.db"))
    damaged = {path: damage for path in paths if (damage := damage_of_sqlite(path))}
    for path, damage in damaged.items():
        text = f"{path.relative_to(home)}: {damage}"
        yield Finding(DAMAGED, text, "Dagster's history is moved away", lambda: move_away(home, home / "dagster"))
        return
    if paths:
        yield Finding(WHOLE, "dagster: whole")


def _project(home: Path, parsed: Path) -> Iterator[Finding]:
    target = home / "project" / "target"
    for path in (target / "manifest.json", *parsed.glob("*/manifest.json")):
        try:
            if path.is_file():
                json.loads(path.read_bytes())
        except ValueError as error:

            def repair() -> None:
                shutil.rmtree(target, ignore_errors=True)
                shutil.rmtree(parsed, ignore_errors=True)

            text = f"{path}: it is not whole ({error})"
            yield Finding(DAMAGED, text, "it is removed, and dbt reads the project again", repair)
            return
    # Only dbt_project.yml is a file of its own.
    copied = [path for path in (home / "project" / "models").rglob("*.sql") if not path.is_symlink()]
    if copied:
        text = f"project: {len(copied)} models are files and no links, as in a home that was copied without links"
        yield Finding(DAMAGED, text, "it is moved away, and made again", lambda: move_away(home, home / "project"))
    elif target.is_dir():
        yield Finding(WHOLE, "project: whole")


def _last_run(home: Path) -> Iterator[Finding]:
    path = home / LAST_RUN
    run = read_last_run(home)
    if path.is_file() and run is None:
        yield Finding(DAMAGED, f"{LAST_RUN}: it cannot be read", "it is moved away", lambda: move_away(home, path))
    elif run and run.is_killed:
        yield Finding(LOOK, "the last build was killed: nothing of it is published", "the next run", needs_run=True)


def _space(home: Path) -> Iterator[Finding]:
    try:
        require_room(home, room_of_run(home), "a run")
    except NoRoomError as error:
        yield Finding(LOOK, str(error))
