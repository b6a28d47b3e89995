"""The site: every page that a build makes, in one pass over the published copy, as a folder that any host serves.

    index.html       Today                        scorecard/       the monthly meeting
    backlog.html     overdue for long             yesterday.html   what changed
    leads/           the briefing of a lead       minutes/         what was decided
    people/          the page of each owner
    funnel.html      plan.html                    sources.html     attribution.html
    customers.html   data.html                    definitions.html
    agreement.html   agreements/                  lists/           the same rows as CSV
    calculator.html  glossary.html                help.html        all pages
    reviews/         comparisons/                 catalogue.html   by their own verbs

Belongs here: which pages a build makes, writing those that changed, and removing those that are no more. Reviews,
comparisons and the catalogue of tables are written by their own verbs, and stay. The folder has no links and no
hidden files.
"""

from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import NamedTuple

import duckdb

from orchestration.lib.agreement.document import Agreement
from orchestration.lib.inspection.openings import Opening
from orchestration.lib.pages.agreement import render_agreements
from orchestration.lib.pages.backlog import render_backlog
from orchestration.lib.pages.calculator import render_calculator
from orchestration.lib.pages.channels import render_attribution
from orchestration.lib.pages.customers import render_customers
from orchestration.lib.pages.data import render_data
from orchestration.lib.pages.definitions import render_definitions
from orchestration.lib.pages.funnel import render_funnel
from orchestration.lib.pages.lead_pages import write_lead_pages
from orchestration.lib.pages.listings import write_listings
from orchestration.lib.pages.lists import write_lists
from orchestration.lib.pages.minutes import render_minutes
from orchestration.lib.pages.person import render_people
from orchestration.lib.pages.plan import render_plan
from orchestration.lib.pages.promises import render_promises
from orchestration.lib.pages.rendering import TEMPLATES, write_page
from orchestration.lib.pages.scorecard import render_scorecards
from orchestration.lib.pages.sources import render_sources
from orchestration.lib.pages.table_script import table_script
from orchestration.lib.pages.today import render_today
from orchestration.lib.pages.yesterday import render_yesterday

ASSETS = ("site.css", "site.js", "calculator.js", "filters.js")
# Folders whose pages a build makes all; what it has not made is removed.
MADE_WHOLE = ("leads", "people", "scorecard", "agreements", "minutes")


class Written(NamedTuple):
    """How many pages the site has of this build, and how many of them changed."""

    pages: int
    changed: int


def write_site(
    connection: duckdb.DuckDBPyConnection, site: Path, versions: Sequence[Agreement], openings: Sequence[Opening] = ()
) -> Written:
    """Write the site from the published copy: what pages link to first, Today last. ValueError before any build."""
    for name in ASSETS:
        write_page(site / "assets" / name, (TEMPLATES / name).read_text(encoding="utf-8"))
    write_page(site / "assets" / "tables.js", table_script())
    made, changed = write_lead_pages(connection, site)
    for place, html in _pages(connection, versions, openings):
        made.add(place)
        changed += write_page(site / place, html)
    write_lists(connection, site / "lists")
    for folder in MADE_WHOLE:
        for page in (site / folder).glob("*.html"):
            if f"{folder}/{page.name}" not in made:
                page.unlink()
    write_listings(site, connection)
    return Written(len(made), changed)


def _pages(
    connection: duckdb.DuckDBPyConnection, versions: Sequence[Agreement], openings: Sequence[Opening]
) -> Iterator[tuple[str, str]]:
    yield from render_agreements(connection, versions).items()
    yield from render_minutes(connection).items()
    yield "calculator.html", render_calculator(connection, versions)
    yield "attribution.html", render_attribution(connection)
    yield "customers.html", render_customers(connection)
    yield "sources.html", render_sources(connection)
    yield "funnel.html", render_funnel(connection)
    yield "plan.html", render_plan(connection)
    yield "definitions.html", render_definitions(connection)
    yield "data.html", render_data(connection, openings)
    yield from render_people(connection).items()
    yield from render_scorecards(connection).items()
    yield "scorecard/promises.html", render_promises(connection)
    yield "backlog.html", render_backlog(connection)
    yield "yesterday.html", render_yesterday(connection)
    yield "index.html", render_today(connection, openings)
