"""What a version agrees of a revenue stream besides rates: deal size, time to close, margin and season, as measured.

Belongs here: reading them from the published copy, and what is proposed of each. Whether chance explains a difference
is decided for the whole review (measured.py); the test of a season is season.py.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

import duckdb

from orchestration.lib.agreement.company import MONTHS
from orchestration.lib.periods import Period
from orchestration.lib.review.evidence import share_surprise
from orchestration.lib.review.season import LEAST_YEARS, YEAR, measured_season

DEAL_SIZE, CLOSES_WITHIN, MARGIN, SEASON = "deal_size", "closes_within", "margin", "season"
UNITS = {DEAL_SIZE: "amount", CLOSES_WITHIN: "days", MARGIN: "rate", SEASON: "rate"}
MEASURES = {"deal_size": DEAL_SIZE, "closing_days": CLOSES_WITHIN, "margin_rate": MARGIN}
READ = """
    select
        revenue_stream, review_measure, agreed_value, measured_value, measured_low, measured_high, entered,
        coalesce(converted, 0), basis, surprise_rate, closed_rate, agreed_closed_rate, largest_three_rate
    from marts.fct_review_measures
    where review_period = ? and period_from = ? and lead_type = '(all)' and agreed_value is not null
    order by revenue_stream, review_measure
"""
QUOTAS = """
    select revenue_stream, month_number, period_months, month_share_rate, from_month_date is not null as is_listed
    from marts.dim_quota_period where agreement_version = ? order by revenue_stream, month_number
"""
WON = """
    select period_date, cast(numerator as double) from marts.fct_kpis
    where kpi = 'average_deal' and kpi_period = 'month' and axis = 'revenue_stream' and part = ?
        and period_date < ? and numerator is not null
"""


@dataclass(frozen=True)
class ReviewedTerm:
    """One term of a stream: amounts, days (the median to close) or shares, by its unit; `cases` deals, customers,
    invoices or months. A season is shown by its strongest month, and its twelve shares are the `profile`.

    `surprise` is how improbable the measured value is if the agreed one is true; None where it was not tested.
    """

    revenue_stream: str
    measure: str
    agreed: float
    measured: float | None
    low: float | None
    high: float | None
    cases: int
    basis: str
    surprise: float | None = None
    largest_three: float | None = None
    month: str | None = None
    profile: dict[str, float] | None = None

    @property
    def line(self) -> str:
        """The name of its line: stream/deal_size."""
        return f"{self.revenue_stream}/{self.measure}"

    @property
    def unit(self) -> str:
        """Amount, days or rate."""
        return UNITS[self.measure]

    @property
    def is_tested(self) -> bool:
        """Whether it may be proposed: it was measured well enough to be held against the agreed value."""
        return self.basis == "measured" and self.surprise is not None

    @property
    def is_outside(self) -> bool:
        """Whether the agreed value is outside of the interval; of a season the test of all months decides."""
        if self.measure == SEASON:
            return True
        is_below = self.low is not None and self.agreed < self.low
        return is_below or (self.high is not None and self.agreed > self.high)

    @property
    def proposed(self) -> float:
        """The measured value as an agreement writes it, where the period contradicts the agreed one; else that."""
        if self.basis != "measured" or self.measured is None:
            return self.agreed
        if self.profile and self.month:
            return self.profile[self.month]
        return as_written(self.measure, self.measured)

    @property
    def is_changed(self) -> bool:
        """Whether the review proposes another value than the agreed one."""
        return self.proposed != self.agreed


def as_written(measure: str, value: float) -> float:
    """A value as an agreement writes it: whole units of money (cents below 100), whole days, rates of four digits."""
    if measure == DEAL_SIZE:
        return float(round(value)) if value >= 100 else round(value, 2)
    return max(1.0, float(round(value))) if measure == CLOSES_WITHIN else round(value, 4)


def scaled_days(closes_within: dict[str, float], factor: float) -> dict[str, float]:
    """The agreed times to close, each longer or shorter by a factor: the shares stay, whole days that grow."""
    scaled: dict[str, float] = {}
    last = 0
    for text, share in closes_within.items():
        last = max(last + 1, round(int(text[:-1]) * factor))
        scaled[f"{last}d"] = share
    return scaled


def read_terms(connection: duckdb.DuckDBPyConnection, period: Period, version: str) -> list[ReviewedTerm]:
    """The terms of all streams, by stream, as they are measured; no test of the whole review has been made."""
    terms = [*measured_terms(connection, period), *_seasons(connection, period.ends, version)]
    return sorted(terms, key=lambda each: (each.revenue_stream, list(UNITS).index(each.measure)))


def measured_terms(connection: duckdb.DuckDBPyConnection, period: Period) -> list[ReviewedTerm]:
    """Deal size, time to close and margin of all streams that agree them."""
    return [_measured(*row) for row in connection.execute(READ, [period.kind, period.starts]).fetchall()]


def _measured(
    stream: str, measure: str, agreed: float, value: float, low: float, high: float, entered: int, converted: int,
    basis: str, surprise: float | None, closed: float | None, agreed_closed: float | None, largest: float | None,
) -> ReviewedTerm:  # fmt: skip
    """A row of fct_review_measures. How many closed by the agreed median has the exact test of a share."""
    cases = entered
    if measure == "closing_days":
        cases = converted
        if closed is not None and agreed_closed is not None:
            surprise = share_surprise(closed * cases, cases, agreed_closed)
    return ReviewedTerm(
        stream, MEASURES[measure], agreed, value, low, high, cases, basis, surprise, largest_three=largest
    )


def _seasons(connection: duckdb.DuckDBPyConnection, ends: date, version: str) -> Iterator[ReviewedTerm]:
    """The season of each stream whose quota is one of a year: a quota by month or quarter has its own."""
    shares: dict[str, dict[int, float]] = {}
    for stream, number, months, share, is_listed in connection.execute(QUOTAS, [version]).fetchall():
        if not is_listed and number is not None:
            shares.setdefault(stream, {})[number] = share
        elif not is_listed and months == YEAR:
            shares[stream] = dict.fromkeys(range(1, YEAR + 1), 1 / YEAR)
    for stream, agreed in shares.items():
        yield season_term(stream, dict(connection.execute(WON, [stream, ends]).fetchall()), ends, agreed)


def season_term(stream: str, won: dict[date, float], ends: date, agreed: dict[int, float]) -> ReviewedTerm:
    """The season of a stream: its strongest month, or that it is unknown."""
    plan = [agreed[number] for number in range(1, YEAR + 1)]
    found = measured_season(won, ends, plan)
    if found.profile is None or found.measured is None or found.half_width is None:
        needed = LEAST_YEARS * YEAR
        basis = f"agreed: season unknown, {found.months} of {needed} whole months"
        return ReviewedTerm(stream, SEASON, max(plan), None, None, None, found.months, basis)
    shares = found.measured
    at = max(range(YEAR), key=lambda month: shares[month])
    low, high = (shares[at] + sign * found.half_width for sign in (-1, 1))
    months = found.months // YEAR * YEAR
    profile = dict(zip(MONTHS, found.profile, strict=True))
    return ReviewedTerm(
        stream, SEASON, plan[at], shares[at], max(low, 0.0), high, months, "measured", found.surprise,
        month=MONTHS[at], profile=profile,
    )  # fmt: skip
