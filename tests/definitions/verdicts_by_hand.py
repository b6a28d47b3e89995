"""The results of promises, written independently of the project's SQL: one promise at an instant, a set of them, and
sets drawn at random.

A promise is its start, its due instant, when it was kept and when it was excused (or None). Nothing later than the
as-of is known; a due instant has passed when the as-of is later than it.
"""

import random
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta

STARTS, ENDS, EVER_AFTER = datetime(2026, 9, 1), datetime(2026, 10, 1), datetime(2027, 12, 31)
MOMENTS = 8
FIGURES = ("kept", "missed", "excused", "early", "open", "attainment", "attainment_low", "attainment_high")
FIGURES += ("is_final", "status")


@dataclass(frozen=True)
class Promise:
    """One promise of a set."""

    started_at: datetime
    due_at: datetime
    kept_at: datetime | None = None
    excused_at: datetime | None = None


@dataclass(frozen=True)
class Set:
    """Promises of one period, and the instants at which they are looked at."""

    promises: list[Promise]
    target: float
    moments: list[datetime]
    ends_at: datetime = ENDS


def status(promise: Promise, as_of: datetime) -> str:
    """The earlier of the two in time decides; at the same instant it is kept."""
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
    evaluated = kept + missed + early + open_
    attainment = kept / (kept + missed) if kept + missed else None
    low = (kept + early) / evaluated if evaluated else None
    high = (kept + early + open_) / evaluated if evaluated else None
    has_ended = as_of >= ends_at
    if not has_ended:
        period_status = "running"
    elif low is None or high is None:
        period_status = "not_evaluated"
    else:
        period_status = "met" if low >= target else "missed" if high < target else "running"
    is_final = has_ended and early + open_ == 0
    return kept, missed, counts["excused"], early, open_, attainment, low, high, is_final, period_status


def drawn(chance: random.Random) -> Set:
    """Promises of a month, many of them due after it; instants often coincide, or miss each other by a second."""
    within = timedelta(days=chance.choice([1, 1, 7, 14, 28, 56]))
    promises, remarkable = [], [ENDS]
    for _ in range(chance.choice([0, 1, 2, 3, 5, 8, 13])):
        started_at = STARTS + timedelta(minutes=chance.randrange(30 * 1440))
        due_at = started_at + within
        kept_at = happens(chance, started_at, due_at, 0.7)
        excused_at = happens(chance, started_at, due_at, 0.3)
        if kept_at and excused_at and chance.random() < 0.2:
            excused_at = kept_at
        promises.append(Promise(started_at, due_at, kept_at, excused_at))
        remarkable += [at for at in (started_at, due_at, kept_at, excused_at) if at]
    moments = {EVER_AFTER}
    while len(moments) < MOMENTS:
        at = chance.choice([chance.choice(remarkable), STARTS + timedelta(minutes=chance.randrange(100 * 1440))])
        moments.add(at + timedelta(seconds=chance.choice([-1, 0, 0, 1])))
    return Set(promises, chance.choice([0.5, 0.7, 0.75, 0.8, 0.9, 1.0]), sorted(moments))


def happens(chance: random.Random, started_at: datetime, due_at: datetime, probability: float) -> datetime | None:
    """At the start, at the due instant, or anywhere until twice the time; or never."""
    if chance.random() > probability:
        return None
    return chance.choice([started_at, due_at, *[started_at + (due_at - started_at) * (2 * chance.random())] * 6])
