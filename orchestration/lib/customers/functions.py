"""The model of repeat purchases as a function of SQL, on the connection of DuckDB that runs the models.

Belongs here: registering it, which lib/warehouse/functions.py calls. The model that calls it is fct_buyer_value.
"""

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
