"""A published copy of three tables with the data tests of its models, and what a server has of it."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import duckdb

from orchestration.lib.warehouse.postgres import Address, attached

COPY = """
create schema marts;
create schema reports;
create table marts.dim_owner (owner_id varchar, owner_name varchar);
insert into marts.dim_owner values ('crm:1', 'Ada "Neri"; drop table x'), ('crm:2', 'Zoë \\ $$');
create table marts.fct_leads (lead_id bigint, owner_id varchar, amount decimal(24, 6), share double, is_won boolean,
    entered_at timestamp, entered_date date, days integer);
insert into marts.fct_leads values
    (1, 'crm:1', 1234567890123456.123456, 0.1, true, '2026-03-29 01:30:00.123456', '2026-03-29', 3),
    (2, null, null, 'nan', null, null, null, null);
create table reports.rpt_days (entered_date date, owner_id varchar, leads bigint);
insert into reports.rpt_days values ('2026-03-29', null, 1);
comment on table marts.fct_leads is 'One row per lead''s entry.';
comment on column marts.fct_leads.amount is 'In €.';
"""
NODES = {
    "model.a.dim_owner": {"name": "dim_owner"},
    "model.a.fct_leads": {"name": "fct_leads"},
    "model.a.rpt_days": {"name": "rpt_days"},
    "test.a.1": {
        "attached_node": "model.a.dim_owner",
        "test_metadata": {"name": "holds", "kwargs": {"unique": ["owner_id"], "not_null": ["owner_id"]}},
    },
    "test.a.2": {
        "attached_node": "model.a.fct_leads",
        "test_metadata": {"name": "holds", "kwargs": {"unique": ["lead_id"], "not_null": ["lead_id"]}},
    },
    "test.a.3": {
        "attached_node": "model.a.fct_leads",
        "test_metadata": {"name": "keys_exist", "kwargs": {"keys": {"owner_id": "dim_owner"}}},
    },
    "test.a.4": {
        "attached_node": "model.a.rpt_days",
        "test_metadata": {"name": "holds", "kwargs": {"unique": [["entered_date", "owner_id"]]}},
    },
}
MANIFEST = {"nodes": NODES}


def changed(copy: Path, statement: str) -> None:
    with duckdb.connect(copy) as connection:
        connection.execute(statement)


@contextmanager
def asked(address: Address) -> Iterator[Callable[[str], list[tuple]]]:
    """Asks the server in its own language."""
    with attached(address, read_only=True) as (connection, name):
        yield lambda query: connection.execute(f"from postgres_query('{name}', $query${query}$query$)").fetchall()


def served(address: Address) -> dict[str, list[tuple]]:
    with asked(address) as ask:
        return {
            "fct_leads": ask("select * from smarketing.fct_leads order by lead_id"),
            "dim_owner": ask("select * from smarketing.dim_owner order by owner_id"),
            "rpt_days": ask("select * from smarketing.rpt_days"),
        }


def of_copy(copy: Path) -> dict[str, list[tuple]]:
    with duckdb.connect(copy, read_only=True) as connection:
        return {
            name: connection.execute(f"from {schema}.{name} order by all").fetchall()
            for schema, name in (("marts", "fct_leads"), ("marts", "dim_owner"), ("reports", "rpt_days"))
        }
