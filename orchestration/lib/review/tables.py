"""The kept reviews as the models read them: raw.company__review_lines and raw.company__review_decisions.

Belongs here: their columns, and writing them. The files are kept_files.py.
"""

# ruff: noqa: D101  The sources YAML describes the rows.
from collections.abc import Sequence
from dataclasses import fields
from datetime import date, datetime
from typing import Any

import duckdb

from orchestration.lib.review.items import Item
from orchestration.lib.review.kept import KeptReview, Line
from orchestration.lib.warehouse.own_tables import Row, create_table, insert_rows


class ReviewLine(Row, table="company__review_lines"):
    review_period: str
    agreement_version: str
    reviewed_at: datetime
    line: str
    revenue_stream: str | None
    lead_type: str | None
    from_stage: str | None
    to_stage: str | None
    review_measure: str | None
    unit: str | None
    agreed_value: float | None
    measured_value: float | None
    measured_low: float | None
    measured_high: float | None
    entered: int | None
    converted: int | None
    proposed_value: float | None
    basis: str | None
    item_text: str | None
    figures: str | None
    team: str | None
    proposed_owner: str | None
    proposed_due_date: date | None


class ReviewDecision(Row, table="company__review_decisions"):
    review_period: str
    line: str
    decision_number: int
    decision: str
    decided_value: float | None
    decision_reason: str
    decision_by: str
    decided_date: date
    action_owner: str | None
    due_date: date | None


TABLES = {row.table.partition("__")[2]: row for row in (ReviewLine, ReviewDecision)}


def write_reviews(connection: duckdb.DuckDBPyConnection, reviews: Sequence[KeptReview]) -> dict[str, int]:
    """Replace both tables; return the number of rows of each."""
    lines = [_line(review, each) for review in reviews for each in review.lines]
    lines += [_item(review, each) for review in reviews for each in review.items]
    decisions = [
        ReviewDecision(
            review_period=review.period,
            line=each.line,
            decision_number=number,
            decision=each.decision,
            decided_value=each.rate,
            decision_reason=each.why,
            decision_by=each.by,
            decided_date=each.date,
            action_owner=each.owner,
            due_date=each.due,
        )
        for review in reviews
        for number, each in enumerate(review.decisions, 1)
    ]
    for row in TABLES.values():
        create_table(connection, row, replace=True)
    insert_rows(connection, lines)
    insert_rows(connection, decisions)
    return {"review_lines": len(lines), "review_decisions": len(decisions)}


def _line(review: KeptReview, line: Line) -> ReviewLine:
    values = {"agreed_value": line.agreed, "measured_value": line.measured, "proposed_value": line.proposed}
    bounds = {"measured_low": line.low, "measured_high": line.high, "review_measure": line.measure}
    same = ("line", "revenue_stream", "lead_type", "from_stage", "to_stage", "unit", "entered", "converted", "basis")
    return _row(review, **values, **bounds, **{name: getattr(line, name) for name in same})


def _item(review: KeptReview, item: Item) -> ReviewLine:
    proposed = {"proposed_owner": item.owner, "proposed_due_date": item.due}
    return _row(review, line=item.line, item_text=item.text, figures=item.figures, team=item.team, **proposed)


def _row(review: KeptReview, **known: Any) -> ReviewLine:
    columns: dict[str, Any] = dict.fromkeys(field.name for field in fields(ReviewLine))
    columns |= {"review_period": review.period, "agreement_version": review.agreement_version}
    return ReviewLine(**columns | {"reviewed_at": review.as_of} | known)
