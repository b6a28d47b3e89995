"""Why a target moved: the difference between two plans of a lead type, split into its causes.

Belongs here: the split. Each cause (a rate, the deal size, the quota, the share) gets the mean of what it changes over
all orders in which the causes could have come, its Shapley value: the parts add up to the difference exactly, and
depend on no order. The reversal of a quota itself is lib/quota.py.
"""

from collections.abc import Callable, Hashable, Sequence
from dataclasses import dataclass, replace
from fractions import Fraction
from functools import cache
from itertools import combinations
from math import factorial
from typing import Any, TypeVar

from orchestration.lib.agreement.streams import LeadType, RevenueStream
from orchestration.lib.agreement.target_rows import agreed_rates
from orchestration.lib.calculator.figures import Inputs, months_in
from orchestration.lib.quota import exact

Name = TypeVar("Name", bound=Hashable)
AMOUNTS, STEPS = ("quota", "share", "deal_size"), "steps"


@dataclass(frozen=True)
class Cause:
    """What differs between two plans, and how many leads of the difference come from it.

    `old` and `new` are None where the steps themselves differ.
    """

    name: str
    old: Fraction | None
    new: Fraction | None
    leads: Fraction


def inputs_of(stream: RevenueStream, lead_type: LeadType) -> Inputs:
    """What the target of a lead type is made of, as a version agrees it."""
    quota, deal_size = exact(stream.quota.amount), exact(stream.deal_size)
    share = exact(lead_type.share_of_quota)
    return Inputs(quota, stream.quota.per, deal_size, tuple(agreed_rates(lead_type)), share, None, None)


def decompose(old: Inputs, new: Inputs) -> tuple[Cause, ...]:
    """The causes of the difference in target leads; quotas of other lengths are compared by the year."""
    if old.per != new.per:
        old, new = _of_a_year(old), _of_a_year(new)
    names = [f"{step.from_stage}_to_{step.to_stage}" for step in old.rates]
    if names != [f"{step.from_stage}_to_{step.to_stage}" for step in new.rates]:
        names = [STEPS]
    before, after = _parts(old, names), _parts(new, names)
    differing = [name for name in before if before[name] != after[name]]

    def leads(changed: frozenset[str]) -> Fraction:
        parts = {name: (after if name in changed else before)[name] for name in before}
        rates = tuple(step for name in names for step in parts[name])
        amounts = {field: parts[field] for field in AMOUNTS}
        return Fraction(replace(old, rates=rates, **amounts).target_leads)

    values = shapley(leads, differing)
    return tuple(Cause(name, _figure(name, before), _figure(name, after), values[name]) for name in differing)


def shapley(value: Callable[[frozenset[Name]], Fraction], players: Sequence[Name]) -> dict[Name, Fraction]:
    """The part of each player in the value of all, beyond that of none."""
    known = cache(value)
    number = len(players)
    parts = {}
    for player in players:
        others = [each for each in players if each != player]
        parts[player] = sum(
            (
                Fraction(factorial(size) * factorial(number - size - 1), factorial(number))
                * (known(frozenset({*group, player})) - known(frozenset(group)))
                for size in range(number)
                for group in combinations(others, size)
            ),
            Fraction(0),
        )
    return parts


def _of_a_year(inputs: Inputs) -> Inputs:
    return replace(inputs, quota=inputs.quota * 12 / months_in(inputs.per), per="year")


def _parts(inputs: Inputs, names: Sequence[str]) -> dict[str, Any]:
    """What a target is made of, by name: amounts, and steps with their rates."""
    steps = [inputs.rates] if names == [STEPS] else [(step,) for step in inputs.rates]
    return {field: getattr(inputs, field) for field in AMOUNTS} | dict(zip(names, steps, strict=True))


def _figure(name: str, parts: dict[str, Any]) -> Fraction | None:
    """An amount or a rate; None for all steps together."""
    part = parts[name]
    if isinstance(part, tuple):
        return None if name == STEPS else part[0].rate
    return part
