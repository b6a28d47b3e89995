"""One asset per source table, defined by the dbt sources declaration: the company's files into raw.<system>__<table>.

Belongs here: which assets there are and what they report. Reading files is in lib/ingestion/, evaluating them in
defs/quality/. All tables of a system are one step: one step per table would cost more than reading most of the files.
"""

from collections.abc import Iterator
from itertools import groupby

import dagster as dg

from orchestration.defs.resources import CompanyResource, WarehouseResource, known_tables, source_tables, systems
from orchestration.defs.transformation.assets import SOURCE_TEXTS, source_spec
from orchestration.lib.agreement.version_files import unread_versions
from orchestration.lib.company.folder import REFERENCE, Company
from orchestration.lib.forgetting.sweeping import sweep_other_ids
from orchestration.lib.forgotten.kept import read_forgotten
from orchestration.lib.ingestion import LoadReport, create_ledger, ingest_table, read_format_hints
from orchestration.lib.ingestion.files import has_file
from orchestration.lib.ingestion.report import notes_in_one_line
from orchestration.lib.inspection.headers import unread_sheet_texts, unread_texts
from orchestration.lib.inspection.unread import unread_references
from orchestration.lib.language import gettext
from orchestration.lib.source_tables import SourceTable

LEDGER = ("loads", "rejected_rows", "vanished_records")
# The company's settings of its systems must be known before their files are read.
SYSTEMS = dg.AssetKey([REFERENCE, "systems"])


def asset_key(table: SourceTable) -> dg.AssetKey:
    """The asset of a source table."""
    return dg.AssetKey([table.system, table.name])


def tables_by_system() -> dict[str, list[SourceTable]]:
    """The source tables of every system; in the reference system, the table of system settings is first."""
    tables = sorted(source_tables(), key=lambda table: (table.system, asset_key(table) != SYSTEMS, table.name))
    return {system: list(group) for system, group in groupby(tables, key=lambda table: table.system)}


def _spec(table: SourceTable) -> dg.AssetSpec:
    text = SOURCE_TEXTS[asset_key(table)]
    files = ", ".join(f"`{pattern}`" for pattern in (*table.files, *table.utc_files))
    return source_spec(
        table.system,
        table.name,
        deps=[] if asset_key(table) == SYSTEMS else [SYSTEMS],
        description=f"{text}\n\nTable raw.{table.raw_table}, from the files {files}.",
    )


def system_assets(system: str, tables: list[SourceTable]) -> dg.AssetsDefinition:
    """The assets of the source tables of one system."""

    @dg.multi_asset(name=system, specs=[_spec(table) for table in tables], can_subset=True)
    def load(
        context: dg.AssetExecutionContext, warehouse: WarehouseResource, company: CompanyResource
    ) -> Iterator[dg.MaterializeResult]:
        folder = company.open().folder_of(system)
        reports = []
        with warehouse.open_with_store() as connection:
            forgotten = read_forgotten(connection)
            for table in tables:
                if asset_key(table) in context.selected_asset_keys:
                    hints = read_format_hints(connection, system)
                    report = ingest_table(connection, table, folder, hints, forgotten)
                    reports.append(report)
                    for message in report.problems():
                        context.log.warning(message)
                    yield _result(table, report)
            sweep_other_ids(connection, tables, reports)
        if note := notes_in_one_line(system, reports):
            context.log.info(note)

    return load


def _result(table: SourceTable, report: LoadReport) -> dg.MaterializeResult:
    return dg.MaterializeResult(
        asset_key=asset_key(table),
        metadata={
            "dagster/row_count": report.rows_in_table,
            "files": {file.file: file.status for file in report.files},
            "rows_loaded": sum(file.rows_loaded for file in report.files if file.status == "loaded"),
            "rows_rejected": sum(file.rows_rejected for file in report.files),
        },
    )


def unread(company: Company) -> Iterator[str]:
    """Messages about all that is not read: files, sheets, versions, and systems that had no file before."""
    yield from unread_texts(company.unread_files(known_tables()), known_tables())
    yield from company.passed_over(known_tables())
    yield from unread_references(tables_by_system()[REFERENCE], company.reference)
    yield from unread_versions(company.agreements)
    assembled = tables_by_system()
    for system in systems():
        folder = company.folder_of(system.name)
        yield from unread_sheet_texts(system.tables, folder)
        if system.name not in assembled and has_file(system.tables, folder):
            yield gettext(
                "%(folder)s: not read, because it is new; start `smarketing run` or `smarketing dev` again",
                folder=folder,
            )


@dg.multi_asset(specs=[source_spec("ingestion", table) for table in LEDGER])
def ledger(
    context: dg.AssetExecutionContext, warehouse: WarehouseResource, company: CompanyResource
) -> Iterator[dg.MaterializeResult]:
    """The tables in which every load is recorded; warns at once of files that no source declares."""
    for message in unread(company.open()):
        context.log.warning(message)
    with warehouse.open() as connection:
        create_ledger(connection)
    for table in LEDGER:
        yield dg.MaterializeResult(asset_key=["ingestion", table])


@dg.definitions
def ingestion() -> dg.Definitions:
    """All source assets, and the ledger that they write."""
    return dg.Definitions(assets=[*(system_assets(*each) for each in tables_by_system().items()), ledger])
