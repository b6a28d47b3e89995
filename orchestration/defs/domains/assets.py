"""The Public Suffix List of the installed package, into raw.domains__suffixes.

Belongs here: the asset. How the list is read is lib/warehouse/public_suffixes.py.
"""

import dagster as dg

from orchestration.defs.resources import WarehouseResource
from orchestration.defs.transformation.assets import OWNERS
from orchestration.lib.warehouse.public_suffixes import write_suffixes


@dg.asset(key=["domains", "suffixes"], group_name="raw_domains", owners=OWNERS["sources"], kinds={"duckdb"})
def suffixes(warehouse: WarehouseResource) -> dg.MaterializeResult:
    """Under which names everybody can have a domain of their own (Public Suffix List)."""
    with warehouse.open() as connection:
        return dg.MaterializeResult(metadata={"dagster/row_count": write_suffixes(connection)})
