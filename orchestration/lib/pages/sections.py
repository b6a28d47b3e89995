"""The bar at the top of every page: the sections of the site, and which pages are in each.

Belongs here: the places of pages that others link to. What a page shows is in its own module.
"""

from dataclasses import dataclass

from orchestration.lib.language import later


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
    Section(later("Today"), "index.html", ("leads/", "lists/", "backlog.html", "yesterday.html")),
    Section(later("People"), "people/index.html", ("people/",)),
    Section(later("Scorecard"), "scorecard/index.html", ("scorecard/", "minutes/")),
    Section(later("Funnel"), "funnel.html"),
    Section(later("Sources"), "sources.html"),
    Section(later("Attribution"), "attribution.html"),
    Section(later("Plan"), "plan.html"),
    Section(later("Customers"), "customers.html"),
    Section(later("Reviews"), "reviews/index.html", ("reviews/", "comparisons/")),
    Section(later("Agreement"), "agreement.html", ("agreements/",)),
    Section(later("Data"), "data.html", ("definitions.html",)),
    Section(later("Help"), "help.html", ("glossary.html", "calculator.html", "catalogue.html")),
)
