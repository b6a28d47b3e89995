"""Path sets of the tests, and the effects that the library gives them.

The transitions and sets are counted here from whole paths in plain Python; the models count them in SQL, which
tests/definitions/test_channel_shares.py tests with the same path sets.
"""

import csv
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import NamedTuple

import pytest
import yaml

from orchestration.lib.attribution import markov, shapley
from orchestration.settings import PROJECT

CASES = yaml.safe_load((Path(__file__).parent / "cases.yml").read_text())
# Public data of the package ChannelAttribution, with exact results beside it.
PUBLIC = PROJECT.parent / "shared" / "data" / "pathdata"
needs_public_data = pytest.mark.skipif(not PUBLIC.is_dir(), reason="no public paths beside the project")


@dataclass(frozen=True)
class Walked:
    """Paths through the same channels: how many converted, with which value, and how many ended."""

    channels: tuple[str, ...]
    conversions: int
    value: float
    ended: int


class Effects(NamedTuple):
    """Effects by channel: of the conversions, of the value, and in the two games."""

    markov_1: dict[str, float] | None
    markov_2: dict[str, float] | None
    shapley_count: dict[str, float]
    shapley_rate: dict[str, float] | None


def case_paths(case: dict) -> list[Walked]:
    return [Walked(tuple(row["channels"].split(" > ")), *list(row.values())[1:]) for row in case["paths"]]


def public_paths() -> list[Walked]:
    """All rows of the public set; those that repeat a path add up."""
    with (PUBLIC / "PathData.csv").open() as file:
        rows = list(csv.reader(file))[1:]
    return [Walked(tuple(path.split(" > ")), int(won), float(value), int(ended)) for path, won, value, ended in rows]


def public_results(name: str) -> dict[str, dict[str, float]]:
    """One of the result files, by channel and column."""
    with (PUBLIC / name).open() as file:
        rows = list(csv.DictReader(file))
    return {row.pop(next(iter(row))): {key: float(value) for key, value in row.items()} for row in rows}


def removal(paths: Sequence[Walked], order: int, of_value: bool = False) -> dict[str, float] | None:
    """The removal effects of the library."""
    steps: Counter = Counter()
    rewards: Counter = Counter()
    for path in paths:
        windows = range(max(1, len(path.channels) - order + 1))
        states = [path.channels[place : place + order] for place in windows]
        for pair in zip([None, *states], states, strict=False):
            steps[pair] += path.conversions + path.ended
        rewards[([None, *states][-2], states[-1])] += path.value if of_value else path.conversions
    pairs = [pair for pair, count in steps.items() if count]
    sources, states = [source for source, _ in pairs], [state for _, state in pairs]
    return markov.removal_effects(sources, states, [steps[pair] for pair in pairs], [rewards[pair] for pair in pairs])


def effects(paths: Sequence[Walked]) -> Effects:
    """What each model gives each channel."""
    names = sorted({channel for path in paths for channel in path.channels})
    sets = [sum(1 << names.index(channel) for channel in set(path.channels)) for path in paths]
    won = [path.conversions for path in paths]
    rates = shapley.rate_game(sets, [path.conversions + path.ended for path in paths], won, len(names))
    return Effects(
        removal(paths, 1),
        removal(paths, 2),
        dict(zip(names, shapley.count_game(sets, won, len(names)), strict=True)),
        rates and dict(zip(names, rates, strict=True)),
    )
