"""A market whose truth is known: which of the channel models is misled by those who only follow."""

import sys
from collections import Counter
from itertools import groupby
from operator import itemgetter

import pytest

from orchestration.settings import PROJECT
from tests.unit.attribution.counted import Walked, effects

sys.path.append(str(PROJECT / "benchmarks"))
from planted_market import MARKETS, NAMES, RETARGETING, Market, error, plant


def walked(market: Market) -> list[Walked]:
    """The paths of a market, each once."""
    touches = zip(market.person.tolist(), market.channel.tolist(), strict=True)
    paths: Counter = Counter()
    for person, of_person in groupby(touches, key=itemgetter(0)):
        paths[tuple(NAMES[channel] for _, channel in of_person), bool(market.has_bought[person])] += 1
    return [
        Walked(path, count * has_bought, 0, count * (not has_bought)) for (path, has_bought), count in paths.items()
    ]


def shares(found: dict[str, float]) -> dict[str, float]:
    parts = {name: max(value, 0) for name, value in found.items()}
    return {name: part / sum(parts.values()) for name, part in parts.items()}


@pytest.fixture(scope="module")
def market() -> Market:
    return plant(30_000, 7, *MARKETS["retargeting follows"])


def test_the_truth_is_what_was_planted(market: Market) -> None:
    """Those that cause nothing have nothing; all parts are the whole."""
    nothing = [name for name, share in market.true_share.items() if share == 0]
    assert nothing == ["Channel 01", "Channel 05", "Channel 11", "Channel 15", "Direct", "Retargeting"]
    assert sum(market.true_share.values()) == pytest.approx(1)


def test_the_rate_game_and_markov_are_nearer_than_the_last_touch_where_retargeting_follows(market: Market) -> None:
    paths = walked(market)
    last: Counter = Counter()
    for path in paths:
        last[path.channels[-1]] += path.conversions
    found = effects(paths)
    assert found.markov_1
    assert found.shapley_rate
    by_model = {"last": shares(last), "markov": shares(found.markov_1), "rate": shares(found.shapley_rate)}
    errors = {model: error(share, market.true_share) for model, share in by_model.items()}
    assert errors["rate"] < errors["markov"] < errors["last"]
    assert by_model["markov"][RETARGETING] < by_model["last"][RETARGETING] / 3
