"""The pages that list others: the reviews and comparisons that were made, and all pages of the site.

Belongs here: what is in the folder, and the way from a review to the periods before and after it. A build, a review and
a comparison each write these pages again.
"""

import re
from datetime import datetime
from html import unescape
from itertools import pairwise
from pathlib import Path

import duckdb
from markupsafe import escape

from orchestration.lib.formats import label, moment
from orchestration.lib.language import gettext, later, translated
from orchestration.lib.pages.glossary import render_glossary
from orchestration.lib.pages.reading import read_header
from orchestration.lib.pages.rendering import render, write_page
from orchestration.lib.pages.sections import SECTIONS
from orchestration.lib.periods import Period, PeriodError, parse_period
from orchestration.lib.warehouse.rows import Row, read_rows

HEADING = re.compile(r"<h1>(.*?)</h1>", re.DOTALL)
# Of a comparison, what is the same in every language; and of a page that was written before there were languages.
COMPARED = re.compile(
    r'<div data-first="([^"]+)" data-second="([^"]+)" data-period="([^"]+)">.*?<time datetime="([^"]+)"', re.DOTALL
)
COMPARED_BEFORE = re.compile(
    r"<title>Compare versions: (.+) and (.+) in (\S+), .*?<dt>As of</dt><dd><time[^>]*>([^<]+?) *<", re.DOTALL
)
NEIGHBOURS = re.compile(r'(<p class="neighbours">).*?(</p>)', re.DOTALL)
# The head of a page, in which its heading is.
HEAD = 20_000
# Folders with a page for each of many; a lead is found by Today.
FOLDERS = {
    "scorecard": later("Scorecards by month"),
    "people": later("People"),
    "reviews": later("Reviews"),
    "comparisons": later("Comparisons of versions"),
    "minutes": later("Minutes"),
    "agreements": later("Versions of the agreement"),
}

# dbt's page of all tables, which has no heading of its own; it is written by `smarketing docs`.
CATALOGUE = "catalogue.html"
BACK = "position: fixed; right: 8px; bottom: 8px; z-index: 9999; padding: 6px 10px; background: #fff; color: #2b5f8f"

REVIEWS = "select * from marts.fct_reviews order by period_from"
# Reviews that were held of other periods than those of the agreed cycle.
HELD = (
    "select review_period as period_name, agreement_version, min(reviewed_date) as held_date, "
    "count(*) filter (where not is_item) as line_count, "
    "count(*) filter (where not is_item and decision <> 'open') as decided_lines "
    "from marts.fct_review_lines group by review_period, agreement_version order by review_period"
)


def with_way_back(catalogue: str) -> str:
    """The page of dbt with a link to the site, which it has no bar for."""
    title = gettext("Help")
    link = f'<a href="help.html" style="{BACK}">← {title}</a>'
    return catalogue.replace("<body>", f"<body>{link}", 1)


def write_listings(site: Path, connection: duckdb.DuckDBPyConnection) -> None:
    """Write the indexes of reviews and comparisons, glossary.html and help.html, by the pages that the site has."""
    header = read_header(connection)
    reviews = _reviews(site, connection, header)
    page = render("reviews.html.j2", "reviews/index.html", header=header, reviews=reviews)
    write_page(site / "reviews" / "index.html", page)
    _link_neighbours(site, reviews)
    compared = _comparisons(site)
    page = render("comparisons.html.j2", "comparisons/index.html", header=header, comparisons=compared)
    write_page(site / "comparisons" / "index.html", page)
    write_page(site / "glossary.html", render_glossary(header))
    folders = {title: _named(site, folder) for folder, title in FOLDERS.items()}
    single = [(translated(section.title), section.page) for section in SECTIONS if (site / section.page).is_file()]
    known = {"help.html", *(page for _, page in single)}
    others = sorted(path.name for path in site.glob("*.html") if path.name not in known)
    single += [
        (gettext("Catalogue of tables") if name == CATALOGUE else _heading(site / name), name) for name in others
    ]
    write_page(site / "help.html", render("help.html.j2", "help.html", header=header, single=single, folders=folders))


def _reviews(site: Path, connection: duckdb.DuckDBPyConnection, header: Row) -> list[Row]:
    """A row for each period that has a page, was held, or is of the agreed cycle; the latest first."""
    rows = {row["period_name"]: row | {"status": "held"} for row in read_rows(connection, HELD)}
    start = header["fiscal_year_start_month"]
    # The minutes of a meeting are of a month, which no review is.
    rows = {name: row for name, row in rows.items() if parse_period(name, start).kind != "month"}
    rows |= {row["period_name"]: row for row in read_rows(connection, REVIEWS)}
    for page in (site / "reviews").glob("*.html"):
        if _period(page.stem, start):
            rows.setdefault(page.stem, {"period_name": page.stem, "status": "proposed"})
    found = [
        {"period": _period(name, start), "agreement_version": None, "held_date": None, "due_date": None}
        | row
        | {part: (site / "reviews" / f"{name}.{part}").is_file() for part in ("html", "yml")}
        | {"has_minutes": (site / "minutes" / f"{name}.html").is_file()}
        for name, row in rows.items()
    ]
    return sorted(found, key=lambda row: (row["period"].starts, row["period"].months), reverse=True)


def _period(name: str, start: int) -> Period | None:
    try:
        return parse_period(name, start)
    except PeriodError:
        return None


def _link_neighbours(site: Path, reviews: list[Row]) -> None:
    """Put into each review the way to the review before and after it, of periods of the same length."""
    chains: dict[int, list[str]] = {}
    for row in reversed(reviews):
        if row["html"]:
            chains.setdefault(row["period"].months, []).append(row["period_name"])
    for names in chains.values():
        links = {name: ["", ""] for name in names}
        for before, after in pairwise(names):
            links[before][1] = f'<a rel="next" href="{escape(after)}.html">{escape(after)} →</a>'
            links[after][0] = f'<a rel="prev" href="{escape(before)}.html">← {escape(before)}</a>'
        for name, both in links.items():
            page = site / "reviews" / f"{name}.html"
            text = NEIGHBOURS.sub(rf"\g<1>{' '.join(filter(None, both))}\g<2>", page.read_text(encoding="utf-8"), 1)
            write_page(page, text)


def _comparisons(site: Path) -> list[Row]:
    """What each page of a comparison is about, by its own head; the latest period first."""
    found = []
    for page in (site / "comparisons").glob("*.html"):
        head = page.read_text(encoding="utf-8")[:HEAD]
        if match := COMPARED.search(head) or COMPARED_BEFORE.search(head):
            first, second, period, as_of = map(unescape, match.groups())
            if match.re is COMPARED:
                as_of = moment(datetime.fromisoformat(as_of))
            lists = [name for name in (f"{page.stem}.csv", f"{page.stem}-leads.csv") if (page.parent / name).is_file()]
            found.append(
                {"place": page.name, "names": (first, second), "period": period, "as_of": as_of, "lists": lists}
            )
    return sorted(found, key=lambda row: (row["period"], row["place"]), reverse=True)


def _named(site: Path, folder: str) -> list[tuple[str, str]]:
    """Heading and place of the pages of a folder, the latest first."""
    pages = sorted((site / folder).glob("*.html"), reverse=True)
    return [(_heading(page), f"{folder}/{page.name}") for page in pages if page.stem != "index"]


def _heading(page: Path) -> str:
    with page.open(encoding="utf-8") as file:
        found = HEADING.search(file.read(HEAD))
    return " ".join(unescape(re.sub(r"<[^>]+>", " ", found.group(1))).split()) if found else label(page.stem)
