"""Which missing columns are named, and what they would open."""

import duckdb
import pytest

from orchestration import settings
from orchestration.lib.inspection.openings import find_openings, openings_of_copy
from orchestration.lib.source_tables import Column, SourceTable, read_declaration
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


# A file of each system with its required columns alone, and something that it cannot show.
NARROW = {
    ("billing", "subscriptions"): "`Amount`; it opens recurring revenue",
    ("billing", "invoices"): "`Status`; it opens paid invoices apart from drafts, refunds and bad debt",
    ("web", "sessions"): "`Session source`; it opens the channel of each visit and form",
    ("mailing", "email_events"): "`Campaign name`; it opens e-mails by campaign",
    ("documents", "documents"): "`Sender name`; it opens documents by owner",
    ("surveys", "responses"): "`Respondent ID`; it opens whose answer it is",
    ("ads", "daily_spend"): "`Clicks`; it opens the cost of a click",
    ("meta_ads", "campaign_report"): "`Link clicks`; it opens the cost of a click",
}


@pytest.mark.parametrize(("place", "text"), NARROW.items(), ids=lambda each: ".".join(each) if len(each) == 2 else "")
def test_each_system_names_what_a_narrow_file_lacks(place: tuple[str, str], text: str) -> None:
    system, name = place
    declared = read_declaration(settings.PROJECT / "systems" / system / "staging" / f"_{system}__sources.yml")
    (columns,) = (table.columns for table in declared if table.name == name)
    optional = [column.name for column in columns if not column.required]
    texts = [each.text for each in find_openings(declared, {place: [optional]})]
    assert f"{system}.{name}: add the column {text}" in texts
    whole = [each.text for each in find_openings(declared, {place: [()]})]
    assert [each for each in whole if each.startswith(f"{system}.{name}: add")] == []
