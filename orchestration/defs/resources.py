"""The resources of the assets: the company, its source tables, and its warehouse.

Belongs here: the bridge from settings to assets. The functions of these resources are in lib/.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date
from functools import cache

import dagster as dg
import duckdb

from orchestration import settings
from orchestration.lib.agreement.document import Agreement
from orchestration.lib.agreement.reading import AgreementError, read_agreements
from orchestration.lib.agreement.versions import fiscal_month, latest_in_force, review_cycle_of
from orchestration.lib.company.folder import Company, CompanyError, open_company
from orchestration.lib.periods import FISCAL, MONTHS, Cycle
from orchestration.lib.source_tables import SourceTable
from orchestration.lib.store.database import attached
from orchestration.lib.store.files import StoreError
from orchestration.lib.store.moving import make_ready
from orchestration.lib.systems.assembling import assembled_systems
from orchestration.lib.systems.finding import System, known_systems, tables_of
from orchestration.lib.warehouse.connection import WarehouseError, open_for_step
from orchestration.lib.warehouse.holding import hold

SETTINGS = settings.read_settings()
# Nothing that is reviewed is older.
FIRST_YEAR = 2010


@cache
def systems() -> tuple[System, ...]:
    """Every system that the company can have."""
    return tuple(known_systems(settings.SYSTEMS, settings.EXAMPLES, SETTINGS.company))


@cache
def known_tables() -> tuple[SourceTable, ...]:
    """Every source table that files can feed, including those of systems without files."""
    return tuple(tables_of(settings.DBT_PROJECT, systems()))


@cache
def source_tables() -> tuple[SourceTable, ...]:
    """Every source table of the assembled project: those of the systems that the company has."""
    assembled = assembled_systems(SETTINGS.project)
    without = {system.name for system in systems()} - assembled
    return tuple(table for table in known_tables() if table.system not in without)


@cache
def agreements() -> tuple[Agreement, ...]:
    """All versions of the company's agreement; none if they are invalid, which the agreement's asset reports."""
    try:
        return tuple(read_agreements(open_company(SETTINGS.company, known_tables(), settings.EXAMPLES).agreements))
    except (CompanyError, AgreementError):
        return ()


def review_cycles() -> dict[str, Cycle]:
    """What can be reviewed, by kind: quarters, half-years and, last, the periods whose reviews are due."""
    start = fiscal_month(agreements())
    fiscal = {kind: Cycle(MONTHS[kind], date(FIRST_YEAR, start, 1), start) for kind in FISCAL}
    agreed = review_cycle_of(agreements()) or fiscal["half_year"]
    return {kind: cycle for kind, cycle in fiscal.items() if kind != agreed.kind} | {agreed.kind: agreed}


def company_zone() -> str:
    """The zone of the latest version in force; UTC while there is none that can be read."""
    return latest_in_force(agreements()).company.time_zone if agreements() else "UTC"


def hold_home() -> None:
    """Hold the home until this process ends; the verb that started it has done so already."""
    hold(SETTINGS.home, "dev", is_waiting=True)


class WarehouseResource(dg.ConfigurableResource):
    """The warehouse of the company of this process."""

    @contextmanager
    def open(self) -> Iterator[duckdb.DuckDBPyConnection]:
        """A connection in UTC, closed at the end; a warehouse that is locked or damaged fails the step with its reason.

        The process holds the home from then on: a run that Dagster starts waits for the verb that works there.
        """
        hold_home()
        try:
            with open_for_step(SETTINGS.warehouse) as connection:
                yield connection
        except WarehouseError as error:
            raise dg.Failure(str(error), allow_retries=False) from error

    @contextmanager
    def open_with_store(self) -> Iterator[duckdb.DuckDBPyConnection]:
        """The same, with the store of the home attached as `store`."""
        with self.open() as connection:
            try:
                make_ready(SETTINGS.home, SETTINGS.warehouse)
                with attached(connection, SETTINGS.store):
                    yield connection
            except StoreError as error:
                raise dg.Failure(str(error), allow_retries=False) from error


class CompanyResource(dg.ConfigurableResource):
    """The company folder of this process."""

    def open(self) -> Company:
        """The company; an invalid folder fails the step with its reason."""
        try:
            return open_company(SETTINGS.company, known_tables(), settings.EXAMPLES)
        except CompanyError as error:
            raise dg.Failure(str(error), allow_retries=False) from error


@dg.definitions
def resources() -> dg.Definitions:
    """The resources by the names that assets use."""
    return dg.Definitions(
        resources={
            "warehouse": WarehouseResource(),
            "company": CompanyResource(),
        }
    )
