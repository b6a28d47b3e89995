"""The Streamlit example over the demo's Parquet files, in a browser: its figures are those of the published copy."""

import duckdb
import pytest

pytestmark = [pytest.mark.bi, pytest.mark.end_to_end]

LAST_MONTH = "(select max(period_date) from reports.rpt_team_compliance where has_ended)"


def tiles(page) -> dict[str, int]:
    """The numbers at the top by their label."""
    found = page.locator("[data-testid=stMetric]").all_inner_texts()
    return {label: int(number.replace(",", "")) for label, number in (text.split("\n\n")[:2] for text in found)}


def rows(page, place: int) -> list[list[str]]:
    """The cells of a table, which is drawn, and has its text beside the drawing for those who do not see."""
    table = page.locator("[data-testid=stDataFrame]").nth(place).locator("tbody tr")
    return [cells for row in table.all() if any(cells := row.locator("td").all_text_contents())]


def test_figures_by_team(streamlit: str, browser, copy: duckdb.DuckDBPyConnection, tmp_path) -> None:
    page = browser.new_page(viewport={"width": 1360, "height": 1700})
    page.goto(streamlit)
    page.wait_for_selector("[data-testid=stDataFrame] tbody td", state="attached")
    page.wait_for_timeout(3000)
    for team in ("Both", "Sales", "Marketing"):
        if team != "Both":
            page.get_by_role("radio", name=team).or_(page.get_by_role("button", name=team, exact=True)).first.click()
            page.wait_for_timeout(4000)
        which = "true" if team == "Both" else f"team = '{team.lower()}'"
        query = f"""
            select status, count(*) from reports.rpt_team_compliance where {which} and period_date = {LAST_MONTH}
            group by 1
        """
        by_status = dict(copy.execute(query).fetchall())
        query = f"""
            select owner_name, count(*) from reports.rpt_open_clocks where {which} and urgency = 'overdue'
            group by 1 order by 2 desc, 1
        """
        overdue = copy.execute(query).fetchall()
        assert tiles(page) == {
            "Met": by_status.get("met", 0),
            "Missed": by_status.get("missed", 0),
            "Overdue now": sum(count for _, count in overdue),
        }, team
        assert len(rows(page, 0)) == sum(by_status.values()), team
        assert [(owner, int(count)) for owner, count, *_ in rows(page, 1)] == overdue, team
        assert page.locator("[data-testid=stException]").count() == 0
    page.screenshot(path=tmp_path / "streamlit.png")
    page.close()


def test_the_results_of_the_last_full_month(streamlit: str, browser, copy: duckdb.DuckDBPyConnection) -> None:
    """Of what is due lead by lead: how many, how many of them kept, and the share where it is final."""
    page = browser.new_page(viewport={"width": 1360, "height": 1700})
    page.goto(streamlit)
    page.wait_for_selector("[data-testid=stDataFrame] tbody td", state="attached")
    page.wait_for_timeout(3000)
    found = {tuple(cells[2:5]) for cells in rows(page, 0)}
    query = f"""
        select count(*) filter (status in ('kept', 'missed')), count(*) filter (status = 'kept'),
            bool_or(status in ('early', 'open'))
        from marts.fct_reported_commitments
        where kind in ('clock', 'cadence') and month_date = {LAST_MONTH} group by commitment
    """
    facts = copy.execute(query).fetchall()
    finals = {(str(due), str(kept), f"{100 * kept / due:.1f} %") for due, kept, is_waiting in facts if not is_waiting}
    assert len(finals) > 3
    assert finals <= found
    page.close()
