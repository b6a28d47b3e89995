"""The season of a revenue stream: how what is won in a year is spread over its months, and whether chance explains it.

Belongs here: the test and the shares. Which months were won is read by terms.py, the form of a profile is
agreement/quotas.py.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

import numpy as np
from numpy.typing import NDArray

Numbers = NDArray[np.float64]

YEAR = 12
# With one year a season and a good month look the same.
LEAST_YEARS = 2
DRAWS, SEED = 9_999, 2012
# An agreement writes the share of a month in thousandths.
PARTS = 1_000
COVERAGE = 0.9


@dataclass(frozen=True)
class Season:
    """What is known of a season: whole months, and from two years up the twelve shares (January first), as an agreement
    writes them, the measured ones with their interval, and how improbable they are if the agreed ones are true."""

    months: int
    profile: tuple[float, ...] | None = None
    measured: tuple[float, ...] | None = None
    half_width: float | None = None
    surprise: float | None = None


def measured_season(won: Mapping[date, float], ends: date, agreed: Sequence[float]) -> Season:
    """The season of what was won by month until the day before `ends`, in whole years before it.

    The first month with a deal may have begun before the records did, so it is not counted.
    """
    if not won:
        return Season(0)
    last, first = _number(ends), _number(min(won)) + 1
    months = max(last - first, 0)
    years = months // YEAR
    amounts = {_number(month): amount for month, amount in won.items()}
    table = np.array([amounts.get(month, 0.0) for month in range(last - years * YEAR, last)]).reshape(years, YEAR)
    if years < LEAST_YEARS or (table.sum(axis=1) <= 0).any():
        return Season(months)
    # The columns begin with the month of `ends`.
    plan = np.roll(np.array(agreed, dtype=float), 1 - ends.month)
    shares = _shares(table)
    distances = shares - plan
    mean = distances.mean(axis=0)
    noise = ((distances - mean) ** 2).sum() / ((YEAR - 1) * (years - 1))
    signal = years * (mean**2).sum() / (YEAR - 1)
    weight = max(0.0, 1 - noise / signal) if signal > 0 else 0.0
    profile = _in_parts(np.roll(plan + weight * mean, ends.month - 1))
    measured = tuple(float(each) for each in np.roll(shares.mean(axis=0), ends.month - 1))
    return Season(months, profile, measured, _half_width(noise, years), _surprise(table, plan))


def _surprise(table: Numbers, plan: Numbers) -> float:
    """How often the years agree so well in their distance from the plan if their months are exchanged at random.

    Months are compared by what they bring of their plan; one without a plan is omitted. What rises or falls evenly
    within a year is growth and no evidence: it is taken out of each year, before and after the exchange (Freedman and
    Lane 1983).
    """
    place = np.flatnonzero(plan > 0)
    units = table[:, place] / plan[place]
    left = _without_slope(units / units.mean(axis=1, keepdims=True), place)
    drawn = np.random.default_rng(SEED).permuted(np.repeat(left[None], DRAWS, axis=0), axis=2)
    both = np.concatenate([left[None], _without_slope(drawn, place)])
    apart = both.mean(axis=1) ** 2 @ plan[place] / np.maximum((both**2).mean(axis=1) @ plan[place], 1e-12)
    return float((1 + (apart[1:] >= apart[0] * (1 - 1e-9)).sum()) / (DRAWS + 1))


def _without_slope(years: Numbers, place: NDArray[np.int_]) -> Numbers:
    """Each year without its mean and its slope over the months."""
    centred = place - place.mean()
    years = years - years.mean(axis=-1, keepdims=True)
    return years - (years @ centred / (centred**2).sum())[..., None] * centred


def _shares(table: Numbers) -> Numbers:
    """Each month's share of its year, without the growth that the sums of the years show, taken as even over the
    year."""
    years = len(table)
    place = np.arange(years) - (years - 1) / 2
    growth = (np.log(table.sum(axis=1)) * place).sum() / (place**2).sum()
    level = table / np.exp(growth * np.arange(YEAR) / YEAR)
    return level / level.sum(axis=1, keepdims=True)


def _half_width(noise: float, years: int) -> float:
    from scipy.stats import t  # half a second, which no other verb waits for

    return float(t.ppf((1 + COVERAGE) / 2, (YEAR - 1) * (years - 1)) * np.sqrt(noise / years))


def _in_parts(shares: Numbers) -> tuple[float, ...]:
    """The shares in thousandths that are the whole together: the largest remainders are rounded up."""
    shares = np.maximum(shares, 0)
    scaled = shares / shares.sum() * PARTS
    whole = np.floor(scaled + 1e-9).astype(int)
    left = PARTS - whole.sum()
    whole[np.argsort(-(scaled - whole), kind="stable")[:left]] += 1
    return tuple(int(each) / PARTS for each in whole)


def _number(day: date) -> int:
    return day.year * YEAR + day.month - 1
