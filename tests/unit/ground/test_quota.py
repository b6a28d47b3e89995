"""The quota calculator: the worked example of the requirements, exactness, and that no smaller plan would do."""

from fractions import Fraction
from math import ceil

import pytest
from hypothesis import given
from hypothesis import strategies as st

from orchestration.lib.quota import QuotaPlan, Rate, exact, plan_quota, share_of

shares = st.integers(1, 1000).map(lambda thousandths: Fraction(thousandths, 1000))
money = st.integers(1, 10**9).map(lambda cents: Fraction(cents, 100))


def example(mql_to_sql: Fraction) -> QuotaPlan:
    """The example of the requirements: quota 500 000, deals of 2 000, win rate 23 %, SQL to opportunity 82 %."""
    rates = [
        Rate("mql", "sql", mql_to_sql),
        Rate("sql", "opportunity", exact(0.82)),
        Rate("opportunity", "customer", exact(0.23)),
    ]
    return plan_quota(exact(500_000), exact(2000), rates)


def test_website_forms_of_the_worked_example() -> None:
    plan = example(exact(0.34))
    assert [(target.stage, target.needed) for target in plan.targets] == [
        ("mql", 3900),
        ("sql", 1326),
        ("opportunity", 1087),
        ("customer", 250),
    ]
    assert round(float(plan.lead_value), 1) == 128.2
    assert [target.rate for target in plan.targets] == [exact(0.34), exact(0.82), exact(0.23), None]


def test_outbound_leads_of_the_worked_example() -> None:
    """A lead is worth 187, so 2 674 make the quota; the rate that leads there is 1 326 / 2 674."""
    plan = example(Fraction(1326, 2674))
    assert plan.needed("mql") == 2674
    assert round(float(plan.lead_value)) == 187
    # The demo's agreement writes the rate with three digits and comes to the same.
    assert example(exact(0.496)).needed("mql") == 2674


def test_numbers_are_meant_as_written() -> None:
    """21 / 0.35 is 60; with 0.35 as a binary fraction it would be a little more, and 61 leads."""
    assert exact(1326) / exact(0.34) == 3900
    plan = plan_quota(exact(21), exact(1), [Rate("mql", "customer", exact(0.35))])
    assert plan.needed("mql") == 60
    assert ceil(21 / 0.35) == 61
    assert exact("0.1") == exact(0.1) == Fraction(1, 10)


def test_the_arithmetic_is_kept() -> None:
    """Every division in plain language, with its quotient before it is rounded up."""
    plan = example(exact(0.34))
    assert [target.arithmetic for target in plan.targets] == [
        "1,326 / 0.34 = 3,900",
        "1,087 / 0.82 = 1,325.6, rounded up",
        # One decimal would show 1,087.0, which gives no reason to round up.
        "250 / 0.23 = 1,086.96, rounded up",
        "500,000 / 2,000 = 250",
    ]
    assert plan.targets[1].unrounded == Fraction(108700, 82)
    assert (share_of(3900, exact(0.65)), share_of(2674, exact(0.25)), share_of(100, exact(0.07))) == (2535, 669, 7)


def test_a_quotient_that_is_almost_whole_is_not_written_as_whole() -> None:
    plan = plan_quota(exact("2000.02"), exact(100), [Rate("mql", "customer", Fraction(1, 3))])
    assert [target.arithmetic for target in plan.targets] == [
        "21 / 0.333333 = 63",
        "2,000.02 / 100 = 20.0002, rounded up",
    ]
    plan = plan_quota(exact(10**15 + 1), exact(10**15), [Rate("mql", "customer", exact(1))])
    assert plan.targets[1].arithmetic.endswith(" = a little over 1, rounded up")


def test_a_plan_knows_its_stages_only() -> None:
    with pytest.raises(KeyError):
        example(exact(0.34)).needed("lead")


@pytest.mark.parametrize(("quota", "deal_size", "rate"), [(0, 1, 1), (1, 0, 1), (1, 1, 0), (-1, 1, 1), (1, 1, 2)])
def test_impossible_numbers_are_refused(quota: int, deal_size: int, rate: int) -> None:
    with pytest.raises(ValueError, match="must be above 0"):
        plan_quota(exact(quota), exact(deal_size), [Rate("mql", "customer", exact(rate))])


@given(money, money, st.lists(shares, min_size=1, max_size=5))
def test_every_step_needs_the_least_that_suffices(quota: Fraction, deal_size: Fraction, rates: list[Fraction]) -> None:
    steps = [Rate(f"stage {number}", f"stage {number + 1}", rate) for number, rate in enumerate(rates)]
    plan = plan_quota(quota, deal_size, steps)
    *before, last = plan.targets
    assert last.needed * deal_size >= quota > (last.needed - 1) * deal_size
    for target, after in zip(before, plan.targets[1:], strict=True):
        assert target.rate is not None
        assert target.needed * target.rate >= after.needed > (target.needed - 1) * target.rate
    assert plan.lead_value * plan.targets[0].needed == quota
