"""The quota calculator: a quota reversed up the funnel into the leads that it needs.

Belongs here: the arithmetic of requirements R3 and R4, on plain numbers. Where the rates come from (agreed or measured)
is decided by the caller: agreement/rows.py for signed rates, reviews for the measured rates of a period, calculator.py
for the numbers that a manager types.
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
    """The count that a stage must reach for the quota, and the division that determines it.

    `rate` is the rate from this stage to the next, None for the last. `dividend` is the count of the next stage, or
    the quota for the last; `divisor` is the rate, or the deal size.
    """

    stage: str
    rate: Fraction | None
    dividend: Fraction
    divisor: Fraction

    @property
    def unrounded(self) -> Fraction:
        """The quotient before it is rounded up."""
        return self.dividend / self.divisor

    @property
    def needed(self) -> int:
        """The quotient rounded up: a part of a deal cannot be won."""
        return math.ceil(self.unrounded)

    @property
    def arithmetic(self) -> str:
        """The division as text: 1,087 / 0.82 = 1,325.6, rounded up."""
        written = f"{in_writing(self.dividend)} / {in_writing(self.divisor)}"
        if self.needed == self.unrounded:
            return f"{written} = {self.needed:,}"
        # Enough decimals to show that it is not a whole number.
        texts = (f"{float(self.unrounded):,.{places}f}" for places in range(1, 13))
        shown = next(
            (text for text in texts if text.rpartition(".")[2].strip("0")), f"a little over {self.needed - 1:,}"
        )
        return f"{written} = {shown}, rounded up"


@dataclass(frozen=True)
class QuotaPlan:
    """The targets from the first stage to the last, and the value of one lead at the first stage."""

    targets: tuple[StageTarget, ...]
    lead_value: Fraction

    def needed(self, stage: str) -> int:
        """The count that a stage needs; KeyError if the plan does not have the stage."""
        return {target.stage: target.needed for target in self.targets}[stage]


def share_of(needed: int, share: Fraction) -> int:
    """A lead type's share of the leads that the whole quota needs, rounded up like the plan itself."""
    return math.ceil(needed * share)


def in_writing(number: Fraction) -> str:
    """The number with thousands separators; an infinite decimal is cut after six decimals."""
    return f"{int(number):,}" if number.denominator == 1 else f"{float(number):,.6f}".rstrip("0")


def exact(number: float | int | str) -> Fraction:
    """The exact number as written (0.35 is 35/100): binary fractions would turn 21 / 0.35 into 61."""
    return Fraction(str(number))


def plan_quota(quota: Fraction, deal_size: Fraction, rates: Sequence[Rate]) -> QuotaPlan:
    """Reverse a quota up the funnel.

    `quota` and `deal_size` are money in one currency, for one period; `rates` run from the first stage to the last,
    each above 0. Every step is rounded up, since a part of a deal cannot be won. A lead is worth quota / leads needed.
    ValueError if a number is not positive.
    """
    if quota <= 0 or deal_size <= 0 or any(not 0 < step.rate <= 1 for step in rates):
        raise ValueError("a quota, a deal size and every rate must be above 0, and a rate at most 1")
    targets = [StageTarget(rates[-1].to_stage, None, quota, deal_size)]
    for step in reversed(rates):
        targets.append(StageTarget(step.from_stage, step.rate, Fraction(targets[-1].needed), step.rate))
    return QuotaPlan(tuple(reversed(targets)), quota / targets[-1].needed)
