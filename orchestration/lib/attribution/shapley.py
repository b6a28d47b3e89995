"""Shapley values of channels in two games, exact, from counted sets of channels.

Belongs here: the games. Counting the sets is SQL (int_channel_sets). A set is a number whose bit i is set where
channel i is in it, as in the column channel_set.
"""

from collections.abc import Sequence
from math import comb

import numpy as np

# The rate game needs all subsets of the channels: 20 are a million, 21 two million. An estimate would pass for a value.
MOST_CHANNELS = 20


def count_game(sets: Sequence[int], conversions: Sequence[float], channels: int) -> list[float]:
    """A combination is worth the conversions of the paths that use no other channel.

    Its value has a closed form: of each conversion, every different channel of the path has an equal part.
    """
    members = np.array(sets, dtype=np.int64)[:, None] >> np.arange(channels) & 1
    return [float(value) for value in (np.array(conversions, dtype=float) / members.sum(axis=1)) @ members]


def rate_game(
    sets: Sequence[int], paths: Sequence[float], conversions: Sequence[float], channels: int
) -> list[float] | None:
    """A combination is worth the conversion rate of the paths that use no other channel; 0 if there are none.

    A channel that lowers the rate has a negative value. None for more than MOST_CHANNELS channels.
    """
    if channels > MOST_CHANNELS:
        return None
    met = _within(sets, paths, channels)
    rates = np.divide(_within(sets, conversions, channels), met, out=np.zeros(len(met)), where=met > 0)
    sizes = np.bitwise_count(np.arange(len(rates), dtype=np.uint32))
    weights = 1 / np.array([channels * comb(channels - 1, size) for size in range(channels)] + [1], dtype=float)
    values = []
    for channel in range(channels):
        without, with_it = np.moveaxis(rates.reshape(-1, 2, 1 << channel), 1, 0)
        others = sizes.reshape(-1, 2, 1 << channel)[:, 0]
        values.append(float(np.sum((with_it - without) * weights[others])))
    return values


def _within(sets: Sequence[int], counts: Sequence[float], channels: int) -> np.ndarray:
    """For every set, the sum of the counts of its subsets."""
    sums = np.bincount(np.array(sets, dtype=np.int64), np.array(counts, dtype=float), 1 << channels)
    for channel in range(channels):
        halves = sums.reshape(-1, 2, 1 << channel)
        halves[:, 1] += halves[:, 0]
    return sums
