"""The published copy in a real PostgreSQL server: equal rows, types, texts and keys, and only what has changed."""

from pathlib import Path

import pytest

from orchestration.lib.serving.postgres import serve
from orchestration.lib.warehouse.postgres import Address
from tests.unit.serving.small_copy import MANIFEST, asked, changed, of_copy, served

pytestmark = pytest.mark.slow


def test_the_server_has_the_rows_types_and_texts_of_the_copy(address: Address, copy: Path) -> None:
    loaded = serve(copy, MANIFEST, address)
    assert (loaded.rows, loaded.unchanged) == ({"dim_owner": 2, "fct_leads": 2, "rpt_days": 1}, 0)
    assert str(served(address)) == str(of_copy(copy)), "not a number is equal to no number"
    with asked(address) as ask:
        types = ask(
            "select column_name::text, data_type || coalesce(':' || numeric_precision || ',' || numeric_scale, '') "
            "from information_schema.columns where table_name = 'fct_leads' order by ordinal_position"
        )
        assert dict(types) == {
            "lead_id": "bigint:64,0",
            "owner_id": "text",
            "amount": "numeric:24,6",
            "share": "double precision",
            "is_won": "boolean",
            "entered_at": "timestamp without time zone",
            "entered_date": "date",
            "days": "integer:32,0",
        }
        assert ask("select obj_description('smarketing.fct_leads'::regclass)") == [("One row per lead's entry.",)]
        assert ask("select col_description('smarketing.fct_leads'::regclass, 3)") == [("In €.",)]


def test_a_null_byte_is_a_sign_that_is_seen(address: Address, copy: Path) -> None:
    changed(copy, "update marts.dim_owner set owner_name = 'a' || chr(0) || 'b' where owner_id = 'crm:1'")
    serve(copy, MANIFEST, address)
    assert served(address)["dim_owner"][0] == ("crm:1", "a\ufffdb")


def test_keys_that_a_data_test_proves_are_keys_of_the_database(address: Address, copy: Path) -> None:
    serve(copy, MANIFEST, address)
    with asked(address) as ask:
        keys = ask(
            "select conrelid::regclass::text, contype::text, pg_get_constraintdef(oid) from pg_constraint "
            "where connamespace = 'smarketing'::regnamespace and contype in ('p', 'f') "
            "and conrelid <> 'smarketing.served_tables'::regclass order by 1, 2 desc"
        )
        assert keys == [
            ("smarketing.dim_owner", "p", "PRIMARY KEY (owner_id)"),
            ("smarketing.fct_leads", "p", "PRIMARY KEY (lead_id)"),
            (
                "smarketing.fct_leads",
                "f",
                "FOREIGN KEY (owner_id) REFERENCES smarketing.dim_owner(owner_id) DEFERRABLE INITIALLY DEFERRED",
            ),
        ]
        indexed = "select tablename::text, indexdef from pg_indexes where schemaname = 'smarketing' order by 1, 2"
        found = [(table, text.split(" USING ")[1]) for table, text in ask(indexed) if table != "served_tables"]
        assert found == [
            ("dim_owner", "btree (owner_id)"),
            ("fct_leads", "btree (owner_id)"),
            ("fct_leads", "btree (lead_id)"),
            ("rpt_days", "btree (entered_date)"),
        ]


def test_only_what_has_changed_is_loaded_again(address: Address, copy: Path) -> None:
    serve(copy, MANIFEST, address)
    with asked(address) as ask:
        before = ask("select xmin::text from smarketing.dim_owner")
        assert serve(copy, MANIFEST, address).rows == {}
        changed(copy, "update marts.fct_leads set days = 4 where lead_id = 1")
        assert serve(copy, MANIFEST, address).rows == {"fct_leads": 2}
        assert ask("select xmin::text from smarketing.dim_owner") == before, "these rows were not touched"
    assert str(served(address)) == str(of_copy(copy))


@pytest.mark.parametrize(
    "change",
    [
        "alter table marts.fct_leads add column note varchar default 'new'",
        "alter table reports.rpt_days alter leads type integer",
        "comment on column marts.fct_leads.amount is 'In USD.'",
        "create table reports.rpt_new as select 1 as n",
    ],
)
def test_tables_of_another_shape_are_made_again_with_all_keys(address: Address, copy: Path, change: str) -> None:
    serve(copy, MANIFEST, address)
    changed(copy, change)
    assert len(serve(copy, MANIFEST, address).rows) >= 3
    assert str(served(address)) == str(of_copy(copy))
    with asked(address) as ask:
        assert ask("select count(*) from pg_constraint where contype = 'f'") == [(1,)]


def test_a_table_that_is_no_longer_published_is_gone(address: Address, copy: Path) -> None:
    changed(copy, "create table reports.rpt_old as select 1 as n")
    serve(copy, MANIFEST, address)
    changed(copy, "drop table reports.rpt_old")
    serve(copy, MANIFEST, address)
    with asked(address) as ask:
        tables = ask("select tablename::text from pg_tables where schemaname = 'smarketing' order by 1")
    assert tables == [("dim_owner",), ("fct_leads",), ("rpt_days",), ("served_tables",)]
