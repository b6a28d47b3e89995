"""Touches become shares of channels: what the models count and compute has the exact results of whole path sets.

Each set of tests/unit/attribution is here the paths of one conversion; the public one has 378,209 touches.
"""

import os
import subprocess
from collections.abc import Iterator
from dataclasses import astuple
from fractions import Fraction

import duckdb
import pytest

from orchestration import settings
from orchestration.lib.attribution import functions
from tests.systems import assembled
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

MODELS = ["int_channel_transitions", "int_channel_numbers", "int_channel_sets", "int_channel_shares"]
TYPES = """path_id varchar, path_scope varchar, conversion varchar, path_status varchar, touch_number integer,
    touches integer, channel varchar, previous_channel varchar, channel_before varchar"""
# One row per touch of each path: as many paths as converted or ended.
WALK = """
    insert into intermediate.int_attribution_touches
    with paths as (
        select *, row_number() over () as number from walked
    ),
    single as (
        select number, conversion, channels, unnest(range(conversions + ended)) as copy, copy < conversions as is_won
        from paths
    ),
    placed as (select *, unnest(range(1, len(channels) + 1)) as place from single)
    select number || ':' || copy, 'account', conversion, case when is_won then 'converted' else 'ended' end, place,
        len(channels), channels[place], case when place > 1 then channels[place - 1] end,
        case when place > 2 then channels[place - 2] end
    from placed
"""


@pytest.fixture(scope="module")
def shares(tmp_path_factory: pytest.TempPathFactory) -> Iterator[duckdb.DuckDBPyConnection]:
    """The shares of all path sets, by conversion."""
    place = settings.Settings(settings.DEMO_COMPANY, tmp_path_factory.mktemp("channel_shares"))
    command = [settings.dbt_executable(), "compile", "--quiet", "--select", *MODELS]
    subprocess.run(
        [*command, "--target-path", str(place.dbt_target), "--log-path", str(place.logs)],
        cwd=assembled(place),
        env=os.environ | place.environment(),
        check=True,
    )
    files = {path.stem: path for path in (place.dbt_target / "compiled").rglob("int_channel_*.sql")}
    sets = {case["name"]: case_paths(case) for case in CASES}
    if PUBLIC.is_dir():
        sets["public"] = public_paths()
    with duckdb.connect(place.warehouse) as connection:
        functions.register(connection)
        create(connection, "intermediate.int_attribution_touches", types=TYPES)
        create(connection, "main.walked", types="conversion varchar, channels varchar[], conversions int, ended int")
        for name, paths in sets.items():
            fill(connection, "main.walked", [row(name, path) for path in paths])
        connection.execute(WALK)
        for model in MODELS:
            connection.execute(f"create table intermediate.{model} as {files[model].read_text()}")
        yield connection


def row(name: str, path: Walked) -> dict:
    channels, conversions, _, ended = astuple(path)
    return {"conversion": name, "channels": list(channels), "conversions": conversions, "ended": ended}


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
