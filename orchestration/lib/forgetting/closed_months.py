"""Commitments of forgotten persons in closed months: the figure stays, under a random id that leads to nobody.

Belongs here: the store's table. Does not belong here: what reports make of it (fct_restatements has a reason for it).
"""

import duckdb

from orchestration.lib.forgotten import words
from orchestration.lib.forgotten.listed import Forgotten
from orchestration.lib.warehouse.sql import literal

# As fct_commitments has it: <system>:<record>#<journey>:<commitment>.
PERSON = "split_part(commitment_id, '#', 1)"
SYSTEM = f"split_part({PERSON}, ':', 1)"
RECORD = f"substring({PERSON}, length({SYSTEM}) + 2)"


def count_closed(connection: duckdb.DuckDBPyConnection, forgotten: Forgotten) -> int:
    """The number of their commitments in closed months."""
    query = f"select count(*) from store.closing__commitments where {_is_theirs(forgotten)}"
    return connection.execute(query, [sorted(forgotten.hashes)]).fetchall()[0][0]


def hide_closed(connection: duckdb.DuckDBPyConnection, forgotten: Forgotten) -> int:
    """Give their commitments another id, and return the number."""
    rows = connection.execute(
        "update store.closing__commitments set commitment_id = 'forgotten:' || gen_random_uuid() "
        f"where {_is_theirs(forgotten)} returning kind",
        [sorted(forgotten.hashes)],
    ).fetchall()
    return len(rows)


def _is_theirs(forgotten: Forgotten) -> str:
    start = literal(f"{forgotten.key}:record of ")
    hashed = f"sha256({start} || {SYSTEM} || ':' || {words.folded_id(RECORD)})"
    return f"contains(commitment_id, '#') and {hashed} in (select unnest(?))"
