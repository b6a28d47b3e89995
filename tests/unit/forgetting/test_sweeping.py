"""The raw tables of a warehouse are swept: what is found is counted by table and file, and the ledger adds up."""

from pathlib import Path

import duckdb

from orchestration.lib.forgetting.sweeping import sweep, sweep_other_ids
from orchestration.lib.forgotten.kept import read_forgotten
from orchestration.lib.forgotten.listed import EMAIL, Forgotten
from orchestration.lib.ingestion import ingest_table
from orchestration.lib.ingestion.ledger import note_refusal
from orchestration.lib.source_tables import Column, SourceTable
from orchestration.lib.store.database import attached

CONTACTS = SourceTable(
    "crm",
    "contacts",
    files=("*contacts*",),
    key=("id",),
    columns=(
        Column("id", "varchar", required=True, person="row"),
        Column("email", "varchar", personal=True, person="row"),
        Column("stage", "varchar"),
        Column("seen", "date"),
    ),
    max_rejected_rate=1.0,
)
CALLS = SourceTable(
    "crm",
    "calls",
    files=("*calls*",),
    key=("id",),
    columns=(Column("id", "varchar"), Column("contact_ids", "varchar", person="row")),
)
TABLES = [CONTACTS, CALLS]
LIST = Forgotten("k" * 64).with_values([("record of crm", "9301"), (EMAIL, "ann@a.example")])
HEADER = "id,email,stage,seen,ann@a.example\n"
OTHERS = "".join(f"{number},p{number}@a.example,lead,2026-01-01,\n" for number in range(10, 20))


MAILS = SourceTable(
    "crm",
    "mails",
    files=("*mails*",),
    key=("recipient", "sent"),
    columns=(Column("recipient", "varchar", personal=True, person="row"), Column("sent", "date")),
)


def everything(connection: duckdb.DuckDBPyConnection) -> str:
    tables = connection.execute("select table_name from duckdb_tables() where schema_name = 'raw'").fetchall()
    return str([connection.execute(f"from raw.{name}").fetchall() for (name,) in tables])


def test_rows_ledger_and_vanished_records(tmp_path: Path) -> None:
    ann = "9301,ann@a.example,lead,2026-01-01,\n"
    (tmp_path / "contacts 2026-01-01.csv").write_text(HEADER + OTHERS + ann)
    (tmp_path / "contacts 2026-02-01.csv").write_text(HEADER + OTHERS + "9,x@x.example,ann@a.example,no day,\n")
    (tmp_path / "calls.csv").write_text("id,contact_ids\n1,9301\n2,9301;10\n3,10\n")
    connection = duckdb.connect()
    for table in TABLES:
        ingest_table(connection, table, tmp_path)
    note_refusal(connection, CONTACTS, "gone contacts.csv", "", "line 2: 9301 is also in contacts.csv, line 3")
    assert connection.execute("select record_id from raw.ingestion__vanished_records").fetchall() == [("9301",)]

    swept = sweep(connection, TABLES, LIST)
    assert dict(swept.deleted) == {"crm__contacts": 1, "crm__calls": 1}
    assert (dict(swept.emptied), swept.rejected) == ({"crm__calls": 1}, 1)
    assert dict(swept.lines) == {
        ("crm", "contacts 2026-01-01.csv"): 1,
        ("crm", "contacts 2026-02-01.csv"): 1,
        ("crm", "calls.csv"): 2,
    }
    assert "9301" not in everything(connection)
    assert "ann@a.example" not in everything(connection)
    counts = "file, records, rows_loaded, rows_rejected, rows_forgotten"
    ledger = f"select {counts} from raw.ingestion__loads where status = 'loaded' order by file"
    assert connection.execute(ledger).fetchall() == [
        ("calls.csv", 3, 2, 0, 1),
        ("contacts 2026-01-01.csv", 11, 10, 0, 1),
        ("contacts 2026-02-01.csv", 11, 10, 0, 1),
    ]
    assert connection.execute("from raw.ingestion__vanished_records").fetchall() == []
    assert not sweep(connection, TABLES, LIST)
    # The files are as they were: nothing is loaded again.
    for table in TABLES:
        report = ingest_table(connection, table, tmp_path, forgotten=LIST)
        assert {file.status for file in report.files} == {"unchanged"}


def test_a_record_that_was_made_again_takes_its_calls_along(tmp_path: Path) -> None:
    (tmp_path / "calls.csv").write_text("id,contact_ids\n1,9777\n2,10\n")
    (tmp_path / "contacts.csv").write_text(HEADER + OTHERS + "9777,Ann@A.example,lead,2026-01-01,\n")
    with duckdb.connect() as connection, attached(connection, tmp_path / "store"):
        own = read_forgotten(connection)
        own = own.with_values([(EMAIL, "ann@a.example")])
        reports = [ingest_table(connection, table, tmp_path, forgotten=own) for table in (CALLS, CONTACTS)]
        assert connection.execute("select id from raw.crm__calls").fetchall() == [("1",), ("2",)]
        sweep_other_ids(connection, TABLES, reports)
        assert connection.execute("select id from raw.crm__calls").fetchall() == [("2",)]
        assert read_forgotten(connection).hashes == {own.hash_of("record of crm", "9777")}
        assert "9777" not in everything(connection) + str(reports)


def test_a_vanished_record_with_a_personal_key_is_a_hash_of_them(tmp_path: Path) -> None:
    mails = [f"p{number}@a.example,2026-01-01\n" for number in range(10, 20)]
    (tmp_path / "mails 2026-01-01.csv").write_text("".join(["recipient,sent\n", *mails, "ann@a.example,2026-01-01\n"]))
    (tmp_path / "mails 2026-02-01.csv").write_text("".join(["recipient,sent\n", *mails[1:]]))
    connection = duckdb.connect()
    ingest_table(connection, MAILS, tmp_path)
    vanished = "select count(*) from raw.ingestion__vanished_records where is_hidden"
    assert connection.execute(vanished).fetchall() == [(2,)]
    sweep(connection, [MAILS], LIST)
    assert connection.execute(vanished).fetchall() == [(1,)]
