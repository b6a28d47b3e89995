"""Columns without a value at first: read when a later export has some, or reported by the run that loads it."""

from pathlib import Path

import duckdb
import pytest

from orchestration.lib.ingestion.ingest import ingest_table
from orchestration.lib.source_tables import read_declaration
from tests.unit.onboarding.conftest import ANSWERS, DEALS, LEADS, Planner, questions, text_of
from tests.unit.onboarding.test_onboarding_later import draft

CALLS = "Call Id,Lead Id,Deal Id,Owner,Start time,Canceled\nc-1,a-1,,Mia,2026-01-14T10:00:00,\n"
OPEN = DEALS.replace("Closed Lost", "Open").replace("Close date", "Won time,Lost time,Lost reason")
OPEN = OPEN.replace("2026-02-01", "2026-02-01 10:00,,").replace("2026-02-02", ",,")


def test_a_known_column_is_read_though_it_is_empty_at_first(plan: Planner) -> None:
    made = plan(leads=LEADS, deals=OPEN, calls=CALLS)
    assert questions(made) == {}
    deals, calls = text_of(made, "stg_shop__opportunities.sql"), text_of(made, "stg_shop__activities.sql")
    assert "outcomes.lost_time" in deals
    assert "outcomes.lost_reason" in deals
    assert "{name: lost_time, data_type: timestamp," in text_of(made, "_shop__sources.yml")
    assert "calls.deal_id as opportunity_record_id" in calls
    assert "then 'Canceled'" in calls
    assert any("Deal Id -> deals (empty so far)" in text for text in made.found)


def test_owners_that_come_later_are_read(plan: Planner) -> None:
    leads = LEADS.replace(",Mia,", ",,").replace(",Leo,", ",,")
    assert "leads.owner as owner_record_id" in text_of(plan(leads=leads), "stg_shop__persons.sql")


@pytest.mark.parametrize(("cell", "found"), [("", []), ("9", ["Shoe size"])])
def test_values_in_a_column_that_nothing_reads_are_reported(tmp_path: Path, cell: str, found: list[str]) -> None:
    leads = LEADS.replace("Source", "Shoe size,Source").replace(",Mia,", ",Mia,,").replace(",Leo,", ",Leo,,")
    draft(tmp_path, {"leads": leads}, ANSWERS)
    staging = tmp_path / "acme" / "systems" / "shop" / "staging"
    [table] = read_declaration(staging / "_shop__sources.yml")
    assert [column.name for column in table.columns if column.unread] == ["shoe_size"]
    folder = tmp_path / "acme" / "exports" / "shop"
    (folder / "leads-2.csv").write_text(leads.replace(",,Google Ads", f",{cell},Google Ads").replace("a-", "b-"))
    with duckdb.connect() as connection:
        connection.execute("set TimeZone = 'UTC'")
        report = ingest_table(connection, table, folder)
    assert [name for file in report.files for name in file.unread_columns] == found
    assert [("has values now" in text) for text in report.problems()] == [True] * len(found)
