"""The briefings of leads: one for each lead on the board, with all its data in the tables; replaced all at once."""

import re
from collections.abc import Iterator

import duckdb
import pytest

from orchestration.lib.formats import lead_page
from orchestration.lib.pages import briefing, render_briefings, render_today, render_yesterday
from orchestration.lib.pages.sparklines import sparkline
from tests.tables import fill
from tests.unit.pages.page_tables import lay_out
from tests.unit.pages.test_pages import Words, words

ANSWER = {
    "person_id": "crm:p1",
    "journey_id": "crm:p1#2",
    "is_known": True,
    "answer_entered_local_at": "2026-07-02 11:00",
}
ANSWERS = [
    ANSWER | {"question": "budget", "question_place": 1, "answer_label": "5000 <b>"},
    ANSWER | {"question": "need", "question_place": 3, "answer_entered_after_at": "2026-07-01 11:00"},
    ANSWER | {"question": "timing", "question_place": 4, "is_known": None},
    # Of the journey before.
    ANSWER | {"question": "authority", "question_place": 2, "answer_label": "Owner", "journey_id": "crm:p1#1"},
]

PAGE = f"leads/{lead_page('crm:p1')}"


@pytest.fixture(scope="module")
def connection() -> Iterator[duckdb.DuckDBPyConnection]:
    with duckdb.connect() as opened:
        lay_out(opened)
        fill(opened, "marts.fct_qualification_answers", ANSWERS)
        yield opened


@pytest.fixture(scope="module")
def pages(connection: duckdb.DuckDBPyConnection) -> dict[str, str]:
    return dict(render_briefings(connection))


@pytest.mark.parametrize(
    "expected",
    [
        "Score 51.2 grade B2 Stage SAL open Owner Ada Field Persona Office manager",
        "First contact overdue by 24.0 h 10 Jul 2026, 12:00 – Ada",
        "Source <script>alert(1)</script> brand Channel Search Campaign Spring Lead type Event Revenue stream Retail",
        "Account Rossi <b> 1,200 employees Retail Country Italy E-mail p1@example.com Known since 1 March 2026",
        "Fit 40.0 and engagement 62.5 make 51.2 , grade B2 , by version 2026-01 of the agreement.",
        "Fit Who decides 1 40.0 40.0 – – Engagement Visit 2 16.0 6.5 32 02 Jul 2026, 11:00",
        "Budget 5000 <b> entered 02 Jul 2026, 11:00 Authority not known "
        "Need known, in the CRM’s own text entered by 02 Jul 2026, 11:00 "
        "Timing not known what is in the CRM is in no list of answers",
        "Leaflet 03 Jul 2026, 11:00 not opened 0",
        "Offer <i> 03 Jul 2026, 11:00 04 Jul 2026, 11:00 3",
        "1 01 Mar 2026, 10:00 MQL Recycled no budget 01 Apr 2026, 11:00",
        "Before MQL: 1 touch , the first 123.0 d earlier, 0 activities.",
        "02 Jul 2026, 11:00 Activity Call No answer Ada 2 01 Mar 2026, 10:00 Stage MQL 1 "
        "28 Feb 2026, 10:00 Touch first visit Search, <script>alert(2)</script> –",
    ],
)
def test_a_briefing_shows_what_the_tables_contain(pages: dict[str, str], expected: str) -> None:
    assert expected in words(pages[PAGE])


def test_a_briefing_reports_what_is_not_known_of_its_lead(pages: dict[str, str]) -> None:
    text = words(pages[f"leads/{lead_page('crm:seen')}"])
    for expected in (
        "Score none Stage none yet Owner (no owner)",
        "Budget not known Authority not known Need not known Timing not known",
        "Deleted in its system on Thu 9 Jul 2026, 12:00.",
        "Nothing to show: no promise to this lead is open.",
        "Nothing to show: this lead has no score",
        "Nothing to show: no document was sent",
        "Nothing to show: this lead has entered no stage yet.",
        "Nothing to show: nothing that this lead did",
    ):
        assert expected in text
    assert "E-mail" not in text


def test_no_text_of_a_system_becomes_an_element(pages: dict[str, str]) -> None:
    for html in pages.values():
        assert not Words(html).elements & {"img", "iframe", "i"}
        assert html.count("<script") == 1
        assert not re.search(r"https?://|url\((?!#)|@import", html)


def test_every_link_of_a_page_opens_a_briefing(connection: duckdb.DuckDBPyConnection, pages: dict[str, str]) -> None:
    """Of the leads in the rows only; the fixture's pages show leads that dim_person does not know, too."""
    html = render_today(connection) + render_yesterday(connection)
    linked = set(re.findall(r'href="(leads/[^"]+)"', html))
    known = {PAGE, f"leads/{lead_page('crm:seen')}"}
    assert linked >= known
    assert set(pages) == known


def test_a_long_history_is_cut_and_counted(connection: duckdb.DuckDBPyConnection, monkeypatch) -> None:
    monkeypatch.setattr(briefing, "EVENTS_SHOWN", 2)
    text = words(dict(render_briefings(connection))[PAGE])
    assert "and 1 earlier" in text
    assert "Call" in text
    assert "first visit" not in text


def test_a_file_name_is_safe_and_the_leads_alone() -> None:
    names = [lead_page(person) for person in ("crm:1", "crm-1", "../../etc/passwd", "ü" * 300, "")]
    assert len(set(names)) == len(names)
    assert all(re.fullmatch(r"[A-Za-z0-9-]{9,70}\.html", name) for name in names)


def test_a_line_of_figures_keeps_its_scale() -> None:
    assert sparkline([None, None], "nothing") == ""
    drawn = sparkline([0.0, 0.5, None, 1.0], "Ada's <months>", high=1)
    assert "Ada&#39;s &lt;months&gt;" in drawn
    # Zero at the bottom, one at the top, half way in between; the missing third leaves its place empty.
    assert 'points="2.0,18.0 32.7,10.0 94.0,2.0"' in drawn
    assert '<circle cx="94.0" cy="2.0"' in drawn
    # What is below zero stays inside the picture.
    assert 'points="2.0,18.0 94.0,2.0"' in sparkline([-5, 5], "given back")
