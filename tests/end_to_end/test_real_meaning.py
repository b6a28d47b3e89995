"""Words that nobody has explained, and words in other spellings: what they mean is looked up or asked about.

Belongs here: deals, invoices and labels of one small company, with the right value of each beside it.
"""

import pytest

from tests.end_to_end.conftest import Built, build
from tests.end_to_end.small_company import REFERENCE, write_company

pytestmark = [pytest.mark.end_to_end, pytest.mark.slow]

CONTACT = "{0},Ada,Numero{0},n{0}@kunde-{0}.example,2025-03-01 09:00,Marketing Qualified Lead,Elio Marzo,Main,{1},"
CONTACTS = (
    "Record ID,First Name,Last Name,Email,Create Date,Lifecycle Stage,Contact owner,Business unit,"
    'Original Traffic Source,"Date entered ""Lead (Lifecycle Stage Pipeline)"""\n'
    + CONTACT.format(1, "ORGANIC_SEARCH")
    + "2025-03-01 09:00\n"
    + CONTACT.format(2, "[organic-search ]")
    + "2025-03-01 09:00\n"
)
# Of each deal: its stage, type, pipeline and flags; what it is, and whether it is new business.
DEALS = {
    11: ("Closed Won", "newbusiness", "Sales Pipeline", "true", "true", "won", True),
    12: ("Closed Won", "Cross Sell", "Sales Pipeline", "true", "true", "won", False),
    13: ("Closed Won", "", "rinnovi", "true", "true", "won", False),
    14: ("Closed Won", "Framework swap", "Sales Pipeline", "true", "true", "won", None),
    15: ("Closed Won", "", "Ateliers", "true", "true", "won", None),
    16: ("Closed Won", "", "", "true", "true", "won", True),
    17: ("Closed Won", "[new-BUSINESS]", "Rinnovi", "true", "true", "won", None),
    18: ("Closed Won", "Nachrüstung", "Sales Pipeline", "true", "true", "won", False),
    # The stage decides, and the flag is listed.
    21: ("closed_lost", "newbusiness", "Sales Pipeline", "true", "true", "lost", True),
    22: ("firmato!", "newbusiness", "Sales Pipeline", "", "", "won", True),
    23: ("Gewonnen", "newbusiness", "Sales Pipeline", "", "", "won", True),
    24: ("Archived", "newbusiness", "Sales Pipeline", "true", "", "open", True),
    25: ("Handshake", "newbusiness", "Sales Pipeline", "true", "true", "won", True),
}
FLAGGED = {"hubspot:21", "hubspot:24"}
HEADER = (
    "Record ID,Deal Name,Deal Stage,Deal Type,Pipeline,Is Deal Closed?,Is Closed Won,Amount,Currency,Create Date,"
    "Close Date,Deal owner,Business unit,Associated Contact IDs\n"
)
DEAL = "{0},Deal {0},{1},100,EUR,2025-04-01 10:00,2025-04-20 10:00,Elio Marzo,Main,1\n"
SALESFORCE = (
    "Id,AccountId,ContactId,Name,StageName,Amount,CloseDate,Type,RecordTypeId,IsClosed,IsWon,OwnerId,CreatedDate\n"
    + "".join(
        f"006Ab000000000{number}AAA,001Ab0000000001AAA,003Ab0000000001AAA,{number},{words},1,1,005Ab0000000001AAA,2025-05-01\n"
        for number, words in enumerate(
            (
                "Closed Lost,50,2025-05-10,New Client,012Ab0000000003AAA",
                "Closed Won,60,2025-05-11,Add-on,",
                "Closed Won,70,2025-05-12,Barter,",
                # Only the record type distinguishes them: its name is in a list, in none, or in no file.
                "Closed Won,80,2025-05-13,,012Ab0000000001AAA",
                "Closed Won,90,2025-05-14,,012Ab0000000002AAA",
                "Closed Won,100,2025-05-15,,012Ab0000000009AAA",
            ),
            1,
        )
    )
)
INVOICES = """\
id,Number,Customer ID,Date (UTC),Status,Total,Tax,Currency
v1,1,c1,2025-05-10 08:00:00,Paid,10,0,eur
v2,2,c1,2025-05-10 08:00:00,Uncollectible,20,0,eur
v3,3,c1,2025-05-10 08:00:00,rimborsata,30,0,eur
v4,4,c1,2025-05-10 08:00:00,In dispute,40,0,eur
v5,5,c1,2025-05-10 08:00:00,factored,50,0,eur
"""
SUBSCRIPTIONS = """\
id,Customer ID,Plan,Status,Quantity,Amount,Currency,Interval,Start (UTC)
s1,c1,Basic,ACTIVE,1,10,eur,month,2025-01-10 08:00:00
s2,c2,Basic,paused,1,20,eur,month,2025-01-10 08:00:00
s3,c3,Basic,Sabbatical,1,40,eur,month,2025-01-10 08:00:00
"""
EXPORTS = {
    "hubspot/contacts.csv": CONTACTS,
    "hubspot/deals.csv": HEADER + "".join(DEAL.format(number, ",".join(words[:5])) for number, words in DEALS.items()),
    "salesforce/Account.csv": "Id,Name,CreatedDate\n001Ab0000000001AAA,Kunde,2025-03-01 08:00:00\n",
    "salesforce/Contact.csv": "Id,AccountId,LastName,FirstName,Email,LeadSource,OwnerId,CreatedDate\n"
    "003Ab0000000001AAA,001Ab0000000001AAA,Kahn,Ida,ida@kunde.example,Web,005Ab0000000001AAA,2025-03-01 08:00:00\n",
    "salesforce/User.csv": "Id,FirstName,LastName,IsActive\n005Ab0000000001AAA,Elio,Marzo,1\n",
    "salesforce/Opportunity.csv": SALESFORCE,
    # A deal is named and nobody: with the deal's person, if it has one.
    "salesforce/Task.csv": "Id,WhoId,WhatId,Subject,TaskSubtype,IsClosed,Status,OwnerId,CompletedDateTime,CreatedDate\n"
    + "".join(
        f"00TAb000000000{number}AAA,,{about},Call,Call,1,Completed,005Ab0000000001AAA,2025-05-02 09:00:00,2025-05-02\n"
        for number, about in ((1, "006Ab0000000002AAA"), (2, "001Ab0000000001AAA"))
    ),
    "hubspot/calls.csv": "Record ID,Activity date,Call outcome,Call duration,Call direction,Activity assigned to,"
    "Associated Contact IDs,Associated Deal IDs\n71,2025-04-02 10:00,Connected,60000,Outbound,Elio Marzo,,11\n",
    "salesforce/RecordType.csv": "Id,Name,DeveloperName,SobjectType\n"
    "012Ab0000000001AAA,Rinnovi,Renewal,Opportunity\n012Ab0000000002AAA,Fleet,Fleet,Opportunity\n"
    "012Ab0000000003AAA,Standard,Standard,Opportunity\n",
    "billing/invoices.csv": INVOICES,
    "billing/subscriptions.csv": SUBSCRIPTIONS,
}
WORDS = {
    "stage_labels": REFERENCE["stage_labels"] + "hubspot,Firmato!,customer,,\n",
    "deal_kinds": "system,deal_type,pipeline,kind,valid_from,valid_to\nhubspot,NACHRÜSTUNG,,expansion,,\n",
    "billing_states": "system,record_type,state_label,meaning\nbilling,invoice,Factored,billed\n",
}


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory) -> Built:
    folder = tmp_path_factory.mktemp("meaning")
    return build(write_company(folder / "company", EXPORTS, WORDS), folder / "home")


def test_what_a_deal_is_its_words_decide_and_unknown_words_are_asked_about(built: Built) -> None:
    found = dict(built.query("select opportunity_id, is_new_business from marts.fct_opportunities"))
    assert found == {f"hubspot:{number}": words[-1] for number, words in DEALS.items()} | {
        "salesforce:006Ab0000000001": True,
        "salesforce:006Ab0000000002": False,
        "salesforce:006Ab0000000003": None,
        "salesforce:006Ab0000000004": False,
        "salesforce:006Ab0000000005": None,
        "salesforce:006Ab0000000006": None,
    }
    asked = built.query("""
        select record_id, row_count from reports.rpt_data_quality_issues where guard = 'known_deal_kinds' order by all
    """)
    assert asked == [
        ("hubspot:(none) in Ateliers", 1),
        ("hubspot:Framework swap in Sales Pipeline", 1),
        ("hubspot:New Business in Rinnovi", 1),
        ("salesforce:(none) in 012Ab0000000009", 1),
        ("salesforce:(none) in Fleet", 1),
        ("salesforce:Barter in (none)", 1),
    ]
    cases = {case for (case,) in built.query("select case_id from marts.fct_measure_cases where measure = 'win_rate'")}
    is_case = {f"hubspot:{number}" for number, words in DEALS.items() if words[-1] and words[-2] != "open"}
    assert cases == is_case | {"salesforce:006Ab0000000001"}


def test_an_activity_about_a_deal_is_with_its_person(built: Built) -> None:
    query = """
        select activity_id, person_id, opportunity_id
        from marts.fct_activities inner join marts.fct_activity_persons using (activity_id) order by 1
    """
    assert built.query(query) == [
        ("hubspot:call:71", "hubspot:1", "hubspot:11"),
        ("salesforce:00TAb0000000001", "salesforce:003Ab0000000001", "salesforce:006Ab0000000002"),
    ]
    excluded = "select system, reason, row_count from marts.fct_excluded_rows where entity = 'activities'"
    assert built.query(excluded) == [("salesforce", "person unknown", 1)]


def test_the_stage_decides_what_is_won_and_a_flag_that_contradicts_it_is_listed(built: Built) -> None:
    found = dict(built.query("select opportunity_id, status from marts.fct_opportunities where system = 'hubspot'"))
    assert found == {f"hubspot:{number}": words[-2] for number, words in DEALS.items()}
    listed = built.query("select record_id from reports.rpt_data_quality_issues where guard = 'closed_flags'")
    assert {record for (record,) in listed} == FLAGGED | {"salesforce:006Ab0000000001"}


def test_what_is_no_money_is_left_out_with_its_reason(built: Built) -> None:
    assert built.query("select sum(amount) from marts.fct_revenue") == [(60,)]
    assert built.query("select subscription_id from marts.fct_subscriptions") == [("billing:s1",)]
    assert built.query("""
        select label, reason from marts.fct_excluded_rows where entity in ('revenue', 'subscriptions') order by all
    """) == [
        ("In dispute", "state not in billing_states"),
        ("Sabbatical", "state not in billing_states"),
        ("Uncollectible", "invoice uncollectible"),
        ("paused", "paused or unpaid"),
        ("rimborsata", "invoice refunded"),
    ]
    asked = built.query("select record_id from reports.rpt_data_quality_issues where guard = 'known_billing_states'")
    assert sorted(asked) == [("billing:invoice In dispute",), ("billing:subscription Sabbatical",)]


def test_a_word_in_another_spelling_is_the_same_word(built: Built) -> None:
    leads = built.query("select channel, lead_type from marts.dim_person where system = 'hubspot' order by person_id")
    assert leads == [("Organic Search", "website_form")] * 2
