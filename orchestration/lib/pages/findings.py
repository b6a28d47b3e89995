"""The findings of a review in sentences, and each rep's history beside the target.

Belongs here: the words. Every figure is a column of rpt_review_findings, rpt_rep_targets and rpt_rep_capacity; what a
proposed version asks of one rep is the target of its plan, divided as the report divides the agreed one.
"""

from collections.abc import Mapping
from fractions import Fraction

import duckdb

from orchestration.lib.agreement.document import Agreement
from orchestration.lib.agreement.quotas import MONTHS_OF
from orchestration.lib.formats import amount, count, figure, label, percent, words
from orchestration.lib.pages.reading import Row, read_rows
from orchestration.lib.periods import Period
from orchestration.lib.review.decomposition import inputs_of

FOUND = "select * from reports.rpt_review_findings where review_period = ? and period_from = ? order by finding_rank"
CAPACITY = "select * from reports.rpt_rep_capacity order by month_leads"
REPS = "select * from reports.rpt_rep_targets order by revenue_stream, owner_name, owner_id"
# The table that has the rows of a finding, and the page that shows it (empty: this one).
ROWS = {
    "bottleneck": ("rpt_review_rates", ""),
    "improvement": ("rpt_review_rates", ""),
    "breach": ("fct_missed_clocks", "../scorecard.html#clock-time"),
    "drift": ("fct_handoffs", "../scorecard.html#excuses"),
    "delivery": ("fct_lead_delivery_daily", "../scorecard.html"),
    "source": ("fct_stage_conversions", "../attribution.html"),
    "promise": ("rpt_sla_compliance_month", "../scorecard.html"),
    "forecast": ("rpt_quarter_forecast", "../board.html"),
}


def findings_part(connection: duckdb.DuckDBPyConnection, period: Period, header: Row) -> list[Row]:
    """The findings of a period, those with most money first, each with its sentence and where its rows are."""
    return [
        row
        | {
            "sentence": sentence(row, header["names"], header["currency_code"]),
            "table": ROWS[row["finding_kind"]][0],
            "page": ROWS[row["finding_kind"]][1],
        }
        for row in read_rows(connection, FOUND, [period.kind, period.starts])
    ]


def sentence(row: Row, names: Mapping[str, str], currency: str) -> str:
    """What was found, with its figures and the number of cases."""
    name = names[row["commitment"]] if row["commitment"] else ""
    kind, cases = row["finding_kind"], count(row["cases"])
    if kind in ("bottleneck", "improvement"):
        return _step(row)
    if kind == "breach":
        part = count(row["value"] * row["cases"])
        return f"{name}: {part} of {cases} missed clocks have the cause {row['about']} ({interval(row)})."
    if kind == "drift":
        of = f" of {name}" if name else ""
        return f"{label(row['about'])}{of}: {measured(row)}; in the period before {percent(row['compared_value'])}."
    if kind == "delivery":
        delivered = f"{currency} {amount(row['value'])} of {amount(row['compared_value'])} delivered, {cases} leads"
        return f"{_lead_type(row)}: {delivered}. Chance leaves {span(row)}."
    if kind == "source":
        than = "more" if row["result"] == "grow" else "less"
        others = f"of those of the other channels {percent(row['compared_value'])}, which cost {than} each"
        return f"{row['about']}: sales qualifies {measured(row)} within 30 days, {others}."
    if kind == "forecast":
        came = f"{currency} {amount(row['value'])} came from {cases} deals"
        return f"{came}; {amount(row['compared_value'])} were forecast, {span(row)}."
    return f"{name}: {_promise(row)}"


def _step(row: Row) -> str:
    step, agreed = f"{_lead_type(row)}: {step_words(row['about'])}", percent(row["compared_value"])
    if row["value"] is None:
        return f"{step}: {agreed} is agreed; nobody of {count(row['cases'])} has had the time."
    return f"{step} is {measured(row)}; {agreed} is agreed."


def _promise(row: Row) -> str:
    unit = "rate" if row["unit"] == "share" else row["unit"]
    cases, agreed = count(row["cases"]), f"{figure(row['compared_value'], unit)} agreed"
    if row["result"] == "missed running":
        return f"missed in {cases} settled months running, the last with {figure(row['value'], unit)}; {agreed}."
    if row["result"] == "always kept":
        return f"kept in all of {cases} cases; {agreed}."
    return f"no owner has kept it in any month, {measured(row)}; {agreed}."


def _lead_type(row: Row) -> str:
    return f"{label(row['revenue_stream'])}, {words(row['lead_type'])}"


def interval(row: Row) -> str:
    """The share with its bounds."""
    return f"{percent(row['value'])}, interval {percent(row['value_low'])} to {percent(row['value_high'])}"


def measured(row: Row) -> str:
    """The share with the number of cases and its bounds."""
    bounds = f"{percent(row['value_low'])} to {percent(row['value_high'])}"
    return f"{percent(row['value'])} of {count(row['cases'])} ({bounds})"


def span(row: Row) -> str:
    """The bounds of an amount."""
    return f"{amount(row['value_low'])} to {amount(row['value_high'])}"


def step_words(step: str) -> str:
    """mql_to_sql is MQL to SQL."""
    from_stage, _, to_stage = step.partition("_to_")
    return f"{label(from_stage)} to {words(to_stage)}"


def reps_part(connection: duckdb.DuckDBPyConnection, proposed: Agreement | None) -> list[Row]:
    """Each rep and stream, with what the agreed and the proposed version ask of one rep in an even month."""
    asked = {} if proposed is None else leads_per_rep(proposed)
    return [row | {"proposed_leads": asked.get(row["revenue_stream"])} for row in read_rows(connection, REPS)]


def leads_per_rep(agreement: Agreement) -> dict[str, float]:
    """Of each stream with agreed reps, the leads that its plan asks of one of them in an even month."""
    found = {}
    for key, stream in agreement.revenue_streams.items():
        if stream.sales_capacity is not None:
            plans = [inputs_of(stream, lead_type) for lead_type in stream.lead_types.values()]
            months = [
                Fraction(plan.target_leads, MONTHS_OF.get(plan.per) or int(plan.per.split()[0])) for plan in plans
            ]
            found[key] = float(sum(months) / stream.sales_capacity.reps)
    return found


def capacity_part(connection: duckdb.DuckDBPyConnection) -> list[Row]:
    """The months of the reps by load, the lightest first."""
    return read_rows(connection, CAPACITY)
