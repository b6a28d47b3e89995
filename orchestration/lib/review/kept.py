"""Reviews and meetings as they were held: their lines and items, with each decision.

Belongs here: what is kept, and a line by its name. The file and its seals are kept_files.py, what a review proposes is
measured.py, what a meeting decides on meetings.py, the verb commands/decide.py.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from typing import TYPE_CHECKING, Literal

from orchestration.lib.review.items import Item
from orchestration.mistakes import Mistake

if TYPE_CHECKING:
    from orchestration.lib.review.measured import Proposal, Review, ReviewedRate
    from orchestration.lib.review.terms import ReviewedTerm

RATE, ALL = "step_rate", "(all)"
Day = date  # a field is called date
Outcome = Literal["accepted", "changed", "refused", "done"]  # done: what the decision before it wants


class ReviewError(Mistake):
    """A kept review cannot be read or added to; the text names file and line, and what to do. Nothing was written."""


@dataclass(frozen=True)
class Line:
    """One line of the review, as it was measured and proposed then: a rate of a lead type from 0 to 1 with its counts
    of journeys, or a term of a stream (terms.py) in its unit, with its cases as `entered` and the lead type (all).

    A season also has the twelve shares that it proposes. Files that were kept before there were terms have rates alone;
    what a rate does not need is not written, so their seals hold.
    """

    line: str
    revenue_stream: str
    lead_type: str
    from_stage: str
    to_stage: str
    agreed: float
    measured: float | None
    low: float | None
    high: float | None
    entered: int
    converted: int
    proposed: float
    basis: str
    measure: str = RATE
    unit: str = "rate"
    profile: dict[str, float] | None = None

    @property
    def is_changed(self) -> bool:
        """Whether the review proposes another value than the agreed one."""
        return self.proposed != self.agreed


@dataclass(frozen=True)
class Decision:
    """What a person decided on a line, and why: the value that is to be agreed; what somebody does until a day."""

    line: str
    decision: Outcome
    rate: float | None
    why: str
    by: str
    date: date
    owner: str | None = None
    due: Day | None = None

    @property
    def in_words(self) -> str:
        """What was decided, by whom and why, for the comment of a version."""
        return f"{self.decision} by {self.by} on {self.date}: {self.why}"


@dataclass(frozen=True)
class KeptReview:
    """A review or meeting as it was held: of which version, as of when (UTC), its lines, decisions in their order."""

    period: str
    agreement_version: str
    as_of: datetime
    lines: tuple[Line, ...]
    decisions: tuple[Decision, ...] = ()
    items: tuple[Item, ...] = ()

    def last_decision(self, line: str) -> Decision | None:
        """The decision that holds: the last one on that line; that it is done is none."""
        of_line = (each for each in reversed(self.decisions) if each.line == line)
        return next((each for each in of_line if each.decision != "done"), None)

    def open_action(self, line: str) -> Decision | None:
        """The decision by which somebody still has to do something about that line."""
        last = next((each for each in reversed(self.decisions) if each.line == line), None)
        return last if last and last.owner and last.decision != "done" else None


def line_of(proposal: Proposal, rate: ReviewedRate) -> str:
    """The name of a line: stream/lead_type/mql_to_sql."""
    return f"{proposal.revenue_stream}/{proposal.lead_type}/{rate.from_stage}_to_{rate.to_stage}"


def as_held(review: Review, as_of: datetime, findings: tuple[Item, ...] = ()) -> KeptReview:
    """The review with what it measures, proposes and finds now. ReviewError if nothing was measured."""
    if review.agreement_version is None:
        raise ReviewError(f"{review.period.name}: nothing was measured in this period, so nothing can be decided")
    return KeptReview(review.period.name, review.agreement_version, as_of, lines_of(review), items=findings)


def lines_of(review: Review) -> tuple[Line, ...]:
    """All that is decided on: the rates of each lead type, and then the terms of each stream."""
    rates = (_rate_line(proposal, rate) for proposal in review.proposals for rate in proposal.rates)
    return (*rates, *map(_term_line, review.terms))


def _rate_line(proposal: Proposal, rate: ReviewedRate) -> Line:
    return Line(
        line_of(proposal, rate),
        proposal.revenue_stream,
        proposal.lead_type,
        rate.from_stage,
        rate.to_stage,
        rate.agreed_rate,
        rate.measured_rate,
        rate.measured_rate_low,
        rate.measured_rate_high,
        rate.entered,
        rate.converted,
        round(float(rate.proposed.rate), 4),  # as an agreement writes it
        rate.basis,
    )


def _term_line(term: ReviewedTerm) -> Line:
    return Line(
        term.line, term.revenue_stream, ALL, "", "", term.agreed, term.measured, term.low, term.high, term.cases, 0,
        term.proposed, term.basis, term.measure, term.unit, term.profile if term.basis == "measured" else None,
    )  # fmt: skip


def find_line(kept: KeptReview, wanted: str) -> Line | Item:
    """The line of that name, or the only one that ends with it. ReviewError names the lines otherwise."""
    lines: tuple[Line | Item, ...] = (*kept.lines, *kept.items)
    found = [each for each in lines if f"/{each.line}".endswith(f"/{wanted}")]
    if len(found) == 1:
        return found[0]
    problem = f"{len(found)} lines end with" if found else "there is no line"
    names = ", ".join(each.line for each in found or lines)
    raise ReviewError(f"{kept.period}: {problem} {wanted!r}; write one of: {names}")
