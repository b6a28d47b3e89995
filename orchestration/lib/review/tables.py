"""The kept reviews as the models read them: raw.company__review_lines and raw.company__review_decisions.

Belongs here: their columns, and writing them. The files are kept.py.
"""

# ruff: noqa: D101  The sources YAML describes the rows.
from collections.abc import Sequence
from datetime import date, datetime

import duckdb

from orchestration.lib.review.kept import KeptReview
from orchestration.lib.warehouse.own_tables import Row, create_table, insert_rows


class ReviewLine(Row, table="company__review_lines"):
    review_period: str
    agreement_version: str
    reviewed_at: datetime
    line: str
    revenue_stream: str
    lead_type: str
    from_stage: str
    to_stage: str
    review_measure: str
    unit: str
    agreed_value: float
    measured_value: float | None
    measured_low: float | None
    measured_high: float | None
    entered: int
    converted: int
    proposed_value: float
    basis: str


class ReviewDecision(Row, table="company__review_decisions"):
    review_period: str
    line: str
    decision_number: int
    decision: str
    decided_value: float
    decision_reason: str
    decision_by: str
    decided_date: date


TABLES = {row.table.partition("__")[2]: row for row in (ReviewLine, ReviewDecision)}


def write_reviews(connection: duckdb.DuckDBPyConnection, reviews: Sequence[KeptReview]) -> dict[str, int]:
    """Replace both tables; return the number of rows of each."""
    lines = [
        ReviewLine(
            review_period=review.period,
            agreement_version=review.agreement_version,
            reviewed_at=review.as_of,
            line=each.line,
            revenue_stream=each.revenue_stream,
            lead_type=each.lead_type,
            from_stage=each.from_stage,
            to_stage=each.to_stage,
            review_measure=each.measure,
            unit=each.unit,
            agreed_value=each.agreed,
            measured_value=each.measured,
            measured_low=each.low,
            measured_high=each.high,
            entered=each.entered,
            converted=each.converted,
            proposed_value=each.proposed,
            basis=each.basis,
        )
        for review in reviews
        for each in review.lines
    ]
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
        )
        for review in reviews
        for number, each in enumerate(review.decisions, 1)
    ]
    for row in TABLES.values():
        create_table(connection, row, replace=True)
    insert_rows(connection, lines)
    insert_rows(connection, decisions)
    return {"review_lines": len(lines), "review_decisions": len(decisions)}
