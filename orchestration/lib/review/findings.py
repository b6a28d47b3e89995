"""The findings of a review: each in a sentence, and as an item on which is decided.

Belongs here: the words. Every figure is a column of rpt_review_findings; what is kept of an item is kept.py.
"""

import duckdb

from orchestration.lib.formats import amount, count, figure, label, percent, words
from orchestration.lib.language import gettext, translated
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
    """The findings as items: name, result, sentence, the team, and the proposed owner and date.

    The sentence is in the language that is spoken; what is kept of a review is English.
    """
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
    kind, cases = row["finding_kind"], count(row["cases"])
    if kind in ("bottleneck", "improvement"):
        return _step(row)
    if kind == "breach":
        return gettext(
            "%(promise)s: %(missed)s of %(cases)s missed clocks have the cause %(cause)s (%(interval)s).",
            promise=name,
            missed=count(row["value"] * row["cases"]),
            cases=cases,
            cause=translated(row["about"]),
            interval=interval(row),
        )
    if kind == "drift":
        about, now, before = translated(label(row["about"])), measured(row), percent(row["compared_value"])
        if not name:
            return gettext("%(about)s: %(now)s; in the period before %(before)s.", about=about, now=now, before=before)
        return gettext(
            "%(about)s of %(promise)s: %(now)s; in the period before %(before)s.",
            about=about,
            promise=name,
            now=now,
            before=before,
        )
    if kind == "delivery":
        return gettext(
            "%(lead_type)s: %(currency)s %(amount)s of %(target)s delivered, %(leads)s leads. Chance leaves %(span)s.",
            lead_type=_lead_type(row),
            currency=row["currency_code"],
            amount=amount(row["value"]),
            target=amount(row["compared_value"]),
            leads=cases,
            span=span(row),
        )
    if kind == "source":
        values = {"channel": row["about"], "share": measured(row), "others": percent(row["compared_value"])}
        if row["result"] == "grow":
            return gettext(
                "%(channel)s: sales qualifies %(share)s within 30 days, of those of the other channels %(others)s, "
                "which cost more each.",
                **values,
            )
        return gettext(
            "%(channel)s: sales qualifies %(share)s within 30 days, of those of the other channels %(others)s, "
            "which cost less each.",
            **values,
        )
    if kind == "forecast":
        return gettext(
            "%(currency)s %(amount)s came from %(deals)s deals; %(forecast)s were forecast, %(span)s.",
            currency=row["currency_code"],
            amount=amount(row["value"]),
            deals=cases,
            forecast=amount(row["compared_value"]),
            span=span(row),
        )
    return _promise(row, name)


def _step(row: Row) -> str:
    values = {
        "lead_type": _lead_type(row),
        "step": step_words(row["about"]),
        "agreed": percent(row["compared_value"]),
    }
    if row["value"] is None:
        return gettext(
            "%(lead_type)s: %(step)s: %(agreed)s is agreed; nobody of %(cases)s has had the time.",
            cases=count(row["cases"]),
            **values,
        )
    return gettext("%(lead_type)s: %(step)s is %(share)s; %(agreed)s is agreed.", share=measured(row), **values)


def _promise(row: Row, name: str) -> str:
    unit = "rate" if row["unit"] == "share" else row["unit"]
    values = {"promise": name, "agreed": figure(row["compared_value"], unit)}
    if row["result"] == "missed running":
        return gettext(
            "%(promise)s: missed in %(months)s settled months running, the last with %(last)s; %(agreed)s agreed.",
            months=count(row["cases"]),
            last=figure(row["value"], unit),
            **values,
        )
    if row["result"] == "always kept":
        return gettext(
            "%(promise)s: kept in all of %(cases)s cases; %(agreed)s agreed.", cases=count(row["cases"]), **values
        )
    return gettext(
        "%(promise)s: no owner has kept it in any month, %(share)s; %(agreed)s agreed.", share=measured(row), **values
    )


def _lead_type(row: Row) -> str:
    return f"{label(row['revenue_stream'])}, {words(row['lead_type'])}"


def interval(row: Row) -> str:
    """The share with its bounds."""
    return gettext(
        "%(share_figure)s, interval %(low_figure)s to %(high_figure)s",
        share_figure=percent(row["value"]),
        low_figure=percent(row["value_low"]),
        high_figure=percent(row["value_high"]),
    )


def measured(row: Row) -> str:
    """The share with the number of cases and its bounds."""
    return gettext(
        "%(share_figure)s of %(cases_figure)s (%(low_figure)s to %(high_figure)s)",
        share_figure=percent(row["value"]),
        cases_figure=count(row["cases"]),
        low_figure=percent(row["value_low"]),
        high_figure=percent(row["value_high"]),
    )


def span(row: Row) -> str:
    """The bounds of an amount."""
    return gettext(
        "%(low_figure)s to %(high_figure)s", low_figure=amount(row["value_low"]), high_figure=amount(row["value_high"])
    )


def step_words(step: str) -> str:
    """mql_to_sql is MQL to SQL."""
    from_stage, _, to_stage = step.partition("_to_")
    return gettext(
        "%(from_stage)s to %(to_stage)s",
        from_stage=translated(label(from_stage)),
        to_stage=translated(words(to_stage)),
    )
