"""Which missing columns are named, and what they would open."""

import duckdb

from orchestration.lib.inspection.openings import find_openings, openings_of_copy
from orchestration.lib.source_tables import Column, SourceTable
from tests.tables import create, fill


def table(name: str, *columns: Column, opens: tuple[str, ...] = ()) -> SourceTable:
    return SourceTable(system="crm", name=name, files=(f"*{name}*",), key=(), columns=columns, opens=opens)


CONTACTS = table(
    "contacts",
    Column("entered", "map(varchar, date)", pattern="^date entered [\"'](.+)[\"']$|^datum in (.+)$", opens=("stages",)),
    Column("became", "date", labels=("became_date", "Became Date"), opens=("stages",)),
    Column("email", "varchar", labels=("property_email",), opens=("links",)),
    Column("colour", "varchar"),
)
HISTORY = table("history", Column("changed_at", "timestamp", opens=("stages",)))
TABLES = (CONTACTS, HISTORY)
CALLS = table("calls", Column("called_at", "timestamp"), opens=("attempts", "stages"))
ALL = ("entered", "became", "email", "colour")


def found(tables: tuple[SourceTable, ...] = TABLES, **missing: list[tuple[str, ...]]) -> list[str]:
    return [each.text for each in find_openings(tables, {("crm", name): files for name, files in missing.items()})]


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


def test_a_table_without_files_is_named_if_its_system_has_others() -> None:
    both = (CONTACTS, CALLS)
    assert found(both) == []
    # The table is named before the column of another one that would open the same.
    assert found(both, contacts=[ALL]) == [
        "crm.calls: no file of it; it opens attempts",
        "crm.calls: no file of it; it opens stages",
        "crm.contacts: add the column `Email`; it opens links",
    ]
    assert found(both, contacts=[("became",)], calls=[()]) == []
    assert found(both, contacts=[("became",)]) == ["crm.calls: no file of it; it opens attempts"]


def test_a_company_without_deals_and_activities_is_informed() -> None:
    with duckdb.connect() as connection:
        create(connection, "marts.fct_loads")
        create(connection, "marts.fct_source_freshness")
        fill(connection, "marts.fct_source_freshness", [{"system": "crm", "entity": "persons"}])
        assert [each.text for each in openings_of_copy(connection, TABLES)] == [
            "no file has deals or opportunities: export them; "
            "they open pipeline, won value, win rates and who became a customer",
            "no file has activities: calls, e-mails, meetings: export them; "
            "they open first contacts, attempts and the clocks that they stop",
        ]
