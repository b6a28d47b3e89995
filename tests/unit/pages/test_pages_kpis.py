"""The key figures on the scorecard and the promises: two quarters, and what was promised."""

from collections.abc import Iterator

import duckdb
import pytest

from orchestration.lib.agreement.measures import Measure
from orchestration.lib.pages import render_promises
from orchestration.lib.pages.measure_wording import measured
from tests.tables import create
from tests.unit.pages import page_tables, scorecard_tables
from tests.unit.pages.scorecard_tables import scorecard_of_june
from tests.unit.pages.test_pages import words

ROWS = """
insert into marts.dim_kpi (kpi, kpi_number, label, team, unit, basis, numerator, unknown, period_of, agreement_measure)
values
    ('cost_per_lead', 1, 'Cost per lead', 'marketing', 'amount', 'period', 'costs / leads', 'No cost.', 'month', null),
    ('young_rate', 2, 'Customers in time', 'marketing', 'share', 'cohort', 'won / leads', 'Young.', 'entry', null),
    ('win_rate', 3, 'Win rate', 'sales', 'share', 'period', 'won / all', 'Undated.', 'close', 'win_rate'),
    ('revenue', 4, 'Revenue', 'joint', 'amount', 'period', 'revenue', 'No rate.', 'day', null),
    ('customer_lifetime_value', 5, 'Lifetime value', 'joint', 'amount', 'cohort', 'value', 'None.', 'entry', null);
update marts.dim_kpi set cases_of = 'things';
insert into marts.fct_kpis (kpi, kpi_period, period_date, axis, part, numerator, denominator, value, value_low,
    value_high, cases, unknown_cases, is_few, has_ended, is_mature) values
    ('cost_per_lead', 'quarter', '2026-04-01', 'all', null, 1, 1, 25.756, 24.2, 27.3, 1118, 3, false, true, true),
    ('cost_per_lead', 'quarter', '2026-04-01', 'channel', 'Email', 1, 1, 99, 99, 99, 99, 9, false, true, true),
    ('cost_per_lead', 'quarter', '2026-01-01', 'all', null, null, 0, null, null, null, 0, 40, true, true, true),
    ('cost_per_lead', 'quarter', '2026-07-01', 'all', null, 1, 1, 7, 7, 7, 7, 7, false, false, true),
    ('young_rate', 'quarter', '2026-04-01', 'all', null, 1, 9, null, null, null, 9, 9, true, true, false),
    ('win_rate', 'quarter', '2026-04-01', 'all', null, 1, 4, 0.25, 0.046, 0.699, 4, 0, true, true, true),
    ('revenue', 'quarter', '2026-04-01', 'all', null, 455917.7, null, 455917.7, null, null, 130, 0, false, true, true),
    ('revenue', 'month', '2026-06-01', 'all', null, 9, null, 9, null, null, 9, 0, false, true, true);
insert into marts.fct_measures (commitment, measure, unit, period, period_date, target, status, status_reason) values
    ('cheap', 'cost_per_lead', 'amount', 'quarter', '2026-04-01', 20, 'missed', 'not reached');
"""


@pytest.fixture
def company() -> Iterator[duckdb.DuckDBPyConnection]:
    with duckdb.connect() as connection:
        page_tables.lay_out(connection)
        create(connection, *scorecard_tables.TABLES)
        yield connection


def test_each_team_has_its_figures_with_what_was_promised(company: duckdb.DuckDBPyConnection) -> None:
    company.execute(ROWS)
    text = words(scorecard_of_june(company))
    assert (
        "Cost per lead costs / leads. By month. Not known: No cost. "
        "25.76 24.20 to 27.30, 1,118 things, 3 not known unknown 40 not known at most 20.00 missed"
    ) in text
    assert (
        "Win rate won / all. By close. Not known: Undated. 25.0 % 4.6 % to 69.9 %, 4 things, few unknown nothing"
        in text
    )
    assert "unknown has not had its time" in text
    assert text.index("Both teams Key figure") < text.index("Marketing Key figure") < text.index("Sales Key figure")


def test_the_promises_have_the_joint_figures_in_short(company: duckdb.DuckDBPyConnection) -> None:
    company.execute(ROWS)
    text = words(render_promises(company))
    assert "Revenue revenue. By day. Not known: No rate. 455,918 130 things unknown nothing" in text
    assert "Lifetime value value. By entry. Not known: None. unknown unknown nothing" in text
    assert "Win rate won" not in text


def test_before_the_first_quarter_has_ended_there_is_nothing_to_show(company: duckdb.DuckDBPyConnection) -> None:
    assert "no quarter with a lead, deal, cost or revenue has ended" in words(scorecard_of_june(company))
    assert "no quarter with a lead, deal, cost or revenue has ended" in words(render_promises(company))


def test_a_promised_one_is_worded_by_its_definition() -> None:
    churn = {"team": "sales", "kind": "measure", "measures": "logo_churn_rate", "per": "quarter", "at_most": 0.05}
    assert next(measured(Measure.model_validate(churn))) == (
        "In a quarter, “Accounts lost” is at most 5.0\u00a0%: accounts that paid at the opening and do not at the "
        "close divided by accounts that paid at the opening."
    )
