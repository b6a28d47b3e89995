"""Closed months between warehouses: the company folder stores them in two files, from which a new warehouse starts.

Belongs here: writing the ledger to closings/ of a company folder, and taking over the months that a warehouse has not.
The ledger itself is months.py.
"""

from pathlib import Path

import duckdb

from orchestration.lib.closing.months import TABLES, ClosingError
from orchestration.lib.warehouse.own_tables import column_types
from orchestration.lib.warehouse.sql import literal

FOLDER = "closings"
# The columns and the file of each table of the ledger.
COLUMNS = {row.table: tuple(column_types(row)) for row in TABLES}
FILES = {table: f"{table.removeprefix('closing__')}.parquet" for table in COLUMNS}


def write_closings(connection: duckdb.DuckDBPyConnection, company: Path) -> tuple[Path, int]:
    """Write the whole ledger of a warehouse to closings/ of the company folder; return the folder and its months.

    ClosingError if the ledger has no month, or lacks one that the folder has: stored months are never overwritten.
    """
    folder = company / FOLDER
    (months,) = connection.execute("select count(*) from store.closing__months").fetchall()[0]
    if not months:
        raise ClosingError("no month is closed yet; nothing to write")
    if lost := _months_of_files_only(connection, folder):
        raise ClosingError(
            f"{folder} has months that this warehouse has not closed ({', '.join(lost)}); run `smarketing run` first, "
            "which takes them over"
        )
    folder.mkdir(exist_ok=True)
    for table, file in FILES.items():
        names = ", ".join(COLUMNS[table])
        made = folder / f".{file}"
        connection.execute(
            f"copy (select {names} from store.{table} order by all) to {literal(str(made))} (compression zstd)"
        )
        made.replace(folder / file)
    return folder, months


def take_over_closings(connection: duckdb.DuckDBPyConnection, company: Path) -> int:
    """Add the months that closings/ of the company folder has and the ledger lacks, with all their stored rows.

    Return their number. Months of the ledger stay unchanged. ClosingError if the files are not such a ledger.
    """
    new = _months_of_files_only(connection, company / FOLDER)
    if not new:
        return 0
    dates = ", ".join(f"date '{month}'" for month in new)
    connection.execute("begin transaction")
    for table, file in FILES.items():
        names = ", ".join(COLUMNS[table])
        rows = f"from read_parquet({literal(str(company / FOLDER / file))}) where month_date in ({dates})"
        connection.execute(f"insert into store.{table} ({names}) select {names} {rows}")
    connection.execute("commit")
    return len(new)


def _months_of_files_only(connection: duckdb.DuckDBPyConnection, folder: Path) -> list[str]:
    """The months that the files have and the ledger lacks."""
    if not folder.is_dir():
        return []
    for table, file in FILES.items():
        path = folder / file
        try:
            described = connection.execute(f"describe from read_parquet({literal(str(path))})").fetchall()
        except duckdb.Error as error:
            raise ClosingError(f"{path} cannot be read: {error}; `smarketing closings` writes it") from error
        columns = {name for name, *_ in described}
        if missing := [column for column in COLUMNS[table] if column not in columns]:
            raise ClosingError(
                f"{path} has no column {missing[0]}: an earlier version of this project wrote it; run its warehouse "
                "once with this version and write the files again with `smarketing closings`"
            )
    rows = connection.execute(
        f"select month_date from read_parquet({literal(str(folder / FILES['closing__months']))}) "
        "where month_date not in (select month_date from store.closing__months) order by month_date"
    ).fetchall()
    return [str(month) for (month,) in rows]
