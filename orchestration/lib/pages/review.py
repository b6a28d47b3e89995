"""The page of a review: agreed against measured, and the targets that would follow, old against new.

Belongs here: how a Review is shown. How it comes about is in lib/review/; no rate or target is computed here.
"""

from collections.abc import Sequence
from datetime import timedelta
from typing import Any

import duckdb

from orchestration.lib.formats import change
from orchestration.lib.language import gettext, later, translated
from orchestration.lib.pages.charts import rates_chart
from orchestration.lib.pages.commitments import read_months
from orchestration.lib.pages.findings import capacity_part, findings_part, reps_part
from orchestration.lib.pages.next_version import version_part
from orchestration.lib.pages.reading import read_header
from orchestration.lib.pages.rendering import render
from orchestration.lib.quota import exact, share_of
from orchestration.lib.review.backtest import read_back_test
from orchestration.lib.review.kept import Line, lines_of
from orchestration.lib.review.measured import Proposal, Review
from orchestration.lib.review.next_version import NextVersion
from orchestration.lib.review.past import read_past
from orchestration.lib.review.term_edits import CASES
from orchestration.lib.review.terms import CLOSES_WITHIN, DEAL_SIZE, MARGIN, SEASON
from orchestration.lib.warehouse.rows import Row, read_rows

DECIDED = "select * from marts.fct_review_lines where review_period = ? order by line"
MEASURES = (
    "select * from marts.fct_review_measures where review_period = ? and period_from = ? "
    "and review_measure <> 'step_rate' and (lead_type <> '(all)' or agreed_value is null) "
    "order by review_measure, revenue_stream, lead_type"
)
NAMES = {
    DEAL_SIZE: later("Deal size"),
    CLOSES_WITHIN: later("Time to close"),
    MARGIN: later("Margin"),
    SEASON: later("Season, strongest month"),
}
SIGNED = "select is_signed, missing_signatures, tolerance_rate from marts.dim_agreement where agreement_version = ?"


def render_review(
    connection: duckdb.DuckDBPyConnection, review: Review, proposed: NextVersion | str | None = None
) -> str:
    """The review of one period as one HTML document, with the version that it proposes, or why it proposes none.

    ValueError if the warehouse was never built.
    """
    header, lines = read_header(connection), lines_of(review)
    reviewed = read_rows(connection, SIGNED, [review.agreement_version])
    points = [
        _point(proposal, rate)
        for proposal in review.proposals
        for rate in proposal.rates
        if rate.shrunk_rate is not None
    ]
    return render(
        "review.html.j2",
        f"reviews/{review.period.name}.html",
        header=header,
        review=review,
        last_day=review.period.ends - timedelta(days=1),
        reviewed=reviewed[0] if reviewed else None,
        changed=[line for line in lines if line.is_changed],
        not_changed=sum(not line.is_changed for line in lines),
        **_decided(connection, review.period.name, lines),
        proposals=[_proposal(proposal) for proposal in review.proposals],
        chart=rates_chart(points, gettext("Agreed and measured rates with their 90 %% intervals")) if points else None,
        names=NAMES,
        cases=CASES,
        measures=[
            row | {"is_beyond": _is_beyond(row)}
            for row in read_rows(connection, MEASURES, [review.period.kind, review.period.starts])
        ],
        findings=findings_part(connection, review.period),
        reps=reps_part(connection, proposed.agreement if isinstance(proposed, NextVersion) else None),
        capacity=capacity_part(connection),
        months=read_months(connection, review.period.starts, review.period.ends),
        version=(
            version_part(proposed, review, read_past(connection, header["as_of_date"]))
            if isinstance(proposed, NextVersion)
            else None
        ),
        tested=(
            read_back_test(connection, header["as_of_date"], header["fiscal_year_start_month"])
            if isinstance(proposed, NextVersion)
            else None
        ),
        no_version=proposed if isinstance(proposed, str) else None,
    )


def _is_beyond(row: Row) -> bool:
    """Whether the agreed value of a measure is outside of what was measured."""
    agreed, low, high = row["agreed_value"], row["measured_low"], row["measured_high"]
    if row["basis"] != "measured" or agreed is None:
        return False
    return (low is not None and agreed < low) or (high is not None and agreed > high)


def _decided(connection: duckdb.DuckDBPyConnection, period_name: str, lines: Sequence[Line]) -> dict[str, list[Row]]:
    """The lines of the review as it was held, each with what the same review measures now, and the decided findings."""
    now = {line.line: line for line in lines}
    rows = read_rows(connection, DECIDED, [period_name])
    return {
        "decided": [row | {"now": now.get(row["line"])} for row in rows if not row["is_item"]],
        "decided_findings": [
            row | {"line_text": _kind_and_result(row["line_text"])}
            for row in rows
            if row["is_item"] and row["decision"] != "open"
        ],
    }


def _kind_and_result(text: str) -> str:
    """What a finding is, which the file of the review has in English: Bottleneck, below agreed."""
    return ", ".join(map(translated, text.split(", ", 1)))


def _point(proposal: Proposal, rate: Any) -> Row:
    return {
        "revenue_stream": proposal.revenue_stream,
        "lead_type": proposal.lead_type,
        "from_stage": rate.from_stage,
        "to_stage": rate.to_stage,
        "agreed": rate.agreed_rate,
        "measured": rate.measured_rate,
        "low": rate.measured_rate_low,
        "high": rate.measured_rate_high,
    }


def _proposal(proposal: Proposal) -> Row:
    share = exact(proposal.quota_share)
    old, new = proposal.agreed, proposal.proposed
    return {
        "proposal": proposal,
        "share_amount": float(exact(proposal.quota_amount) * share),
        "lead_stage": old.targets[0].stage,
        "leads_change": change(old.targets[0].needed, new.targets[0].needed),
        "old_value": float(old.lead_value),
        "new_value": float(new.lead_value),
        "value_change": change(old.lead_value, new.lead_value),
        "is_changed": any(rate.basis == "measured" and not rate.is_still_outstanding for rate in proposal.rates)
        or old.targets[-1].divisor != new.targets[-1].divisor,
        "targets": [
            {
                "stage": agreed.stage,
                "old": agreed.needed,
                "new": proposed.needed,
                "old_share": share_of(agreed.needed, share),
                "new_share": share_of(proposed.needed, share),
                "change": change(agreed.needed, proposed.needed),
            }
            for agreed, proposed in zip(old.targets, new.targets, strict=True)
        ],
    }
