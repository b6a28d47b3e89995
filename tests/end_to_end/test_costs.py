"""A company with every kind of cost: each counts once, in its month and channel, and a wrong line is refused."""

from decimal import Decimal
from pathlib import Path

import pytest

from tests.end_to_end.conftest import Built, build, smarketing
from tests.end_to_end.small_company import write_company

pytestmark = [pytest.mark.end_to_end, pytest.mark.slow]

EXPORTS = {
    "ads/spend.csv": "Date,Platform,Campaign,Cost,Currency\n"
    "2025-01-10,Google Ads,Brand search,100.00,EUR\n2025-01-11,Google Ads,Brand search,50.00,EUR\n"
    # The files of ads reach the last lead.
    "2025-02-01,Google Ads,Brand search,25.50,EUR\n2025-03-01,Google Ads,Brand search,0.00,EUR\n",
    # The platform's own report of what the sheet has too.
    "google_ads/campaigns.csv": "Day,Campaign,Campaign ID,Cost,Currency code\n"
    "2025-02-01,brand_search,7,25.50,EUR\n2025-03-01,brand_search,7,0.00,EUR\n",
    "salesforce/Campaign.csv": '"Id","Name","Type","StartDate","EndDate","CurrencyIsoCode","ActualCost"\n'
    # The platform's campaign again; a fair over the end of a month; one without a date, in francs.
    '"701000000000001AAA","brand_search","Advertisement","2025-01-01","2025-02-28","EUR","190.00"\n'
    '"701000000000002AAA","Spring Fair","Trade Show","2025-01-30","2025-02-01","EUR","100.00"\n'
    '"701000000000003AAA","Dinner","Trade Show","","","CHF","10.00"\n',
    "salesforce/Lead.csv": '"Id","Email","LeadSource","Status","CreatedDate"\n'
    '"00Q000000000001AAA","ada@a.example","Trade Show","Open - Not Contacted","2025-03-01 09:00:00"\n'
    '"00Q000000000002AAA","bob@b.example","Trade Show","Open - Not Contacted","2025-03-02 09:00:00"\n',
}
CHANNELS = """system,source_label,source_detail,channel,lead_type,valid_from,valid_to
ads,Google Ads,,Paid Search,website_form,,
google_ads,Google Ads,,Paid Search,website_form,,
salesforce,Trade Show,,Event,website_form,,
salesforce,Advertisement,,Paid Search,website_form,,
"""
COSTS = """month,kind,channel,campaign,amount,currency
2025-01-15,agency,,Brand Search,30.00,EUR
2025-01-01,ad_spend,Paid Search,Brand search,150.00,EUR
2025-02-01,tool,Event,,20.00,CHF
,salary,,,1000.00,EUR
"""


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory) -> Built:
    folder = tmp_path_factory.mktemp("costs")
    company = write_company(folder / "company", EXPORTS, {"channel_rules": CHANNELS, "costs": COSTS})
    return build(company, folder / "home")


def test_each_cost_counts_once_in_its_month_and_channel(built: Built) -> None:
    costs = built.query(
        "select strftime(month_date, '%Y-%m'), cost_kind, channel, amount_reporting from marts.fct_costs order by all"
    )
    assert costs == [
        ("2025-01", "ad_spend", "Paid Search", Decimal("150")),
        ("2025-01", "agency", "Paid Search", Decimal("30")),
        ("2025-01", "campaign", "Event", Decimal("66.67")),
        ("2025-02", "ad_spend", "Paid Search", Decimal("25.5")),
        ("2025-02", "campaign", "Event", Decimal("33.33")),
        ("2025-02", "tool", "Event", Decimal("21")),
        ("2025-03", "ad_spend", "Paid Search", Decimal("0")),
        (None, "campaign", "Event", Decimal("10.5")),
        (None, "salary", "unattributed", Decimal("1000")),
    ]
    platform = "its ad platform states the cost of the campaign"
    excluded = "select system, label, reason from marts.fct_excluded_rows where entity = 'costs' order by all"
    assert built.query(excluded) == [
        ("reference", "Brand search: 150.00 EUR", platform),
        ("salesforce", "brand_search: 90.17 EUR", platform),
        ("salesforce", "brand_search: 99.83 EUR", platform),
    ]


def test_spend_that_a_sheet_has_beside_the_report_of_its_platform_counts_once(built: Built) -> None:
    spent = "select system, spend_date::varchar, amount_reporting from marts.fct_ad_spend order by all"
    assert built.query(spent) == [
        ("ads", "2025-01-10", Decimal("100")),
        ("ads", "2025-01-11", Decimal("50")),
        ("google_ads", "2025-02-01", Decimal("25.5")),
        ("google_ads", "2025-03-01", Decimal("0")),
    ]
    excluded = "select system, reason, row_count from marts.fct_excluded_rows where entity = 'ad_spend'"
    assert built.query(excluded) == [("ads", "its ad platform states the cost of the campaign", 2)]


def test_a_cost_per_lead_has_all_kinds_of_its_channel(built: Built) -> None:
    rows = built.query(
        "select channel, max(cost_kinds), sum(leads), sum(cost_amount), max(channel_cost_per_lead), "
        "max(all_cost_per_lead) from reports.rpt_closed_loop group by channel order by channel"
    )
    everything = pytest.approx(1337 / 2)
    assert rows == [
        ("Event", "campaign, tool", 2, Decimal("131.5"), 65.75, everything),
        ("Paid Search", "ad_spend, agency", 0, Decimal("205.5"), None, everything),
        ("unattributed", "salary", 0, Decimal("1000"), None, everything),
    ]


def test_what_a_lead_costs_is_known_in_the_months_that_the_files_of_ads_reach(built: Built) -> None:
    """They begin on 10 January, and the last lead came in on 2 March."""
    months = "select distinct strftime(month_date, '%Y-%m'), is_known_month from marts.fct_costs order by all"
    assert built.query(months) == [("2025-01", False), ("2025-02", True), ("2025-03", True), (None, True)]


def test_a_kind_that_is_not_in_the_list_is_refused(tmp_path: Path) -> None:
    company = write_company(tmp_path / "company", EXPORTS, {"costs": COSTS.replace("agency", "agencies")})
    result = smarketing("check", "--company", company)
    assert result.returncode != 0
    rule = "reference/costs.csv: kind is one of ad_spend, event, campaign, agency, tool, salary, other"
    assert f"{rule}; 1 of 4 rows break it" in result.stdout
