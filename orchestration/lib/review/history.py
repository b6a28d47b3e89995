"""What was planned for each past quarter, and the journeys of a company by day, from the published copy.

Belongs here: reading them. What a review of the present needs of the past is past.py, the comparison backtest.py.
"""

import math
from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import groupby
from operator import itemgetter
from typing import Any

import duckdb
import numpy as np

from orchestration.lib.agreement.quotas import months_of
from orchestration.lib.periods import Period
from orchestration.lib.quota import exact, share_of

TARGETS = """
    select
        targets.agreement_version, targets.revenue_stream, targets.lead_type, targets.stage, targets.next_stage,
        targets.base_rate, targets.needed, targets.quota_amount, targets.quota_share, versions.effective_from,
        versions.effective_to
    from marts.dim_target as targets
    inner join marts.dim_agreement as versions using (agreement_version)
    where versions.effective_from is not null and targets.needed is not null
    order by agreement_version, revenue_stream, lead_type, step_number
"""
AMOUNTS = """
    select agreement_version, revenue_stream, from_month_date, to_month_date, month_number, month_amount
    from marts.dim_quota_period
"""
STEPS = """
    select revenue_stream, lead_type, from_stage, to_stage, entered_date, reached_date, count(*)
    from marts.fct_stage_conversions
    where revenue_stream is not null and lead_type is not null
    group by all order by all
"""
DEALS = """
    select revenue_stream, lead_type, from_stage, to_stage, entered_date, reached_date, cast(won_amount as double)
    from marts.fct_stage_conversions
    where won_amount > 0 and reached_date is not null and revenue_stream is not null and lead_type is not null
    order by all
"""
NEVER = date.max.toordinal()


@dataclass(frozen=True)
class PlannedSource:
    """A lead type of a plan: its leads of the quarter, and its steps with the rates without an improvement."""

    lead_type: str
    leads: int
    steps: tuple[tuple[str, str, float], ...]


@dataclass(frozen=True)
class Plan:
    """What a version that was in force for a whole quarter asks of a stream, and what marketing's share of it is."""

    period: Period
    revenue_stream: str
    amount: float
    sources: tuple[PlannedSource, ...]


@dataclass(frozen=True)
class Steps:
    """Journeys of one step by day of entry and of arrival, as ordinals; NEVER for those that have not arrived."""

    entered: np.ndarray
    reached: np.ndarray
    number: np.ndarray


@dataclass(frozen=True)
class Bought:
    """Journeys that have brought an amount, by the day of their first stage and of the last."""

    entered: np.ndarray
    reached: np.ndarray
    amounts: np.ndarray


@dataclass(frozen=True)
class Journeys:
    """All steps by stream, lead type and stages; what was bought by stream and lead type."""

    steps: dict[tuple[str, str, str, str], Steps]
    deals: dict[tuple[str, str], Bought]


def read_plans(connection: duckdb.DuckDBPyConnection, as_of: date, fiscal_start: int) -> list[Plan]:
    """The plan of each ended fiscal quarter that one version was in force for."""
    amounts: dict[tuple[str, str], list[tuple]] = defaultdict(list)
    for version, stream, *months in connection.execute(AMOUNTS).fetchall():
        amounts[version, stream].append(tuple(months))
    plans = []
    rows = connection.execute(TARGETS).fetchall()
    for (version, stream), group in groupby(rows, key=itemgetter(0, 1)):
        targets = list(group)
        for period in _quarters(targets[0][-2], targets[0][-1], as_of, fiscal_start):
            quota = sum(_of_month(amounts[version, stream], month) for month in months_of(period))
            plans.append(_plan(period, stream, quota, targets))
    return plans


def read_journeys(connection: duckdb.DuckDBPyConnection, plans: Sequence[Plan]) -> Journeys:
    """The journeys of all steps, and the deals of those that went from the first stage of a plan to the last."""
    ends = {
        (plan.revenue_stream, source.lead_type, source.steps[0][0], source.steps[-1][1])
        for plan in plans
        for source in plan.sources
    }
    steps = {key: Steps(*columns) for key, columns in _columns(connection.execute(STEPS).fetchall())}
    deals = {
        key[:2]: Bought(*columns) for key, columns in _columns(connection.execute(DEALS).fetchall()) if key in ends
    }
    return Journeys(steps, deals)


def _columns(rows: Sequence[tuple]) -> Iterator[tuple[Any, tuple[np.ndarray, ...]]]:
    for key, group in groupby(rows, key=itemgetter(0, 1, 2, 3)):
        entered, reached, figures = zip(*(row[4:] for row in group), strict=True)
        days = [day.toordinal() if day else NEVER for day in reached]
        yield key, (np.array([day.toordinal() for day in entered]), np.array(days), np.array(figures))


def _quarters(first: date, last: date | None, as_of: date, fiscal_start: int) -> Iterator[Period]:
    """The ended quarters that begin and end within the days of a version."""
    month = first.year * 12 + first.month - 1 + (first.day > 1)
    month += (fiscal_start - 1 - month) % 3
    while True:
        period = Period(date(month // 12, month % 12 + 1, 1), 3, fiscal_start)
        if period.ends > as_of or (last and period.last > last):
            return
        yield period
        month += 3


def _of_month(periods: Sequence[tuple], month: date) -> float:
    """The quota of a month; none where none is agreed."""
    for first, last, number, amount in periods:
        if (first is None or first <= month <= last) and number in (None, month.month):
            return float(amount)
    return 0.0


def _plan(period: Period, stream: str, quota: float, targets: Sequence[tuple]) -> Plan:
    sources, share = [], 0.0
    for lead_type, group in groupby(targets, key=itemgetter(2)):
        rows = list(group)
        needed, whole, part = rows[0][6:9]
        leads = share_of(needed, exact(part)) * quota / float(whole)
        share += float(part)
        sources.append(
            PlannedSource(lead_type, math.ceil(round(leads, 6)), tuple((*row[3:5], row[5]) for row in rows[:-1]))
        )
    return Plan(period, stream, quota * share, tuple(sources))
