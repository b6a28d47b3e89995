"""The findings of a review: each in a sentence, and as an item on which is decided.

Belongs here: the words. Every figure is a column of rpt_review_findings; what is kept of an item is kept.py.
"""

import duckdb

from orchestration.lib.formats import amount, count, figure, label, percent, words
from orchestration.lib.periods import Period
from orchestration.lib.review.items import Item
from orchestration.lib.warehouse.rows import Row, read_rows

# A commitment is called as the newest version with it calls it.
FOUND = """
    select findings.*, header.currency_code, names.commitment_name
    from reports.rpt_review_findings as findings
    cross join reports.rpt_page_header as header
    left join
        (
            select commitment, arg_max(commitment_name, coalesce(effective_from, date '0001-01-01')) as commitment_name
            from marts.dim_commitment group by commitment
        ) as names
        on findings.commitment = names.commitment
    where findings.review_period = ? and findings.period_from = ?
    order by findings.finding_rank
"""


def read_findings(connection: duckdb.DuckDBPyConnection, period: Period) -> list[Row]:
    """The findings of a period with their sentences, those with most money first."""
    rows = read_rows(connection, FOUND, [period.kind, period.starts])
    return [row | {"sentence": sentence(row)} for row in rows]


def finding_items(connection: duckdb.DuckDBPyConnection, period: Period) -> tuple[Item, ...]:
    """The findings as items: name, result, sentence, the team, and the proposed owner and date."""
    return tuple(
        Item(
            row["finding"],
            f"{label(row['finding_kind'])}, {row['result']}",
            row["sentence"].replace("\u00a0", " "),
            row["team"],
            row["proposed_owner"],
            row["proposed_date"],
        )
        for row in read_findings(connection, period)
    )


def sentence(row: Row) -> str:
    """What was found, with its figures and the number of cases."""
    name = row["commitment_name"] or label(row["commitment"] or "")
    currency = row["currency_code"]
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
