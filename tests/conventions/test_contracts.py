"""The contracts of the raw tables that our own code writes, and of the canonical entities."""

import re

import yaml

from orchestration.lib import closing, privacy
from orchestration.lib.agreement import contract
from orchestration.lib.ingestion import ledger
from orchestration.lib.own_tables import OWN_TABLES as ROWS
from orchestration.lib.own_tables import column_types
from tests.conventions.test_models import DBT, MODELS, OWN_TABLES, ROOMS, properties, sql


def test_own_tables_are_not_read_through_a_copy() -> None:
    """A model of one does something: `select * from source` says nothing that the source does not."""
    copies = {
        name
        for name, path in MODELS.items()
        if path.parent.name in OWN_TABLES and re.fullmatch(r"select [\w\s,*]+ from \{\{.*\}\}", sql(path).strip())
    }
    assert copies == set()


def test_every_entity_has_its_key_and_no_staging_model_has_it_again() -> None:
    for name, path in MODELS.items():
        if path.parent.name == "entities":
            tests = properties()[name].get("data_tests", [])
            keys = [test["unique_combination"]["arguments"]["columns"] for test in tests]
            assert [key[0] for key in keys] == ["system"], name
            ids = {column["name"]: column.get("data_tests") for column in properties()[name]["columns"]}
            assert ids[keys[0][1]] == ["not_null"], name
    entities = {path.stem.removeprefix("int_") for path in MODELS.values() if path.parent.name == "entities"}
    again = {
        name
        for name, room in ROOMS.items()
        if room == "staging" and name.split("__")[1] in entities
        for column in properties()[name].get("columns", [])
        if "unique" in column.get("data_tests", [])
    }
    assert again == set()


def test_the_sources_declare_the_columns_that_our_own_code_writes() -> None:
    """And no table more or less: the YAML is the contract that models and the docs read."""
    assert {module.__name__ for module in (closing, privacy, contract, ledger)}, "whoever writes one is imported"
    declared = {
        table["identifier"]: {column["name"]: column["data_type"] for column in table["columns"]}
        for path in (DBT / "models").rglob("_*__sources.yml")
        for source in yaml.safe_load(path.read_text())["sources"]
        for table in source["tables"]
        if source["name"] in OWN_TABLES - {"reference"}
    }
    written = {
        table: {name: kind.partition(" default ")[0] for name, kind in column_types(row).items()}
        for table, row in ROWS.items()
    }
    assert declared == written
