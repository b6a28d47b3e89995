"""Tables of a DuckDB file that a connector writes: claimed like files, read in UTC, loaded again when changed."""

import subprocess
import sys
from datetime import datetime
from pathlib import Path

import duckdb
import pytest

from orchestration.lib.ingestion import ingest_table, unclaimed_files
from orchestration.lib.source_tables import Column, SourceTable

TABLE = SourceTable(
    system="crm",
    name="contacts",
    files=("*contacts*.csv",),
    key=("id",),
    columns=(Column("id", "bigint", required=True), Column("email", "varchar"), Column("created_at", "timestamp")),
    utc_files=("contact.*", "contact_data.*"),
)
FILE = "fivetran.duckdb/hubspot/contact.duckdb-table"


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    folder = tmp_path / "exports" / "other"
    folder.mkdir(parents=True)
    with duckdb.connect(folder / "fivetran.duckdb") as database:
        database.execute(
            """
            create schema hubspot;
            create table hubspot.contact as
            select i as id, 'a' || i as email, timestamp '2024-01-02 03:04:05' as created_at, [i] as tags
            from range(3) r(i);
            insert into hubspot.contact (id) values (null);
            create table hubspot.deal as select 1 as id;
            create view hubspot.contact_data as from hubspot.contact;
            """
        )
    return folder


def test_a_table_is_read_like_a_file(folder: Path) -> None:
    connection = duckdb.connect()
    report = ingest_table(connection, TABLE, folder)
    (file,) = report.files
    assert (file.file, file.status, file.records, file.rows_loaded, file.rows_rejected) == (FILE, "loaded", 4, 3, 1)
    query = "select id, email, created_at, _extra, _time_zone from raw.crm__contacts order by _line limit 1"
    assert connection.execute(query).fetchall() == [(0, "a0", datetime(2024, 1, 2, 3, 4, 5), '{"tags":"[0]"}', "UTC")]
    assert [path.relative_to(folder.parent) for path in unclaimed_files([TABLE], folder.parent) if path.parts] == [
        Path(folder.name) / "fivetran.duckdb" / "hubspot" / name
        for name in ("contact.duckdb-table", "deal.duckdb-table")
    ]  # the folder is not named crm, and so nothing claims them


def test_it_is_loaded_again_when_it_has_changed(folder: Path) -> None:
    connection = duckdb.connect()
    ingest_table(connection, TABLE, folder)
    assert ingest_table(connection, TABLE, folder).files[0].status == "unchanged"
    with duckdb.connect(folder / "fivetran.duckdb") as database:
        database.execute("update hubspot.contact set email = 'b' where id = 1")
    assert ingest_table(connection, TABLE, folder).files[0].status == "loaded"
    assert connection.execute("select email from raw.crm__contacts where id = 1").fetchall() == [("b",)]


@pytest.mark.parametrize("name", ["crm.duckdb", "clocks.duckdb"])
def test_a_file_that_is_not_a_database_is_refused(folder: Path, name: str) -> None:
    """A name with "lock" in it is not another process."""
    connection = duckdb.connect()
    (folder / "fivetran.duckdb").unlink()
    (folder / name).write_text("id\n1\n")
    (file,) = ingest_table(connection, TABLE, folder).files
    assert (file.file, file.status) == (name, "refused")
    assert "not a DuckDB database" in str(file.reason)


def test_a_database_in_use_is_refused(folder: Path) -> None:
    hold = "import duckdb, sys; c = duckdb.connect(sys.argv[1]); print(1, flush=True); sys.stdin.read()"
    command = [sys.executable, "-c", hold, str(folder / "fivetran.duckdb")]
    with subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE) as holder:
        assert holder.stdout
        holder.stdout.readline()
        (file,) = ingest_table(duckdb.connect(), TABLE, folder).files
        holder.communicate()
    assert "another process has the database open" in str(file.reason)
