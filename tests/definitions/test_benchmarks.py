"""Benchmarks that nothing else runs, in their smallest form: they have all that the models of today read.

Belongs here: what they count. The seconds are theirs, and no test's.
"""

import re
import sys

import numpy as np
import pytest

from tests.command import PROJECT

sys.path.append(str(PROJECT / "benchmarks"))
import attribution
import planted_market
import skew

pytestmark = pytest.mark.campaign


@pytest.mark.parametrize(
    ("kind", "size", "found"),
    [
        # One chain of 1,001 records; of the others 14 persons in 20 records, 13 in the 19 beside its last one.
        pytest.param("persons", 2000, f"2200 links, {1 + 13 + 49 * 14} persons", id="persons"),
        # One score a touch.
        pytest.param("scores", 300, "3000 scores, the highest ", id="scores"),
    ],
)
def test_unlike_data_are_counted(kind: str, size: int, found: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert skew.seconds(kind, size) > 0
    assert f" {kind}: {found}" in capsys.readouterr().out


def test_the_chain_of_the_models_is_that_of_a_linear_system(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(attribution, "ROUNDS", 1)
    attribution.main(60_000)
    difference = re.search(r"largest relative difference .*: (\S+)", capsys.readouterr().out)
    assert difference
    assert float(difference[1]) < 1e-9


def test_a_planted_market_is_attributed_by_every_model() -> None:
    """The shares of `linear` counted here; `last_non_direct` gives nothing to those who only follow."""
    market = planted_market.plant(2000, 1, *planted_market.MARKETS["direct touches follow"])
    shares = planted_market.shares_of(market)
    assert {"first_touch", "full_path", "markov_1", "markov_2", "shapley_count", "shapley_rate"} <= shares.keys()
    weights = market.has_bought[market.person] / np.bincount(market.person)[market.person]
    credits = np.bincount(market.channel, weights, len(planted_market.NAMES)) / weights.sum()
    counted = {name: credit for name, credit in zip(planted_market.NAMES, credits, strict=True) if credit}
    assert shares["linear"] == pytest.approx(counted)
    assert shares["last_non_direct"].get(planted_market.DIRECT, 0) == 0 < shares["last_touch"][planted_market.DIRECT]
