"""The contracts of the raw tables that our own code writes, of the canonical entities, and of what is published."""

import re

import yaml

from orchestration.lib.agreement import contract
from orchestration.lib.closing import months
from orchestration.lib.company import privacy
from orchestration.lib.ingestion import raw_tables
from orchestration.lib.review import tables
from orchestration.lib.warehouse import public_suffixes
from orchestration.lib.warehouse.own_tables import OWN_TABLES as ROWS
from orchestration.lib.warehouse.own_tables import column_types
from tests.conventions.test_models import (
    DBT,
    MODELS,
    OWN_TABLES,
    PUBLISHED,
    ROOMS,
    WITHOUT_RECONCILIATION,
    data_tests,
    properties,
    sql,
)


def requirements(name: str) -> dict:
    """What the data test `holds` requires of a model: unique, not_null, accepted_values, keys, ties."""
    return next((test["arguments"] for test in data_tests(name, "holds")), {})


def test_own_tables_are_not_read_through_a_copy() -> None:
    """A model of one does something: `select * from source` adds nothing to the source."""
    copies = {
        name
        for name, path in MODELS.items()
        if path.parent.name in OWN_TABLES and re.fullmatch(r"select [\w\s,*]+ from \{\{.*\}\}", sql(path).strip())
    }
    assert copies == set()


def test_every_entity_has_its_key_and_no_staging_model_has_it_again() -> None:
    entities = {path.stem.removeprefix("int_") for path in MODELS.values() if path.parent.name == "entities"}
    keys = {}
    for entity in entities:
        held = requirements(f"int_{entity}")
        [(system, *keys[entity])] = held["unique"]
        assert system == "system", entity
        assert keys[entity][0] in held["not_null"], entity
    again = {
        name
        for name, room in ROOMS.items()
        if room == "staging" and (entity := name.split("__")[1]) in entities
        for unique in requirements(name).get("unique", [])
        if unique in (keys[entity], keys[entity][0])
    }
    assert again == set()


def test_the_sources_declare_the_columns_that_our_own_code_writes() -> None:
    """And no table more or less: the YAML is the contract that models and the docs read."""
    assert {module.__name__ for module in (months, privacy, contract, raw_tables, tables, public_suffixes)}, (
        "the module of each is imported"
    )
    declared = {
        table["identifier"]: {column["name"]: column["data_type"] for column in table["columns"]}
        for path in (DBT / "models").rglob("_*__sources.yml")
        for source in yaml.safe_load(path.read_text())["sources"]
        for table in source["tables"]
        if source["name"] in OWN_TABLES - {"reference"}
    }
    written = {table: column_types(row) for table, row in ROWS.items()}
    assert declared == written


def test_what_is_published_reconciles() -> None:
    tied = {name for name in PUBLISHED if requirements(name).get("ties") or data_tests(name, "ties_to")}
    assert set(PUBLISHED) - tied == set(WITHOUT_RECONCILIATION)


def test_whoever_is_named_is_in_dim_owner() -> None:
    """In intermediate models no column goes round int_owner_links either."""
    for name in PUBLISHED:
        for column in properties()[name]["columns"]:
            if name != "dim_owner" and column["name"].endswith("owner_id"):
                tests = [requirements(name), *(test["arguments"] for test in data_tests(name, "keys_exist"))]
                keys = {key: of for test in tests for key, of in test.get("keys", {}).items()}
                assert keys.get(column["name"], "").split(".")[0] == "dim_owner", f"{name}.{column['name']}"
    made = re.compile(r"global_id\([^)]*owner_record_id")
    assert [name for name, path in MODELS.items() if made.search(path.read_text())] == []
