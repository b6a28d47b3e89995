"""Money after the sale, against the reference figures beside the data.

What the marts cannot show is not compared: an account's churn flag and seats, the reactivations and refunds of churn
events, and support tickets by priority, which have no entity; only their scores are feedback.
"""

from collections import defaultdict
from datetime import date
from decimal import Decimal

import pytest

from tests.end_to_end.conftest import Built, build, real_data
from tests.end_to_end.test_bpi2012 import compare

pytestmark = [pytest.mark.end_to_end, pytest.mark.slow]
FOLDERS = real_data("ravenstack")


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory) -> Built:
    if not FOLDERS:
        pytest.skip("ravenstack is not beside the project")
    return build(FOLDERS[0], tmp_path_factory.mktemp("ravenstack"))


def test_recurring_revenue_by_month_equals_the_reference(built: Built) -> None:
    # The reference has no opening of its first month, and so no movements; the report opens it with nothing.
    has_opening = "month_date > (select min(month_date) from reports.rpt_recurring_revenue)"
    movements = {
        "start_accounts": "opening_accounts",
        "start_mrr": "opening_amount",
        "lost_accounts": "churned_accounts",
        # To the reference an account that comes back is new again.
        "new_accounts": "new_accounts + reactivated_accounts",
        "churned_mrr": "churned_amount",
        "contraction_mrr": "contraction_amount",
        "expansion_mrr": "expansion_amount",
        "new_mrr": "new_amount + reactivated_amount",
    }
    columns = ", ".join(f"case when {has_opening} then {ours} end as {theirs}" for theirs, ours in movements.items())
    actual = f"""
        select
            strftime(month_date, '%Y-%m') as month, subscriptions as active_subscriptions,
            closing_accounts as active_accounts, closing_amount as mrr, {columns}
        from reports.rpt_recurring_revenue
    """
    assert compare(built, built.company / "reference_mrr_by_month.csv", "month", actual) == []


def test_rates_of_recurring_revenue_equal_the_reference(built: Built) -> None:
    actual = "strftime(month_date, '%Y-%m'), logo_churn_rate, gross_retention_rate, net_retention_rate"
    reference = f"read_csv('{built.company / 'reference_mrr_by_month.csv'}', types = {{'month': 'varchar'}})"
    rates = built.query(f"select {actual} from reports.rpt_recurring_revenue where opening_accounts > 0 order by 1")
    expected = built.query(f"select month, logo_churn, grr, nrr from {reference} where start_accounts > 0 order by 1")
    assert [month for month, *_ in rates] == [month for month, *_ in expected]
    assert [rate for _, *row in rates for rate in row] == pytest.approx(
        [rate for _, *row in expected for rate in row], abs=1e-9
    )


def test_cohorts_equal_a_count_account_by_account(built: Built) -> None:
    paid: dict[str, dict[date, Decimal]] = defaultdict(dict)
    months = [
        (month, closing)
        for month, closing in built.query(
            "select month_date, closing_date from reports.rpt_recurring_revenue order by 1"
        )
    ]
    for account, began, ended, amount in built.query(
        "select account_id, started_date, ended_date, amount_reporting from marts.fct_subscriptions where not is_trial"
    ):
        for month, closing in months:
            if began <= closing and (ended is None or ended > closing):
                paid[account][month] = paid[account].get(month, Decimal(0)) + amount
    expected: dict[tuple[date, date], list] = {}
    for amounts in paid.values():
        paying = {month: amount for month, amount in amounts.items() if amount}
        if not paying:
            continue
        start = min(paying)
        for month, _ in months:
            if month >= start:
                now = paying.get(month, Decimal(0))
                row = expected.setdefault((start, month), [0, 0, Decimal(0), Decimal(0), Decimal(0)])
                for at, value in enumerate((1, now > 0, paying[start], now, min(now, paying[start]))):
                    row[at] += value
    found = built.query(
        "select cohort_month_date, month_date, cohort_accounts, paying_accounts, start_amount, closing_amount,"
        " kept_amount from reports.rpt_retention_cohorts"
    )
    assert len(found) > 100
    assert {(row[0], row[1]): list(row[2:]) for row in found} == expected


def test_churn_events_by_month_equal_the_reference(built: Built) -> None:
    actual = """
        select strftime(period_from, '%Y-%m') as month, answers as events, accounts
        from reports.rpt_feedback
        where period = 'month' and feedback_type = 'churn' and reason_label = '(all)'
    """
    reference = built.company / "reference_churn_events_by_month.csv"
    assert built.query(f"from ({actual}) order by month") == built.query(
        f"select month, events, accounts from read_csv('{reference}', types = {{'month': 'varchar'}}) order by month"
    )


def test_accounts_by_referral_source_equal_the_reference(built: Built) -> None:
    reference = built.company / "reference_accounts_by_referral_source.csv"
    assert built.query("select source_label, leads from reports.rpt_closed_loop order by 1") == built.query(
        f"select referral_source, accounts from read_csv('{reference}') order by 1"
    )


def test_scores_of_tickets_add_up_to_the_reference(built: Built) -> None:
    answers, mean = "sum(csat_answers)", "sum(csat_mean * csat_answers) / sum(csat_answers)"
    reference = f"read_csv('{built.company / 'reference_support_by_priority.csv'}')"
    assert built.query(
        "select count(*), round(avg(score), 9) from marts.fct_feedback where feedback_type = 'csat'"
    ) == built.query(f"select {answers}, round({mean}, 9) from {reference}")


def test_the_three_truths_of_churn_are_side_by_side(built: Built) -> None:
    """Ended subscriptions, accounts that gave a reason for leaving, and accounts whose revenue fell to zero."""
    assert built.query("select count(*) from marts.fct_subscriptions where ended_date is not null") == [(486,)]
    reasons = "select count(*), count(distinct account_id) from marts.fct_feedback where feedback_type = 'churn'"
    assert built.query(reasons) == [(600, 352)]
    assert built.query("select sum(churned_accounts)::int from reports.rpt_recurring_revenue") == [(2,)]


def test_every_row_is_in_a_mart(built: Built) -> None:
    assert built.query("from marts.fct_excluded_rows") == []
    assert built.query("select sum(rows_rejected)::int from marts.fct_loads") == [(0,)]
