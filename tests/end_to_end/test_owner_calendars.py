"""Calendars of owners, from reference/owners.csv to when their clocks fall due, against hours counted by hand."""

import csv
from pathlib import Path

import pytest

from tests.end_to_end.conftest import Built, build, smarketing
from tests.end_to_end.small_company import AGREEMENT, ASSIGNED_CONTACTS, TWO_OWNERS, write_company

pytestmark = [pytest.mark.end_to_end, pytest.mark.campaign]
CONTACTS = (
    ASSIGNED_CONTACTS,
    "1,one@a.example,2026-05-04 09:00,Marketing Qualified Lead,Bea Roth,2026-05-04 09:30,Organic Search,"
    "2026-05-04 09:00,2026-05-04 10:00",
    "2,two@b.example,2026-05-11 09:00,Marketing Qualified Lead,Elio Marzo,2026-05-11 09:30,Organic Search,"
    "2026-05-11 09:00,2026-05-11 10:00",
    "3,three@c.example,2026-05-18 09:00,Marketing Qualified Lead,Bea Roth,2026-05-18 12:00,Organic Search,"
    "2026-05-18 09:00,2026-05-18 10:00\n",
)
EXPORTS = {
    "hubspot/users.csv": TWO_OWNERS,
    # Each became an MQL on a Monday at 10:00 in Rome; the third had no owner until noon.
    "hubspot/contacts.csv": "\n".join(CONTACTS),
    "hubspot/calls.csv": """\
Record ID,Activity date,Create date,Call direction,Call outcome,Activity assigned to,Associated Contact IDs
81,2026-05-05 11:30,2026-05-05 11:30,Outbound,Connected,Bea Roth,1
82,2026-05-11 15:00,2026-05-11 15:00,Outbound,Connected,Elio Marzo,2
83,2026-05-19 11:30,2026-05-19 11:30,Outbound,Connected,Bea Roth,3
""",
}
OWNERS = """\
owner_name,system,alias,team_label,calendar,valid_from,valid_to
Bea Roth,,bea@acme.example,Sales,lisbon,,
Elio Marzo,,elio@acme.example,Sales,rome,,
Gone Away,,gone@acme.example,Sales,lisbon,,
"""
# Mornings in Lisbon: 09:00 to 13:00 in Rome, where the office is open on Mondays and Tuesdays from 09:00 to 18:00.
LISBON = """
  lisbon:
    time_zone: Europe/Lisbon
    hours: {monday: ["08:00-12:00"], tuesday: ["08:00-12:00"], wednesday: ["08:00-12:00"]}
commitments:"""
BUSINESS = AGREEMENT.replace("    within: 24h\n    clock: calendar\n", "    within: 6h\n    clock: business\n").replace(
    "    kind: clock\n", "    kind: clock\n    name: Call first\n"
)


@pytest.fixture(scope="module")
def plain(tmp_path_factory: pytest.TempPathFactory) -> Built:
    folder: Path = tmp_path_factory.mktemp("plain")
    agreement = BUSINESS.replace("\ncommitments:", LISBON)
    return build(write_company(folder / "acme", EXPORTS, {"owners": OWNERS}, agreement), folder / "home")


@pytest.fixture(scope="module")
def owned(tmp_path_factory: pytest.TempPathFactory) -> Built:
    """The same company, whose clocks run on the calendar of the owner."""
    folder: Path = tmp_path_factory.mktemp("owned")
    agreement = BUSINESS.replace("\ncommitments:", LISBON).replace('version: "2025-01"', "version: owned")
    agreement = agreement.replace("    counts: [call", "    calendar_of: owner\n    counts: [call")
    return build(write_company(folder / "acme", EXPORTS, {"owners": OWNERS}, agreement), folder / "home")


CLOCKS = """
    select journey_id[9:9], calendar, strftime(due_at, '%d %H:%M'), elapsed_minutes / 60, elapsed_business_minutes / 60,
        status
    from marts.fct_commitments where commitment = 'first_contact' order by 1
"""


def test_a_clock_runs_on_the_calendar_of_who_had_the_lead_when_it_started(plain: Built, owned: Built) -> None:
    assert plain.query(CLOCKS) == [
        ("1", "office", "04 14:00", 25.5, 10.5, "missed"),
        ("2", "office", "11 14:00", 5, 5, "kept"),
        ("3", "office", "18 14:00", 25.5, 10.5, "missed"),
    ]
    assert owned.query(CLOCKS) == [
        # Three hours until 13:00 in Rome, and three on Tuesday from 09:00.
        ("1", "lisbon", "05 10:00", 25.5, 5.5, "kept"),
        # The owner's own calendar is not in the agreement.
        ("2", "office", "11 14:00", 5, 5, "kept"),
        # Nobody had it when it started.
        ("3", "office", "18 14:00", 25.5, 10.5, "missed"),
    ]


def test_every_table_shows_the_calendar_and_its_minutes(owned: Built) -> None:
    compared = owned.query("""
        select journey_id[9:9], clock_start, calendar, contact_business_minutes / 60 from marts.fct_response_times
        where clock_start in ('created', 'mql') order by 1, 2
    """)
    assert compared == [
        ("1", "created", "lisbon", 6.5),
        ("1", "mql", "lisbon", 5.5),
        ("2", "created", "office", 6),
        ("2", "mql", "office", 5),
        ("3", "created", "office", 11.5),
        ("3", "mql", "office", 10.5),
    ]
    held = owned.query("""
        select journey_id[9:9], time_of, calendar, held_business_minutes / 60 from marts.fct_clock_owners order by 1, 2
    """)
    assert held == [
        ("1", "owner", "lisbon", 5.5),
        ("2", "owner", "office", 5),
        ("3", "owner", "office", 8.5),
        ("3", "system", "office", 2),
    ]


def test_lines_that_cannot_be_used_are_named(owned: Built) -> None:
    reasons = owned.query("""
        select reason from reports.rpt_data_quality_issues where guard = 'known_calendars' order by 1
    """)
    assert reasons == [
        (
            "reference/owners.csv line 3: calendar rome is not in version owned of the agreement, whose clocks use the "
            "calendar of the commitment instead; write one of its calendars, or the day on which the line ends",
        ),
        (
            "reference/owners.csv line 4: no record has this owner; write as alias the id, e-mail or name that a "
            "system has for them",
        ),
    ]


def test_a_comparison_of_both_is_a_rebuild_under_each(plain: Built, owned: Built) -> None:
    draft = next((owned.company / "agreements").iterdir())
    result = smarketing(
        "compare", "2025-01", draft, "--period", "2026-Q2", "--company", plain.company, "--home", plain.home
    )
    assert result.returncode == 0, result.stdout + result.stderr
    assert "commitments.first_contact.calendar_of" in result.stdout
    with (plain.site / "comparisons" / "2025-01-owned-2026-Q2.csv").open(newline="") as file:
        reader = list(csv.DictReader(file))
    names = {row["subject"]: row["subject_name"] for row in reader}
    assert names["main, website_form, mql"] == "Main, website form, MQL"
    assert names["sales, first_contact"] == "sales, Call first"
    rows = [row for row in reader if row["subject"] == "sales, first_contact"]
    for company, column, kept in ((plain, "first_value", 1), (owned, "second_value", 2)):
        reported = {row["figure"]: float(row[column]) for row in rows if row["figure"] in ("kept", "missed")}
        statuses = company.query("select status from marts.fct_commitments where commitment = 'first_contact'")
        assert reported == {status: statuses.count((status,)) for status in ("kept", "missed")}
        assert reported["kept"] == kept
