"""Removal effects of channels in a Markov chain of any order, exact, from counted transitions.

Belongs here: the linear system. Counting the transitions is SQL (int_channel_transitions), and so is what follows from
the effects (int_channel_shares).

A state is a tuple of consecutive channels, as many as the order; a shorter path is one state. Each path goes from the
start (None) to the state of its last touches and ends there, with a reward: 1 if it converted, or its value. A step
from a state to itself has no effect. The effect of a channel is the part of the expected reward that is lost if every
state with the channel leads nowhere: the reward of the paths that meet such a state. It is computed as that, so that it
is never negative and nothing is subtracted.
"""

from collections.abc import Sequence

import numpy as np

State = tuple[str, ...]

# The system is dense, of one row per state: 2,000 states are 32 MB and a few seconds.
MOST_STATES = 2_000


def removal_effects(
    sources: Sequence[State | None], states: Sequence[State], steps: Sequence[float], rewards: Sequence[float]
) -> dict[str, float] | None:
    """The effect of each channel, from 0 to 1, by transition: from, to, paths that take it, reward of those that end.

    A path that ends at a state is counted with its last transition to it; as many paths leave a state, or end there, as
    come to it. None without any reward, and for more than MOST_STATES states.
    """
    places = {state: place for place, state in enumerate(sorted(set(states)))}
    if len(places) > MOST_STATES:
        return None
    to = np.array([places[state] for state in states], dtype=int)
    origin = np.array([-1 if state is None else places[state] for state in sources], dtype=int)
    counts, given = np.array(steps, dtype=float), np.array(rewards, dtype=float)
    visits = np.bincount(to, weights=counts, minlength=len(places))
    inside = origin >= 0
    stays = np.eye(len(places))
    np.subtract.at(stays, (origin[inside], to[inside]), counts[inside] / visits[origin[inside]])
    begins = np.bincount(to[~inside], weights=counts[~inside], minlength=len(places))
    ends = np.bincount(to, weights=given, minlength=len(places)) / visits

    expected = np.linalg.solve(stays, ends)
    total = float(begins @ expected)
    if not total:
        return None
    visited = np.linalg.inv(stays)
    reached = begins @ visited
    effects = {}
    for channel in sorted({channel for state in places for channel in state}):
        with_it = [place for state, place in places.items() if channel in state]
        # Expected visits of these states are those of the first one met, times what follows from it.
        first = np.linalg.solve(visited[np.ix_(with_it, with_it)].T, reached[with_it])
        effects[channel] = float(first @ expected[with_it]) / total
    return effects
