"""What is chance in a review, and what is borrowed: against figures computed by hand, and simulated deals."""

from fractions import Fraction
from math import comb

import numpy as np
import pytest

from orchestration.lib.ratios import mean_surprise, ratio_figures
from orchestration.lib.review.evidence import FALSE_REVIEWS, beyond_chance, contradicted, shrunk, shrunk_by_group


def tail(least: int, entered: int, rate: Fraction) -> float:
    """How probable that many conversions or more are."""
    return float(sum(comb(entered, k) * rate**k * (1 - rate) ** (entered - k) for k in range(least, entered + 1)))


def test_eighteen_of_43_are_no_evidence_against_45_percent() -> None:
    assert beyond_chance([(18, 43, 0.45)]) == [False]


def test_the_test_of_a_share_is_the_exact_one() -> None:
    # 14 of 20 against a half: 2 x 0.0577 is above 2.5 %; 16 of 20: 2 x 0.0059 is below.
    assert [2 * tail(each, 20, Fraction(1, 2)) for each in (14, 16)] == pytest.approx([0.1153183, 0.0118179], abs=1e-7)
    assert beyond_chance([(14, 20, 0.5)]) == [False]
    assert beyond_chance([(16, 20, 0.5)]) == [True]
    assert beyond_chance([]) == []


def test_holm_takes_the_smallest_first_and_stops_at_the_first_that_is_chance() -> None:
    whole = FALSE_REVIEWS
    assert contradicted([whole / 2, whole / 3, whole / 1.01]) == [True, True, True]
    assert contradicted([whole / 2, whole / 2.9, whole / 10]) == [True, True, True]
    # The second of three may be half of the whole at most; what comes after it is not looked at.
    assert contradicted([whole / 1.9, whole / 4, whole / 1.5]) == [False, True, False]


def test_what_is_borrowed() -> None:
    # As many of each: 0.4 and 0.5 do not differ by more than chance, and at most half is borrowed.
    low, high = shrunk([0.4, 0.5], [40, 40])
    assert (low.rate, low.borrowed) == (pytest.approx(0.45), 0.5)
    assert (high.rate, high.borrowed) == (pytest.approx(0.45), 0.5)
    # The many borrow little from the few: as much weight as these have.
    few, many = shrunk([0.4, 0.5], [10, 990])
    assert (few.borrowed, many.borrowed) == (0.5, pytest.approx(0.01))
    # Unlike ones borrow next to nothing, a single one nothing at all.
    assert all(each.borrowed < 0.02 for each in shrunk([0.1, 0.9], [200, 200]))
    assert [(each.rate, each.borrowed) for each in shrunk([0.3], [12])] == [(0.3, 0.0)]


def test_only_the_same_step_is_borrowed_from_and_what_was_not_measured_gives_nothing() -> None:
    figures = [(0.4, 40.0), (0.9, 40.0), (0.5, 40.0), (0.0, None)]
    found = shrunk_by_group(["a", "b", "a", "a"], figures)
    assert [each and each.borrowed for each in found] == [0.5, 0.0, 0.5, None]


def test_the_mean_of_skewed_deals_is_inside_of_its_interval_as_often_as_it_claims() -> None:
    generator = np.random.default_rng(5)
    true = float(np.exp(0.32))
    inside = 0
    for _ in range(200):
        deals = generator.lognormal(0, 0.8, 60)
        figures = ratio_figures(list(deals), [1.0] * 60, [None] * 60)
        inside += figures["low"] <= true <= figures["high"]
    assert 170 <= inside <= 190


def test_figures_of_few_deals_and_of_none() -> None:
    assert ratio_figures([100, 300], [1, 1], [250, 250]) == {
        "ratio": 200,
        "deviation": 141.421356237,
        "largest_three": 1,
    }
    alike = {"ratio": 5, "low": 5, "high": 5, "deviation": 0, "largest_three": 0.25}
    assert ratio_figures([5.0] * 12, [1.0] * 12, [None] * 12) == alike
    assert ratio_figures([5.0] * 12, [1.0] * 12, [5.0] * 12)["surprise"] == 1
    assert ratio_figures([5.0] * 12, [1.0] * 12, [4.0] * 12)["surprise"] == 0
    assert ratio_figures([], [], []) == {}


def test_the_surprise_of_a_mean_by_hand() -> None:
    # Not skewed: Student's t. 1 to 9 against 3: t = 2 / (2.7386 / 3) = 2.1909, and 8 degrees leave 0.0598 beyond it.
    assert mean_surprise(np.arange(1, 10) - 3.0) == pytest.approx(0.0598, abs=1e-4)
    # 19 times 0 and once 20: mean 1, deviation 4.4721, skewness 4.1295 and t = 1. With b = 4.1295 / 20 ** 0.5 = 0.9234
    # it is 1 + 0.3078 + 0.0316 + 0.1539 = 1.4933; 19 degrees leave 0.1518, where t alone leaves 0.3299.
    assert mean_surprise(np.array([0.0] * 19 + [20.0])) == pytest.approx(0.1518, abs=1e-4)


def test_a_true_mean_of_skewed_deals_surprises_as_often_as_it_claims() -> None:
    generator = np.random.default_rng(6)
    found = np.array([mean_surprise(generator.lognormal(0, 0.8, 100) - np.exp(0.32)) for _ in range(4000)])
    for claimed, most in ((0.1, 0.12), (0.025, 0.035), (0.005, 0.009)):
        assert (found <= claimed).mean() <= most
