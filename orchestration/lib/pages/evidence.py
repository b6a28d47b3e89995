"""The lead value of a month that came with the agreed evidence: what stands beside the value by label.

Belongs here: one figure of the scorecard's line of lead value. Who has the evidence is int_stage_evidence's matter.
"""

from datetime import date

import duckdb

from orchestration.lib.pages.reading import read_rows

# Not known of a part is not known of the whole.
EVIDENCE = """
    select
        commitment,
        case
            when count(*) = count(delivered_with_evidence_amount)
            then cast(sum(cast(delivered_with_evidence_amount as decimal(18, 4))) as double)
        end as amount
    from marts.fct_lead_delivery_daily
    where month_date = ?
    group by commitment
"""


def read_evidence(connection: duckdb.DuckDBPyConnection, month_date: date) -> dict[str, float | None]:
    """Commitment to lead value -> its value with evidence; None where the agreement states no criteria."""
    return {row["commitment"]: row["amount"] for row in read_rows(connection, EVIDENCE, [month_date])}
