"""A review: the measured rates of one ended period, and the targets that follow from them, old against new.

Belongs here: from rpt_review_rates and dim_target to a proposal. The rates themselves are measured in SQL
(rpt_review_rates), the arithmetic is in quota.py, the page is in pages/review.py. A proposal changes nothing until the
next version of the agreement is written and signed.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from itertools import groupby

import duckdb

from orchestration.lib.periods import MONTHS, Period
from orchestration.lib.quota import QuotaPlan, Rate, exact, plan_quota


@dataclass(frozen=True)
class ReviewedRate:
    """One step of the agreed chain: rates from 0 to 1, counts of journeys, and which rate the proposal takes.

    `base_rate` is the agreed rate without the improvement that the team in `owed_by` has agreed to; `rate_basis` is its
    origin (measured or assumed).
    """

    from_stage: str
    to_stage: str
    agreed_rate: float
    base_rate: float
    rate_basis: str
    owed_by: str | None
    entered: int
    converted: int
    undecided: int
    measured_rate: float
    measured_rate_low: float
    measured_rate_high: float
    basis: str

    @property
    def new_base(self) -> float | None:
        """The measured rate as an agreement writes it, if it may set a target; else None."""
        return round(self.converted / self.entered, 4) if self.basis == "measured" else None

    @property
    def is_still_outstanding(self) -> bool:
        """True while the period has not shown an agreed improvement of a team: it stays agreed (requirement R9)."""
        return self.owed_by is not None and (self.new_base is None or self.new_base < self.agreed_rate)

    @property
    def proposed(self) -> Rate:
        """The measured rate if it may set a target and no improvement is outstanding, else the agreed one."""
        measured = None if self.is_still_outstanding else self.new_base
        return Rate(self.from_stage, self.to_stage, exact(self.agreed_rate if measured is None else measured))


@dataclass(frozen=True)
class Proposal:
    """One revenue stream and lead type: its rates, and the plan for the whole quota under the old and the new ones."""

    revenue_stream: str
    lead_type: str
    quota_amount: float
    quota_period: str
    quota_share: float
    rates: tuple[ReviewedRate, ...]
    agreed: QuotaPlan
    proposed: QuotaPlan


@dataclass(frozen=True)
class Review:
    """The result of one period; `proposals` is empty when no journey entered a stage in it."""

    period: Period
    agreement_version: str | None
    proposals: tuple[Proposal, ...]


QUERY = """
    with
        rates as (select * from reports.rpt_review_rates where review_period = ? and period_from = ?),
        reviewed_versions as (select distinct agreement_version from rates)
    select
        targets.agreement_version, targets.revenue_stream, targets.lead_type, targets.quota_amount,
        targets.quota_period, targets.quota_share, targets.deal_size, targets.stage, targets.next_stage,
        targets.agreed_rate, targets.base_rate, targets.basis, targets.owed_by,
        coalesce(rates.entered, 0), coalesce(rates.converted, 0), coalesce(rates.undecided, 0),
        rates.measured_rate, rates.measured_rate_low, rates.measured_rate_high,
        coalesce(rates.basis, 'agreed: nobody entered')
    from marts.dim_target as targets
    inner join reviewed_versions using (agreement_version)
    left join rates
        on targets.revenue_stream = rates.revenue_stream
        and targets.lead_type = rates.lead_type
        and targets.step_number = rates.step_number
    where targets.next_stage is not null
    order by targets.revenue_stream, targets.lead_type, targets.step_number
"""


def review_period(connection: duckdb.DuckDBPyConnection, period: Period) -> Review:
    """The review of a period from the published copy (or the warehouse)."""
    rows = connection.execute(QUERY, [period.kind, period.starts]).fetchall()
    proposals = [_propose(list(group)) for _, group in groupby(rows, key=lambda row: row[1:3])]
    return Review(period, rows[0][0] if rows else None, tuple(proposals))


def _propose(rows: list[tuple]) -> Proposal:
    _, stream, lead_type, quota, quota_period, share, deal_size = rows[0][:7]
    rates = tuple(ReviewedRate(*row[7:]) for row in rows)
    agreed = [Rate(rate.from_stage, rate.to_stage, exact(rate.agreed_rate)) for rate in rates]
    plans = [plan_quota(exact(quota), exact(deal_size), steps) for steps in (agreed, [r.proposed for r in rates])]
    return Proposal(stream, lead_type, float(quota), quota_period, share, rates, *plans)


def fiscal_start(connection: duckdb.DuckDBPyConnection) -> int:
    """The month in which the company's fiscal year starts."""
    return connection.execute("select fiscal_year_start_month from marts.dim_build").fetchall()[0][0]


def reviewable_periods(connection: duckdb.DuckDBPyConnection) -> list[Period]:
    """All ended periods of the fiscal year that have measured rates, in chronological order."""
    first_month = fiscal_start(connection)
    rows = connection.execute(
        "select distinct review_period, period_from from reports.rpt_review_rates order by period_from, review_period"
    ).fetchall()
    return [Period(starts, MONTHS[kind], first_month) for kind, starts in rows]


def as_agreed(rate: ReviewedRate) -> float | dict[str, float | str]:
    """The rate as the next version writes it; an improvement that is outstanding stays in it."""
    measured = rate.new_base or (rate.base_rate if rate.rate_basis == "measured" else None)
    written: dict[str, float | str] = {"assumed": rate.base_rate} if measured is None else {"measured": measured}
    if rate.owed_by is not None and rate.is_still_outstanding:
        return written | {"agreed": rate.agreed_rate, "owner_team": rate.owed_by}
    return rate.base_rate if measured is None else written


def latest_of_each_kind(periods: Iterable[Period]) -> list[Period]:
    """The last ended quarter and the last ended half-year."""
    return list({period.kind: period for period in periods}.values())
