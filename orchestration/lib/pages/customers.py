"""The page of the customers: what they pay month by month, what moved it, who stays, who may leave, what one is worth.

Belongs here: the sections of the page. What a movement and a cohort are is in fct_recurring_revenue, what a reason to
leave is in rpt_customers_at_risk, which survey is answered in fct_survey_invitations.
"""

from itertools import groupby
from operator import itemgetter

import duckdb

from orchestration.lib.formats import label
from orchestration.lib.language import later, translated
from orchestration.lib.pages.reading import read_header
from orchestration.lib.pages.rendering import render
from orchestration.lib.warehouse.rows import Row, read_rows

MONTHS_SHOWN = 24
COHORTS_SHOWN = 24
REASONS_SHOWN = 50
ANSWERS_SHOWN = 16
REASON_QUARTERS = 8
# The reasons that Stripe knows for ending a subscription; all others are words of the company or of its customers.
LEAVING = {
    "customer_service": later("Customer service"),
    "low_quality": later("Low quality"),
    "missing_features": later("Missing features"),
    "switched_service": later("Switched service"),
    "too_complex": later("Too complex"),
    "too_expensive": later("Too expensive"),
    "unused": later("Unused"),
}
# Months since the start of a cohort that have a column, once a cohort is so old.
AGES = (1, 2, 3, 6, 9, 12, 18, 24)

MONTHS = "select * from reports.rpt_recurring_revenue order by month_date desc"
# Of all customers, and by stream where there are several.
VALUES = """
    select * from marts.fct_customer_value
    where valued_customers > 0 and (axis = 'all' or customer_kind <> 'all')
    order by axis, axis_value, customer_kind, horizon_months
"""
COSTS = "select kpi, value, cases from marts.fct_kpis where kpi_period = 'all' and axis = 'all'"
COHORTS = "select * from reports.rpt_retention_cohorts order by cohort_month_date desc, months_since_start"
ANSWERS = """select * from reports.rpt_feedback where period = 'quarter'
    order by period_from desc, feedback_type, answers desc, reason_label"""
DUE = "select due_date is not null as is_dated, is_paid, count(*) as lines from marts.fct_revenue group by all"
AT_RISK = "select * from reports.rpt_customers_at_risk order by recurring_amount desc, account_id, reason"


def render_customers(connection: duckdb.DuckDBPyConnection) -> str:
    """The page as one HTML document. ValueError if the warehouse was never built."""
    header = read_header(connection)
    months = read_rows(connection, MONTHS)
    at_risk = read_rows(connection, AT_RISK)
    feedback = read_rows(connection, ANSWERS)
    answers = [row for row in feedback if row["reason_label"] == "(all)" and row["feedback_type"] in ("nps", "csat")]
    return render(
        "customers.html.j2",
        "customers.html",
        header=header,
        months=months[:MONTHS_SHOWN],
        hidden_months=len(months[MONTHS_SHOWN:]),
        values=_values(read_rows(connection, VALUES)),
        costs={row["kpi"]: row for row in read_rows(connection, COSTS)},
        cohorts=_cohorts(read_rows(connection, COHORTS)),
        at_risk=at_risk[:REASONS_SHOWN],
        due=_due(read_rows(connection, DUE)),
        hidden_reasons=len(at_risk[REASONS_SHOWN:]),
        answers=answers[:ANSWERS_SHOWN],
        hidden_answers=len(answers[ANSWERS_SHOWN:]),
        reasons=_reasons(feedback),
        has_surveys=any(row["surveys_sent"] for row in answers),
        at_stake=list({row["account_id"]: row["recurring_amount"] for row in at_risk}.values()),
    )


def _reasons(rows: list[Row]) -> list[Row]:
    """Of each type of feedback whose reasons are given, the last quarters and one line per reason, the most first."""
    types = []
    for kind in sorted({row["feedback_type"] for row in rows}, key=lambda kind: (kind != "churn", kind)):
        of_kind = [row for row in rows if row["feedback_type"] == kind]
        given = [row for row in of_kind if row["reason_label"] != "(all)"]
        if all(row["reason_label"] == "(none)" for row in given):
            continue
        quarters = list(dict.fromkeys(row["period_from"] for row in of_kind))[:REASON_QUARTERS]
        cells = {(row["reason_label"], row["period_from"]): row for row in given}
        lines = [
            {
                "reason": reason,
                "name": translated(LEAVING[reason]) if reason in LEAVING else label(reason),
                "answers": sum(row["answers"] for row in given if row["reason_label"] == reason),
                "cells": [cells.get((reason, quarter)) for quarter in quarters],
            }
            for reason in dict.fromkeys(row["reason_label"] for row in given)
        ]
        lines.sort(key=lambda line: (-line["answers"], line["reason"]))
        totals = {row["period_from"]: row for row in of_kind if row["reason_label"] == "(all)"}
        types.append(
            {"type": kind, "quarters": quarters, "lines": lines, "totals": [totals.get(each) for each in quarters]}
        )
    return types


def _due(rows: list[Row]) -> Row:
    """Lines of revenue: with a due date; of them those that may be paid or not; unpaid ones without a date."""
    lines = {(row["is_dated"], row["is_paid"]): row["lines"] for row in rows}
    dated = sum(number for (is_dated, _), number in lines.items() if is_dated)
    return {"dated": dated, "unclear": lines.get((True, None)), "undated": lines.get((False, False))}


def _values(rows: list[Row]) -> list[Row]:
    """One row per stream and kind of customers, with a cell for each horizon."""
    lines = [
        {"stream": stream, "kind": kind, "cells": list(cells)}
        for (_, stream, kind), cells in groupby(rows, key=itemgetter("axis", "axis_value", "customer_kind"))
    ]
    kinds = {line["kind"] for line in lines if line["stream"] is None}
    # One kind of customers is all of them.
    return [line for line in lines if line["stream"] or line["kind"] == "all" or len(kinds) > 2]


def _cohorts(rows: list[Row]) -> Row:
    """One row per cohort, the newest first, with a cell for each age that any has reached."""
    cells: dict[object, dict[int, Row]] = {}
    for row in rows:
        cells.setdefault(row["cohort_month_date"], {})[row["months_since_start"]] = row
    ages = [age for age in AGES if any(age in by_age for by_age in cells.values())]
    shown = [{"start": by_age[0], "cells": [by_age.get(age) for age in ages]} for by_age in cells.values()]
    return {"rows": shown[:COHORTS_SHOWN], "hidden": len(shown[COHORTS_SHOWN:]), "ages": ages}
