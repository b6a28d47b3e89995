"""Lays the versions of an agreement out as the tables that the models read (raw.agreement__*).

Belongs here: rows and their columns, the same as dbt_project/models/staging/agreement/_agreement__sources.yml declares.
"""

from collections.abc import Iterable, Sequence
from datetime import date, timedelta
from fractions import Fraction

import duckdb

from orchestration.lib.agreement.document import WEEKDAYS, Agreement, Clock, LeadType, parse_hours
from orchestration.lib.quota import Rate, exact, plan_quota

TABLES = {
    "versions": """version varchar, effective_from date, effective_to date, company_name varchar, currency_code varchar,
        time_zone varchar, growth varchar, tolerance_rate double, unknown_source_max_rate double, is_signed boolean""",
    "lead_types": """version varchar, revenue_stream varchar, revenue_stream_name varchar, lead_type varchar,
        quota_amount decimal(18, 2), quota_period varchar, deal_size decimal(18, 2), quota_share double,
        lead_value double""",
    "targets": """version varchar, revenue_stream varchar, lead_type varchar, step_number integer, stage varchar,
        next_stage varchar, agreed_rate double, needed bigint""",
    "calendar_hours": """version varchar, calendar varchar, time_zone varchar, iso_weekday integer,
        opens_at_minute integer, closes_at_minute integer""",
    "holidays": "version varchar, calendar varchar, holiday_date date",
    "commitments": """version varchar, commitment varchar, team varchar, kind varchar, starts_at_stage varchar,
        within_minutes integer, clock_type varchar, calendar varchar, target_rate double, period varchar""",
    "commitment_activities": "version varchar, commitment varchar, activity_type varchar",
    "commitment_excuses": "version varchar, commitment varchar, stage varchar",
}


def agreed_rates(lead_type: LeadType) -> list[Rate]:
    """The agreed rates of a lead type, from the first stage to the last."""
    steps = [(name.split("_to_"), exact(rate)) for name, rate in lead_type.rates.items()]
    return [Rate(from_stage, to_stage, rate) for (from_stage, to_stage), rate in steps]


def agreement_rows(agreements: Sequence[Agreement]) -> dict[str, list[tuple]]:
    """The rows of every table of TABLES, for all versions; a version ends the day before the next one starts."""
    rows: dict[str, list[tuple]] = {name: [] for name in TABLES}
    starts = [agreement.effective_from for agreement in agreements[1:]]
    for agreement, next_start in zip(agreements, [*starts, None], strict=True):
        _add_version(rows, agreement, next_start)
        _add_targets(rows, agreement)
        _add_calendars(rows, agreement)
        _add_commitments(rows, agreement)
    return rows


def _add_version(rows: dict[str, list[tuple]], agreement: Agreement, next_start: date | None) -> None:
    company = agreement.company
    effective_to = agreement.effective_to or (next_start - timedelta(days=1) if next_start else None)
    rows["versions"].append(
        (
            agreement.version,
            agreement.effective_from,
            effective_to,
            company.name,
            company.currency,
            company.time_zone,
            company.growth,
            agreement.tolerance,
            agreement.guards.unknown_source_max_rate,
            agreement.is_signed,
        )
    )


def _add_targets(rows: dict[str, list[tuple]], agreement: Agreement) -> None:
    for stream_id, stream in agreement.revenue_streams.items():
        quota, deal_size = exact(stream.quota.amount), exact(stream.deal_size)
        for lead_type_id, lead_type in stream.lead_types.items():
            key = (agreement.version, stream_id)
            plan = plan_quota(quota, deal_size, agreed_rates(lead_type))
            money = (stream.quota.amount, stream.quota.per, stream.deal_size)
            value = float(plan.lead_value)
            rows["lead_types"].append((*key, stream.name, lead_type_id, *money, lead_type.share_of_quota, value))
            stages = [target.stage for target in plan.targets]
            for number, target in enumerate(plan.targets, start=1):
                next_stage = stages[number] if number < len(stages) else None
                step = (number, target.stage, next_stage, _number(target.rate), target.needed)
                rows["targets"].append((*key, lead_type_id, *step))


def _number(rate: Fraction | None) -> float | None:
    return None if rate is None else float(rate)


def _add_calendars(rows: dict[str, list[tuple]], agreement: Agreement) -> None:
    for name, calendar in agreement.calendars.items():
        for day, texts in calendar.hours.items():
            for opens, closes in map(parse_hours, texts):
                minutes = (opens.hour * 60 + opens.minute, closes.hour * 60 + closes.minute)
                weekday = WEEKDAYS.index(day) + 1
                rows["calendar_hours"].append((agreement.version, name, calendar.time_zone, weekday, *minutes))
        rows["holidays"] += [(agreement.version, name, holiday) for holiday in calendar.holidays]


def _add_commitments(rows: dict[str, list[tuple]], agreement: Agreement) -> None:
    for name, promise in agreement.commitments.items():
        key = (agreement.version, name)
        if isinstance(promise, Clock):
            clock = (
                promise.starts_at,
                promise.within_minutes,
                promise.clock,
                promise.calendar,
                promise.target_rate,
            )
            rows["commitments"].append((*key, promise.team, promise.kind, *clock, None))
            rows["commitment_activities"] += [(*key, activity) for activity in promise.counts]
            rows["commitment_excuses"] += [(*key, stage) for stage in promise.excused_by]
        else:
            rows["commitments"].append((*key, promise.team, promise.kind, None, None, None, None, None, promise.per))


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
    return {name: len(table) for name, table in rows.items()}
