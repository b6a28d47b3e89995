"""Shared by the tests of formats: a table with one column per type, and files of one column each."""

from pathlib import Path
from typing import Any

import duckdb

from orchestration.lib.ingestion import FileReport, FormatHints, ingest_table
from orchestration.lib.source_tables import Column, SourceTable

TABLE = SourceTable(
    system="crm",
    name="deals",
    files=("*deals*",),
    key=(),
    columns=(
        Column("moment", "timestamp"),
        Column("day", "date"),
        Column("instant", "timestamptz"),
        Column("amount", "decimal(18, 2)"),
        Column("ratio", "double"),
        Column("seats", "bigint"),
        Column("is_won", "boolean"),
        Column("currency", "varchar", currency_of="amount"),
    ),
    utc_files=("*.utc.csv",),
    placeholders=("Select", "000000000000000AAA"),
)


class Crm:
    """One exports folder and its warehouse."""

    def __init__(self, folder: Path) -> None:
        self.folder, self.connection = folder, duckdb.connect()

    def ingest(
        self,
        column: str,
        *cells: str,
        hints: FormatHints | None = None,
        file: str = "deals.csv",
        table: SourceTable = TABLE,
    ) -> FileReport:
        """Write a file of one column, each cell in quotes, and ingest it."""
        rows = [column, *('"' + cell.replace('"', '""') + '"' for cell in cells)]
        (self.folder / file).write_text("\n".join(rows) + "\n")
        return self.ingest_file(table, hints)

    def ingest_file(self, table: SourceTable = TABLE, hints: FormatHints | None = None) -> FileReport:
        """Ingest what is in the folder."""
        return ingest_table(self.connection, table, self.folder, hints or FormatHints()).files[0]

    def values(self, columns: str) -> list[Any]:
        """The rows of one column, or of several as tuples, in their order."""
        rows = self.connection.execute(f"select {columns} from raw.crm__deals order by _line").fetchall()
        return [row[0] if len(row) == 1 else row for row in rows]

    def reasons(self) -> list[str]:
        query = "select reason from raw.ingestion__rejected_rows order by line"
        return [row[0] for row in self.connection.execute(query).fetchall()]
