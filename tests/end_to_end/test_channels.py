"""A small company with four ad platforms and every kind of touch, from export files to the marts."""

import shutil
from decimal import Decimal
from pathlib import Path

import pytest

from tests.end_to_end.conftest import PROJECT, SHARED_DATA, Built, build

pytestmark = [pytest.mark.end_to_end, pytest.mark.slow]
CAMPAIGN_RULES = """\
system,name_pattern,revenue_stream,lead_type,persona,valid_from,valid_to
,*_office,enterprise,website_form,office manager,,
,*_brand_office,small_business,website_form,,,
"""
RATES = "currency_code,valid_from,rate_to_reporting\nEUR,2000-01-01,1\nUSD,2000-01-01,0.9\n"
CONNECTOR = SHARED_DATA / "fivetran_seeds" / "ad_reporting"
PLATFORMS = {
    "google_ads": ("google_ads", "google_ads_campaign_stats_data.csv", "sum(cost_micros) / 1e6, sum(conversions)"),
    "meta_ads": ("facebook_ads", "facebook_ads_basic_ad_data.csv", "sum(spend), null"),
    "linkedin_ads": (
        "linkedin_ad",
        "linkedin_ad_analytics_by_campaign_data.csv",
        "sum(cost_in_local_currency), sum(external_website_conversions) + coalesce(sum(one_click_leads), 0)",
    ),
    "microsoft_ads": (
        "microsoft_ads",
        "microsoft_ads_campaign_performance_daily_report_data.csv",
        "sum(spend), sum(coalesce(conversions_qualified, conversions))",
    ),
}


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory) -> Built:
    folder = tmp_path_factory.mktemp("channels")
    company = folder / "company"
    shutil.copytree(Path(__file__).parent / "channels", company)
    for room in ("agreements", "reference"):
        shutil.copytree(PROJECT / "seeds" / room, company / room)
    (company / "reference" / "campaign_rules.csv").write_text(CAMPAIGN_RULES)
    (company / "reference" / "currency_rates.csv").write_text(RATES)
    for system, (prefix, _, _) in PLATFORMS.items():
        for file in CONNECTOR.glob(f"{prefix}_*"):
            shutil.copy(file, company / "exports" / system)
    return build(company, folder / "home")


def test_every_platforms_report_is_daily_spend(built: Built) -> None:
    rows = built.query(
        "select system, spend_date::varchar, channel, campaign_label, amount, currency_code, clicks, conversions "
        "from marts.fct_ad_spend where spend_date >= '2026-01-01' order by all"
    )
    search, display = "2026q1_it_search_brand_office", "2026q1_it_display_office"
    assert rows == [
        ("google_ads", "2026-03-01", "Paid Search", search, Decimal("1120.50"), "EUR", 120, Decimal("3.5")),
        # The later report has this day of this campaign again, and not of the other.
        ("google_ads", "2026-03-02", "Display", display, Decimal("20.00"), "EUR", 1, Decimal(0)),
        ("google_ads", "2026-03-02", "Paid Search", search, Decimal("81.00"), "EUR", 10, Decimal(1)),
        ("google_ads", "2026-03-03", "Paid Search", search, Decimal("60.00"), "EUR", 8, Decimal("0.5")),
        ("linkedin_ads", "2026-03-13", "Paid Social", "2026q1_it_social_office", Decimal("70.25"), "EUR", 12, 3),
        ("meta_ads", "2026-03-01", "Paid Social", "2026q1_it_social_remote", Decimal("50.00"), "USD", 30, 2),
        ("meta_ads", "2026-03-02", "Paid Social", "2026q1_it_social_remote", Decimal("40.00"), "USD", 25, 1),
        ("microsoft_ads", "2026-03-01", "Paid Search", search, Decimal("30.00"), "EUR", 9, 1),
    ]


@pytest.mark.parametrize("system", PLATFORMS)
def test_a_connectors_tables_add_up_to_themselves(built: Built, system: str) -> None:
    _, name, totals = PLATFORMS[system]
    if not (CONNECTOR / name).exists():
        pytest.skip(f"{name} is not beside the project")
    query = "sum(impressions)::bigint, sum(clicks)::bigint, round(sum(amount), 2), sum(conversions)"
    query = f"select {query} from marts.fct_ad_spend where system = '{system}' and spend_date < '2026-01-01'"
    clicks = "inline_link_clicks" if system == "meta_ads" else "clicks"
    totals = f"sum(impressions)::bigint, sum({clicks})::bigint, {totals}"
    ((impressions, clicks, amount, conversions),) = built.query(query)
    (expected,) = built.query(f"select {totals} from read_csv('{CONNECTOR / name}')")
    assert (impressions, clicks) == expected[:2]
    assert float(amount) == pytest.approx(expected[2], abs=0.01)
    assert conversions == expected[3]


def test_campaign_names_are_read_by_the_companys_rules(built: Built) -> None:
    rows = built.query(
        "select campaign_id, revenue_stream, persona from marts.dim_campaign "
        "where campaign_name like '2026%' order by 1"
    )
    assert rows == [
        ("google_ads:111", "small_business", "unknown"),
        ("google_ads:222", "enterprise", "office manager"),
        ("linkedin_ads:444", "enterprise", "office manager"),
        ("meta_ads:333", "unknown", "unknown"),
        ("microsoft_ads:555", "small_business", "unknown"),
    ]


def test_an_anonymous_visitor_is_counted_as_excluded(built: Built) -> None:
    excluded = built.query(
        "select label, row_count from marts.fct_excluded_rows "
        "where system = 'web' and reason = 'person unknown' and label = '(direct) / (none)'"
    )
    assert excluded == [("(direct) / (none)", 1)]


def test_documents_find_their_deal_and_stay_without_a_person(built: Built) -> None:
    rows = built.query(
        "select document_label, opportunity_id, owner_id, sent_at::varchar, days_to_open, opens "
        "from marts.fct_documents order by 1"
    )
    assert rows == [
        ("Offer for Birch", "hubspot:77", "documents:Dora Klein", "2026-03-06 09:00:00", 1.5, 3),
        ("Price list", None, "documents:Dora Klein", "2026-03-06 10:00:00", None, 0),
    ]


def test_no_published_id_contains_an_email(built: Built) -> None:
    tables = built.query("select schema_name || '.' || table_name from duckdb_tables()")
    for (table,) in tables:
        rows = built.query(f"select count(*) from {table} as row where row::varchar like '%@%.example%'")
        assert rows == [(0,)], table
