"""The pages of the funnel, the plan, definitions, data and customers against SQL written for this test alone.

Belongs here: figures counted again from journeys, clocks, answers and loads, by no report that a page reads.
"""

import csv
import math
import re
from html import unescape

import pytest

from tests.end_to_end.conftest import Built, chromium

pytestmark = pytest.mark.end_to_end
PAGES = ("funnel", "plan", "sources", "attribution", "customers", "definitions", "data")
LOCAL = "{} at time zone 'UTC' at time zone 'Europe/Rome'"
QUARTER = f"date_trunc('quarter', {LOCAL.format('lead_at')})"


def text_of(demo: Built, page: str, section: str = "") -> str:
    """The words of a page, or of one section of it."""
    html = (demo.site / f"{page}.html").read_text(encoding="utf-8")
    if section:
        html = html.partition(f'<section id="{section}">')[2].partition("</section>")[0]
    return re.sub(r"\s+", " ", unescape(re.sub(r"<[^>]+>", " ", html))).replace("\xa0", " ")


def test_the_picture_of_the_funnel_is_that_of_the_journeys(demo: Built) -> None:
    """Of the quarter that is final, who came so far within 90 days; of the running one, who did until the as-of."""
    stages = {name: f"{name.lower()}_at" for name in ("MQL", "SAL", "SQL", "Opportunity", "Customer")}
    text = text_of(demo, "funnel", "cohorts")
    for quarter, first, condition in (
        ("2026 Q2 final", "2026-04-01", "<= 90"),
        ("2026 Q3 running", "2026-07-01", "is not null"),
    ):
        days = [f"date_diff('day', {LOCAL.format('lead_at')}, {LOCAL.format(column)})" for column in stages.values()]
        counts = ", ".join(f"count(*) filter ({each} {condition})" for each in days)
        sql = f"select count(*), {counts} from marts.fct_journeys where {QUARTER} = timestamp '{first}'"
        ((entered, *reached),) = demo.query(sql)
        assert entered > 1000
        drawn = " ".join(
            f"{stage} {number:,} {number / entered * 100:.1f} %" for stage, number in zip(stages, reached, strict=True)
        )
        assert f"reached each stage Lead {entered:,} 100.0 % {drawn}" in text, quarter


def test_the_times_are_those_between_the_stages(demo: Built) -> None:
    ((reached, median),) = demo.query(
        "select count(sql_at), median(epoch(sql_at - sal_at)) / 3600 from marts.fct_journeys where sal_at is not null"
    )
    length = f"{median:.1f} h" if median < 48 else f"{median / 24:,.0f} d"
    assert f"SAL to SQL {length} {reached:,} reached" in text_of(demo, "funnel", "velocity")


def test_the_dearest_step_has_the_journeys_that_it_had(demo: Built) -> None:
    """Outbound leads of enterprises: 31 MQLs of the quarter, of which 14 were SQLs within 30 days."""
    ((entered, reached),) = demo.query(
        "select count(*), count(*) filter (sql_at <= mql_at + interval '30 days') from marts.fct_journeys "
        f"where date_trunc('quarter', {LOCAL.format('mql_at')}) = timestamp '2026-07-01' "
        "and revenue_stream = 'enterprise' and lead_type = 'outbound_prospecting'"
    )
    cost = entered * (0.5 - reached / entered) * 0.8 * 0.25 * 24000
    text = text_of(demo, "funnel", "bottleneck")
    assert f"{reached} of {entered} within 30 d" in text
    assert f"{entered * (0.5 - reached / entered) * 0.2:.1f} {cost:,.0f} may be chance" in text


def test_the_hours_of_arrival_are_those_of_the_clocks(demo: Built) -> None:
    """Every hour of the week of acceptance, by the wall clock of Milan; fewer than five due have no share."""
    rows = demo.query(
        f"select isodow({LOCAL.format('started_at')}), hour({LOCAL.format('started_at')}), "
        "count(*) filter (status = 'kept'), count(*) filter (status in ('kept', 'missed')) "
        "from marts.fct_commitments where kind = 'clock' and commitment = 'acceptance' "
        "and month_date > date '2025-10-01' group by all"
    )
    cells = {(day, hour): (kept, due) for day, hour, kept, due in rows}
    assert len(cells) > 150
    text = text_of(demo, "funnel", "hours").partition("Acceptance")[2]
    for hour in range(24):
        line = [f"{hour:02d}"]
        for day in range(1, 8):
            kept, due = cells.get((day, hour), (0, None))
            line.append(
                "·"
                if due is None
                else "0 due"
                if not due
                else f"few {due}"
                if due < 5
                else f"{kept / due * 100:.0f} % {due}"
            )
        assert " ".join(line) in text, hour


def test_the_targets_are_the_divisions_of_the_agreement(demo: Built) -> None:
    """500,000 a year by deals of 2,000, and 24 %, 82 % and 33 % from stage to stage; 65 % of it by the website."""
    deals = 500000 / 2000
    opportunities = math.ceil(deals / 0.24)
    sqls = math.ceil(opportunities / 0.82)
    mqls = math.ceil(sqls / 0.33)
    _, _, chain = text_of(demo, "plan", "derivation").partition("Small business, website form")
    assert "EUR 500,000 a year, 65.0 % of it by this lead type; a deal is 2,000" in chain
    assert f"a lead is worth {500000 / mqls:,.2f} Customer" in chain
    for stage, needed in (("Opportunity", opportunities), ("SQL", sqls), ("MQL", mqls)):
        assert re.search(rf"{stage} [^A-Z]*? {needed:,} {math.ceil(needed * 0.65):,} ", chain), stage


def test_the_leads_of_a_year_are_the_target_of_a_year(demo: Built) -> None:
    """The plan moves leads between months, and the quota of a year needs as many of them as the target is."""
    ((leads,),) = demo.query(
        "select sum(leads) from marts.fct_lead_demand where agreement_version = '2026-07' "
        "and revenue_stream = 'small_business' and lead_type = 'website_form' and month_date = date '2026-10-01'"
    )
    line = text_of(demo, "plan", "plan").partition("Small business Website form MQL")[2]
    assert line.split()[1] == f"{leads:,.1f}"
    parts = text_of(demo, "plan", "demand").partition("Small business Website form")[2].partition("–")[0]
    shown = [float(each) for each in re.findall(r"(\d+\.\d) [\d,]+", parts)]
    assert sum(shown) == pytest.approx(leads, abs=0.05 * len(shown))


def test_yesterday_is_against_pace(demo: Built) -> None:
    days = demo.query(
        "select sum(leads) filter (delivery_date = as_of_date - 1), "
        "sum(delivered_amount) filter (delivery_date = as_of_date - 1), sum(delivered_amount), sum(target_amount) "
        "from marts.fct_lead_delivery_daily cross join marts.dim_build "
        "where delivery_date < as_of_date and delivery_date >= date_trunc('month', as_of_date - 1) "
        "group by revenue_stream, lead_type"
    )
    text = text_of(demo, "plan", "pace")
    assert len(days) > 4
    for leads, delivered, month, target in days:
        figures = [f"{each:,.0f}".replace("-", "−") for each in (leads, delivered, month, target)]
        assert re.search(r" {} {} [\d,−]+ [\d,]+ {} {} ".format(*figures), text), figures


def test_what_sales_was_given_is_what_was_handed_over(demo: Built) -> None:
    ((leads,),) = demo.query(
        "select count(*) from marts.fct_handoffs where revenue_stream = 'small_business' "
        "and handed_over_date between date '2026-09-01' and date '2026-09-30'"
    )
    of_stream = text_of(demo, "plan", "capacity").partition("Small business")[2]
    assert re.search(rf"September 2026 [\d.]+ [\d.]+ {leads} {leads}\.0 375 {leads / 375 * 100:.1f} % over", of_stream)


def test_labels_are_the_entries_into_the_stage(demo: Built) -> None:
    """Labelled, whether the criteria were met or not, are the entries; those against the criteria break a guard."""
    labelled = "stage = 'mql' and not is_inferred and not is_left_again"
    ((entries,),) = demo.query(f"select count(*) from marts.fct_stage_transitions where {labelled}")
    ((broken,),) = demo.query(
        "select sum(failed_rows) from reports.rpt_guard_results where guard = 'mql_evidence' and status = 'failed'"
    )
    found = re.search(
        r"All until the as-of ([\d,]+) [\d.]+ % ([\d,]+) of [\d,]+; \d+ may still agree (\d+) (\d+)",
        text_of(demo, "definitions", "drift"),
    )
    assert found
    evaluated, both, label_only, rule_only = (int(each.replace(",", "")) for each in found.groups())
    assert both + label_only == entries
    assert label_only == broken
    assert evaluated == both + label_only + rule_only


def test_a_grade_has_the_customers_that_it_had(demo: Built) -> None:
    """By the score that was current at the handoff; the old ones alone, of which nine in ten winners had the time."""
    ((horizon,),) = demo.query(
        "select quantile_cont(epoch(customer_at - mql_at) / 86400, 0.9) from marts.fct_journeys "
        "where customer_at is not null and mql_at is not null"
    )
    ((won, decided),) = demo.query(
        "select count(*) filter (customer_at is not null), "
        "count(*) filter (customer_at is not null or outcome <> 'open') "
        "from marts.fct_journeys cross join marts.dim_build "
        "join marts.fct_person_scores as scores on fct_journeys.person_id = scores.person_id "
        "and mql_at >= scored_at and (mql_at < next_scored_at or next_scored_at is null) "
        "semi join (from marts.fct_stage_transitions where stage = 'mql' and not is_inferred) as recorded "
        "on fct_journeys.journey_id = recorded.journey_id "
        f"where grade = 'A1' and epoch(as_of - mql_at) / 86400 >= {horizon}"
    )
    text = text_of(demo, "definitions", "calibration")
    assert re.search(rf"A1 \d+ \d+ \d+ {decided} {won / decided * 100:.1f} % {won} of {decided} ", text), (won, decided)


def test_the_lists_have_every_row(demo: Built) -> None:
    lists = {
        path.stem: list(csv.DictReader(path.open(encoding="utf-8", newline="")))
        for path in (demo.site / "lists").glob("*.csv")
    }
    ((rejected, excluded, broken),) = demo.query(
        "select (select sum(rows_to_correct) from marts.fct_loads), (select sum(row_count) from "
        "marts.fct_excluded_rows), (select sum(failed_rows) from reports.rpt_guard_results)"
    )
    assert len(lists["rejected_rows"]) == rejected > 0
    assert sum(int(row["row_count"]) for row in lists["excluded_rows"]) == excluded > 1000
    assert sum(int(row["row_count"]) for row in lists["broken_definitions"]) == broken > 300
    bridged = {row["opportunity_id"] for row in lists["channel_bridge"]}
    assert f"and {len(bridged) - 15} more deals in channel_bridge.csv" in text_of(demo, "attribution", "bridge")


def test_answers_and_reasons_are_counted_by_quarter(demo: Built) -> None:
    answers = (
        "select count(*), count(*) filter (score >= 9), count(*) filter (score between 7 and 8), "
        "count(*) filter (score <= 6) from marts.fct_feedback "
        "where feedback_type = 'nps' and given_date between date '2026-07-01' and date '2026-09-30'"
    )
    ((given, promoters, passives, detractors),) = demo.query(answers)
    score = (promoters - detractors) / given * 100
    text = text_of(demo, "customers", "answers")
    assert f"2026 Q3 NPS {score:.1f} {given} {promoters} {passives} {detractors} " in text
    reasons = demo.query(
        "select reason_label, count(*) from marts.fct_feedback where feedback_type = 'churn' group by 1 order by 2 desc"
    )
    words = text_of(demo, "customers", "reasons")
    assert len(reasons) > 3
    for reason, number in reasons:
        assert f"{reason.replace('_', ' ').capitalize()} {number} " in words
    assert f"All reasons {sum(number for _, number in reasons)} " in words


def test_every_source_has_its_persons(demo: Built) -> None:
    counts = "count(*), count(mql_at), count(sql_at), count(*) filter (where is_new_customer)"
    leads = demo.query(f"select {counts} from marts.fct_journeys")[0]
    found = re.search(r"All sources ([\d,]+) ([\d,]+) ([\d,]+) ([\d,]+) ([\d,]+)", text_of(demo, "sources", "sources"))
    shown = [int(each.replace(",", "")) for each in found.groups()] if found else []
    assert [*shown[:3], *shown[4:]] == list(leads)


@pytest.mark.browser
@pytest.mark.skipif(chromium() is None, reason="no Chromium on this machine: the page tests are skipped")
@pytest.mark.parametrize("name", PAGES)
def test_a_page_opens_without_an_error_or_a_request(browser, demo: Built, name: str) -> None:
    """Each is below two megabytes, and each link to a place of the site has one."""
    path = demo.site / f"{name}.html"
    page = browser.new_page(viewport={"width": 1280, "height": 900})
    messages, requests = [], []
    page.on("console", lambda message: messages.append(message.text))
    page.on("pageerror", lambda error: messages.append(str(error)))
    page.on("request", lambda request: requests.append(request.url))
    page.goto(path.as_uri())
    assert messages == []
    assert all(each.startswith(demo.site.as_uri()) for each in requests)
    assert page.evaluate("document.documentElement.scrollWidth") <= 1280
    assert page.evaluate("[...document.querySelectorAll('section')].every(e => e.scrollWidth <= e.clientWidth)")
    assert path.stat().st_size < 2_000_000
    links = page.eval_on_selector_all("main a", "links => links.map(link => link.getAttribute('href'))")
    for place, _, anchor in (link.partition("#") for link in links):
        target = demo.site / place if place else path
        assert target.is_file(), place
        assert not anchor or f'id="{anchor}"' in target.read_text(encoding="utf-8"), (place, anchor)
    page.close()
