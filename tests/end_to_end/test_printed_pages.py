"""Review, minutes and contract as PDF, by a headless Chromium: the figures are on the sheets, and nothing is cut.

The decisions are kept by the verb and by its ledger in a copy of the demo; the two models that read them are made again
by their own compiled SQL, which is quicker than a run.
"""

import shutil
import unicodedata
from datetime import date
from io import BytesIO
from pathlib import Path

import duckdb
import pytest
from pypdf import PageObject, PdfReader

from orchestration.lib.agreement.reading import read_agreements
from orchestration.lib.pages import render_minutes, render_scorecards, write_page
from orchestration.lib.periods import parse_period
from orchestration.lib.review.kept import Decision, KeptReview
from orchestration.lib.review.kept_files import decide, read_kept_reviews
from orchestration.lib.review.meetings import meeting_as_held
from orchestration.lib.review.tables import write_reviews
from tests.end_to_end.conftest import Built, chromium, smarketing

pytestmark = [
    pytest.mark.end_to_end,
    pytest.mark.browser,
    pytest.mark.skipif(chromium() is None, reason="no Chromium on this machine: the page tests are skipped"),
]
A4 = (595, 842)
MODELS = {"fct_review_lines": "marts", "rpt_meeting_agenda": "reports"}
ADA = ("--by", "Ada Neri", "--why", "two webinars instead of the fairs")
# What is wider than the sheet, or than the cell that it is in.
CUT = """
    [...document.querySelectorAll("header *, main *")]
        .filter(each => each.getBoundingClientRect().right > document.documentElement.clientWidth + 1)
        .map(each => each.tagName + " " + each.textContent.slice(0, 40))
"""

# How rows break, ink and paper, and what a head of a table is: one that repeats on each sheet.
STYLES = """
    [...new Set([
        ...[...document.querySelectorAll("tr")].map(each => getComputedStyle(each).breakInside),
        ...[...document.querySelectorAll("thead")].map(each => getComputedStyle(each).display),
        getComputedStyle(document.body).color,
        getComputedStyle(document.body).backgroundColor,
    ])].sort()
"""


@pytest.fixture(scope="module")
def held(demo: Built, tmp_path_factory: pytest.TempPathFactory) -> Built:
    """The demo after a meeting about August, one about September and a decision on its review."""
    folder = tmp_path_factory.mktemp("held")
    company, home = folder / "company", folder / "home"
    home.mkdir()
    (home / "published").symlink_to(demo.published)
    shutil.copy(demo.home / "warehouse.duckdb", home / "warehouse.duckdb")
    (home / "company.txt").write_text(f"{company}\n")
    shutil.copytree(demo.company / "agreements", company / "agreements")
    shutil.copytree(demo.company / "reference", company / "reference")
    (company / "exports").mkdir()
    with duckdb.connect(demo.copy, read_only=True) as connection:
        as_of = connection.execute("select as_of from marts.dim_build").fetchall()[0][0]
        august = meeting_as_held(connection, parse_period("2026-08"), as_of)
    day = date(2026, 9, 9)
    first = Decision(
        "missed/first_contact", "accepted", None, "a second rep", "Ugo Riva", day, "Eva Blu", date(2026, 9, 30)
    )
    decide(company, august, first)
    for words in (
        ("2026-09", "lead_value", "--accept", "--owner", "Livia Conti", "--due", "2026-12-15"),
        ("2026-Q3", "small_business/website_form/mql_to_sql", "--accept"),
    ):
        result = smarketing("decide", *words, *ADA, "--company", company, "--home", home)
        assert result.returncode == 0, result.stdout + result.stderr
    make_again(demo, home, read_kept_reviews(company))
    return Built(company, home, "")


def make_again(demo: Built, home: Path, kept: list[KeptReview]) -> None:
    """Make the models of the ledger from these files, in the home's copy of the warehouse of the demo."""
    # Below a folder that is named like a YAML file are the rows of unit tests.
    files = (demo.home / "project" / "target" / "compiled").rglob("*.sql")
    compiled = {path.stem: path for path in files if path.parent.suffix != ".yml"}
    with duckdb.connect(home / "warehouse.duckdb") as connection:
        write_reviews(connection, kept)
        for model, schema in MODELS.items():
            connection.execute(f"create or replace table {schema}.{model} as {compiled[model].read_text()}")


@pytest.fixture(scope="module")
def pages(held: Built, demo: Built) -> dict[str, Path]:
    with duckdb.connect(held.home / "warehouse.duckdb", read_only=True) as connection:
        made = render_minutes(connection) | render_scorecards(connection)
    shutil.copytree(demo.site / "assets", held.home / "site" / "assets")
    for name, page in made.items():
        write_page(held.home / "site" / name, page)
    files = {name: held.home / "site" / name for name in made}
    return files | {name: demo.site / name for name in ("agreement.html", "reviews/2026-Q3.html")}


def printed(browser, path: Path) -> PdfReader:
    """The page as the browser prints it; what is cut at the edge of a sheet fails."""
    page = browser.new_page()
    page.goto(path.as_uri())
    page.emulate_media(media="print")
    reader = PdfReader(BytesIO(page.pdf(prefer_css_page_size=True)))
    width = float(reader.pages[0].mediabox.width)
    # The width between the margins, in CSS pixels: 14 mm upright, 12 mm across.
    margin = 14 if width < 600 else 12
    page.set_viewport_size({"width": int(width * 96 / 72 - 2 * margin * 96 / 25.4), "height": 900})
    assert page.evaluate(CUT) == [], path.name
    assert page.evaluate(STYLES) == ["avoid", "rgb(0, 0, 0)", "rgb(255, 255, 255)", "table-header-group"], path.name
    page.close()
    return reader


def filled(sheet: PageObject) -> float:
    """How far down the sheet its last line is, as a share of its height."""
    lowest = height = float(sheet.mediabox.height)

    def see(text: str, outer: list[float], inner: list[float], *_: object) -> None:
        nonlocal lowest
        if text.strip():
            lowest = min(lowest, inner[5] * outer[3] + outer[5])

    sheet.extract_text(visitor_text=see)
    return 1 - lowest / height


def text_of(reader: PdfReader) -> str:
    return " ".join(unicodedata.normalize("NFKC", " ".join(each.extract_text() for each in reader.pages)).split())


def test_minutes_of_a_meeting(browser, held: Built, pages: dict[str, Path]) -> None:
    reader = printed(browser, pages["minutes/2026-09.html"])
    assert len(reader.pages) == 1
    assert tuple(round(float(side)) for side in reader.pages[0].mediabox[2:]) == A4
    text = text_of(reader)
    with duckdb.connect(held.home / "warehouse.duckdb", read_only=True) as connection:
        [(counted, target)] = connection.execute(
            "select counted_amount, target_amount from reports.rpt_team_compliance "
            "where commitment = 'lead_value' and period_date = '2026-09-01'"
        ).fetchall()
    assert f"Lead value Marketing {counted:,.0f} of {target:,.0f} EUR accepted" in text
    assert "two webinars instead of the fairs" in text
    assert "Livia Conti 15 December 2026 open" in text
    # Of the meeting about August, due on 30 September, as of 9 October.
    assert "a second rep First contact (all others) 2026-08 Eva Blu 30 September 2026 9 open" in text


def test_minutes_of_a_review_and_its_page(browser, demo: Built, pages: dict[str, Path]) -> None:
    rate, low, high, entered = demo.query(
        "select measured_rate, measured_rate_low, measured_rate_high, entered from reports.rpt_review_rates "
        "where review_period = 'quarter' and period_from = '2026-07-01' and lead_type = 'website_form' "
        "and revenue_stream = 'small_business' "
        "and from_stage = 'mql'"
    )[0]
    text = text_of(printed(browser, pages["minutes/2026-Q3.html"]))
    assert "Small business, website form: MQL to SQL 33.0 %" in text
    measured = f"{rate * 100:.1f} % {low * 100:.1f} % to {high * 100:.1f} % {entered} 33.0 % accepted 33.0 %"
    assert measured in text
    reader = printed(browser, pages["reviews/2026-Q3.html"])
    assert len(reader.pages) > 1
    assert f"33.0 % {rate * 100:.1f} %" in text_of(reader)


def test_the_contract_has_targets_shares_and_signatures(browser, demo: Built, pages: dict[str, Path]) -> None:
    reader = printed(browser, pages["agreement.html"])
    assert len(reader.pages) > 1
    text = text_of(reader)
    for needed, arithmetic in demo.query(
        "select needed, arithmetic from marts.dim_target where agreement_version = '2026-07'"
    ):
        assert f"{needed:,} {arithmetic}" in text
    shares = demo.query("select owner_name, share_rate, share_leads, share_amount from reports.rpt_owner_shares")
    assert len(shares) == 8
    for name, rate, leads, amount in shares:
        assert f"{rate * 100:.1f} % {leads:.1f} {amount:,.0f} per year" in text, name
        assert name in text
    assert tuple(round(float(side)) for side in reader.pages[0].mediabox[2:]) == A4
    assert all(filled(sheet) > 0.5 for sheet in reader.pages[:-1])
    assert "Nothing is missing: both teams and all signers have signed." in text
    for signature in read_agreements(demo.company / "agreements")[-1].signatures:
        assert f"{signature.name} {signature.date:%-d %B %Y}" in text
        assert signature.seal in text.replace(" ", "")  # a long one goes on in the next line


def test_the_meeting_is_on_the_scorecard(browser, pages: dict[str, Path]) -> None:
    """What the rule asks of September, by hand from the months of the demo; headings stay with their tables."""
    text = text_of(printed(browser, pages["scorecard/2026-09.html"]))
    assert "1 Lead value missed/lead_value Marketing" in text
    assert "missed three months running accepted" in text
    assert "2 Follow up 5 in 4w missed/follow_up Sales 27 of 55 kept, agreed 70.0 % from August 2026" in text
    assert "3 First contact (all others) missed/first_contact Sales 204 of 291 kept, agreed 90.0 %" in text
