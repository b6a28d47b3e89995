"""What changed since yesterday morning: counts by team and owner, and the list, the most telling kinds first.

Belongs here: which changes are shown, and in what order. What a change is, is rpt_daily_changes' matter.
"""

import duckdb

from orchestration.lib.language import later
from orchestration.lib.warehouse.rows import Row, read_rows

# The kinds, in the order in which a team talks about them, and how they are called.
KINDS = {
    "came back": later("Came back"),
    "missed": later("Missed"),
    "document opened": later("Document opened"),
    "stage": later("Stage entered"),
    "kept": later("Kept"),
}
SHOWN_OF_EACH = 12
OWNERS_SHOWN = 15

COUNTS = """
    select team, owner_id, owner_name, kind, count(*) as changes
    from reports.rpt_daily_changes
    group by team, owner_id, owner_name, kind
"""

LATEST = """
    select *
    from reports.rpt_daily_changes
    qualify row_number() over (partition by kind order by happened_at desc, change_id) <= ?
    order by happened_at desc, change_id
"""


def read_changes(connection: duckdb.DuckDBPyConnection) -> Row:
    """Counts of each kind by team and by owner, the latest of each kind, and how many are not shown."""
    counts = read_rows(connection, COUNTS)
    latest = read_rows(connection, LATEST, [SHOWN_OF_EACH])
    owners = _by_owner(counts)
    kinds = []
    for kind, name in KINDS.items():
        rows = [row for row in latest if row["kind"] == kind]
        total = sum(row["changes"] for row in counts if row["kind"] == kind)
        kinds.append({"kind": kind, "name": name, "rows": rows, "changes": total, "hidden": total - len(rows)})
    return {
        "kinds": kinds,
        "changes": sum(row["changes"] for row in counts),
        "teams": {team: _by_kind([row for row in counts if row["team"] == team]) for team in ("marketing", "sales")},
        "owners": owners[:OWNERS_SHOWN],
        "hidden_owners": len(owners[OWNERS_SHOWN:]),
        "hidden_changes": sum(sum(owner["by_kind"].values()) for owner in owners[OWNERS_SHOWN:]),
    }


def _by_kind(counts: list[Row]) -> dict[str, int]:
    return {kind: sum(row["changes"] for row in counts if row["kind"] == kind) for kind in KINDS}


def _by_owner(counts: list[Row]) -> list[Row]:
    names = {(row["owner_name"], row["owner_id"]) for row in counts}
    owners = [
        {
            "owner_name": name,
            "by_kind": _by_kind([row for row in counts if (row["owner_name"], row["owner_id"]) == (name, owner_id)]),
        }
        for name, owner_id in sorted(names, key=lambda pair: (pair[0], pair[1] or ""))
    ]
    return sorted(owners, key=lambda owner: -sum(owner["by_kind"].values()))
