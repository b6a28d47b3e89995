"""Companies made of random numbers, whose future is known: their deals, and what had been counted at an instant."""

from dataclasses import dataclass
from itertools import pairwise

import numpy as np

from orchestration.lib.forecast.quarter import Deals
from orchestration.lib.forecast.rates import AGES, Moves

QUARTER = 91.0
QUARTERS = 10
STAGES = 3
EDGES = np.array([*AGES, np.inf])


@dataclass(frozen=True)
class Company:
    """One row per stay of a deal in a stage: days since the beginning, and how it ended."""

    deal: np.ndarray
    stage: np.ndarray
    entered: np.ndarray
    left: np.ndarray
    end: np.ndarray
    amount: np.ndarray


def company(seed: int, growth: float = 0.0, fading: float = 0.0, luck_of: float = 0.1) -> Company:
    """Deals of three stages with delays that are not exponential, in quarters that differ by chance.

    `growth`: by how much more deals are opened at the end than at the beginning; `fading`: by how much fewer are won.
    """
    rng = np.random.default_rng(seed)
    days = np.arange(int(QUARTERS * QUARTER))
    luck = np.clip(rng.normal(1, luck_of, size=(2, QUARTERS + 1)), 0.5, 1.5)
    passed = days / days[-1]
    rate = rng.uniform(0.7, 3.0) * luck[0, (days / QUARTER).astype(int)] * (1 + growth * passed)
    opened = np.repeat(days, rng.poisson(rate))
    opened = opened + rng.random(len(opened))
    goes_on, shape, scale = rng.uniform(0.45, 0.75, STAGES), rng.uniform(0.8, 2.0, STAGES), rng.uniform(8, 35, STAGES)
    amount = rng.lognormal(9, rng.uniform(0.4, 1.0), len(opened))
    deals, entered, rows = np.arange(len(opened)), opened.astype(float), []
    for stage in range(STAGES):
        left = entered + scale[stage] * rng.weibull(shape[stage], len(deals))
        period = np.minimum((left / QUARTER).astype(int), QUARTERS)
        chance = goes_on[stage] * luck[1, period] * (1 - fading * left / days[-1])
        on = rng.random(len(deals)) < chance
        end = np.where(on, "won" if stage == STAGES - 1 else "moved", "lost")
        rows.append((deals, np.full(len(deals), stage), entered, left, end, amount[deals]))
        deals, entered = deals[on], left[on]
    return Company(*(np.concatenate(column) for column in zip(*rows, strict=True)))


def known_at(made: Company, instant: float) -> tuple[Moves, Deals, np.ndarray]:
    """What the models would have counted at that instant: the moves, the open deals, the amounts won."""
    here = made.entered < instant
    halves = np.arange(max(0.0, instant - 4 * QUARTER), instant, QUARTER / 2)
    rows: list[tuple] = []
    for half, begins in enumerate(halves):
        ends = min(begins + QUARTER / 2, instant)
        rows.append((half, 0, 0, "half", 0, 0, ends - begins))
        first = here & (made.stage == 0) & (made.entered >= begins) & (made.entered < ends)
        rows.append((half, 0, 0, "opened", 0, first.sum(), 0))
        for age, (younger, older) in enumerate(pairwise(EDGES)):
            low = np.maximum(made.entered + younger, begins)
            high = np.minimum(np.minimum(made.entered + older, ends), made.left)
            spent = np.where(here, np.maximum(high - low, 0), 0)
            ended = here & (made.left >= low) & (made.left < np.minimum(made.entered + older, ends))
            for stage in range(STAGES):
                rows.append((half, stage, age, "days", 0, 0, spent[made.stage == stage].sum()))
                for end in ("won", "lost", "moved"):
                    found = ended & (made.stage == stage) & (made.end == end)
                    rows.append((half, stage, age, end, min(stage + 1, STAGES - 1), found.sum(), 0))
    still = here & (made.left >= instant)
    won = (made.end == "won") & (made.left < instant)
    deals = Deals(made.stage[still], instant - made.entered[still], made.amount[still])
    return Moves.of(*zip(*rows, strict=True)), deals, made.amount[won]


def brought(made: Company, begins: float, ends: float) -> float:
    """The amount won between two instants."""
    return float(made.amount[(made.end == "won") & (made.left >= begins) & (made.left < ends)].sum())
