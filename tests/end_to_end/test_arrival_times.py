"""When the leads of the demo company come in: the parts of the week against SQL written for this test alone."""

import pytest

from tests.end_to_end.conftest import Built

pytestmark = pytest.mark.end_to_end

# A part of the week by the wall clock of Milan at the start of the clock, and the column that must be the same.
LEVELS = {
    "week_part": ("isodow(local_at) > 5", "is_weekend"),
    "weekday": ("isodow(local_at)", "iso_weekday"),
    "six_hours": ("(isodow(local_at), hour(local_at) // 6 * 6)", "(iso_weekday, from_hour)"),
    "hour": ("(isodow(local_at), hour(local_at))", "(iso_weekday, from_hour)"),
}
COUNTED = ", ".join(f"count(*) filter (status = '{status}')" for status in ("kept", "missed", "excused"))
STARTS = """
    select *, started_at at time zone 'UTC' at time zone 'Europe/Rome' as local_at
    from marts.fct_commitments where kind = 'clock'
"""


@pytest.mark.parametrize("scope", LEVELS)
def test_arrivals_are_those_of_the_wall_clock(demo: Built, scope: str) -> None:
    of_start, column = LEVELS[scope]
    counted = demo.query(
        f"select commitment, cast({of_start} as varchar), count(*), {COUNTED} from ({STARTS}) "
        "where local_at >= '2026-09-01' and local_at < '2026-10-01' group by all order by all"
    )
    assert len(counted) >= 4
    assert counted == demo.query(
        f"select commitment, cast({column} as varchar), leads, kept, missed, excused from reports.rpt_arrival_times "
        f"where scope = '{scope}' and month_date = date '2026-09-01' order by all"
    )


def test_the_weekend_is_answered_in_time_less_often(demo: Built) -> None:
    """Of all months and tiers: 24.0 % of first contacts at the weekend, 76.4 % on the other days."""
    rates = demo.query(
        "select is_weekend, round(sum(kept) / sum(due), 3) from reports.rpt_arrival_times "
        "where commitment like 'first_contact%' and scope = 'week_part' group by is_weekend order by is_weekend"
    )
    assert rates == [(False, 0.764), (True, 0.24)]
