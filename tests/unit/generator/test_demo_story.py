"""What the year's story brings by itself into the demo company's exports.

The edge cases that are seeded on top of it are looked up in the published copy (tests/end_to_end/test_hard_cases.py)
and are excluded here; the files as files are tested by test_demo.py.
"""

from pathlib import Path

import duckdb
import pytest

from seeds.generator.hubspot import HEADERS, STAGES, entered

EXPORTS = Path(__file__).parents[3] / "seeds" / "exports"


@pytest.fixture(scope="module")
def exports() -> duckdb.DuckDBPyConnection:
    """The story without the edge cases: one table per file of HubSpot, and sf_<object> of Salesforce.

    All text, empty cells null; contacts' stages as entered_<stage> in the view people.
    """
    connection = duckdb.connect()
    for name in HEADERS:
        file = f"read_csv('{EXPORTS}/hubspot/{name}.csv', header = true, all_varchar = true)"
        is_case = f'"{HEADERS[name][0]}"::bigint between 990000 and 999999 or "{HEADERS[name][0]}" like \'39______\''
        connection.sql(f"create table {name} as from {file} where not ({is_case})")
    for name in ("Lead", "LeadHistory", "Contact", "Opportunity", "OpportunityHistory", "Task", "Event"):
        file = f"read_csv('{EXPORTS}/salesforce/{name}.csv', header = true, all_varchar = true, encoding = 'latin-1')"
        connection.sql(
            f"create table sf_{name.lower()} as from {file} where not regexp_matches(Id, 'Dm00(09900|99|[hH])')"
        )
    dates = ", ".join(f"""{quoted(entered(stage))}::timestamp as entered_{stage}""" for stage in STAGES)
    connection.sql(f'create view people as select *, "Create Date"::timestamp as created_at, {dates} from contacts')
    return connection


def quoted(label: str) -> str:
    return '"' + label.replace('"', '""') + '"'


def one(exports: duckdb.DuckDBPyConnection, query: str) -> float:
    row = exports.sql(query).fetchone()
    assert row is not None
    return row[0]


@pytest.mark.parametrize("stage", STAGES)
def test_every_stage_is_reached(exports: duckdb.DuckDBPyConnection, stage: str) -> None:
    assert one(exports, f"select count(entered_{stage}) from people") > 100


@pytest.mark.parametrize(
    ("what", "query", "at_least"),
    [
        ("leads at night", "select count(*) from people where hour(created_at) < 6", 100),
        ("leads at the weekend", "select count(*) from people where isodow(created_at) > 5", 300),
        ("leads without a source", 'select count(*) from people where "Original Traffic Source" is null', 50),
        ("leads without e-mail", "select count(*) from people where Email is null", 20),
        (
            "recycled leads that returned and won",
            "select count(*) from people where entered_mql between entered_recycled and entered_customer",
            5,
        ),
        (
            "leads disqualified before anyone owned them",
            'select count(*) from people where entered_disqualified is not null and "Contact owner" is null',
            100,
        ),
        (
            "qualified leads that nobody ever contacted",
            """
            select count(*)
            from people
            anti join (
                select unnest(string_split("Associated Contact IDs", ';')) as id
                from (from calls union all by name from emails)
            ) as contacted on people."Record ID" = contacted.id
            where entered_mql is not null and "Contact owner" is not null and entered_rejected is null
            """,
            50,
        ),
        ("calls by the lead", "select count(*) from calls where \"Call direction\" = 'Inbound'", 50),
        (
            "replies by the lead",
            "select count(*) from emails where \"Email direction\" = 'INCOMING_EMAIL'",
            300,
        ),
        (
            "calls logged a day late",
            'select count(*) from calls where "Create date"::date - "Activity date"::date > 1',
            100,
        ),
        (
            "meetings with two contacts",
            "select count(*) from meetings where contains(\"Associated Contact IDs\", ';')",
            50,
        ),
        (
            "deals with two contacts",
            "select count(*) from deals where contains(\"Associated Contact IDs\", ';')",
            50,
        ),
        ("renewals", "select count(*) from deals where \"Deal Type\" = 'existingbusiness'", 10),
        ("deals lost for a reason", 'select count("Closed Lost Reason") from deals', 500),
        ("deals in another currency", "select count(*) from deals where Currency != 'EUR'", 50),
        ("open deals", "select count(*) from deals where \"Is Deal Closed?\" = 'false'", 50),
        ("contacts that name a lead", 'select count("Salesforce Lead ID") from people', 150),
        (
            "leads that only an e-mail ties to a contact",
            """
            select count(*) from sf_lead
            inner join people on sf_lead.Email = people.Email and people."Salesforce Lead ID" is null
            """,
            30,
        ),
        (
            "leads under another address than their contact's",
            """
            select count(*) from sf_lead
            inner join people on people."Salesforce Lead ID" = sf_lead.Id and people.Email != sf_lead.Email
            """,
            5,
        ),
        ("leads left in the queue", "select count(*) from sf_lead where OwnerId like '00G%'", 5),
        ("leads converted", "select count(*) from sf_lead where IsConverted = '1'", 50),
        (
            "persons whose lead was converted and who are a lead again",
            "select count(*) from sf_lead where regexp_matches(Id, '^00QDm.*[2-9]...$')",
            1,
        ),
        (
            "entries of history that change no stage",
            "select count(*) from sf_opportunityhistory where StageName = FromOpportunityStageName",
            50,
        ),
        (
            "tasks whose day is not the day they were done",
            "select count(*) from sf_task where ActivityDate::date != CompletedDateTime::date",
            300,
        ),
        ("meetings with a row for each who was invited", "select count(*) from sf_event where IsChild = '1'", 10),
    ],
)
def test_the_story_contains(exports: duckdb.DuckDBPyConnection, what: str, query: str, at_least: int) -> None:
    assert one(exports, query) >= at_least, what


def test_no_deal_is_in_both(exports: duckdb.DuckDBPyConnection) -> None:
    both = """
        select count(*)
        from deals
        inner join sf_opportunity on deals."Record ID"::bigint = substr(sf_opportunity.Id, 6, 10)::bigint
    """
    assert one(exports, both) == 0
    assert one(exports, "select count(*) from sf_opportunity") > 50


def test_every_stream_and_lead_type_wins(exports: duckdb.DuckDBPyConnection) -> None:
    rows = exports.sql("""
        select
            "Business unit",
            case
                when "Original Traffic Source" is distinct from 'Offline Sources' then 'website_form'
                when "Original Traffic Source Drill-Down 1" like 'Event:%' then 'event'
                else 'outbound_prospecting'
            end as lead_type
        from people
        group by all
        having count(entered_customer) > 0
    """).fetchall()
    assert len(rows) == 6


def test_the_rates_are_near_those_agreed(exports: duckdb.DuckDBPyConnection) -> None:
    website = 'from people where "Business unit" = \'Small Business\' and "First Conversion" is not null'
    assert one(exports, f"select count(entered_sql) / count(entered_mql) {website}") == pytest.approx(0.34, abs=0.03)
    assert one(exports, f"select count(entered_opportunity) / count(entered_sql) {website}") == pytest.approx(
        0.82, abs=0.05
    )
    assert one(exports, f"select count(entered_customer) / count(entered_opportunity) {website}") == pytest.approx(
        0.23, abs=0.04
    )


def test_the_last_cohorts_are_immature(exports: duckdb.DuckDBPyConnection) -> None:
    won = "select count(entered_customer) / count(entered_mql) from people where created_at"
    assert one(exports, f"{won} >= '2026-09-01'") < one(exports, f"{won} < '2026-07-01'") / 2


def test_one_rep_is_slow(exports: duckdb.DuckDBPyConnection) -> None:
    slowest = exports.sql("""
        with first_contacts as (
            select
                people."Record ID",
                "Contact owner",
                entered_mql,
                min("Activity date"::timestamp) as contacted_at
            from people
            inner join calls on people."Record ID" = calls."Associated Contact IDs"
            where "Call direction" = 'Outbound' and "Activity date"::timestamp >= entered_mql
                and "Business unit" = 'Small Business'
            group by all
        )
        select "Contact owner"
        from first_contacts
        group by all
        order by median(contacted_at - entered_mql) desc
    """).fetchone()
    assert slowest == ("Tullio Bernasca",)


def test_invoices_sum_to_their_deal(exports: duckdb.DuckDBPyConnection) -> None:
    wrong = """
        select count(*)
        from (from deals where "Is Closed Won" = 'true') as won
        full join (
            select "Associated Deal IDs" as deal_id, sum("Amount billed"::decimal) as billed, count(*) as n
            from invoices
            group by all
        ) as invoiced on won."Record ID" = invoiced.deal_id
        where invoiced.billed is distinct from won.Amount::decimal or invoiced.n > 3
    """
    assert one(exports, wrong) == 0


def test_nothing_happens_after_the_export_or_before_the_lead(exports: duckdb.DuckDBPyConnection) -> None:
    exported = "'2026-10-09 18:00'::timestamp"
    moments = [("people", f"entered_{stage}") for stage in STAGES]
    moments += [(table, '"Activity date"') for table in ("calls", "emails")]
    moments += [
        ("meetings", '"Meeting start time"'),
        ("deals", '"Create Date"'),
        ("invoices", '"Invoice date"'),
    ]
    for table, column in moments:
        assert one(exports, f"select count(*) from {table} where {column}::timestamp > {exported}") == 0, table
    early = """
        select count(*)
        from people
        inner join (from calls select "Activity date", "Associated Contact IDs") as activities
            on people."Record ID" = activities."Associated Contact IDs"
        where activities."Activity date"::timestamp < people.created_at
    """
    assert one(exports, early) == 0
