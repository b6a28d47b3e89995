"""Today and the briefings of its leads in a headless Chromium: their figures are those of the marts."""

import csv
import re
from io import BytesIO

import pytest
from pypdf import PdfReader

from orchestration.lib.formats import owner_page
from tests.end_to_end.conftest import Built, chromium

pytestmark = [
    pytest.mark.end_to_end,
    pytest.mark.browser,
    pytest.mark.skipif(chromium() is None, reason="no Chromium on this machine: the page tests are skipped"),
]


def text_of(element) -> str:
    return re.sub(r"\s+", " ", element.inner_text())


def opened(browser, demo: Built, place: str = "index.html"):
    page = browser.new_page(viewport={"width": 1280, "height": 900})
    page.goto((demo.site / place).as_uri())
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
# A step of today is due soon while it can be kept, and overdue once it was missed.
IS_SOON = "status = 'open' and (due_at <= as_of + interval '24 hours' or is_today)"
IS_MISSED = "status = 'missed' and not (is_abandoned and not is_today) and due_at >= as_of - interval '720 hours'"
IS_LATER = "status = 'open' and due_at > as_of + interval '24 hours' and not is_today"
COUNTS = f"""
    select
        count(*) filter (where {IS_SOON}), count(*) filter (where is_today), count(*) filter (where {IS_MISSED}),
        count(*) filter (where status = 'missed' and not ({IS_MISSED})), count(*) filter (where {IS_LATER})
    from ({OUTSTANDING})
"""


def test_the_tiles_and_the_table_count_the_outstanding_work(browser, demo: Built) -> None:
    page = opened(browser, demo)
    soon, today, missed, old, later = demo.query(COUNTS)[0]
    assert min(soon, today, missed, old, later) > 0, "the demo holds each of them"
    assert page.locator("#due-soon .figure a").inner_text() == str(soon)
    assert page.locator("#overdue .figure a").inner_text() == str(missed)
    assert f"{old} for longer" in text_of(page.locator("#overdue"))
    assert f"of {soon + missed + later} shown" in text_of(page.locator("#open .dt-info"))
    assert f"{later} more have time" in text_of(page.locator("#due-soon"))
    page.close()


def test_a_filter_is_in_the_address_and_is_there_again(browser, demo: Built) -> None:
    page = opened(browser, demo)
    messages, errors = [], []
    page.on("console", lambda message: messages.append(message.text))
    page.on("pageerror", lambda error: errors.append(str(error)))
    owner, name, promises = demo.query(
        f"select owner_id, owner_name, count(*) from ({OUTSTANDING}) join marts.dim_owner using (owner_id) "
        f"where {IS_SOON} or {IS_MISSED} or {IS_LATER} group by all order by 3 desc, 1 limit 1"
    )[0]
    page.locator("select[name=owner]").select_option(owner_page(owner))
    assert f"of {promises} shown" in text_of(page.locator("#open .dt-info"))
    rows = page.locator("#open-commitments tbody tr").all_inner_texts()
    assert rows
    assert all(name in row for row in rows)
    again = browser.new_page(viewport={"width": 1280, "height": 900})
    again.goto(page.url)
    assert "#owner=" in again.url
    assert again.locator("#open-commitments tbody tr").all_inner_texts() == rows
    again.get_by_role("button", name="Show all").click()
    again.wait_for_function("!location.hash")
    again.locator("#open-commitments th").nth(5).locator("[role=button]").click()
    again.wait_for_selector("#open-commitments th:nth-child(6)[aria-sort=ascending]")
    order = again.locator("#open-commitments td[data-order*=T]").evaluate_all("each => each.map(x => x.dataset.order)")
    assert order == sorted(order)
    assert again.locator("#open-commitments th[aria-sort=ascending]").count() == 1
    assert messages == errors == []
    page.close()
    again.close()


def test_the_lists_have_every_row(demo: Built) -> None:
    with (demo.site / "lists" / "open_commitments.csv").open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    every = {row[0] for row in demo.query(f"select commitment_id from ({OUTSTANDING})")}
    assert {row["commitment_id"] for row in rows} == every
    assert len(rows) == len(every)
    with (demo.site / "lists" / "untouched.csv").open(encoding="utf-8", newline="") as file:
        untouched = {row["journey_id"] for row in csv.DictReader(file)}
    assert untouched == {row[0] for row in demo.query("select journey_id from marts.fct_handoffs where is_untouched")}


def test_today_has_two_screens(browser, demo: Built) -> None:
    page = opened(browser, demo)
    assert page.evaluate("document.documentElement.scrollHeight") <= 1800
    page.emulate_media(media="print")
    assert len(PdfReader(BytesIO(page.pdf(prefer_css_page_size=True))).pages) <= 2
    page.close()


def test_yesterday_shows_deliveries_against_pace(browser, demo: Built) -> None:
    page = opened(browser, demo, "yesterday.html")
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


def test_yesterday_shows_what_changed(browser, demo: Built) -> None:
    page = opened(browser, demo, "yesterday.html")
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
    lead = page.locator("#open-commitments tbody td:first-child a").first
    person = page.locator("#open-commitments tbody td:first-child .below").first.inner_text().strip()
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
    assert all(each.startswith(demo.site.as_uri()) for each in requests)
    page.get_by_role("link", name="Today").first.click()
    assert page.url.endswith("index.html")
    page.close()


def test_every_link_to_a_lead_leads_somewhere(demo: Built) -> None:
    links = set()
    for path in demo.site.rglob("*.html"):
        links |= set(re.findall(r'href="(?:\.\./)?(leads/[^"]+)"', path.read_text(encoding="utf-8")))
    assert len(links) > 150
    assert {link for link in links if not (demo.site / link).is_file()} == set()


@pytest.mark.parametrize("width", [400, 1200])
def test_pages_of_the_morning_are_no_wider_than_the_screen(browser, demo: Built, width: int) -> None:
    page = browser.new_page(viewport={"width": width, "height": 900})
    for path in (demo.site / "index.html", next(iter(sorted((demo.site / "leads").iterdir())))):
        page.goto(path.as_uri())
        assert page.evaluate("document.documentElement.scrollWidth") <= width
    page.close()
