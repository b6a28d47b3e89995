"""Exports of several days: the newest file counts, a column that it lacks leaves what was known, what changed in place
is history, and a rebuild from all files equals loading them as they came."""

import shutil
from pathlib import Path

import pytest

from tests.end_to_end.conftest import Built, build, differences, dump, smarketing
from tests.end_to_end.small_company import OWNER, write_company

pytestmark = [pytest.mark.slow, pytest.mark.end_to_end]

ENTERED = 'Date entered ""{} (Lifecycle Stage Pipeline)""'
CONTACTS = (
    f"Record ID,Email,Create Date,Lifecycle Stage,Contact owner,Country/Region,Original Traffic Source,Business unit,"
    f'"{ENTERED.format("Lead")}","{ENTERED.format("Marketing Qualified Lead")}"\n'
)
DEALS = "Record ID,Deal Name,Pipeline,Deal Stage,Amount,Currency,Create Date,Close Date,Deal owner,Deal Type,"
DEALS += "Business unit,Associated Contact IDs,Is Deal Closed?,Is Closed Won\n"
OPPORTUNITIES = "Id,Name,StageName,Amount,CreatedDate,OwnerId,CloseDate,ContactId,Type\n"
LEADS = "Id,LastName,Company,Email,Status,LeadSource,OwnerId,CreatedDate\n"
OTHER = "Eva Luglio"
SHEET = "Deal ID,Contact ID,Owner,Stage,Amount,Created,Close date\n"
WON = "T2,k2,Elio Marzo,Won,500,2026-08-04,2026-08-20\n"
# The files of a system that `smarketing source` drafts.
DRAFTED = {
    "people.csv": "Contact ID,Name,Created\nk1,Uno,2026-08-02\nk2,Due,2026-08-02\n",
    "deals 2026-08.csv": SHEET + "T1,k1,Elio Marzo,Talk,1000,2026-08-03,\n" + WON,
}
ANSWERS = ("time_zone=Europe/Rome", "currency=EUR", "stage.Talk=open")
FIRST = {
    "hubspot/contacts.csv": CONTACTS
    + f"1,ada@north.example,2026-08-03 09:00,Marketing Qualified Lead,{OWNER},Italy,Organic Search,Main,"
    "2026-08-03 09:00,2026-08-04 09:00\n"
    f"2,bea@south.example,2026-08-05 09:00,Lead,{OWNER},Spain,Organic Search,Main,2026-08-05 09:00,\n"
    # Without the date of its stage.
    f"3,cleo@west.example,2026-08-06 09:00,Lead,{OWNER},Malta,Organic Search,Main,,\n",
    "hubspot/all-deals.csv": DEALS
    + f"11,One,Sales Pipeline,Contract Sent,5000,EUR,2026-08-20 10:00,2026-12-31 10:00,{OWNER},newbusiness,Main,1,"
    "false,false\n"
    f"12,One again,Sales Pipeline,Closed Won,5000,EUR,2026-08-20 10:00,2026-08-25 10:00,{OWNER},newbusiness,Main,1,"
    "true,true\n",
    "hubspot/users.csv": f"User ID,First name,Last name,Email\n1,{OWNER.replace(' ', ',')},elio@acme.example\n"
    f"2,{OTHER.replace(' ', ',')},eva@acme.example\n",
    "salesforce/User.csv": f"Id,FirstName,LastName,Email\n005000000000001,{OWNER.replace(' ', ',')},elio@acme.example\n"
    f"005000000000002,{OTHER.replace(' ', ',')},eva@acme.example\n",
    "salesforce/Opportunity-2026-08-31.csv": OPPORTUNITIES
    + "006000000000001,Kept,Prospecting,100,2026-08-01T10:00:00Z,005000000000001,2026-12-31,003000000000001,\n"
    "006000000000002,Gone,Closed Won,100,2026-08-01T10:00:00Z,005000000000001,2026-08-20,,\n"
    "006000000000003,Ended,Closed Won,100,2026-08-01T10:00:00Z,005000000000001,2026-08-20,,\n",
    "salesforce/Contact.csv": "Id,LastName,Email,LeadSource,OwnerId,CreatedDate\n"
    "003000000000001,Person,p1@kunde.example,Web,005000000000001,2026-08-01T10:00:00Z\n",
    "salesforce/Lead 2026-08-31.csv": LEADS
    + "00Q000000000001,Lead,Acht,l1@acht.example,Open - Not Contacted,Web,005000000000001,2026-08-04T08:00:00Z\n",
    "meta_ads/campaigns 2026-08-31.csv": "Day,Campaign name,Amount spent (EUR)\n2026-08-30,Brand,10.00\n"
    "2026-08-31,Brand,12.00\n",
    "billing/subscriptions.csv": "id,Customer ID,Plan,Status,Amount,Currency,Interval,Start Date (UTC),Created (UTC)\n"
    "s1,c1,Gold,active,100,EUR,month,2026-06-01 00:00,2026-06-01 00:00\n"
    "s2,c2,Gold,active,50,EUR,month,2026-07-10 00:00,2026-07-10 00:00\n"
    "s3,c3,Gold,active,20,EUR,month,2026-06-01 00:00,2026-06-01 00:00\n",
}
# Later: a view of four columns, without the owner; and a connector's file in UTC, with one date more.
LATER = {
    "hubspot/contacts 2026-09.csv": "Record ID,Email,Create Date,Country/Region\n"
    "1,ada@north.example,2026-08-03 09:00,\n2,bea@south.example,2026-08-05 09:00,Portugal\n"
    "3,cleo@west.example,2026-08-06 09:00,Malta\n",
    "hubspot/contacts 2026-10.csv": "hs_object_id,email,createdate,lifecyclestage,"
    "hs_v2_date_entered_salesqualifiedlead\n"
    "1,ada@north.example,2026-08-03T07:00:00Z,salesqualifiedlead,2026-09-02T07:00:00Z\n",
    "hubspot/all-deals (1).csv": DEALS
    + f"11,One,Sales Pipeline,Closed Won,5500,EUR,2026-08-20 10:00,2026-09-10 10:00,{OWNER},newbusiness,Main,1,"
    "true,true\n",
    "hubspot/contacts 2026-11.csv": f"Record ID,Lifecycle Stage,Contact owner\n3,Marketing Qualified Lead,{OTHER}\n",
    "salesforce/Opportunity-2026-09-30.csv": OPPORTUNITIES
    + "006000000000001,Kept,Proposal,100,2026-08-01T10:00:00Z,005000000000002,2026-12-31,003000000000001,\n"
    "006000000000003,Ended,Closed Won,100,2026-08-01T10:00:00Z,005000000000002,2026-08-20,,\n",
    "salesforce/Lead 2026-09-30.csv": LEADS
    + "00Q000000000001,Lead,Acht,l1@acht.example,Qualified,Web,005000000000002,2026-08-04T08:00:00Z\n",
    "meta_ads/campaigns 2026-09-30.csv": "Day,Campaign name,Amount spent (EUR)\n2026-08-30,Brand,10.00\n"
    "2026-08-31,Brand,12.00\n2026-09-30,Brand,14.00\n",
    "sheet/deals 2026-09.csv": SHEET + "T1,k1,Elio Marzo,Offer,1000,2026-08-03,\n" + WON,
    "billing/subscriptions 2026-09-01.csv": "id,Customer ID,Plan,Status,Amount,Currency,Interval,Start Date (UTC),"
    "Created (UTC)\ns1,c1,Gold,active,300,EUR,month,2026-06-01 00:00,2026-06-01 00:00\n"
    "s2,c2,Gold,active,50,EUR,month,2026-07-10 00:00,2026-07-10 00:00\n"
    "s3,c3,Gold,paused,20,EUR,month,2026-06-01 00:00,2026-06-01 00:00\n",
}
SYSTEMS = "system,time_zone,date_order,decimal_mark,vanished_records\nhubspot,Europe/Rome,,,\nsalesforce,,,,deleted\n"
STAGES = "system,stage_label,stage,valid_from,valid_to\nhubspot,Lead,lead,,\nhubspot,Marketing Qualified Lead,mql,,\n"
STAGES += "hubspot,Sales Qualified Lead,sql,,\nhubspot,salesqualifiedlead,sql,,\n"
STAGES += "hubspot,Contract Sent,opportunity,,\nhubspot,Closed Won,customer,,\n"
STAGES += "salesforce,Open - Not Contacted,lead,,\nsalesforce,Lead created,lead,,\nsalesforce,Qualified,mql,,\n"
STAGES += "salesforce,Opportunity,opportunity,,\nsalesforce,Prospecting,opportunity,,\n"
STAGES += "salesforce,Proposal,sql,,\nsalesforce,Closed Won,customer,,\nsheet,Offer,sql,,\n"


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("files")


@pytest.fixture(scope="module")
def monthly(folder: Path) -> Built:
    """The company, built with the first files and then with all."""
    company = write_company(folder / "monthly", FIRST, {"stage_labels": STAGES, "systems": SYSTEMS})
    for name, text in DRAFTED.items():
        (folder / name).write_text(text)
    given = [part for answer in ANSWERS for part in ("--answer", answer)]
    drafted = smarketing("source", "sheet", *(folder / name for name in DRAFTED), "--company", company, *given)
    assert drafted.returncode == 0, drafted.stdout + drafted.stderr
    build(company, folder / "monthly-home")
    for name, text in LATER.items():
        (company / "exports" / name).write_text(text)
    return build(company, folder / "monthly-home")


def test_what_a_narrow_export_lacks_stays_known(monthly: Built) -> None:
    persons = (
        "select country, owner_id is not null, source_label from marts.dim_person "
        "where person_id in ('hubspot:1', 'hubspot:2') order by person_id"
    )
    # An empty cell of a column that is there is empty.
    assert monthly.query(persons) == [(None, True, "Organic Search"), ("Portugal", True, "Organic Search")]
    entered = (
        "select stage, entered_at::varchar from marts.fct_stage_transitions "
        "where person_id = 'hubspot:1' and not is_inferred order by 2"
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
    query = "select opportunity_id from marts.fct_opportunities where opportunity_id like '%2' and system <> 'sheet'"
    assert monthly.query(query) == [("hubspot:12",)]
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
    assert monthly.query(query) == [("2026-06-01", 120), ("2026-07-01", 170), ("2026-08-01", 170), ("2026-09-01", 350)]


def test_a_stage_that_two_exports_show_has_two_days_and_starts_no_clock(monthly: Built) -> None:
    query = (
        "select person_id, stage, (entered_after_at + interval 2 hours)::date::varchar, entered_date::varchar "
        "from marts.fct_stage_transitions where entered_after_at is not null order by all"
    )
    assert monthly.query(query) == [
        ("hubspot:3", "mql", "2026-08-06", "2026-11-01"),
        ("salesforce:003000000000001", "sql", "2026-08-31", "2026-09-30"),
        ("salesforce:00Q000000000001", "mql", "2026-08-31", "2026-09-30"),
        ("sheet:k1", "sql", "2026-08-04", "2026-09-01"),
    ]
    begun = "select stage, entered_date::varchar from marts.fct_stage_transitions where person_id = '{}' order by 2"
    assert monthly.query(begun.format("hubspot:3"))[0] == ("lead", "2026-08-06")
    clocks = (
        "select count(*) from marts.fct_commitments where journey_id in ('hubspot:3#1', 'salesforce:00Q000000000001#1')"
    )
    assert monthly.query(clocks) == [(0,)]
    assert monthly.query("select count(*) from reports.rpt_undated_stages where leads > 0") == [(0,)]


def test_who_had_it_before_keeps_it(monthly: Built) -> None:
    owner = "select owner_name from marts.fct_opportunities join marts.dim_owner using (owner_id) "
    ended = owner + "where opportunity_id = '{}'"
    assert monthly.query(ended.format("salesforce:006000000000003")) == [(OWNER,)]
    assert monthly.query(ended.format("salesforce:006000000000001")) == [(OTHER,)]


@pytest.mark.campaign
def test_a_rebuild_equals_month_by_month(monthly: Built, folder: Path) -> None:
    company = folder / "whole" / "monthly"
    shutil.copytree(monthly.company, company)
    assert differences(dump(monthly.copy), dump(build(company, folder / "whole-home").copy)) == {}
