"""The pages of the demo company in a headless Chromium: no error, no request, and the figures of the mart."""

import re

import pytest

from tests.end_to_end.conftest import Built, chromium

pytestmark = [
    pytest.mark.end_to_end,
    pytest.mark.browser,
    pytest.mark.skipif(chromium() is None, reason="no Chromium on this machine: the page tests are skipped"),
]
# Today has no chart, and is in test_today_in_a_browser.py.
PAGES = [
    "yesterday.html",
    "scorecard/2026-09.html",
    "scorecard/promises.html",
    "reviews/2026-Q3.html",
    "reviews/2026-H1.html",
]


@pytest.mark.parametrize("page_name", PAGES)
def test_a_page_opens_without_an_error_or_a_request(browser, demo: Built, page_name: str) -> None:
    page = browser.new_page(viewport={"width": 1280, "height": 900})
    messages, requests = [], []
    page.on("console", lambda message: messages.append(message.text))
    page.on("pageerror", lambda error: messages.append(str(error)))
    page.on("request", lambda request: requests.append(request.url))
    page.goto((demo.site / page_name).as_uri())
    assert messages == []
    assert all(each.startswith(demo.site.as_uri()) for each in requests)
    assert page.locator("svg").count() > 0
    assert page.evaluate("document.documentElement.scrollWidth") <= 1280
    page.close()


def test_a_promise_on_the_scorecard_leads_to_its_clause(browser, demo: Built) -> None:
    """The clause is in view, the page has the targets of the mart and a way to the other version, and fits a screen."""
    page = browser.new_page(viewport={"width": 1280, "height": 900})
    messages = []
    page.on("console", lambda message: messages.append(message.text))
    page.on("pageerror", lambda error: messages.append(str(error)))
    page.goto((demo.site / "scorecard" / "2026-09.html").as_uri())
    clauses = page.locator("a.clause").evaluate_all("links => links.map(each => each.hash.slice(1))")
    assert {"commitments.first_contact", "commitments.follow_up"} <= set(clauses)
    page.get_by_role("link", name="Win rate", exact=True).click()
    assert page.evaluate("clauses => clauses.filter(each => !document.getElementById(each))", clauses) == []
    assert page.locator("h4", has_text="Win rate").evaluate("each => each.getBoundingClientRect().top") < 900
    assert page.url == f"{(demo.site / 'agreement.html').as_uri()}#commitments.win_rate"
    text = re.sub(r"\s+", " ", page.inner_text("main"))
    targets = demo.query(
        "select needed, arithmetic from marts.dim_target where agreement_version = '2026-07' order by all"
    )
    assert len(targets) == 24
    for needed, arithmetic in targets:
        assert f"{needed:,} {arithmetic}" in text
    assert page.evaluate("document.documentElement.scrollWidth") <= 1280
    page.get_by_role("link", name="2025-10", exact=True).click()
    assert "What changes with 2026-07, from 1 July 2026" in re.sub(r"\s+", " ", page.inner_text("main"))
    assert messages == []
    page.close()


def test_the_page_of_attribution_adds_up_to_the_deals_won(browser, demo: Built) -> None:
    """Every model gives away all deals and all money, once; the costs are those of the channels."""
    page = browser.new_page(viewport={"width": 1280, "height": 900})
    messages = []
    page.on("console", lambda message: messages.append(message.text))
    page.on("pageerror", lambda error: messages.append(str(error)))
    page.goto((demo.site / "attribution.html").as_uri())
    rows = page.locator("#every-model table").nth(0).locator("tbody tr").all_inner_texts()
    cells = [[cell.split() for cell in row.split("\t")[1:]] for row in rows]
    ((deals, amount),) = demo.query(
        "select count(*), sum(amount_reporting) from marts.fct_opportunities where status = 'won' and is_new_business"
    )
    for model in range(13):
        column = [[float(number.replace(",", "")) for number in row[model]] for row in cells]
        assert sum(cell[0] for cell in column) == pytest.approx(deals, abs=1)
        assert sum(cell[1] for cell in column if len(cell) > 1) == pytest.approx(float(amount), abs=len(rows))
    costs = demo.query(
        "select channel, sum(amount_reporting) from marts.fct_costs where channel is not null group by 1"
    )
    shown = page.locator("#every-model table").nth(1).inner_text()
    for channel, cost in costs:
        assert f"{channel}\t{cost:,.0f}\t" in shown
    assert page.evaluate("document.documentElement.scrollWidth") <= 1280
    assert messages == []
    page.close()


def test_the_page_of_customers_shows_what_runs_at_each_close(browser, demo: Built) -> None:
    """The closing amounts and accounts, of the subscriptions that run then; the months add up from row to row."""
    page = browser.new_page(viewport={"width": 1280, "height": 900})
    page.goto((demo.site / "customers.html").as_uri())
    rows = page.locator("#recurring_revenue tbody tr").all_inner_texts()
    cells = [[re.sub(r"\D", " ", cell).split() for cell in row.replace(",", "").split("\t")[1:8]] for row in rows]
    running = demo.query(
        "select sum(amount_reporting)::double, count(distinct account_id)"
        " from marts.dim_date join marts.fct_subscriptions on started_date <= day_date"
        " and (ended_date is null or ended_date > day_date) and not is_trial"
        " where day_date = last_day(day_date) and day_date < date '2026-10-09' group by day_date order by day_date desc"
    )
    assert [cell[6] for cell in cells[1:]] == [[f"{amount:.0f}", str(accounts)] for amount, accounts in running]
    amounts = [[float(cell[0]) if cell else 0 for cell in row] for row in cells]
    for opening, new, returned, expansion, contraction, churned, closing in amounts:
        assert opening + new + returned + expansion - contraction - churned == pytest.approx(closing, abs=3)
    assert page.evaluate("document.documentElement.scrollWidth") <= 1280
    page.close()


def test_the_page_of_sources_is_the_closed_loop_and_the_personas(browser, demo: Built) -> None:
    """Sums of the rows that are shown are those of journeys and deals, as are the personas', counted from the facts."""
    page = browser.new_page(viewport={"width": 1280, "height": 900})
    messages = []
    page.on("console", lambda message: messages.append(message.text))
    page.on("pageerror", lambda error: messages.append(str(error)))
    page.goto((demo.site / "sources.html").as_uri())
    facts = demo.query(
        "select count(*), count(mql_at), count(sql_at), count(opportunity_at), "
        "count(*) filter (where is_new_customer) from marts.fct_journeys"
    )[0]
    rows = page.locator("#sources tbody tr").all_inner_texts()
    cells = [[int(cell.split()[0].replace(",", "")) for cell in row.split("\t")[2:7]] for row in rows]
    assert [sum(column) for column in zip(*cells, strict=True)] == list(facts)
    assert page.locator("#sources tfoot td").all_inner_texts()[:5] == [f"{number:,}" for number in facts]
    personas = demo.query(
        """
        select
            coalesce(any_value(asserted.persona_name), 'None of them, or unknown'), count(*), count(mql_at),
            count(*) filter (where answers.answer = 'accepted'), count(opportunity_at),
            count(*) filter (where is_new_customer)
        from marts.fct_journeys as journeys
        left join marts.fct_handoffs as answers using (journey_id)
        left join marts.dim_persona as asserted using (persona)
        group by persona order by any_value(asserted.persona_number) nulls last
        """
    )
    rows = page.locator("#personas table").nth(0).locator("tbody tr").all_inner_texts()
    shown = [[cell.split("\n")[0].strip() for cell in row.split("\t")] for row in rows]
    assert [[row[0].split(" 7")[0], *row[2:7]] for row in shown] == [
        [name, *(f"{number:,}" for number in numbers)] for name, *numbers in personas
    ]
    for width in (1280, 390):
        page.set_viewport_size({"width": width, "height": 900})
        assert page.evaluate("document.documentElement.scrollWidth") <= width
    assert messages == []
    page.close()


def test_the_review_shows_old_against_new(browser, demo: Built) -> None:
    page = browser.new_page()
    page.goto((demo.site / "reviews" / "2026-Q3.html").as_uri())
    # The lines that stay as they are agreed are folded.
    page.locator("details").evaluate_all("folded => folded.forEach(each => each.open = true)")
    text = re.sub(r"\s+", " ", page.inner_text("body"))
    rate, converted, entered = demo.query(
        "select measured_rate, converted, entered from reports.rpt_review_rates "
        "where review_period = 'quarter' and period_from = '2026-07-01' "
        "and revenue_stream = 'small_business' and lead_type = 'website_form' and from_stage = 'mql'"
    )[0]
    assert f"33.0 % {rate * 100:.1f} %" in text
    assert f"{converted} of {entered}" in text
    assert "3,852" in text
    page.close()


def test_the_scorecard_shows_the_figures_of_the_mart(browser, demo: Built) -> None:
    """Of the last month that has ended before the as-of, 9 October 2026: each promise of both teams, each week."""
    page = browser.new_page(viewport={"width": 1200, "height": 900})
    page.goto((demo.site / "scorecard" / "2026-09.html").as_uri())
    text = re.sub(r"\s+", " ", page.inner_text("body"))
    assert page.evaluate("document.documentElement.scrollWidth") <= 1200
    clocks = demo.query(
        "select commitment, count(*) filter (where status = 'kept'), count(*) filter (where status = 'missed') "
        "from marts.fct_commitments where kind in ('clock', 'cadence') and month_date = '2026-09-01' group by 1"
    )
    assert len(clocks) == 8
    for _, kept, missed in clocks:
        assert f"September 2026, {kept:,} kept of {kept + missed:,} due" in text
        share = f"{kept / (kept + missed) * 100:.1f} %" if kept + missed else "too early"
        assert f"{share} promised" in text
    delivered, counted, target = demo.query(
        "select sum(actual), sum(least(actual, target)), sum(target) from marts.fct_commitments "
        "where kind = 'lead_value' and month_date = '2026-09-01'"
    )[0]
    over = f"{counted:,.0f} of it count " if counted < delivered else ""
    assert f"{delivered:,.0f} {over}promised {target:,.0f}" in text

    # The measures, counted again from what they are made of.
    won, closed = demo.query(
        "select count(*) filter (where status = 'won'), count(*) from marts.fct_opportunities "
        "where is_new_business and closed_date between '2026-07-01' and '2026-09-30'"
    )[0]
    assert f"2026 Q3, Win rate, {closed} cases {won / closed * 100:.1f} % promised at least 23.0 %" in text
    logged, made = demo.query(
        "select count(outcome_label), count(*) from marts.fct_activities where is_contact "
        "and activity_type in ('call', 'meeting') and happened_date between '2026-09-01' and '2026-09-30'"
    )[0]
    assert f"{made} cases {logged / made * 100:.1f} % promised at least 95.0 %" in text
    accepted, answered = demo.query(
        "select count(*) filter (where answer = 'accepted'), count(*) from marts.fct_handoffs as handoffs "
        "where handed_over_date between '2026-09-01' and '2026-09-30' and (answer in ('accepted', 'rejected') "
        # Sent away without an answer.
        "or answer is null and exists (select 1 from marts.fct_stage_transitions as moved "
        "where moved.journey_id = handoffs.journey_id and moved.stage in ('recycled', 'disqualified', 'lost') "
        "and not moved.is_left_again and moved.entered_at >= handoffs.handed_over_at))"
    )[0]
    assert f"{answered} cases {accepted / answered * 100:.1f} % promised at least 90.0 %" in text

    calls, treated = demo.query(
        "select count(distinct activity_id) filter (where activity_type = 'call'), count(distinct persons.journey_id) "
        "from marts.fct_activities inner join marts.fct_activity_persons as persons using (activity_id) "
        "where is_contact and happened_date between '2026-09-14' and '2026-09-20'"
    )[0]
    assert f"14 September 2026 {treated} {calls} " in text
    for (name,) in demo.query(
        "select distinct owner_name from reports.rpt_coaching_examples where month_date = '2026-09-01'"
    ):
        assert name in text
    page.close()
