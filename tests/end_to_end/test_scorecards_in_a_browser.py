"""The scorecards by month and the promises in a headless Chromium: their figures are those of the marts, by other
queries than the reports'."""

import re

import pytest

from tests.end_to_end.conftest import Built, chromium
from tests.end_to_end.test_people_in_a_browser import KEPT, MISSED, WAITS, opened, plain
from tests.end_to_end.test_today_in_a_browser import text_of

pytestmark = [
    pytest.mark.end_to_end,
    pytest.mark.browser,
    pytest.mark.skipif(chromium() is None, reason="no Chromium on this machine: the page tests are skipped"),
]


def test_the_list_of_months_counts_each_commitment_again(browser, demo: Built) -> None:
    """Of clocks and cadences by their own statuses; the months that are decided."""
    page = opened(browser, demo, "scorecard/index.html")
    text = plain(text_of(page.locator("#months")))
    counted = demo.query(f"""
        with counted as (
            select month_date, commitment, {KEPT} as kept, {MISSED} as missed, {WAITS} as waits,
                max(target_rate) as agreed
            from marts.fct_commitments where kind in ('clock', 'cadence') group by all
        )
        select month_date, count(*) filter (where kept / (kept + missed) >= agreed), count(*),
            bool_or(waits > 0)
        from counted where month_date between '2025-11-01' and '2026-06-30' group by all order by 1
    """)
    assert len(counted) == 8
    for month, met, commitments, waits in counted:
        assert not waits
        # Of sales alone there is one measure more in these months, the outcome of calls and meetings, and all met it.
        row = re.search(rf"{month:%B %Y} (\d+) (\d+) (\d+) (\d+) ", text)
        assert row, month
        sales_met, sales_missed, running, not_evaluated = map(int, row.groups())
        measures = demo.query(
            "select count(*) filter (where status = 'kept'), count(*) filter (where status = 'missed') "
            f"from marts.fct_measures where team = 'sales' and period = 'month' and period_date = '{month}' "
            "and owner_id is null and lead_type is null"
        )[0]
        assert sales_met == met + measures[0]
        assert sales_missed == commitments - met + measures[1]
        assert running == not_evaluated == 0
    assert page.locator("#months tbody tr").count() == 12
    assert page.locator("#months tbody a").first.get_attribute("href") == "../scorecard/2026-09.html"
    page.close()


def test_a_closed_month_keeps_its_figures_and_shows_what_came_later(browser, demo: Built) -> None:
    restated = demo.query("""
        select team, commitment_name, sum(kept_change), sum(missed_change)
        from reports.rpt_restatements join (select distinct commitment, commitment_name from marts.dim_commitment)
        using (commitment) where month_date = '2025-10-01' group by all
    """)
    page = opened(browser, demo, "scorecard/index.html")
    page.get_by_role("link", name="October 2025").click()
    page.wait_for_load_state()
    text = plain(text_of(page.locator("#closed")))
    assert len(restated) == 3
    for team, commitment, *changes in restated:
        shown = " ".join(f"{number:+d}".replace("-", "−") if number else "no change" for number in changes)
        assert re.search(rf"{team.capitalize()} {re.escape(commitment)} [^−+]*{re.escape(shown)}", text)
    assert "October 2025 is closed and settled: all its figures are kept." in text
    # What is known of now alone is not there.
    body = text_of(page.locator("main"))
    for now in ("Delivered and never touched", "What this quarter will bring", "Recycled leads that wait"):
        assert now not in body
    page.close()

    closed, unsettled = demo.query(
        "select closed_at is not null, unsettled_commitments from marts.fct_closings where month_date = '2026-08-01'"
    )[0]
    assert closed
    assert unsettled
    page = opened(browser, demo, "scorecard/2026-08.html")
    text = plain(text_of(page.locator("#closed")))
    assert f"August 2026 is closed: what has fallen due is kept, {unsettled} commitments that have not" in text
    page.close()


def test_an_earlier_month_has_its_own_figures(browser, demo: Built) -> None:
    page = opened(browser, demo, "scorecard/2026-05.html")
    text = plain(text_of(page.locator("main")))
    clocks = demo.query(
        f"select commitment, {KEPT}, {MISSED} from marts.fct_commitments "
        "where kind in ('clock', 'cadence') and month_date = '2026-05-01' group by 1"
    )
    assert len(clocks) == 5
    for _, kept, missed in clocks:
        assert f"May 2026, {kept:,} kept of {kept + missed:,} due" in text
        assert f"{kept / (kept + missed) * 100:.1f} % promised" in text
    assert "September 2026, " not in text
    page.close()


def test_the_promises_show_the_figures_of_the_mart(browser, demo: Built) -> None:
    page = opened(browser, demo, "scorecard/promises.html")
    text = plain(text_of(page.locator("body")))
    kept, due = demo.query(
        f"select {KEPT}, count(*) filter (where status in ('kept', 'missed')) "
        "from marts.fct_commitments where commitment = 'acceptance' and month_date = '2026-09-01'"
    )[0]
    assert f"{kept} kept of {due} due" in text
    # Follow up 7 in 8w of September: nothing has fallen due, so there is no share, but the span in which it ends.
    early, still_open = demo.query(
        "select count(*) filter (where status = 'early'), count(*) filter (where status = 'open') "
        "from marts.fct_commitments where commitment = 'follow_up 7 in 8w' and month_date = '2026-09-01'"
    )[0]
    low = f"{early / (early + still_open) * 100:.1f}"
    assert (
        f"too early running 0 kept of 0 due; agreed 70.0 % {early} kept early, {still_open} open: ends between "
        f"{low} % and 100.0 %" in text
    )
    delivered, target = demo.query(
        "select sum(actual), sum(target) from marts.fct_commitments "
        "where commitment = 'lead_value' and month_date = '2026-09-01'"
    )[0]
    assert f"EUR {delivered:,.0f} delivered of {target:,.0f} target" in text
    page.close()
