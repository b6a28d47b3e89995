"""The contracts of the raw tables that our own code writes, and of the canonical entities."""

import re

from tests.conventions.test_models import MODELS, OWN_TABLES, ROOMS, properties, sql


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
