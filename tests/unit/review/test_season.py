"""The season of a stream: from what it is measured, and that noise makes none."""

from datetime import date

import numpy as np
import pytest

from orchestration.lib.review import season
from orchestration.lib.review.season import Season, measured_season
from orchestration.lib.review.terms import season_term

EVEN = [1 / 12] * 12
AUTUMN = [0.08, 0.08, 0.09, 0.09, 0.08, 0.07, 0.06, 0.03, 0.10, 0.11, 0.11, 0.10]
NUMBERS = dict(enumerate(EVEN, start=1))


def won(years: list[list[float]], first: int = 2024) -> dict[date, float]:
    """What was won in each month of these years, after a month that began before the records did."""
    months = {
        date(first + at, month, 1): amount for at, year in enumerate(years) for month, amount in enumerate(year, 1)
    }
    return {date(first - 1, 12, 1): 5.0} | months


def drawn(generator: np.random.Generator, shares: list[float], deals: int, years: int, growth: float = 1) -> list:
    """Years of skewed deals that come one by one, `deals` of them in the first year."""
    return [
        [float(generator.lognormal(0, 0.8, generator.poisson(deals * growth**at * share)).sum()) for share in shares]
        for at in range(years)
    ]


def test_two_whole_years_by_hand() -> None:
    low, high = [60.0] * 6 + [100.0] * 3 + [180.0] * 3, [120.0] * 6 + [200.0] * 3 + [360.0] * 3
    found = measured_season(won([low, high]), date(2026, 1, 1), EVEN)
    assert found.months == 24
    assert found.profile is not None
    # The second year is twice the first. Each month is 2 ** (1 / 12) above the one before, and so much is taken off:
    # 60 x 6, 100 x 3 and 180 x 3 by 2 ** (-k / 12) for k = 0 to 11.
    level = [amount * 2 ** (-at / 12) for at, amount in enumerate(low)]
    assert found.measured == pytest.approx([each / sum(level) for each in level])
    # The two years agree in all months, so nothing is noise, and the shares are what was measured.
    assert found.profile == pytest.approx(found.measured, abs=0.001)
    assert sum(round(1000 * share) for share in found.profile) == 1000
    assert found.half_width == pytest.approx(0, abs=1e-9)
    assert found.surprise is not None
    assert found.surprise < 0.001


def test_months_are_in_their_place_whatever_month_a_review_ends_with() -> None:
    years = [[1.0] * 8 + [10.0] + [1.0] * 3] * 3
    for ends, months in ((date(2026, 1, 1), 24), (date(2026, 8, 1), 31)):
        found = measured_season(won(years), ends, EVEN)
        assert (found.months, found.profile and found.profile.index(max(found.profile))) == (months, 8)


@pytest.mark.parametrize(
    ("ends", "months"), [(date(2025, 12, 1), 23), (date(2024, 7, 1), 6), (date(2023, 12, 1), 0), (date(2023, 1, 1), 0)]
)
def test_less_than_two_whole_years_is_unknown(ends: date, months: int) -> None:
    months_won = {day: amount for day, amount in won([[1.0] * 12] * 2).items() if day < ends}
    found = measured_season(months_won, ends, EVEN)
    assert found == Season(months if months_won else 0)
    term = season_term("shop", months_won, ends, NUMBERS)
    assert term.basis == f"agreed: season unknown, {found.months} of 24 whole months"
    assert (term.proposed, term.is_tested) == (term.agreed, False)


def test_a_year_in_which_nothing_was_won_shows_no_season() -> None:
    assert measured_season(won([[1.0] * 12, [0.0] * 12]), date(2026, 1, 1), EVEN) == Season(24)


def test_noise_makes_no_season_and_a_season_is_found(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(season, "DRAWS", 999)
    generator = np.random.default_rng(8)
    ends = date(2026, 1, 1)

    def surprises(shares: list[float], deals: int, agreed: list[float], growth: float = 1) -> np.ndarray:
        tables = [drawn(generator, shares, deals, 2, growth) for _ in range(120)]
        return np.array([measured_season(won(table), ends, agreed).surprise for table in tables])

    # Of 120 reviews of an even year one in ten is below 0.1, of one that doubles no more.
    assert 4 <= (surprises(EVEN, 240, EVEN) <= 0.1).sum() <= 20
    assert 4 <= (surprises(EVEN, 240, EVEN, growth=2) <= 0.1).sum() <= 20
    assert 4 <= (surprises(AUTUMN, 700, AUTUMN) <= 0.1).sum() <= 20
    # A season of 3 to 11 % of 1,400 deals a year is found.
    assert (surprises(AUTUMN, 1400, EVEN) <= 0.0125).sum() >= 80


def test_what_is_little_more_than_noise_is_drawn_to_what_is_agreed() -> None:
    table = drawn(np.random.default_rng(9), AUTUMN, 300, 2)
    found = measured_season(won(table), date(2026, 1, 1), EVEN)
    assert found.profile is not None
    assert found.measured is not None
    apart = [(abs(one - 1 / 12), abs(raw - 1 / 12)) for one, raw in zip(found.profile, found.measured, strict=True)]
    assert all(one <= raw + 0.0006 for one, raw in apart)
    assert sum(one for one, _ in apart) < 0.9 * sum(raw for _, raw in apart)
