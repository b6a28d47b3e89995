"""The fields of a version that follow from the terms of its streams: deal size, time to close, margin, season.

Belongs here: which of them change, to what, and the derivation above. What is measured is terms.py, the version as a
whole next_version.py.
"""

from collections.abc import Iterator, Mapping
from typing import Any

from orchestration.lib.agreement.document import Agreement
from orchestration.lib.agreement.editing import Edit
from orchestration.lib.agreement.yaml_document import Location
from orchestration.lib.formats import MINUS, MISSING
from orchestration.lib.language import later
from orchestration.lib.review.kept import KeptReview
from orchestration.lib.review.measured import Review
from orchestration.lib.review.terms import CLOSES_WITHIN, DEAL_SIZE, MARGIN, SEASON, ReviewedTerm, scaled_days

REVIEW = "Review of"
CASES = {
    DEAL_SIZE: later("deals"),
    CLOSES_WITHIN: later("customers"),
    MARGIN: later("invoices"),
    SEASON: later("months"),
}


def term_edits(review: Review, last: Agreement, content: Mapping[str, Any], kept: KeptReview | None) -> Iterator[Edit]:
    """The terms that change, each with its derivation: as it was decided, else as the review proposes it."""
    for term in review.terms:
        decision = kept.last_decision(term.line) if kept else None
        value, profile = (term.proposed, term.profile) if term.basis == "measured" else (term.agreed, None)
        if kept and decision:
            line = next(each for each in kept.lines if each.line == term.line)
            value, profile = (term.agreed, None)
            if decision.rate is not None and decision.decision != "refused":
                value, profile = decision.rate, line.profile
        if value == term.agreed and profile is None:
            continue
        where, written = _field(term, last, content, value, profile)
        why = f"{REVIEW} {review.period.name}, {term.measure}: {derivation(term)}"
        if decision:
            why += f"; {decision.in_words}"
        yield Edit(where, written, (why,), rf"{REVIEW} \S+, {term.measure}:")


def _field(
    term: ReviewedTerm,
    last: Agreement,
    content: Mapping[str, Any],
    value: float,
    profile: dict[str, float] | None,
) -> tuple[Location, Any]:
    """Where the term is in the version, and what is written there."""
    stream = ("revenue_streams", term.revenue_stream)
    if term.measure == SEASON:
        quota = content["revenue_streams"][term.revenue_stream]["quota"]
        if "profile" in quota:
            return (*stream, "quota", "profile"), profile
        return (*stream, "quota"), {**quota, "profile": profile}
    if term.measure == CLOSES_WITHIN:
        agreed = last.revenue_streams[term.revenue_stream].closes_within or {}
        return (*stream, "closes_within"), scaled_days(agreed, value / term.agreed)
    return (*stream, term.measure), value


def derivation(term: ReviewedTerm) -> str:
    """What a proposed term was measured on."""
    text = f"{_shown(term, term.measured)} on {term.cases:,} {CASES[term.measure]}"
    if term.month:
        text = f"{term.month} {text}"
    if term.low is not None and term.high is not None:
        text += f", interval {_shown(term, term.low)} to {_shown(term, term.high)}"
    text += f"; agreed: {_shown(term, term.agreed)}"
    if term.measure == CLOSES_WITHIN:
        text += "; median, the days of all shares by its factor"
    return text


def in_comment(rate: float | None) -> str:
    """A rate as the comments of a version have it: in English whatever the company speaks, as both teams sign it."""
    return MISSING if rate is None else f"{rate * 100:,.1f} %".replace("-", MINUS)


def _shown(term: ReviewedTerm, value: float | None) -> str:
    if value is None:
        return "nothing"
    if term.unit == "rate":
        return in_comment(value)
    return f"{value:,.0f} days" if term.unit == "days" else f"{round(value, 2):,.10g}"
