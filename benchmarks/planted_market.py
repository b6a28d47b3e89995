"""A market whose truth is known: twenty channels, of which each has a planted effect, and those who met them.

    python benchmarks/planted_market.py [PERSONS]

Belongs here: the market, and how far each model of attribution is from its truth. The models are the project's own.

A person meets channels one after the other and buys with the probability 1 - (1 - base) x product of (1 - effect) over
the distinct channels met, so that a channel's effect is causal and counts once. Two channels have none and look as if
they had: `Direct` only follows another touch, and `Retargeting` only meets those who would buy anyway.
"""

import sys
import tempfile
from dataclasses import dataclass
from pathlib import Path

import duckdb
import numpy as np
import pandas
from numpy.typing import NDArray
from project import run_dbt

from orchestration import settings

DIRECT, RETARGETING = "Direct", "Retargeting"
# Name, how often it is met, and its planted effect. Large ones without effect and small ones with one are among them.
CHANNELS = [
    *((f"Channel {number:02}", weight, effect) for number, (weight, effect) in enumerate([
        (12, 0.000), (10, 0.020), (9, 0.060), (8, 0.010), (7, 0.000), (6, 0.040), (6, 0.090), (5, 0.005), (5, 0.030),
        (4, 0.120), (4, 0.000), (3, 0.050), (3, 0.015), (2, 0.150), (2, 0.000), (1, 0.070), (1, 0.025), (1, 0.100),
    ], start=1)),
    (DIRECT, 0, 0.0),
    (RETARGETING, 0, 0.0),
]  # fmt: skip
NAMES = [name for name, _, _ in CHANNELS]
MET = 4.9  # touches of the channels that one meets by themselves, on average
READY, READY_BASE, BASE = 0.1, 0.5, 0.01  # the share that would buy anyway, and how probably; of the others
# Of the touches, those after which the person comes back directly; of those who would buy anyway, the retargeted.
MARKETS = {"nobody follows": (0.0, 0.0), "direct touches follow": (0.3, 0.0), "retargeting follows": (0.0, 0.9)}


@dataclass(frozen=True)
class Market:
    """The touches in the order of each person, who has bought, and the true share of each channel."""

    person: NDArray[np.int64]
    channel: NDArray[np.int64]
    has_bought: NDArray[np.bool_]
    true_share: dict[str, float]


def plant(persons: int, seed: int, returning: float, retargeting: float) -> Market:
    """A market of this many persons, with these two shares of MARKETS; the same seed makes the same one.

    A channel's true share is the purchases that would not have happened without it, of those of all channels.
    """
    random = np.random.default_rng(seed)
    weights = np.array([weight for _, weight, _ in CHANNELS], dtype=float)
    effects = np.array([effect for _, _, effect in CHANNELS])
    met = 1 + random.poisson(MET - 1, persons)
    person = np.repeat(np.arange(persons), met)
    channel = random.choice(len(CHANNELS), size=len(person), p=weights / weights.sum())
    # A position within the path, so that what is added later finds its place.
    place = np.arange(len(person), dtype=float)

    is_ready = random.random(persons) < READY
    base = np.where(is_ready, READY_BASE, BASE)
    has_met = np.zeros((persons, len(CHANNELS)), dtype=bool)
    has_met[person, channel] = True
    stays_away = (1 - base) * np.prod(np.where(has_met, 1 - effects, 1.0), axis=1)
    has_bought = random.random(persons) >= stays_away
    # Without the channel, its factor is missing.
    without = stays_away[:, None] / np.where(has_met, 1 - effects, 1.0)
    caused = (without - stays_away[:, None]).sum(axis=0)

    follows = random.random(len(person)) < returning
    retargeted = np.flatnonzero(is_ready & (random.random(persons) < retargeting))
    last = np.cumsum(met)[retargeted] - 1
    touches = np.concatenate([person, person[follows], retargeted])
    channels = np.concatenate(
        [channel, np.full(follows.sum(), NAMES.index(DIRECT)), np.full(len(retargeted), NAMES.index(RETARGETING))]
    )
    places = np.concatenate([place, place[follows] + 0.3, last + 0.6])
    order = np.lexsort((places, touches))
    return Market(
        touches[order],
        channels[order],
        has_bought,
        dict(zip(NAMES, (caused / caused.sum()).tolist(), strict=True)),
    )


TOUCHES = """
create schema intermediate; create schema marts;
create table intermediate.int_attribution_touches as
select
    'person:' || person as path_id,
    'person' as path_scope,
    'won' as conversion,
    case when has_bought then 'converted' else 'ended' end as path_status,
    row_number() over of_path as touch_number,
    count(*) over (partition by person) as touches,
    'touch:' || place as touchpoint_id,
    'person:' || person as person_id,
    timestamp '2026-01-01' + to_hours(cast(place % 2000 as integer)) as touched_at,
    channel,
    lag(channel) over of_path as previous_channel,
    lag(channel, 2) over of_path as channel_before,
    channel = 'Direct' as is_direct
from touches
window of_path as (partition by person order by place);
-- A person becomes a lead in the middle of the path, and an opportunity at its end.
create table intermediate.int_attribution_milestones as
select
    path_id,
    path_scope,
    conversion,
    max(touches) as touches,
    max(touched_at) as last_touched_at,
    7 as half_life_days,
    0.4 as first_weight,
    0.2 as middle_weight,
    0.4 as last_weight,
    max(case when not is_direct then touch_number end) as not_direct_touch,
    cast(ceil(max(touches) / 2) as integer) as lead_touch,
    max(touches) as opportunity_touch,
    max(touches) as close_touch
from intermediate.int_attribution_touches
where path_status = 'converted'
group by path_id, path_scope, conversion;
"""
MODELS = ("int_channel_transitions", "int_channel_numbers", "int_channel_sets", "int_channel_shares")
SHARES = """
select attribution_model, channel, sum(credit) / sum(sum(credit)) over (partition by attribution_model) as share
from intermediate.int_attribution_credits
group by attribution_model, channel
"""


def shares_of(market: Market) -> dict[str, dict[str, float]]:
    """Attribution model -> channel -> its part of all purchases, by the project's own models."""
    with tempfile.TemporaryDirectory() as home:
        place = settings.Settings(settings.DEMO_COMPANY, Path(home))
        columns = {
            "place": np.arange(len(market.person)),
            "person": market.person,
            "channel": np.array(NAMES, dtype=object)[market.channel],
            "has_bought": market.has_bought[market.person],
        }
        with duckdb.connect(place.warehouse) as connection:
            connection.register("touches", pandas.DataFrame(columns))
            connection.execute(TOUCHES)
        run_dbt(place, [], "build", "--select", "known_attribution_models", "--exclude-resource-type", "test")
        run_dbt(place, [], "run", "--select", *MODELS, "int_attribution_credits")
        with duckdb.connect(place.warehouse, read_only=True) as connection:
            shares: dict[str, dict[str, float]] = {}
            for model, channel, share in connection.sql(SHARES).fetchall():
                shares.setdefault(model, {})[channel] = share
    return shares


def error(share: dict[str, float], true: dict[str, float]) -> float:
    """The part of the credit that went to the wrong channel: half of the sum of all differences, from 0 to 1."""
    return sum(abs(share.get(name, 0.0) - true[name]) for name in true) / 2


def table(size: int) -> str:
    """The error of each model in each market, as Markdown; the least first, by the mean of all markets."""
    errors: dict[str, list[float]] = {}
    for returning, retargeting in MARKETS.values():
        market = plant(size, 1, returning, retargeting)
        for model, share in shares_of(market).items():
            errors.setdefault(model, []).append(error(share, market.true_share))
    lines = [f"| model | {' | '.join(MARKETS)} |", f"|---|{'---|' * len(MARKETS)}"]
    for model in sorted(errors, key=lambda each: sum(errors[each])):
        lines.append(f"| `{model}` | {' | '.join(f'{each:.1%}' for each in errors[model])} |")
    return "\n".join(lines)


if __name__ == "__main__":
    page = settings.PROJECT / "docs" / "attribution.md"
    before, begin, rest = page.read_text().partition("<!-- planted markets -->\n")
    _, end, after = rest.partition("<!-- end -->")
    written = table(int(sys.argv[1]) if len(sys.argv) > 1 else 200_000)
    page.write_text(f"{before}{begin}{written}\n{end}{after}")
    print(written)
