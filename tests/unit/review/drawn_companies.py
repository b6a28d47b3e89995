"""Companies whose rates are known: what a chance is computed from, and what then came.

Belongs here: drawing them, with a fixed seed. Whether the chances fit is test_calibrated_chances.py.
"""

from dataclasses import dataclass
from datetime import date

import numpy as np
from scipy.special import betaincinv, ndtr

from orchestration.lib.periods import Period
from orchestration.lib.review.chances import Source, chance
from orchestration.lib.review.history import NEVER, Bought, Journeys, Plan, PlannedSource, Steps

STAGES = ("mql", "sql", "opportunity", "customer")
FIRST, AS_OF = date(2024, 1, 1), date(2026, 12, 31)
# The first quarters have no past; the last has leads that are not decided.
QUARTERS = [Period(date(2025, month, 1), 3) for month in (4, 7, 10)] + [Period(date(2026, 1, 1), 3)]
STREAM, LEAD_TYPE = "main", "form"


@dataclass(frozen=True)
class Outcome:
    """A chance, and what came."""

    rate: float
    is_met: bool
    is_inside: bool


def one_quarter(rng: np.random.Generator, common: float) -> Outcome:
    """Three rates counted on 60 to 200 cases; the true ones are what such counts leave open, and `common` is the share
    of their spread that they have in common.
    """
    counts = []
    for entered in rng.integers(60, 200, 3):
        converted = rng.binomial(entered, rng.uniform(0.3, 0.7))
        counts.append((float(converted), float(entered - converted)))
    place = np.sqrt(common) * rng.standard_normal() + np.sqrt(1 - common) * rng.standard_normal(3)
    leads, dispersion, past = int(rng.integers(150, 400)), float(rng.uniform(1.5, 6)), rng.lognormal(8, 0.6, 60)
    customers = rng.negative_binomial(leads / (dispersion - 1), 1 / dispersion)
    for (converted, others), position in zip(counts, place, strict=True):
        customers = rng.binomial(customers, betaincinv(converted + 0.5, others + 0.5, ndtr(position)))
    brought = rng.lognormal(8, 0.6, customers).sum()
    expected = leads * np.prod([converted / (converted + others) for converted, others in counts]) * past.mean()
    amount = expected * rng.uniform(0.6, 1.4)
    found = chance(amount, [Source(leads, dispersion, tuple(counts))], list(past))
    return Outcome(found.rate, brought >= amount, found.low <= brought <= found.high)


def company(rng: np.random.Generator) -> tuple[list[Plan], Journeys]:
    """Three years of journeys of one lead type, with rates that stay; its plans ask for what it has on the average."""
    rates, per_month, dispersion = rng.uniform(0.3, 0.7, 3), int(rng.integers(60, 150)), float(rng.uniform(1.5, 6))
    months = [date(2024 + month // 12, month % 12 + 1, 1).toordinal() for month in range(36)]
    leads = rng.negative_binomial(per_month / (dispersion - 1), 1 / dispersion, len(months))
    entered = np.repeat(months, leads) + rng.integers(0, 28, leads.sum())
    steps, first = {}, entered
    for place, rate in enumerate(rates):
        converts = rng.random(len(entered)) < rate
        reached = np.where(converts, entered + 1 + rng.geometric(0.1, len(entered)), NEVER)
        key = (STREAM, LEAD_TYPE, STAGES[place], STAGES[place + 1])
        steps[key] = Steps(entered, reached, np.ones(len(entered), dtype=int))
        entered, first = reached[converts], first[converts]
    deals = Bought(first, entered, rng.lognormal(8, 0.6, len(first)))
    expected = 3 * per_month * np.prod(rates) * np.exp(8 + 0.6**2 / 2)
    named = tuple((STAGES[place], STAGES[place + 1], 0.5) for place in range(3))
    source = PlannedSource(LEAD_TYPE, 3 * per_month, named)
    plans = [Plan(period, STREAM, expected * rng.uniform(0.6, 1.4), (source,)) for period in QUARTERS]
    return plans, Journeys(steps, {(STREAM, LEAD_TYPE): deals})
