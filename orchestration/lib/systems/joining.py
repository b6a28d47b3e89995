"""Which systems join a company's project: those that have files, and those whose rows are in the warehouse.

Belongs here: that choice. Rows of deleted files stay, so a system that was loaded once stays.
"""

from collections.abc import Iterable
from pathlib import Path

import duckdb

from orchestration.lib.company.folder import Company
from orchestration.lib.ingestion.files import has_file
from orchestration.lib.systems.assembling import assembled_systems
from orchestration.lib.systems.finding import System
from orchestration.lib.warehouse.connection import WarehouseLockedError, open_warehouse


def joined_systems(systems: Iterable[System], company: Company, warehouse: Path, project: Path) -> list[System]:
    """The systems that have a file or that the ledger of loads names.

    If the ledger cannot be read (another process has it open), the systems of the assembled project are used instead.
    """
    loaded = _loaded(warehouse, project)
    return [each for each in systems if each.name in loaded or has_file(each.tables, company.folder_of(each.name))]


def systems_of_last_run(systems: Iterable[System], warehouse: Path, project: Path) -> list[System]:
    """The systems of the last run: no other system joins before the next run."""
    names = _loaded(warehouse, project) | assembled_systems(project)
    return [each for each in systems if each.name in names]


def _loaded(warehouse: Path, project: Path) -> set[str]:
    """The systems for which the ledger has a load or a refused file."""
    if not warehouse.is_file():
        return set()
    try:
        with open_warehouse(warehouse, read_only=True, timeout_seconds=0) as connection:
            return {row[0] for row in connection.execute("select distinct system from raw.ingestion__loads").fetchall()}
    except (WarehouseLockedError, duckdb.CatalogException, duckdb.ConnectionException):
        return assembled_systems(project)
