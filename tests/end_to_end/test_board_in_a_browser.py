"""The board and the briefings of its leads in a headless Chromium: their figures are those of the marts."""

import re

import pytest

from tests.end_to_end.conftest import Built, chromium

pytestmark = [
    pytest.mark.end_to_end,
    pytest.mark.browser,
    pytest.mark.skipif(chromium() is None, reason="no Chromium on this machine: the page tests are skipped"),
]


def text_of(element) -> str:
    return re.sub(r"\s+", " ", element.inner_text())


def opened(browser, demo: Built):
    page = browser.new_page(viewport={"width": 1280, "height": 900})
    page.goto((demo.site / "index.html").as_uri())
    return page


# The outstanding work, from the marts and by another query than the report's: a clock that nothing stopped, and of a
# cadence with a step to come the first step without its attempts. The second version of the agreement abandons what was
# due 60 days ago.
OUTSTANDING = """
    with
        commitments as (
            select commitments.*, regexp_replace(commitment_id, '(:next)?:[0-9]+$', '') as clock_id
            from marts.fct_commitments as commitments
            where
                journey_id in (select journey_id from marts.fct_journeys where outcome = 'open')
                -- Silence has sent them back to marketing.
                and journey_id not in (
                    select journey_id from marts.fct_handoffs where answer = 'recycled_by_default'
                )
        ),
        outstanding as (
            select commitment_id, kind, owner_id, status, due_at, agreement_version from commitments
            where kind = 'clock' and stopped_at is null and status in ('open', 'missed')
            union all
            select
                arg_min(commitment_id, due_at), 'cadence', arg_min(owner_id, due_at), arg_min(status, due_at),
                min(due_at), any_value(agreement_version)
            from commitments
            where
                kind = 'cadence' and stopped_at is null and status in ('open', 'missed')
                and clock_id in (select clock_id from commitments where kind = 'cadence' and status = 'open')
            group by clock_id
        )
    select outstanding.*, as_of,
        agreement_version = '2026-07' and due_at < as_of - interval '60 days' as is_abandoned,
        kind = 'cadence' and cast(timezone(time_zone, timezone('UTC', due_at)) as date) = as_of_date as is_today
    from outstanding cross join marts.dim_build
"""
IS_SOON = "status = 'open' and due_at <= as_of + interval '24 hours' and not is_today"
COUNTS = f"""
    select
        count(*) filter (where {IS_SOON}),
        count(*) filter (where is_today),
        count(*) filter (where status = 'missed' and not is_today and not is_abandoned),
        count(*) filter (where status = 'open' and due_at > as_of + interval '24 hours' and not is_today)
    from ({OUTSTANDING})
"""


def test_the_board_counts_the_outstanding_work(browser, demo: Built) -> None:
    page = opened(browser, demo)
    section = page.locator("#outstanding")
    soon, today, overdue, later = demo.query(COUNTS)[0]
    assert min(soon, today, overdue, later) > 0, "the demo holds each of them"
    counts = (
        f"{soon} due in the next 24 hours, {today} steps of cadences due today, {overdue} overdue, {later} due later"
    )
    assert counts in text_of(section)
    for owner, promises in demo.query(
        f"select coalesce(owner_name, '(no owner)'), count(*) from ({OUTSTANDING}) as outstanding "
        f"left join marts.dim_owner on outstanding.owner_id = dim_owner.owner_id where {IS_SOON} group by all"
    ):
        assert f"{owner} {promises}" in text_of(section.locator("table").first)
    page.close()


def test_the_board_shows_yesterday_against_pace(browser, demo: Built) -> None:
    page = opened(browser, demo)
    rows = page.locator("#pace tbody tr")
    days = demo.query(
        "select sum(leads) filter (where delivery_date = as_of_date - 1), "
        "sum(delivered_amount) filter (where delivery_date = as_of_date - 1), sum(delivered_amount), "
        "sum(target_amount) from marts.fct_lead_delivery_daily cross join marts.dim_build "
        "where delivery_date < as_of_date and delivery_date >= date_trunc('month', as_of_date - 1) "
        "group by revenue_stream, lead_type order by revenue_stream, lead_type"
    )
    assert rows.count() == len(days) > 0
    for place, (leads, delivered, month, target) in enumerate(days):
        cells = rows.nth(place).locator("td").all_inner_texts()
        assert [cells[2], cells[3], cells[6], cells[7]] == [
            f"{figure:,.0f}".replace("-", "−") for figure in (leads, delivered, month, target)
        ]
    assert page.locator("#pace svg.spark").count() == len(days)
    page.close()


def test_the_board_names_the_reps_over_capacity(browser, demo: Built) -> None:
    page = opened(browser, demo)
    text = text_of(page.locator("#load"))
    handed_over = demo.query(
        "select owner_name, leads_per_rep, count(distinct journey_id) from marts.fct_journeys "
        "join marts.dim_owner using (owner_id) join marts.dim_revenue_stream using (revenue_stream) "
        "where dim_revenue_stream.agreement_version = '2026-07' and mql_at >= timestamp '2026-09-30 22:00:00' "
        "group by all"
    )
    assert sum(leads for _, _, leads in handed_over) > 50
    for owner, capacity, leads in handed_over:
        share = f"{leads / capacity * 100:.1f} %"
        assert re.search(rf"{owner} (Enterprise|Small business) {leads} \d+ {capacity:.0f} {share}", text), owner
    page.close()


def test_the_board_shows_what_changed(browser, demo: Built) -> None:
    page = opened(browser, demo)
    text = text_of(page.locator("#changes"))
    since = "between timestamp '2026-10-07 22:00:00' and timestamp '2026-10-09 16:00:00'"
    missed = demo.query(f"select count(*) from marts.fct_commitments where status = 'missed' and due_at {since}")
    documents = demo.query(f"select count(*) from marts.fct_documents where first_opened_at {since}")
    back = demo.query(f"select count(*) from marts.fct_journeys where journey_number > 1 and entered_at {since}")
    stages = demo.query(f"select count(*) from marts.fct_stage_transitions where entered_at {since}")
    for name, ((number,),) in {"Came back": back, "Missed": missed, "Document opened": documents}.items():
        assert number
        assert f"{name} {number} " in text
    assert f"Stage entered {stages[0][0] - back[0][0]} " in text
    page.close()


def test_a_click_on_a_lead_opens_its_history(browser, demo: Built) -> None:
    page = opened(browser, demo)
    messages, requests = [], []
    page.on("console", lambda message: messages.append(message.text))
    page.on("request", lambda request: requests.append(request.url))
    lead = page.locator("#outstanding a.id").first
    person = lead.inner_text()
    lead.click()
    page.wait_for_load_state()
    assert person in page.inner_text("h1")
    assert "/leads/" in page.url
    events = demo.query(
        f"select (select count(*) from marts.fct_touchpoints where person_id = '{person}') + (select count(*) from "
        f"marts.fct_stage_transitions where person_id = '{person}') + (select count(*) from marts.fct_activity_persons "
        f"where person_id = '{person}')"
    )[0][0]
    assert page.locator("#timeline tr.event").count() == events > 1
    score, grade = demo.query(
        f"select score, grade from marts.fct_person_scores where is_current and person_id = '{person}'"
    )[0]
    assert f"Score {score:.1f} grade {grade}" in text_of(page.locator("header"))
    rules = demo.query(f"select count(distinct rule) from marts.fct_score_points where person_id = '{person}'")[0][0]
    assert page.locator("#score tbody tr").count() == rules
    assert messages == []
    assert requests == [page.url]
    page.get_by_role("link", name="The board").click()
    assert page.url.endswith("index.html")
    page.close()


def test_every_link_to_a_lead_leads_somewhere(browser, demo: Built) -> None:
    page = opened(browser, demo)
    links = page.eval_on_selector_all("a.id", "links => links.map(link => link.getAttribute('href'))")
    assert len(set(links)) > 50
    assert {link for link in links if not (demo.published / link).is_file()} == set()
    assert len(list((demo.site / "leads").iterdir())) == len(set(links))
    page.close()


@pytest.mark.parametrize("width", [400, 1200])
def test_pages_of_the_morning_are_no_wider_than_the_screen(browser, demo: Built, width: int) -> None:
    page = browser.new_page(viewport={"width": width, "height": 900})
    for path in (demo.site / "index.html", next(iter(sorted((demo.site / "leads").iterdir())))):
        page.goto(path.as_uri())
        assert page.evaluate("document.documentElement.scrollWidth") <= width
    page.close()


def test_the_board_shows_the_figures_of_the_mart(browser, demo: Built) -> None:
    page = browser.new_page()
    page.goto((demo.site / "index.html").as_uri())
    text = re.sub(r"\s+", " ", page.inner_text("body"))
    kept, due = demo.query(
        "select count(*) filter (where status = 'kept'), count(*) filter (where status in ('kept', 'missed')) "
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
        f"too early running 0 kept of 0 due; agreed 70.0 % {early} kept early, {still_open} open: it ends between "
        f"{low} % and 100.0 %" in text.replace("\xa0", " ")
    )
    delivered, target = demo.query(
        "select sum(actual), sum(target) from marts.fct_commitments "
        "where commitment = 'lead_value' and month_date = '2026-09-01'"
    )[0]
    assert f"EUR {delivered:,.0f} delivered of {target:,.0f} target" in text
    page.close()
