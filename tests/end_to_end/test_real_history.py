"""History against today: what was won and is not any more, and ends, stages and amounts that nobody dated or named.

Belongs here: the figures of a whole company. The branches of the rules are dbt unit tests.
"""

import pytest

from tests.end_to_end.conftest import Built, build
from tests.end_to_end.small_company import OWNER, REFERENCE, write_company

pytestmark = [pytest.mark.end_to_end, pytest.mark.slow]

CONTACTS = (
    "Record ID,First Name,Last Name,Email,Create Date,Lifecycle Stage,Contact owner,Business unit,"
    "Original Traffic Source,"
    + ",".join(
        f'"Date entered ""{stage} (Lifecycle Stage Pipeline)"""'
        for stage in ("Lead", "Marketing Qualified Lead", "Customer")
    )
    + "\n"
)
DATED = "2026-02-02 09:00,2026-02-03 10:00"
# Deal and contact have one number: the contact's own dates, then what its deal is.
LIFECYCLES = {
    11: f"Marketing Qualified Lead,{DATED},",
    12: f"Customer,{DATED},2026-04-01 10:00",
    13: f"Customer,{DATED},",
    14: f"Customer,{DATED},",
    15: f"Opportunity,{DATED},",
    16: f"Customer,{DATED},",
    17: f"Customer,{DATED},",
    # Without a deal: all that a default view has, the same with a stage, and a customer who was set back.
    21: ",,,",
    22: "Marketing Qualified Lead,,,",
    23: f"Marketing Qualified Lead,{DATED},",
    24: "Subscriber,,,",
    25: f"Marketing Qualified Lead,{DATED},2026-02-05 10:00",
}
HISTORY = """\
Record ID,Property name,Property value,Timestamp
23,lifecyclestage,lead,2026-02-02 09:00
23,lifecyclestage,marketingqualifiedlead,2026-02-03 10:00
23,lifecyclestage,customer,2026-02-05 10:00
23,lifecyclestage,marketingqualifiedlead,2026-02-05 10:30
"""
DEALS = (
    "Record ID,Deal Name,Pipeline,Deal Stage,Amount,Currency,Amount in company currency,Create Date,Close Date,"
    "Deal owner,"
    "Deal Type,Business unit,Associated Contact IDs,Is Deal Closed?,Is Closed Won,"
    + ",".join(
        f'"Date entered ""{stage} (Sales Pipeline)"""' for stage in ("Closed Won", "Closed Lost", "Contract Sent")
    )
    + "\n"
)
DEAL_ROWS = {
    # Won on 1 April and reopened; won and lost; lost, reopened and won.
    11: "Contract Sent,500,EUR,500,2026-03-10 10:00,2026-09-30 12:00,{},false,false,2026-04-01 10:00,,2026-04-15 10:00",
    12: "Closed Lost,600,EUR,600,2026-03-10 10:00,2026-05-01 10:00,{},true,false,2026-04-01 10:00,2026-05-01 10:00,",
    13: "Closed Won,700,EUR,650,2026-03-10 10:00,2026-05-20 10:00,{},true,true,2026-05-20 10:00,2026-04-02 10:00,"
    "2026-04-15 10:00",
    # An import of today of a deal that was won a year ago.
    14: "Closed Won,800,EUR,800,2026-03-10 10:00,2025-04-10 10:00,{},true,true,2026-06-01 10:00,,",
    # Lost, and nobody wrote down when.
    15: "Closed Lost,900,EUR,900,2026-03-10 10:00,,{},true,false,,,",
    # Amounts whose currency was not exported.
    16: "Closed Won,10000,,920,2026-03-10 10:00,2026-04-01 10:00,{},true,true,2026-04-01 10:00,,",
    17: "Closed Won,10000,,,2026-03-10 10:00,2026-04-02 10:00,{},true,true,2026-04-02 10:00,,",
}
OPPORTUNITIES = """\
Id,IsDeleted,ContactId,Name,StageName,Amount,CloseDate,Type,Business_Unit__c,IsClosed,IsWon,OwnerId,CreatedDate,\
LastModifiedDate,LastStageChangeDate
006Zz0000000051IAA,0,003Zz0000000051IAA,Won and lost,Closed Lost,100,2026-05-01,New Business,Main,1,0,\
005Zz0000000001IAA,2026-03-10 08:00:00,2026-05-01 08:00:00,2026-05-01 08:00:00
006Zz0000000052IAA,0,003Zz0000000052IAA,Closed late,Closed Won,100,2026-01-30,New Business,Main,1,1,\
005Zz0000000001IAA,2026-01-10 08:00:00,2026-02-20 08:00:00,2026-02-20 08:00:00
"""
OPPORTUNITY_HISTORY = """\
Id,OpportunityId,CreatedDate,StageName
008Zz0000000001IAA,006Zz0000000051IAA,2026-03-10 08:00:00,Prospecting
008Zz0000000002IAA,006Zz0000000051IAA,2026-04-01 08:00:00,Closed Won
008Zz0000000003IAA,006Zz0000000051IAA,2026-05-01 08:00:00,Closed Lost
"""
SALESFORCE_CONTACTS = "Id,IsDeleted,LastName,Email,LeadSource,Business_Unit__c,OwnerId,CreatedDate\n" + "".join(
    f"003Zz00000000{number}IAA,0,Person,p{number}@kunde.example,Web,Main,005Zz0000000001IAA,2026-01-03 08:00:00\n"
    for number in (51, 52)
)
LEADS = """\
Id,IsDeleted,LastName,Company,Email,Status,LeadSource,Business_Unit__c,OwnerId,CreatedDate,LastModifiedDate
00QZz0000000061IAA,0,Lead,Acht,l61@acht.example,Qualified,Web,Main,005Zz0000000001IAA,2026-02-03 08:00:00,\
2026-05-03 08:00:00
"""
EXPORTS = {
    "hubspot/contacts.csv": CONTACTS
    + "".join(
        f"{number},Person,{number},p{number}@acme-{number}.example,2026-02-02 09:00,{dates.split(',')[0]},{OWNER},Main,"
        f"Organic Search,{dates.split(',', 1)[1]}\n"
        for number, dates in LIFECYCLES.items()
    ),
    "hubspot/contact_property_history of lifecycles.csv": HISTORY,
    "hubspot/deals.csv": DEALS
    + "".join(
        f"{number},Deal {number},Sales Pipeline,{row.format(f'{OWNER},newbusiness,Main,{number}')}\n"
        for number, row in DEAL_ROWS.items()
    ),
    "salesforce/Contact.csv": SALESFORCE_CONTACTS,
    "salesforce/Opportunity.csv": OPPORTUNITIES,
    "salesforce/OpportunityHistory.csv": OPPORTUNITY_HISTORY,
    "salesforce/Lead.csv": LEADS,
    "salesforce/User.csv": "Id,FirstName,LastName,IsActive\n005Zz0000000001IAA,Elio,Marzo,1\n",
}
STAGES = REFERENCE["stage_labels"] + "salesforce,Lead created,lead,,\n"


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory) -> Built:
    folder = tmp_path_factory.mktemp("history")
    return build(write_company(folder / "company", EXPORTS, {"stage_labels": STAGES}), folder / "home")


def journeys(built: Built, *numbers: str) -> list[tuple]:
    return built.query(
        "select split_part(person_id, ':', 2), outcome, stage, cast(customer_at as date)::text, undated_stage "
        f"from marts.fct_journeys where split_part(person_id, ':', 2) in {(*numbers, '')} order by all"
    )


def test_what_was_won_and_is_not_any_more_made_no_customer(built: Built) -> None:
    assert journeys(built, "11", "12", "003Zz0000000051") == [
        ("003Zz0000000051", "lost", "opportunity", None, None),
        ("11", "open", "opportunity", None, None),
        ("12", "lost", "opportunity", None, None),
    ]
    left = (
        "select split_part(person_id, ':', 2), stage from marts.fct_stage_transitions where is_left_again order by all"
    )
    assert built.query(left) == [
        ("003Zz0000000051", "customer"),
        ("11", "customer"),
        ("12", "customer"),
        ("13", "lost"),
        ("23", "customer"),
        ("25", "customer"),
    ]
    assert built.query("select count(*) from marts.fct_journeys where journey_number > 1") == [(0,)]
    won = "select sum(customers), sum(deals_won) from reports.rpt_closed_loop"
    assert built.query(won) == [(5, 5)]


def test_a_deal_that_was_won_again_and_a_stage_that_was_set_back(built: Built) -> None:
    assert journeys(built, "13", "23", "25") == [
        ("13", "customer", "customer", "2026-05-20", None),
        ("23", "open", "mql", None, None),
        ("25", "open", "mql", None, None),
    ]


def test_the_business_date_counts_and_the_entry_is_beside_it(built: Built) -> None:
    dates = (
        "select status, closed_date::text, cast(closing_entered_at as date)::text, written_close_date::text "
        "from marts.fct_opportunities where opportunity_id = '{}'"
    )
    assert built.query(dates.format("hubspot:14")) == [("won", "2025-04-10", "2026-06-01", "2025-04-10")]
    assert built.query(dates.format("hubspot:15")) == [("lost", None, None, None)]
    # In January, the last month of the fiscal year.
    assert built.query(dates.format("salesforce:006Zz0000000052")) == [
        ("won", "2026-01-30", "2026-02-20", "2026-01-30")
    ]
    listed = "select record_id from reports.rpt_data_quality_issues where guard = 'closing_dates' order by 1"
    assert built.query(listed) == [("hubspot:14",), ("hubspot:15",), ("salesforce:006Zz0000000052",)]
    assert "nobody wrote down when" in built.output


def test_a_lost_deal_without_a_date_flatters_no_win_rate(built: Built) -> None:
    # Won: 13, 16, 17; lost: 12, and 15 at an unknown time since March.
    rate = (
        "select cases, open_cases, actual, round(actual_low, 2), round(actual_high, 2) from marts.fct_measures "
        "where measure = 'win_rate' and owner_id is null and period_date = '2026-05-01'"
    )
    assert built.query(rate) == [(3, 1, None, 0.25, 0.5)]


def test_an_amount_without_a_currency_is_not_the_companys(built: Built) -> None:
    amounts = (
        "select amount::int, currency_code, amount_reporting::int from marts.fct_opportunities "
        "where opportunity_id in ('hubspot:16', 'hubspot:17') order by opportunity_id"
    )
    assert built.query(amounts) == [(920, "EUR", 920), (10000, None, None)]
    listed = (
        "select record_id, reason from reports.rpt_data_quality_issues where guard = 'known_currencies' "
        "and record_id like 'hubspot:%' order by 1"
    )
    assert [(record, "contradict" in reason, "systems.csv" in reason) for record, reason in built.query(listed)] == [
        ("hubspot:13", True, False),
        ("hubspot:17", False, True),
    ]


def test_a_stage_without_a_date_is_counted_and_starts_nothing(built: Built) -> None:
    assert journeys(built, "15", "21", "22", "24", "00QZz0000000061") == [
        ("00QZz0000000061", "open", "lead", None, "sql"),
        ("15", "lost", "opportunity", None, "lost"),
        ("21", "open", "lead", None, None),
        ("22", "open", "lead", None, "mql"),
    ]
    assert built.query("select stage, leads from reports.rpt_undated_stages order by stage") == [
        ("lost", 1),
        ("mql", 1),
        ("sql", 1),
    ]
    clocks = "select count(*) from marts.fct_commitments where journey_id in ('hubspot:22#1', 'hubspot:21#1')"
    assert built.query(clocks) == [(0,)]
    assert "3 leads are in a stage since nobody knows when" in (built.site / "index.html").read_text()
