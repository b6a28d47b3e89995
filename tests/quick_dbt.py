"""What dbt does again for each unit test, done once: with the same results, in half of the time.

Belongs here: two of dbt's functions. dbt itself is called in `systems.py`.
"""

import re
from collections.abc import Sequence
from functools import cache
from typing import Any

from dbt import compilation
from dbt.adapters.duckdb.impl import DuckDBAdapter
from dbt.contracts.graph.nodes import InjectedCTE

# The comments before a statement, its `with`, and the rest.
STATEMENT = re.compile(r"((?:\s+|--[^\n]*\n|/\*.*?\*/)*)(with\s+(?:recursive\s+)?)?(.*)", re.IGNORECASE | re.DOTALL)


def with_these_before(sql: str, ctes: Sequence[InjectedCTE]) -> str:
    """The statement with the fixtures before its own CTEs; dbt splits all of it into tokens to find its `with`."""
    if not ctes:
        return sql
    found = STATEMENT.fullmatch(sql)
    assert found
    comments, begins, rest = found.groups()
    fixtures = ", ".join(cte.sql for cte in ctes)
    return f"{comments}{begins or 'with '}{fixtures}{', ' if begins else ' '}{rest}"


def use() -> None:
    """Have the dbt of this process use them, for a command that changes no table but temporary ones."""
    compilation.inject_ctes_into_sql = with_these_before
    asked = DuckDBAdapter.get_columns_in_relation
    kept = cache(asked)

    def columns(adapter: DuckDBAdapter, relation: Any) -> Any:
        return (asked if "__dbt_tmp" in relation.identifier else kept)(adapter, relation)

    DuckDBAdapter.get_columns_in_relation = columns
