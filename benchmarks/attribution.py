"""What attribution costs: the project's models over touches of account paths, beside a bare scan of the same table.

    python benchmarks/attribution.py [TOUCHES]

Belongs here: touches in the shape of int_attribution_touches (20 channels, 6 touches a path, 1 path of 20 converts),
and the ratio of each model to the scan, medians of three rounds in turn. Peak memory is of the whole process, above
what it had before. With the package ChannelAttribution installed (`python -m pip install channelattribution
matplotlib`, which nothing else needs), it is timed on the same paths.
"""

import importlib.util
import statistics
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

import duckdb
import numpy as np
from project import run_dbt

from orchestration import settings
from orchestration.lib.warehouse import functions

CHANNELS, MEAN, ROUNDS = 20, 6, 3
FIVE = "'first_touch', 'last_touch', 'linear', 'position_based', 'time_decay'"
MODELS = [
    "int_attribution_milestones",
    "int_attribution_credits",
    "int_channel_transitions",
    "int_channel_numbers",
    "int_channel_sets",
    "int_channel_shares",
]

# Numbers are drawn by hashes, so that each run has the same touches.
TOUCHES = """
create schema if not exists intermediate;
create table intermediate.int_attribution_touches as
with paths as (
    select i, 'account:won:o' || i as path_id, i % 20 = 0 as is_won,
        1 + floor(ln(1 - hash(-i) / 18446744073709551616.0) / ln(1 - 1.0 / {mean}))::integer as touches
    from range({paths}) as t(i)
),
placed as (select *, unnest(range(1, touches + 1))::integer as touch_number from paths),
met as (
    select *, floor({channels} * pow(hash(1000 * i + touch_number) / 18446744073709551616.0, 1.5))::integer as number,
        'Channel ' || number as channel
    from placed
)
select path_id, 'account' as path_scope, 'won' as conversion,
    case when is_won then 'converted' else 'ended' end as path_status,
    touch_number, touches, 't' || i || '-' || touch_number as touchpoint_id, 'p' || i % 1000 as person_id,
    timestamp '2026-01-01' + to_minutes(i % 100000 + touch_number * 1000) as touched_at, channel,
    lag(channel) over path_order as previous_channel, lag(channel, 2) over path_order as channel_before,
    false as is_direct
from met
window path_order as (partition by i order by touch_number)
order by hash(i);
create table intermediate.int_attribution_conversions as
select 'won:o' || i as conversion_id, 'won' as conversion, 7 as half_life_days,
    0.4 as first_weight, 0.2 as middle_weight, 0.4 as last_weight, null::timestamp as lead_until,
    null::timestamp as opportunity_until,
    timestamp '9999-12-31' as counts_until
from range({paths}) as t(i) where i % 20 = 0;
create table intermediate.int_channel_shares (conversion varchar, path_scope varchar, attribution_model varchar,
    channel varchar, channels integer, effect double, share double);
"""
SCANS = {
    "scan and group by channel": "select channel, count(*) from intermediate.int_attribution_touches group by channel",
    "scan and group by path": """
        select path_id, count(*), min(touched_at), max(touched_at)
        from intermediate.int_attribution_touches group by path_id
    """,
}
# What another counts: transitions by a window, and not from the stored channel.
COUNTED = """
with steps as (
    select path_id, touch_number, touches, path_status, channel,
        lag(channel) over (partition by path_id order by touch_number) as source
    from intermediate.int_attribution_touches
)
select source, channel, count(*), count(*) filter (touch_number = touches and path_status = 'converted')
from steps group by all
"""
PATHS = """
with paths as (
    select string_agg(channel, ' > ' order by touch_number) as path, max(path_status = 'converted')::integer as won
    from intermediate.int_attribution_touches group by path_id
)
select path, sum(won)::integer as conversions, (count(*) - sum(won))::integer as nulls from paths group by path
"""


def memory(field: str) -> float:
    """A figure of this process in megabytes."""
    lines = Path("/proc/self/status").read_text().splitlines()
    return next(int(line.split()[1]) / 1024 for line in lines if line.startswith(field))


def measured(work: Callable[[], object]) -> tuple[float, float, float]:
    """Seconds, megabytes above what the process had before, and all its megabytes."""
    Path("/proc/self/clear_refs").write_text("5")
    before, began = memory("VmRSS"), time.perf_counter()
    work()
    return time.perf_counter() - began, memory("VmHWM") - before, memory("VmHWM")


def models(place: settings.Settings) -> dict[str, str]:
    """The project's models as SQL."""
    run_dbt(place, [], "compile", "--select", *MODELS)
    return {path.stem: path.read_text() for path in (place.dbt_target / "compiled").rglob("int_*.sql")}


def exact(connection: duckdb.DuckDBPyConnection) -> dict[str, float]:
    """Removal effects of order 1 by one linear system per channel."""
    rows = connection.execute(COUNTED).fetchall()
    names = sorted({row[1] for row in rows})
    places = {name: place for place, name in enumerate(names, 1)}
    moves, wins = np.zeros((len(names) + 1, len(names) + 1)), np.zeros(len(names) + 1)
    for source, channel, steps, won in rows:
        moves[places.get(source, 0), places[channel]] += steps
        wins[places[channel]] += won
    visits = moves.sum(axis=0)
    visits[0] = moves[0].sum()

    def rate(removed: int | None) -> float:
        system, ends = np.eye(len(visits)) - moves / visits[:, None], wins / visits
        if removed is not None:
            system[removed], ends[removed] = np.eye(len(visits))[removed], 0
        return float(np.linalg.solve(system, ends)[0])

    return {name: 1 - rate(place) / rate(None) for name, place in places.items()}


def works(sql: dict[str, str]) -> dict[str, list[str]]:
    """The statements of each kind of work."""

    def table(model: str, condition: str = "true") -> str:
        return f"create or replace table intermediate.{model} as select * from ({sql[model]}) where {condition}"

    no_transitions, no_sets = table("int_channel_transitions", "false"), table("int_channel_sets", "false")
    numbers, shares = table("int_channel_numbers"), sql["int_channel_shares"]
    return {name: [scan] for name, scan in SCANS.items()} | {
        "five models of touches": [table("int_attribution_milestones"), table("int_attribution_credits")],
        "Markov by one channel": [no_sets, table("int_channel_transitions", "markov_order = 1"), numbers, shares],
        "Markov by one and by two": [no_sets, table("int_channel_transitions"), numbers, shares],
        "Shapley, both games": [no_transitions, table("int_channel_sets"), shares],
    }


def report(connection: duckdb.DuckDBPyConnection, sql: dict[str, str]) -> None:
    """Rounds of all kinds of work in turn, and how exact the chain is."""
    connection.execute(f"delete from staging.known_attribution_models where attribution_model not in ({FIVE})")
    for model in ("int_channel_transitions", "int_channel_numbers", "int_channel_sets"):
        connection.execute(f"create table intermediate.{model} as {sql[model]}")
    found: dict[str, list[tuple[float, float, float]]] = {}
    for _ in range(ROUNDS):
        for name, statements in works(sql).items():
            found.setdefault(name, []).append(
                measured(lambda statements=statements: [connection.execute(each).fetchall() for each in statements])
            )
    if importlib.util.find_spec("ChannelAttribution"):
        found |= package(connection)
    by_channel, by_path = (statistics.median(seconds for seconds, *_ in found[name]) for name in SCANS)
    for name, rounds in found.items():
        seconds = statistics.median(taken for taken, *_ in rounds)
        peak = max(peak for _, peak, _ in rounds)
        ratios = f"{seconds / by_channel:6.1f} x scan by channel {seconds / by_path:6.2f} x scan by path"
        print(f"{name:32} {seconds:8.2f} s {ratios} {peak:8.0f} MB")
    print(f"most memory of the whole process: {max(each[2] for rounds in found.values() for each in rounds):.0f} MB")
    connection.execute(
        f"create or replace table intermediate.int_channel_transitions as {sql['int_channel_transitions']}"
    )
    query = f"select channel, effect from ({sql['int_channel_shares']}) where attribution_model = 'markov_1'"
    effects, expected = dict(connection.execute(query).fetchall()), exact(connection)
    error = max(abs(effects[channel] / effect - 1) for channel, effect in expected.items())
    print(f"largest relative difference to one linear system per channel: {error:.1e}")


def package(connection: duckdb.DuckDBPyConnection) -> dict[str, list[tuple[float, float, float]]]:
    """ChannelAttribution once, with and without the paths that it reads as text."""
    import ChannelAttribution

    kept = {}
    building = measured(lambda: kept.update(paths=connection.execute(PATHS).df()))
    columns = {"var_path": "path", "var_conv": "conversions"}
    five = measured(lambda: ChannelAttribution.heuristic_models(kept["paths"], **columns))
    chain = measured(lambda: ChannelAttribution.markov_model(kept["paths"], **columns, var_null="nulls", order=1))
    return {"ChannelAttribution: its paths": [building], "  heuristic models": [five], "  Markov": [chain]}


def main(touches: int) -> None:
    """Make the touches, and print a line for each kind of work."""
    with tempfile.TemporaryDirectory() as home:
        place = settings.Settings(settings.DEMO_COMPANY, Path(home))
        with duckdb.connect(place.warehouse) as connection:
            connection.execute(TOUCHES.format(paths=touches // MEAN, mean=MEAN, channels=CHANNELS))
            found = connection.sql("select count(*), count(distinct path_id) from intermediate.int_attribution_touches")
            print("touches {:,}, paths {:,}".format(*found.fetchall()[0]))
        run_dbt(place, [], "seed", "--select", "known_attribution_models")
        sql = models(place)
        with duckdb.connect(place.warehouse) as connection:
            functions.register(connection)
            report(connection, sql)


if __name__ == "__main__":
    main(int(sys.argv[1]) if len(sys.argv) > 1 else 10_000_000)
