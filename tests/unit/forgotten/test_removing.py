"""What is a forgotten person's in a table goes; what belongs to others too stays without what names the person."""

from pathlib import Path

import duckdb
import pytest

from orchestration.lib.forgotten.listed import EMAIL, NAME, PHONE, SHARED_NAME, Forgotten
from orchestration.lib.ingestion import ingest_table
from orchestration.lib.source_tables import Column, SourceTable

PERSON = [
    ("record of crm", "301"),
    ("record of crm", "00Q5g000001AbCd"),
    (EMAIL, "anna.rossi@alfa.example"),
    (NAME, "anna rossi"),
    (SHARED_NAME, "mario verdi"),
    (PHONE, "331234567"),
]
LIST = Forgotten("k" * 64)
LIST = Forgotten(LIST.key, frozenset(LIST.hash_of(*each) for each in PERSON))
LEADS = SourceTable(
    "crm",
    "leads",
    files=("*leads*",),
    key=("id",),
    columns=(
        Column("id", "varchar", required=True, person="row"),
        Column("email", "varchar", personal=True, person="row"),
        Column("phone", "varchar", personal=True),
        Column("seen", "date"),
    ),
    max_rejected_rate=1.0,
)
CALLS = SourceTable(
    "crm",
    "calls",
    files=("*calls*",),
    key=("id",),
    columns=(
        Column("id", "varchar"),
        Column("contact_ids", "varchar", person="row"),
        Column("contacts", "varchar", personal=True, person="row"),
        Column("subject", "varchar", personal=True),
    ),
)
DEALS = SourceTable(
    "crm",
    "deals",
    files=("*deals*",),
    key=("id",),
    columns=(
        Column("id", "varchar"),
        Column("contact_ids", "varchar", person="cell"),
        Column("contact_name", "varchar", personal=True, person="name"),
        Column("deal_name", "varchar", personal=True),
        Column("stage", "varchar"),
        Column("amount", "decimal(24, 6)"),
    ),
)
CASES = [
    # The record, by its id, by its e-mail alone, by an id that has three letters more; another one with a like e-mail.
    (LEADS, "id,email,phone,seen\n301,new@alfa.example,,", []),
    (LEADS, "id,email,phone,seen\n999,Anna.Rossi@Alfa.example,,", []),
    (LEADS, "id,email,phone,seen\n00Q5g000001AbCdEAF,,,", []),
    (
        LEADS,
        "id,email,phone,seen\n3011,joanna.rossi@alfa.example,,",
        [("3011", "joanna.rossi@alfa.example", None, None)],
    ),
    # A phone number that two records share is taken from the other one, however it is written.
    (LEADS, "id,email,phone,seen\n7,bo@b.example,+39 333 123-4567 x,", [("7", "bo@b.example", " x", None)]),
    # A call with them alone goes; one with somebody else loses the reference, also in the list of names.
    (CALLS, "id,contact_ids,contacts,subject\n1,301,,Call", []),
    (CALLS, "id,contact_ids,contacts,subject\n1,,Anna Rossi (anna.rossi@alfa.example),Call", []),
    (
        CALLS,
        "id,contact_ids,contacts,subject\n1,301;302,Anna Rossi (anna.rossi@alfa.example);Bo (bo@b.example),"
        "Call ANNA  rossi",
        [("1", "302", "Bo (bo@b.example)", "Call ")],
    ),
    (CALLS, "id,contact_ids,contacts,subject\n301,302,,Joanna Rossini", [("301", "302", None, "Joanna Rossini")]),
    # A deal stays with its amount; a cell that is not personal is only looked at for an e-mail.
    (
        DEALS,
        "id,contact_ids,contact_name,deal_name,stage,amount\n301,301,Annina,Anna Rossi - 301,Anna Rossi,5",
        [("301", None, None, " - 301", "Anna Rossi", 5)],
    ),
    (
        DEALS,
        "id,contact_ids,contact_name,deal_name,stage,amount\n1,302;301,X,anna.rossi@alfa.example,,5",
        [("1", "302", None, "", None, 5)],
    ),
    (
        DEALS,
        "id,contact_ids,contact_name,deal_name,stage,amount\n1,302,Bo,Bo,ask anna.rossi@alfa.example!,5",
        [("1", "302", "Bo", "Bo", "ask !", 5)],
    ),
    # A name that others have too goes where the row names the person otherwise, and nowhere else.
    (
        DEALS,
        "id,contact_ids,contact_name,deal_name,stage,amount\n1,302;301,,Mario Verdi - chairs,,5",
        [("1", "302", None, " - chairs", None, 5)],
    ),
    (
        DEALS,
        "id,contact_ids,contact_name,deal_name,stage,amount\n1,302,Bo,Mario Verdi - chairs,,5",
        [("1", "302", "Bo", "Mario Verdi - chairs", None, 5)],
    ),
    (
        DEALS,
        "id,contact_ids,contact_name,deal_name,stage,amount\n"
        "1,302,Bo,Bo,https://a.example/?e=anna.rossi%40alfa.example&b=anna.rossi@alfa.example.,5",
        [("1", "302", "Bo", "Bo", "https://a.example/?e=&b=.", 5)],
    ),
]


@pytest.mark.parametrize(("table", "text", "expected"), CASES)
def test_a_row_is_not_loaded_or_loses_the_person(
    tmp_path: Path, table: SourceTable, text: str, expected: list[tuple]
) -> None:
    (tmp_path / f"{table.name}.csv").write_text(text + "\n")
    connection = duckdb.connect()
    report = ingest_table(connection, table, tmp_path, forgotten=LIST)
    names = ", ".join(column.name for column in table.columns)
    assert connection.execute(f"select {names} from raw.{table.raw_table}").fetchall() == expected
    [file] = report.files
    assert (file.records, file.rows_loaded, file.rows_forgotten) == (1, len(expected), 1 - len(expected))


def test_undeclared_columns_and_rejected_rows_lose_them_too(tmp_path: Path) -> None:
    (tmp_path / "leads.csv").write_text(
        "id,email,phone,seen,Notes,Main contact\n"
        "1,a@a.example,,,wrote to Anna Rossi <anna.rossi@alfa.example>,00Q5g000001AbCdEAF\n"
        "301,x@x.example,,no day,,\n2,x@x.example,,anna.rossi@alfa.example,,\n3,b@b.example,,no day,,\n"
    )
    connection = duckdb.connect()
    report = ingest_table(connection, LEADS, tmp_path, forgotten=LIST)
    [(row_id, extra)] = connection.execute("select id, _extra from raw.crm__leads").fetchall()
    assert (row_id, extra) == ("1", '{"Notes":"wrote to  <>","Main contact":""}')
    assert connection.execute("select line from raw.ingestion__rejected_rows").fetchall() == [(5,)]
    [file] = report.files
    assert (file.rows_loaded, file.rows_rejected, file.rows_forgotten) == (1, 1, 2)
    assert [kind.rows for kind in file.rejected] == [1]
    text = str(connection.execute("from raw.ingestion__rejected_rows").fetchall() + report.messages())
    assert "301" not in text
    assert "anna" not in text.lower()
