"""The doctor: what is damaged is found, whatever the place of the damage, and the way back leads back.

A home of small files as a run leaves them; its databases are large enough to have blocks in the middle.
"""

import hashlib
import shutil
import sqlite3
from collections.abc import Callable
from contextlib import closing
from pathlib import Path

import duckdb
import pytest

from orchestration.lib.company.privacy import email_key
from orchestration.lib.doctor.checks import check_home
from orchestration.lib.doctor.findings import DAMAGED, Finding
from orchestration.lib.notifications.messages import TASKS, Message
from orchestration.lib.notifications.outbox import Outbox
from orchestration.lib.notifications.tasks import task_row, write_task_files
from orchestration.lib.store.database import attached
from orchestration.lib.store.files import keep_copy
from orchestration.lib.store.moving import make_ready
from orchestration.lib.whole_files import swap_in

# Texts that no compression shortens.
ROWS = "select i, sha256(cast(i as varchar)) || md5(cast(i as varchar)) as text from range(20000) as numbers(i)"
PLACES = 6


def database(path: Path) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    with duckdb.connect(path) as connection:
        connection.execute(f"create schema marts; create table marts.dim_build as {ROWS}")


def message(number: int) -> Message:
    body = task_row("hubspot", f"Call {number}", "2026-11-27", "Ada", "a note", str(number))
    return Message(f"key{number}", TASKS, "hubspot", "Ada", "", f"Call {number}", body, (f"L-{number}",))


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Path:
    home = tmp_path_factory.mktemp("made") / "home"
    database(home / "warehouse.duckdb")
    (home / "warehouse.duckdb").chmod(0o600)
    make_ready(home, home / "warehouse.duckdb")
    with duckdb.connect() as connection, attached(connection, home / "store"):
        connection.execute("insert into store.closing__months values ('2026-01-01', '2026-02-05', 'rule')")
    email_key(home / "store", "")
    with Outbox(home / "store" / "outbox.sqlite") as outbox:
        outbox.queue([message(number) for number in range(300)], 1.0)
        write_task_files(outbox, home / "tasks", 2.0)
    keep_copy(home / "store")
    for number in ("000001", "000002"):
        database(home / "published" / "copies" / number / "smarketing.duckdb")
    swap_in(home / "published" / "current", home / "published" / "copies" / "000002")
    page = home / "published" / "site" / "index.html"
    page.parent.mkdir()
    page.write_text("<html><p>Today</p></html>\n")
    (home / "dagster").mkdir()
    with closing(sqlite3.connect(home / "dagster" / "index.db")) as connection:
        connection.execute("create table events (id integer primary key, text text)")
        connection.executemany("insert into events (text) values (?)", [("an event" * 30,)] * 2000)
        connection.commit()
    (home / "project" / "target").mkdir(parents=True)
    (home / "project" / "target" / "manifest.json").write_text('{"nodes": {}}')
    (home / "company.txt").write_text("/there/company\n")
    return home


@pytest.fixture
def home(made: Path, tmp_path: Path) -> Path:
    shutil.copytree(made, tmp_path / "home", symlinks=True)
    return tmp_path / "home"


def findings(home: Path) -> list[Finding]:
    return list(check_home(home, Path("/there/company"), home / "parsed"))


def damaged(home: Path) -> list[Finding]:
    return [each for each in findings(home) if each.sign == DAMAGED]


def content(path: Path) -> str:
    """The rows of a database, or the bytes of another file; a text about the damage where they cannot be read."""
    try:
        if path.suffix == ".duckdb":
            with duckdb.connect(path, read_only=True) as connection:
                tables = connection.execute(
                    "select schema_name, table_name from duckdb_tables() order by all"
                ).fetchall()
                return repr(
                    [connection.execute(f"from {schema}.{table} order by all").fetchall() for schema, table in tables]
                )
        if path.suffix in (".sqlite", ".db"):
            with closing(sqlite3.connect(path)) as connection:
                return "\n".join(connection.iterdump())
    except (duckdb.Error, sqlite3.Error) as error:
        return f"damaged: {error}"
    return hashlib.sha256(path.read_bytes()).hexdigest()


def spoil(path: Path, place: int) -> None:
    """Invert 64 bytes at one of PLACES places between the beginning and the end."""
    written = bytearray(path.read_bytes())
    start = (len(written) - 64) * place // (PLACES - 1) if len(written) > 64 else 0
    written[start : start + 64] = bytes(255 - byte for byte in written[start : start + 64])
    path.write_bytes(written)


def test_a_whole_home_is_whole(home: Path) -> None:
    assert damaged(home) == []
    parts = [each.text.split(":")[0] for each in findings(home)]
    assert parts == [
        *("company.txt", "store/store.duckdb", "store/outbox.sqlite", "store/email_key", "store/copies"),
        *("warehouse.duckdb", "published/current", "pages", "tasks", "dagster", "project"),
    ]


KEPT = ["store/store.duckdb", "store/outbox.sqlite", "store/email_key", "tasks/hubspot_tasks_000001.csv"]
MADE_AGAIN = ["warehouse.duckdb", "published/copies/000002/smarketing.duckdb", "published/site/index.html"]
REMOVED = ["dagster/index.db", "project/target/manifest.json"]


@pytest.mark.slow
@pytest.mark.parametrize("place", range(PLACES))
@pytest.mark.parametrize("name", [*KEPT, *MADE_AGAIN, *REMOVED])
def test_damage_at_any_place_is_found_and_repaired(made: Path, home: Path, name: str, place: int) -> None:
    """Or it is in a place that no row uses; then what is read is the same."""
    spoil(home / name, place)
    found = damaged(home)
    if not found:
        assert content(home / name) == content(made / name) or name.startswith(("tasks", "published/site", "dagster"))
        return
    assert len(found) == 1, [each.text for each in found]
    assert found[0].repair
    assert found[0].way_back
    found[0].repair()
    assert [each.text for each in damaged(home) if not each.needs_run] == []
    if name in KEPT:
        assert content(home / name) == content(made / name)
    if name.startswith("published/copies"):
        assert (home / "published" / "current").resolve().name == "000001"


@pytest.mark.parametrize("name", KEPT[:3])
@pytest.mark.parametrize("lose", [Path.unlink, lambda path: path.write_bytes(b"")], ids=["missing", "empty"])
def test_what_is_missing_or_empty_comes_back(made: Path, home: Path, name: str, lose: Callable[[Path], object]) -> None:
    lose(home / name)
    (found,) = damaged(home)
    assert found.repair
    found.repair()
    assert content(home / name) == content(made / name)


def test_without_a_copy_the_loss_is_named_and_nothing_is_deleted(home: Path) -> None:
    shutil.rmtree(home / "store" / "copies")
    (home / "store" / "email_key").write_bytes(b"short")
    (found,) = damaged(home)
    assert (
        found.way_back == "there is no copy of it: the next run makes a new key, and the hash of every e-mail changes"
    )
    assert found.repair
    found.repair()
    assert [path.read_bytes() for path in (home / "damaged").rglob("email_key")] == [b"short"]
    assert (home / "damaged").stat().st_mode & 0o077 == 0


def test_a_home_without_links_and_a_moved_company_are_seen(home: Path) -> None:
    current = home / "published" / "current"
    folder = current.resolve()
    current.unlink()
    shutil.copytree(folder, current)
    (home / "company.txt").write_text("/gone/company\n")
    (home / "project" / "models").mkdir()
    (home / "project" / "models" / "dim_person.sql").write_text("select 1")
    owner, project = damaged(home)
    assert owner.text == "company.txt: it names /gone/company, where there is none"
    assert project.text.startswith("project: 1 models are files and no links")
    for found in (owner, project):
        assert found.repair
        found.repair()
    assert damaged(home) == []
