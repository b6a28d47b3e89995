"""What the chance of a quota would have been before each past quarter, and whether its leads brought the amount.

Belongs here: what was known on the first day of a quarter, and the comparison. The simulation is chances.py, reading
the past history.py. Of a quarter count the leads that entered in it, whenever their deals close, since that is what the
chance is about; so a quarter is compared only when its last leads have had the longest horizon.
"""

import math
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

import duckdb
import numpy as np

from orchestration.lib.periods import Period
from orchestration.lib.review.chances import LEAST_DEALS, UNMEASURED_CASES, Chance, Source, chance, dispersion
from orchestration.lib.review.history import Journeys, Plan, PlannedSource, read_journeys, read_plans

HORIZONS = (30, 60, 90, 180)
DECIDED_AFTER = timedelta(days=HORIZONS[-1])
# Rates are measured on the entries of a year, as far as they were followed.
MEASURED_DAYS = 365
# With fewer quarters a share of those that came in shows nothing: of eight, one half is known to within 30 points.
LEAST_PERIODS = 8


@dataclass(frozen=True)
class PastChance:
    """A stream in a past quarter: the chance on its first day, None if it was unknown, and what its leads brought."""

    period: Period
    revenue_stream: str
    amount: float
    chance: Chance | None
    brought: float

    @property
    def is_met(self) -> bool:
        """True when the leads of the quarter have brought the amount."""
        return self.brought >= self.amount


@dataclass(frozen=True)
class BackTest:
    """Of the past quarters with a known chance: their number, the mean of the chances, how many brought the amount, and
    how many ended within the range of 80 % of the draws."""

    periods: int
    unknown: int
    mean_chance: float
    met: int
    inside: int

    @property
    def is_known(self) -> bool:
        """True when there are enough to compare."""
        return self.periods >= LEAST_PERIODS


def read_back_test(connection: duckdb.DuckDBPyConnection, as_of: date, fiscal_start: int) -> BackTest:
    """The comparison for a company, from its published copy."""
    plans = read_plans(connection, as_of, fiscal_start)
    return back_test(list(past_chances(plans, read_journeys(connection, plans), as_of)))


def back_test(found: Sequence[PastChance]) -> BackTest:
    """All streams and quarters together."""
    known = [(each, each.chance) for each in found if each.chance]
    return BackTest(
        periods=len(known),
        unknown=len(found) - len(known),
        mean_chance=sum(chance.rate for _, chance in known) / len(known) if known else 0.0,
        met=sum(each.is_met for each, _ in known),
        inside=sum(chance.low <= each.brought <= chance.high for each, chance in known),
    )


def past_chances(plans: Sequence[Plan], journeys: Journeys, as_of: date) -> Iterator[PastChance]:
    """Each quarter and stream whose plan was in force, and whose leads have had the time."""
    for plan in plans:
        if plan.period.ends + DECIDED_AFTER > as_of or not plan.amount:
            continue
        first, end = plan.period.starts.toordinal(), plan.period.ends.toordinal()
        brought = sum(
            float(bought.amounts[(bought.entered >= first) & (bought.entered < end)].sum())
            for source in plan.sources
            if (bought := journeys.deals.get((plan.revenue_stream, source.lead_type)))
        )
        yield PastChance(plan.period, plan.revenue_stream, plan.amount, chance_before(plan, journeys), brought)


def chance_before(plan: Plan, journeys: Journeys) -> Chance | None:
    """The chance from what was known on the first day; None with too few deals or months before it."""
    day = plan.period.starts.toordinal()
    deals = [
        float(amount)
        for (stream, _), bought in journeys.deals.items()
        if stream == plan.revenue_stream
        for amount in bought.amounts[bought.reached < day]
    ]
    spreads = [dispersion(_months_before(plan, source, journeys)) for source in plan.sources]
    if len(deals) < LEAST_DEALS or None in spreads:
        return None
    sources = []
    for source, spread in zip(plan.sources, spreads, strict=True):
        steps = tuple(_counted(plan, source, step, journeys, day) for step in range(len(source.steps)))
        sources.append(Source(source.leads, float(spread or 1), steps))
    return chance(plan.amount, sources, deals)


def _months_before(plan: Plan, source: PlannedSource, journeys: Journeys) -> dict[date, int]:
    from_stage, to_stage, _ = source.steps[0]
    steps = journeys.steps.get((plan.revenue_stream, source.lead_type, from_stage, to_stage))
    months: Counter[date] = Counter()
    if steps:
        for entered, number in zip(steps.entered.tolist(), steps.number.tolist(), strict=True):
            if entered < plan.period.starts.toordinal():
                months[date.fromordinal(entered).replace(day=1)] += number
    return months


def _counted(plan: Plan, source: PlannedSource, place: int, journeys: Journeys, day: int) -> tuple[float, float]:
    """How many of a step converted and how many did not, by what was known on that day; else what was agreed."""
    from_stage, to_stage, base = source.steps[place]
    steps = journeys.steps.get((plan.revenue_stream, source.lead_type, from_stage, to_stage))
    rate, entered = base, float(UNMEASURED_CASES)
    if steps:
        seen = (steps.entered < day) & (steps.entered >= day - MEASURED_DAYS)
        followed = np.maximum(np.minimum(steps.reached, day - 1) - steps.entered, 0)[seen]
        rate, entered = incidence(followed, (steps.reached < day)[seen], steps.number[seen]) or (rate, entered)
    return rate * entered, (1 - rate) * entered


def incidence(followed: np.ndarray, converted: np.ndarray, number: np.ndarray) -> tuple[float, float] | None:
    """The share that converts, by Kaplan-Meier, and of how many it is as good as a plain share; None from too little.

    Up to the longest horizon that some have had. The share of later conversions, by which fct_review_measures divides,
    would be counted on those that were quick: what was slow had not arrived on the first day of the quarter.
    """
    horizon = max((days for days in HORIZONS if number[followed >= days].sum()), default=0)
    took = np.repeat(followed[converted], number[converted])
    if number.sum() < UNMEASURED_CASES or not (took <= horizon).any():
        return None
    days, won = np.unique(took[took <= horizon], return_counts=True)
    order = np.argsort(followed, kind="stable")
    before = np.concatenate(([0], np.cumsum(number[order])))
    at_risk = before[-1] - before[np.searchsorted(followed[order], days)]
    if (won >= at_risk).any():
        return None
    share = 1 - math.exp(np.log1p(-won / at_risk).sum())
    as_many = share / (1 - share) / (won / at_risk / (at_risk - won)).sum()
    return share, float(as_many)
