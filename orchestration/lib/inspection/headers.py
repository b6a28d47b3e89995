"""The headers of export files, compared with the declaration: what would be refused, and which columns are missing.

Belongs here: files whose rows are not read. The readers are those of ingestion, which read here the beginning of a
file; a bad value further down is found by arrivals.py.
"""

import tempfile
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

import duckdb

from orchestration.lib.formats import either
from orchestration.lib.ingestion.containers import read_export
from orchestration.lib.ingestion.detection import Content, Refused, recognise
from orchestration.lib.ingestion.files import claimed_files, in_words, is_claimed, workbooks_in
from orchestration.lib.ingestion.header import Header, match_labels
from orchestration.lib.ingestion.readers import read_content
from orchestration.lib.ingestion.sheets import sheets_in
from orchestration.lib.language import gettext, ngettext
from orchestration.lib.source_tables import Column, SourceTable
from orchestration.lib.warehouse.sql import columns_of, literal

# What is read of a text beyond its encoding, which is checked to the end.
HEAD_BYTES = 1_000_000
# Declared columns that a file has of the table that it belongs to.
ENOUGH_COLUMNS = 4


@dataclass(frozen=True)
class FileHeader:
    """What the header of one file shows; `refusal` is why a build would not load it."""

    path: Path
    refusal: str = ""
    undeclared: tuple[str, ...] = ()
    columns: frozenset[str] = frozenset()
    sheet: str = ""  # of a workbook, with all its visible sheets
    sheets: tuple[str, ...] = ()


@dataclass(frozen=True)
class TableHeaders:
    """A source table and the headers of its files."""

    table: SourceTable
    files: tuple[FileHeader, ...]

    @property
    def absent(self) -> list[set[str]]:
        """The columns that each readable file lacks."""
        names = {column.name for column in self.table.columns}
        return [names - file.columns for file in self.files if not file.refusal]

    @property
    def missing(self) -> list[Column]:
        """The optional columns that none of its readable files has; none where there is no such file."""
        read = [file for file in self.files if not file.refusal]
        found = {name for file in read for name in file.columns}
        return [column for column in self.table.columns if read and column.name not in found]


def read_headers(tables: Sequence[SourceTable], folder: Path) -> Iterator[TableHeaders]:
    """The tables that have files under `folder`, in order, with what their headers show."""
    with duckdb.connect() as connection:
        for table in tables:
            if paths := claimed_files(table, folder):
                yield TableHeaders(table, tuple(_read(connection, table, path) for path in paths))


def unread_texts(paths: Sequence[Path], tables: Sequence[SourceTable]) -> Iterator[str]:
    """Why each file that no table claims is not read, and what to do."""
    tables_of = {path: likely_table(path, tables) for path in paths}
    for path, table in tables_of.items():
        if table:
            patterns = either(*(*table.files, *table.words, *table.utc_files)[:2])
            yield gettext(
                "%(path)s: not read, because its name does not show what it is; its columns are those of %(table)s: "
                "rename it, so that its name is like %(patterns)s",
                path=path,
                table=f"{table.system}.{table.name}",
                patterns=patterns,
            )
    for name in in_words([path for path in paths if not tables_of[path]]):
        yield gettext(
            "%(path)s: not read, because no source declares it; draft one (smarketing source) or move it away",
            path=name,
        )


def likely_table(path: Path, tables: Sequence[SourceTable]) -> SourceTable | None:
    """The table of the system in whose folder the unread file is, whose columns it has; None where two fit as well.

    A browser's download or a view that somebody named shows in its header, and not in its name, what it is.
    """
    with duckdb.connect() as connection:
        read = [(table, _read(connection, table, path)) for table in tables if table.system in path.parts]
    found = sorted(((len(file.columns), table.name) for table, file in read if not file.refusal), reverse=True)
    if not found or found[0][0] < ENOUGH_COLUMNS or (len(found) > 1 and found[0][0] == found[1][0]):
        return None
    return next(table for table, _ in read if table.name == found[0][1])


def unread_sheets(files: Sequence[FileHeader]) -> dict[Path, list[str]]:
    """The visible sheets of workbooks that no table reads, by workbook."""
    found = {}
    for path, sheets in {file.path: file.sheets for file in files if file.sheets}.items():
        read = {file.sheet for file in files if file.path == path}
        if left := [sheet for sheet in sheets if sheet not in read]:
            found[path] = left
    return found


def unread_sheet_texts(tables: Sequence[SourceTable], folder: Path) -> Iterator[str]:
    """Which sheets of the workbooks under `folder` no table of its system reads, and what to do."""
    with duckdb.connect() as connection:
        files = [
            _read(connection, table, path)
            for path in workbooks_in(folder)
            for table in tables
            if is_claimed(table, path)
        ]
    for path, sheets in unread_sheets(files).items():
        names = ", ".join(f"'{sheet}'" for sheet in sheets)
        yield ngettext(
            "%(path)s: not read: its sheet %(sheets)s, in which no table of the system finds its columns; give a sheet "
            "the name of what it contains, or draft a source (smarketing source)",
            "%(path)s: not read: its sheets %(sheets)s, in which no table of the system finds its columns; give a "
            "sheet the name of what it contains, or draft a source (smarketing source)",
            len(sheets),
            path=path,
            sheets=names,
        )


def _read(connection: duckdb.DuckDBPyConnection, table: SourceTable, path: Path) -> FileHeader:
    try:
        with tempfile.TemporaryDirectory() as folder:
            header, sheet, sheets = _header(connection, table, path, Path(folder))
    except Refused as refusal:
        return FileHeader(path, str(refusal))
    absent = set(header.missing)
    columns = frozenset(column.name for column in table.columns if column.name not in absent)
    return FileHeader(path, "", header.undeclared, columns, sheet, sheets)


def _header(
    connection: duckdb.DuckDBPyConnection, table: SourceTable, path: Path, folder: Path
) -> tuple[Header, str, tuple[str, ...]]:
    """The header; of a workbook the sheet that has it, and all visible ones."""
    content = recognise(read_export(path, folder, rows=1), table.encodings, folder)
    if content.kind == "parquet":
        try:
            labels = [name for name, _ in columns_of(connection, f"from read_parquet({literal(str(content.path))})")]
        except duckdb.Error as error:
            raise Refused("the Parquet file is broken or not complete; copy or download it again") from error
        return match_labels(labels, table, "the schema of the file"), "", ()
    head = content if content.kind == "workbook" else _head(content, folder)
    parsed = read_content(connection, head, table, folder)
    sheets = sheets_in(content.path) if content.kind == "workbook" else ()
    return parsed.header, parsed.sheet, tuple(sheet.name for sheet in sheets if sheet.is_visible)


def _head(content: Content, folder: Path) -> Content:
    """The first whole lines of a text."""
    with content.path.open("rb") as file:
        data = file.read(HEAD_BYTES)
    if len(data) < HEAD_BYTES or b"\n" not in data:
        return content
    path = folder / "head"
    path.write_bytes(data[: data.rindex(b"\n") + 1])
    return replace(content, path=path)
