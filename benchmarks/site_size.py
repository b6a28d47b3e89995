"""What the site of a large company costs: 50 owners, 50,000 open leads, 36 months.

    python benchmarks/made_company.py FOLDER && smarketing run --company FOLDER --home HOME
    python benchmarks/site_size.py HOME

Belongs here: the seconds of writing it, of writing it again when nothing or the data of one owner has changed, of
opening Today, and the bytes of its pages. HOME is that of a built company, and stays as it is. The command fails where
a budget is passed.
"""

import shutil
import sys
import tempfile
import time
from collections import defaultdict
from pathlib import Path
from typing import NamedTuple

from orchestration import settings
from orchestration.lib.agreement.reading import read_agreements
from orchestration.lib.pages import write_site
from orchestration.lib.warehouse.connection import open_warehouse
from orchestration.lib.warehouse.publishing import current_copy

MEGABYTE = 1_000_000
MOST_SECONDS, MOST_BYTES, MOST_BYTES_OF_TODAY, MOST_SECONDS_TO_OPEN = 60, 2 * MEGABYTE, MEGABYTE, 1
# The owner with the fewest open commitments has another name from now on.
OF_ONE_OWNER = """
    update reports.rpt_open_clocks set owner_name = owner_name || ' II' where owner_id =
    (select owner_id from reports.rpt_open_clocks where owner_id is not null group by all order by count(*), 1 limit 1)
"""


class Measured(NamedTuple):
    """Seconds of the three writings, pages, how many the second and the third have changed, bytes by page."""

    seconds: float
    again_seconds: float
    of_owner_seconds: float
    pages: int
    changed_again: int
    changed_of_owner: int
    sizes: dict[str, int]


def measure(copy: Path, site: Path, company: Path) -> Measured:
    """Write the site of a published copy, again as it is, and again after a change of one owner's rows."""
    with tempfile.TemporaryDirectory() as folder:
        ours = Path(folder, "copy.duckdb")
        shutil.copy(copy, ours)
        first = _write(ours, site, company)
        sizes = {page.relative_to(site).as_posix(): page.stat().st_size for page in sorted(site.rglob("*.html"))}
        again = _write(ours, site, company)
        with open_warehouse(ours) as connection:
            connection.execute(OF_ONE_OWNER)
        of_owner = _write(ours, site, company)
    return Measured(first[0], again[0], of_owner[0], first[1], again[2], of_owner[2], sizes)


def _write(copy: Path, site: Path, company: Path) -> tuple[float, int, int]:
    """Seconds, pages, and how many of them have changed."""
    versions = read_agreements(company / "agreements")
    with open_warehouse(copy, read_only=True) as connection:
        began = time.perf_counter()
        written = write_site(connection, site, versions)
        return time.perf_counter() - began, written.pages, written.changed


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


def main(home: Path) -> bool:
    """Print the figures; whether all budgets are kept."""
    company = Path((home / "company.txt").read_text(encoding="utf-8").strip())
    with tempfile.TemporaryDirectory() as folder:
        site = Path(folder, "site")
        found = measure(current_copy(home / "published"), site, company)
        opens = opening_seconds(site / "index.html")
    groups: dict[str, list[int]] = defaultdict(list)
    for page, size in found.sizes.items():
        groups[page.split("/")[0] + "/" if "/" in page else page].append(size)
    print(f"{found.pages:,} pages in {found.seconds:.1f} s, again in {found.again_seconds:.1f} s, ", end="")
    print(f"changed then: {found.changed_again}; Today opens in {opens:.2f} s")
    print(f"one owner's rows changed: {found.changed_of_owner:,} pages in {found.of_owner_seconds:.1f} s")
    for group, sizes in groups.items():
        print(f"{group:20} {len(sizes):7,} pages {sum(sizes):13,} bytes, largest {max(sizes):11,}")
    is_small = max(found.sizes.values()) < MOST_BYTES and found.sizes["index.html"] < MOST_BYTES_OF_TODAY
    is_quick = found.seconds < MOST_SECONDS and opens < MOST_SECONDS_TO_OPEN
    return is_small and is_quick and not found.changed_again


if __name__ == "__main__":
    sys.exit(0 if main(Path(sys.argv[1])) else 1)
