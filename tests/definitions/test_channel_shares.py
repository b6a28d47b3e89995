"""Touches become shares of channels: what the models count and compute has the exact results of whole path sets.

Each set of tests/unit/attribution is here the paths of one conversion; the public one has 378,209 touches.
"""

from collections.abc import Iterator
from dataclasses import astuple
from fractions import Fraction

import duckdb
import pytest

from orchestration import settings
from orchestration.lib.warehouse import functions
from tests.systems import compiled
from tests.tables import create, fill
from tests.unit.attribution.counted import (
    CASES,
    PUBLIC,
    Walked,
    case_paths,
    needs_public_data,
    public_paths,
    public_results,
)

MODELS = [
    *("int_channel_transitions", "int_channel_numbers", "int_channel_sets", "int_channel_shares"),
    *("int_attribution_milestones", "int_attribution_credits"),
]
TYPES = """path_id varchar, path_scope varchar, conversion varchar, path_status varchar, touch_number integer,
    touches integer, channel varchar, previous_channel varchar, channel_before varchar, touchpoint_id varchar,
    touched_at timestamp, is_direct boolean, value double"""
# One row per touch of each path: as many paths as converted or ended.
WALK = """
    insert into intermediate.int_attribution_touches
    with paths as (
        select *, row_number() over () as number from walked
    ),
    single as (
        select
            number, conversion, channels, unnest(range(conversions + ended)) as copy, copy < conversions as is_won,
            value / nullif(conversions, 0) as value
        from paths
    ),
    placed as (select *, unnest(range(1, len(channels) + 1)) as place from single)
    select 'account:' || number || ':' || copy, 'account', conversion,
        case when is_won then 'converted' else 'ended' end, place, len(channels), channels[place],
        case when place > 1 then channels[place - 1] end,
        case when place > 2 then channels[place - 2] end, number || ':' || copy || ':' || place,
        timestamp '2026-01-01' + to_days(place::integer), false, value
    from placed
"""
# Of a set of paths nothing but the order of the touches is known: no lead, no deal.
CONVERTED = """
    create table intermediate.int_attribution_conversions as
    select distinct
        substring(path_id, 9) as conversion_id, conversion, timestamp '2030-01-01' as counts_until,
        cast(null as timestamp) as lead_until, cast(null as timestamp) as opportunity_until, 7 as half_life_days,
        0.4 as first_weight, 0.2 as middle_weight, 0.4 as last_weight
    from intermediate.int_attribution_touches where path_status = 'converted'
"""


@pytest.fixture(scope="module")
def shares(tmp_path_factory: pytest.TempPathFactory) -> Iterator[duckdb.DuckDBPyConnection]:
    """The shares of all path sets, by conversion."""
    place = settings.Settings(settings.DEMO_COMPANY, tmp_path_factory.mktemp("channel_shares"))
    sql = compiled(place, MODELS)
    sets = {case["name"]: case_paths(case) for case in CASES}
    if PUBLIC.is_dir():
        sets["public"] = public_paths()
    with duckdb.connect(place.warehouse) as connection:
        functions.register(connection)
        create(connection, "intermediate.int_attribution_touches", types=TYPES)
        create(
            connection,
            "main.walked",
            types="conversion varchar, channels varchar[], conversions int, value double, ended int",
        )
        for name, paths in sets.items():
            fill(connection, "main.walked", [row(name, path) for path in paths])
        connection.execute(WALK)
        connection.execute(CONVERTED)
        connection.execute("create schema if not exists staging")
        seed = settings.DBT_PROJECT / "seeds" / "known_attribution_models.csv"
        connection.execute(f"create table staging.known_attribution_models as from read_csv('{seed}')")
        for model in MODELS:
            connection.execute(f"create table intermediate.{model} as {sql[model]}")
        yield connection


def row(name: str, path: Walked) -> dict:
    channels, conversions, value, ended = astuple(path)
    counts = {"conversions": conversions, "value": value, "ended": ended}
    return {"conversion": name, "channels": list(channels)} | counts


def column(connection: duckdb.DuckDBPyConnection, name: str, conversion: str, model: str) -> dict[str, float]:
    """One column of the result, by channel."""
    query = (
        f"select channel, {name} from intermediate.int_channel_shares where conversion = ? and attribution_model = ?"
    )
    return dict(connection.execute(query, [conversion, model]).fetchall())


def exactly(values: dict[str, str]) -> object:
    return pytest.approx({channel: float(Fraction(value)) for channel, value in values.items()}, abs=1e-12, rel=0)


@pytest.mark.parametrize("case", CASES, ids=[case["name"] for case in CASES])
def test_the_fractions_are_met(shares: duckdb.DuckDBPyConnection, case: dict) -> None:
    for model in case.keys() & {"markov_1", "markov_2"}:
        effects = {channel: each["effect"] for channel, each in case[model].items()}
        credit = {channel: Fraction(each["credit"]) for channel, each in case[model].items()}
        assert column(shares, "effect", case["name"], model) == exactly(effects)
        total = sum(credit.values())
        parts = {channel: part / total for channel, part in credit.items()}
        assert column(shares, "share", case["name"], model) == exactly(parts)
    for model in ("shapley_count", "shapley_rate"):
        assert column(shares, "effect", case["name"], model) == exactly(case[model])
        positive = {channel: max(Fraction(value), Fraction(0)) for channel, value in case[model].items()}
        parts = {channel: part / sum(positive.values()) for channel, part in positive.items()}
        assert column(shares, "share", case["name"], model) == exactly(parts)


def test_a_set_has_a_channel_that_lowers_the_rate() -> None:
    assert any(Fraction(value) < 0 for case in CASES for value in case["shapley_rate"].values())


@needs_public_data
def test_the_public_touches_have_their_exact_results(shares: duckdb.DuckDBPyConnection) -> None:
    for order in (1, 2):
        expected = public_results(f"reference_markov_exact_order{order}.csv")
        effects = {channel: row["removal_conv"] for channel, row in expected.items()}
        assert column(shares, "effect", "public", f"markov_{order}") == pytest.approx(effects, rel=1e-9)
        parts = {channel: row["conv"] / 19_785 for channel, row in expected.items()}
        assert column(shares, "share", "public", f"markov_{order}") == pytest.approx(parts, rel=1e-9)
    expected = public_results("reference_shapley_exact.csv")
    for model, name in (("shapley_count", "shapley_conv"), ("shapley_rate", "shapley_rate_game")):
        values = {channel: row[name] for channel, row in expected.items()}
        assert column(shares, "effect", "public", model) == pytest.approx(values, rel=1e-9)


@needs_public_data
@pytest.mark.parametrize(
    ("model", "name"),
    [("first_touch", "first"), ("last_touch", "last"), ("linear", "linear"), ("position_based", "position")],
)
def test_the_public_touches_have_their_exact_credits(shares: duckdb.DuckDBPyConnection, model: str, name: str) -> None:
    found = shares.execute(
        "select credits.channel, sum(credit)::double, sum(credit * value)::double"
        " from intermediate.int_attribution_credits credits"
        " join intermediate.int_attribution_touches touches using (path_id, touch_number)"
        " where touches.conversion = 'public' and attribution_model = ? group by 1",
        [model],
    ).fetchall()
    for which, figure in (("conv", 1), ("value", 2)):
        expected = public_results("reference_attribution_by_channel.csv")
        given = {channel: row[f"{name}_{which}"] for channel, row in expected.items() if row[f"{name}_{which}"]}
        assert {row[0]: row[figure] for row in found} == pytest.approx(given, rel=1e-9)
