"""The definitions on their page: every guard, the most urgent first, and whose rows fail it."""

from collections.abc import Iterator

import duckdb
import pytest

from orchestration.lib.pages import render_data, render_definitions, render_today
from orchestration.lib.pages.guards import count_guards, read_guards
from tests.tables import create, fill
from tests.unit.pages.page_tables import lay_out
from tests.unit.pages.test_pages import words

TABLES = (
    "marts.fct_rejected_rows",
    "marts.fct_excluded_rows",
    "marts.fct_person_links",
    "marts.dim_person",
    "reports.rpt_page_header",
    "reports.rpt_sources",
    "reports.rpt_unknown_owners",
    "marts.fct_ambiguous_links",
    "marts.fct_source_freshness",
    "reports.rpt_guard_results",
    "reports.rpt_data_quality_issues",
    "marts.dim_agreement",
    "marts.dim_commitment",
    *("reports.rpt_definition_drift", "reports.rpt_score_calibration"),
    *("marts.fct_loads", "marts.fct_negative_durations"),
)
HEADER = {
    "company_name": "Acme",
    "currency_code": "EUR",
    "time_zone": "Europe/Rome",
    "as_of_local_at": "2026-07-10 00:30:00",
    "as_of_date": "2026-07-10",
    "agreement_version": "v1",
    "is_signed": True,
}
ROWS = """
insert into reports.rpt_guard_results (guard, definition, clause, agreement_version, evaluated_rows, failed_rows,
    failed_rate, at_most_rate, is_blocking, status, attention_place) values
    ('version_in_force', 'no journey before it', 'effective_from', 'v1', 40, 0, 0, 0, false, 'passed', 5),
    ('unknown_source', 'no unknown source', 'guards.unknown_source', 'v1', 40, 2, 0.05, 0.15, true, 'tolerated', 4),
    ('mql_evidence', 'no MQL without it', 'stages.mql.criteria', 'v1', 13, 13, 1, 0.2, false, 'failed', 2),
    ('known_sources', 'no unmapped source', 'guards.known_sources', 'v1', 4000, 1, 0.00025, 0, false, 'failed', 3),
    ('sql_acceptance', 'no SQL without it', 'stages.sql.criteria', 'v1', 0, 0, null, 0, true, 'not_evaluated', 6),
    ('known_stage_labels', 'no unknown label', 'stages', 'v1', 9, 7, 0.7778, 0, true, 'failed', 1);
insert into reports.rpt_sources (system, is_evaluated_by, files, rows_in_files, last_date, days_behind, is_behind)
    values
    ('crm', true, 3, 1200, '2026-07-10', 0, false), ('web', false, 1, 90, '2026-06-30', 10, false);
insert into marts.fct_source_freshness (system, entity, last_date) values
    ('crm', 'persons', '2026-07-10'), ('crm', 'activities', '2026-07-08'), ('crm', 'costs', null),
    ('web', 'touchpoints', '2026-06-30');
insert into reports.rpt_data_quality_issues (guard, agreement_version, record_type, record_id, owner_name,
    happened_at, happened_date, row_count, reason, place)
    select
        'mql_evidence', 'v1', 'stage_entry', 'crm:' || i, if(i = 13, 'Anna <b>', 'Ben'),
        timestamp '2026-01-01 23:30:00' + to_days(i), date '2026-01-02' + i, 1, 'the score was ' || i, 14 - i
    from (select unnest(range(1, 14))::integer as i);
insert into reports.rpt_data_quality_issues (guard, agreement_version, record_type, record_id, owner_name,
    happened_at, happened_date, row_count, reason, place) values
    ('known_stage_labels', 'v1', 'label', 'crm:Hot', '(no owner)', null, null, 7, 'the label is not known', 1),
    ('unknown_source', 'v1', 'journey', 'crm:a#1', 'Ben', '2026-01-02', '2026-01-02', 1, 'nobody knows', 2),
    ('unknown_source', 'v1', 'journey', 'crm:b#1', 'Ben', '2026-01-03', '2026-01-03', 1, 'nobody knows', 1);
insert into reports.rpt_unknown_owners (owner_id, owner_name, persons, opportunities, activities, is_ambiguous) values
    ('crm:77', '77', 2, 1, 0, false), ('fax:Ben', 'Ben <b>', 0, 0, 3, true);
"""


@pytest.fixture
def empty() -> Iterator[duckdb.DuckDBPyConnection]:
    with duckdb.connect() as connection:
        create(connection, *TABLES)
        fill(connection, "reports.rpt_page_header", [HEADER])
        yield connection


@pytest.fixture
def company(empty: duckdb.DuckDBPyConnection) -> duckdb.DuckDBPyConnection:
    empty.execute(ROWS)
    return empty


def test_the_results_come_in_their_order(company: duckdb.DuckDBPyConnection) -> None:
    guards = read_guards(company)
    assert [guard["guard"] for guard in guards] == [
        "known_stage_labels",
        "mql_evidence",
        "known_sources",
        "unknown_source",
        "version_in_force",
        "sql_acceptance",
    ]
    assert count_guards(company) == {"guards": 5, "failed": 3, "not_evaluated": 1}


def test_the_latest_ten_rows_are_shown_and_the_rest_is_counted(company: duckdb.DuckDBPyConnection) -> None:
    labels, evidence, _, _, kept, _ = read_guards(company)
    assert [row["record_id"] for row in evidence["rows"]] == [f"crm:{i}" for i in range(13, 3, -1)]
    assert evidence["hidden_rows"] == 3
    # One label represents seven rows.
    assert (labels["rows"][0]["row_count"], labels["hidden_rows"]) == (7, 0)
    assert (kept["rows"], kept["hidden_rows"]) == ([], 0)


@pytest.mark.parametrize(
    "figure",
    [
        "No unknown label stages v1 9 7 77.8 % 0.0 % blocks failed",
        "No MQL without it stages.mql.criteria v1 13 13 100.0 % 20.0 % warns failed",
        "No unmapped source guards.known_sources v1 4,000 1 under 0.1 % 0.0 % warns failed",
        "No unknown source guards.unknown_source v1 40 2 5.0 % 15.0 % blocks tolerated",
        "No journey before it effective_from v1 40 0 0.0 % 0.0 % warns passed",
        "No SQL without it stages.sql.criteria v1 0 – – 0.0 % blocks not evaluated",
        "Anna <b> stage entry crm:13 2026-01-15 the score was 13 1",
        "(no owner) label crm:Hot – the label is not known 7",
        "and more in broken_definitions.csv 3",
    ],
)
def test_the_page_shows_what_the_tables_contain(company: duckdb.DuckDBPyConnection, figure: str) -> None:
    assert figure in words(render_definitions(company))


@pytest.mark.parametrize(
    "figure",
    [
        "Web until 30 June 2026 10 d behind the as-of",
        "Crm until 10 July 2026 up to the as-of used to evaluate 3 1,200 activities 8 Jul 2026, costs without dates, "
        "persons 10 Jul 2026",
        "77 crm:77 2 1 0 Ben <b> fax:Ben 0 0 3 several owners have this name",
        "3 of 5 definitions of the agreement fail in more rows than it tolerates: which, and by whose rows . 1",
    ],
)
def test_the_page_of_the_data_has_its_sources(company: duckdb.DuckDBPyConnection, figure: str) -> None:
    assert figure in words(render_data(company))


def test_the_head_names_the_source_that_is_behind(company: duckdb.DuckDBPyConnection) -> None:
    assert "Not known yet" not in words(render_data(company))
    company.execute("update reports.rpt_sources set is_behind = true, last_date = '2026-06-30' where system = 'crm'")
    assert "Not known yet: the files of crm end on 30 June 2026. What falls due after" in words(render_data(company))


def test_without_a_version_there_is_nothing_to_keep(empty: duckdb.DuckDBPyConnection) -> None:
    assert "Nothing to show: no version of the agreement" in words(render_definitions(empty))
    text = words(render_data(empty))
    assert "Nothing to show: no definition had a row to evaluate" in text
    assert "Nothing to show: every owner that a record names is in a list" in text


def test_the_definitions_that_fail_under_any_version_are_counted(empty: duckdb.DuckDBPyConnection) -> None:
    empty.execute("""
        insert into reports.rpt_guard_results (guard, agreement_version, status) values
            ('a', 'v1', 'failed'), ('a', 'v2', 'failed'), ('b', 'v1', 'passed'), ('b', 'v2', 'tolerated'),
            ('c', 'v1', 'failed'), ('c', 'v2', 'passed'), ('d', 'v1', 'not_evaluated')
    """)
    assert "2 of 3 definitions of the agreement fail in more" in words(render_data(empty))
    empty.execute("delete from reports.rpt_guard_results where status = 'failed'")
    assert "All 2 definitions of the agreement pass, or fail in no more" in words(render_data(empty))
    assert "1 more had no row to evaluate" in words(render_data(empty))


def test_the_board_counts_the_definitions_that_fail_under_any_version() -> None:
    with duckdb.connect() as connection:
        lay_out(connection, with_rows=False)
        assert "definitions of the agreement" not in words(render_today(connection))
        connection.execute("""
            insert into reports.rpt_guard_results (guard, agreement_version, status) values
                ('a', 'v1', 'failed'), ('a', 'v2', 'failed'), ('b', 'v1', 'passed'), ('b', 'v2', 'tolerated'),
                ('c', 'v1', 'failed'), ('c', 'v2', 'passed'), ('d', 'v1', 'not_evaluated')
        """)
        assert "2 of 3 definitions of the agreement fail in more" in words(render_today(connection))
        connection.execute("delete from reports.rpt_guard_results where status = 'failed'")
        assert "definitions of the agreement" not in words(render_today(connection))
