"""The quota calculator: a quota reversed up the funnel into the leads that it needs.

Belongs here: the arithmetic of requirement R3 and R4, on plain numbers. Where the rates come from (agreed or measured)
is the caller's matter: agreement/tables.py for what was signed, reviews for what a period showed.
"""

import math
from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction


@dataclass(frozen=True)
class Rate:
    """The share (0 to 1) of one stage that reaches the next."""

    from_stage: str
    to_stage: str
    rate: Fraction


@dataclass(frozen=True)
class StageTarget:
    """How many a stage must hold for the quota; `rate` leads from this stage to the next, None for the last."""

    stage: str
    needed: int
    rate: Fraction | None


@dataclass(frozen=True)
class QuotaPlan:
    """The targets from the first stage to the last, and what one lead at the first stage is worth."""

    targets: tuple[StageTarget, ...]
    lead_value: Fraction

    def needed(self, stage: str) -> int:
        """The count that a stage needs; KeyError if the plan does not have the stage."""
        return {target.stage: target.needed for target in self.targets}[stage]


def exact(number: float | int | str) -> Fraction:
    """The number as it is written (0.35 is 35/100): binary fractions would turn 21 / 0.35 into 61."""
    return Fraction(str(number))


def plan_quota(quota: Fraction, deal_size: Fraction, rates: Sequence[Rate]) -> QuotaPlan:
    """Reverse a quota up the funnel.

    `quota` and `deal_size` are money in one currency, for one period; `rates` run from the first stage to the last,
    each above 0. Every step is rounded up, since nobody wins a part of a deal. A lead is worth quota / leads needed.
    ValueError if a number is not positive.
    """
    if quota <= 0 or deal_size <= 0 or any(not 0 < step.rate <= 1 for step in rates):
        raise ValueError("a quota, a deal size and every rate must be above 0, and a rate at most 1")
    needed = math.ceil(quota / deal_size)
    targets = [StageTarget(rates[-1].to_stage, needed, None)]
    for step in reversed(rates):
        needed = math.ceil(needed / step.rate)
        targets.append(StageTarget(step.from_stage, needed, step.rate))
    return QuotaPlan(tuple(reversed(targets)), quota / needed)
