"""One asset per source table, made from the dbt sources declaration: the company's files into raw.<system>__<table>.

Belongs here: which assets there are and what they report. Reading files is lib/ingestion/, judging them defs/quality/.
"""

from collections.abc import Iterator

import dagster as dg

from orchestration.defs.resources import CompanyResource, WarehouseResource, source_tables
from orchestration.lib.company import REFERENCE
from orchestration.lib.ingestion import create_ledger, ingest_table, read_habits
from orchestration.lib.sources import SourceTable

LEDGER = ("loads", "rejected_rows")
# What the company says of its systems must be known before their files are read.
SYSTEMS = dg.AssetKey([REFERENCE, "systems"])


def source_asset(table: SourceTable) -> dg.AssetsDefinition:
    """The asset of one source table."""

    @dg.asset(
        key=[table.system, table.name],
        deps=[] if SYSTEMS.path == [table.system, table.name] else [SYSTEMS],
        group_name=table.system,
        kinds={"duckdb"},
        description=f"raw.{table.raw_table} from the files {', '.join([*table.files, *table.utc_files])}.",
    )
    def load(
        context: dg.AssetExecutionContext, warehouse: WarehouseResource, company: CompanyResource
    ) -> dg.MaterializeResult:
        with warehouse.open() as connection:
            habits = read_habits(connection, table.system)
            report = ingest_table(connection, table, company.open().folder_of(table.system), habits)
        for message in report.messages():
            context.log.warning(message)
        return dg.MaterializeResult(
            metadata={
                "dagster/row_count": report.rows_in_table,
                "files": {file.file: file.status for file in report.files},
                "rows_loaded": sum(file.rows_loaded for file in report.files if file.status == "loaded"),
                "rows_set_apart": sum(file.rows_set_apart for file in report.files),
            }
        )

    return load


@dg.multi_asset(
    specs=[
        dg.AssetSpec(
            ["ingestion", table],
            group_name="ingestion",
            kinds={"duckdb"},
        )
        for table in LEDGER
    ]
)
def ledger(
    context: dg.AssetExecutionContext, warehouse: WarehouseResource, company: CompanyResource
) -> Iterator[dg.MaterializeResult]:
    """The tables in which every load is noted; says at once which files no source declares."""
    for path in company.open().unread_files(source_tables()):
        context.log.warning(f"{path}: not read, since no source declares it; give it a source or move it away")
    with warehouse.open() as connection:
        create_ledger(connection)
    for table in LEDGER:
        yield dg.MaterializeResult(asset_key=["ingestion", table])


@dg.definitions
def ingestion() -> dg.Definitions:
    """All source assets, and the ledger that they write."""
    return dg.Definitions(assets=[*map(source_asset, source_tables()), ledger])
