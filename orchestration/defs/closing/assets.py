"""Closed months: their two tables before a build, and after its checks the months that it has closed.

Belongs here: the assets. The stored figures are in lib/closing/months.py; which months are closed, and what changed
later, is determined in dbt_project/.
"""

from collections.abc import Iterator

import dagster as dg

from orchestration.defs.resources import SETTINGS, CompanyResource, WarehouseResource
from orchestration.defs.transformation.assets import OWNERS, published_models, source_spec
from orchestration.lib.closing.carried import take_over_closings
from orchestration.lib.closing.months import ClosingError, keep_closed_months, show_closings
from orchestration.lib.store.files import keep_copy


@dg.multi_asset(
    name="closings",
    specs=[source_spec("closing", table, "commitments") for table in ("months", "commitments")],
)
def closings(warehouse: WarehouseResource, company: CompanyResource) -> Iterator[dg.MaterializeResult]:
    """The closed months of the store, for the models; a new store takes those of the company folder."""
    with warehouse.open_with_store() as connection:
        try:
            take_over_closings(connection, company.open().folder)
        except ClosingError as error:
            raise dg.Failure(str(error), allow_retries=False) from error
        show_closings(connection)
        for table in ("months", "commitments"):
            rows = connection.table(f"raw.closing__{table}").count("*").fetchall()[0][0]
            yield dg.MaterializeResult(asset_key=["closing", table], metadata={"dagster/row_count": rows})


@dg.asset(
    key=["closing", "newly_closed"],
    group_name="raw_closing",
    owners=OWNERS["commitments"],
    deps=published_models(),
    kinds={"duckdb"},
)
def newly_closed(warehouse: WarehouseResource) -> dg.MaterializeResult:
    """Stores the figures of the months that this build closes, before readers see them as closed."""
    with warehouse.open_with_store() as connection:
        months = keep_closed_months(connection)
        show_closings(connection)
    keep_copy(SETTINGS.store)
    return dg.MaterializeResult(
        metadata={"dagster/row_count": len(months), "months": ", ".join(f"{month:%Y-%m}" for month in months)}
    )
