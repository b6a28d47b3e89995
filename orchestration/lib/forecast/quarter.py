"""The rest of a quarter, drawn many times: which open deals are won, and what new ones come and are won.

Belongs here: the simulation, for any instant of any quarter. What it gets was known at that instant; that is the
business of the models that call it (fct_forecast_figures).
"""

from dataclasses import dataclass

import numpy as np

from orchestration.lib.forecast.rates import (
    AGES,
    Moves,
    end_rates,
    move_rates,
    openings,
    period_effects,
    progress_differs,
)

# Draws of the rates, and quarters that are drawn of each: 2,000 in all, of which 80 % are in the interval.
RATE_DRAWS, QUARTERS_PER_DRAW = 200, 10
LOW, HIGH = 0.1, 0.9
LEAST_CLOSED = 30
SEED = 2012


@dataclass(frozen=True)
class Deals:
    """The open deals: number of the stage, days in it, and amount (nan where none is given)."""

    stage: np.ndarray
    days: np.ndarray
    amount: np.ndarray


def simulate(rest_days: float, moves: Moves, deals: Deals, won_amounts: np.ndarray) -> dict[str, float]:
    """What the rest of the quarter brings, in figures by name."""
    rng = np.random.default_rng(SEED)
    chances, new_deals = _chances(rest_days, moves, rng)
    ages = np.minimum(deals.days.astype(int), AGES[-1])
    amounts, won, from_new = [], [], []
    for chance, new in zip(chances, new_deals, strict=True):
        paid = rng.choice(won_amounts, len(won_amounts))
        drawn = rng.random((QUARTERS_PER_DRAW, len(ages))) < chance[deals.stage, ages]
        values = np.where(np.isnan(deals.amount), rng.choice(paid, drawn.shape), deals.amount)
        counts = rng.poisson(new, QUARTERS_PER_DRAW)
        news = np.bincount(
            np.repeat(np.arange(QUARTERS_PER_DRAW), counts), rng.choice(paid, counts.sum()), QUARTERS_PER_DRAW
        )
        amounts.append((drawn * values).sum(axis=1) + news)
        won.append(drawn.sum(axis=1) + counts)
        from_new.append(news)
    expected = chances.mean(axis=0)[deals.stage, ages]
    value = np.where(np.isnan(deals.amount), won_amounts.mean(), deals.amount)
    figures = {
        **_spread("amount", np.concatenate(amounts)),
        **_spread("deals", np.concatenate(won)),
        "new_amount": float(np.mean(from_new)),
        "new_deals": float(new_deals.mean()),
    }
    for stage in np.unique(deals.stage):
        there = deals.stage == stage
        figures[f"stage_deals:{stage}"] = float(expected[there].sum())
        figures[f"stage_amount:{stage}"] = float((expected * value)[there].sum())
    return figures


def _chances(rest_days: float, moves: Moves, rng: np.random.Generator) -> tuple[np.ndarray, np.ndarray]:
    """The chance to be won in the rest, by draw, stage and days in the stage; and by draw the new deals won in it.

    From the last day backwards: a deal is won on a day, or is at another stage or a day older on the next.
    """
    steps = max(1, round(rest_days))
    bands = np.searchsorted(AGES, np.arange(AGES[-1] + 1), side="right") - 1
    next_day = np.minimum(np.arange(len(bands)) + 1, len(bands) - 1)
    won, lost = (end_rates(moves, end, RATE_DRAWS, rng) for end in ("won", "lost"))
    moved = move_rates(moves, RATE_DRAWS, rng)
    effects = period_effects(progress_differs(moves), RATE_DRAWS, rng)
    won, moved = won * effects[:, None, None], moved * effects[:, None, None, None]
    opened, first_stages = openings(moves, RATE_DRAWS, rng)

    total = won + lost + moved.sum(axis=3)
    left = -np.expm1(-total * rest_days / steps)
    won, moved = won / total * left, moved / total[..., None] * left[..., None]
    stays = (1 - left)[:, :, bands]
    chances = np.zeros((RATE_DRAWS, won.shape[1], len(bands)))
    new = np.zeros(RATE_DRAWS)
    for _ in range(steps):
        new += chances[:, :, 0] @ first_stages
        after = won + np.einsum("dsat,dt->dsa", moved, chances[:, :, 0])
        chances = after[:, :, bands] + stays * chances[:, :, next_day]
    return chances, new * opened * rest_days / steps


def _spread(name: str, drawn: np.ndarray) -> dict[str, float]:
    low, median, high = np.quantile(drawn, [LOW, 0.5, HIGH])
    return {f"{name}_low": float(low), f"{name}_median": float(median), f"{name}_high": float(high)}
