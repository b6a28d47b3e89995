"""The model of repeat purchases as a function of SQL, on the connection of DuckDB that runs the models.

Belongs here: registering it, by the plugin that profiles.yml names. The model rpt_customer_value calls it through the
macro of the same name in dbt_project/macros/engine/.
"""

from dbt.adapters.duckdb.plugins import BasePlugin
from duckdb import DuckDBPyConnection
from duckdb.func import FunctionNullHandling

from orchestration.lib.customers.purchases import fit

NUMBERS = "DOUBLE[]"


def expected_purchases(
    repeats: list[float], last_weeks: list[float], observed_weeks: list[float], weeks: float
) -> float | None:
    """Repeat purchases that a new customer makes in some weeks after the first; null where they cannot be measured."""
    rates = fit(repeats, last_weeks, observed_weeks)
    return None if rates is None else rates.expected(weeks)


def register(connection: DuckDBPyConnection) -> None:
    """Make it a function of the database."""
    connection.create_function(
        expected_purchases.__name__,
        expected_purchases,
        [NUMBERS, NUMBERS, NUMBERS, "DOUBLE"],
        "DOUBLE",
        null_handling=FunctionNullHandling.SPECIAL,
    )


class Plugin(BasePlugin):
    """dbt-duckdb calls it for each database that it opens."""

    def configure_connection(self, conn: DuckDBPyConnection) -> None:
        """Register the function before the first model."""
        register(conn)
