"""The findings of a review: each in a sentence, and as an item on which is decided.

Belongs here: the words. Every figure is a column of rpt_review_findings; what is kept of an item is kept.py.
"""

import duckdb

from orchestration.lib.formats import amount, count, figure, label, percent, words
from orchestration.lib.language import gettext, translated
from orchestration.lib.language.found import (
    ALWAYS_KEPT,
    BREACH,
    DELIVERY,
    DRIFT,
    DRIFT_OF,
    FORECAST,
    GROW,
    KEPT_BY_NOBODY,
    MISSED_RUNNING,
    STEP,
    STOP,
    TOO_EARLY,
)
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

FIGURES = ("value", "value_low", "value_high", "compared_value")


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
    kind, values = row["finding_kind"], _values(row)
    if kind in ("bottleneck", "improvement"):
        return _step(row, values)
    if kind == "breach":
        part, cause = count(row["value"] * row["cases"]), translated(row["about"])
        return gettext(BREACH, name=name, part=part, cause=cause, **values)
    if kind == "drift":
        what = translated(label(row["about"]))
        return gettext(DRIFT_OF, what=what, name=name, **values) if name else gettext(DRIFT, what=what, **values)
    amounts = {key: amount(row.get(key)) for key in FIGURES} | {
        "currency": row["currency_code"],
        "cases": values["cases"],
    }
    if kind == "delivery":
        return gettext(DELIVERY, lead_type=_lead_type(row), **amounts)
    if kind == "source":
        grows = row["result"] == "grow"
        return gettext(GROW if grows else STOP, channel=row["about"], **values)
    if kind == "forecast":
        return gettext(FORECAST, **amounts)
    return _promise(row, name, values)


def _values(row: Row) -> dict[str, str]:
    """The figures as shares, and the number of cases."""
    return {key: percent(row.get(key)) for key in FIGURES} | {"cases": count(row["cases"])}


def _step(row: Row, values: dict[str, str]) -> str:
    message = TOO_EARLY if row["value"] is None else STEP
    return gettext(message, lead_type=_lead_type(row), step=step_words(row["about"]), **values)


def _promise(row: Row, name: str, values: dict[str, str]) -> str:
    unit = "rate" if row["unit"] == "share" else row["unit"]
    agreed = figure(row["compared_value"], unit)
    if row["result"] == "missed running":
        last = figure(row["value"], unit)
        return gettext(MISSED_RUNNING, name=name, cases=values["cases"], last=last, agreed=agreed)
    if row["result"] == "always kept":
        return gettext(ALWAYS_KEPT, name=name, cases=values["cases"], agreed=agreed)
    return gettext(KEPT_BY_NOBODY, name=name, agreed=agreed, **values)


def _lead_type(row: Row) -> str:
    return f"{label(row['revenue_stream'])}, {words(row['lead_type'])}"


def step_words(step: str) -> str:
    """mql_to_sql is MQL to SQL."""
    from_stage, _, to_stage = step.partition("_to_")
    values = {"earlier": translated(label(from_stage)), "later": translated(words(to_stage))}
    return gettext("%(earlier)s to %(later)s", **values)
