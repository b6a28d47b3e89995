"""What nobody wrote down: deals that sales opened by itself, dates that are plans, and a source that ends early.

The company's fiscal year starts in April. HubSpot's files end on 30 May 2026, Salesforce's on 10 February, the web's go
on until 29 June.
"""

import shutil

import pytest

from seeds.signatures import unsigned
from tests.end_to_end.conftest import PROJECT, Built, build

pytestmark = [pytest.mark.end_to_end, pytest.mark.slow]

COMMON = "Marketing Qualified Lead,Nives Corbari,Italy,Small Business,Paid Search"
CONTACTS = (
    "Record ID,Email,Create Date,Lifecycle Stage,Contact owner,Country/Region,Business unit,Original Traffic Source,"
    '"Date entered ""Lead (Lifecycle Stage Pipeline)""",'
    '"Date entered ""Marketing Qualified Lead (Lifecycle Stage Pipeline)"""',
    f"1,one@acme1.example,2026-05-29 09:00,{COMMON},2026-05-29 09:00,2026-05-30 09:00",
    f"2,two@acme2.example,2026-04-01 09:00,{COMMON},2026-04-01 09:00,2026-04-02 10:00",
    f"3,three@acme3.example,2026-05-01 09:00,{COMMON},2026-05-01 09:00,2026-05-02 10:00\n",
)
FILES = {
    "hubspot/contacts.csv": "\n".join(CONTACTS),
    "hubspot/deals.csv": """\
Record ID,Deal Name,Pipeline,Deal Stage,Amount,Currency,Create Date,Close Date,Deal owner,Deal Type,Business unit,\
Associated Contact IDs,Is Deal Closed?,Is Closed Won
540,Two years,Sales Pipeline,Closed Won,12000,EUR,2026-04-10 10:00,2027-03-31 10:00,Nives Corbari,newbusiness,\
Small Business,2,true,true
""",
    # The meeting of July is a plan.
    "hubspot/meetings.csv": """\
Record ID,Meeting start time,Meeting end time,Create date,Meeting outcome,Activity assigned to,Associated Contact IDs
71,2026-07-07 10:00,,2026-05-30 10:30,Scheduled,Nives Corbari,2
""",
    "hubspot/calls.csv": """\
Record ID,Activity date,Create date,Call direction,Call outcome,Activity assigned to,Associated Contact IDs
81,2026-04-02 15:00,2026-04-02 15:00,Outbound,Connected,Nives Corbari,2
""",
    "salesforce/User.csv": """\
Id,FirstName,LastName,Email,Department,IsActive
005Dm0050200106IAA,Isotta,Valmori,isotta@lumen.example,Sales Enterprise,1
""",
    "salesforce/Contact.csv": """\
Id,IsDeleted,LastName,Email,LeadSource,Business_Unit__c,OwnerId,CreatedDate
003Dm0000000201IAA,0,Kahn,ida@acme4.example,Partner Referral,Enterprise,005Dm0050200106IAA,2026-01-03 08:00:00
""",
    "salesforce/Opportunity.csv": """\
Id,IsDeleted,ContactId,Name,StageName,Amount,CurrencyIsoCode,CloseDate,Type,Business_Unit__c,IsClosed,IsWon,OwnerId,\
CreatedDate,LastModifiedDate
006Dm0000000301IAA,0,003Dm0000000201IAA,One,Closed Won,1100,EUR,2026-02-10,New Customer,Enterprise,1,1,\
005Dm0050200106IAA,2026-01-10 08:00:00,2026-02-10 08:00:00
""",
    "web/form_submissions.csv": """\
client_id,email,form_name,submitted_at
,five@acme5.example,Newsletter,2026-06-29T09:00:00Z
""",
}


@pytest.fixture(scope="module")
def company(tmp_path_factory: pytest.TempPathFactory) -> Built:
    folder = tmp_path_factory.mktemp("known")
    for name, text in FILES.items():
        (folder / "exports" / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / "exports" / name).write_text(text)
    shutil.copy(PROJECT / "seeds" / "exports" / "hubspot" / "users.csv", folder / "exports" / "hubspot")
    shutil.copytree(PROJECT / "seeds" / "reference", folder / "reference")
    agreement = (PROJECT / "seeds" / "agreements" / "2025-10.yml").read_text()
    assert "fiscal_year_starts: january" in agreement
    agreement = agreement.replace("fiscal_year_starts: january", "fiscal_year_starts: april")
    agreement = agreement.replace("unknown_source: {at_most: 0.15}", "unknown_source: {at_most: 1}")
    (folder / "agreements").mkdir()
    (folder / "agreements" / "2025-10.yml").write_text(unsigned(agreement))
    return build(folder, folder / "home")


def test_a_deal_that_sales_opened_by_itself_is_not_a_lead(company: Built) -> None:
    of_it = "journey_id like 'salesforce:003Dm0000000201%'"
    assert company.query(f"select count(*) from marts.fct_handoffs where {of_it}") == [(0,)]
    assert company.query(f"select count(*) from marts.fct_commitments where {of_it}") == [(0,)]
    assert company.query(f"select count(*) from marts.fct_response_times where {of_it}") == [(0,)]
    delivered = "select coalesce(sum(leads), 0) from marts.fct_lead_delivery_daily where revenue_stream = 'enterprise'"
    assert company.query(delivered) == [(0,)]
    stages = f"select stage from marts.fct_stage_transitions where {of_it} order by entered_at"
    assert company.query(stages) == [("opportunity",), ("customer",)]
    steps = f"select from_stage, to_stage from marts.fct_stage_conversions where {of_it}"
    assert company.query(steps) == [("opportunity", "customer")]
    # A customer, and nobody's lead: the other journeys are the three contacts of HubSpot.
    assert company.query("select count(*) from marts.fct_journeys where is_opened_by_sales") == [(1,)]
    assert company.query("select sum(leads), sum(customers) from reports.rpt_closed_loop") == [(3, 2)]
    leads = "select denominator from marts.fct_kpis where kpi = 'lead_to_customer_rate'"
    assert company.query(f"{leads} and kpi_period = 'all' and axis = 'all'") == [(3,)]


def test_what_is_planned_moves_nothing(company: Built) -> None:
    """Neither the meeting of July nor the end of a contract: the deal is won at the end of what is known."""
    assert company.query("select as_of = timestamp '2026-06-29 09:00' from marts.dim_build") == [(True,)]
    won = "select opportunity_id, status, closed_at::varchar, days_to_close from marts.fct_opportunities order by all"
    assert company.query(won) == [
        ("hubspot:540", "won", "2026-06-29 09:00:00", None),
        # 10 January to 10 February; a date without a time has no hours.
        ("salesforce:006Dm0000000301", "won", "2026-02-09 23:00:00", 31.0),
    ]


def test_what_a_source_does_not_reach_is_not_known_yet(company: Built) -> None:
    """HubSpot ends on 30 May at 10:30: the clock of 30 May is due a day later, the one of 2 May was due long before."""
    contact = "select journey_id, status, status_reason from marts.fct_commitments where commitment = 'first_contact'"
    assert company.query(f"{contact} order by all") == [
        ("hubspot:1#1", "open", "not known yet"),
        ("hubspot:2#1", "kept", "in time"),
        ("hubspot:3#1", "missed", "no contact"),
    ]
    behind = "select distinct system, system_last_date::varchar, system_days_behind from marts.fct_source_freshness"
    assert company.query(f"{behind} order by all") == [
        ("hubspot", "2026-05-30", 30),
        ("salesforce", "2026-02-10", 139),
        ("web", "2026-06-29", 0),
    ]
    for page in ("index.html", "scorecard/index.html", "data.html"):
        assert "the files of hubspot end on 30 May 2026" in (company.site / page).read_text()


def test_the_fiscal_year_makes_the_quarters(company: Built) -> None:
    days = "select quarter_name, half_year_name, fiscal_year from marts.dim_date where day_date = '{}'"
    assert company.query(days.format("2026-06-29")) == [("2026-Q1", "2026-H1", 2026)]
    assert company.query(days.format("2026-02-10")) == [("2025-Q4", "2025-H2", 2025)]
    reviewed = "select distinct review_period, period_from::varchar from reports.rpt_review_rates order by all"
    assert set(company.query(reviewed)) <= {("quarter", "2026-01-01"), ("half_year", "2025-10-01")}


def test_a_guard_without_a_row_is_not_called_passed(company: Built) -> None:
    not_evaluated_yet = "select distinct status from reports.rpt_guard_results where evaluated_rows = 0"
    assert company.query(not_evaluated_yet) == [("not_evaluated",)]
    assert "not evaluated, no row to evaluate" in company.output
