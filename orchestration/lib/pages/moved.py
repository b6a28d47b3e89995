"""Where pages were before there was a site: each old path leads to the page of today.

Belongs here: the old paths, which links in mails and bookmarks have. They stay until version 0.7.
"""

import shutil
from pathlib import Path

from orchestration.lib.pages.rendering import render, write_page

PAGES = {
    "board.html": "index.html",
    "scorecard.html": "scorecard/index.html",
    **{name: name for name in ("sources.html", "attribution.html", "customers.html", "agreement.html", "data.html")},
}
FOLDERS = ("reviews", "comparisons", "minutes", "agreements")
# Written by verbs and not by a build: what an older version wrote is moved, and not lost.
KEPT = ("reviews", "comparisons")
MARK = '<meta http-equiv="refresh"'


def lead_on(published: Path, site: Path) -> None:
    """Move the reviews and comparisons of before into the site, and write a page that leads on at each old path."""
    for folder in KEPT:
        for path in sorted((published / folder).glob("*")):
            if path.is_file() and not _leads_on(path):
                (site / folder).mkdir(parents=True, exist_ok=True)
                here = site / folder / path.name
                path.unlink() if here.exists() else path.replace(here)
    for folder in ("leads", "agreements", "minutes"):
        if (published / folder).is_symlink():
            (published / folder).unlink()
            shutil.rmtree(published / f".{folder}", ignore_errors=True)
    moved = dict(PAGES)
    for folder in FOLDERS:
        places = [f"{folder}/{page.name}" for page in (site / folder).glob("*.html") if page.stem != "index"]
        moved |= {place: place for place in places}
    for old, new in moved.items():
        write_page(published / old, render("moved.html.j2", old, to=f"{'../' * old.count('/')}site/{new}"))
    # A list cannot lead on, and an old one would be imported for a new one.
    (published / "rework.csv").unlink(missing_ok=True)


def _leads_on(path: Path) -> bool:
    return path.suffix == ".html" and MARK in path.read_text(encoding="utf-8", errors="replace")[:400]
