"""The published copy and the board: what readers open.

Belongs here: the two assets. Copying is lib/publishing.py, the page lib/pages/.
"""

import dagster as dg

from orchestration.defs.resources import SETTINGS
from orchestration.defs.transformation.assets import published_models
from orchestration.lib.pages import render_board, write_page
from orchestration.lib.publishing import current_copy, publish
from orchestration.lib.warehouse import open_warehouse


@dg.asset(key=["published", "copy"], group_name="published", deps=published_models(), kinds={"duckdb", "parquet"})
def copy() -> dg.MaterializeResult:
    """Marts and reports in a file of their own and as Parquet, swapped in whole; made only if every check allows it."""
    rows = publish(SETTINGS.warehouse, SETTINGS.published)
    return dg.MaterializeResult(metadata={"path": str(current_copy(SETTINGS.published)), "tables": len(rows), **rows})


@dg.asset(key=["published", "board"], group_name="published", deps=[copy], kinds={"html"})
def board() -> dg.MaterializeResult:
    """The page for the fifteen minutes in the morning, from the published copy."""
    path = SETTINGS.published / "board.html"
    with open_warehouse(current_copy(SETTINGS.published), read_only=True) as connection:
        write_page(path, render_board(connection))
    return dg.MaterializeResult(metadata={"path": str(path)})
