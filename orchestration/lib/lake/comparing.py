"""Whether two engines built the same tables: every row of each, both ways.

Belongs here: the queries. The rows are compared as DuckDB has them, with its types, and floating-point numbers to a
billionth: engines add in another order. So are decimals of more places, which are made of such numbers.
"""

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

import duckdb

from orchestration.lib.warehouse.functions import register
from orchestration.lib.warehouse.sql import literal, quoted

TOLERANCE = 1e-9
FINE = re.compile(r"DOUBLE|DECIMAL\(\d+,1\d\)")
MISSING = "Spark has no such table"


@dataclass(frozen=True)
class Compared:
    """A table, its rows in DuckDB, and what differs: empty where it is equal."""

    table: str
    rows: int
    difference: str = ""


def compare_tables(warehouse: Path, tables: Iterable[str], built: Mapping[str, str]) -> Iterator[Compared]:
    """Each <schema>.<table> of the warehouse beside the Parquet files of the same in `built` (tables.py)."""
    with duckdb.connect() as connection:
        connection.execute("set TimeZone = 'UTC'")
        connection.execute(f"attach {literal(str(warehouse))} as warehouse (read_only)")
        connection.execute("use warehouse")
        register(connection)  # which views of the warehouse may call
        for name in tables:
            [(rows,)] = connection.execute(f"select count(*) from {name}").fetchall()
            yield Compared(name, rows, _difference(connection, name, built[name]) if name in built else MISSING)


def _difference(connection: duckdb.DuckDBPyConnection, name: str, files: str) -> str:
    ours, theirs = name, f"read_parquet({literal(files)})"
    types: dict[str, str] = {row[0]: row[1] for row in connection.execute(f"describe from {ours}").fetchall()}
    found = {row[0] for row in connection.execute(f"describe from {theirs}").fetchall()}
    if alone := sorted(set(types) ^ found):
        return f"columns of one engine alone: {', '.join(alone)}"
    for place, relation in (("ours", ours), ("theirs", theirs)):
        columns = ", ".join(_comparable(column, kind) for column, kind in types.items())
        connection.execute(f"create or replace temp table all_{place} as select {columns} from {relation}")
    for place, other in (("ours", "theirs"), ("theirs", "ours")):
        connection.execute(f"create or replace temp table only_{place} as from all_{place} except all from all_{other}")
    counts = [connection.execute(f"select count(*) from only_{place}").fetchall()[0][0] for place in ("ours", "theirs")]
    if not any(counts) or (counts[0] == counts[1] and _are_near(connection, types)):
        return ""
    return (
        f"{counts[0]} rows of DuckDB's and {counts[1]} of Spark's, in {', '.join(_other(connection, types)) or 'pairs'}"
    )


def _comparable(column: str, kind: str) -> str:
    """The column in DuckDB's type; a map as a sorted list of its entries, since its order has no meaning."""
    value = f"cast({quoted(column)} as {kind})"
    return f"{f'list_sort(map_entries({value}))' if kind.startswith('MAP') else value} as {quoted(column)}"


def _are_near(connection: duckdb.DuckDBPyConnection, types: Mapping[str, str]) -> bool:
    """Whether the rows of both sides are pairs that differ in floating-point numbers alone, and by next to nothing."""
    doubles = [quoted(column) for column, kind in types.items() if FINE.match(kind)]
    exact = [quoted(column) for column, kind in types.items() if not FINE.match(kind)]
    if not doubles:
        return False
    numbered = (
        f"(select *, row_number() over (partition by {', '.join(exact) or '1'} order by {', '.join(doubles)}) as pair "
        "from only_{})"
    )
    same = [f"ours.{name} is not distinct from theirs.{name}" for name in [*exact, "pair"]]
    near = [
        f"(ours.{name} is not distinct from theirs.{name} or "
        f"abs(ours.{name} - theirs.{name}) <= {TOLERANCE} * greatest(1, abs(ours.{name})))"
        for name in doubles
    ]
    query = (
        f"select count(*) from {numbered.format('ours')} as ours inner join {numbered.format('theirs')} as theirs "
        f"on {' and '.join(same + near)}"
    )
    return connection.execute(query).fetchall() == connection.execute("select count(*) from only_ours").fetchall()


def _other(connection: duckdb.DuckDBPyConnection, types: Mapping[str, str]) -> list[str]:
    """The columns whose values alone differ."""
    query = "select count(*) from (select {0} from only_ours except all select {0} from only_theirs)"
    return [name for name in types if connection.execute(query.format(quoted(name))).fetchall()[0][0]]
