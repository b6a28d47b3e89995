"""A chance of 30 % comes in three times of ten: companies with known rates, drawn with a fixed seed."""

from collections.abc import Sequence

import numpy as np
import pytest

from orchestration.lib.review import chances
from orchestration.lib.review.backtest import PastChance, back_test, past_chances
from tests.unit.review.drawn_companies import AS_OF, QUARTERS, Outcome, company, one_quarter

COMPANIES = 200
BINS = (0.2, 0.4, 0.6, 0.8)


def hold_bins(outcomes: Sequence[Outcome], each: int = 1) -> None:
    """In each bin, as many came in as the chance gave, within three standard errors; `each` quarters of a company."""
    rates = np.array([one.rate for one in outcomes])
    came_in = np.array([one.is_met for one in outcomes])
    places = np.digitize(rates, BINS)
    for place in range(len(BINS) + 1):
        inside = places == place
        mean = rates[inside].mean()
        error = np.sqrt(mean * (1 - mean) / inside.sum() * each)
        assert inside.sum() > 10
        assert abs(came_in[inside].mean() - mean) < 3 * error, (place, mean, came_in[inside].mean())


def covered(common: float) -> tuple[list[Outcome], float]:
    rng = np.random.default_rng(5)
    outcomes = [one_quarter(rng, common) for _ in range(COMPANIES)]
    return outcomes, float(np.mean([one.is_inside for one in outcomes]))


# The share inside of the range of 80 %, of 3,000 companies; 200 know it to within 9 points.
@pytest.mark.parametrize(("common", "inside"), [(0.0, 0.83), (0.3, 0.80), (0.8, 0.75)])
def test_a_chance_comes_in_as_often_whatever_the_errors_have_in_common(common: float, inside: float) -> None:
    outcomes, found = covered(common)
    hold_bins(outcomes)
    assert found == pytest.approx(inside, abs=0.09)


def test_rates_that_err_together_are_covered_less_if_they_are_taken_as_independent(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    with_spread = covered(0.8)[1]
    monkeypatch.setattr(chances, "IN_COMMON", 0.0)
    assert covered(0.8)[1] < with_spread


def past() -> list[PastChance]:
    """The quarters of all companies, each with the chance from what was known before it."""
    rng = np.random.default_rng(8)
    return [found for _ in range(COMPANIES) for found in past_chances(*company(rng), AS_OF)]


@pytest.mark.long
def test_the_back_test_of_200_companies_finds_their_chances_right() -> None:
    found = past()
    outcomes = [
        Outcome(each.chance.rate, each.is_met, each.chance.low <= each.brought <= each.chance.high)
        for each in found
        if each.chance
    ]
    assert len(outcomes) == len(found) == COMPANIES * len(QUARTERS)
    hold_bins(outcomes, each=len(QUARTERS))
    result = back_test(found)
    assert (result.periods, result.unknown, result.is_known) == (len(found), 0, True)
    assert result.mean_chance == pytest.approx(np.mean([one.rate for one in outcomes]))
    assert result.met / result.periods == pytest.approx(result.mean_chance, abs=0.04)
    assert result.inside / result.periods == pytest.approx(0.80, abs=0.04)
