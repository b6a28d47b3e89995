"""Later exports with any of the columns: what was known stays, what is given wins, and the order of arrival is nothing.

From the files through ingestion and the macro by which every staging model reads a table's current rows.
"""

from pathlib import Path
from typing import Any

import duckdb
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from orchestration.lib.ingestion import ingest_table
from orchestration.lib.source_tables import Column, SourceTable
from tests.unit.ingestion.rendering import rendered

TABLE = SourceTable(
    system="crm",
    name="deals",
    files=("*deals*",),
    key=("id",),
    columns=(
        Column("id", "varchar", required=True),
        Column("stage", "varchar"),
        Column("owner", "varchar"),
        Column("amount", "decimal(18, 2)"),
        Column("entered", "map(varchar, varchar)", pattern="^entered (.+)$"),
    ),
)
COLUMNS = ("stage", "owner", "amount", "entered Lead", "entered Won")
CELLS = {"amount": ["", "1", "2"]}
Export = dict[str, dict[str, str]]  # by record, by column


@st.composite
def exports(draw: st.DrawFn) -> list[Export]:
    """Some exports of three deals, each with columns of its own; an empty cell is empty."""
    found = []
    for _ in range(draw(st.integers(2, 4))):
        columns = draw(st.lists(st.sampled_from(COLUMNS), unique=True))
        records = draw(st.lists(st.sampled_from("123"), min_size=1, unique=True))
        rows = {
            record: {column: draw(st.sampled_from(CELLS.get(column, ["", "a", "b"]))) for column in columns}
            for record in records
        }
        found.append(rows)
    return found


def known(made: list[Export]) -> list[tuple]:
    """What is known in the end."""
    state: dict[str, dict[str, str]] = {}
    for export in made:
        for record, cells in export.items():
            state.setdefault(record, {}).update(cells)
    return [(record, *(state[record].get(column, "") or None for column in COLUMNS)) for record in sorted(state)]


def write(folder: Path, number: int, export: Export) -> None:
    columns = list(next(iter(export.values())))
    lines = [",".join(["id", *columns])]
    lines += [",".join([record, *(cells[column] for column in columns)]) for record, cells in sorted(export.items())]
    folder.mkdir(exist_ok=True)
    (folder / f"deals 2026-03-{number:02}.csv").write_text("\n".join(lines) + "\n")


def current(connection: duckdb.DuckDBPyConnection) -> list[Any]:
    rows = rendered('current_rows("crm", "deals")', connection, TABLE)
    return connection.execute(
        f"select id, stage, owner, cast(cast(amount as int) as varchar), entered['Lead'], entered['Won'] "
        f"from ({rows}) order by id"
    ).fetchall()


@pytest.mark.slow
@given(exports(), st.data())
@settings(max_examples=12)
def test_what_a_later_export_lacks_stays_known(
    tmp_path_factory: pytest.TempPathFactory, made: list[Export], data: st.DataObject
) -> None:
    folder, whole, steps = tmp_path_factory.mktemp("partial"), duckdb.connect(), duckdb.connect()
    for connection in (whole, steps):
        connection.execute(
            "create schema raw; create table raw.reference__systems (system text, vanished_records text)"
        )
    for number, export in enumerate(made, 1):
        write(folder / "whole", number, export)
    ingest_table(whole, TABLE, folder / "whole")
    assert current(whole) == known(made)
    for number in data.draw(st.permutations(range(1, len(made) + 1))):
        write(folder / "steps", number, made[number - 1])
        ingest_table(steps, TABLE, folder / "steps")
    assert current(steps) == current(whole)
