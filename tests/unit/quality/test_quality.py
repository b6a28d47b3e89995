"""The checks by Great Expectations, on tiny tables: what passes, what fails and why, what is not evaluated."""

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import duckdb
import great_expectations.expectations as gxe
import pandas as pd
import pytest

from orchestration.lib.agreement.guards import GUARDS, GuardName
from orchestration.lib.ingestion import ingest_table
from orchestration.lib.ingestion.raw_tables import create_ledger, shape_raw_table
from orchestration.lib.quality.arrival import check_arrival
from orchestration.lib.quality.definitions import check_guards
from orchestration.lib.quality.expectations import ExpectationError, Finding, run_expectations
from orchestration.lib.source_tables import Column, SourceTable
from orchestration.settings import DBT_PROJECT
from tests.tables import create

TABLE = SourceTable(
    "crm",
    "deals",
    ("*deals*",),
    ("id", "part"),
    (
        Column("id", "varchar", required=True),
        Column("part", "integer"),
        Column("stage", "varchar", accepted=("open", "won")),
        Column("note", "varchar"),
    ),
    max_rejected_rate=0.1,
)
GOOD = [("a", 1, "open", None, "load 1"), ("a", 2, None, None, "load 1"), ("a", 1, "won", None, "load 2")]


@pytest.fixture
def connection() -> Iterator[duckdb.DuckDBPyConnection]:
    with duckdb.connect() as connection:
        create_ledger(connection)
        shape_raw_table(connection, TABLE)
        yield connection


def test_rows_without_any_part_of_the_key_are_no_duplicates(tmp_path: Path) -> None:
    """Of an order, only the first line may have the id; the others neither repeat nor contradict each other."""
    table = SourceTable("crm", "orders", ("*",), ("id",), (Column("id", "varchar"), Column("item", "varchar")))
    for name, item in (("orders-1", "Lamp"), ("orders-2", "Desk")):
        (tmp_path / f"{name}.csv").write_text(f"id,item\n7,Lamp\n,{item} foot\n,{item} bulb\n")
    with duckdb.connect() as connection:
        report = ingest_table(connection, table, tmp_path)
        assert [file.rows_loaded for file in report.files] == [3, 3]
        assert all(finding.success for finding in check_arrival(connection, [table])[0])


def arrive(connection: duckdb.DuckDBPyConnection, *rows: tuple) -> list[Finding]:
    values = "insert into raw.crm__deals (id, part, stage, note, _load_id) values (?, ?, ?, ?, ?)"
    connection.executemany(values, list(rows))
    return check_arrival(connection, [TABLE])[0]


def note(
    connection: duckdb.DuckDBPyConnection, file: str, status: str, records: int = 0, rejected: int = 0, frame: int = 0
) -> None:
    connection.execute(
        "insert into raw.ingestion__loads "
        "(system, table_name, file, status, reason, records, rows_rejected, non_data_lines) "
        "values ('crm', 'deals', ?, ?, 'it is a picture', ?, ?, ?)",
        [file, status, records, rejected, frame],
    )


def broken(findings: list[Finding]) -> dict[str, str]:
    return {finding.expectation: finding.found for finding in findings if not finding.success}


def test_valid_data_passes(connection: duckdb.DuckDBPyConnection) -> None:
    """A later load may contain a key again, and an optional column may be empty."""
    note(connection, "deals.csv", "loaded", records=30, rejected=3)
    findings = arrive(connection, *GOOD)
    assert broken(findings) == {}
    assert [finding.expectation for finding in findings] == [
        "at most 10.0% of the rows are rejected",
        "id is never empty",
        "stage is one of open, won",
        "id, part is unique in a file",
    ]


def test_no_file_hides_behind_the_rows_of_others(connection: duckdb.DuckDBPyConnection) -> None:
    note(connection, "old.csv", "loaded", records=1000)
    note(connection, "few.csv", "loaded", records=4, rejected=3)
    note(connection, "framed.csv", "loaded", records=40, rejected=10, frame=6)
    note(connection, "new.csv", "loaded", records=50, rejected=40)
    (expectation, found), *others = broken(check_arrival(connection, [TABLE])[0]).items()
    assert (expectation, others) == ("at most 20.0% of the rows of new.csv are rejected", [])
    assert found.startswith("40 of 50 rows are; correct the export, or export these rows with `smarketing rejected crm")


def test_only_the_files_of_an_empty_table_are_checked(connection: duckdb.DuckDBPyConnection) -> None:
    assert broken(check_arrival(connection, [TABLE])[0]) == {}


def test_a_required_column_that_is_empty(connection: duckdb.DuckDBPyConnection) -> None:
    findings = arrive(connection, *GOOD, (None, 3, "won", None, "load 1"))
    assert broken(findings) == {"id is never empty": "1 of 4 rows break it"}


def test_each_table_has_its_own_findings(connection: duckdb.DuckDBPyConnection) -> None:
    other = replace(TABLE, name="notes")
    shape_raw_table(connection, other)
    connection.execute("insert into raw.crm__notes (part, stage, _load_id) values (1, 'gone', 'load 1')")
    arrive(connection, *GOOD)
    deals, notes = check_arrival(connection, [TABLE, other])
    assert broken(deals) == {}
    assert broken(notes).keys() == {"id is never empty", "stage is one of open, won"}


def test_a_value_that_is_not_accepted(connection: duckdb.DuckDBPyConnection) -> None:
    findings = arrive(connection, *GOOD, ("b", 1, "maybe", None, "load 1"))
    assert broken(findings) == {"stage is one of open, won": "1 of 4 rows break it"}


def test_a_key_twice_in_one_file(connection: duckdb.DuckDBPyConnection) -> None:
    findings = arrive(connection, *GOOD, GOOD[0])
    assert broken(findings) == {"id, part is unique in a file": "2 of 4 rows break it"}


def test_refused_files_and_rejected_rows(connection: duckdb.DuckDBPyConnection) -> None:
    note(connection, "good deals.csv", "loaded", records=10, rejected=2)
    note(connection, "deals.png", "refused")
    assert broken(check_arrival(connection, [TABLE])[0]) == {
        "deals.png is refused, nothing is loaded from it": "it is a picture",
        "at most 10.0% of the rows are rejected": "2 of 10 rows are; correct the export, or export these rows with "
        "`smarketing rejected crm.deals --to FILE.csv`, correct them there and add that file to the exports",
    }


def test_titles_and_closing_lines_are_not_rows(connection: duckdb.DuckDBPyConnection) -> None:
    note(connection, "report.csv", "loaded", records=15, rejected=6, frame=5)
    assert broken(check_arrival(connection, [TABLE])[0]) == {}


def test_a_check_that_fails_itself_is_not_a_finding() -> None:
    column = gxe.ExpectColumnValuesToNotBeNull(column="nowhere", meta={"expectation": "nowhere is never empty"})
    with pytest.raises(ExpectationError, match=r"'nowhere is never empty' could not be checked: .*nowhere"):
        run_expectations(pd.DataFrame({"here": [1]}), [column])


# The results of the guards in dbt: one version that warns, one that blocks.
RESULTS = """
    insert into reports.rpt_guard_results (guard, definition, clause, agreement_version, evaluated_rows, failed_rows,
        failed_rate, at_most_rate, is_blocking, status) values
        ('unknown_source', 'no unknown one', 'guards.unknown_source', 'v1', 20, 0, 0, 0.1, true, 'passed'),
        ('unknown_source', 'no unknown one', 'guards.unknown_source', 'v2', 0, 0, null, 0.1, true, 'not_evaluated'),
        ('mql_evidence', 'no MQL without it', 'stages.mql.criteria', 'v1', 8, 7, 0.875, 0.1, false, 'failed'),
        ('mql_evidence', 'no MQL without it', 'stages.mql.criteria', 'v2', 3, 1, 0.3333, 0.05, true, 'failed'),
        ('sql_acceptance', 'no SQL without it', 'stages.sql.criteria', 'v1', 20, 1, 0.05, 0.05, true, 'tolerated'),
        ('known_stage_labels', 'no label that nobody knows', 'stages', 'v1', 9, 7, 0.7778, 0, true, 'failed');
    insert into reports.rpt_data_quality_issues by name
        select
            'mql_evidence' as guard, 'v1' as agreement_version, 'stage_entry' as record_type, 'crm:' || i as record_id,
            'Anna Rossi' as owner_name, date '2026-01-01' + i + time '09:00:00' as happened_at,
            date '2026-01-01' + i as happened_date, 1 as row_count, 'the score was ' || i as reason
        from (values (1), (2), (3), (4), (5), (6), (7)) numbers(i);
    insert into reports.rpt_data_quality_issues (guard, agreement_version, record_type, record_id, owner_name,
        happened_at, happened_date, row_count, reason) values
        ('mql_evidence', 'v2', 'stage_entry', 'crm:9', 'nobody', '2026-05-01 09:00:00', '2026-05-01', 1, 'no score'),
        ('known_stage_labels', 'v1', 'label', 'crm:Hot', '(no owner)', null, null, 7, '"Hot" is not known');
"""


@pytest.fixture
def results() -> Iterator[duckdb.DuckDBPyConnection]:
    with duckdb.connect() as connection:
        create(connection, "reports.rpt_guard_results", "reports.rpt_data_quality_issues")
        connection.execute(RESULTS)
        yield connection


@pytest.mark.parametrize("guard", ["unknown_source", "sql_acceptance"])
def test_a_guard_that_passes_or_is_tolerated_succeeds(results: duckdb.DuckDBPyConnection, guard: GuardName) -> None:
    assert broken(check_guards(results, [guard])[guard]) == {}


def test_a_guard_without_a_row_is_not_evaluated(results: duckdb.DuckDBPyConnection) -> None:
    evaluated, idle = check_guards(results, ["unknown_source"])["unknown_source"]
    assert (evaluated.is_evaluated, idle.is_evaluated) == (True, False)
    assert idle.success


def test_a_failed_guard_shows_share_and_first_rows_of_each_version(results: duckdb.DuckDBPyConnection) -> None:
    """The latest five of the seven; version 1 warns, version 2 blocks."""
    warned, blocked = check_guards(results, ["mql_evidence"])["mql_evidence"]
    assert warned == Finding(
        "stages.mql.criteria, no MQL without it",
        False,
        "7 of 8 rows under version v1 break it (87.50%; at most 10.00% is tolerated)\n"
        "stage_entry crm:7, Anna Rossi on 2026-01-08: the score was 7\n"
        "stage_entry crm:6, Anna Rossi on 2026-01-07: the score was 6\n"
        "stage_entry crm:5, Anna Rossi on 2026-01-06: the score was 5\n"
        "stage_entry crm:4, Anna Rossi on 2026-01-05: the score was 4\n"
        "stage_entry crm:3, Anna Rossi on 2026-01-04: the score was 3\n"
        "and 2 more in reports.rpt_data_quality_issues",
        is_critical=False,
    )
    assert (blocked.success, blocked.is_critical) == (False, True)
    assert blocked.found == (
        "1 of 3 rows under version v2 break it (33.33%; at most 5.00% is tolerated)\n"
        "stage_entry crm:9, nobody on 2026-05-01: no score"
    )


def test_a_label_has_no_day(results: duckdb.DuckDBPyConnection) -> None:
    findings = check_guards(results, ["known_stage_labels", "unknown_source"])
    assert broken(findings["unknown_source"]) == {}
    assert broken(findings["known_stage_labels"]) == {
        "stages, no label that nobody knows": "7 of 9 rows under version v1 break it (77.78%; at most 0.00% is "
        "tolerated)\n"
        'label crm:Hot, (no owner): "Hot" is not known'
    }


def test_a_guard_without_a_result_is_an_error(results: duckdb.DuckDBPyConnection) -> None:
    with pytest.raises(ExpectationError, match=r"guards\.forward_clocks: no version of the agreement"):
        check_guards(results, ["mql_evidence", "forward_clocks"])


def test_a_model_evaluates_every_guard() -> None:
    """A guard of the seed that no model names would check nothing."""
    texts = [path.read_text() for path in (DBT_PROJECT / "models" / "guards").glob("int_guarded_*.sql")]
    assert [guard for guard in GUARDS if not any(f"'{guard}'" in text for text in texts)] == []
