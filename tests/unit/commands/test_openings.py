"""Which missing columns are named, and what they would open."""

from orchestration.lib.inspection.openings import find_openings
from orchestration.lib.source_tables import Column, SourceTable


def table(name: str, *columns: Column) -> SourceTable:
    return SourceTable(system="crm", name=name, files=(f"*{name}*",), key=(), columns=columns)


CONTACTS = table(
    "contacts",
    Column("entered", "map(varchar, date)", pattern="^date entered [\"'](.+)[\"']$|^datum in (.+)$", opens=("stages",)),
    Column("became", "date", labels=("became_date", "Became Date"), opens=("stages",)),
    Column("email", "varchar", labels=("property_email",), opens=("links",)),
    Column("colour", "varchar"),
)
HISTORY = table("history", Column("changed_at", "timestamp", opens=("stages",)))
TABLES = (CONTACTS, HISTORY)
ALL = ("entered", "became", "email", "colour")


def found(**missing: list[tuple[str, ...]]) -> list[str]:
    return [each.text for each in find_openings(TABLES, {("crm", name): files for name, files in missing.items()})]


def test_the_first_column_that_opens_it_is_named_once() -> None:
    assert found(contacts=[ALL]) == [
        'crm.contacts: add the column `Date entered "…"`; it opens stages',
        "crm.contacts: add the column `Email`; it opens links",
    ]


def test_one_column_of_one_file_or_of_another_table_is_enough() -> None:
    assert found(contacts=[ALL, ("entered", "email")]) == ["crm.contacts: add the column `Email`; it opens links"]
    assert found(contacts=[("entered", "became")], history=[()]) == []


def test_a_table_without_files_asks_for_nothing() -> None:
    assert found() == []
    assert found(history=[("changed_at",)]) == ["crm.history: add the column `Changed at`; it opens stages"]
