"""Tables of a database server: exact values, only what is new, and mistakes in plain words without the password."""

import tempfile
from collections.abc import Iterator
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

import duckdb
import pytest

from orchestration.lib.ingestion import FormatHints, LoadReport, ingest_table, servers
from orchestration.lib.source_tables import Column, SourceTable
from tests.postgres import PASSWORD, USER, Server, running

pytestmark = pytest.mark.slow

COLUMNS = (
    Column("id", "varchar", required=True),
    Column("amount", "decimal(38, 12)"),
    Column("closed_at", "timestamp"),
    Column("day", "date"),
    Column("is_won", "boolean"),
    Column("_fivetran_deleted", "boolean"),
)
TABLE = SourceTable("crm", "deals", (), ("id",), COLUMNS, utc_files=("deal.*",))
FACTS = SourceTable("crm", "deals", (), (), COLUMNS, utc_files=("deal.*",))
MADE = (
    "create table crm.deal (id bigint primary key, amount numeric, closed_at timestamptz, day date, is_won boolean, "
    "_fivetran_deleted boolean, tags text[], _fivetran_synced timestamptz)"
)


@pytest.fixture(scope="module")
def server() -> Iterator[Server]:
    with tempfile.TemporaryDirectory(ignore_cleanup_errors=True) as folder, running(Path(folder)) as found:
        yield found


class Connected:
    """An exports folder with a connection to the server, and a warehouse."""

    def __init__(self, folder: Path, server: Server) -> None:
        self.folder, self.server, self.warehouse = folder, server, duckdb.connect()
        self.write()

    def write(self, **changed: Any) -> None:
        keys = {
            "type": "postgres",
            "host": "127.0.0.1",
            "port": self.server.port,
            "database": "postgres",
            "user": USER,
            "password": "${CRM_PASSWORD}",
            "schemas": "[crm]",
        }
        servers._tables_then.cache_clear()
        lines = [f"{key}: {value}" for key, value in (keys | changed).items() if value is not None]
        (self.folder / "connection.yml").write_text("\n".join(lines) + "\n")

    def ingest(self, table: SourceTable = TABLE) -> LoadReport:
        return ingest_table(self.warehouse, table, self.folder)

    def current(self) -> list[Any]:
        """The latest row of each deal: id, amount, whether it is deleted."""
        query = """
            select id, amount::varchar, _fivetran_deleted from raw.crm__deals
            qualify row_number() over (partition by id order by _load_number desc) = 1 order by id
        """
        return self.warehouse.execute(query).fetchall()

    def statuses(self, table: SourceTable = TABLE) -> list[str]:
        return sorted(file.status for file in self.ingest(table).files)


@pytest.fixture
def connected(server: Server, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Connected:
    monkeypatch.setenv("CRM_PASSWORD", PASSWORD)
    server.run(
        "drop schema if exists crm cascade",
        "create schema crm",
        MADE,
        "insert into crm.deal values "
        "(1, 0.1, '2026-03-01 23:30+00', '2026-03-04', true, false, '{a}', '2026-03-05 10:00+00'),"
        "(2, 1234567890123456.123456789, null, null, null, false, null, '2026-03-05 10:00+00')",
        "create table crm.other (id bigint)",
    )
    return Connected(tmp_path, server)


def synced(server: Server, *values: str) -> None:
    """Insert deals, or replace them, as a connector does."""
    server.run(
        *(
            f"insert into crm.deal (id, amount, _fivetran_deleted, _fivetran_synced) values ({value}) on conflict (id) "
            "do update set amount = excluded.amount, _fivetran_deleted = excluded._fivetran_deleted, "
            "_fivetran_synced = excluded._fivetran_synced"
            for value in values
        )
    )


def test_values_come_exactly_in_utc(connected: Connected) -> None:
    """The server is set to another zone and another way to write dates."""
    (file,) = connected.ingest().files
    assert (file.status, file.rows_loaded) == ("loaded", 2)
    assert file.file == "connection.yml/crm/until 2026-03-05 10-00-00.000000/deal.duckdb-table"
    query = "select id, amount::varchar, closed_at, day, is_won, _time_zone from raw.crm__deals order by id"
    assert connected.warehouse.execute(query).fetchall() == [
        ("1", "0.100000000000", datetime(2026, 3, 1, 23, 30), date(2026, 3, 4), True, "UTC"),
        ("2", "1234567890123456.123456789000", None, None, None, "UTC"),
    ]


def test_what_comes_later_for_the_moment_that_was_read_last_is_read(connected: Connected) -> None:
    connected.ingest()
    synced(connected.server, "2, 8, false, '2026-03-05 10:00+00'", "3, 7, false, '2026-03-06 11:00+00'")
    assert connected.statuses() == ["loaded", "unchanged"]
    assert [row[1].split(".")[0] for row in connected.current()] == ["0", "8", "7"]


def test_only_what_is_new_is_read(connected: Connected) -> None:
    connected.ingest()
    assert connected.statuses() == ["unchanged"]
    synced(connected.server, "1, 5, false, '2026-03-06 10:00+00'", "3, 7, false, '2026-03-06 11:00+00'")
    report = connected.ingest()
    # With the other row of the moment that was read last, since one of them has changed.
    assert {(file.status, file.records) for file in report.files} == {("unchanged", 2), ("loaded", 3)}
    synced(connected.server, "3, 7, true, '2026-03-07 11:00+00'")
    assert connected.statuses() == ["loaded", "unchanged", "unchanged"]
    assert connected.current() == [
        ("1", "5.000000000000", False),
        ("2", "1234567890123456.123456789000", False),
        ("3", "7.000000000000", True),
    ]
    assert connected.statuses() == ["unchanged"] * 3


@pytest.mark.parametrize(
    "change",
    [
        "delete from crm.deal where id = 1",
        "insert into crm.deal (id, _fivetran_synced) values (9, '2026-01-01 10:00+00')",
        "update crm.deal set amount = 6 where id = 3",
        "update crm.deal set _fivetran_synced = null where id = 2",
        "delete from crm.deal; insert into crm.deal (id, _fivetran_synced) values (4, '2026-02-01 10:00+00')",
    ],
)
def test_what_no_sync_column_shows_makes_the_table_be_read_again(connected: Connected, change: str) -> None:
    connected.ingest()
    synced(connected.server, "3, 7, false, '2026-03-06 11:00+00'")
    connected.ingest()
    connected.server.run(change)
    connected.ingest()
    whole = Connected(connected.folder, connected.server)
    whole.ingest()
    assert connected.current() == whole.current()
    assert set(connected.statuses()) == {"unchanged"}


def test_a_changed_declaration_reads_all_of_it_again(connected: Connected) -> None:
    connected.ingest()
    synced(connected.server, "3, 7, false, '2026-03-06 11:00+00'")
    connected.ingest()
    table = SourceTable("crm", "deals", (), ("id",), (*COLUMNS, Column("tags", "varchar")), utc_files=("deal.*",))
    (file,) = connected.ingest(table).files
    assert (file.status, file.records) == ("loaded", 3)
    assert connected.warehouse.execute("select count(*) from raw.crm__deals where tags = '{a}'").fetchall() == [(1,)]


def test_facts_without_a_key_are_read_as_a_whole(connected: Connected) -> None:
    connected.ingest(FACTS)
    assert connected.statuses(FACTS) == ["unchanged"]
    synced(connected.server, "1, 5, false, '2026-03-06 10:00+00'")
    connected.ingest(FACTS)
    assert len(connected.warehouse.execute("from raw.crm__deals").fetchall()) == 2


@pytest.mark.parametrize(
    ("changed", "reason"),
    [
        ({"type": "mysql"}, "line 1, type: it must be postgres or duckdb, found 'mysql'"),
        ({"password": PASSWORD.replace("${x}", "")}, "line 6, password: a password in a file is read by everybody"),
        ({"password": "'hunter2'"}, "line 6, password: a password in a file is read by everybody"),
        ({"password": "${UNSET_PASSWORD}"}, "line 6, password: the variable UNSET_PASSWORD is not set"),
        (
            {"password": "${WRONG_PASSWORD}"},
            "line 5, user: the server does not accept user 'reader' with this password",
        ),
        ({"user": "nobody"}, "line 5, user: the server does not accept user 'nobody'"),
        ({"host": "postgres://127.0.0.1"}, "line 2, host: it is the name of the machine only"),
        ({"host": "nowhere.invalid"}, "line 2, host: there is no machine 'nowhere.invalid'"),
        ({"port": 1}, "line 2, host: no PostgreSQL server answers at 127.0.0.1, port 1; start it"),
        ({"port": "many"}, "line 3, port: it must be a number, found 'many'"),
        ({"database": "sales"}, "line 4, database: the server has no database 'sales'"),
        ({"schemas": "[hubspot]"}, "line 7, schemas: the database has no schema 'hubspot'; it has crm"),
        ({"schemas": "[]"}, "line 7, schemas: it must be a list such as [hubspot]"),
        ({"schemas": None}, "line 1, schemas: it is missing"),
        ({"tabels": "[deal]"}, "line 8, tabels: this key is not known"),
        ({"synced_by": "day"}, "line 8, synced_by: it is a date in deal, not a timestamp"),
    ],
)
def test_a_mistake_is_named_without_the_password(
    connected: Connected, monkeypatch: pytest.MonkeyPatch, changed: dict[str, Any], reason: str
) -> None:
    monkeypatch.setenv("WRONG_PASSWORD", "hunter2")
    connected.write(**changed)
    found = str(connected.ingest().files[0].reason)
    assert found.startswith(reason)
    assert not any(secret in found for secret in ("hunter2", "cret", PASSWORD))


def test_a_server_that_is_down_leaves_what_is_loaded(connected: Connected) -> None:
    connected.ingest()
    connected.write(port=1)
    assert connected.statuses() == ["refused"]
    assert len(connected.current()) == 2
    connected.write()
    assert connected.statuses() == ["unchanged"]


def test_a_duckdb_database_elsewhere_is_read_by_spans_too(tmp_path: Path) -> None:
    with duckdb.connect(tmp_path / "lake.duckdb") as lake:
        lake.execute("create schema crm")
        lake.execute(MADE.replace("numeric", "decimal(38, 12)"))
        lake.execute("insert into crm.deal (id, amount, _fivetran_synced) values (1, 5, '2026-03-05 10:00:00+02')")
    folder = tmp_path / "exports"
    folder.mkdir()
    (folder / "connection.yml").write_text("type: duckdb\nfile: ../lake.duckdb\nschemas: [crm]\ntables: [deal*]\n")
    warehouse = duckdb.connect()
    for day in (5, 6):
        files = ingest_table(warehouse, TABLE, folder, FormatHints()).files
        (file,) = [each for each in files if each.status == "loaded"]
        assert file.rows_loaded == 1
        with duckdb.connect(tmp_path / "lake.duckdb") as lake:
            lake.execute(
                f"insert into crm.deal (id, _fivetran_synced) values ({day}, ?)", [datetime(2026, 3, 9, tzinfo=UTC)]
            )
    assert "until 2026-03-09 00-00-00.000000" in file.file
