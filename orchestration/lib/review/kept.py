"""Reviews as they were held: a file for each in reviews/ of the company folder, with each decision on its lines.

Belongs here: the file, its seals, reading and adding to it. A build never changes it, so that what a later build
measures can be compared with what was decided. What a review proposes is measured.py, the verb commands/decide.py.
"""

from __future__ import annotations

import hashlib
import json
from dataclasses import MISSING, asdict, dataclass, fields, replace
from datetime import date, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any, Literal, get_args

from orchestration.lib.agreement.canonical import plain
from orchestration.lib.agreement.yaml_document import AgreementError, Written, document, read_written
from orchestration.lib.labels import one_line
from orchestration.lib.periods import PeriodError, parse_period
from orchestration.lib.warehouse.holding import written_alone
from orchestration.lib.whole_files import write_whole
from orchestration.mistakes import Mistake

if TYPE_CHECKING:
    from orchestration.lib.review.measured import Proposal, Review, ReviewedRate
    from orchestration.lib.review.terms import ReviewedTerm

FOLDER = "reviews"
RATE, ALL = "step_rate", "(all)"
Outcome = Literal["accepted", "changed", "refused"]
LONGEST_NAME, LONGEST_REASON = 100, 1_000
HEADING = """\
# The review of {period} as it was held, and what was decided. Written by `smarketing decide` alone: a changed line
# breaks its seal. Keep the file with the agreements.
"""


class ReviewError(Mistake):
    """A kept review cannot be read or added to; the text names file and line, and what to do. Nothing was written."""


class ReviewInUseError(ReviewError):
    """Another process writes it."""

    exit_code = 1


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


@dataclass(frozen=True)
class Decision:
    """What a person decided on a line: the value (of a rate, the rate) that is to be agreed, and why."""

    line: str
    decision: Outcome
    rate: float
    why: str
    by: str
    date: date

    @property
    def in_words(self) -> str:
        """What was decided, by whom and why, for the comment of a version."""
        return f"{self.decision} by {self.by} on {self.date}: {self.why}"


@dataclass(frozen=True)
class KeptReview:
    """A review as it was held: of which version, as of when (UTC), its lines, and the decisions in their order."""

    period: str
    agreement_version: str
    as_of: datetime
    lines: tuple[Line, ...]
    decisions: tuple[Decision, ...] = ()

    def last_decision(self, line: str) -> Decision | None:
        """The decision that holds: the last one on that line."""
        return next((each for each in reversed(self.decisions) if each.line == line), None)


def line_of(proposal: Proposal, rate: ReviewedRate) -> str:
    """The name of a line: stream/lead_type/mql_to_sql."""
    return f"{proposal.revenue_stream}/{proposal.lead_type}/{rate.from_stage}_to_{rate.to_stage}"


def as_held(review: Review, as_of: datetime) -> KeptReview:
    """The review with what it measures and proposes now. ReviewError if nothing was measured."""
    if review.agreement_version is None:
        raise ReviewError(f"{review.period.name}: nothing was measured in this period, so nothing can be decided")
    lines = tuple(
        Line(
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
        for proposal in review.proposals
        for rate in proposal.rates
    )
    return KeptReview(review.period.name, review.agreement_version, as_of, (*lines, *map(_term_line, review.terms)))


def _term_line(term: ReviewedTerm) -> Line:
    return Line(
        term.line, term.revenue_stream, ALL, "", "", term.agreed, term.measured, term.low, term.high, term.cases, 0,
        term.proposed, term.basis, term.measure, term.unit, term.profile if term.basis == "measured" else None,
    )  # fmt: skip


def find_line(kept: KeptReview, wanted: str) -> Line:
    """The line of that name, or the only one that ends with it. ReviewError names the lines otherwise."""
    found = [each for each in kept.lines if f"/{each.line}".endswith(f"/{wanted}")]
    if len(found) == 1:
        return found[0]
    problem = f"{len(found)} lines end with" if found else "there is no line"
    names = ", ".join(each.line for each in found or kept.lines)
    raise ReviewError(f"{kept.period}: {problem} {wanted!r}; write one of: {names}")


def read_kept_reviews(company: Path) -> list[KeptReview]:
    """All kept reviews of a company folder, by their period's name. ReviewError for the first that is not sealed."""
    return [_read(path) for path in sorted((company / FOLDER).glob("*.yml"))]


def read_kept_review(company: Path, period: str) -> KeptReview | None:
    """The kept review of a period; None before the first decision on it."""
    path = company / FOLDER / f"{period}.yml"
    return _read(path) if path.exists() else None


def decide(company: Path, held: KeptReview, decision: Decision) -> Path:
    """Add a decision to the kept review, which is kept as `held` if it is the first; return its file."""
    path = company / FOLDER / f"{held.period}.yml"
    decision = replace(
        decision, by=_given("--by", decision.by, LONGEST_NAME), why=_given("--why", decision.why, LONGEST_REASON)
    )
    busy = ReviewInUseError(f"{path.parent}: another decision is being written; call it again")
    with written_alone(path.parent, busy, ReviewError):
        kept = _read(path) if path.exists() else held
        find_line(kept, decision.line)
        write_whole(path, _text(replace(kept, decisions=(*kept.decisions, decision))), 0o644)
    return path


def _given(option: str, text: str, longest: int) -> str:
    words = one_line(text, longest)
    if words is None:
        found = " ".join(text.split())
        raise ReviewError(f"{option}: {found!r} is not a sentence; write 1 to {longest:,} letters, in one line")
    return words


def _seal(content: Any, before: str = "") -> str:
    """SHA-256 of the seal before it and the content as JSON with sorted keys."""
    text = before + json.dumps(plain(content), sort_keys=True, separators=(",", ":"), ensure_ascii=False)
    return hashlib.sha256(text.encode()).hexdigest()


def _text(kept: KeptReview) -> str:
    content = plain(asdict(kept))
    decisions = content.pop("decisions")
    later = {field.name: field.default for field in fields(Line) if field.default is not MISSING}
    content["lines"] = [
        {name: value for name, value in each.items() if name not in later or value != later[name]}
        for each in content["lines"]
    ]
    seal = content["seal"] = _seal(content)
    for each in decisions:
        seal = each["seal"] = _seal(each, seal)
    return HEADING.format(period=kept.period) + document({**content, "decisions": decisions})


def _read(path: Path) -> KeptReview:
    try:
        written = read_written(path)
        content = dict(written.content)
        decisions = [dict(each) for each in content.pop("decisions")]
        seal = content.pop("seal")
        if seal != _seal(content):
            raise _broken(written, ("lines",), "what was measured and proposed is not what was kept")
        for number, each in enumerate(decisions):
            stated = each.pop("seal")
            seal = _seal(each, seal)
            if stated != seal:
                raise _broken(written, ("decisions", number), "a decision was changed, removed or added by hand")
        return _kept(path, content, decisions)
    except AgreementError as error:
        raise ReviewError(str(error)) from error
    except (KeyError, TypeError, ValueError, AttributeError, PeriodError) as error:
        raise ReviewError(f"{path}: it is not a kept review ({error}); put it back as it was kept") from error


def _kept(path: Path, content: dict[str, Any], decisions: list[dict[str, Any]]) -> KeptReview:
    """The content as it is typed. ValueError or TypeError if it has other fields."""
    parse_period(content["period"])
    if content["period"] != path.stem:
        raise ValueError(f"its period is {content['period']}")
    if any(each["decision"] not in get_args(Outcome) for each in decisions):
        raise ValueError("a decision has no known outcome")
    names = {field.name for field in fields(Line)}
    return KeptReview(
        content["period"],
        content["agreement_version"],
        datetime.fromisoformat(content["as_of"]),
        tuple(Line(**{name: each[name] for name in names & set(each)}) for each in content["lines"]),
        tuple(Decision(**{**each, "date": date.fromisoformat(each["date"])}) for each in decisions),
    )


def _broken(written: Written, location: tuple, what: str) -> ReviewError:
    line = written.find(location)[0]
    return ReviewError(f"{written.path} line {line}: {what}; put the file back as `smarketing decide` wrote it")
