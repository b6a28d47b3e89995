"""The demo company from export files to pages, by the commands that a user types."""

import os
import subprocess
from collections import Counter, defaultdict
from datetime import date, datetime
from pathlib import Path

import duckdb
import pytest

from orchestration.lib.warehouse.sql import columns_of
from seeds.generator import clock
from seeds.generator.files import Story, make_story
from seeds.generator.salesforce_ids import lead_id
from tests.end_to_end.conftest import COMMAND, Built, build, differences, dump, smarketing

pytestmark = pytest.mark.end_to_end
WITHOUT_UNIT_TESTS = ("--exclude-resource-type", "unit_test")


@pytest.fixture(scope="module")
def story() -> Story:
    return make_story()


def test_the_run_prints_where_everything_is(demo: Built) -> None:
    pages = (
        "site/index.html",
        "site/reviews/2026-Q3.html",
        "site/reviews/2026-H1.html",
        "current/smarketing.duckdb",
    )
    for page in pages:
        assert str(demo.published / page) in demo.output
        assert (demo.published / page).is_file()


def test_every_table_and_column_of_the_copy_is_described(demo: Built) -> None:
    """As comments for BI tools, and in the Parquet files as metadata."""
    tables = demo.query("select schema_name || '.' || table_name, comment from duckdb_tables() where not internal")
    columns = demo.query(
        "select schema_name || '.' || table_name, column_name, comment from duckdb_columns() where not internal"
    )
    described = [text for *_, text in columns if text]
    print(f"{len(described)} of {len(columns)} columns of {len(tables)} tables are described")
    assert all(text and text.startswith("One row") for _, text in tables)
    assert len(described) == len(columns) > 1000
    assert not [text for text in described if "{{" in text]
    files = demo.query(
        "select parse_filename(file_name, true), decode(key), decode(value) from "
        f"parquet_kv_metadata('{demo.copy.parent}/parquet/*.parquet') where decode(key) like 'description%'"
    )
    assert Counter(files) == Counter(
        [(table, "description", text) for table, text in tables]
        + [(table, f"description:{column}", text) for table, column, text in columns]
    )


def test_the_agreement_contains_the_worked_example(demo: Built) -> None:
    forms = "agreement_version = '2025-10' and revenue_stream = 'small_business' and lead_type = 'website_form'"
    needed = demo.query(
        f"select stage, needed, round(lead_value, 1) from marts.dim_target where {forms} order by step_number desc"
    )
    assert needed == [
        ("customer", 250, 128.2),
        ("opportunity", 1087, 128.2),
        ("sql", 1326, 128.2),
        ("mql", 3900, 128.2),
    ]
    arithmetic = demo.query(
        f"select arithmetic from reports.rpt_target_derivation where {forms} order by division_number"
    )
    assert [text for (text,) in arithmetic] == [
        "500,000 / 2,000 = 250",
        "250 / 0.23 = 1,086.96, rounded up",
        "1,087 / 0.82 = 1,325.6, rounded up",
        "1,326 / 0.34 = 3,900",
    ]
    outbound = "revenue_stream = 'small_business' and lead_type = 'outbound_prospecting' and step_number = 1"
    needed = f"select needed, round(lead_value) from marts.dim_target where {outbound} order by agreement_version"
    assert demo.query(needed) == [(2674, 187.0), (2542, 197.0)]


def test_what_is_delivered_and_due_of_the_agreement(demo: Built) -> None:
    """10 June 2026 is the 7th of 21 open days; sales can serve 375 small leads, and September brought more."""
    pace = "select month_to_date_target_amount from marts.fct_lead_delivery_daily where delivery_date = '2026-06-10'"
    of_enterprise_events = "revenue_stream = 'enterprise' and lead_type = 'event'"
    assert demo.query(f"{pace} and {of_enterprise_events}") == [(pytest.approx(1_200_000 * 0.3 / 12 * 7 / 21),)]
    back, again = demo.query("select sum(leads_given_back), sum(leads_not_counted) from marts.fct_lead_delivery_daily")[
        0
    ]
    assert back > 0
    assert again > 0
    over = demo.query(
        "select month_date, delivered_leads > 375 from reports.rpt_sales_capacity "
        "where revenue_stream = 'small_business' and is_over_capacity and month_date < '2026-10-01' order by all"
    )
    assert (date(2026, 9, 1), True) in over
    assert demo.query("select count(distinct month_date) from marts.fct_lead_plan") == [(12,)]


def test_every_row_of_every_file_is_accounted_for(demo: Built) -> None:
    loads = demo.query("select file, status, records, rows_loaded + rows_rejected from marts.fct_loads")
    rooms = [demo.company / room for room in ("exports", "reference")]
    assert len(loads) == sum(path.is_file() for room in rooms for path in room.rglob("*.*"))
    assert all(status == "loaded" and records == accounted for _, status, records, accounted in loads)


def test_every_human_of_the_story_is_counted_once(demo: Built, story: Story) -> None:
    expected = {f"hubspot:{lead.record_id}" for lead in story.leads}
    expected |= {f"salesforce:{lead_id(lead, 1)[:15]}" for lead in story.found_by_sales}
    planted = r"hubspot:99|salesforce:00.Dm00(099|[hH])"
    persons = demo.query(f"select person_id from marts.dim_person where not regexp_matches(person_id, '^({planted})')")
    assert sorted(person for (person,) in persons) == sorted(expected)


def test_every_deal_of_the_story_is_counted_once(demo: Built, story: Story) -> None:
    expected = Counter(
        ("salesforce" if deal.person.is_in_salesforce else "hubspot", deal.won is not None, deal.cents)
        for deal in story.records.deals
    )
    planted = "hubspot:995|salesforce:006Dm00099"
    rows = demo.query(
        "select system, status = 'won', (100 * amount)::integer from marts.fct_opportunities "
        f"where not regexp_matches(opportunity_id, '^({planted})')"
    )
    assert Counter(rows) == expected


def test_first_contact_is_measured_across_two_systems(demo: Built, story: Story) -> None:
    """MQL in HubSpot, first contact in Salesforce: by the story's own times."""
    contacts: dict[str, list[datetime]] = defaultdict(list)
    for one in story.records.activities:
        if one.direction not in ("Inbound", "INCOMING_EMAIL") and one.outcome not in (
            "No Show",
            "Canceled",
        ):
            contacts[one.person.record_id].append(one.at)
    expected = {}
    for lead in story.leads:
        qualified = [at for at, stage in lead.history if stage == "mql"]
        if lead.is_in_salesforce and len(qualified) == 1:
            after = [at for at in contacts[lead.record_id] if at >= qualified[0]]
            minutes = (clock.gmt(min(after)) - clock.gmt(qualified[0])).total_seconds() / 60 if after else None
            expected[f"hubspot:{lead.record_id}#1:first_contact"] = minutes
    assert len(expected) > 150
    ids = ", ".join(f"'{commitment}'" for commitment in expected)
    rows = demo.query(
        f"select commitment_id, elapsed_minutes from marts.fct_commitments where commitment_id in ({ids})"
    )
    assert dict(rows) == expected


def test_nothing_personal_is_published(demo: Built) -> None:
    with duckdb.connect(demo.home / "warehouse.duckdb", read_only=True) as warehouse:
        emails = {
            row[0] for row in warehouse.execute("select email from raw.hubspot__contacts where email != ''").fetchall()
        }
    assert emails
    published = {value for rows in dump(demo.copy).values() for row in rows for value in row if isinstance(value, str)}
    assert not emails & published
    assert not any("@" in value for value in published)


def test_both_teams_are_read_side_by_side(demo: Built) -> None:
    """A quarter of rpt_team_compliance equals what started in its local days, and the measures that end in it."""
    words = ("kept", "missed", "early", "open", "excused")
    shown = demo.query(
        f"""
        select team, commitment, {", ".join(words)}, round(actual_amount / target_amount, 6)
        from reports.rpt_team_compliance_quarter where period_date = '2026-07-01'
        order by all
        """
    )
    day = "if(kind = 'measure', due_at - interval 1 day, started_at)"
    local = f"timezone('Europe/Rome', timezone('UTC', {day}))"
    counted = demo.query(
        f"""
        select team, commitment, {", ".join(f"count(*) filter (where status = '{word}')" for word in words)},
            case when kind = 'lead_value' then round(sum(actual) / sum(target), 6) end
        from marts.fct_commitments where {local} >= '2026-07-01' and {local} < '2026-10-01'
            and (kind <> 'measure' or (owner_id is null and lead_type is null))
        group by team, commitment, kind order by all
        """
    )
    assert shown == counted
    assert {row[0] for row in shown} == {"marketing", "sales"}
    assert {"first_contact (enterprise)", "acceptance", "win_rate", "lead_value", "accepted_leads"} < {
        row[1] for row in shown
    }


def test_what_is_over_in_one_lead_type_pays_for_no_other(demo: Built) -> None:
    """Of each month, from the deliveries of its days."""
    rounded = "select {}, round(sum({}), 2) from {} group by 1 order by 1"
    parts = """(
        select month_date, least(sum(delivered_amount), max(month_target_amount)) as counted
        from marts.fct_lead_delivery_daily
        group by month_date, revenue_stream, lead_type
    )"""
    shown = demo.query(rounded.format("period_date", "counted_amount", "reports.rpt_team_compliance"))
    assert [row for row in shown if row[1] is not None] == demo.query(rounded.format("month_date", "counted", parts))


def test_parquet_holds_the_same_as_the_copy(demo: Built) -> None:
    with duckdb.connect(demo.copy, read_only=True) as connection:
        names = connection.execute("select schema_name, table_name from duckdb_tables()").fetchall()
        assert len(names) > 100
        for kept in map(".".join, names):
            files = f"read_parquet('{demo.copy.parent}/parquet/{kept}.parquet')"
            assert columns_of(connection, f"from {files}") == columns_of(connection, kept)
            differ = f"(from {kept} except all from {files}) union all (from {files} except all from {kept})"
            assert connection.execute(differ).fetchall() == []


@pytest.mark.campaign
def test_a_second_run_changes_nothing(demo_copy: Built) -> None:
    before = dump(demo_copy.copy)
    again = build(demo_copy.company, demo_copy.home)
    assert differences(before, dump(again.copy)) == {}


def test_an_older_period_can_be_reviewed(demo_copy: Built) -> None:
    result = smarketing("review", "2026-Q1", "--company", demo_copy.company, "--home", demo_copy.home)
    assert result.returncode == 0, result.stderr
    page = (demo_copy.site / "reviews" / "2026-Q1.html").read_text()
    assert "Deals close in half the time that we assumed" in page, "what was decided on it"
    too_early = smarketing("review", "2026-Q4", "--company", demo_copy.company, "--home", demo_copy.home)
    assert too_early.returncode == 2
    assert "2026-Q3" in too_early.stderr


@pytest.mark.slow
@pytest.mark.parametrize("less", [WITHOUT_UNIT_TESTS, pytest.param((), marks=pytest.mark.campaign, id="all")])
def test_dbt_build_works_by_itself_and_nulls_may_come_first(few_copy: Built, less: tuple[str, ...]) -> None:
    """All nodes but unit tests, or all, under the other rule of where nulls sort; every table stays as it was."""
    dbt = str(Path(COMMAND[0]).parent / "dbt")
    command = [dbt, "build", "--target", "nulls_first", *less]
    environment = {"PATH": os.environ["PATH"]}
    warehouse, project = few_copy.home / "warehouse.duckdb", few_copy.home / "project"
    before = dump(warehouse)
    result = subprocess.run(command, cwd=project, env=environment, capture_output=True, text=True)
    assert result.returncode == 0, result.stdout[-3000:]
    assert "Completed successfully" in result.stdout
    assert " 0 error" in result.stdout.lower() or "ERROR=0" in result.stdout
    assert differences(before, dump(warehouse)) == {}
