"""Today's parts: the script of the table, the filters, the lists, the backlog, and what is text and no code."""

from collections.abc import Iterator
from pathlib import Path

import duckdb
import pytest

from orchestration.lib.formats import owner_page
from orchestration.lib.pages import render_backlog, render_today, render_yesterday
from orchestration.lib.pages.lists import write_lists
from orchestration.lib.pages.outstanding import read_open
from orchestration.lib.pages.table_script import as_script, table_script
from tests.tables import create
from tests.unit.pages.page_tables import lay_out
from tests.unit.pages.test_pages import Words, words

HOSTILE = "=cmd() <script>{{ 7*7 }}</script> \u202e'\" " + "x" * 300

# What lists read besides, which no page of this test does.
LISTED = (
    *("reports.rpt_recycled_leads", "marts.fct_rejected_rows", "reports.rpt_data_quality_issues"),
    "reports.rpt_definition_drift",
)


@pytest.fixture
def company() -> Iterator[duckdb.DuckDBPyConnection]:
    with duckdb.connect() as connection:
        lay_out(connection)
        create(connection, *LISTED)
        yield connection


def test_the_bundle_becomes_a_script_of_one_function() -> None:
    script = table_script()
    assert "globalThis.DataTable = " in script
    assert not script.startswith("export")
    assert as_script("const a=1;export{a as default,a as b};").count("globalThis.DataTable = a;") == 1


@pytest.mark.parametrize("module", ["const a = 1;", "export{a as b};", "export{a as default};export{b as default};"])
def test_another_bundle_is_refused(module: str) -> None:
    with pytest.raises(ValueError, match="not a module with one list of exports"):
        as_script(module)


def test_the_most_urgent_are_shown_and_the_others_counted(company: duckdb.DuckDBPyConnection) -> None:
    rows = read_open(company)
    assert [row["state"] for row in rows] == ["due soon"] + ["overdue"] * 19 + ["safe"]
    assert [row["hours_left"] for row in rows[1:4]] == [-24, -48, -72]
    assert len(read_open(company, 5)) == 5


def test_the_backlog_and_yesterday(company: duckdb.DuckDBPyConnection) -> None:
    text = words(render_backlog(company))
    assert "10 commitments" in text
    assert "Ada Field 8 1 1 30" in text
    assert "Delivered and never touched Leads: 12 , EUR 1,491 12 leads, worth EUR 1,491" in text
    text = words(render_yesterday(company))
    assert "Retail Event 2 200 391 12 1,000 3,130 under 9,000" in text
    assert "Missed 1 09 Jul, 10:30 – Lead value under Marketing (team)" in text


def test_what_a_company_writes_is_text(company: duckdb.DuckDBPyConnection, tmp_path: Path) -> None:
    company.execute(
        "update reports.rpt_open_commitments set account_name = $1, owner_name = $1, team_label = $1",
        [HOSTILE],
    )
    for page in (render_today(company), render_backlog(company)):
        assert not Words(page).elements & {"img", "iframe"}
        assert "<script>{{" not in page
        assert "49" not in words(page).partition("=cmd()")[2][:40]
        assert "\u202e" not in page
    write_lists(company, tmp_path)
    with duckdb.connect() as reader:
        rows = reader.execute(
            f"select account_name, hours_left from read_csv('{tmp_path / 'open_commitments.csv'}', all_varchar = true)"
        ).fetchall()
    assert len(rows) == 31
    assert {row[0] for row in rows} == {f"'{HOSTILE}"}
    assert "-24.0" in {row[1] for row in rows}, "a number is a number"


def test_an_owner_has_a_page_of_a_safe_name() -> None:
    assert owner_page("../x") != owner_page("--x")
    assert "/" not in owner_page("../x")
