"""A review: the measured rates of one ended period, and the targets that follow from them, old against new.

Belongs here: from rpt_review_rates and dim_target to a proposal, and what the review as a whole contradicts. Rates are
measured in SQL (rpt_review_rates), the terms of a stream are terms.py, what both show is evidence.py, the arithmetic
quota.py, the page pages/review.py. A proposal changes nothing until the next version is written and signed.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import groupby

import duckdb

from orchestration.lib.periods import MONTHS, Period, months_between
from orchestration.lib.quota import QuotaPlan, Rate, exact, plan_quota
from orchestration.lib.review.evidence import beyond_chance, shrunk_by_group
from orchestration.lib.review.terms import DEAL_SIZE, ReviewedTerm, read_terms

UNCHANGED = "agreed: no evidence of change"


@dataclass(frozen=True)
class ReviewedRate:
    """One step of the agreed chain: rates from 0 to 1, counts of journeys, and which rate the proposal takes.

    `base_rate` is the agreed rate without the improvement that the team in `owed_by` has agreed to; `rate_basis` is its
    origin (measured or assumed). `basis` is measured only where the period contradicts `base_rate`; an assumed rate
    that is not contradicted stays assumed. `shrunk_rate` is the measured one, weighed by `borrowed` with the other lead
    types of the stream; `effective_entered` counts journeys as if all had had the step's horizon of `horizon_days`.
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
    at_risk: int = 0
    horizon_days: float | None = None
    within_horizon_rate: float | None = None
    effective_entered: float | None = None
    shrunk_rate: float | None = None
    borrowed: float = 0.0

    @property
    def counted(self) -> tuple[float, float, float]:
        """Within the horizon, where journeys are counted: how many converted, of how many, at which agreed rate."""
        within, entered = self.within_horizon_rate or 1, self.effective_entered or self.entered
        return self.measured_rate * within * entered, entered, self.base_rate * within

    @property
    def new_base(self) -> float | None:
        """The measured rate as an agreement writes it, if it may set a target; else None."""
        if self.basis != "measured":
            return None
        return round(self.measured_rate if self.shrunk_rate is None else self.shrunk_rate, 4)

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
    """One revenue stream and lead type: its rates, and the plan for the whole quota under the old and the new ones,
    with the old and the new deal size."""

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
    terms: tuple[ReviewedTerm, ...] = ()


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
        coalesce(rates.basis, 'agreed: nobody entered'),
        coalesce(rates.at_risk, 0), rates.horizon_days, rates.within_horizon_rate, rates.effective_entered
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
    if not rows:
        return Review(period, None, ())
    read = [ReviewedRate(*row[7:]) for row in rows]
    rates, terms = evaluated([row[1] for row in rows], read, read_terms(connection, period, rows[0][0]))
    sizes = {term.revenue_stream: term.proposed for term in terms if term.measure == DEAL_SIZE}
    chains = groupby(zip(rows, rates, strict=True), key=lambda pair: pair[0][1:3])
    proposals = [_propose(sizes, *zip(*chain, strict=True)) for _, chain in chains]
    return Review(period, rows[0][0], tuple(proposals), tuple(terms))


def evaluated(
    streams: Sequence[str], rates: Sequence[ReviewedRate], terms: Sequence[ReviewedTerm] = ()
) -> tuple[list[ReviewedRate], list[ReviewedTerm]]:
    """All lines of one review, rates with their streams: rates weighed with the other lead types, and both without what
    chance explains in the review as a whole."""
    steps = [(stream, rate.from_stage, rate.to_stage) for stream, rate in zip(streams, rates, strict=True)]
    figures = [(rate.measured_rate, rate.effective_entered) for rate in rates]
    weighed = [
        rate if result is None else replace(rate, shrunk_rate=result.rate, borrowed=result.borrowed)
        for rate, result in zip(rates, shrunk_by_group(steps, figures), strict=True)
    ]
    tested = [rate.counted for rate in weighed if rate.basis == "measured"]
    improbable = [term.surprise for term in terms if term.is_tested and term.surprise is not None]
    is_found = iter(beyond_chance(tested, improbable))
    decided = [
        replace(rate, basis=UNCHANGED)
        if rate.basis == "measured"
        and (not next(is_found) or rate.measured_rate_low <= rate.base_rate <= rate.measured_rate_high)
        else rate
        for rate in weighed
    ]
    kept = [
        replace(term, basis=UNCHANGED)
        if term.basis == "measured" and not (term.is_tested and next(is_found) and term.is_outside)
        else term
        for term in terms
    ]
    return decided, kept


def _propose(sizes: Mapping[str, float], rows: tuple[tuple, ...], rates: tuple[ReviewedRate, ...]) -> Proposal:
    _, stream, lead_type, quota, quota_period, share, deal_size = rows[0][:7]
    agreed = [Rate(rate.from_stage, rate.to_stage, exact(rate.agreed_rate)) for rate in rates]
    proposed = [rate.proposed for rate in rates]
    plans = (
        plan_quota(exact(quota), exact(size), steps)
        for size, steps in ((deal_size, agreed), (sizes.get(stream, deal_size), proposed))
    )
    return Proposal(stream, lead_type, float(quota), quota_period, share, rates, *plans)


def fiscal_start(connection: duckdb.DuckDBPyConnection) -> int:
    """The month in which the company's fiscal year starts."""
    return connection.execute("select fiscal_year_start_month from marts.dim_build").fetchall()[0][0]


def reviewable_periods(connection: duckdb.DuckDBPyConnection) -> list[Period]:
    """All ended quarters, half-years and periods of the agreed cycle with measured rates, in chronological order."""
    first_month = fiscal_start(connection)
    rows = connection.execute(
        "select distinct period_from, review_period, period_to from reports.rpt_review_rates order by all"
    ).fetchall()
    return [Period(first, MONTHS.get(kind) or months_between(first, end), first_month) for first, kind, end in rows]


def as_agreed(rate: ReviewedRate) -> float | dict[str, float | str]:
    """The rate as the next version writes it; an improvement that is outstanding stays in it."""
    measured = rate.new_base or (rate.base_rate if rate.rate_basis == "measured" else None)
    written: dict[str, float | str] = {"assumed": rate.base_rate} if measured is None else {"measured": measured}
    if rate.owed_by is not None and rate.is_still_outstanding:
        return written | {"agreed": rate.agreed_rate, "owner_team": rate.owed_by}
    return rate.base_rate if measured is None else written


def latest_of_each_kind(periods: Iterable[Period]) -> list[Period]:
    """The last ended quarter, the last ended half-year and, where another cycle is agreed, its last ended period."""
    return list({period.kind: period for period in periods}.values())
