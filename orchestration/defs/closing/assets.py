"""Closed months: their two tables before a build, and after its checks the months that it has closed.

Belongs here: the assets. What is kept is lib/closing.py; which months are closed, and what came later, is dbt_project/.
"""

from collections.abc import Iterator

import dagster as dg

from orchestration.defs.resources import WarehouseResource
from orchestration.defs.transformation.assets import published_models
from orchestration.lib.closing import create_closings, keep_closed_months


@dg.multi_asset(
    name="closings",
    specs=[
        dg.AssetSpec(["closing", table], group_name="closing", kinds={"duckdb"}) for table in ("months", "commitments")
    ],
)
def closings(warehouse: WarehouseResource) -> Iterator[dg.MaterializeResult]:
    """The tables of closed months, which a build reads and does not change."""
    with warehouse.open() as connection:
        create_closings(connection)
        for table in ("months", "commitments"):
            rows = connection.table(f"raw.closing__{table}").count("*").fetchall()[0][0]
            yield dg.MaterializeResult(asset_key=["closing", table], metadata={"dagster/row_count": rows})


@dg.asset(key=["closing", "newly_closed"], group_name="closing", deps=published_models(), kinds={"duckdb"})
def newly_closed(warehouse: WarehouseResource) -> dg.MaterializeResult:
    """Keeps the figures of the months that this build closes, before anybody can read them as closed."""
    with warehouse.open() as connection:
        months = keep_closed_months(connection)
    return dg.MaterializeResult(
        metadata={"dagster/row_count": len(months), "months": ", ".join(f"{month:%Y-%m}" for month in months)}
    )
