"""The simulation as a function of SQL.

Belongs here: its arguments and types; lib/warehouse/functions.py registers it. The model that calls it is
fct_forecast_figures.
"""

from collections.abc import Sequence

import numpy as np

from orchestration.lib.forecast.quarter import Deals, simulate
from orchestration.lib.forecast.rates import AGES, Moves

NUMBERS, TEXTS = "DOUBLE[]", "VARCHAR[]"
PARAMETERS: list = ["DOUBLE", "INTEGER[]", TEXTS, "INTEGER[]", TEXTS, TEXTS, NUMBERS, NUMBERS, NUMBERS]
# Stages that have rates of their own, those in which deals were for longest; the others have theirs together.
MOST_STAGES = 20
OTHERS = "other stages"


def quarter_forecast(
    rest_days: float,
    halves: list[int | None],
    stages: list[str | None],
    ages: list[int | None],
    movements: list[str],
    next_stages: list[str | None],
    cases: list[float | None],
    days: list[float | None],
    amounts: list[float | None],
) -> dict[str, float]:
    """The figures of a forecast from the rows of fct_forecast_figures."""
    movement, passed = np.array(movements), np.array(days, dtype=float)
    value, counted = np.array(amounts, dtype=float), ~np.isin(movement, ("open", "paid"))
    names, stage, following = _numbered(stages, next_stages, np.where(movement == "days", passed, 0))
    age = np.searchsorted(AGES, np.array(ages, dtype=float)[counted])
    moves = Moves.of(
        *(np.array(halves, dtype=float)[counted], stage[counted], age, movement[counted], following[counted]),
        *(np.array(cases, dtype=float)[counted], passed[counted]),
    )
    is_open = movement == "open"
    deals = Deals(stage[is_open], passed[is_open], value[is_open])
    figures = simulate(rest_days, moves, deals, value[movement == "paid"])
    return {_named(figure, names): number for figure, number in figures.items()}


def _numbered(
    stages: Sequence[str | None], next_stages: Sequence[str | None], days: np.ndarray
) -> tuple[list[str], np.ndarray, np.ndarray]:
    """The names of the stages, and the two columns as places among them; 0 where there is none."""
    texts = np.array([[stage or "" for stage in stages], [stage or "" for stage in next_stages]])
    found, numbers = np.unique(texts, return_inverse=True)
    numbers = numbers.reshape(texts.shape)
    longest = np.argsort(-np.bincount(numbers[0], days, len(found)), kind="stable")
    named = [place for place in longest if found[place]][:MOST_STAGES]
    names = [str(found[place]) for place in named] + [OTHERS]
    places = np.full(len(found), len(named))
    places[named] = np.arange(len(named))
    places[found == ""] = 0
    return names, places[numbers[0]], places[numbers[1]]


def _named(figure: str, names: list[str]) -> str:
    name, mark, number = figure.partition(":")
    return f"{name}:{names[int(number)]}" if mark else name


FUNCTIONS = ((quarter_forecast, PARAMETERS, "MAP(VARCHAR, DOUBLE)"),)
