"""Why the leads of a month move: the year's leads, the season, and the time to close, where leads are due by it.

Belongs here: the months of a version without exceptions, a year like every other. The causes of the year's leads are
decomposition.py; the targets of real months are computed in SQL (int_lead_value_quotas).
"""

import calendar
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from fractions import Fraction
from functools import cache

import numpy as np

from orchestration.lib.agreement.commitments import LeadValue
from orchestration.lib.agreement.company import MONTHS
from orchestration.lib.agreement.document import Agreement
from orchestration.lib.agreement.quotas import Quota
from orchestration.lib.agreement.streams import RevenueStream
from orchestration.lib.review.decomposition import shapley

YEAR, SEASON, CYCLE = "year", "season", "cycle"
# The days of the months of a common year.
DAYS = [calendar.monthrange(2026, month)[1] for month in range(1, 13)]


@dataclass(frozen=True)
class MonthCause:
    """The leads due in a month under two versions, and how many of the difference come from each cause."""

    month: str
    old: float
    new: float
    causes: dict[str, float]


def month_causes(versions: tuple[Agreement, Agreement], stream: str, leads: tuple[int, int]) -> Iterator[MonthCause]:
    """Each month of a lead type of which two versions ask for these leads a year; none where only the year differs."""
    streams = [version.revenue_streams[stream] for version in versions]
    quotas = [each.quota for each in streams]
    if not all(isinstance(quota, Quota) and quota.per == "year" for quota in quotas):
        return
    profiles = [_profile(each) for each in streams]
    cycles = [_days(version, each) for version, each in zip(versions, streams, strict=True)]
    differs = {YEAR: leads[0] != leads[1], SEASON: profiles[0] != profiles[1], CYCLE: cycles[0] != cycles[1]}
    if not (differs[SEASON] or differs[CYCLE]):
        return
    weights = {(season, cycle): due(profiles[season], cycles[cycle]) for season in (0, 1) for cycle in (0, 1)}
    for number, month in enumerate(MONTHS):

        @cache
        def value(changed: frozenset[str], number: int = number) -> Fraction:
            share = weights[SEASON in changed, CYCLE in changed][number]
            return Fraction(leads[YEAR in changed]) * Fraction(share)

        parts = shapley(value, [name for name, is_other in differs.items() if is_other])
        whole = frozenset(parts)
        causes = {name: float(part) for name, part in parts.items()}
        yield MonthCause(month, float(value(frozenset())), float(value(whole)), causes)


def due(profile: Mapping[str, float], cycle: tuple[float, ...]) -> list[float]:
    """The share of a year's leads that is due in each month: the quota of each day, as long before as deals take."""
    quota = np.repeat([profile[month] / days for month, days in zip(MONTHS, DAYS, strict=True)], DAYS)
    leads = sum(share * np.roll(quota, -days) for days, share in enumerate(cycle))
    ends = np.cumsum(DAYS)
    return [float(np.asarray(leads)[end - days : end].sum()) for end, days in zip(ends, DAYS, strict=True)]


def _profile(stream: RevenueStream) -> dict[str, float]:
    """An even year has the twelfth part in each month."""
    agreed = stream.quota.profile if isinstance(stream.quota, Quota) else None
    return dict(agreed) if agreed else dict.fromkeys(MONTHS, 1 / 12)


def _days(version: Agreement, stream: RevenueStream) -> tuple[float, ...]:
    """The share of deals by their days from the handoff; all on the same day where leads are due with their quota."""
    values = [each for each in version.commitments.values() if isinstance(each, LeadValue)]
    if stream.closes_within is None or not any(each.due_by == "sales_cycle" for each in values):
        return (1.0,)
    shares, last, closed = [0.0], 0, 0.0
    for text, share in stream.closes_within.items():
        days = int(text[:-1])
        shares += [(share - closed) / (days - last)] * (days - last)
        last, closed = days, share
    return tuple(shares)
