"""What a customer of the demo is worth, computed a second time: survival by scipy, money by Python."""

from collections import defaultdict
from datetime import date
from decimal import Decimal
from math import sqrt
from statistics import mean, variance

import pytest
from scipy.stats import CensoredData, ecdf

from tests.end_to_end.conftest import Built

pytestmark = pytest.mark.end_to_end
HORIZON = 6
MONTHS = """
    select account_id, month_date, closing_amount from marts.fct_recurring_revenue
    where cohort_month_date is not null and is_complete and month_date >= cohort_month_date
    order by account_id, month_date
"""
MARGINS = """
    select account_id, margin_rate
    from (select account_id, arg_min(revenue_stream, closed_at) as revenue_stream
        from marts.fct_opportunities where status = 'won' group by 1)
    inner join marts.dim_revenue_stream using (revenue_stream)
    inner join marts.dim_agreement using (agreement_version)
    where effective_from = (select max(effective_from) from marts.dim_agreement)
"""
VALUE = f"""
    select value, value_low, value_high, valued_customers, counted_customers from marts.fct_customer_value
    where axis = 'all' and horizon_months = {HORIZON} and customer_kind = ?
"""


def months_by_account(demo: Built) -> dict[str, list[Decimal]]:
    """What each account with an agreed margin pays at the close of each month since its first."""
    margins, paid = dict(demo.query(MARGINS)), defaultdict(list)
    for account, _, amount in demo.query(MONTHS):
        if account in margins:
            paid[account].append(amount * Decimal(str(margins[account])))
    return paid


def test_survival_is_that_of_scipy(demo: Built) -> None:
    lives = months_by_account(demo).values()
    left = [next((age for age, amount in enumerate(life) if not amount), None) for life in lives]
    censored = [len(life) - 1 for life, age in zip(lives, left, strict=True) if age is None]
    known = ecdf(CensoredData(uncensored=[age for age in left if age is not None], right=censored)).sf
    found = demo.query(
        "select months_since_start, survival_rate, survival_variance from marts.fct_customer_survival"
        " where axis = 'all' order by 1"
    )
    assert len(found) > HORIZON
    assert any(age is not None for age in left)
    greenwood = 0.0
    for age, rate, part in found:
        assert rate == pytest.approx(float(known.evaluate(age)), abs=1e-8)
        greenwood += part
        interval = known.confidence_interval(0.95, method="linear")
        width = 1.959964 * rate * sqrt(greenwood)
        assert rate - float(interval.low.evaluate(age)) == pytest.approx(width, abs=1e-6)


def test_the_value_of_a_subscriber_is_margin_times_survival(demo: Built) -> None:
    lives = months_by_account(demo).values()
    kept = [life[: next((age for age, amount in enumerate(life) if not amount), len(life))] for life in lives]
    monthly = float(sum(map(sum, kept))) / sum(map(len, kept))
    rates = [
        rate
        for (rate,) in demo.query(
            "select survival_rate from marts.fct_customer_survival where axis = 'all' order by months_since_start"
        )
    ]
    [(value, low, high, customers, counted)] = demo.query(VALUE.replace("?", "'subscription'"))
    assert value == pytest.approx(monthly * sum(rates[:HORIZON]), abs=1e-4)
    assert customers == len(kept)
    assert counted == sum(
        len(life) >= HORIZON and len(kept_of) >= HORIZON - 1 for life, kept_of in zip(lives, kept, strict=True)
    )
    assert low < value < high


def test_the_value_of_a_buyer_is_the_mean_of_those_as_old(demo: Built) -> None:
    [(as_of,)] = demo.query("select as_of_date from marts.dim_build")
    subscribers = {account for account, *_ in demo.query(MONTHS)} | {
        account
        for (account,) in demo.query(
            "select distinct account_id from marts.fct_recurring_revenue where cohort_month_date is not null"
        )
    }
    margins = dict(demo.query("select customer_id, margin_rate from marts.fct_customers where margin_rate is not null"))
    bought: dict[str, list[tuple[date, Decimal]]] = defaultdict(list)
    for customer, day, amount in demo.query(
        "select coalesce(account_id, person_id), revenue_date, amount_reporting from marts.fct_revenue"
        " where coalesce(account_id, person_id) is not null"
    ):
        if customer not in subscribers and customer in margins:
            bought[customer].append((day, amount))
    values = []
    for customer, lines in bought.items():
        first = min(day for day, amount in lines if amount > 0)
        ends = first.year * 12 + first.month + HORIZON
        if as_of.year * 12 + as_of.month >= ends:
            within = [amount for day, amount in lines if day.year * 12 + day.month < ends]
            values.append(float(sum(within)) * margins[customer])
    [(value, low, high, _, counted)] = demo.query(VALUE.replace("?", "'one_off'"))
    assert counted == len(values)
    assert value == pytest.approx(mean(values), abs=1e-4)
    half = 1.96 * sqrt(variance(values) / len(values))
    assert (low, high) == pytest.approx((value - half, value + half), abs=1e-3)
