"""Absences and cover, from reference/absences.csv to whose time the clocks ran, against hours counted by hand."""

import csv
from pathlib import Path

import pytest

from tests.end_to_end.conftest import Built, build, smarketing
from tests.end_to_end.small_company import AGREEMENT, ASSIGNED_CONTACTS, TWO_OWNERS, write_company

pytestmark = [pytest.mark.end_to_end, pytest.mark.campaign]
CONTACTS = (
    ASSIGNED_CONTACTS,
    "1,one@a.example,2026-05-04 09:00,Marketing Qualified Lead,Elio Marzo,2026-05-04 09:30,Organic Search,"
    "2026-05-04 09:00,2026-05-04 10:00",
    "2,two@b.example,2026-05-11 09:00,Marketing Qualified Lead,Bea Roth,2026-05-11 12:00,Organic Search,"
    "2026-05-11 09:00,2026-05-11 10:00\n",
)
EXPORTS = {
    "hubspot/users.csv": TWO_OWNERS,
    # Each became an MQL at 10:00 in Rome; the second had no owner until noon.
    "hubspot/contacts.csv": "\n".join(CONTACTS),
    "hubspot/calls.csv": """\
Record ID,Activity date,Create date,Call direction,Call outcome,Activity assigned to,Associated Contact IDs
81,2026-05-06 10:00,2026-05-06 10:00,Outbound,Connected,Elio Marzo,1
82,2026-05-12 09:00,2026-05-12 09:00,Outbound,Connected,Bea Roth,2
83,2026-05-29 09:00,2026-05-29 09:00,Outbound,Connected,Bea Roth,2
""",
}
ABSENCES = """\
owner,first_day,last_day,covered_by
elio marzo,2026-05-05,2026-05-05,bea@acme.example
2,2026-05-11,2026-05-11,
Nobody Here,2026-05-11,2026-05-12,
Elio Marzo,2026-06-02,2026-06-01,
"""


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory) -> Built:
    folder: Path = tmp_path_factory.mktemp("absences")
    agreement = AGREEMENT.replace("    counts: [call", "    absence: covered_by\n    counts: [call")
    return build(write_company(folder / "acme", EXPORTS, {"absences": ABSENCES}, agreement), folder / "home")


@pytest.fixture(scope="module")
def paused(tmp_path_factory: pytest.TempPathFactory) -> Built:
    """The same company, whose clocks stand still instead."""
    folder: Path = tmp_path_factory.mktemp("pauses")
    agreement = AGREEMENT.replace("    counts: [call", "    absence: pauses\n    counts: [call")
    agreement = agreement.replace('version: "2025-01"', "version: paused")
    return build(write_company(folder / "acme", EXPORTS, {"absences": ABSENCES}, agreement), folder / "home")


def test_the_time_of_an_absence_is_that_of_the_cover_or_of_nobody(built: Built) -> None:
    found = built.query("""
        select fct_clock_owners.journey_id[9:9], time_of, owner_name, held_minutes / 60, status
        from marts.fct_clock_owners
        inner join marts.fct_commitments using (commitment_id)
        left join marts.dim_owner on fct_clock_owners.owner_id = dim_owner.owner_id
        order by 1, 2
    """)
    assert found == [
        # From Monday 10:00 to Wednesday 10:00, Tuesday covered: late all the same.
        ("1", "cover", "Bea Roth", 24, "missed"),
        ("1", "owner", "Elio Marzo", 24, "missed"),
        # From noon to midnight nobody stood in; called within the 24 hours.
        ("2", "absent", "Bea Roth", 12, "kept"),
        ("2", "owner", "Bea Roth", 9, "kept"),
        ("2", "system", None, 2, "kept"),
    ]


def test_the_scorecard_has_the_same_time(built: Built) -> None:
    [row] = built.query("""
        select clocks, owner_hours, cover_hours, absent_hours, system_hours, unknown_hours
        from reports.rpt_clock_time where scope = 'team'
    """)
    assert row == (2, 33, 24, 12, 2, 0)


def test_rows_that_cannot_be_used_are_named_with_their_line(built: Built) -> None:
    reasons = built.query("""
        select reason from reports.rpt_data_quality_issues where guard = 'known_absences' order by 1
    """)
    assert reasons == [
        (
            "reference/absences.csv line 4: owner names nobody whom the data know as an owner; write the name, e-mail "
            "or id that they have",
        ),
        ("reference/absences.csv line 5: last_day 2026-06-01 is before first_day 2026-06-02; correct one of the two",),
    ]


def test_a_clock_that_pauses_falls_due_later_and_took_less(paused: Built) -> None:
    found = paused.query("""
        select fct_commitments.journey_id[9:9], strftime(due_at, '%d %H:%M'), elapsed_minutes / 60, status, time_of,
            held_minutes / 60
        from marts.fct_commitments
        inner join marts.fct_clock_owners using (commitment_id)
        order by 1, 5
    """)
    assert found == [
        # A day later than Tuesday 10:00 in Rome, and called in that minute.
        ("1", "06 08:00", 24, "kept", "owner", 24),
        # Bea Roth was away from noon, when the lead became hers, to midnight: 12 hours later.
        ("2", "12 20:00", 11, "kept", "owner", 9),
        ("2", "12 20:00", 11, "kept", "system", 2),
    ]


def test_a_comparison_of_both_is_a_rebuild_under_each(built: Built, paused: Built) -> None:
    draft = next((paused.company / "agreements").iterdir())
    result = smarketing(
        "compare", "2025-01", draft, "--period", "2026-Q2", "--company", built.company, "--home", built.home
    )
    assert result.returncode == 0, result.stdout + result.stderr
    assert "commitments.first_contact.absence" in result.stdout
    with (built.site / "comparisons" / "2025-01-paused-2026-Q2.csv").open(newline="") as file:
        rows = [row for row in csv.DictReader(file) if row["subject"] == "sales, first_contact"]
    for company, column, kept in ((built, "first_value", 1), (paused, "second_value", 2)):
        reported = {row["figure"]: float(row[column]) for row in rows if row["figure"] in ("kept", "missed")}
        statuses = company.query("select status from marts.fct_commitments where commitment = 'first_contact'")
        assert reported == {status: statuses.count((status,)) for status in ("kept", "missed")}
        assert reported["kept"] == kept
