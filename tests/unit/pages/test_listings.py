"""The pages that list others: help, the glossary, the index of reviews and the ways between reviews."""

import re
from html import unescape
from pathlib import Path

import duckdb
import pytest

from orchestration.lib.glossary import FILE, texts_of_glossary
from orchestration.lib.language import speaking
from orchestration.lib.pages import glossary, write_listings, write_page
from orchestration.lib.pages.glossary import read_glossary
from orchestration.lib.pages.listings import with_way_back
from tests.unit.pages.page_tables import lay_out
from tests.unit.pages.test_pages import words

CYCLE = """
    insert into marts.fct_reviews
        (period_name, period_from, agreement_version, due_date, status, held_date, line_count, decided_lines)
    values ('2026-Q2', '2026-04-01', '2026-01', '2026-07-01', 'held', '2026-07-02', 3, 2),
        ('2026-Q3', '2026-07-01', '2026-01', '2026-10-01', 'coming', null, 0, 0)
"""
COMPARED = """<title>Confronto: a e b</title><div data-first="2025-10" data-second="2026&amp;7" data-period="2026-Q2">
    <dt>Alla data</dt><dd><time datetime="2026-10-09T17:52:00+02:00">ven 9 ott</time>"""
# As 0.5.0 wrote it.
COMPARED_BEFORE = """<title>Compare versions: 2025-10 and 2026-07 in 2026-Q1, Lumen</title>
    <dt>As of</dt><dd><time datetime="2026-07-01T08:00:00">Wed 1 Jul 2026, 08:00</time> <span>"""
REVIEW = '<h1>Review of {0}</h1><p class="neighbours"></p>'


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("site")
    for name in ("2025-Q4", "2026-Q1", "2026-Q2", "2025-H2"):
        write_page(folder / "reviews" / f"{name}.html", REVIEW.format(name))
    write_page(folder / "reviews" / "2026-Q2.yml", "version")
    write_page(folder / "reviews" / "notes.html", "of somebody")
    write_page(folder / "comparisons" / "of-today.html", COMPARED)
    write_page(folder / "comparisons" / "of-before.html", COMPARED_BEFORE)
    write_page(folder / "calculator.html", "<h1>Quota <i>calculator</i></h1>")
    write_page(folder / "catalogue.html", with_way_back("<body><h1>{{ name }}</h1>"))
    with duckdb.connect() as connection:
        lay_out(connection)
        connection.execute(CYCLE)
        for _ in range(2):
            write_listings(folder, connection)
    return folder


def test_the_index_of_reviews_has_state_days_and_what_to_open(site: Path) -> None:
    text = words((site / "reviews" / "index.html").read_text())
    assert "2026-Q2 1 April 2026 to 30 June 2026 held 2 of 3 2 July 2026 1 July 2026 2026-01 the review" in text
    assert "the proposed version" in text
    assert "2026-Q3 1 July 2026 to 30 September 2026 coming" in text
    assert "2026-Q1 1 January 2026 to 31 March 2026 proposed" in text
    assert "notes" not in text


def test_a_comparison_is_listed_in_whatever_language_its_page_is(site: Path) -> None:
    text = words((site / "comparisons" / "index.html").read_text())
    assert "2025-10 and 2026&7 2026-Q2 Fri 9 Oct 2026, 17:52" in text
    assert "2025-10 and 2026-07 2026-Q1 Wed 1 Jul 2026, 08:00" in text


def test_a_review_leads_to_those_of_the_same_length(site: Path) -> None:
    def links(name: str) -> list[str]:
        return re.findall(r'rel="(\w+)" href="([^"]+)"', (site / "reviews" / f"{name}.html").read_text())

    assert links("2025-Q4") == [("next", "2026-Q1.html")]
    assert links("2026-Q1") == [("prev", "2025-Q4.html"), ("next", "2026-Q2.html")]
    assert links("2026-Q2") == [("prev", "2026-Q1.html")]
    assert links("2025-H2") == []


def test_help_lists_every_page_with_a_heading(site: Path) -> None:
    page = (site / "help.html").read_text()
    for place, title in {
        "calculator.html": "Quota calculator",
        "catalogue.html": "Catalogue of tables",
        "glossary.html": "Glossary",
        "reviews/2026-Q1.html": "Review of 2026-Q1",
    }.items():
        assert f'<a href="{place}">{title}</a>' in page
    assert '<a href="help.html"' in (site / "catalogue.html").read_text()


def test_help_and_other_pages_lead_to_words_that_the_glossary_has(site: Path) -> None:
    anchors = re.findall(r'id="([^"]+)"', (site / "glossary.html").read_text())
    assert len(anchors) == len(set(anchors))
    linked = re.findall(r'href="glossary\.html#([^"]+)"', (site / "help.html").read_text())
    assert len(linked) > 5
    assert set(linked) <= set(anchors)


def test_the_glossary_has_every_word_of_its_file(site: Path) -> None:
    """Against the lines of the file, read here without a parser."""
    text = re.sub(r"\s+", " ", unescape(re.sub(r"<[^>]+>", " ", (site / "glossary.html").read_text())))
    rows = re.findall(r"^\| (.+?) \| (.+?) \|$", FILE.read_text(), re.MULTILINE)
    rows = [row for row in rows if row[1] != "meaning"]
    assert len(rows) == sum(len(section["words"]) for section in read_glossary(FILE.read_text())) > 150

    def plain(cell: str) -> str:
        return re.sub(r"\W+", " ", re.sub(r"\[([^\]]*)\]\(([^)#]*)[^)]*\)", r"\1 (docs/\2)", cell))

    shown = re.sub(r"\W+", " ", text)
    assert [word for word, meaning in rows if plain(f"{word} {meaning}").strip() not in shown] == []
    assert '.md"' not in (site / "glossary.html").read_text(), "a link that leads out of the site"


def test_every_text_of_the_glossary_is_looked_up_and_its_anchors_stay(monkeypatch: pytest.MonkeyPatch) -> None:
    asked = set()

    def looked_up(text: str) -> str:
        asked.add(text)
        return f"`{len(asked)}` of **another** language"

    english = read_glossary(FILE.read_text())
    monkeypatch.setattr(glossary, "translated", looked_up)
    glossary._read.cache_clear()
    try:
        with speaking("it"):
            italian = read_glossary(FILE.read_text())
    finally:
        glossary._read.cache_clear()
    assert set(texts_of_glossary()) <= asked
    assert [section["anchor"] for section in italian] == [section["anchor"] for section in english]
    for section, other in zip(english, italian, strict=True):
        assert [word["anchors"] for word in section["words"]] == [word["anchors"] for word in other["words"]]
    assert italian[0]["words"][0]["meaning"].startswith("<code>")
