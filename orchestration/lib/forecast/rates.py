"""Rates at which deals are won, lost, moved and opened, drawn with their uncertainty from what was counted.

Belongs here: the draws. A rate is per day, by stage and by how long a deal is in its stage. Where a stage or an age has
few cases, its rates lean on those of the others; a period differs from the others by more than chance, as far as the
past periods did.
"""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

# The days in a stage at which the ages begin that have rates of their own: the bands of fct_deal_movements.
AGES = (0, 7, 14, 30, 60, 90, 180)
# How much the rate of all stages counts beside that of one, and the rate of a stage and of an age beside that of both:
# as if there had been one case more.
LENT_CASES = 1.0
# What is assumed of how periods differ, by a fifth, and how many periods it counts for.
ASSUMED_PERIODS, ASSUMED_VARIANCE = 4, 0.04
# New deals come as in the last year of halves: a company of two years ago was another one.
RECENT_HALVES = 4


@dataclass(frozen=True)
class Moves:
    """The columns of fct_deal_movements: of each half quarter, stage and age what happened, and the days in it."""

    half: np.ndarray
    stage: np.ndarray
    age: np.ndarray
    movement: np.ndarray
    to_stage: np.ndarray
    cases: np.ndarray
    days: np.ndarray

    @classmethod
    def of(cls, *columns: Sequence | np.ndarray) -> "Moves":
        """From columns as lists; the halves are numbered again from 0."""
        half, stage, age, movement, to_stage, cases, days = (np.array(column) for column in columns)
        return cls(
            np.unique(half, return_inverse=True)[1], stage.astype(int), age.astype(int), movement,
            to_stage.astype(int), cases.astype(float), days.astype(float),
        )  # fmt: skip

    @property
    def shape(self) -> tuple[int, int, int]:
        """Halves, stages, ages."""
        return int(self.half.max()) + 1, int(max(self.stage.max(), self.to_stage.max())) + 1, len(AGES)

    def counted(self, movement: str) -> np.ndarray:
        """The cases of a movement by half, stage and age; the days of `days` and `half`."""
        rows = self.movement == movement
        found = np.zeros(self.shape)
        values = self.days if movement in ("days", "half") else self.cases
        np.add.at(found, (self.half[rows], self.stage[rows], self.age[rows]), values[rows])
        return found

    def moved(self) -> np.ndarray:
        """The moves to another stage, by stage, age and the stage that follows."""
        rows = self.movement == "moved"
        _, stages, ages = self.shape
        found = np.zeros((stages, ages, stages))
        np.add.at(found, (self.stage[rows], self.age[rows], self.to_stage[rows]), self.cases[rows])
        return found


def end_rates(moves: Moves, movement: str, draws: int, rng: np.random.Generator) -> np.ndarray:
    """Drawn rates of one end, won or lost, by draw, stage and age."""
    cases, days = moves.counted(movement).sum(axis=0), moves.counted("days").sum(axis=0)
    overall = (cases.sum() + 0.5) / (days.sum() + 1)
    of_stage = (cases.sum(axis=1) + LENT_CASES) / (days.sum(axis=1) + LENT_CASES / overall)
    of_age = (cases.sum(axis=0) + LENT_CASES) / (days.sum(axis=0) + LENT_CASES / overall)
    expected = np.outer(of_stage, of_age) / overall
    return rng.gamma(cases + LENT_CASES, size=(draws, *cases.shape)) / (days + LENT_CASES / expected)


def move_rates(moves: Moves, draws: int, rng: np.random.Generator) -> np.ndarray:
    """Drawn rates of a move, by draw, stage, age and the stage that follows; none where none was seen."""
    cases, days = moves.moved(), moves.counted("days").sum(axis=0)
    return rng.gamma(cases, size=(draws, *cases.shape)) / (days[:, :, None] + 1)


def progress_differs(moves: Moves) -> float:
    """How far the deals won or moved in a half differ from what the halves before led to expect: a variance."""
    went, days = moves.counted("won") + moves.counted("moved"), moves.counted("days")
    before, met = went.cumsum(axis=0) - went, days.cumsum(axis=0) - days
    rates = np.divide(before, met, out=np.zeros_like(before), where=met > 0)
    return _variance(went.sum(axis=(1, 2)), (rates * days).sum(axis=(1, 2)), before.sum(axis=(1, 2)))


def openings(moves: Moves, draws: int, rng: np.random.Generator) -> tuple[np.ndarray, np.ndarray]:
    """Drawn rates of new deals per day, with how much a period differs; and the share of each stage among them."""
    by_stage = moves.counted("opened").sum(axis=2)
    opened, days = by_stage.sum(axis=1), moves.counted("half").sum(axis=(1, 2))
    lagged = [slice(max(0, place - RECENT_HALVES), place) for place in range(len(opened))]
    before = np.array([opened[places].sum() for places in lagged])
    met = np.array([days[places].sum() for places in lagged])
    expected = np.divide(before, met, out=np.zeros_like(before), where=met > 0) * days
    level = rng.gamma(opened[-RECENT_HALVES:].sum() + 0.5, size=draws) / days[-RECENT_HALVES:].sum()
    stages = by_stage.sum(axis=0) + 1e-9
    return level * period_effects(_variance(opened, expected, before), draws, rng), stages / stages.sum()


def period_effects(variance: float, draws: int, rng: np.random.Generator) -> np.ndarray:
    """Drawn factors with a mean of 1."""
    return rng.gamma(1 / variance, size=draws) * variance


def _variance(seen: np.ndarray, expected: np.ndarray, known_by: np.ndarray) -> float:
    """The relative variance beyond that of counts, of what is seen and of what the expectation is made of."""
    used = expected > 0
    chance = expected[used] + expected[used] ** 2 / known_by[used]
    squares = (expected[used] ** 2).sum()
    measured = max(0.0, float(((seen - expected)[used] ** 2 - chance).sum() / squares)) if squares else 0.0
    periods = int(used.sum())
    return (periods * measured + ASSUMED_PERIODS * ASSUMED_VARIANCE) / (periods + ASSUMED_PERIODS)
