"""Dates without a time, hours over midnight, files that end early: what a company that writes in another zone gets.

HubSpot writes in New York's time and the company is in Rome, so a day that were read as a midnight there would move.
"""

from datetime import date, datetime
from pathlib import Path

import pytest

from tests.end_to_end.conftest import Built, build, smarketing
from tests.end_to_end.small_company import AGREEMENT, write_company

pytestmark = pytest.mark.slow

SYSTEMS = {"systems": "system,time_zone,date_order,decimal_mark\nhubspot,America/New_York,,\n"}
CONTACTS = (
    "Record ID,First Name,Last Name,Email,Create Date,Lifecycle Stage,Contact owner,Country/Region,Business unit,"
    'Original Traffic Source,"Date entered ""Lead (Lifecycle Stage Pipeline)""",'
    '"Date entered ""Marketing Qualified Lead (Lifecycle Stage Pipeline)"""\n'
)
CALLS = "Record ID,Activity date,Create date,Call direction,Call outcome,Activity assigned to,Associated Contact IDs\n"
# id: created, MQL, called; on the clock of New York, which is six hours behind Rome's until 7 March and from 29 March.
LEADS = {
    "day": ("2026-03-03", "2026-03-03", "2026-03-03"),
    "call": ("2026-03-03 08:00", "2026-03-03 10:00", "2026-03-03"),
    "open": ("2026-03-03", "2026-03-03", ""),
    "late": ("2026-03-03", "2026-03-03", "2026-03-05"),
    "midnight": ("2026-03-03 08:00", "2026-03-03 18:00", "2026-03-03 18:30"),
    "written": ("2026-03-03 08:00", "2026-03-04 00:00", "2026-03-04 00:30"),
    "evening": ("2026-05-05 03:00", "2026-05-05 15:00", "2026-05-05 17:00"),
    "weekend": ("2026-05-08 03:00", "2026-05-09 16:30", "2026-05-11 13:30"),
    "across": ("2026-05-04 03:00", "2026-05-04 17:00", "2026-05-04 19:00"),
}
NIGHT = """\
calendars:
  night:
    time_zone: Europe/Rome
    hours:
      monday: ["18:30-24:00"]
      tuesday: ["00:00-03:30", "18:30-24:00"]
      saturday: ["00:00-03:30", "18:30-24:00"]
"""
# The same hours, those over midnight in one entry.
NIGHT += """\
  one_entry:
    time_zone: Europe/Rome
    hours:
      monday: ["18:30-03:30"]
      tuesday: ["18:30-24:00"]
      saturday: ["00:00-03:30", "18:30-00:00"]
"""
EVENING = """\
commitments:
  one_entry_call:
    team: sales
    kind: clock
    starts_at: mql
    within: 24h
    clock: business
    calendar: one_entry
    counts: [call]
    target_rate: 1
  evening_call:
    team: sales
    kind: clock
    starts_at: mql
    within: 24h
    clock: business
    calendar: night
    counts: [call]
    target_rate: 1
  quick_call:
    team: sales
    kind: clock
    starts_at: mql
    within: 4h
    clock: calendar
    calendar: office
    counts: [call]
    target_rate: 0.6
"""


def exports() -> dict[str, str]:
    contacts, calls = CONTACTS, CALLS
    for number, (name, (created, mql, called)) in enumerate(LEADS.items()):
        row = f"{name},Lea,{name},{name}@acme-{number}.example,{created},Marketing Qualified Lead,Elio Marzo,Italy,Main"
        contacts += f"{row},Organic Search,{created},{mql}\n"
        if called:
            calls += f"c{number},{called},{called},Outbound,Connected,Elio Marzo,{name}\n"
    # Sales goes on in July, and no file has a lead after May.
    calls += "c99,2026-07-20 10:00,2026-07-20 10:01,Outbound,Connected,Elio Marzo,weekend\n"
    return {"hubspot/contacts.csv": contacts, "hubspot/calls.csv": calls}


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory) -> Built:
    folder = tmp_path_factory.mktemp("clock")
    agreement = AGREEMENT.replace("calendars:\n", NIGHT).replace("commitments:\n", EVENING)
    return build(write_company(folder / "acme", exports(), SYSTEMS, agreement), folder / "home")


@pytest.fixture(scope="module")
def clocks(built: Built) -> dict[str, tuple]:
    rows = built.query(
        "select split_part(split_part(journey_id, ':', 2), '#', 1), started_date, due_at, elapsed_minutes, status "
        "from marts.fct_commitments where commitment = 'first_contact'"
    )
    return {name: rest for name, *rest in rows}  # type: ignore[misc]


def test_a_bare_date_is_that_day_where_the_company_is(clocks: dict[str, tuple]) -> None:
    for name in ("day", "open", "late"):
        assert clocks[name][0] == date(2026, 3, 3), name
        # A day that begins at 23:00 UTC and may end the next, from where 24 hours run.
        assert clocks[name][1] == datetime(2026, 3, 4, 23), name


def test_of_a_bare_date_there_are_no_minutes(clocks: dict[str, tuple]) -> None:
    assert {name: clocks[name][2:] for name in ("day", "call", "open", "late")} == {
        "day": [None, "kept"],
        "call": [None, "kept"],
        "open": [None, "missed"],
        "late": [None, "missed"],
    }


def test_a_promise_of_hours_is_not_decided_by_days(built: Built) -> None:
    rows = built.query(
        "select split_part(split_part(journey_id, ':', 2), '#', 1), status, status_reason "
        "from marts.fct_commitments where commitment = 'quick_call' and month_date = '2026-03-01'"
    )
    assert {name: rest for name, *rest in rows} == {
        # Called on the day of the MQL, both of an unknown time; or called at one, of an MQL at 16:00 in Rome.
        "day": ["not_evaluated", "date without a time"],
        "call": ["not_evaluated", "date without a time"],
        # No time of the days would keep these.
        "open": ["missed", "no contact"],
        "late": ["missed", "late"],
        "midnight": ["kept", "in time"],
        "written": ["kept", "in time"],
    }


def test_what_days_do_not_decide_is_in_the_bounds_of_the_share(built: Built) -> None:
    figures = "kept, missed, not_evaluated, attainment, attainment_low, attainment_high"
    march = "commitment = 'quick_call' and period_date = '2026-03-01'"
    for table in ("rpt_team_compliance", "rpt_sla_compliance_month"):
        rows = built.query(f"select {figures}, is_final from reports.{table} where {march}")
        assert rows == [(2, 2, 2, 0.5, pytest.approx(2 / 6), pytest.approx(4 / 6), False)], table
    status = built.query(f"select status, withheld_reason from reports.rpt_team_compliance where {march}")
    assert status == [("withheld", "dates without a time leave it undecided")]
    for place in ("scorecard/promises.html", "scorecard/2026-03.html"):
        page = (built.site / place).read_text()
        assert "not evaluated: dates without a time leave it undecided" in page, place
        assert "2 not known: a date without a time" in page, place


def test_nobody_has_missed_what_days_do_not_decide(built: Built) -> None:
    overdue = "select distinct status from reports.rpt_open_clocks where journey_id = 'hubspot:day#1'"
    assert built.query(overdue) == []
    events = "select event from marts.fct_notifications where journey_id = 'hubspot:day#1' and event like '%breach%'"
    assert built.query(events) == []


def test_midnight_is_a_time_where_it_is_given(clocks: dict[str, tuple]) -> None:
    # 18:00 in New York is midnight in Rome; 00:00 was written as a time there.
    assert clocks["midnight"][0] == date(2026, 3, 4)
    assert clocks["midnight"][2] == pytest.approx(30)
    assert clocks["written"][2] == pytest.approx(30)


@pytest.mark.parametrize("commitment", ["evening_call", "one_entry_call"])
def test_business_minutes_over_midnight_are_whole(built: Built, commitment: str) -> None:
    minutes = dict(
        built.query(
            "select split_part(split_part(journey_id, ':', 2), '#', 1), elapsed_business_minutes "
            f"from marts.fct_commitments where commitment = '{commitment}'"
        )
    )
    assert minutes["evening"] == pytest.approx(120)  # 21:00 to 23:00 in Rome
    assert minutes["weekend"] == pytest.approx(150)  # 22:30 until midnight of Saturday, Monday from 18:30 to 19:30
    assert minutes["across"] == pytest.approx(120)  # Monday 23:00 to Tuesday 01:00


def test_a_month_that_the_files_with_leads_do_not_reach_is_not_missed(built: Built) -> None:
    months = "select month_date::varchar, status, status_reason from marts.fct_commitments where kind = 'lead_value'"
    found = {month: rest for month, *rest in built.query(months)}
    assert found["2026-05-01"] == ["missed", "under"]
    assert found["2026-06-01"] == ["open", "not known yet"]
    teams = "select status, withheld_reason from reports.rpt_team_compliance where kind = 'lead_value'"
    june = built.query(f"{teams} and period_date = '2026-06-01'")
    assert june == [("withheld", "the files with leads end before it does")]


def test_quarters_are_those_of_the_fiscal_year(built: Built) -> None:
    tables = {
        "reports.rpt_team_compliance_quarter": "period_date",
        "reports.rpt_sla_compliance_quarter": "period_date",
        "marts.fct_lead_delivery_daily": "quarter_date",
    }
    for table, column in tables.items():
        months = {month for (month,) in built.query(f"select distinct month({column}) from {table}")}
        assert months, table
        assert months <= {2, 5, 8, 11}, table


@pytest.mark.campaign
def test_files_without_rows_publish_nothing(built: Built, tmp_path: Path) -> None:
    heads = {"hubspot/contacts.csv": CONTACTS, "hubspot/users.csv": "User ID,First name,Last name,Email\n"}
    company, home = write_company(tmp_path / "acme", heads), tmp_path / "home"
    result = smarketing("run", "--company", company, "--home", home)
    assert result.returncode == 2, result.stdout + result.stderr
    assert "no copy exists yet. No record with a date was read, so there is nothing to publish" in result.stderr
    assert not (home / "published" / "current").exists()


def test_a_run_without_files_leaves_the_published_copy(built: Built, tmp_path: Path) -> None:
    before = built.copy.resolve()
    (built.company / "exports" / "hubspot").rename(tmp_path / "elsewhere")
    result = smarketing("run", "--company", built.company, "--home", built.home)
    assert result.returncode == 2
    assert "there is no file that a system reads" in result.stderr
    assert "exports/hubspot/*contacts*" in result.stderr
    assert built.copy.resolve() == before
