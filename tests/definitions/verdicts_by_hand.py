"""What becomes of promises, written apart from the project's SQL: one promise at an instant, and a set of them.

A promise is its start, its due instant, when it was kept and when it was excused (or None). Nothing later than the
as-of is known; a due instant has passed when the as-of is later than it.
"""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

FIGURES = ("kept", "missed", "excused", "early", "open", "attainment", "attainment_low", "attainment_high")
FIGURES += ("is_final", "verdict")


@dataclass(frozen=True)
class Promise:
    """One promise of a set."""

    started_at: datetime
    due_at: datetime
    kept_at: datetime | None = None
    excused_at: datetime | None = None


def status(promise: Promise, as_of: datetime) -> str:
    """The first that happens in time decides; at the same instant it is kept."""
    until = min(promise.due_at, as_of)
    kept = promise.kept_at is not None and promise.kept_at <= until
    excused = promise.excused_at is not None and promise.excused_at <= until
    if kept and excused:
        kept = promise.kept_at <= promise.excused_at
        excused = not kept
    if excused:
        return "excused"
    has_passed = as_of > promise.due_at
    if kept:
        return "kept" if has_passed else "early"
    return "missed" if has_passed else "open"


def figures(promises: Iterable[Promise], ends_at: datetime, target: float, as_of: datetime) -> tuple:
    """FIGURES of the promises that have begun at the as-of, of a period that ends at `ends_at`."""
    counts = Counter(status(one, as_of) for one in promises if one.started_at <= as_of)
    kept, missed, early, open_ = (counts[name] for name in ("kept", "missed", "early", "open"))
    judged = kept + missed + early + open_
    attainment = kept / (kept + missed) if kept + missed else None
    low = (kept + early) / judged if judged else None
    high = (kept + early + open_) / judged if judged else None
    has_ended = as_of >= ends_at
    if not has_ended:
        verdict = "running"
    elif low is None or high is None:
        verdict = "not_evaluated"
    else:
        verdict = "met" if low >= target else "missed" if high < target else "running"
    is_final = has_ended and early + open_ == 0
    return kept, missed, counts["excused"], early, open_, attainment, low, high, is_final, verdict
