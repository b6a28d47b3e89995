"""The functions in Python that models call, on the connection of DuckDB that runs the models.

Belongs here: the plugin that profiles.yml names. The functions and their types are in the packages; a model calls them
through the macros of the same names in dbt_project/macros/engine/.
"""

from collections.abc import Callable

from dbt.adapters.duckdb.plugins import BasePlugin
from duckdb import DuckDBPyConnection
from duckdb.func import FunctionNullHandling

from orchestration.lib import ratios
from orchestration.lib.attribution import functions as attribution
from orchestration.lib.customers import functions as customers
from orchestration.lib.forecast import functions as forecast

FUNCTIONS: tuple[tuple[Callable, list, str], ...] = (
    *attribution.FUNCTIONS,
    *customers.FUNCTIONS,
    *forecast.FUNCTIONS,
    *ratios.FUNCTIONS,
)


def register(connection: DuckDBPyConnection) -> None:
    """Make them functions of the database."""
    for function, parameters, result in FUNCTIONS:
        connection.create_function(
            function.__name__, function, parameters, result, null_handling=FunctionNullHandling.SPECIAL
        )


class Plugin(BasePlugin):
    """dbt-duckdb calls it for each database that it opens."""

    def configure_connection(self, conn: DuckDBPyConnection) -> None:
        """Register the functions before the first model; the zone is set once, and not for each of dbt's cursors."""
        conn.execute("set global TimeZone = 'UTC'")
        register(conn)
