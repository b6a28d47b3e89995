"""Companies whose rates are known, reviewed by the models and the decision of the product.

Belongs here: drawing the journeys of many companies at once (each is a revenue stream, so that one pass of the models
measures all), and reading what a review makes of each. What it has to show is in test_review_proof.py.
"""

from collections import defaultdict
from dataclasses import dataclass
from datetime import date

import duckdb
import numpy as np
from numpy.typing import NDArray

from orchestration.lib.review.measured import QUERY, ReviewedRate, evaluated
from orchestration.lib.warehouse import functions
from tests.tables import create

MODELS = ("fct_review_days", "fct_review_measures", "rpt_review_rates")
SCHEMAS = {"fct_review_days": "marts", "fct_review_measures": "marts", "rpt_review_rates": "reports"}
READ = (
    *("marts.dim_build", "marts.dim_agreement", "marts.dim_target", "marts.dim_revenue_stream"),
    *("marts.fct_stage_conversions", "marts.fct_opportunities", "marts.fct_measure_cases", "marts.fct_kpi_cases"),
    "marts.fct_line_items",
)
STAGES = ("mql", "sql", "opportunity", "customer")
FIRST_DAY, DAYS = date(2026, 1, 1), 181
NUMBERS = NDArray[np.float64]
COLUMNS = ("company", "lead_type", "step", "true_rate", "agreed_rate", "entered")


@dataclass(frozen=True)
class Rates:
    """One entry per company, lead type and step: the rate that holds, the agreed one, how many enter in half a year."""

    company: NUMBERS
    lead_type: NUMBERS
    step: NUMBERS
    true_rate: NUMBERS
    agreed_rate: NUMBERS
    entered: NUMBERS


def grid(companies: int, lead_types: int, steps: int = 3) -> NUMBERS:
    """The numbers of company, lead type and step of every rate."""
    places = np.meshgrid(range(companies), range(lead_types), range(1, steps + 1), indexing="ij")
    return np.array([place.ravel() for place in places])


def delays(step: NUMBERS, generator: np.random.Generator) -> NUMBERS:
    """Days that a conversion takes: a week or two; of the second step some more than a month; the third is slow."""
    quick = generator.gamma(2, 5, len(step))
    tailed = generator.lognormal(2, 0.8, len(step))
    slow = generator.gamma(2, 12, len(step))
    return np.choose(step.astype(int) - 1, [quick, tailed, slow])


def draw(rates: Rates, as_of: date, seed: int) -> dict[str, NDArray]:
    """The journeys as they are known at the as-of: some convert later, some of the others are lost, some are open."""
    generator = np.random.default_rng(seed)
    row = np.repeat(np.arange(len(rates.company)), rates.entered.astype(int))
    known = (as_of - FIRST_DAY).days
    entered = generator.uniform(0, DAYS, len(row))
    delay = delays(rates.step[row], generator)
    converts = generator.random(len(row)) < rates.true_rate[row]
    reached = converts & (np.floor(entered + delay) <= known)
    is_lost = ~converts & (entered + generator.exponential(15, len(row)) <= known)
    return {
        "place": row,
        "entered_day": np.floor(entered).astype(int),
        "reached_day": np.where(reached, np.floor(entered + delay), -1).astype(int),
        "days_between": delay,
        "is_open": ~reached & ~is_lost,
    }


def measure(
    sql: dict[str, str],
    rates: Rates,
    as_of: date,
    seed: int,
    stages: tuple[str, ...] = STAGES,
    more: str = "",
    given: dict[str, dict[str, NDArray]] | None = None,
) -> duckdb.DuckDBPyConnection:
    """The models of a review on the journeys of all companies, and on the rows that `more` inserts from what is
    `given`."""
    connection = empty_warehouse()
    known = {name: getattr(rates, name) for name in COLUMNS}  # noqa: F841
    journeys = draw(rates, as_of, seed)  # noqa: F841
    connection.execute(
        f"""
        create table known as
            select
                *, row_number() over () - 1 as place, 'c' || company::int as revenue_stream,
                't' || lead_type::int as type_name, {list(stages)}[step::int] as from_stage,
                {list(stages)}[step::int + 1] as to_stage
            from known;
        insert into marts.dim_build by name select date '{as_of}' as as_of_date, 1 as fiscal_year_start_month;
        insert into marts.dim_agreement by name
            select 'v1' as agreement_version, date '2025-01-01' as effective_from, 0.1 as tolerance_rate,
                0.9 as known_share_rate;
        insert into marts.dim_target by name
            select 'v1' as agreement_version, revenue_stream, type_name as lead_type, step::int as step_number,
                from_stage as stage, to_stage as next_stage, agreed_rate, agreed_rate as base_rate, 'assumed' as basis,
                1 as quota_amount, 'year' as quota_period, 1 as quota_share, 1 as deal_size
            from known;
        insert into marts.fct_stage_conversions by name
            select
                revenue_stream, type_name as lead_type, from_stage, to_stage,
                date '{FIRST_DAY}' + entered_day::int as entered_date,
                if(reached_day >= 0, date '{FIRST_DAY}' + reached_day::int, null) as reached_date,
                if(reached_day >= 0, days_between, null) as days_between, is_open
            from journeys inner join known using (place);
        """
    )
    for name, columns in (given or {}).items():
        connection.register(name, columns)
    connection.execute(more)
    run_models(connection, sql)
    return connection


def empty_warehouse() -> duckdb.DuckDBPyConnection:
    """The tables that the models of a review read, without a row."""
    connection = duckdb.connect()
    connection.execute("attach ':memory:' as warehouse; use warehouse")
    create(connection, *READ)
    types = "agreement_version varchar, revenue_stream varchar, day_number integer, closed_rate double"
    create(connection, "intermediate.int_agreed_closing_days", types=types)
    return connection


def run_models(connection: duckdb.DuckDBPyConnection, sql: dict[str, str]) -> None:
    """Make the tables of these models, each from those before it."""
    connection.execute("create schema reports")
    functions.register(connection)
    for model in MODELS:
        connection.execute(f"create table {SCHEMAS[model]}.{model} as {sql[model]}")


def reviews(connection: duckdb.DuckDBPyConnection, kind: str, starts: date) -> dict[str, dict[tuple, ReviewedRate]]:
    """What the review of a period decides on each rate, by company."""
    found: dict[str, list[tuple]] = defaultdict(list)
    for row in connection.execute(QUERY, [kind, starts]).fetchall():
        found[row[1]].append(row)
    return {
        company: dict(
            zip(
                [(row[2], row[7]) for row in rows],
                evaluated([company] * len(rows), [ReviewedRate(*row[7:]) for row in rows])[0],
                strict=True,
            )
        )
        for company, rows in found.items()
    }
