"""Checks of arriving data: the declaration of a source table, compared with the loaded rows.

Belongs here: refused files, rejected rows, and the declared rules of columns (required, accepted, key). The meaning of
the values is checked in definitions.py.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace

import duckdb
import pandas as pd

from orchestration.lib.formats import count, written
from orchestration.lib.language import gettext, translated
from orchestration.lib.quality.expectations import Finding, rows_break_it, run_expectations
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
            rules[gettext("%(column)s is never empty", column=column.name)] = f"count(*) - count({quoted(column.name)})"
        if column.accepted:
            words = ", ".join(map(literal, column.accepted))
            rule = gettext("%(column)s is one of %(words)s", column=column.name, words=", ".join(column.accepted))
            rules[rule] = f"count(*) filter (where {quoted(column.name)} not in ({words}))"
    if table.key:
        # A later export may contain a record again; within one file it must be unique.
        key = ", ".join(quoted(name) for name in (*table.key, "_load_id"))
        # Of an order, only the first row may have the id: the others are not records.
        known = " where (" + " or ".join(f"{quoted(name)} is not null" for name in table.key) + ")"
        known += "".join(f" and {quoted(column.name)} is not null" for column in table.stood_in)
        repeated = f"select count(*) as rows from {{table}}{known} group by {key} having count(*) > 1"
        rule = gettext("%(columns)s is unique in a file", columns=", ".join(table.key))
        rules[rule] = f"(select coalesce(sum(rows), 0) from ({repeated}))"
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
        finding if finding.success else replace(finding, found=rows_break_it(int(each.failing), each.rows))
        for finding, each in zip(run_expectations(frame, expectations), counts, strict=True)
    ]


def _refused_files(connection: duckdb.DuckDBPyConnection, table: SourceTable) -> list[Finding]:
    rows = connection.execute(
        "select file, reason from raw.ingestion__loads "
        "where system = ? and table_name = ? and status = 'refused' order by file",
        [table.system, table.name],
    ).fetchall()
    return [
        Finding(
            gettext("%(file)s is refused, nothing is loaded from it", file=file), False, translated(reason), of="file"
        )
        for file, reason in rows
    ]


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
    expected = gettext("at most %(share)s of the rows are rejected", share=written(f"{rate:.1%}"))
    whole = _share(table, expected, rejected, records, rate * records)
    if not whole.success:
        return [whole]
    highest = max(rate, OF_ONE_FILE)
    files = [
        _share(
            table,
            gettext(
                "at most %(share)s of the rows of %(file)s are rejected", share=written(f"{highest:.1%}"), file=file
            ),
            bad,
            rows,
            max(highest * rows, FEW),
        )
        for file, is_correction, bad, rows in counts
        if not is_correction
    ]
    return [whole, *(finding for finding in files if not finding.success)]


def _share(table: SourceTable, expectation: str, rejected: int, records: int, tolerated: float) -> Finding:
    found = gettext(
        "%(rejected)s of %(rows)s rows are; correct the export, or export these rows with `smarketing rejected "
        "%(table)s --to FILE.csv`, correct them there and add that file to the exports",
        rejected=count(rejected),
        rows=count(records),
        table=f"{table.system}.{table.name}",
    )
    is_met = rejected <= tolerated
    return Finding(expectation, is_met, "" if is_met else found, is_evaluated=records > 0, of="rows")
