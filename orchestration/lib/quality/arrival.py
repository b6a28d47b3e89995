"""Checks of arriving data: the declaration of a source table, compared with the loaded rows.

Belongs here: refused files, rejected rows, and the declared rules of columns (required, accepted, key). The meaning of
the values is checked in definitions.py.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace

import duckdb
import pandas as pd

from orchestration.lib.quality.expectations import Finding, run_expectations
from orchestration.lib.source_tables import SourceTable
from orchestration.lib.warehouse.sql import literal, quoted

# Of a single file, a fifth of the rows or three may be rejected, whatever its table tolerates of all of them.
OF_ONE_FILE, FEW = 0.2, 3


def check_arrival(connection: duckdb.DuckDBPyConnection, tables: Sequence[SourceTable]) -> list[list[Finding]]:
    """All findings of each source table; of an empty table only the files are checked.

    The database counts the rows that break a rule; Great Expectations evaluates the counts of all tables in one frame.
    """
    counted = [_count(connection, table) for table in tables]
    evaluated = iter(_evaluate([count for counts in counted for count in counts]))
    return [
        [*_refused_files(connection, table), *_rows_rejected(connection, table), *(next(evaluated) for _ in counts)]
        for table, counts in zip(tables, counted, strict=True)
    ]


@dataclass(frozen=True)
class _Count:
    """A rule, the number of rows that break it, and the number of all rows."""

    rule: str
    failing: int
    rows: int


def _count(connection: duckdb.DuckDBPyConnection, table: SourceTable) -> list[_Count]:
    """The rows that break each rule of a table, in one query."""
    rules = _rules(table)
    if not rules:
        return []
    name = f"raw.{quoted(table.raw_table)}"
    columns = ", ".join(count.format(table=name) for count in rules.values())
    (rows, *failing) = connection.execute(f"select count(*), {columns} from {name}").fetchall()[0]
    return [_Count(rule, count, rows) for rule, count in zip(rules, failing, strict=True)] if rows else []


def _rules(table: SourceTable) -> dict[str, str]:
    """The wording of each rule, and an aggregate that counts the rows that break it."""
    rules = {}
    for column in table.columns:
        if column.always_required:
            rules[f"{column.name} is never empty"] = f"count(*) - count({quoted(column.name)})"
        if column.accepted:
            words = ", ".join(map(literal, column.accepted))
            rule = f"{column.name} is one of {', '.join(column.accepted)}"
            rules[rule] = f"count(*) filter (where {quoted(column.name)} not in ({words}))"
    if table.key:
        # A later export may contain a record again; within one file it must be unique.
        key = ", ".join(quoted(name) for name in (*table.key, "_load_id"))
        known = "".join(f" where {quoted(column.name)} is not null" for column in table.stood_in)
        repeated = f"select count(*) as rows from {{table}}{known} group by {key} having count(*) > 1"
        rules[f"{', '.join(table.key)} is unique in a file"] = f"(select coalesce(sum(rows), 0) from ({repeated}))"
    return rules


def _evaluate(counts: list[_Count]) -> list[Finding]:
    """One finding per count: it must be 0."""
    if not counts:
        return []
    import great_expectations.expectations as gxe

    frame = pd.DataFrame([[int(count.failing) for count in counts]], columns=[str(at) for at in range(len(counts))])
    expectations = [
        gxe.ExpectColumnMaxToBeBetween(column=str(at), max_value=0, meta={"expectation": count.rule})
        for at, count in enumerate(counts)
    ]
    return [
        finding
        if finding.success
        else replace(finding, found=f"{int(count.failing):,} of {count.rows:,} rows break it")
        for finding, count in zip(run_expectations(frame, expectations), counts, strict=True)
    ]


def _refused_files(connection: duckdb.DuckDBPyConnection, table: SourceTable) -> list[Finding]:
    rows = connection.execute(
        "select file, reason from raw.ingestion__loads "
        "where system = ? and table_name = ? and status = 'refused' order by file",
        [table.system, table.name],
    ).fetchall()
    return [Finding(f"{file} is refused, nothing is loaded from it", False, reason) for file, reason in rows]


def _rows_rejected(connection: duckdb.DuckDBPyConnection, table: SourceTable) -> list[Finding]:
    """The share of all files of the table; where it is met, each file that hides behind the others' rows."""
    # Titles and closing lines are rejected too, but they are not rows; and corrected rows are loaded.
    counts = connection.execute(
        "select file, is_correction, rows_rejected - coalesce(non_data_lines, 0) - rows_corrected, "
        "records - coalesce(non_data_lines, 0) "
        "from raw.ingestion__loads where system = ? and table_name = ? and status = 'loaded' order by file",
        [table.system, table.name],
    ).fetchall()
    rejected, records = sum(bad for _, _, bad, _ in counts), sum(rows for _, _, _, rows in counts)
    rate = table.max_rejected_rate
    whole = _share(table, f"at most {rate:.1%} of the rows are rejected", rejected, records, rate * records)
    if not whole.success:
        return [whole]
    highest = max(rate, OF_ONE_FILE)
    files = [
        _share(table, f"at most {highest:.1%} of the rows of {file} are rejected", bad, rows, max(highest * rows, FEW))
        for file, is_correction, bad, rows in counts
        if not is_correction
    ]
    return [whole, *(finding for finding in files if not finding.success)]


def _share(table: SourceTable, expectation: str, rejected: int, records: int, tolerated: float) -> Finding:
    found = (
        f"{rejected:,} of {records:,} rows are; correct the export, or export these rows with "
        f"`smarketing rejected {table.system}.{table.name} --to FILE.csv`, correct them there and add that file to "
        "the exports"
    )
    is_met = rejected <= tolerated
    return Finding(expectation, is_met, "" if is_met else found, is_evaluated=records > 0)
