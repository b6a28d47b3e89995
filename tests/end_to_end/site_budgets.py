"""What a page of the site may cost its reader, measured in a Chromium and in its HTML.

Belongs here: finding the pages and measuring them. How much is allowed is in test_site_in_a_browser.py.
"""

import re
from collections import defaultdict
from collections.abc import Iterator, Sequence
from html.parser import HTMLParser
from importlib.resources import files
from io import BytesIO
from pathlib import Path
from urllib.parse import unquote, urlsplit

from pypdf import PdfReader

LEADS = 3
LEAD = "(leads)/"
LEAD_MONTH_OR_OWNER = r"(leads|people|scorecard)/(?!index|promises)"
PHONE = 700
# Of rows of one shape axe needs one: the same elements with the same classes have the same colours and faults.
ONE_OF_A_SHAPE = """() => {
    for (const body of document.querySelectorAll("tbody, ul, ol")) {
        const seen = new Set();
        for (const row of [...body.children]) {
            const shape = [row, ...row.querySelectorAll("*")]
                .map(each => `${each.tagName}.${each.getAttribute("class")}.${each.childNodes.length > 0}`).join();
            if (seen.has(shape)) row.remove();
            seen.add(shape);
        }
    }
}"""
AXE = """axe.run(document, { preload: false, resultTypes: ["violations"] }).then(result => result.violations.map(
    each => `${each.id}: ${each.nodes.length}, such as ${each.nodes[0].html.slice(0, 120)}`))"""
# What is closed or kept short on a phone has its faults too.
OPEN_ALL = """() => {
    for (const each of document.querySelectorAll("details")) each.open = true;
    for (const each of document.querySelectorAll(".all-rows")) each.click();
}"""
# What is beyond the right edge, but for a head that a folded table hides and for what its own named box scrolls.
CUT = """[...document.querySelectorAll("header *, main *, footer *")]
    .filter(each => each.getBoundingClientRect().right > document.documentElement.clientWidth + 1)
    .filter(each => !each.closest(".folded thead, .skip, svg *, .scrolls[tabindex][aria-label]"))
    .slice(0, 3).map(each => `cut: ${each.tagName} ${each.textContent.trim().slice(0, 60)}`)"""


def pages_of(site: Path, many: int = LEADS, made_alike: str = LEAD) -> list[str]:
    """Every page of the folder, but of those that one template makes of many things the first and some others.

    `made_alike` is the pattern of their places; the group of it is the template.
    """
    pages = sorted(page.relative_to(site).as_posix() for page in site.rglob("*.html"))
    alike: dict[str, list[str]] = defaultdict(list)
    for page in pages:
        alike[found[1] if (found := re.match(made_alike, page)) else page].append(page)
    return [page for its in alike.values() for page in its[:: max(len(its) // many, 1)][:many]]


class Read(HTMLParser):
    """The links, the ids and the tables without a row of a page."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.links: list[str] = []
        self.ids: list[str] = []
        self.heads = self.rows = self.empty_tables = 0
        self.is_in_head = False
        self.feed(text)

    def handle_starttag(self, tag: str, attrs: Sequence[tuple[str, str | None]]) -> None:
        """Note what the element is or leads to."""
        named = dict(attrs)
        self.ids += [named["id"]] if named.get("id") else []
        self.links += [value for name in ("href", "src") if (value := named.get(name))]
        if tag == "table":
            self.rows = 0
        if tag == "thead":
            self.is_in_head = True
        self.rows += tag == "tr" and not self.is_in_head

    def handle_endtag(self, tag: str) -> None:
        """Count the rows of a table that ends."""
        if tag == "thead":
            self.is_in_head = False
        self.empty_tables += tag == "table" and not self.rows


def leads_to(page: str, link: str) -> tuple[str, str] | None:
    """The file of the site and the anchor that a link leads to; None of one that leaves the site, as to a CRM."""
    parts = urlsplit(link)
    if parts.scheme or parts.netloc:
        return None
    place = page if not parts.path else (Path(page).parent / unquote(parts.path)).as_posix()
    steps: list[str] = []
    for step in place.split("/"):
        if step == ".." and steps:
            steps.pop()
        elif step != ".":
            steps.append(step)
    # What has a = is a state of the page, such as its filters, and no place on it.
    return "/".join(steps), "" if "=" in parts.fragment else unquote(parts.fragment)


# Words of the bar that are wider than their place, and so lie on one another.
SQUEEZED = """
    [...document.querySelectorAll("nav.bar li")].filter((each) => each.scrollWidth > each.clientWidth + 1)
        .map((each) => each.textContent.trim()).join(", ")
"""


def opened(
    browser, site: Path, width: int, scheme: str, only: Sequence[str] = (), tallest: int = 10_000
) -> Iterator[tuple[str, str]]:
    """The faults of each page as a reader meets it, and then with all that was closed: page and fault.

    `tallest` is how many pixels a page may have on a phone.
    """
    axe = (files("axe_playwright_python") / "axe.min.js").read_text(encoding="utf-8")
    context = browser.new_context(viewport={"width": width, "height": 900}, color_scheme=scheme)
    page = context.new_page()
    heard: list[str] = []
    page.on("console", lambda message: heard.append(f"console: {message.text}"))
    page.on("pageerror", lambda error: heard.append(f"error: {error}"))
    page.on("request", lambda request: heard.append(f"request: {request.url}") if outside(request.url, site) else None)
    for name in only or pages_of(site):
        page.goto((site / name).as_uri())
        tall = page.evaluate("document.documentElement.scrollHeight")
        if width < PHONE and tall > tallest:
            heard.append(f"{tall} pixels tall")
        if width > PHONE and (folded := page.locator("table.folded").count()):
            heard.append(f"{folded} tables folded on a desktop")
        if words := page.evaluate(SQUEEZED):
            heard.append(f"the bar squeezes {words}")
        page.evaluate(OPEN_ALL)
        if (wide := page.evaluate("document.documentElement.scrollWidth")) > width:
            heard.append(f"{wide} pixels wide")
        heard += page.evaluate(CUT)
        page.evaluate(ONE_OF_A_SHAPE)
        page.evaluate(axe)
        heard += page.evaluate(AXE)
        yield from ((name, each) for each in heard)
        heard.clear()
    context.close()


def outside(url: str, site: Path) -> bool:
    """Whether an address is none of the site's folder."""
    return not url.startswith((site.as_uri(), "data:", "blob:"))


def printed(browser, page: Path) -> list[tuple[float, float]]:
    """Of each sheet where its text begins and ends, as shares of its height from the top."""
    tab = browser.new_page()
    tab.goto(page.as_uri())
    reader = PdfReader(BytesIO(tab.pdf(prefer_css_page_size=True)))
    tab.close()
    sheets = []
    for sheet in reader.pages:
        heights: list[float] = []

        def note(text: str, cm: list[float], tm: list[float], *_: object, to: list[float] = heights) -> None:
            if re.search(r"\S", text):
                to.append(tm[4] * cm[1] + tm[5] * cm[3] + cm[5])

        sheet.extract_text(visitor_text=note)
        tall = float(sheet.mediabox.height)
        sheets.append((1 - max(heights) / tall, 1 - min(heights) / tall) if heights else (1.0, 0.0))
    return sheets
