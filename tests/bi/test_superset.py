"""The dashboard of examples/bi/superset in a real Superset over a real PostgreSQL: what it shows, in a browser.

The figures are those of SQL for this test alone, over the published copy, and of the metrics of the semantic layer.
"""

import os
import time
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from urllib.parse import urlsplit

import duckdb
import pytest
import yaml

from tests.bi.conftest import ADMIN
from tests.command import PROJECT
from tests.end_to_end.conftest import Built
from tests.end_to_end.test_metrics import explained

pytestmark = [pytest.mark.bi, pytest.mark.end_to_end]

CHARTS = 9
PROMISES = "What each team promised, and kept"
METRICS = {"win_rate": "Win rate", "mql_to_sql_rate": "MQL to SQL", "opportunity_to_won_rate": "Opportunity to won"}


@dataclass(frozen=True)
class Shown:
    """What the page shows: the text of each chart by its title, and the rows that it was drawn from."""

    texts: dict[str, str]
    rows: dict[str, list[dict]]


@pytest.fixture(scope="module")
def shown(superset: str, browser, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Shown]:
    page = browser.new_page(viewport={"width": 1360, "height": 2200})
    rows: dict[int, list[dict]] = {}

    def keep(response) -> None:
        if "/api/v1/chart/data" in response.url and response.ok:
            chart = response.request.post_data_json["form_data"].get("slice_id")
            rows[chart] = [row for result in response.json()["result"] for row in result["data"]]

    page.on("response", keep)
    page.goto(f"{superset}/login/")
    page.wait_for_load_state("networkidle")
    page.get_by_role("textbox").first.fill("admin")
    page.locator("input[type=password]").fill(ADMIN)
    page.keyboard.press("Enter")
    page.wait_for_url(lambda url: "/login" not in url)
    page.goto(f"{superset}/superset/dashboard/sla-by-team/?standalone=1")
    until = time.monotonic() + 120
    while len(rows.keys() - {None}) < CHARTS and time.monotonic() < until:
        page.wait_for_timeout(500)
    page.wait_for_load_state("networkidle")
    page.wait_for_timeout(3000)
    charts = page.locator("[data-test-chart-name]")
    texts = {each.get_attribute("data-test-chart-name"): each.inner_text() for each in charts.all()}
    page.screenshot(path=os.environ.get("DASHBOARD_PICTURE") or tmp_path_factory.getbasetemp() / "superset.png")
    listed = page.request.get(f"{superset}/api/v1/chart/").json()["result"]
    titles = {each["id"]: each["slice_name"] for each in listed}
    assert page.locator("[role=alert]").all_inner_texts() == []
    yield Shown(texts, {titles[chart]: found for chart, found in rows.items() if chart})
    page.close()


def day(value: float) -> str:
    """The day that Superset sends as milliseconds."""
    return datetime.fromtimestamp(value / 1000, UTC).date().isoformat()


def test_every_chart_shows_something(shown: Shown) -> None:
    assert len(shown.texts) == len(shown.rows) == CHARTS
    assert [title for title, found in shown.rows.items() if not found] == []
    faults = ("error", "No results", "no data", "Unexpected")
    assert [title for title, text in shown.texts.items() if any(fault in text for fault in faults)] == []


def result(row: dict) -> str:
    """The result of a promise in words: its bounds where they differ."""
    scale, digits, sign = (100, 1, " %") if row["unit"] == "share" else (1, 0, "")
    value, low, high = (row[name] and row[name] * scale for name in ("attainment", "attainment_low", "attainment_high"))
    if row["is_final"] or low == high:
        return f"{value:,.{digits}f}{sign}"
    return f"{low:,.{digits}f} to {high:,.{digits}f}{sign}"


def test_the_last_full_month_is_shown_by_team_and_promise(shown: Shown, copy: duckdb.DuckDBPyConnection) -> None:
    """Every promise of it, and no other month: counts, result, target and status."""
    query = """
        from reports.rpt_team_compliance
        where period_date = (select max(period_date) from reports.rpt_team_compliance where has_ended)
    """
    facts = copy.execute(query).df().astype(object)
    facts = facts.where(facts.notna(), None).to_dict("records")
    found = shown.rows[PROMISES]
    assert {row["month"] for row in found} == {f"{facts[0]['period_date']:%Y-%m}"}
    wanted = [
        (
            row["team"].title(),
            None if row["kind"] == "lead_value" else row["due"] if row["cases"] is None else row["cases"],
            "" if row["kind"] == "lead_value" or row["cases"] is not None else f"{row['kept']:,}",
            result(row),
            f"{row['target']:.0%}".replace("%", " %") if row["unit"] == "share" else f"{row['target']:,.0f}",
            row["status"].replace("_", " "),
        )
        for row in facts
    ]
    names = ("team", "counted", "kept_shown", "result", "target", "status")
    assert Counter(tuple(row[name] for name in names) for row in found) == Counter(wanted)
    assert len(wanted) > 12
    lines = shown.texts[PROMISES].splitlines()
    assert [row for row in wanted if not any({row[0], row[3], row[5]} <= set(line.split("\t")) for line in lines)] == []


def test_overdue_promises_are_counted_by_owner(shown: Shown, copy: duckdb.DuckDBPyConnection) -> None:
    query = "select owner_name, count(*) from reports.rpt_open_clocks where urgency = 'overdue' group by 1"
    wanted = dict(copy.execute(query).fetchall())
    found = {
        row.pop("owner"): int(sum(filter(None, row.values()))) for row in map(dict, shown.rows["Overdue now, by owner"])
    }
    assert found == wanted
    assert str(sum(wanted.values())) in shown.texts["Overdue now"].split()
    soon = copy.execute("select count(*) from reports.rpt_open_clocks where urgency = 'due in 24 hours'").fetchone()[0]
    assert str(soon) in shown.texts["Due in 24 hours"].split()
    assert (
        f"{copy.execute('select as_of_date from marts.dim_build').fetchone()[0]:%d %b %Y}"
        in shown.texts["Figures as of"]
    )


def test_kept_missed_and_not_due_add_up_by_month(shown: Shown, copy: duckdb.DuckDBPyConnection) -> None:
    query = """
        select cast(month_date as varchar), count(*) filter (status = 'kept'), count(*) filter (status = 'missed'),
            count(*) filter (status in ('early', 'open'))
        from marts.fct_reported_commitments where kind in ('clock', 'cadence') group by 1
    """
    wanted = {month: tuple(counts) for month, *counts in copy.execute(query).fetchall()}
    names = ("kept_total", "missed_total", "not_due_total")
    found = {
        day(row["month_date"]): tuple(int(row[name]) for name in names)
        for row in shown.rows["Promises to leads, by the month in which they began"]
    }
    assert found == wanted


def test_lead_value_has_what_was_delivered_and_its_target(shown: Shown, copy: duckdb.DuckDBPyConnection) -> None:
    query = """
        select cast(month_date as varchar), sum(actual), sum(target) from marts.fct_reported_commitments
        where kind = 'lead_value' group by 1
    """
    wanted = {month: (value, target) for month, value, target in copy.execute(query).fetchall()}
    rows: dict[str, dict] = {}
    for row in shown.rows["Lead value against target, by month (the last one is running)"]:
        rows.setdefault(day(row["month_date"]), {}).update(row)
    assert rows.keys() == wanted.keys()
    for month, (value, target) in wanted.items():
        assert rows[month]["delivered"] == pytest.approx(value, abs=0.01), month
        assert rows[month]["value_target"] == pytest.approx(target, abs=0.01), month


def test_the_time_to_first_contact_is_the_median_of_those_contacted(
    shown: Shown, copy: duckdb.DuckDBPyConnection
) -> None:
    query = """
        select strftime(timezone(time_zone, timezone('UTC', started_at)), '%Y-%m-01') as month, count(*),
            count(contact_minutes), median(contact_business_minutes) / 60
        from marts.fct_response_times, marts.dim_build where is_agreed group by month, commitment order by all
    """
    found = sorted(
        (day(row["month_date"]), row["leads"], row["reached"], row["median_business_hours"])
        for row in shown.rows["Time to first contact of those contacted, in business hours"]
    )
    assert found == [(*row[:3], pytest.approx(row[3])) for row in copy.execute(query).fetchall()]


def test_metrics_of_the_semantic_layer_answer_the_same(
    shown: Shown, demo: Built, copy: duckdb.DuckDBPyConnection
) -> None:
    """Three of them by fiscal quarter: what has converted, of how many."""
    queries = [{"metric_names": [name], "group_by_names": ["metric_time__fiscal_quarter"]} for name in METRICS]
    statements = explained(demo.home / "project", queries)
    compared = 0
    with duckdb.connect() as connection:
        connection.execute(f"attach '{demo.copy}' as warehouse (read_only)")
        connection.execute("use warehouse")
        for step, sql in zip(METRICS.values(), statements, strict=True):
            wanted = {
                str(quarter)[:10]: value for quarter, value in connection.execute(sql).fetchall() if value is not None
            }
            found = {
                day(row["quarter_date"]): row["converted"] / row["decided"]
                for row in shown.rows["Conversions by fiscal quarter"]
                if row["step"] == step and row["decided"]
            }
            assert found == pytest.approx(wanted), step
            compared += len(found)
    assert compared > 10


def test_the_address_in_the_files_is_a_placeholder_without_a_password() -> None:
    [database] = (PROJECT / "examples" / "bi" / "superset" / "databases").glob("*.yaml")
    address = urlsplit(yaml.safe_load(database.read_text())["sqlalchemy_uri"])
    assert (address.hostname, address.password) == ("db.acme.example", None)
