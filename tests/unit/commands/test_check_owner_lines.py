"""`smarketing check` lists the absences and the calendars of owners that a build would not use, and ends well."""

from datetime import date
from pathlib import Path

import pytest

from orchestration.lib.agreement.reading import read_agreements
from orchestration.lib.inspection.owner_lines import OwnerLine, calendar_faults
from tests.conftest import AGREEMENT
from tests.unit.commands.companies import make_company, smarketing, write

ABSENCES = """\
owner,first_day,last_day,covered_by
Elio Marzo,2026-08-03,2026-08-21,Bea Roth
Bea Roth,2026-08-22,2026-08-30,elio@acme.example
elio marzo,2026-08-21,2026-08-25,
Bea Roth,2026-09-02,2026-09-01,
Cy Fox,2026-09-07,2026-09-08,cy fox
Dee Kerr,2026-08-30,2026-09-07,Bea Roth
,2026-09-07,2026-09-08,
"""
OWNERS = """\
owner_name,system,alias,calendar,valid_from,valid_to
Elio Marzo,,e1,office,,2026-06-01
Elio Marzo,,e2,nights,2026-06-01,
Elio Marzo,,e3,office,2026-07-01,2026-07-02
Bea Roth,,b1,,,
Bea Roth,,b2,office,,
"""


@pytest.mark.long
def test_lines_that_a_build_would_not_use_are_listed(tmp_path: Path) -> None:
    company = make_company(tmp_path / "acme")
    write(company, {"reference/absences.csv": ABSENCES.rpartition(",2026-09-07")[0], "reference/owners.csv": OWNERS})
    result = smarketing("check", "--company", company)
    assert result.exit_code == 0, result.stdout
    found = [line.strip() for line in result.stdout.splitlines() if "absences.csv line" in line or "owners.csv" in line]
    assert found == [
        "! reference/absences.csv line 4: the owner is absent on some of these days in absences.csv line 2 already; "
        "correct the days, or remove one row",
        "! reference/absences.csv line 5: last_day 2026-09-01 is before first_day 2026-09-02; correct one of the two",
        "! reference/absences.csv line 6: covered_by names the absent owner; name another one, or nobody",
        "! reference/absences.csv line 7: covered_by names somebody who is absent on some of these days, in "
        "absences.csv line 3; name another one, or write those days as a row of their own",
        "! reference/owners.csv line 3: calendar nights is not in version 2026-01 of the agreement, whose clocks use "
        "the calendar of the commitment instead; write one of its calendars (office), or the day on which the line "
        "ends",
        "! reference/owners.csv line 4: the owner has another calendar on some of these days in owners.csv line 3; "
        "write the same, or correct the days",
    ]


@pytest.mark.long
def test_a_line_without_an_owner_is_refused(tmp_path: Path) -> None:
    company = make_company(tmp_path / "acme")
    write(company, {"reference/absences.csv": ABSENCES})
    result = smarketing("check", "--company", company)
    assert result.exit_code == 2, result.stdout
    assert "x reference/absences.csv: 1 row(s) rejected, first at line 8: column owner" in result.stdout


# The days of a line, and the version in whose calendars its own must be.
DAYS = [
    (date.min, date.max, "2026-07"),
    (date.min, date(2026, 6, 30), "2026-01"),
    (date(2026, 6, 30), date(2026, 7, 1), "2026-07"),
    # Before the first version no clock runs; the version of later days is not in force yet.
    (date.min, date(2025, 12, 31), None),
    (date(2027, 1, 1), date.max, None),
]


@pytest.mark.parametrize(("first", "last", "version"), DAYS, ids=str)
def test_the_last_version_of_its_days_must_have_a_calendar(
    tmp_path: Path, first: date, last: date, version: str | None
) -> None:
    (tmp_path / "a.yml").write_text(AGREEMENT)
    for name, day in (("2026-07", "2026-07-01"), ("2027-01", "2027-01-01")):
        text = AGREEMENT.replace('"2026-01"', f'"{name}"').replace("from: 2026-01-01", f"from: {day}")
        (tmp_path / f"{name}.yml").write_text(text)
    lines = [OwnerLine("o.csv", 2, "Ann", first, last, "nights")]
    found = list(calendar_faults(lines, read_agreements(tmp_path), date(2026, 12, 31)))
    assert [f"is not in version {version} of the agreement" in each for each in found] == [True] * (version is not None)
