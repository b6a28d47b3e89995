"""What the site of a large company costs: 50 owners, 50,000 open leads, 36 months.

    python benchmarks/site_size.py HOME [OPEN_LEADS]

Belongs here: the seconds of writing it, of writing it again, and of opening Today, and the bytes of its pages. HOME is
that of a built company, whose published copy grown_copy.py makes larger in a temporary folder; it stays as it is. The
command fails where a budget is passed.
"""

import sys
import tempfile
import time
from collections import defaultdict
from collections.abc import Sequence
from pathlib import Path
from typing import NamedTuple

from grown_copy import grow

from orchestration import settings
from orchestration.lib.agreement.document import Agreement
from orchestration.lib.agreement.reading import read_agreements
from orchestration.lib.pages import write_site
from orchestration.lib.warehouse.connection import open_warehouse
from orchestration.lib.warehouse.publishing import current_copy

MEGABYTE = 1_000_000
MOST_SECONDS, MOST_BYTES, MOST_BYTES_OF_TODAY, MOST_SECONDS_TO_OPEN = 60, 2 * MEGABYTE, MEGABYTE, 1


class Measured(NamedTuple):
    """Seconds of the first and the second writing, pages and changed pages of the second, bytes by page."""

    seconds: float
    again_seconds: float
    pages: int
    changed_again: int
    sizes: dict[str, int]


def measure(copy: Path, site: Path, versions: Sequence[Agreement]) -> Measured:
    """Write the site of a published copy twice."""
    with open_warehouse(copy, read_only=True) as connection:
        began = time.perf_counter()
        write_site(connection, site, versions)
        between = time.perf_counter()
        again = write_site(connection, site, versions)
        ended = time.perf_counter()
    sizes = {page.relative_to(site).as_posix(): page.stat().st_size for page in sorted(site.rglob("*.html"))}
    return Measured(between - began, ended - between, again.pages, again.changed, sizes)


def opening_seconds(page: Path) -> float:
    """From the address to the event `load` of a page, in a Chromium that runs already."""
    from playwright.sync_api import sync_playwright

    sys.path.append(str(settings.PROJECT))
    from tests.end_to_end.conftest import chromium

    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=chromium(), args=["--no-sandbox", "--disable-gpu"])
        tab = browser.new_page(viewport={"width": 1280, "height": 900})
        tab.goto("about:blank")
        began = time.perf_counter()
        tab.goto(page.as_uri())
        return time.perf_counter() - began


def main(home: Path, open_leads: int) -> bool:
    """Print the figures; whether all budgets are kept."""
    company = Path((home / "company.txt").read_text(encoding="utf-8").strip())
    with tempfile.TemporaryDirectory() as folder:
        copy, site = Path(folder, "grown.duckdb"), Path(folder, "site")
        began = time.perf_counter()
        rows = grow(current_copy(home / "published"), copy, open_leads)
        print(f"grown in {time.perf_counter() - began:.1f} s: {rows['reports.rpt_open_clocks']:,} open commitments")
        found = measure(copy, site, read_agreements(company / "agreements"))
        opens = opening_seconds(site / "index.html")
        groups: dict[str, list[int]] = defaultdict(list)
        for page, size in found.sizes.items():
            groups[page.split("/")[0] + "/" if "/" in page else page].append(size)
        print(f"{found.pages:,} pages in {found.seconds:.1f} s, again in {found.again_seconds:.1f} s")
        print(f"changed by the second run: {found.changed_again}; Today opens in {opens:.2f} s")
        for group, sizes in groups.items():
            print(f"{group:20} {len(sizes):7,} pages {sum(sizes):13,} bytes, largest {max(sizes):11,}")
    is_small = max(found.sizes.values()) < MOST_BYTES and found.sizes["index.html"] < MOST_BYTES_OF_TODAY
    is_quick = found.seconds < MOST_SECONDS and opens < MOST_SECONDS_TO_OPEN
    return is_small and is_quick and not found.changed_again


if __name__ == "__main__":
    sys.exit(0 if main(Path(sys.argv[1]), int(sys.argv[2]) if len(sys.argv) > 2 else 50_000) else 1)
