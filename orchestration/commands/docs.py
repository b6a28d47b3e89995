"""`smarketing docs`: the table of contents of a company's warehouse, as one page; with --metrics that of the metrics.

Belongs here: paths, and what a user reads. Making the pages is lib/warehouse/dbt.py and lib/warehouse/metrics.py.
"""

from typing import Annotated

import typer

from orchestration import settings
from orchestration.commands.arguments import CompanyOption, HomeOption
from orchestration.commands.endings import print_line
from orchestration.commands.preparing import TIMEOUT_SECONDS, prepare, prepare_project
from orchestration.lib.csv_files import seed_rows
from orchestration.lib.pages import write_listings, write_page
from orchestration.lib.pages.listings import CATALOGUE, with_way_back
from orchestration.lib.warehouse.connection import open_warehouse
from orchestration.lib.warehouse.dbt import docs_page
from orchestration.lib.warehouse.metrics import metrics_page


def docs(
    company: CompanyOption = None,
    home: HomeOption = None,
    metrics: Annotated[bool, typer.Option("--metrics", help="Print docs/metrics.md, the page of the metrics.")] = False,
) -> None:
    """Write catalogue.html of the site: all tables with their columns, descriptions, owners and lineage."""
    if metrics:
        typer.echo(metrics_page(settings.DBT_PROJECT, seed_rows("known_kpis")), nl=False)
        return
    prepared = prepare(company, home, holder="docs")
    place = prepared.place
    prepare_project(prepared, starts_build=False)
    with open_warehouse(place.warehouse, read_only=True, timeout_seconds=TIMEOUT_SECONDS):
        print_line("reading the tables of the warehouse ...")
    page = docs_page(place.project, place.dbt_target)
    path = place.site / CATALOGUE
    write_page(path, with_way_back(page))
    if (place.site / "index.html").is_file():
        with open_warehouse(prepared.published_copy(), read_only=True) as connection:
            write_listings(place.site, connection)
    print_line(str(path))
