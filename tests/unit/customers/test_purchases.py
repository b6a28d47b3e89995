"""The parameters of repeat purchases, against the published ones of a public sample, and of customers made of them."""

import csv
import importlib.util
from pathlib import Path

import numpy as np
import pytest

from orchestration.lib.customers.functions import expected_purchases
from orchestration.lib.customers.purchases import Rates, fit

# Fader, Hardie and Lee, "Counting Your Customers" the Easy Way (2005), on 2,357 customers of CDNOW.
PUBLISHED = Rates(r=0.243, alpha=4.414, a=0.793, b=2.426)


def public_sample() -> tuple[list[float], list[float], list[float]]:
    """The data of the package `lifetimes`, of which no code is run."""
    found = importlib.util.find_spec("lifetimes")
    assert found is not None
    assert found.origin is not None
    with (Path(found.origin).parent / "datasets" / "cdnow_customers_summary.csv").open() as file:
        rows = list(csv.DictReader(file))
    repeats, last, observed = ([float(row[name]) for row in rows] for name in ("frequency", "recency", "T"))
    return repeats, last, observed


def test_the_public_sample_has_its_published_parameters() -> None:
    sample = public_sample()
    assert len(sample[0]) == 2357
    rates = fit(*sample)
    assert rates is not None
    for name in ("r", "alpha", "a", "b"):
        assert getattr(rates, name) == pytest.approx(getattr(PUBLISHED, name), abs=1e-3), name


def test_the_scale_of_time_changes_nothing_else() -> None:
    repeats, last, observed = public_sample()
    weeks = fit(repeats, last, observed)
    days = fit(repeats, [each * 7 for each in last], [each * 7 for each in observed])
    assert weeks is not None
    assert days is not None
    assert days.alpha == pytest.approx(weeks.alpha * 7, rel=1e-3)
    assert days.expected(364) == pytest.approx(weeks.expected(52), rel=1e-3)


def test_expected_purchases_are_those_of_many_drawn_customers() -> None:
    rates, weeks, customers = Rates(r=0.8, alpha=10, a=1.5, b=4), 52, 100_000
    rng = np.random.default_rng(5)
    rate = rng.gamma(rates.r, 1 / rates.alpha, customers)
    leaves = rng.beta(rates.a, rates.b, customers)
    passed, bought = np.zeros(customers), np.zeros(customers)
    stays = np.ones(customers, dtype=bool)
    while stays.any():
        passed = passed + rng.exponential(1, customers) / rate
        stays &= passed <= weeks
        bought += stays
        stays &= rng.random(customers) >= leaves
    assert rates.expected(weeks) == pytest.approx(bought.mean(), rel=0.03)


def test_few_who_came_back_are_no_model() -> None:
    assert fit([1.0] * 29 + [0.0] * 500, [3.0] * 29 + [0.0] * 500, [20.0] * 529) is None
    assert expected_purchases([0.0], [0.0], [10.0], 52) is None
