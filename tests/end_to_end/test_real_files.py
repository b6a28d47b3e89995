"""Exports of several days: the newest file counts, a column that it lacks leaves what was known, and a rebuild from
all files equals loading them as they came."""

import shutil
from pathlib import Path

import pytest

from tests.end_to_end.conftest import Built, build, differences, dump
from tests.end_to_end.small_company import OWNER, write_company

pytestmark = [pytest.mark.slow, pytest.mark.end_to_end]

ENTERED = 'Date entered ""{} (Lifecycle Stage Pipeline)""'
CONTACTS = (
    f"Record ID,Email,Create Date,Lifecycle Stage,Contact owner,Country/Region,Original Traffic Source,Business unit,"
    f'"{ENTERED.format("Lead")}","{ENTERED.format("Marketing Qualified Lead")}"\n'
)
DEALS = "Record ID,Deal Name,Pipeline,Deal Stage,Amount,Currency,Create Date,Close Date,Deal owner,Deal Type,"
DEALS += "Business unit,Associated Contact IDs,Is Deal Closed?,Is Closed Won\n"
OPPORTUNITIES = "Id,Name,StageName,Amount,CreatedDate\n"
FIRST = {
    "hubspot/contacts.csv": CONTACTS
    + f"1,ada@north.example,2026-08-03 09:00,Marketing Qualified Lead,{OWNER},Italy,Organic Search,Main,"
    "2026-08-03 09:00,2026-08-04 09:00\n"
    f"2,bea@south.example,2026-08-05 09:00,Lead,{OWNER},Spain,Organic Search,Main,2026-08-05 09:00,\n",
    "hubspot/all-deals.csv": DEALS
    + f"11,One,Sales Pipeline,Contract Sent,5000,EUR,2026-08-20 10:00,2026-12-31 10:00,{OWNER},newbusiness,Main,1,"
    "false,false\n"
    f"12,One again,Sales Pipeline,Closed Won,5000,EUR,2026-08-20 10:00,2026-08-25 10:00,{OWNER},newbusiness,Main,1,"
    "true,true\n",
    "salesforce/Opportunity-2026-08-31.csv": OPPORTUNITIES
    + "006000000000001,Kept,Prospecting,100,2026-08-01T10:00:00Z\n006000000000002,Gone,Closed Won,100,"
    "2026-08-01T10:00:00Z\n",
    "billing/subscriptions.csv": "id,Customer ID,Plan,Status,Amount,Currency,Interval,Start Date (UTC),Created (UTC)\n"
    "s1,c1,Gold,active,100,EUR,month,2026-06-01 00:00,2026-06-01 00:00\n"
    "s2,c2,Gold,active,50,EUR,month,2026-07-10 00:00,2026-07-10 00:00\n",
}
# Later: a view of four columns, without the owner; and a connector's file in UTC, with one date more.
LATER = {
    "hubspot/contacts 2026-09.csv": "Record ID,Email,Create Date,Country/Region\n"
    "1,ada@north.example,2026-08-03 09:00,\n2,bea@south.example,2026-08-05 09:00,Portugal\n",
    "hubspot/contacts 2026-10.csv": "hs_object_id,email,createdate,lifecyclestage,"
    "hs_v2_date_entered_salesqualifiedlead\n"
    "1,ada@north.example,2026-08-03T07:00:00Z,salesqualifiedlead,2026-09-02T07:00:00Z\n",
    "hubspot/all-deals (1).csv": DEALS
    + f"11,One,Sales Pipeline,Closed Won,5500,EUR,2026-08-20 10:00,2026-09-10 10:00,{OWNER},newbusiness,Main,1,"
    "true,true\n",
    "salesforce/Opportunity-2026-09-30.csv": OPPORTUNITIES
    + "006000000000001,Kept,Prospecting,100,2026-08-01T10:00:00Z\n",
    "billing/subscriptions 2026-09-01.csv": "id,Customer ID,Plan,Status,Amount,Currency,Interval,Start Date (UTC),"
    "Created (UTC)\ns1,c1,Gold,active,300,EUR,month,2026-06-01 00:00,2026-06-01 00:00\n"
    "s2,c2,Gold,active,50,EUR,month,2026-07-10 00:00,2026-07-10 00:00\n",
}
SYSTEMS = "system,time_zone,date_order,decimal_mark,vanished_records\nhubspot,Europe/Rome,,,\nsalesforce,,,,deleted\n"
STAGES = "system,stage_label,stage,valid_from,valid_to\nhubspot,Lead,lead,,\nhubspot,Marketing Qualified Lead,mql,,\n"
STAGES += "hubspot,Sales Qualified Lead,sql,,\nhubspot,salesqualifiedlead,sql,,\n"
STAGES += "hubspot,Contract Sent,opportunity,,\nhubspot,Closed Won,customer,,\n"


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("files")


@pytest.fixture(scope="module")
def monthly(folder: Path) -> Built:
    """The company, built with the first files and then with all."""
    company = write_company(folder / "monthly", FIRST, {"stage_labels": STAGES, "systems": SYSTEMS})
    build(company, folder / "monthly-home")
    for name, text in LATER.items():
        (company / "exports" / name).write_text(text)
    return build(company, folder / "monthly-home")


def test_what_a_narrow_export_lacks_stays_known(monthly: Built) -> None:
    persons = "select country, owner_id is not null, source_label from marts.dim_person order by person_id"
    # An empty cell of a column that is there is empty.
    assert monthly.query(persons) == [(None, True, "Organic Search"), ("Portugal", True, "Organic Search")]
    entered = (
        "select stage, entered_at::varchar from marts.fct_stage_transitions where person_id = 'hubspot:1' order by 2"
    )
    assert [row for row in monthly.query(entered) if row[0] in ("lead", "mql", "sql")] == [
        ("lead", "2026-08-03 07:00:00"),
        ("mql", "2026-08-04 07:00:00"),
        ("sql", "2026-09-02 07:00:00"),
    ]


def test_the_second_download_is_the_newer_one(monthly: Built) -> None:
    query = "select status, amount from marts.fct_opportunities where opportunity_id = 'hubspot:11'"
    assert monthly.query(query) == [("won", 5500)]


def test_a_record_that_vanished_is_named_and_deleted_where_the_company_decides_it(monthly: Built) -> None:
    query = "select opportunity_id from marts.fct_opportunities where opportunity_id <> 'hubspot:11' order by 1"
    assert monthly.query(query) == [("hubspot:12",), ("salesforce:006000000000001",)]
    query = "select system, table_name, record_key, is_deleted from marts.fct_vanished_records order by 1"
    assert monthly.query(query) == [
        ("hubspot", "deals", "12", False),
        ("salesforce", "opportunities", "006000000000002", True),
    ]
    assert "hubspot__deals: 1 record(s) of all-deals.csv are in no later export" in monthly.output
    query = "select record_id from reports.rpt_data_quality_issues where guard = 'vanished_records'"
    assert monthly.query(query) == [("hubspot.deals:12",)]


def test_a_price_changed_in_place_leaves_the_past(monthly: Built) -> None:
    query = "select month_date::varchar, closing_amount from reports.rpt_recurring_revenue order by 1 limit 4"
    assert monthly.query(query) == [("2026-06-01", 100), ("2026-07-01", 150), ("2026-08-01", 150), ("2026-09-01", 350)]


def test_a_rebuild_equals_month_by_month(monthly: Built, folder: Path) -> None:
    company = folder / "whole" / "monthly"
    shutil.copytree(monthly.company, company)
    assert differences(dump(monthly.copy), dump(build(company, folder / "whole-home").copy)) == {}
