"""Totals between the rows of a report that was exported as it is formatted, and what its groups have in common."""

from dataclasses import replace
from pathlib import Path

import pytest

from orchestration.lib.source_tables import Column, SourceTable
from tests.unit.ingestion.test_ingestion_labels import Crm

TABLE = SourceTable(
    system="crm",
    name="deals",
    files=("*deals*",),
    key=("id",),
    columns=(
        Column("owner", "varchar", labels=("Deal Owner",)),
        Column("team", "varchar", labels=("Team",)),
        Column("id", "bigint", labels=("Record ID",), required=True),
        Column("name", "varchar", labels=("Deal Name",)),
        Column("created", "date", labels=("Created",)),
    ),
    footers=("^Confidential",),
    max_rejected_rate=0,
)


@pytest.fixture
def crm(tmp_path: Path) -> Crm:
    return Crm(tmp_path)


GROUPED = """\
Deal Owner ↑,Record ID,Deal Name,Created
Ann,1,a,2026-01-01
,2,b,2026-01-02
Subtotal,,Count,2
Bob,3,c,2026-01-03
Subtotal,Sum of Amount,"€ 1.000,50",1
Total,,Count,3

"Confidential Information - Do Not Distribute"
"""


def test_totals_are_no_rows_and_a_group_has_its_value_in_each_row(crm: Crm) -> None:
    file = crm.ingest(GROUPED, TABLE)
    assert (file.status, file.rows_loaded, file.rows_rejected, file.non_data_lines) == ("loaded", 3, 4, 4)
    assert crm.rows("owner, id") == [("Ann", 1), ("Ann", 2), ("Bob", 3)]
    assert [(line, reason) for line, reason, _ in crm.rejected()] == [
        (4, "frame: a total"),
        (6, "frame: a total"),
        (7, "frame: a total"),
        (9, "frame: a closing line of the report"),
    ]


def test_groups_within_groups(crm: Crm) -> None:
    file = crm.ingest(
        "Deal Owner,Team,Record ID\nAnn,East,1\n,,2\n,Zwischensumme,2\n,West,3\n,Zwischensumme,1\nZwischensumme,,3\n"
        "Bob,East,4\n,Zwischensumme,1\nZwischensumme,,1\nGesamtsumme,,4\n",
        TABLE,
    )
    assert file.non_data_lines == 6
    assert crm.rows("owner, team, id") == [
        ("Ann", "East", 1),
        ("Ann", "East", 2),
        ("Ann", "West", 3),
        ("Bob", "East", 4),
    ]


def test_a_row_of_a_company_named_total_is_a_row(crm: Crm) -> None:
    file = crm.ingest("Deal Owner,Record ID,Deal Name,Created\nTotal,1,Lamp,2026-01-01\nTotal,2,,2026-01-02\n", TABLE)
    assert (file.rows_loaded, file.non_data_lines) == (2, 0)


def test_a_table_without_closing_lines_has_no_totals(crm: Crm) -> None:
    file = crm.ingest("Deal Owner,Record ID\nTotal,1\n", replace(TABLE, footers=()))
    assert (file.rows_loaded, file.non_data_lines) == (1, 0)


def test_an_empty_cell_that_may_be_of_no_group_is_refused(crm: Crm) -> None:
    file = crm.ingest("Deal Owner,Record ID\n,1\nAnn,2\n,3\nSubtotal,3\n", TABLE)
    reason = "line 2, column Deal Owner: empty in a report with totals of groups; export it as Details Only"
    assert file.reason == reason
