"""The pages that list others: the reviews and comparisons that were made, and all pages of the site.

Belongs here: what is in the folder. A build, a review and a comparison each write these pages again.
"""

import re
from pathlib import Path

from orchestration.lib.formats import label
from orchestration.lib.pages.rendering import render, write_page
from orchestration.lib.pages.sections import SECTIONS
from orchestration.lib.warehouse.rows import Row

TITLE = re.compile(r"<h1>(.*?)</h1>", re.DOTALL)
# Folders with a page for each of many; a lead is found by Today, and a person by the page of people.
FOLDERS = {
    "scorecard": "Scorecards by month",
    "reviews": "Reviews",
    "comparisons": "Comparisons of versions",
    "minutes": "Minutes",
    "agreements": "Versions of the agreement",
    "people": "People",
}


def write_listings(site: Path, header: Row) -> None:
    """Write the index of reviews, that of comparisons and help.html from the pages that the site has."""
    for folder in ("reviews", "comparisons"):
        page = render(
            "listing.html.j2",
            f"{folder}/index.html",
            header=header,
            title=FOLDERS[folder],
            folder=folder,
            pages=_named(site, folder),
        )
        write_page(site / folder / "index.html", page)
    folders = {title: _named(site, folder) for folder, title in FOLDERS.items()}
    single = [(section.title, section.page) for section in SECTIONS if (site / section.page).is_file()]
    others = sorted(path.name for path in site.glob("*.html") if path.name not in {page for _, page in single})
    single += [(_title(site / name), name) for name in others if name != "help.html"]
    write_page(site / "help.html", render("help.html.j2", "help.html", header=header, single=single, folders=folders))


def _named(site: Path, folder: str) -> list[tuple[str, str]]:
    """Name and place of the pages of a folder, the latest first."""
    pages = sorted((site / folder).glob("*.html"), reverse=True)
    return [(page.stem, f"{folder}/{page.name}") for page in pages if page.stem != "index"]


def _title(page: Path) -> str:
    found = TITLE.search(page.read_text(encoding="utf-8"))
    return found.group(1) if found else label(page.stem)
