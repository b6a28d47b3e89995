"""The page of the funnel: how far each cohort has come, step by step, how long it takes, what costs most, and when.

Belongs here: which cohorts and steps are shown. Rates, intervals and times are those of rpt_funnel_conversion; what a
step costs is rpt_bottlenecks' matter, when leads come in that of arrival_times.py.
"""

from collections.abc import Sequence
from itertools import groupby
from operator import itemgetter

import duckdb

from orchestration.lib.formats import quarter
from orchestration.lib.language import translated
from orchestration.lib.language.places import short_day_name
from orchestration.lib.pages.arrival_times import read_arrival_times, read_hours
from orchestration.lib.pages.commitments import previous_month
from orchestration.lib.pages.funnel_chart import funnel_chart
from orchestration.lib.pages.reading import read_header
from orchestration.lib.pages.rendering import render
from orchestration.lib.warehouse.rows import Row, read_rows

QUARTERS_SHOWN = 12
PAST_TIMES = 4

# The report holds months, and other segments too.
PAIRS = """select * from reports.rpt_funnel_conversion
    where cohort_period <> 'month' and segment_type in ('all', 'stream and lead type')
    order by segment_type, revenue_stream, lead_type, from_rank, to_rank, cohort_date"""

BOTTLENECKS = """select * from reports.rpt_bottlenecks
    where period_date = (select max(period_date) from reports.rpt_bottlenecks)
    order by compared_with, bottleneck_rank"""


def render_funnel(connection: duckdb.DuckDBPyConnection) -> str:
    """The page as one HTML document. ValueError if the warehouse was never built."""
    header = read_header(connection)
    month = previous_month(header["month_date"])
    pairs = read_rows(connection, PAIRS)
    together = [row for row in pairs if row["segment_type"] == "all" and row["cohort_period"] == "quarter"]
    bottlenecks = [row | {"arithmetic": _computed(row)} for row in read_rows(connection, BOTTLENECKS)]
    return render(
        "funnel.html.j2",
        "funnel.html",
        header=header,
        cohorts=_cohorts(together, header["fiscal_year_start_month"]),
        quarters=_quarters(together),
        funnel=_steps([row for row in pairs if row["is_current_cohort"] and row["is_next_stage"]]),
        times=_times([row for row in pairs if row["is_next_stage"]]),
        bottlenecks={compared: list(rows) for compared, rows in groupby(bottlenecks, key=itemgetter("compared_with"))},
        month=month,
        weekdays=[short_day_name(day) for day in range(7)],
        hours=read_hours(connection, header["month_date"]),
        arrivals=read_arrival_times(connection, month),
    )


def _computed(row: Row) -> str:
    """How the report computed a cost, with the separators of the language; empty without one."""
    return translated(row["arithmetic"])


def _steps(rows: Sequence[Row]) -> Row:
    """The cohorts shown, and per revenue stream and lead type the steps with one row per cohort (None without)."""
    cohorts = {row["cohort_date"]: row["is_mature_90d"] for row in sorted(rows, key=itemgetter("cohort_date"))}
    blocks = []
    for (stream, lead_type), block in groupby(rows, key=itemgetter("revenue_stream", "lead_type")):
        steps = []
        for (from_stage, to_stage), pairs in groupby(block, key=itemgetter("from_stage", "to_stage")):
            by_cohort = {row["cohort_date"]: row for row in pairs}
            cells = [by_cohort.get(cohort) for cohort in cohorts]
            steps.append({"from_stage": from_stage, "to_stage": to_stage, "cohorts": cells})
        blocks.append({"revenue_stream": stream, "lead_type": lead_type, "steps": steps})
    return {"cohorts": cohorts, "blocks": blocks}


def _first(rows: Sequence[Row]) -> list[Row]:
    """The pairs that begin at the first stage of the funnel: who of those that entered it has reached which stage."""
    first = rows[0]["from_stage"] if rows else None
    return [row for row in rows if row["from_stage"] == first]


def _cohorts(rows: Sequence[Row], fiscal_start: int) -> list[Row]:
    """The current cohorts, the oldest first: the stages that its journeys have reached, and the picture of them.

    The picture has who reached a stage within 90 days, once everybody has had them; else who has until now.
    """
    current = sorted((row for row in _first(rows) if row["is_current_cohort"]), key=itemgetter("cohort_date"))
    cohorts = []
    for cohort_date, group in groupby(current, key=itemgetter("cohort_date")):
        reached = list(group)
        is_final = all(row["is_mature_90d"] for row in reached)
        name = quarter(cohort_date, fiscal_start)
        picture = funnel_chart(reached, "converted_90d" if is_final else "converted", name)
        cohorts.append({"cohort_date": cohort_date, "is_final": is_final, "reached": reached, "chart": picture})
    return cohorts


def _quarters(rows: Sequence[Row]) -> Row:
    """One line per quarter, the latest first, with a cell for each stage after the first."""
    first = _first(rows)
    stages = list(dict.fromkeys(row["to_stage"] for row in first))
    quarters: dict[object, dict[str, Row]] = {}
    for row in first:
        quarters.setdefault(row["cohort_date"], {})[row["to_stage"]] = row
    lines = [
        {"cohort_date": cohort_date, "cells": [by_stage.get(stage) for stage in stages]}
        for cohort_date, by_stage in sorted(quarters.items(), key=lambda quarter: str(quarter[0]), reverse=True)
    ]
    return {
        "from_stage": first[0]["from_stage"] if first else None,
        "stages": stages,
        "lines": lines[:QUARTERS_SHOWN],
        "hidden": len(lines[QUARTERS_SHOWN:]),
    }


def _times(rows: Sequence[Row]) -> Row:
    """The days from stage to stage: of everybody, by revenue stream and lead type, and of the last quarters."""
    whole = [row for row in rows if row["cohort_period"] == "all"]
    quarters = [row for row in rows if row["cohort_period"] == "quarter" and row["segment_type"] == "all"]
    dates = sorted({row["cohort_date"] for row in quarters if row["is_mature_90d"]})[-PAST_TIMES:]
    by_step = {(row["from_stage"], row["cohort_date"]): row for row in quarters}
    for row in whole:
        is_together = row["revenue_stream"] is None
        row["past"] = [by_step.get((row["from_stage"], each)) for each in dates] if is_together else []
    blocks = [
        {"revenue_stream": stream, "lead_type": lead_type, "steps": list(steps)}
        for (stream, lead_type), steps in groupby(whole, key=itemgetter("revenue_stream", "lead_type"))
    ]
    together = [block for block in blocks if block["revenue_stream"] is None]
    return {"quarters": dates, "together": together, "blocks": blocks[len(together) :]}
