"""The bar at the top of every page: the sections of the site, and which pages are in each.

Belongs here: the places of pages that others link to. What a page shows is in its own module.
"""

from dataclasses import dataclass


@dataclass(frozen=True)
class Section:
    """An entry of the bar; `holds` are the pages and folders below it."""

    title: str
    page: str
    holds: tuple[str, ...] = ()

    def has(self, path: str) -> bool:
        """Whether a page is in this section."""
        return path == self.page or path.startswith(self.holds)


SECTIONS = (
    Section("Today", "index.html", ("leads/", "lists/", "backlog.html", "yesterday.html")),
    Section("People", "people/index.html", ("people/",)),
    Section("Scorecard", "scorecard/index.html", ("scorecard/", "minutes/")),
    Section("Funnel", "funnel.html"),
    Section("Sources", "sources.html"),
    Section("Attribution", "attribution.html"),
    Section("Plan", "plan.html"),
    Section("Customers", "customers.html"),
    Section("Reviews", "reviews/index.html", ("reviews/", "comparisons/")),
    Section("Agreement", "agreement.html", ("agreements/",)),
    Section("Data", "data.html", ("definitions.html",)),
    Section("Help", "help.html", ("glossary.html", "calculator.html", "catalogue.html")),
)
