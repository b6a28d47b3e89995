"""The pages of people in a headless Chromium: their figures are those of the marts, by other queries than the
reports'."""

import re
from calendar import month_name
from datetime import date

import pytest

from tests.end_to_end.conftest import Built, chromium
from tests.end_to_end.test_today_in_a_browser import OUTSTANDING, text_of

pytestmark = [
    pytest.mark.end_to_end,
    pytest.mark.browser,
    pytest.mark.skipif(chromium() is None, reason="no Chromium on this machine: the page tests are skipped"),
]

KEPT = "count(*) filter (where status = 'kept')"
MISSED = "count(*) filter (where status = 'missed')"
WAITS = "count(*) filter (where status in ('early', 'open', 'not_evaluated'))"

HEAD = re.compile(rf"(?:{'|'.join(month_name[1:])}) 20\d\d")


def opened(browser, demo: Built, place: str, width: int = 1280):
    page = browser.new_page(viewport={"width": width, "height": 900})
    messages, requests = [], []
    page.on("console", lambda message: messages.append(message.text))
    page.on("pageerror", lambda error: messages.append(str(error)))
    page.on("request", lambda request: requests.append(request.url))
    page.goto((demo.site / place).as_uri())
    assert messages == []
    assert all(each.startswith(demo.site.as_uri()) for each in requests)
    assert page.evaluate("document.documentElement.scrollWidth") <= width
    return page


def person_page(browser, demo: Built, name: str):
    page = opened(browser, demo, "people/index.html")
    page.locator("#load").get_by_role("link", name=name).click()
    page.wait_for_load_state()
    assert page.locator("h1").inner_text() == name
    return page


def plain(text: str) -> str:
    return text.replace("\u00a0", " ")


def test_everybody_over_capacity_is_named_with_what_is_outstanding(browser, demo: Built) -> None:
    page = opened(browser, demo, "people/index.html")
    text = plain(text_of(page.locator("#load")))
    handed_over = demo.query(
        "select owner_name, leads_per_rep, count(distinct journey_id) from marts.fct_journeys "
        "join marts.dim_owner using (owner_id) join marts.dim_revenue_stream using (revenue_stream) "
        "where dim_revenue_stream.agreement_version = '2026-07' and mql_at >= timestamp '2026-09-30 22:00:00' "
        "group by all"
    )
    assert sum(leads for _, _, leads in handed_over) > 50
    for owner, capacity, leads in handed_over:
        share = f"{leads / capacity * 100:.1f} %"
        assert re.search(
            rf"{owner} Sales (Enterprise|Small Business) (?i:\1) {leads} \d+ {capacity:.0f} {share}", text
        ), owner
    unknown = demo.query("select owner_name from marts.dim_owner where not is_known")
    assert unknown == [("Departed Rep",)]
    assert "Departed Rep 0 0 1" in text_of(page.locator("#unknown"))
    page.close()


def test_the_list_of_an_owner_is_what_nothing_has_stopped(browser, demo: Built) -> None:
    """Each owner's list, its parts, and the first row that can still be kept."""
    counts = demo.query(f"""
        select owner_name, count(*),
            count(*) filter (where status = 'missed' and not is_abandoned),
            count(*) filter (where status = 'open' and (is_today or due_at <= as_of + interval '24 hours'))
        from ({OUTSTANDING}) join marts.dim_owner using (owner_id) group by all
    """)
    assert len(counts) == 8
    for name, promises, overdue, soon in counts:
        page = person_page(browser, demo, name)
        text = text_of(page.locator("#list"))
        assert f"My list {promises} " in text
        assert f"{overdue} overdue" in text if overdue else "overdue," not in text
        assert f"{soon} due soon" in text if soon else "due soon" not in text
        assert page.locator("#list tbody tr:not(.head)").count() == promises
        page.close()


def test_the_months_of_an_owner_are_counted_from_the_commitments(browser, demo: Built) -> None:
    name = "Ottavia Lanfranchi"
    months = demo.query(f"""
        select month_date, commitment_name, {KEPT}, {MISSED}, {WAITS},
            count(*) filter (where status = 'early'), count(*) filter (where status = 'open'),
            max(commitments.target_rate)
        from marts.fct_commitments as commitments join marts.dim_owner using (owner_id)
        join marts.dim_commitment using (agreement_version, commitment)
        where owner_name = '{name}' and commitments.kind in ('clock', 'cadence') group by all
    """)
    assert len(months) > 60
    page = person_page(browser, demo, name)
    text = plain(text_of(page.locator("#months")))
    by_month = dict(zip(HEAD.findall(text), HEAD.split(text)[1:], strict=True))
    final = running = 0
    for month, commitment, kept, missed, waits, early, still_open, agreed in months:
        share = f"{kept / (kept + missed) * 100:.1f} %" if kept + missed else "too early" if waits else "–"
        line = f"{commitment} Sales {kept:,} of {kept + missed:,} {share} {agreed * 100:.1f} %"
        assert line in by_month[f"{month:%B %Y}"], (month, line)
        if not waits and kept + missed and month < date(2026, 10, 1):
            final += 1
            status = "met" if kept / (kept + missed) >= agreed else "missed"
            assert re.search(rf"{re.escape(line)} {status} (settled|final) 0 0 ", by_month[f"{month:%B %Y}"]), line
        elif month < date(2026, 10, 1) and waits == early + still_open and waits:
            running += 1
            low = (kept + early) / (kept + missed + waits)
            high = (kept + early + still_open) / (kept + missed + waits)
            assert f"ends between {low * 100:.1f} % and {high * 100:.1f} % {early} {still_open}" in text
    assert final > 40
    assert running > 1
    page.close()


def test_a_closed_month_of_an_owner_stays_as_it_was_closed(browser, demo: Built) -> None:
    """A step of February of which nobody knows the owner since the lead was passed on: as now, less what came later."""
    name, month, step = "Nives Corbari", "'2026-02-01'", "'follow_up 3 in 2w'"
    now = demo.query(
        f"select {KEPT}, {MISSED} from marts.fct_commitments join marts.dim_owner using (owner_id) "
        f"where owner_name = '{name}' and commitment = {step} and month_date = {month}"
    )[0]
    later = demo.query(
        "select sum(kept_change), sum(missed_change) from reports.rpt_restatements "
        f"where owner_name = '{name}' and commitment = {step} and month_date = {month}"
    )[0]
    assert later == (-1, 0)
    kept, missed = (number - change for number, change in zip(now, later, strict=True))
    page = person_page(browser, demo, name)
    text = plain(text_of(page.locator("#months"))).split("February 2026")[1].split("January 2026")[0]
    assert f"Follow up 3 in 2w Sales {kept} of {kept + missed} {kept / (kept + missed) * 100:.1f} % 70.0 %" in text
    page.close()


def test_the_time_and_answers_of_an_owner_are_those_of_the_clocks(browser, demo: Built) -> None:
    name = "Nives Corbari"
    page = person_page(browser, demo, name)
    text = plain(text_of(page.locator("#fairness")))
    owned = demo.query(f"""
        select commitments.month_date, commitment_name,
            sum(held_minutes) filter (where time_of = 'owner') / sum(held_minutes)
        from marts.fct_clock_owners as times join marts.fct_commitments as commitments using (commitment_id)
        join marts.dim_owner as owners on times.owner_id = owners.owner_id
        join marts.dim_commitment as names on commitments.commitment = names.commitment
            and commitments.agreement_version = names.agreement_version
        where owner_name = '{name}' and times.commitment like 'first_contact%'
            and commitments.month_date = '2026-09-01'
        group by all
    """)
    assert owned
    for month, commitment, share in owned:
        assert re.search(rf"{month:%b %Y} {re.escape(commitment)} calendar time \d+ {share * 100:.1f} %", text), share
    page.close()


def test_examples_are_the_fastest_and_the_latest_of_the_owner(browser, demo: Built) -> None:
    page = person_page(browser, demo, "Tullio Bernasca")
    text = plain(text_of(page.locator("#examples")))
    fastest = demo.query("""
        select person_id from marts.fct_commitments join marts.dim_owner using (owner_id)
        join marts.fct_journeys using (journey_id)
        where owner_name = 'Tullio Bernasca' and commitment = 'acceptance' and status = 'kept'
            and month_date = '2026-09-01'
        order by elapsed_business_minutes limit 1
    """)
    assert fastest[0][0] in text.split("September 2026")[1].split("Worth a question")[0]
    page.close()
