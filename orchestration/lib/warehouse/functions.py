"""The functions in Python that models call, on the connection of DuckDB that runs the models.

Belongs here: the plugin that profiles.yml names. The functions are those of the packages; a model calls them through
the macros of the same names in dbt_project/macros/engine/.
"""

from dbt.adapters.duckdb.plugins import BasePlugin
from duckdb import DuckDBPyConnection

from orchestration.lib.attribution import functions as attribution
from orchestration.lib.customers import functions as customers
from orchestration.lib.forecast import functions as forecast


def register(connection: DuckDBPyConnection) -> None:
    """Make them functions of the database."""
    for package in (attribution, customers, forecast):
        package.register(connection)


class Plugin(BasePlugin):
    """dbt-duckdb calls it for each database that it opens."""

    def configure_connection(self, conn: DuckDBPyConnection) -> None:
        """Register the functions before the first model."""
        register(conn)
