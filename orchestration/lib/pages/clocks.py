"""What sales still owes to open leads: by owner, and the most urgent. Person and source only, no name or e-mail."""

import duckdb

from orchestration.lib.pages.reading import Row, read_rows

OWNERS_SHOWN = 12
CLOCKS_SHOWN = 12

BY_OWNER = """
    select
        owner_name,
        count(*) filter (where status = 'pending') as pending,
        count(*) filter (where status = 'pending' and hours_left <= 24) as due_in_24h,
        count(*) filter (where status = 'breached') as overdue,
        -min(hours_left) filter (where status = 'breached') as longest_overdue_hours
    from reports.rpt_open_clocks
    group by owner_id, owner_name
    order by overdue desc, pending desc, owner_name, owner_id
"""

# What can still be kept comes first, then what was missed last: those leads are the warmest.
URGENT = """
    select owner_name, commitment, person_id, source_label, revenue_stream, lead_type, due_local_at, hours_left, status
    from reports.rpt_open_clocks
    order by status = 'breached', abs(hours_left), commitment_id
    limit ?
"""

COUNTS = """
    select
        (select count(*) from reports.rpt_first_contact) > 0 as has_clocks,
        count(*) as clocks,
        count(*) filter (where status = 'pending') as pending,
        count(*) filter (where status = 'breached') as overdue
    from reports.rpt_open_clocks
"""


def read_clocks(connection: duckdb.DuckDBPyConnection) -> Row:
    """Counts of open clocks, the first owners and clocks, and what is not shown of both."""
    (counts,) = read_rows(connection, COUNTS)
    owners = read_rows(connection, BY_OWNER)
    urgent = read_rows(connection, URGENT, [CLOCKS_SHOWN])
    hidden = owners[OWNERS_SHOWN:]
    return counts | {
        "owners": owners[:OWNERS_SHOWN],
        "hidden_owners": len(hidden),
        "hidden_overdue": sum(row["overdue"] for row in hidden),
        "hidden_pending": sum(row["pending"] for row in hidden),
        "urgent": urgent,
        "hidden_clocks": counts["clocks"] - len(urgent),
    }
