"""Periods of whole months, and the names by which people call them."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from orchestration.lib.periods import Cycle, Period, PeriodError, parse_period


@pytest.mark.parametrize(
    ("name", "kind", "starts", "ends"),
    [
        ("2026-Q1", "quarter", date(2026, 1, 1), date(2026, 4, 1)),
        ("2026-Q3", "quarter", date(2026, 7, 1), date(2026, 10, 1)),
        ("2026-Q4", "quarter", date(2026, 10, 1), date(2027, 1, 1)),
        ("2026-H1", "half_year", date(2026, 1, 1), date(2026, 7, 1)),
        ("2026-H2", "half_year", date(2026, 7, 1), date(2027, 1, 1)),
        ("2026-02", "month", date(2026, 2, 1), date(2026, 3, 1)),
        ("2026-12", "month", date(2026, 12, 1), date(2027, 1, 1)),
        ("2025-12-01..2026-02-28", "months", date(2025, 12, 1), date(2026, 3, 1)),
        ("2026-02-01..2026-07-31", "months", date(2026, 2, 1), date(2026, 8, 1)),
        ("2026-01-01..2027-12-31", "months", date(2026, 1, 1), date(2028, 1, 1)),
    ],
)
def test_periods(name: str, kind: str, starts: date, ends: date) -> None:
    period = parse_period(name)
    assert (period.kind, period.starts, period.ends, period.name) == (kind, starts, ends, name)


def test_two_names_of_one_period() -> None:
    assert parse_period("2026-07-01..2026-09-30") == parse_period("2026-Q3")
    assert parse_period("2024-02-01..2024-02-29").name == "2024-02"


@pytest.mark.parametrize(
    ("name", "fiscal_start", "starts", "ends"),
    [
        ("2026-Q1", 4, date(2026, 4, 1), date(2026, 7, 1)),
        ("2026-Q4", 4, date(2027, 1, 1), date(2027, 4, 1)),
        ("2026-H2", 4, date(2026, 10, 1), date(2027, 4, 1)),
        ("2025-Q4", 12, date(2026, 9, 1), date(2026, 12, 1)),
        ("2026-Q1", 2, date(2026, 2, 1), date(2026, 5, 1)),
        ("2026-01", 4, date(2026, 1, 1), date(2026, 2, 1)),
    ],
)
def test_quarters_and_half_years_are_of_the_fiscal_year(name: str, fiscal_start: int, starts: date, ends: date) -> None:
    period = parse_period(name, fiscal_start)
    assert (period.starts, period.ends, period.name) == (starts, ends, name)


def test_a_quarter_of_the_calendar_is_not_one_of_another_fiscal_year() -> None:
    assert Period(date(2026, 4, 1), 3, 2).kind == "months"
    assert Period(date(2026, 4, 1), 3, 2).name == "2026-04-01..2026-06-30"


@pytest.mark.parametrize(
    "name",
    [
        *("", "2026", "2026-Q5", "2026-H3", "2026-Q0", "2026-q1", "2026-Q1 ", "Q1-2026", "2026-13", "2026-00"),
        *("0001-Q1", "2026-07-01", "2026-07-01..", "2026-06-01..2026-06-31"),
    ],
)
def test_what_is_not_a_period(name: str) -> None:
    with pytest.raises(PeriodError, match=rf"'{name}' is not a period.*; write 2026-Q3, 2026-H1, 2026-09 or "):
        parse_period(name)


@pytest.mark.parametrize("name", ["2026-07-02..2026-09-30", "2026-07-01..2026-09-29", "2026-07-01..2026-06-30"])
def test_a_period_is_of_whole_months(name: str) -> None:
    with pytest.raises(PeriodError, match="from the first day of a month to the last day"):
        parse_period(name)


@given(st.integers(1970, 2199), st.sampled_from(["Q1", "Q2", "Q3", "Q4", "H1", "H2", "01", "07", "12"]))
def test_a_name_is_read_as_it_is_written(year: int, part: str) -> None:
    assert parse_period(f"{year}-{part}").name == f"{year}-{part}"


@given(st.integers(1970, 2199), st.integers(1, 12), st.integers(1, 30), st.integers(1, 12))
def test_every_period_has_one_name(year: int, month: int, months: int, fiscal_start: int) -> None:
    period = Period(date(year, month, 1), months, fiscal_start)
    assert parse_period(period.name, fiscal_start) == period


@pytest.mark.parametrize(
    ("cycle", "day", "name"),
    [
        # Two months of a year that starts in January, and of one that starts in April.
        (Cycle(2, date(2000, 1, 1), 1), date(2026, 4, 30), "2026-03-01..2026-04-30"),
        (Cycle(2, date(2000, 4, 1), 4), date(2026, 5, 1), "2026-04-01..2026-05-31"),
        (Cycle(4, date(2000, 1, 1), 1), date(2026, 1, 1), "2026-01-01..2026-04-30"),
        (Cycle(4, date(2000, 1, 1), 1), date(2026, 12, 31), "2026-09-01..2026-12-31"),
        (Cycle(4, date(2000, 4, 1), 4), date(2026, 3, 31), "2025-12-01..2026-03-31"),
        # Nine months do not divide the year: February 2026, November 2026, August 2027; before: May 2025.
        (Cycle(9, date(2026, 2, 1), 1), date(2026, 1, 31), "2025-05-01..2026-01-31"),
        (Cycle(9, date(2026, 2, 1), 1), date(2026, 10, 31), "2026-02-01..2026-10-31"),
        (Cycle(9, date(2026, 2, 1), 4), date(2027, 8, 1), "2027-08-01..2028-04-30"),
        (Cycle(24, date(2026, 1, 1), 1), date(2025, 12, 31), "2024-01-01..2025-12-31"),
        (Cycle(3, date(2000, 2, 1), 2), date(2026, 1, 31), "2025-Q4"),
        (Cycle(6, date(2000, 4, 1), 4), date(2026, 3, 31), "2025-H2"),
    ],
)
def test_the_periods_of_a_cycle(cycle: Cycle, day: date, name: str) -> None:
    assert cycle.period_of(day).name == name
    assert parse_period(name, cycle.fiscal_start) == cycle.period_of(day)


@given(
    st.integers(2, 24),
    st.dates(date(2000, 1, 1), date(2060, 1, 1)),
    st.dates(date(2000, 1, 1), date(2060, 1, 1)),
    st.integers(1, 12),
)
def test_the_periods_of_a_cycle_follow_each_other(months: int, first: date, day: date, fiscal_start: int) -> None:
    cycle = Cycle(months, first.replace(day=1), fiscal_start)
    period = cycle.period_of(day)
    assert period.starts <= day < period.ends
    assert (period.months, cycle.period_of(period.ends).starts) == (months, period.ends)
    assert cycle.period_of(cycle.counted_from).starts == cycle.counted_from
