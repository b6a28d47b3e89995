"""What is outstanding for open leads: due in the next hours, cadence due today, overdue; by owner, most urgent first.

Belongs here: the sections and how many rows each shows. rpt_open_clocks decides which commitment is in which section.
Person and source only, no name or e-mail.
"""

import duckdb

from orchestration.lib.warehouse.rows import Row, read_rows

OWNERS_SHOWN = 12
# Urgency, and how many rows of each owner are shown: what can still be kept is shown, what was missed is counted.
# The backlog is counted only; of what marketing takes up again some is shown.
SECTIONS = {"due in 24 hours": 25, "cadence today": 25, "overdue": 5, "backlog": 0, "rework": 5}

COUNTS = """
    select clocks.urgency, clocks.owner_id, clocks.owner_name, clocks.owner_place, count(*) as promises,
        owners.absent_until_date, covers.owner_name as cover_name
    from reports.rpt_open_clocks as clocks left join marts.dim_owner as owners using (owner_id)
    left join marts.dim_owner as covers on owners.cover_owner_id = covers.owner_id
    group by all order by clocks.owner_place
"""

MOST_URGENT = "select * from reports.rpt_open_clocks where urgency = ? and place <= ? order by place, commitment_id"

HAS_CLOCKS = "select count(*) > 0 as has_clocks from marts.fct_commitments where kind <> 'lead_value'"


def read_outstanding(connection: duckdb.DuckDBPyConnection) -> Row:
    """The sections by urgency, each with its owners and their most urgent promises, and what is not shown of both."""
    counts = read_rows(connection, COUNTS)
    (has_clocks,) = read_rows(connection, HAS_CLOCKS)
    sections = {
        urgency: _section(
            [row for row in counts if row["urgency"] == urgency], read_rows(connection, MOST_URGENT, [urgency, shown])
        )
        for urgency, shown in SECTIONS.items()
    }
    later = sum(row["promises"] for row in counts if row["urgency"] == "due later")
    return has_clocks | {"sections": sections, "later": later, "promises": sum(row["promises"] for row in counts)}


def _section(owners: list[Row], rows: list[Row]) -> Row:
    shown, hidden = owners[:OWNERS_SHOWN], owners[OWNERS_SHOWN:]
    groups = []
    for owner in shown:
        mine = [row for row in rows if row["owner_id"] == owner["owner_id"]]
        groups.append(owner | {"rows": mine, "hidden": owner["promises"] - len(mine)})
    return {
        "promises": sum(owner["promises"] for owner in owners),
        "owners": groups,
        "hidden_owners": len(hidden),
        "hidden_promises": sum(owner["promises"] for owner in hidden),
    }
