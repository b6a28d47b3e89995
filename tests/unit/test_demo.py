"""The demo company's exports: they are what the generator makes, and their story holds the hard cases.

What ingestion and staging make of these files is told by their own tests.
"""

from pathlib import Path

import duckdb
import pytest

from orchestration.lib.demo import generate
from orchestration.lib.demo.files import HEADERS, STAGES

EXPORTS = Path(__file__).parents[2] / "seeds" / "exports"


@pytest.fixture(scope="module")
def exports() -> duckdb.DuckDBPyConnection:
    """One table a file: contacts, deals, ...; all text, empty cells null; stages as entered_<stage>."""
    connection = duckdb.connect()
    for path in HEADERS:
        file = f"read_csv('{EXPORTS / path}', header = true, all_varchar = true)"
        connection.sql(f"create table {Path(path).stem} as from {file}")
    dates = ", ".join(
        f'"Date entered ""{label} (Lifecycle Stage Pipeline)"""::timestamp as entered_{stage}'
        for stage, label in STAGES.items()
    )
    connection.sql(f'create view people as select *, "Create Date"::timestamp as created_at, {dates} from contacts')
    return connection


def one(exports: duckdb.DuckDBPyConnection, query: str) -> float:
    row = exports.sql(query).fetchone()
    assert row is not None
    return row[0]


def test_the_committed_files_are_the_generated_ones(tmp_path: Path) -> None:
    generate(tmp_path)
    committed = sorted(path.relative_to(EXPORTS) for path in EXPORTS.rglob("*.csv"))
    assert committed == sorted(path.relative_to(tmp_path) for path in tmp_path.rglob("*.csv"))
    for path in committed:
        assert (EXPORTS / path).read_bytes() == (tmp_path / path).read_bytes(), f"{path}: regenerate seeds/exports"


def test_another_seed_is_another_year(tmp_path: Path) -> None:
    generate(tmp_path, seed=1)
    assert (tmp_path / "hubspot/deals.csv").read_bytes() != (EXPORTS / "hubspot/deals.csv").read_bytes()


def test_the_files_stay_small() -> None:
    assert sum(path.stat().st_size for path in EXPORTS.rglob("*.csv")) < 4_500_000


@pytest.mark.parametrize("path", HEADERS)
def test_ids_are_unique(exports: duckdb.DuckDBPyConnection, path: str) -> None:
    key = "Day, Platform, Campaign" if path.startswith("ads/") else f'"{HEADERS[path][0]}"'
    assert one(exports, f"select count(*) - count(distinct ({key})) from {Path(path).stem}") == 0


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
            "recycled leads that came back and won",
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
    ],
)
def test_the_story_holds(exports: duckdb.DuckDBPyConnection, what: str, query: str, at_least: int) -> None:
    assert one(exports, query) >= at_least, what


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


def test_all_addresses_are_reserved_examples(exports: duckdb.DuckDBPyConnection) -> None:
    emails = "(select Email from contacts union all select Email from users)"
    assert one(exports, f"select count(*) from {emails} where Email !~ '.*@[a-z.-]*example\\.(com|net|org)'") == 0
    assert one(exports, "select count(*) from contacts where regexp_matches(Email, '[^a-z0-9@.-]')") == 0
