"""What the figures of a review show: which agreed values they contradict, and what lead types have in common.

Belongs here: the test of a rate against the agreed one, the rule for all tests of a review at once, and the weighing
of a rate with those of the other lead types. Values and intervals are measured in SQL (fct_review_measures).
"""

from collections.abc import Hashable, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

Numbers = NDArray[np.float64]

# How often a review in which nothing has changed may propose a change: once in forty, whatever the number of its lines.
FALSE_REVIEWS = 0.025


@dataclass(frozen=True)
class Shrunk:
    """A rate weighed with those of the other lead types: what is borrowed is their weight, from 0 to 0.5."""

    rate: float
    borrowed: float


def surprises(converted: Numbers, entered: Numbers, agreed: Numbers) -> Numbers:
    """How improbable such a count is if the agreed rate is true: the exact two-sided test of a share.

    Counts may have fractions, as of a cohort that was not followed to its end; they are taken to the side of the
    agreed rate, which is the cautious one.
    """
    from scipy import stats  # half a second, which no other verb waits for

    whole = np.maximum(np.round(entered), 1)
    counts = converted / np.maximum(entered, 1e-9) * whole
    is_low = counts < whole * agreed
    toward = np.where(is_low, np.ceil(np.round(counts, 6)), np.floor(np.round(counts, 6)))
    tail = np.where(is_low, stats.binom.cdf(toward, whole, agreed), stats.binom.sf(toward - 1, whole, agreed))
    return np.minimum(1, 2 * tail)


def contradicted(probabilities: Sequence[float]) -> list[bool]:
    """Of which values of one review chance does not explain the difference, by the rule of Holm (1979).

    With 20 of them a 90 % interval each would propose two changes in a review where nothing has changed. The rule keeps
    the whole review to FALSE_REVIEWS, and needs no independence, which the steps of a chain may not have.
    """
    order = np.argsort(np.array(probabilities, dtype=float), kind="stable")
    found = [False] * len(probabilities)
    for place, index in enumerate(order):
        if probabilities[index] > FALSE_REVIEWS / (len(order) - place):
            break
        found[index] = True
    return found


def share_surprise(converted: float, entered: float, agreed: float) -> float:
    """The same of one share."""
    return float(surprises(*(np.array([each], dtype=float) for each in (converted, entered, agreed)))[0])


def beyond_chance(counted: Sequence[tuple[float, float, float]], others: Sequence[float] = ()) -> list[bool]:
    """Of all rates of one review, each as (converted, entered, agreed rate), and after them of what else it tests,
    each as how improbable it is: which contradict what is agreed."""
    columns = np.array(counted, dtype=float).reshape(-1, 3).T
    return contradicted([*surprises(*columns), *others])


def shrunk_by_group(groups: Sequence[Hashable], figures: Sequence[tuple[float, float | None]]) -> list[Shrunk | None]:
    """Rates with their numbers, each weighed with the others of its group; None where nothing was measured."""
    places: dict[Hashable, list[int]] = {}
    for place, (group, (_, entered)) in enumerate(zip(groups, figures, strict=True)):
        if entered:
            places.setdefault(group, []).append(place)
    found: list[Shrunk | None] = [None] * len(groups)
    for alike in places.values():
        results = shrunk([figures[place][0] for place in alike], [figures[place][1] or 0 for place in alike])
        for place, result in zip(alike, results, strict=True):
            found[place] = result
    return found


def shrunk(rates: Sequence[float], entered: Sequence[float]) -> list[Shrunk]:
    """The rates of one step by lead type, each toward the mean of the others, beta-binomial.

    How much is borrowed depends on how alike the lead types are (moments of the overdispersion, Kleinman 1973), and on
    their own numbers: never more than half, since a few lead types cannot show that they are alike. A single one is
    not shrunk.
    """
    rate, size = np.array(rates, dtype=float), np.array(entered, dtype=float)
    if len(rate) < 2:
        return [Shrunk(float(each), 0.0) for each in rate]
    prior = _prior_size(rate, size)
    others = size.sum() - size
    means = ((rate * size).sum() - rate * size) / others
    weight = np.minimum(prior, np.minimum(others, size))
    borrowed = weight / (weight + size)
    together = rate * (1 - borrowed) + means * borrowed
    return [Shrunk(float(one), float(share)) for one, share in zip(together, borrowed, strict=True)]


def _prior_size(rate: Numbers, size: Numbers) -> float:
    """As many journeys are worth what the other lead types show; infinite where they differ no more than by chance."""
    total, mean = size.sum(), (rate * size).sum() / size.sum()
    degrees = len(rate) - 1
    spread = (size * (rate - mean) ** 2).sum()
    room = total - (size**2).sum() / total - degrees
    if not 0 < mean < 1 or room <= 0:
        return np.inf
    alike = (spread / (mean * (1 - mean)) - degrees) / room
    return np.inf if alike <= 0 else max(0.0, (1 - alike) / alike)
