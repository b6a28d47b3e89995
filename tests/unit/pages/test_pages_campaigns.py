"""What the page of attribution shows of campaigns: the dearest, the most credited, the others summed, what meets."""

import duckdb
import pytest

from orchestration.lib.pages import render_attribution
from tests.unit.pages.page_tables import lay_out
from tests.unit.pages.test_pages import words

ROWS = """
insert into reports.rpt_campaigns (campaign, meets, touches, cost_amount, leads, mqls, customers, cost_per_lead,
    cost_per_mql, cost_per_customer)
    select 'C' || n, 'touches and costs', n, n * 100, n, 1, 0, 100, n * 100, null from range(1, 13) as numbers(n);
insert into reports.rpt_campaigns (campaign, meets, touches, cost_amount, leads, mqls, customers) values
    ('News', 'touches only', 700, null, 5, 1, 0), ('(none)', 'no campaign', 9000, 33, 60, 1, 1),
    ('Fair', 'costs only', 0, 44, 0, 0, 0), ('(ambiguous)', 'ambiguous', 8, null, 2, 0, 0);
insert into reports.rpt_attribution (attribution_model, model_name, path_scope, conversion, axis, axis_value,
    model_number, is_shown_first, is_shown_scope, conversions, attributed_amount, cost_amount, return_on_ad_spend,
    return_on_investment, payback_months)
    select 'linear', 'Linear', 'account', 'won', 'campaign', 'C' || n, 4, true, true, n / 2, n * 10, n * 100, 1.5, -0.2,
        if(n = 12, 1, null) from range(1, 13) as numbers(n);
insert into reports.rpt_attribution (attribution_model, model_name, path_scope, conversion, axis, axis_value,
    model_number, is_shown_first, is_shown_scope, conversions, attributed_amount) values
    ('linear', 'Linear', 'account', 'won', 'campaign', 'News', 4, true, true, 0.4, 7),
    ('linear', 'Linear', 'account', 'won', 'campaign', 'unknown', 4, true, true, 3, 77),
    ('linear', 'Linear', 'person', 'won', 'campaign', 'C1', 4, true, false, 99, 999),
    ('last_touch', 'Last touch', 'account', 'won', 'campaign', 'C12', 2, false, true, 5, 55),
    ('linear', 'Linear', 'account', 'mql', 'campaign', 'C12', 4, true, true, 88, null);
insert into reports.rpt_platform_conversions (system, campaign, month_date, is_of_several_systems,
    ad_spend_amount, platform_conversions, leads, customers, unmatched_touches) values
    ('google_ads', 'C1', '2026-01-01', false, 5, 30, 8, 1, 4),
    ('google_ads', 'C1', '2026-02-01', false, 5, 12, 2, 0, 5),
    ('meta_ads', 'C2', '2026-01-01', true, 3, 7, null, null, 0), ('ads', 'C3', '2026-01-01', false, 2, null, 6, 1, 0);
"""


@pytest.mark.parametrize(
    "sentence",
    [
        "Campaign Cost, EUR Leads Cost per lead per MQL per customer Linear Last touch ROAS ROI Paid back after",
        "C12 1,200 12 100.00 1,200.00 – 6 120 5 55 1.5 −0.2 1 month C11 1,100 11",
        # What is not among the ten of either list is added up.
        "3 others 300 8 1.9 37 0 touches without a campaign 3 77 0",
        "no campaign – 9,000 60 33 touches only 1 700 5 – News touches and costs 12 78 78 7,800",
        "google_ads C1 42 10 32 1 9 meta_ads C2 of several platforms: its leads cannot be divided among them 7 – – – 0",
        "ads C3 unknown 6 – 1 0",
        "ambiguous – 8 2 – costs only 1 0 0 44 Fair",
    ],
)
def test_the_page_has_campaigns_and_what_does_not_meet(sentence: str) -> None:
    with duckdb.connect() as connection:
        lay_out(connection)
        connection.execute(ROWS)
        assert sentence in words(render_attribution(connection))


def test_without_campaigns_the_page_is_silent_about_them() -> None:
    with duckdb.connect() as connection:
        lay_out(connection)
        assert "What campaigns cost" not in words(render_attribution(connection))
