"""How likely the leads that a version asks for bring its quota, and whether they are within what was ever reached.

Belongs here: the simulation, seeded, and what it assumes (docs/review.md). The past comes from past.py.
"""

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

import numpy as np

from orchestration.lib.agreement.quotas import MONTHS_OF, Quota, QuotaByPeriod
from orchestration.lib.agreement.streams import RevenueStream
from orchestration.lib.language import gettext
from orchestration.lib.quota import exact, share_of
from orchestration.lib.review.decomposition import inputs_of
from orchestration.lib.review.measured import UNCHANGED, Review
from orchestration.lib.review.past import Past

DRAWS, SEED, LOW, HIGH = 4000, 2012, 0.1, 0.9
# How much of the spread of each rate all of them have in common.
IN_COMMON = 0.3
# A rate that was not measured is as uncertain as if it had been counted in as few cases as may set a target.
UNMEASURED_CASES = 30
LEAST_DEALS, LEAST_MONTHS = 30, 6
# Above this number of customers in a draw the sum of their deals is normal.
MOST_SINGLE_DEALS = 2000
PLACES = np.linspace(-5, 5, 201)


@dataclass(frozen=True)
class Source:
    """A lead type: the leads that it is to bring, their variance as a multiple of their mean, and of each step how many
    reached the next stage and how many did not."""

    leads: int
    dispersion: float
    steps: tuple[tuple[float, float], ...]


@dataclass(frozen=True)
class Chance:
    """The share of draws in which the leads bring the amount, and the range of what 80 % of them bring."""

    rate: float
    low: float
    high: float


def chance(amount: float, sources: Sequence[Source], deals: Sequence[float]) -> Chance:
    """The chance that the leads of these lead types bring an amount, in deals such as those that were won."""
    rng = np.random.default_rng(SEED)
    common = rng.standard_normal(DRAWS)
    customers = np.zeros(DRAWS, dtype=np.int64)
    for source in sources:
        reached = _leads(rng, source)
        for converted, others in source.steps:
            own = rng.standard_normal(DRAWS)
            place = math.sqrt(IN_COMMON) * common + math.sqrt(1 - IN_COMMON) * own
            reached = rng.binomial(reached, _rates(place, converted + 0.5, others + 0.5))
        customers += reached
    brought = _amounts(rng, customers, np.array(deals, dtype=float))
    low, high = np.quantile(brought, (LOW, HIGH))
    return Chance(float((brought >= amount).mean()), float(low), float(high))


def _rates(places: np.ndarray, converted: float, others: float) -> np.ndarray:
    """A beta distribution at these places of a normal one, between 201 of them: as good as exact."""
    from scipy.special import betaincinv, ndtr  # which no other verb waits for

    return np.interp(places, PLACES, betaincinv(converted, others, ndtr(PLACES)))


def _leads(rng: np.random.Generator, source: Source) -> np.ndarray:
    """Leads that come in bursts vary more than those that come one by one."""
    if source.dispersion <= 1:
        return rng.poisson(source.leads, DRAWS)
    return rng.negative_binomial(source.leads / (source.dispersion - 1), 1 / source.dispersion, DRAWS)


def _amounts(rng: np.random.Generator, customers: np.ndarray, deals: np.ndarray) -> np.ndarray:
    """A deal is drawn from those that were won; how far their mean can be off depends on how many there are."""
    mean, spread = deals.mean(), deals.std()
    if customers.max() > MOST_SINGLE_DEALS:
        brought = np.maximum(customers * mean + np.sqrt(customers) * spread * rng.standard_normal(DRAWS), 0)
    else:
        ends = np.cumsum(customers)
        drawn = deals[rng.integers(0, len(deals), ends[-1], dtype=np.int32)]
        sums = np.concatenate(([0.0], np.cumsum(drawn)))
        brought = sums[ends] - sums[ends - customers]
    variance = (spread / mean) ** 2 / len(deals)
    return brought * (rng.gamma(1 / variance, variance, DRAWS) if variance else 1)


def dispersion(months: Mapping[date, int]) -> float | None:
    """Variance by mean of the leads of whole months; None of too few. The first month has leads of a part of it."""
    first, last = min(months, default=None), max(months, default=None)
    if first is None or last is None:
        return None
    number = (last.year - first.year) * 12 + last.month - first.month
    if number < LEAST_MONTHS:
        return None
    counts = [count for month, count in months.items() if month > first]
    counts += [0] * (number - len(counts))
    return float(np.var(counts, ddof=1) / np.mean(counts))


def stream_chance(key: str, stream: RevenueStream, review: Review, past: Past) -> Chance | str:
    """The chance of a stream's share from marketing, or what is not known for it."""
    deals = past.amounts.get(key, [])
    if len(deals) < LEAST_DEALS:
        values = {"deals": len(deals), "least": LEAST_DEALS}
        return gettext("unknown: %(deals)s deals won, %(least)s are needed", **values)
    sources = []
    for name, lead_type in stream.lead_types.items():
        spread = dispersion(past.leads.get((key, name, lead_type.first_stage), {}))
        if spread is None:
            return gettext(
                "unknown: fewer than %(least)s whole months of leads of %(lead_type)s",
                least=LEAST_MONTHS,
                lead_type=name,
            )
        inputs = inputs_of(stream, lead_type)
        counted = {
            f"{rate.from_stage}_to_{rate.to_stage}": (rate.measured_rate, rate.effective_entered or rate.entered)
            for proposal in review.proposals
            if (proposal.revenue_stream, proposal.lead_type) == (key, name)
            for rate in proposal.rates
            if rate.basis in ("measured", UNCHANGED)
        }
        steps = []
        for step, agreed in lead_type.rates.items():
            reached, entered = counted.get(step, (agreed.base, UNMEASURED_CASES))
            steps.append((reached * entered, (1 - reached) * entered))
        sources.append(Source(inputs.target_leads, spread, tuple(steps)))
    return chance(stream.quota.amount * stream.share_from_marketing, sources, deals)


def busiest_month(stream: RevenueStream, leads: int, fiscal_month: int) -> int:
    """The leads of the month with the largest part of the quota."""
    return share_of(leads, exact(_largest_share(stream.quota, fiscal_month)))


def _largest_share(quota: Quota | QuotaByPeriod, fiscal_month: int) -> str:
    if isinstance(quota, QuotaByPeriod):
        periods = quota.periods(fiscal_month)
        largest = max(exact(amount) / periods[name].months for name, amount in quota.root.items())
        return str(largest / exact(quota.amount))
    if quota.profile is not None:
        return str(max(quota.profile.values()))
    return f"1/{MONTHS_OF[quota.per]}"
