"""What a review measures of public leads, counted in plain Python, quarter by quarter.

Belongs here: the Kaplan-Meier share of leads that buy, with Greenwood's interval, from the two files of the data set.
The rules are those of docs/funnel.md; no line of the product is called.
"""

import csv
from collections import defaultdict
from collections.abc import Sequence
from datetime import date, datetime, timedelta
from math import exp, log, sqrt
from pathlib import Path
from statistics import quantiles
from typing import NamedTuple

Z, TOLERANCE, FEWEST = 1.644854, 0.1, 30


class Lead(NamedTuple):
    """The day of the first contact, and the instant of the deal."""

    met: date
    won: datetime | None


class Quarter(NamedTuple):
    entered: int
    converted: int
    undecided: int
    at_risk: int
    rate: float | None
    low: float | None
    high: float | None
    basis: str


def read_leads(folder: Path, as_of: date) -> list[Lead]:
    """The leads as they were known on a day, before what happened on it."""
    with (folder / "olist_closed_deals_dataset.csv").open() as file:
        won = {row["mql_id"]: datetime.fromisoformat(row["won_date"]) for row in csv.DictReader(file)}
    with (folder / "olist_marketing_qualified_leads_dataset.csv").open() as file:
        leads = [
            (date.fromisoformat(row["first_contact_date"]), won.get(row["mql_id"])) for row in csv.DictReader(file)
        ]
    return [Lead(met, at if at and at.date() <= as_of else None) for met, at in leads if met <= as_of]


def measured_quarters(leads: Sequence[Lead], as_of: date) -> dict[date, Quarter]:
    """Each quarter that has ended."""
    took = [(lead.won - datetime(*lead.met.timetuple()[:3])) / timedelta(days=1) for lead in leads if lead.won]
    twentieths = quantiles(took, n=20, method="inclusive")
    horizon = next((days for days in (30, 60, 90) if twentieths[18] <= days), 180)
    within = sum((lead.won.date() - lead.met).days <= horizon for lead in leads if lead.won) / len(took)
    members = defaultdict(list)
    for lead in leads:
        members[date(lead.met.year, (lead.met.month - 1) // 3 * 3 + 1, 1)].append(lead)
    return {
        first: _measured(cohort, as_of, horizon, within, twentieths[17])
        for first, cohort in members.items()
        if (first + timedelta(days=95)).replace(day=1) <= as_of
    }


def _measured(cohort: Sequence[Lead], as_of: date, horizon: int, within: float, p90: float) -> Quarter:
    followed = [(max(((lead.won.date() if lead.won else as_of) - lead.met).days, 0), bool(lead.won)) for lead in cohort]
    converted = sum(is_won for _, is_won in followed)
    undecided = sum(not lead.won and (as_of - lead.met).days <= p90 for lead in cohort)
    at_risk = sum(days >= horizon for days, _ in followed)
    remaining, variance = kaplan_meier(followed, horizon)
    rate = low = high = None
    if at_risk and remaining == 1:
        # None within the horizon: Wilson's upper bound, of those who have had the time, or have bought later.
        rate, low, high = 0.0, 0.0, Z**2 / (sum(days >= horizon or is_won for days, is_won in followed) + Z**2) / within
    elif at_risk:
        rate = (1 - remaining) / within
        width = Z * sqrt(variance) / -log(remaining)
        low, high = ((1 - remaining ** exp(sign * width)) / within for sign in (-1, 1))
    reasons = {
        "agreed: too many undecided": undecided > len(cohort) * TOLERANCE,
        "agreed: too few": len(cohort) < FEWEST,
        "agreed: none converted": not converted,
        "agreed: too early": rate is None,
    }
    basis = next((reason for reason, holds in reasons.items() if holds), "measured")
    return Quarter(len(cohort), converted, undecided, at_risk, rate, low, high, basis)


def kaplan_meier(followed: Sequence[tuple[int, bool]], horizon: int) -> tuple[float, float]:
    """Of leads by the days that they were followed, and whether that ended with a conversion: the share that has not
    converted after the horizon, and Greenwood's sum.
    """
    remaining, variance = 1.0, 0.0
    for day in sorted({days for days, is_reached in followed if is_reached and days <= horizon}):
        number = sum(days >= day for days, _ in followed)
        reached = sum(is_reached and days == day for days, is_reached in followed)
        remaining *= 1 - reached / number
        variance += reached / number / (number - reached)
    return remaining, variance
