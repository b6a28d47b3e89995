"""Random draws. All are made from `rng.random()`, the one method whose stream Python promises to keep
between versions; what is drawn belongs to the modules of the story.
"""

import math
from collections.abc import Sequence
from random import Random
from typing import TypeVar

Item = TypeVar("Item")


def chance(rng: Random, probability: float) -> bool:
    """True with this probability (0 to 1)."""
    return rng.random() < probability


def between(rng: Random, low: float, high: float) -> float:
    """A number from low to high, all equally likely."""
    return low + (high - low) * rng.random()


def pick(rng: Random, items: Sequence[Item]) -> Item:
    """One of the items, all equally likely."""
    return items[int(rng.random() * len(items))]


def pick_weighted(rng: Random, items: Sequence[Item], weights: Sequence[float]) -> Item:
    """One of the items, by weights that need not sum to one."""
    left = rng.random() * sum(weights)
    for item, weight in zip(items, weights, strict=True):
        left -= weight
        if left < 0:
            return item
    return items[-1]


def lognormal(rng: Random, median: float, sigma: float) -> float:
    """A lognormal draw, given by its median."""
    normal = math.sqrt(-2 * math.log(1 - rng.random())) * math.cos(2 * math.pi * rng.random())
    return median * math.exp(sigma * normal)
