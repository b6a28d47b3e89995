"""A message shows no cell of a person, in whatever column a shifted row or a missing header has put it."""

import json
from pathlib import Path

import duckdb
import pytest
from hypothesis import given
from hypothesis import strategies as st

from orchestration.lib.ingestion import ingest_table
from orchestration.lib.ingestion.shown import shape, shape_of
from orchestration.lib.source_tables import Column, SourceTable
from orchestration.lib.warehouse.sql import literal

TABLE = SourceTable(
    system="crm",
    name="leads",
    files=("*leads*",),
    key=("id",),
    columns=(
        Column("id", "varchar", required=True),
        Column("email", "varchar", personal=True),
        Column("created", "timestamp"),
        Column("amount", "decimal(24, 6)"),
        Column("seats", "bigint"),
        Column("zone", "varchar", zone=True),
    ),
    max_rejected_rate=1.0,
)
GOOD = "1,ann@alfa.example,2026-01-31 10:00,10.5,3,Europe/Rome"
SECRETS = ("mario@priv.example", "Mario Rossi", "+39 333 1234567", "(333) 123-4567", "Città 12")


def messages(folder: Path, text: str) -> str:
    """All messages about the file, and what is published of it."""
    folder.mkdir(parents=True, exist_ok=True)
    (folder / "leads.csv").write_text(text)
    connection = duckdb.connect()
    report = ingest_table(connection, TABLE, folder)
    reasons = connection.execute("select reason, column_name from raw.ingestion__rejected_rows").fetchall()
    loads = connection.execute("select undeclared_columns, reason from raw.ingestion__loads").fetchall()
    return "\n".join([*report.problems(), json.dumps(reasons), json.dumps(loads), str(report.files)])


@pytest.mark.parametrize("secret", SECRETS)
@pytest.mark.parametrize("place", range(2, 6))
def test_a_shifted_cell_is_a_shape(tmp_path: Path, secret: str, place: int) -> None:
    cells = ["2", "x", "2026-01-31 10:00", "10.5", "3", "Europe/Rome"]
    cells[place] = secret
    found = messages(tmp_path, f"id,email,created,amount,seats,zone\n{GOOD}\n{','.join(cells)}\n")
    assert secret not in found
    assert f"column {TABLE.columns[place].name}" in found


@pytest.mark.parametrize(
    "lines",
    [
        ["7,mario@priv.example,mario@priv.example,1,2,Europe/Rome"],  # two equal cells
        ["Email,mario@priv.example,2026-01-31 10:00,1,2,Mario Rossi"],  # a cell that is a label
        ["id,email,created,mario@priv.example", "1,a@b.example,2026-01-31 10:00,5"],  # a label that is an e-mail
        ["id,mario@priv.example,Mario@priv.example", "1,a@b.example,2"],  # two of them
    ],
)
def test_a_label_that_is_a_value_is_a_shape(tmp_path: Path, lines: list[str]) -> None:
    found = messages(tmp_path, "\n".join([*lines, GOOD, ""]))
    assert "priv" not in found
    assert "Rossi" not in found
    assert "99" in found or "aaa" in found or "add the header line" in found


def test_an_id_that_is_a_person_is_a_shape_in_a_question(tmp_path: Path) -> None:
    (tmp_path / "b_leads.csv").write_text("id,seats\nmario@priv.example,4\n")
    found = messages(tmp_path, "id,seats\nmario@priv.example,3\n")
    assert "id aaaaa@aaaa.aaaaaaa is also in leads.csv" in found
    assert "priv" not in found


@given(st.text(st.characters(exclude_categories=("Cs",), exclude_characters="\0"), max_size=90))
def test_a_shape_has_no_letter_and_no_number_of_a_person(text: str) -> None:
    found = shape_of(text)
    assert found == text or not [c for c in found if c.isalpha() and c != "a"]
    ((in_sql,),) = duckdb.sql(f"select {shape(literal(text))}").fetchall()
    if text.isascii():
        assert in_sql == found


def test_what_names_nobody_is_shown(tmp_path: Path) -> None:
    found = messages(tmp_path, f"id,email,created,amount,seats,zone\n{GOOD}\n2,x,31.31.2026,10.5,2.5,Europe/Rome\n")
    assert "'31.31.2026' is not a timestamp" in found
