"""The tables of a serving database: types, keys, indexes and comments, as statements of PostgreSQL.

Belongs here: what follows from the published copy and from the data tests of its models. A key that a data test proves
is a key of the database; nothing else is. Loading is postgres.py.
"""

import hashlib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

import duckdb

from orchestration.lib.warehouse.sql import literal, quoted
from orchestration.mistakes import Mistake

SCHEMA = "smarketing"
SERVED = "served_tables"
TYPES = {"DOUBLE": "double precision", "VARCHAR": "text", "HUGEINT": "numeric(38, 0)", "TIMESTAMP": "timestamp"}
# All columns of the copy in their order, with the descriptions that it has as comments.
COLUMNS = """
    select tables.schema_name, tables.table_name, tables.comment, column_name, data_type, columns.comment
    from duckdb_tables() as tables
    inner join duckdb_columns() as columns using (database_name, schema_name, table_name)
    where database_name = ? and not tables.internal
    order by tables.table_name, column_index
"""
TABLE = f"""
    create table {SCHEMA}.{SERVED} (
        table_name text primary key, row_count bigint not null, content_hash text not null, shape_hash text not null,
        served_at timestamp not null
    );
    comment on table {SCHEMA}.{SERVED} is 'One row per table of this schema: its rows, and when they were loaded (UTC).'
"""


class ServingError(Mistake):
    """The serving database was not loaded, and has what it had; the text states why and what to do."""

    exit_code = 1


@dataclass(frozen=True)
class Keys:
    """What the data tests of a table prove: unique columns without nulls, and columns that point to another table."""

    primary: tuple[str, ...] = ()
    pointing: Mapping[str, tuple[str, str]] = field(default_factory=dict)
    dates: tuple[str, ...] = ()


@dataclass(frozen=True)
class ServedTable:
    """One table: where it is in the copy, the statements that make it, and those that follow once all are made."""

    source: str
    name: str
    statements: tuple[str, ...]
    later: tuple[str, ...]


def keys_of(manifest: Mapping[str, Any]) -> dict[str, Keys]:
    """The keys of each model by its name, from the data tests `holds` and `keys_exist`."""
    found: dict[str, Keys] = {}
    nodes = manifest["nodes"]
    arguments: dict[str, list[dict[str, Any]]] = {}
    for node in nodes.values():
        metadata = node.get("test_metadata") or {}
        if metadata.get("name") in ("holds", "keys_exist") and node.get("attached_node") in nodes:
            arguments.setdefault(nodes[node["attached_node"]]["name"], []).append(metadata["kwargs"])
    for name, tests in arguments.items():
        filled = {column for test in tests for column in test.get("not_null", [])}
        unique = [(key,) if isinstance(key, str) else tuple(key) for test in tests for key in test.get("unique", [])]
        pointing = {
            column: (target.split(".")[0], target.split(".")[1] if "." in target else column)
            for test in tests
            if not test.get("except_values")
            for column, target in test.get("keys", {}).items()
        }
        primary = next((key for key in unique if filled.issuperset(key)), ())
        dates = tuple(dict.fromkeys(column for key in unique for column in key if column.endswith("_date")))
        found[name] = Keys(primary, pointing, dates)
    return found


def tables_of(connection: duckdb.DuckDBPyConnection, copy: str, keys: Mapping[str, Keys]) -> list[ServedTable]:
    """The tables of the attached copy, by name. ServingError for a type that no table can have."""
    columns: dict[str, list[tuple[str, str, str]]] = {}
    comments: dict[str, tuple[str, str]] = {}
    for schema, name, text, column, kind, described in connection.execute(COLUMNS, [copy]).fetchall():
        columns.setdefault(name, []).append((column, kind, described or ""))
        comments[name] = (schema, text or "")
    return [
        ServedTable(
            f"{quoted(copy)}.{quoted(comments[name][0])}.{quoted(name)}",
            name,
            tuple(_made(name, comments[name][1], columns[name], keys.get(name, Keys()))),
            tuple(_bound(name, keys, set(columns), {column for column, *_ in columns[name]})),
        )
        for name in sorted(columns)
    ]


def shape_of(tables: list[ServedTable]) -> str:
    """A hash of all statements: tables of another shape are made again."""
    text = "\n".join(statement for table in tables for statement in (*table.statements, *table.later))
    return hashlib.sha256(text.encode()).hexdigest()[:32]


def _made(name: str, text: str, columns: list[tuple[str, str, str]], keys: Keys) -> Iterator[str]:
    relation = f"{SCHEMA}.{quoted(name)}"
    present = {column for column, *_ in columns}
    parts = [f"{quoted(column)} {_type(kind, name, column)}" for column, kind, _ in columns]
    if keys.primary and present.issuperset(keys.primary):
        parts.append(f"primary key ({', '.join(map(quoted, keys.primary))})")
    yield f"create table {relation} ({', '.join(parts)})"
    for column in dict.fromkeys((*keys.pointing, *keys.dates)):
        if column in present and (column,) != keys.primary[:1]:
            yield f"create index on {relation} ({quoted(column)})"
    yield f"comment on table {relation} is {_text(text)}"
    for column, _, described in columns:
        yield f"comment on column {relation}.{quoted(column)} is {_text(described)}"


def _bound(name: str, keys: Mapping[str, Keys], tables: set[str], present: set[str]) -> Iterator[str]:
    """The foreign keys, checked when the transaction ends; only to a whole primary key."""
    for column, (target, target_column) in keys.get(name, Keys()).pointing.items():
        if column in present and target in tables and keys.get(target, Keys()).primary == (target_column,):
            yield (
                f"alter table {SCHEMA}.{quoted(name)} add foreign key ({quoted(column)}) references "
                f"{SCHEMA}.{quoted(target)} ({quoted(target_column)}) deferrable initially deferred"
            )


def _text(text: str) -> str:
    return literal(text) if text else "null"


def _type(kind: str, table: str, column: str) -> str:
    if kind.startswith("DECIMAL"):
        return kind.replace("DECIMAL", "numeric")
    if kind in ("BOOLEAN", "BIGINT", "INTEGER", "DATE", "SMALLINT", "TIMESTAMP WITH TIME ZONE"):
        return kind.lower()
    if kind not in TYPES:
        raise ServingError(
            f"{table}.{column} is of type {kind}, for which a serving database has none; give the model a row for each "
            "value, or make it a text (`cast(... as string)`). The serving database has what it had"
        )
    return TYPES[kind]
