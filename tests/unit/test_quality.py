"""The checks by Great Expectations, on tiny tables: what passes, what fails and what is said, what is no answer."""

from collections.abc import Iterator

import duckdb
import great_expectations.expectations as gxe
import pandas as pd
import pytest

from orchestration.lib.ingestion.ledger import create_ledger, shape_raw_table
from orchestration.lib.quality.arrival import check_arrival
from orchestration.lib.quality.definitions import GUARDS, Guard, check_guard
from orchestration.lib.quality.expectations import ExpectationError, Finding, run_expectations
from orchestration.lib.sources import Column, SourceTable

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
    max_set_apart_rate=0.1,
)
GOOD = [("a", 1, "open", None, "load 1"), ("a", 2, None, None, "load 1"), ("a", 1, "won", None, "load 2")]


@pytest.fixture
def connection() -> Iterator[duckdb.DuckDBPyConnection]:
    with duckdb.connect() as connection:
        create_ledger(connection)
        shape_raw_table(connection, TABLE)
        yield connection


def arrive(connection: duckdb.DuckDBPyConnection, *rows: tuple) -> list[Finding]:
    values = "insert into raw.crm__deals (id, part, stage, note, _load_id) values (?, ?, ?, ?, ?)"
    connection.executemany(values, list(rows))
    return check_arrival(connection, TABLE)


def note(
    connection: duckdb.DuckDBPyConnection, file: str, status: str, records: int = 0, apart: int = 0, frame: int = 0
) -> None:
    connection.execute(
        "insert into raw.ingestion__loads "
        "(system, table_name, file, status, reason, records, rows_set_apart, frame_lines) "
        "values ('crm', 'deals', ?, ?, 'it is a picture', ?, ?, ?)",
        [file, status, records, apart, frame],
    )


def broken(findings: list[Finding]) -> dict[str, str]:
    return {finding.expectation: finding.found for finding in findings if not finding.success}


def test_what_may_arrive(connection: duckdb.DuckDBPyConnection) -> None:
    """A later load may bring a key again, a column that is not required may be empty."""
    note(connection, "deals.csv", "loaded", records=30, apart=3)
    findings = arrive(connection, *GOOD)
    assert broken(findings) == {}
    assert [finding.expectation for finding in findings] == [
        "at most 10.0% of the rows are set apart",
        "id is never empty",
        "stage is one of open, won",
        "id, part stands once in a file",
    ]


def test_an_empty_table_has_nothing_to_check(connection: duckdb.DuckDBPyConnection) -> None:
    assert broken(check_arrival(connection, TABLE)) == {}


def test_a_required_column_that_is_empty(connection: duckdb.DuckDBPyConnection) -> None:
    findings = arrive(connection, *GOOD, (None, 3, "won", None, "load 1"))
    assert broken(findings) == {"id is never empty": "1 of 4 rows do not keep it"}


def test_a_word_that_is_not_accepted(connection: duckdb.DuckDBPyConnection) -> None:
    findings = arrive(connection, *GOOD, ("b", 1, "maybe", None, "load 1"))
    assert broken(findings) == {"stage is one of open, won": "1 of 4 rows do not keep it"}


def test_a_key_twice_in_one_file(connection: duckdb.DuckDBPyConnection) -> None:
    findings = arrive(connection, *GOOD, GOOD[0])
    assert broken(findings) == {"id, part stands once in a file": "2 of 4 rows do not keep it"}


def test_refused_files_and_rows_set_apart(connection: duckdb.DuckDBPyConnection) -> None:
    note(connection, "good deals.csv", "loaded", records=10, apart=2)
    note(connection, "deals.png", "refused")
    assert broken(check_arrival(connection, TABLE)) == {
        "deals.png is refused, nothing is loaded from it": "it is a picture",
        "at most 10.0% of the rows are set apart": "2 of 10 rows are; mend the export, or write them out by "
        "`smarketing rejected crm.deals --to FILE.csv`, mend them there and put that file among the exports",
    }


def test_titles_and_closing_lines_are_no_rows(connection: duckdb.DuckDBPyConnection) -> None:
    note(connection, "report.csv", "loaded", records=15, apart=6, frame=5)
    assert broken(check_arrival(connection, TABLE)) == {}


def test_an_expectation_that_fails_itself_is_no_finding() -> None:
    column = gxe.ExpectColumnValuesToNotBeNull(column="nowhere", meta={"says": "nowhere is never empty"})
    with pytest.raises(ExpectationError, match=r"'nowhere is never empty' could not be checked: .*nowhere"):
        run_expectations(pd.DataFrame({"here": [1]}), [column])


# The tables that a guard reads: first as they should be, then the change that it must find, and what it says.
JOURNEYS = """
    create schema marts;
    create schema staging;
    create table staging.stg_agreement__guards as
        select 'v1' as version, 'unknown_source' as guard, 0.5 as at_most_rate;
    create table marts.dim_target as
        select 'v1' as agreement_version, 'shop' as revenue_stream, 'form' as lead_type;
    create table marts.fct_journeys as
        select 'v1' as agreement_version, 'shop' as revenue_stream, 'form' as lead_type, channel,
            date '2026-01-01' as entered_date
        from (values ('Unknown'), ('Ads')) channels(channel);
    create table marts.fct_opportunities as
        select 'EUR' as currency_code, 1.0 as amount, 1.0 as amount_reporting;
    create table marts.fct_revenue as from marts.fct_opportunities;
    create table marts.fct_ad_spend as from marts.fct_opportunities;
    create table marts.fct_subscriptions as select *, amount as monthly_amount from marts.fct_opportunities;
    create table marts.dim_person as select 'Ads' as channel, 'ads' as source_label;
    create table marts.fct_left_out_rows as
        select 'crm' as system, 'after the as-of' as reason, 'x' as label, 2 as row_count;
    create table marts.fct_commitments as
        select 'a#1:contact' as commitment_id, 0.0 as elapsed_minutes, null::double as elapsed_business_minutes;
"""
BREAKING = {
    "amounts_have_a_rate": (
        "insert into marts.fct_revenue values ('GBP', 5, null), ('USD', null, null)",
        "1 rows speak against it: currency_code GBP, amounts 1",
    ),
    "sources_have_a_channel": (
        "insert into marts.dim_person values ('Unmapped', 'tv')",
        "1 rows speak against it: source_label tv, persons 1",
    ),
    "stage_labels_are_known": (
        "insert into marts.fct_left_out_rows values ('crm', 'label not in stage_labels', 'Hot', 7)",
        "1 rows speak against it: system crm, label Hot, row_count 7",
    ),
    "activity_labels_are_known": (
        "insert into marts.fct_left_out_rows values ('crm', 'label not in activity_labels', 'Fax', 3)",
        "1 rows speak against it: system crm, label Fax, row_count 3",
    ),
    "leads_have_an_agreed_type": (
        "update marts.fct_journeys set lead_type = 'unknown'",
        "1 rows speak against it: revenue_stream shop, lead_type unknown, journeys 2",
    ),
    "journeys_fall_under_a_version": (
        "update marts.fct_journeys set agreement_version = null where channel = 'Ads'",
        "1 rows speak against it: entered_date 2026-01-01 00:00:00, journeys 1",
    ),
    "unknown_sources_stay_under_the_ceiling": (
        "update marts.fct_journeys set channel = 'Unknown'",
        "1 rows speak against it: version v1",
    ),
    "no_clock_runs_backwards": (
        "update marts.fct_commitments set elapsed_business_minutes = -0.5",
        "1 rows speak against it: commitment_id a#1:contact, elapsed_minutes 0.0, elapsed_business_minutes -0.5",
    ),
}


@pytest.mark.parametrize("guard", GUARDS, ids=lambda guard: guard.name)
def test_a_guard_holds_and_says_what_breaks_it(guard: Guard) -> None:
    breaking, found = BREAKING[guard.name]
    with duckdb.connect() as connection:
        connection.execute(JOURNEYS)
        assert check_guard(connection, guard) == Finding(guard.clause, True)
        connection.execute(breaking)
        assert check_guard(connection, guard) == Finding(guard.clause, False, found)
