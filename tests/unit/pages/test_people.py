"""The pages of people: the list, months, time and examples of each owner are those of the tables, and of no other."""

from collections.abc import Iterator

import duckdb
import pytest

from orchestration.lib.formats import lead_page, owner_page
from orchestration.lib.pages import person, render_people
from tests.tables import create
from tests.unit.pages import page_tables, scorecard_tables
from tests.unit.pages.open_tables import OPEN
from tests.unit.pages.test_pages import Words, words

LIST, ADA, BEN = "people/index.html", f"people/{owner_page('crm:1')}", f"people/{owner_page('crm:2')}"
READ = ("rpt_sla_compliance_month", "rpt_open_clocks", "rpt_workload", "rpt_owner_months")


@pytest.fixture
def empty() -> Iterator[duckdb.DuckDBPyConnection]:
    with duckdb.connect() as connection:
        page_tables.lay_out(connection, with_rows=False)
        create(connection, *scorecard_tables.TABLES, "reports.rpt_unknown_owners")
        yield connection


@pytest.fixture
def company(empty: duckdb.DuckDBPyConnection) -> duckdb.DuckDBPyConnection:
    for rows in page_tables.ROWS.split(";"):
        if any(f"insert into reports.{table} " in rows for table in READ):
            empty.execute(rows)
    empty.execute(scorecard_tables.ROWS + scorecard_tables.DERIVED + page_tables.DERIVED)
    empty.execute("update reports.rpt_open_clocks set source_label = 'Fair'")
    empty.execute("delete from reports.rpt_open_commitments")
    empty.execute(OPEN)
    empty.execute("update reports.rpt_owner_months set kept = due * attainment")
    empty.execute("insert into reports.rpt_unknown_owners values ('crm:gone', 'Gone', 4, 5, 6, true)")
    return empty


def read(pages: dict[str, str], place: str) -> str:
    return words(pages[place]).replace("\u00a0", " ").replace(" ,", ",").replace(" )", ")")


def test_every_owner_with_anything_has_a_page(company: duckdb.DuckDBPyConnection) -> None:
    assert set(render_people(company)) == {LIST, ADA, BEN}
    company.execute("insert into marts.dim_person (person_id, owner_id) values ('crm:p', 'crm:x'), ('crm:q', null)")
    pages = render_people(company)
    nobody = f"people/{owner_page('crm:x')}"
    assert set(pages) == {LIST, ADA, BEN, nobody}
    assert "Not in any list of owners." in read(pages, nobody)
    assert read(pages, nobody).count("Nothing to show:") == 6
    assert "Others with a page" in read(pages, LIST)
    assert f'href="../{nobody}"' in pages[LIST]


@pytest.mark.parametrize(
    "figure",
    [
        # Of 30, two can still be kept in time, of which the step of today has been missed.
        "My list 30",
        "1 due soon, 27 overdue, 1 for marketing to rework, 1 backlog.",
        'Due soon 1 Rossi <b> Ada "Neri" crm:p7 due soon 3.5 h left 10 Jul 2026, 12:00 First contact – MQL Fair '
        "Retail, event Overdue 27 crm:p1 overdue 24.0 h over",
        "crm:p8 overdue 8 d over 10 Jul 2026, 12:00 Keep on 3 in 2w 2 MQL",
        "Retail: 12 handed over in July 2026 so far, of 10 that a rep can serve well; 9 the month before. over",
        "June 2026 First contact Sales 1,200 of 1,500 80.0 % 90.0 %",
        "Win rate 0.0 % 1 at least 25.0 % not evaluated too few cases",
        "2026 Q2 Score −50.0 points 2 at least −5.0 points missed",
        "Jun 2026 First contact business time 7 66.7 % 1.0 h 0.0 % 0 min 33.3 % 30 min 0.0 % 0 min 0.0 % 0 min",
        "Jun 2026 First contact 2 1 of 2 30 min of 1 0 of 2 – of 0 0 of 2 – of 0",
        "June 2026 Good examples First contact after 30 min : crm:p1 Fair, event",
        "First contact still outstanding, 3 d over : crm:p2 <script>, event",
    ],
)
def test_the_page_of_an_owner_has_the_figures_of_the_tables(company: duckdb.DuckDBPyConnection, figure: str) -> None:
    company.execute(
        "insert into marts.dim_commitment (commitment, commitment_name) values ('follow_up 3 in 2w', 'Keep on 3 in 2w')"
    )
    assert "".join(figure.split()) in "".join(read(render_people(company), ADA).split())


def test_nobody_has_the_rows_of_another(company: duckdb.DuckDBPyConnection) -> None:
    pages = render_people(company)
    ada, ben = read(pages, ADA), read(pages, BEN)
    assert "crm:p7" not in ben
    assert "no commitment to an open lead is outstanding" in ben
    assert "crm:p3" in ben
    assert "crm:p3 Fair" not in ada
    assert "99 100.0 %" in ben
    assert "99 100.0 %" not in ada


def test_a_share_is_withheld_where_too_many_name_no_owner(company: duckdb.DuckDBPyConnection) -> None:
    text = read(render_people(company), BEN)
    assert "Visit Sales 9 of 10 not evaluated: too many without an owner 70.0 % 0 0 0" in text
    assert "Follow up Sales 0 of 0 too early 3 not known: a date without a time 70.0 %" in text
    company.execute("update marts.fct_commitment_coverage set is_withheld_by_owner = true")
    assert "2 28 0 0 50.0 % 5 of 10, May 2026" in read(render_people(company), LIST), "the last that is not withheld"
    company.execute(
        "insert into marts.fct_commitment_coverage (month_date, is_withheld_by_owner) values ('2026-05-01', true)"
    )
    assert "2 28 0 0 withheld" in read(render_people(company), LIST)


@pytest.mark.parametrize(
    ("low", "high", "is_final", "month", "status"),
    [
        (0.9, 0.9, True, "2026-06-01", "met"),
        (0.8, 0.8, True, "2026-06-01", "missed"),
        (0.9, 0.95, False, "2026-06-01", "met"),
        (0.8, 0.9, False, "2026-06-01", "running"),
        (0.8, 0.89, False, "2026-06-01", "missed"),
        (None, None, True, "2026-06-01", "not evaluated"),
        # A month that runs can still turn, whatever has begun in it.
        (0.95, 0.95, True, "2026-07-01", "running"),
    ],
)
def test_a_month_of_an_owner_is_decided_as_that_of_a_team(
    company: duckdb.DuckDBPyConnection, low: float, high: float, is_final: bool, month: str, status: str
) -> None:
    company.execute("delete from reports.rpt_sla_compliance_month")
    company.execute(
        "insert into reports.rpt_sla_compliance_month (period_date, team, commitment, scope, owner_id, owner_name, "
        "due, kept, missed, early, open, excused, not_evaluated, target, attainment, attainment_low, attainment_high, "
        "is_final) values (?, 'sales', 'first_contact', 'owner', 'crm:2', 'Ben', 5, 4, 1, 0, 0, 0, 0, 0.9, ?, ?, ?, ?)",
        [month, low, low, high, is_final],
    )
    assert f"4 of 5 {'–' if low is None else f'{low * 100:.1f} %'} 90.0 % {status}" in read(render_people(company), BEN)


def test_the_list_of_people_has_their_load_and_leads_to_each(company: duckdb.DuckDBPyConnection) -> None:
    pages = render_people(company)
    text = read(pages, LIST)
    assert "1 rep was handed more leads in July 2026 so far than a rep can serve well" in text
    assert "1 rep was handed more leads in June 2026 than a rep can serve well" in text
    ada = "Ada Field Retail 12 11 10 120.0 % over 9 90.0 % 2 28 0 0 80.0 % 1,200 of 1,500, Jun 2026"
    assert f"{ada} Ben Field Retail 3 3 10 30.0 % 17 170.0 % over 0 0 1 0 3 not known yet too early" in text
    assert "(no owner) – Retail 0 0 – – 0 – 0 0 0 1 –" in text
    assert "Gone 4 5 6 several owners have this name" in text
    assert all(f'href="../{page}"' in pages[LIST] for page in (ADA, BEN))


def test_a_long_list_is_cut_and_says_how_many_more(
    company: duckdb.DuckDBPyConnection, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(person, "LIST_SHOWN", 3)
    pages = render_people(company)
    text = read(pages, ADA)
    assert "These are the 3 most urgent; 27 more are in the list as CSV" in text
    assert "Overdue 27 crm:p1 overdue 24.0 h over" in text
    assert "crm:p3 overdue" not in text
    assert "Backlog 1" not in text
    assert 'href="../lists/open_commitments.csv"' in pages[ADA]


def test_a_lead_without_a_briefing_is_no_link(company: duckdb.DuckDBPyConnection) -> None:
    company.execute("update reports.rpt_coaching_examples set person_id = 'crm:old' where commitment_id = 'a'")
    page = render_people(company)[ADA]
    assert f'href="../leads/{lead_page("crm:p2")}"' in page
    assert lead_page("crm:old") not in page


def test_who_is_absent_has_the_cover(company: duckdb.DuckDBPyConnection) -> None:
    company.execute(
        "update marts.dim_owner set absent_until_date = '2026-07-13', cover_owner_id = 'crm:2', is_automatic = true "
        "where owner_id = 'crm:1'"
    )
    text = read(render_people(company), ADA)
    assert "Absent until 13 July 2026 covered by Ben" in text
    assert "A queue, not a person." in text


def test_the_text_of_a_system_is_not_markup(company: duckdb.DuckDBPyConnection) -> None:
    pages = render_people(company)
    assert "i" not in Words(pages[ADA]).elements
    assert pages[ADA].count("<script") == 1
    assert pages == render_people(company)


def test_an_empty_company_gets_the_reason(empty: duckdb.DuckDBPyConnection) -> None:
    pages = render_people(empty)
    assert list(pages) == [LIST]
    assert "no lead was handed over this month or last, and nobody owes a lead anything" in read(pages, LIST)
    assert "every owner that a record names is in a list of owners" in read(pages, LIST)
