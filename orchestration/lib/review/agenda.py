"""What a review has to talk about: the rates that would change, what is not decided, and what was not reached.

Belongs here: the agenda as data, and its sentences. The notification of a review that is due sends it, and Dagster
shows it beside the page. What a review measures and proposes is measured.py.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

import duckdb

from orchestration.lib.formats import percent
from orchestration.lib.periods import parse_period
from orchestration.lib.quota import exact
from orchestration.lib.review.kept import line_of
from orchestration.lib.review.measured import Review, ReviewedRate, fiscal_start, review_period

SIGNED = """
    select marketing_signed_by, sales_signed_by from marts.dim_agreement where agreement_version = ?
"""
DECIDED = "select line_count, decided_lines from marts.fct_reviews where period_name = ?"


@dataclass(frozen=True)
class AgendaLine:
    """One rate of the review under the name that `smarketing decide` takes."""

    line: str
    rate: ReviewedRate

    @property
    def is_changed(self) -> bool:
        """True where the review proposes another rate than the agreed one."""
        return self.rate.proposed.rate != exact(self.rate.agreed_rate)

    @property
    def is_outstanding(self) -> bool:
        """True for an improvement that a team agreed to and the period has not shown."""
        return self.rate.is_still_outstanding


@dataclass(frozen=True)
class Agenda:
    """The agenda of one review; `managers` signed the version that asks for it, for marketing and for sales."""

    period: str
    page: Path
    managers: tuple[str, ...]
    lines: tuple[AgendaLine, ...]
    kept_lines: int = 0
    decided_lines: int = 0

    @property
    def changed(self) -> list[AgendaLine]:
        """The lines that would change."""
        return [each for each in self.lines if each.is_changed]

    @property
    def outstanding(self) -> list[AgendaLine]:
        """The improvements that were not reached."""
        return [each for each in self.lines if each.is_outstanding]


def agenda_lines(review: Review) -> tuple[AgendaLine, ...]:
    """Every rate of a review, in its order."""
    return tuple(AgendaLine(line_of(proposal, rate), rate) for proposal in review.proposals for rate in proposal.rates)


def read_agenda(connection: duckdb.DuckDBPyConnection, period: str, version: str, pages: Path) -> Agenda:
    """The agenda of the review of a period, which a version asks for, from the published copy beside its pages."""
    review = review_period(connection, parse_period(period, fiscal_start(connection)))
    signed = connection.execute(SIGNED, [version]).fetchone() or ()
    kept = connection.execute(DECIDED, [period]).fetchone() or (0, 0)
    page = pages / "reviews" / f"{period}.html"
    return Agenda(period, page, tuple(filter(None, signed)), agenda_lines(review), *kept)


def agenda_text(agenda: Agenda) -> str:
    """The agenda in a few lines: what would change, what is open, where the page is, and what to run."""
    changed, outstanding = agenda.changed, agenda.outstanding
    number = len(agenda.lines)
    counted = f"{len(changed)} of {number} rates would change." if number else "Nobody entered a stage in it."
    if agenda.kept_lines:
        to_decide = f"{agenda.decided_lines} of {agenda.kept_lines} lines are decided."
    else:
        to_decide = "No line is decided yet."
    parts = [f"{counted} {to_decide}\n", *_listed("Would change:", map(change_text, changed))]
    parts += _listed("Improvements that are outstanding:", map(outstanding_text, outstanding))
    parts.append(
        f"\nPage: {agenda.page} (if it is missing: smarketing review {agenda.period})\n"
        f"Decide on each line: smarketing decide {agenda.period} LINE --accept --why TEXT --by NAME\n"
        f"The next version: smarketing review {agenda.period} --propose FILE, and both teams sign it\n"
    )
    return "".join(parts)


def change_text(each: AgendaLine) -> str:
    """A rate that would change: agreed, measured with its numbers and interval, and proposed."""
    rate = each.rate
    return (
        f"{each.line}: agreed {_percent(rate.agreed_rate)}, measured {_percent(rate.measured_rate)} "
        f"({rate.converted:,} of {rate.entered:,}, {interval_text(rate)}), "
        f"proposed {_percent(float(rate.proposed.rate))}"
    )


def outstanding_text(each: AgendaLine) -> str:
    """An improvement that is outstanding, with what was measured of it."""
    rate = each.rate
    measured = "not measured" if rate.measured_rate is None else f"measured {_percent(rate.measured_rate)}"
    return f"{each.line}, of {rate.owed_by}: agreed {_percent(rate.agreed_rate)}, {measured} ({rate.entered:,} entered)"


def interval_text(rate: ReviewedRate) -> str:
    """The 90 % interval of a rate, or that there is none."""
    if rate.measured_rate_low is None or rate.measured_rate_high is None:
        return "no interval"
    return f"{_percent(rate.measured_rate_low)} to {_percent(rate.measured_rate_high)}"


def _percent(share: float) -> str:
    """Without the space that a page does not break at: a mail is plain text."""
    return percent(share).replace("\u00a0", " ")


def _listed(title: str, lines: Iterable[str]) -> list[str]:
    listed = [f"- {line}\n" for line in lines]
    return [f"\n{title}\n", *listed] if listed else []
