"""The budgets of the site, over every page that a folder has: nothing cut, nothing broken, nothing out of reach.

A page that is new is found by itself. Of the pages of leads, which one template makes, three are opened, and in
`make test` two of each kind.
"""

from collections import defaultdict
from pathlib import Path

import pytest

from orchestration.lib.pages.rendering import TEMPLATES
from tests.end_to_end.conftest import Built, chromium
from tests.end_to_end.site_budgets import LEAD_MONTH_OR_OWNER, Read, leads_to, opened, pages_of, printed

pytestmark = [
    pytest.mark.end_to_end,
    pytest.mark.browser,
    pytest.mark.skipif(chromium() is None, reason="no Chromium on this machine: the page tests are skipped"),
]
MEGABYTE = 1_000_000
# Reached by a list or a table of their own, of which there may be thousands.
OF_MANY = ("leads/", "lists/")
TWO_ROWS_OF_HEADS = """
    <section><table><thead>
    <tr><th rowspan="2">Stream</th><th colspan="2">June</th><th colspan="2">July</th></tr>
    <tr><th>Due</th><th>Kept</th><th>Due</th><th>Kept</th></tr></thead>
    <tbody><tr><td>Small</td><td>1</td><td></td><td>3</td><td>4</td></tr>
    <tr><th colspan="3">Both</th><td>5</td><td>6</td></tr></tbody></table></section>
"""


@pytest.fixture(scope="module")
def read(demo: Built) -> dict[str, Read]:
    """All pages of the site, by their place."""
    pages = sorted(demo.site.rglob("*.html"))
    return {page.relative_to(demo.site).as_posix(): Read(page.read_text(encoding="utf-8")) for page in pages}


def test_a_reader_meets_no_fault(browser, demo: Built) -> None:
    """No message, no request, nothing cut or wider than the screen, and nothing that axe finds, as of contrast."""
    faults = sorted(opened(browser, demo.site, 1280, "light", pages_of(demo.site, 2, LEAD_MONTH_OR_OWNER)))
    assert not faults, "\n".join(f"{page}: {fault}" for page, fault in faults)


@pytest.mark.parametrize(
    ("width", "scheme"),
    [
        *(pytest.param(*screen, marks=pytest.mark.slow) for screen in ((390, "dark"), (1280, "light"))),
        *(pytest.param(*screen, marks=pytest.mark.campaign) for screen in ((1280, "dark"), (390, "light"))),
    ],
)
def test_a_reader_meets_no_fault_on_any_page(browser, demo: Built, width: int, scheme: str) -> None:
    """The same of each month and owner, on each screen; what was read above on the first is not read again."""
    read = pages_of(demo.site, 2, LEAD_MONTH_OR_OWNER) if (width, scheme) == (1280, "light") else []
    faults = sorted(opened(browser, demo.site, width, scheme, sorted(set(pages_of(demo.site)) - set(read))))
    assert not faults, "\n".join(f"{page}: {fault}" for page, fault in faults)


def test_every_link_leads_to_a_place(demo: Built, read: dict[str, Read]) -> None:
    broken = defaultdict(set)
    for page, its in read.items():
        for link in its.links:
            target = leads_to(page, link)
            if target is None:
                continue
            place, anchor = target
            if not (demo.site / place).is_file():
                broken[place].add(page)
            elif anchor and place in read and anchor not in read[place].ids:
                broken[f"{place}#{anchor}"].add(page)
    assert not broken, "\n".join(f"{place}: from {sorted(pages)[:3]}" for place, pages in sorted(broken.items()))


def test_every_page_is_two_clicks_away(read: dict[str, Read]) -> None:
    """From each page to each; of leads and lists only that one page leads to each."""
    reached = {
        page: {target[0] for link in its.links if (target := leads_to(page, link)) and target[0] in read}
        for page, its in read.items()
    }
    wanted = {page for page in read if not page.startswith(OF_MANY)}
    far = [
        f"{page} -> {sorted(missing)[:5]}"
        for page, first in reached.items()
        if (missing := wanted - {page} - first - set().union(*(reached[each] for each in first)))
    ]
    assert not far, f"{len(far)} pages\n" + "\n".join(far[:20])
    assert not set(read) - set().union(*reached.values()), "no page leads there"


def test_no_page_is_large(demo: Built, read: dict[str, Read]) -> None:
    sizes = {page: (demo.site / page).stat().st_size for page in read}
    assert not {page: size for page, size in sizes.items() if size >= 2 * MEGABYTE}
    assert sizes["index.html"] < MEGABYTE


def test_no_table_is_empty_and_no_id_is_there_twice(read: dict[str, Read]) -> None:
    """A table has a row; where there is nothing to show, words state why."""
    computed = {"calculator.html"}  # by its script, from what is typed
    assert not [page for page, its in read.items() if its.empty_tables and page not in computed]
    assert not [page for page, its in read.items() if len(its.ids) != len(set(its.ids))]


def test_today_is_two_screens_and_two_sheets(browser, demo: Built) -> None:
    page = browser.new_page(viewport={"width": 1280, "height": 900})
    page.goto((demo.site / "index.html").as_uri())
    tall = page.evaluate("document.documentElement.scrollHeight")
    page.close()
    sheets = len(printed(browser, demo.site / "index.html"))
    assert (tall <= 1800, sheets <= 2) == (True, True), f"{tall} pixels, {sheets} sheets"


@pytest.mark.slow
def test_no_sheet_is_half_empty(browser, demo: Built) -> None:
    """Text begins in the upper quarter of each sheet, and ends half-way down or below on all but the last."""
    wasted = []
    for name in pages_of(demo.site):
        sheets = printed(browser, demo.site / name)
        wasted += [
            f"{name}, sheet {number} of {len(sheets)}: from {begins:.0%} to {ends:.0%}"
            for number, (begins, ends) in enumerate(sheets, start=1)
            if begins > 0.25 or (ends < 0.45 and number < len(sheets))
        ]
    assert not wasted, "\n".join(wasted)


def test_a_head_of_two_rows_names_the_cells(browser, tmp_path: Path) -> None:
    """A cell has both heads above it, one over several columns none; on a phone an empty cell takes no place."""
    page_file = tmp_path / "page.html"
    style, script = ((TEMPLATES / name).read_text(encoding="utf-8") for name in ("site.css", "site.js"))
    page_file.write_text(f"<style>{style}</style>{TWO_ROWS_OF_HEADS}<script>{script}</script>")
    page = browser.new_page(viewport={"width": 1280, "height": 900})
    page.goto(page_file.as_uri())
    labels = page.locator("tbody td, tbody th").evaluate_all("cells => cells.map(each => each.dataset.label ?? null)")
    assert labels == ["Stream", "June: Due", None, "July: Due", "July: Kept", None, "July: Due", "July: Kept"]
    table = page.locator("table")
    assert table.evaluate("each => getComputedStyle(each).display") == "table"
    page.set_viewport_size({"width": 390, "height": 900})
    page.wait_for_selector("table.folded")  # the page hears of its new width with the next frame
    assert table.evaluate("each => getComputedStyle(each).display") == "block"
    assert page.locator("tbody td").nth(2).is_hidden()
    assert page.locator("tbody td").nth(3).is_visible()
    page.close()


def test_a_page_works_without_script(browser, demo: Built) -> None:
    """Nothing folds then: what is too wide scrolls in its section, and the page itself does not."""
    context = browser.new_context(viewport={"width": 390, "height": 900}, java_script_enabled=False)
    page = context.new_page()
    for name in ("index.html", "scorecard/index.html", "data.html"):
        page.goto((demo.site / name).as_uri())
        assert page.locator("body").evaluate("each => each.ownerDocument.documentElement.scrollWidth") <= 390, name
    context.close()
