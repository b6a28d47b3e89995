"""`smarketing docs`: the table of contents of a company's warehouse, as one page.

Belongs here: paths, and what a user reads. Making the page is lib/warehouse/dbt.py.
"""

import typer

from orchestration.commands.arguments import CompanyOption, HomeOption, prepare, stop
from orchestration.lib.pages import write_page
from orchestration.lib.warehouse.connection import WarehouseBusyError, open_warehouse
from orchestration.lib.warehouse.dbt import DbtError, docs_page

# A build holds the warehouse for minutes: whoever asks is told at once.
PATIENCE_SECONDS = 5.0


def docs(company: CompanyOption = None, home: HomeOption = None) -> None:
    """Write published/tables.html: all tables with their columns, descriptions, owners and lineage."""
    place = prepare(company, home)
    if not place.warehouse.is_file():
        stop(f"{place.warehouse}: nothing has been built yet; run `smarketing run` first", 1)
    try:
        with open_warehouse(place.warehouse, read_only=True, patience_seconds=PATIENCE_SECONDS):
            typer.echo("Reading the tables of the warehouse ...")
        page = docs_page(place.project, place.dbt_target)
    except (DbtError, WarehouseBusyError) as error:
        stop(str(error), 2)
    path = place.published / "tables.html"
    write_page(path, page)
    typer.echo(path)
