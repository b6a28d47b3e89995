"""The declarations of the ad platforms and of touches, compared with real files and with the exports of each platform.

The real files are beside the project and are read there; the models' YAML tests how staging transforms rows.
"""

from datetime import date
from decimal import Decimal
from pathlib import Path

import duckdb
import pytest

from orchestration import settings
from orchestration.lib.ingestion import FileReport, ingest_table
from orchestration.lib.ingestion.files import is_claimed
from orchestration.lib.source_tables import SourceTable
from tests.systems import TABLES as ALL_TABLES

DATA = settings.PROJECT.parent / "shared" / "data"
TABLES = {table.raw_table: table for table in ALL_TABLES}
CONNECTOR = {
    "google_ads": ["google_ads_campaign_stats", "google_ads_campaign_history", "google_ads_account_history"],
    "meta_ads": [
        "facebook_ads_basic_ad",
        "facebook_ads_basic_ad_actions",
        "facebook_ads_ad_history",
        "facebook_ads_campaign_history",
        "facebook_ads_account_history",
    ],
    "linkedin_ads": [
        "linkedin_ad_analytics_by_campaign",
        "linkedin_ad_campaign_history",
        "linkedin_ad_account_history",
    ],
    "microsoft_ads": ["microsoft_ads_campaign_performance_daily_report", "microsoft_ads_campaign_history"],
}


def shared(path: str) -> Path:
    """A file of the data beside the project."""
    found = DATA / path
    if not found.exists():
        pytest.skip(f"{path} is not beside the project")
    return found


def ingest(table: SourceTable, folder: Path, **files: bytes) -> tuple[duckdb.DuckDBPyConnection, list[FileReport]]:
    """Write the files (name="..." becomes name.csv) and ingest the table."""
    for name, data in files.items():
        (folder / f"{name}.csv").write_bytes(data)
    connection = duckdb.connect()
    return connection, ingest_table(connection, table, folder).files


@pytest.mark.parametrize(("system", "name"), [(system, name) for system, names in CONNECTOR.items() for name in names])
def test_a_connectors_table_is_claimed_once_and_loads_whole(system: str, name: str, tmp_path: Path) -> None:
    file = shared(f"fivetran_seeds/ad_reporting/{name}_data.csv")
    claiming = [table for table in TABLES.values() if table.system == system and is_claimed(table, file)]
    assert len(claiming) == 1
    _, (report,) = ingest(claiming[0], tmp_path, **{file.stem: file.read_bytes()})
    lines = len(file.read_text().splitlines()) - 1
    assert (report.status, report.rows_loaded, report.rows_rejected) == ("loaded", lines, 0), report


def test_lifetime_figures_of_ads_are_not_daily_spend(tmp_path: Path) -> None:
    file = shared("kag_facebook_ads/KAG_conversion_data.csv")
    _, (report,) = ingest(TABLES["meta_ads__campaign_report"], tmp_path, campaigns=file.read_bytes())
    assert report.status == "refused"
    assert report.reason
    assert "required column campaign is missing" in report.reason
    assert "'fb_campaign_id'" in report.reason


def test_a_meta_report_without_days_is_refused(tmp_path: Path) -> None:
    text = b"Reporting starts,Reporting ends,Campaign name,Amount spent (EUR)\n2026-03-01,2026-03-31,a,10.00\n"
    _, (report,) = ingest(TABLES["meta_ads__campaign_report"], tmp_path, campaigns=text)
    assert report.status == "refused"
    assert report.reason
    assert "required column day is missing" in report.reason


def test_the_playbooks_sessions_are_read(tmp_path: Path) -> None:
    file = shared("dbt_attribution_playbook/sessions.csv")
    connection, (report,) = ingest(TABLES["web__sessions"], tmp_path, sessions=file.read_bytes())
    assert (report.status, report.rows_loaded + report.rows_rejected) == ("loaded", 90), report
    # 33 of its lines end before their last cell; no value of any line is unreadable.
    assert {kind.problem for kind in report.rejected} <= {"wrong number of cells"}
    assert report.undeclared_columns == ("ended_at",)
    query = "select client_id, source, medium, campaign from raw.web__sessions where session_id = '1'"
    assert connection.execute(query).fetchall() == [("2956", "facebook_ads", "paid_social", "10percentpromocode")]


GOOGLE = """\
Campaign report
"March 1, 2026 - March 2, 2026"
Day,Campaign,Currency code,Cost,Impr.,Clicks,Conversions
2026-03-01,brand,EUR,"1,120.50","5,000",120,3.50
2026-03-02,brand,EUR,80.00,< 10,1, --
2026-03-02,other,EUR,20.00,12,1, --
Total: Campaigns, --, --,"1,220.50","5,012",122,3.50
Total: Account, --, --,"1,220.50","5,012",122,3.50
"""


def test_google_puts_titles_above_and_totals_below(tmp_path: Path) -> None:
    connection, (report,) = ingest(TABLES["google_ads__campaign_report"], tmp_path, campaign_report=GOOGLE.encode())
    assert report.status == "loaded", report.reason
    query = "select _line, cost::varchar, impressions, conversions::varchar from raw.google_ads__campaign_report"
    rows = connection.execute(f"{query} order by _line").fetchall()
    assert rows == [(4, "1120.500000", 5000, "3.5000"), (6, "20.000000", 12, None)]
    query = "select line, column_name, reason from raw.ingestion__rejected_rows where column_name is not null"
    assert connection.execute(query).fetchall() == [
        (5, "impressions", "column impressions: '< 10' is not a bigint"),
    ]


def test_meta_writes_the_currency_into_the_label_and_a_total_on_top(tmp_path: Path) -> None:
    text = "Day,Campaign name,Amount spent (CHF),Impressions\n,,90.00,3000\n2026-03-01,a,90.00,3000\n"
    connection, (report,) = ingest(TABLES["meta_ads__campaign_report"], tmp_path, campaigns=text.encode())
    assert [(kind.column_name, kind.rows) for kind in report.rejected] == [("day", 1)]
    rows = connection.execute("select campaign, amount_spent from raw.meta_ads__campaign_report").fetchall()
    assert rows == [("a", {"CHF": Decimal("90.00")})]


def test_linkedin_writes_utf_16_with_tabs(tmp_path: Path) -> None:
    text = "Campaign Performance Report (in UTC)\nReport Start: March 1, 2026\n\n"
    text += "Start Date (in UTC)\tCurrency\tCampaign ID\tCampaign Name\tTotal Spent\tImpressions\tClicks\n"
    text += "03/13/2026\tEUR\t444\ta\t70.25\t900\t12\n"
    table = TABLES["linkedin_ads__campaign_report"]
    connection, _ = ingest(table, tmp_path, account_1_campaign_performance_report=text.encode("utf-16"))
    rows = connection.execute("select day, campaign_id, cost from raw.linkedin_ads__campaign_report").fetchall()
    assert rows == [(date(2026, 3, 13), "444", Decimal("70.25"))]


def test_microsoft_ends_with_a_copyright_line(tmp_path: Path) -> None:
    text = '"Report Name: Campaigns"\n"Rows: 1"\n\n"TimePeriod","CampaignId","CampaignName","CurrencyCode","Spend"\n'
    text += '"2026-03-01","555","a","EUR","30.00"\n\n"©2026 Microsoft Corporation. All rights reserved. "\n'
    table = TABLES["microsoft_ads__campaign_report"]
    connection, (report,) = ingest(table, tmp_path, campaign_report=text.encode())
    assert (report.status, report.rows_loaded) == ("loaded", 1), report
    rows = connection.execute("select campaign_id, cost from raw.microsoft_ads__campaign_report").fetchall()
    assert rows == [("555", Decimal("30.00"))]
