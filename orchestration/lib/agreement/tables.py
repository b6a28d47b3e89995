"""The tables of the agreement that the models read (raw.agreement__*): their columns, and writing them.

Belongs here: the columns, the same as dbt_project/models/staging/agreement/_agreement__sources.yml declares. What
stands in the rows is rows.py.
"""

from collections.abc import Iterable

import duckdb

from orchestration.lib.agreement.document import Agreement
from orchestration.lib.agreement.rows import agreement_rows

TABLES = {
    "versions": """version varchar, status varchar, effective_from date, effective_to date, agreed_from_date date,
        company_name varchar, currency_code varchar, time_zone varchar, fiscal_year_start_month integer, growth varchar,
        next_review_date date, tolerance_rate double, handoff_stage varchar, accepted_stage varchar,
        recycled_count_after_days integer, is_value_given_back boolean, given_back_reason_class varchar,
        unanswered_after_days integer, unanswered_answer varchar, closing_after_days integer,
        marketing_signed_by varchar, marketing_signed_date date, sales_signed_by varchar, sales_signed_date date,
        unsigned_teams varchar, seal varchar""",
    "personas": "version varchar, persona_number integer, persona varchar, persona_name varchar, title_pattern varchar",
    "stages": """version varchar, stage varchar, meaning varchar, decided_by varchar, score_at_least double,
        has_criteria boolean""",
    "stage_evidence": "version varchar, stage varchar, evidence varchar, value varchar",
    "scoring": """version varchar, fit_weight double, fit_cap double, engagement_weight double, engagement_cap double,
        half_life_days double, grade_a_from double, grade_b_from double, grade_1_from double, grade_2_from double""",
    "score_rules": """version varchar, score_part varchar, rule varchar, points double, at_most double,
        conditions integer""",
    "score_conditions": """version varchar, score_part varchar, rule varchar, attribute varchar, pattern varchar,
        from_number double, to_number double""",
    "streams": """version varchar, revenue_stream varchar, revenue_stream_name varchar, quota_amount decimal(18, 2),
        quota_period varchar, deal_size decimal(18, 2), margin_rate double, marketing_share double, reps integer,
        leads_per_rep double""",
    "closing_times": "version varchar, revenue_stream varchar, within_days integer, closed_rate double",
    "lead_types": """version varchar, revenue_stream varchar, lead_type varchar, quota_share double,
        lead_value double""",
    "targets": """version varchar, revenue_stream varchar, lead_type varchar, step_number integer, stage varchar,
        next_stage varchar, agreed_rate double, base_rate double, rate_basis varchar, owed_by varchar,
        dividend double, divisor double, unrounded double, needed bigint, owed bigint, base_needed bigint,
        arithmetic varchar""",
    "calendar_hours": """version varchar, calendar varchar, time_zone varchar, iso_weekday integer,
        opens_at_minute integer, closes_at_minute integer""",
    "holidays": "version varchar, calendar varchar, holiday_date date",
    "commitments": """version varchar, commitment varchar, team varchar, kind varchar, clock_start varchar,
        until_stage varchar, within_minutes integer, clock_type varchar, calendar varchar, target_rate double,
        period varchar, own_exit varchar, already_in_contact_minutes integer""",
    "commitment_activities": """version varchar, commitment varchar, activity_type varchar, least_class varchar,
        is_sequence_counted boolean""",
    "commitment_excuses": "version varchar, commitment varchar, stage varchar, reason_class varchar",
    "commitment_steps": """version varchar, commitment varchar, step varchar, within_minutes integer,
        attempts integer""",
    "commitment_stops": """version varchar, commitment varchar, stop_rule varchar, direction varchar,
        reason_class varchar""",
    "commitment_measures": """version varchar, commitment varchar, measure varchar, at_least double, at_most double,
        least_cases integer""",
    "commitment_requirements": "version varchar, commitment varchar, lead_field varchar",
    "handoff_reasons": "version varchar, reason_label varchar, reason_class varchar",
    "notifications": """version varchar, event varchar, after_due_minutes integer, digest_iso_weekday integer,
        told_for_minutes integer""",
    "guards": "version varchar, guard varchar, at_most_rate double, is_blocking boolean",
}


def write_tables(connection: duckdb.DuckDBPyConnection, agreements: Iterable[Agreement]) -> dict[str, int]:
    """Replace raw.agreement__* by these versions in one transaction; returns the rows a table."""
    rows = agreement_rows(list(agreements))
    connection.execute("begin transaction")
    connection.execute("create schema if not exists raw")
    for name, columns in TABLES.items():
        connection.execute(f"create or replace table raw.agreement__{name} ({columns})")
        if rows[name]:
            places = ", ".join("?" for _ in rows[name][0])
            connection.executemany(f"insert into raw.agreement__{name} values ({places})", rows[name])
    connection.execute("commit")
    return {name: len(rows[name]) for name in TABLES}
