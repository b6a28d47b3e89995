"""The model of repeat purchases as a function of SQL.

Belongs here: its arguments and types; lib/warehouse/functions.py registers it. The model that calls it is
fct_buyer_value.
"""

from orchestration.lib.customers.purchases import fit

NUMBERS = "DOUBLE[]"


def expected_purchases(
    repeats: list[float], last_weeks: list[float], observed_weeks: list[float], weeks: float
) -> float | None:
    """Repeat purchases that a new customer makes in some weeks after the first; null where they cannot be measured."""
    rates = fit(repeats, last_weeks, observed_weeks)
    return None if rates is None else rates.expected(weeks)


FUNCTIONS = ((expected_purchases, [NUMBERS, NUMBERS, NUMBERS, "DOUBLE"], "DOUBLE"),)
