"""The border of a system: what is its own is in its folder, and nothing outside names it."""

import re

from tests.conventions.test_models import DBT, FOLDERS, sql
from tests.systems import SYSTEMS, TABLES


def test_a_macro_of_one_system_is_in_its_folder_and_no_other_calls_it() -> None:
    owners = {
        name: system.folder
        for system in SYSTEMS
        for path in (system.folder / "macros").glob("*.sql")
        for name in re.findall(r"\bmacro +(\w+)", path.read_text())
    }
    assert "salesforce_records" in owners
    for path in (path for folder in FOLDERS for path in folder.rglob("*.sql")):
        called = {owners[word] for word in re.findall(r"\b(\w+)\(", sql(path)) if word in owners}
        assert called <= set(path.parents), path


def test_right_of_staging_nothing_names_a_system() -> None:
    """Else the project of a company without that system would not parse."""
    names = "|".join(system.name for system in SYSTEMS)
    named = re.compile(rf"""\bstg_(?:{names})__|\b(?:source|current_rows)\(\s*["'](?:{names})["']""")
    assert [path.name for path in (*DBT.rglob("*.sql"), *DBT.rglob("*.yml")) if named.search(path.read_text())] == []


def test_a_system_with_persons_declares_which_columns_name_them() -> None:
    """Else `smarketing forget` does not know which of its rows are of a person."""
    of_persons = {"persons", "activities", "touchpoints", "documents", "feedback", "record_links"}
    with_persons = {system.name for system in SYSTEMS if of_persons & set(system.entities)}
    declared = {table.system for table in TABLES if any(column.person for column in table.columns)}
    declared.remove("reference")  # the register of disputes, which names persons of any system
    assert with_persons == declared
