"""The page of an agreement: every field that one can have is on it, in sentences that mean what the field means."""

import re
from collections.abc import Iterator
from html.parser import HTMLParser
from pathlib import Path

import duckdb
import pytest

from orchestration import settings
from orchestration.lib.agreement.commitments import Clock
from orchestration.lib.agreement.document import Agreement
from orchestration.lib.agreement.parts import Part
from orchestration.lib.agreement.reading import read_agreements
from orchestration.lib.agreement.tiers import Tier
from orchestration.lib.language import speaking
from orchestration.lib.pages import render_agreements
from tests.unit.pages.page_tables import EMPTY, lay_out
from tests.unit.pages.test_pages import words

DEMO = settings.DEMO_COMPANY / "agreements"
EVERY_FIELD = Path(__file__).parent / "every_field.yml"


@pytest.fixture(scope="module")
def company() -> Iterator[duckdb.DuckDBPyConnection]:
    with duckdb.connect() as connection:
        lay_out(connection, EMPTY)
        yield connection


@pytest.fixture(scope="module")
def every_field(tmp_path_factory: pytest.TempPathFactory) -> list[Agreement]:
    folder = tmp_path_factory.mktemp("agreements")
    (folder / "2026-01.yml").write_bytes(EVERY_FIELD.read_bytes())
    return read_agreements(folder)


@pytest.fixture(scope="module")
def text(company: duckdb.DuckDBPyConnection, every_field: list[Agreement]) -> str:
    return page_of(company, every_field, "2026-01")


def page_of(company: duckdb.DuckDBPyConnection, versions: list[Agreement], version: str) -> str:
    return words(render_agreements(company, versions)[f"agreements/{version}.html"])


def _parts(kind: type[Part] = Part) -> Iterator[type[Part]]:
    for each in kind.__subclasses__():
        yield each
        yield from _parts(each)


def test_every_field_that_an_agreement_can_have_is_on_its_page(
    company: duckdb.DuckDBPyConnection, every_field: list[Agreement], monkeypatch: pytest.MonkeyPatch
) -> None:
    read: set[tuple[type, str]] = set()
    plain = Part.__getattribute__

    def recording(part: Part, name: str) -> object:
        read.update((kind, name) for kind in type(part).__mro__ if issubclass(kind, Part))
        return plain(part, name)

    versions = [*read_agreements(DEMO), *every_field]
    monkeypatch.setattr(Part, "__getattribute__", recording)
    render_agreements(company, versions)
    # The terms of a tier are read as those of its commitment (in_tiers); the kind follows from the sentence.
    unread = {
        f"{kind.__name__}.{name}"
        for kind in _parts()
        for name in kind.model_fields
        if (kind, name) not in read and name != "kind" and not (issubclass(kind, Tier) and name in Clock.model_fields)
    }
    assert unread == {"CadenceTier.attempts"}


@pytest.mark.parametrize(
    "sentence",
    [
        "From when a lead came in, sales contacts it within 90 minutes of the opening hours of Desk, or of the owner’s "
        "own calendar. What counts: a conversation by call or meeting or a contact by e-mail, made by a person; a "
        "message that a sequence sent counts as well. A contact from before does not keep the promise. It is excused "
        "when the lead is disqualified (for a definitional or clerical reason) or lost before it is due. If the owner "
        "sends the lead away without the contact, it is missed. While the lead’s owner is absent the clock pauses. Of "
        "those due, 80.0 % must be kept.",
        "From when a person first had a lead, sales moves it on to SAL as fast as its tier below states.",
        "Tier 1 lead type event, and revenue stream retail, and source Paid Search, and persona owner, and grade A1, "
        "and score at least 50 within 1 hour of the opening hours of Listed 90.0 %",
        "Others all other leads within 1 day, all hours counting 80.0 %",
        "From when a lead became SAL, sales tries to reach it: as often as its tier below states. The next attempt "
        "comes within 2 days of the start",
        "What counts: a contact by call, e-mail or meeting, made by a person; a message that a sequence sent does not",
        "It ends when the lead replies or the lead leaves the stage.",
        "Large revenue stream retail 3 attempts within 1 week, 4 within 2 weeks 70.0 %",
        "The leads of a month are for the quota of the same month. A month is paced by its days. The quota of sales "
        "for a missed month is lowered by 50.0 % of what marketing fell short.",
        "Tickets Of the tickets opened in a month, at least 90.0 % are answered within 2 days.",
        "The deals won in a quarter took at most 45 days from the handoff, in the median. It is about retail only.",
        "Of the leads handed over in a month, at least 90.0 % come with account and owner.",
        "USD 270,000 a year, by deals of 1,000 on average, with a margin of 40.0 %. 50.0 % of it is to come",
        "By period: 2026-Q1 90,000, 2026-Q2 60,000, 2026-Q3 60,000, 2026-01 30,000, 2026-02 20,000, 2026-03 10,000.",
        # 270 deals; 270 / 0.5 = 540; 540 / 0.25 = 2,160, half of which are the share of this lead type.
        "MQL 2,160 540 / 0.25 = 2,160 25.0 %: 20.0 % measured, to be improved by sales 1,080",
        "Customer 270 270,000 / 1,000 = 270 135",
        "MQL It fits. the evidence Grade A1, A2.",
        "SQL We have spoken. the label in the CRM A score of at least 40.0. After MQL, except event.",
        "Without an answer after 14 days it is accepted by default, and counted separately.",
        "A lead that comes back never counts as handed over again. A lead that sales rejects takes its value with it. "
        "Missed work leaves the morning list 60 days after it was due, to the backlog of its owner.",
        "employees from 20",
        "Public holidays of IT (MI), except 15 August 2026, and 24 December 2026:",
        "22:00-02:00",
        "a warning (agreed)",
        "Conversions: MQL, won. The touches that count are those of the contacts of the deal, in the 30 days before "
        "the conversion and after the one before it. What is attributed of a deal is its agreed margin. The pages show "
        "the model last touch first. Time decay halves the weight of a touch every 1 day; position based gives 50.0 % "
        "to the first touch, 30.0 % to those in the middle and 20.0 % to the last.",
        "At most 1 message to one receiver at a time, more become one digest; nothing is notified that is older than 3",
        "the fiscal year starts in April. Growth is steady: a review every 9 months, counted from 2026-02.",
        "The signature of Ada Lovelace for sales does not count: it has no seal.",
        "Draft, not signed.",
    ],
)
def test_a_clause_is_a_sentence(text: str, sentence: str) -> None:
    assert sentence in text


def test_the_closed_days_of_a_calendar_are_those_of_its_version(text: str) -> None:
    """15 August is worked, 24 December is not; nothing of another year."""
    closed = text[text.index("and 24 December 2026:") : text.index("Listed America")]
    assert "15 August" not in closed
    assert "24 December 2026, 25 December 2026 (Christmas Day)" in closed
    assert "2025" not in closed
    assert "2027" not in closed


def test_holidays_and_divisions_are_written_as_the_language_writes_them(
    company: duckdb.DuckDBPyConnection, every_field: list[Agreement]
) -> None:
    """What is signed keeps the English names of the days."""
    with speaking("it"):
        text = page_of(company, every_field, "2026-01")
    assert "25 dicembre 2026 (Natale)" in text
    assert "540 / 0,25 = 2.160" in text


def test_the_page_of_the_first_version_says_what_the_next_one_changes(company: duckdb.DuckDBPyConnection) -> None:
    text = page_of(company, read_agreements(DEMO), "2025-10")
    assert "What changes with 2026-07, from 1 July 2026" in text
    assert "commitments.follow_up.longest_gap – 5d" in text
    assert "What changed from" not in text


def test_a_version_that_waits_is_ready_to_be_signed(company: duckdb.DuckDBPyConnection, tmp_path: Path) -> None:
    """One signature of two: what is signed is named, and for the other there is a line."""
    for path in DEMO.glob("**/*.*"):
        (tmp_path / path.relative_to(DEMO)).parent.mkdir(exist_ok=True)
        (tmp_path / path.relative_to(DEMO)).write_bytes(path.read_bytes())
    second = tmp_path / "2026-07.yml"
    second.write_text(re.sub(r"  - \{name: \"Aurelia.*\n", "", second.read_text()))
    versions = read_agreements(tmp_path)
    text = page_of(company, versions, "2026-07")
    assert "It waits for signatures. Nobody is measured by it before sales has signed" in text
    assert "Marketing Fosca Ridolfini 24 June 2026" in text
    assert "Sales not signed: smarketing sign 2026-07 --role sales --name …" in text
    assert "What changes if both sign 2026-07" in page_of(company, versions, "2025-10")


def test_what_is_in_force_is_the_page_beside_the_board(company: duckdb.DuckDBPyConnection) -> None:
    """Its links lead into the folder of all versions; without one in force the first version is shown."""
    versions = read_agreements(DEMO)
    company.execute("update reports.rpt_page_header set agreement_version = '2026-07'")
    page = render_agreements(company, versions)["agreement.html"]
    assert "<h1>Agreement 2026-07 between" in page
    assert 'href="agreements/2025-10.html"' in page
    company.execute("update reports.rpt_page_header set agreement_version = null")
    assert "<h1>Agreement 2025-10 between" in render_agreements(company, versions)["agreement.html"]


def test_every_promise_has_a_place_to_link_to(company: duckdb.DuckDBPyConnection) -> None:
    ids: list[str] = []

    class Ids(HTMLParser):
        def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
            ids.extend(value for name, value in attrs if name == "id" and value)

    versions = read_agreements(DEMO)
    Ids().feed(render_agreements(company, versions)["agreements/2026-07.html"])
    assert {f"commitments.{key}" for key in versions[-1].commitments} <= set(ids)
    assert len(ids) == len(set(ids))
