"""The scorecard: both teams on one page, for the monthly meeting over the last ended month.

Belongs here: the sections of the page and how a promise of any kind becomes one line of it. What is learned per person
is in people.py; what a month of a promise was is read by commitments.py.
"""

from datetime import date
from typing import Any

import duckdb

from orchestration.lib.pages.charts import sparkline
from orchestration.lib.pages.commitments import months_before, previous_month, read_months
from orchestration.lib.pages.formats import count, days, difference, label, month, percent, quarter
from orchestration.lib.pages.people import read_people
from orchestration.lib.pages.reading import Row, read_header, read_rows
from orchestration.lib.pages.rendering import render

TREND = 7  # periods shown: the one of the meeting and six before it
TEAMS = ("sales", "marketing")

# The whole team's figure; of a period that two versions share, that of the later one.
MEASURES = """
    select
        measures.team, measures.commitment, measures.measure, measures.period, measures.period_date, measures.cases,
        measures.target, measures.actual, measures.status_reason as status,
        case
            when measures.measure = 'sales_cycle_days' then measures.target / nullif(measures.actual, 0)
            else measures.actual / measures.target
        end as kept_rate
    from marts.fct_measures as measures
    inner join marts.dim_agreement as versions on measures.agreement_version = versions.version
    where
        measures.owner_id is null and measures.lead_type is null and measures.status <> 'pending'
        and measures.period_date < ?
    qualify
        row_number() over (
            partition by measures.team, measures.commitment, measures.period_date order by versions.effective_from desc
        ) = 1
    order by measures.commitment, measures.period_date
"""

BOTTLENECKS = """
    select
        period_date, revenue_stream, lead_type, from_stage, to_stage, compared_with, measured_rate, compared_rate,
        lost_customers, cost_amount, is_significant, arithmetic
    from reports.rpt_bottlenecks
    where
        period_date = (select max(period_date) from reports.rpt_bottlenecks)
        and compared_with = 'agreement' and cost_amount > 0
    order by bottleneck_rank, revenue_stream, lead_type, from_stage, to_stage, compared_with
    limit 3
"""

CAPACITY = """
    select
        revenue_stream, delivered_leads, capacity_leads, utilisation_rate, is_over_capacity, months_over,
        is_constant_over_delivery
    from reports.rpt_sales_capacity
    where month_date = ? and capacity_leads is not null
    order by revenue_stream
"""

WEEKS = """
    with work as (select * from reports.rpt_weekly_work where owner_id is null and week_date >= ? and week_date < ?)
    select
        week_date,
        max(leads_treated) filter (where team = 'sales') as sales_leads,
        max(calls) as calls,
        max(messages) as messages,
        max(meetings) as meetings,
        max(outcome_logged_rate) as outcome_logged_rate,
        max(leads_treated) filter (where team = 'marketing') as marketing_leads,
        max(leads_nurtured) as leads_nurtured,
        max(leads_scored) as leads_scored,
        max(leads_handed_over) as leads_handed_over
    from work
    group by week_date
    order by week_date
"""

# Whoever owns it: an owner's loss is another's gain.
RESTATED = """
    select
        month_date, team, commitment, reason, sum(met_change) as met_change, sum(breached_change) as breached_change,
        sum(pending_change) as pending_change, sum(excused_change) as excused_change,
        cast(sum(cast(actual_change_amount as decimal(18, 4))) as double) as amount_change
    from reports.rpt_restatements
    group by month_date, team, commitment, reason
    order by month_date desc, team desc, commitment, reason
"""


def render_scorecard(connection: duckdb.DuckDBPyConnection) -> str:
    """The scorecard as one HTML document. ValueError if the warehouse was never built."""
    header = read_header(connection)
    shown = previous_month(header["month_date"])
    lines = _promised(connection, shown, header["month_date"]) + _measured(connection, header["month_date"])
    return render(
        "scorecard.html.j2",
        header=header,
        shown=shown,
        teams=[(team, [line for line in lines if line["team"] == team]) for team in TEAMS],
        bottlenecks=read_rows(connection, BOTTLENECKS),
        capacity=read_rows(connection, CAPACITY, [shown]),
        weeks=read_rows(connection, WEEKS, [shown, header["month_date"]]),
        people=read_people(connection, shown),
        is_closed=bool(read_rows(connection, "select 1 from marts.fct_closings where month_date = ?", [shown])),
        restated=read_rows(connection, RESTATED),
    )


def _promised(connection: duckdb.DuckDBPyConnection, shown: date, end: date) -> list[Row]:
    """A line for every clock, cadence and lead value that has figures of the month shown."""
    months = read_months(connection, months_before(shown, TREND - 1), end)
    lines = []
    for team, commitment in dict.fromkeys((row["team"], row["commitment"]) for row in months):
        history = [row for row in months if (row["team"], row["commitment"]) == (team, commitment)]
        if history[-1]["month_date"] != shown:
            continue
        now = history[-1]
        before = next((row for row in history if row["month_date"] == previous_month(shown)), None)
        measured = "attainment_rate" if now["is_clock"] else "actual_amount"
        promised = "target_rate" if now["is_clock"] else "target_amount"
        lines.append(
            {
                "period": month(shown),
                "target": percent(now[promised]) if now["is_clock"] else count(now[promised]),
                "actual": percent(now[measured]) if now["is_clock"] else count(now[measured]),
                "detail": _clocks(now) if now["is_clock"] else "lead value",
                "status": now["status"],
                **_compared(team, commitment, history, now, before, measured, promised),
                "change": _change(now[measured], before and before[measured], "rate" if now["is_clock"] else "amount"),
            }
        )
    return lines


def _measured(connection: duckdb.DuckDBPyConnection, end: date) -> list[Row]:
    """A line for every measure, of its last ended period."""
    periods = read_rows(connection, MEASURES, [end])
    lines = []
    for team, commitment in dict.fromkeys((row["team"], row["commitment"]) for row in periods):
        history = [row for row in periods if (row["team"], row["commitment"]) == (team, commitment)][-TREND:]
        now, before = history[-1], history[-2] if len(history) > 1 else None
        is_days = now["measure"] == "sales_cycle_days"
        shown = days if is_days else percent
        lines.append(
            {
                "period": (quarter if now["period"] == "quarter" else month)(now["period_date"]),
                "target": f"{'at most' if is_days else 'at least'} {shown(now['target'])}",
                "actual": shown(now["actual"]),
                "detail": f"{label(now['measure'])}, {count(now['cases'])} {'case' if now['cases'] == 1 else 'cases'}",
                "status": now["status"],
                **_compared(team, commitment, history, now, before, "actual", "target"),
                "change": _change(now["actual"], before and before["actual"], "days" if is_days else "rate"),
            }
        )
    return lines


def _clocks(now: Row) -> str:
    # What has not fallen due yet is said: the share of a young month is made of few clocks.
    pending = f", {count(now['pending'])} pending" if now["pending"] else ""
    return f"{count(now['met'])} met of {count(now['due'])} due{pending}"


def _compared(
    team: str, commitment: str, history: list[Row], now: Row, before: Row | None, measured: str, promised: str
) -> Row:
    points = [(row[measured], row[promised]) for row in history]
    return {
        "team": team,
        "commitment": commitment,
        "kept_rate": now["kept_rate"],
        "before": before is not None,
        "trend": sparkline(
            points, f"{label(commitment)}: the last {len(points)} periods, the line is what was promised"
        ),
    }


def _change(now: Any, before: Any, unit: str) -> str:
    if now is None or before is None:
        return difference(None, unit)
    return difference(float(now) - float(before), unit) + (" d" if unit == "days" and now != before else "")
