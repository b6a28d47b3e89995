"""The same company in each language: the pages have the same figures, and no text of the catalogues in English."""

import re
from collections import Counter
from collections.abc import Iterator
from html import unescape
from pathlib import Path

import pytest

from orchestration.lib.agreement.reading import read_agreements
from orchestration.lib.inspection.openings import openings_of_copy
from orchestration.lib.language import ENGLISH, LANGUAGES, speaking
from orchestration.lib.language.collecting import read_catalogue
from orchestration.lib.pages import write_site
from orchestration.lib.systems.finding import known_systems, tables_of
from orchestration.lib.warehouse.connection import open_warehouse
from orchestration.settings import DBT_PROJECT, EXAMPLES, SYSTEMS
from tests.end_to_end.conftest import Built, chromium, smarketing
from tests.end_to_end.site_budgets import opened, printed

pytestmark = [pytest.mark.end_to_end, pytest.mark.slow]

OTHERS = [language for language in LANGUAGES if language != ENGLISH]
FIGURE = re.compile(r"(?<![\w.,/-])[\d][\d.,]*\d(?![\w/])|(?<![\w.,/-])\d(?![\w.,/])")
# One page of each kind: of leads, people and months there are many.
FOLDERS = ("leads", "people", "scorecard", "minutes", "agreements")

# Where words decide what has room: tables of many columns, tiles, filters.
WIDEST = ("index.html", "people/index.html", "scorecard/2026-09.html", "funnel.html", "attribution.html")
NO_CHROMIUM = pytest.mark.skipif(chromium() is None, reason="no Chromium on this machine: the page tests are skipped")


@pytest.fixture(scope="module")
def sites(demo: Built, tmp_path_factory: pytest.TempPathFactory) -> dict[str, Path]:
    """The site of the demo company in each language, from the same published copy."""
    folder = tmp_path_factory.mktemp("sites")
    tables = tables_of(DBT_PROJECT, known_systems(SYSTEMS, EXAMPLES, demo.company))
    for language in LANGUAGES:
        with speaking(language), open_warehouse(demo.copy, read_only=True) as connection:
            openings = openings_of_copy(connection, tables)
            write_site(connection, folder / language, read_agreements(demo.company / "agreements"), openings)
    return {language: folder / language for language in LANGUAGES}


def pages(site: Path) -> Iterator[Path]:
    yield from sorted(site.glob("*.html"))
    for folder in FOLDERS:
        yield from sorted((site / folder).glob("*.html"))[:3]


def shown(page: Path) -> str:
    """What people read of a page, without blanks that mean nothing."""
    text = page.read_text(encoding="utf-8")
    text = re.sub(r"<(style|script|svg|code|time)\b.*?</\1>", " ", text, flags=re.DOTALL)
    text = re.sub(r'<table class="as-written">.*?</table>', " ", text, flags=re.DOTALL)  # both, as they are signed
    return " ".join(unescape(re.sub(r"<[^>]*>", " ", text)).replace("\u00a0", " ").split())


@pytest.mark.parametrize("language", OTHERS)
def test_every_page_has_the_figures_of_the_english_one(sites: dict[str, Path], language: str) -> None:
    swapped = str.maketrans(",.", ".,")
    compared = 0
    for english in pages(sites[ENGLISH]):
        other = sites[language] / english.relative_to(sites[ENGLISH])
        assert f'<html lang="{language.replace("_", "-")}">' in other.read_text(encoding="utf-8")
        figures = Counter(figure for figure in FIGURE.findall(shown(english)) if re.search(r"[.,]", figure))
        others = Counter(
            figure.translate(swapped) for figure in FIGURE.findall(shown(other)) if re.search(r"[.,]", figure)
        )
        assert figures == others, english.name
        compared += figures.total()
    assert compared > 1000


@pytest.mark.parametrize("language", OTHERS)
def test_no_sentence_of_the_catalogue_is_left_in_english(sites: dict[str, Path], language: str) -> None:
    """A text of four words and more, without places and elements, of which the translation differs."""
    sentences = {
        text
        for message in read_catalogue(language)
        for text in ([message.id] if isinstance(message.id, str) else message.id)
        if len(text.split()) > 3 and not re.search(r"%|[<>`*_]", text) and text != message.string
    }
    assert len(sentences) > 500
    english = re.compile("|".join(rf"(?<!\w){re.escape(text)}(?!\w)" for text in sorted(sentences, key=len)[::-1]))
    left = {page.name: english.findall(shown(page)) for page in pages(sites[language])}
    assert {page: found for page, found in left.items() if found} == {}


@pytest.mark.browser
@NO_CHROMIUM
@pytest.mark.parametrize("language", OTHERS)
@pytest.mark.parametrize(("width", "scheme"), [(1280, "dark"), (390, "light")])
def test_the_words_have_room(browser, sites: dict[str, Path], language: str, width: int, scheme: str) -> None:
    """The budgets of the English pages (test_site_in_a_browser.py) where they can differ by language."""
    faults = sorted(opened(browser, sites[language], width, scheme, WIDEST))
    assert not faults, "\n".join(f"{page}: {fault}" for page, fault in faults)


@pytest.mark.browser
@NO_CHROMIUM
@pytest.mark.parametrize("language", OTHERS)
def test_today_is_two_screens_and_two_sheets(browser, sites: dict[str, Path], language: str) -> None:
    page = browser.new_page(viewport={"width": 1280, "height": 900})
    page.goto((sites[language] / "index.html").as_uri())
    tall = page.evaluate("document.documentElement.scrollHeight")
    page.close()
    sheets = len(printed(browser, sites[language] / "index.html"))
    assert (tall <= 1800, sheets <= 2) == (True, True), f"{tall} pixels, {sheets} sheets"


@pytest.mark.parametrize(
    ("language", "age", "done"), [("it", "situazione al", "pagine"), ("pt_BR", "posição em", "páginas")]
)
def test_the_terminal_speaks_the_language(demo: Built, language: str, age: str, done: str) -> None:
    spoken = smarketing("--language", language, "status", "--company", str(demo.company), "--home", str(demo.home))
    assert age in spoken.stdout
    assert done in spoken.stdout
    assert "up to date" not in spoken.stdout
