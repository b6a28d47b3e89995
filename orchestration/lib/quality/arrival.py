"""What may arrive: the declaration of a source table, held against what is loaded.

Belongs here: files refused, rows rejected, and what the declaration says of columns (required, accepted, key).
What the values mean is definitions.py.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace

import duckdb
import pandas as pd

from orchestration.lib.quality.expectations import Finding, run_expectations
from orchestration.lib.source_tables import SourceTable
from orchestration.lib.warehouse.sql import literal, quoted


def check_arrival(connection: duckdb.DuckDBPyConnection, tables: Sequence[SourceTable]) -> list[list[Finding]]:
    """All findings of each source table; an empty table has nothing to check but its files.

    The database counts the rows that break a rule, Great Expectations evaluates the counts: all tables in one frame.
    """
    counted = [_count(connection, table) for table in tables]
    evaluated = iter(_evaluate([count for counts in counted for count in counts]))
    return [
        [*_refused_files(connection, table), _rows_rejected(connection, table), *(next(evaluated) for _ in counts)]
        for table, counts in zip(tables, counted, strict=True)
    ]


@dataclass(frozen=True)
class _Count:
    """Of a rule: its sentence, how many rows break it, and of how many."""

    says: str
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
    return [_Count(says, count, rows) for says, count in zip(rules, failing, strict=True)] if rows else []


def _rules(table: SourceTable) -> dict[str, str]:
    """The sentence of each rule, and an aggregate that counts the rows that break it."""
    rules = {}
    for column in table.columns:
        if column.required:
            rules[f"{column.name} is never empty"] = f"count(*) - count({quoted(column.name)})"
        if column.accepted:
            words = ", ".join(map(literal, column.accepted))
            says = f"{column.name} is one of {', '.join(column.accepted)}"
            rules[says] = f"count(*) filter (where {quoted(column.name)} not in ({words}))"
    if table.key:
        # A later export may bring a record again; within one file it may stand only once.
        key = ", ".join(quoted(name) for name in (*table.key, "_load_id"))
        repeated = f"select count(*) as rows from {{table}} group by {key} having count(*) > 1"
        rules[f"{', '.join(table.key)} stands once in a file"] = f"(select coalesce(sum(rows), 0) from ({repeated}))"
    return rules


def _evaluate(counts: list[_Count]) -> list[Finding]:
    """One finding per count: none is above 0."""
    if not counts:
        return []
    import great_expectations.expectations as gxe

    frame = pd.DataFrame([[int(count.failing) for count in counts]], columns=[str(at) for at in range(len(counts))])
    expectations = [
        gxe.ExpectColumnMaxToBeBetween(column=str(at), max_value=0, meta={"says": count.says})
        for at, count in enumerate(counts)
    ]
    return [
        finding
        if finding.success
        else replace(finding, found=f"{int(count.failing):,} of {count.rows:,} rows do not keep it")
        for finding, count in zip(run_expectations(frame, expectations), counts, strict=True)
    ]


def _refused_files(connection: duckdb.DuckDBPyConnection, table: SourceTable) -> list[Finding]:
    rows = connection.execute(
        "select file, reason from raw.ingestion__loads "
        "where system = ? and table_name = ? and status = 'refused' order by file",
        [table.system, table.name],
    ).fetchall()
    return [Finding(f"{file} is refused, nothing is loaded from it", False, reason) for file, reason in rows]


def _rows_rejected(connection: duckdb.DuckDBPyConnection, table: SourceTable) -> Finding:
    # Titles and closing lines are rejected too, but they are no rows; and corrected rows are loaded.
    apart, records = connection.execute(
        "select coalesce(sum(rows_rejected - coalesce(non_data_lines, 0) - rows_corrected), 0)::bigint, "
        "coalesce(sum(records - coalesce(non_data_lines, 0)), 0)::bigint from raw.ingestion__loads "
        "where system = ? and table_name = ? and status = 'loaded'",
        [table.system, table.name],
    ).fetchall()[0]
    says = f"at most {table.max_rejected_rate:.1%} of the rows are rejected"
    is_kept = apart <= table.max_rejected_rate * records
    return Finding(
        says,
        is_kept,
        ""
        if is_kept
        else f"{apart:,} of {records:,} rows are; correct the export, or write them out by "
        f"`smarketing rejected {table.system}.{table.name} --to FILE.csv`, correct them there and put that file among "
        "the exports",
        is_evaluated=records > 0,
    )
