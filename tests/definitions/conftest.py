"""The Dagster project of a company with all systems and no data, in a folder of its own."""

import json
import tempfile
from collections.abc import Iterator
from pathlib import Path

import dagster as dg
import pytest
from dagster._core.definitions.assets.graph.asset_graph import AssetGraph

from orchestration import settings
from orchestration.lib.source_tables import SourceTable
from tests.systems import TABLES, assembled


@pytest.fixture(scope="session")
def place() -> Iterator[settings.Settings]:
    """The settings for everything in this folder; must be set before orchestration.defs is imported."""
    with tempfile.TemporaryDirectory() as home, pytest.MonkeyPatch.context() as patch:
        place = settings.Settings(settings.DEMO_COMPANY, Path(home) / "home")
        for name, value in place.environment().items():
            patch.setenv(name, value)
        settings.apply(place)
        assembled(place)
        yield place


@pytest.fixture(scope="session")
def definitions(place: settings.Settings) -> dg.Definitions:
    from orchestration.definitions import defs

    return defs()


@pytest.fixture(scope="session")
def graph(definitions: dg.Definitions) -> AssetGraph:
    return definitions.resolve_asset_graph()


@pytest.fixture(scope="session")
def manifest(place: settings.Settings) -> dict:
    return json.loads((place.dbt_target / "manifest.json").read_text())


@pytest.fixture(scope="session")
def tables() -> list[SourceTable]:
    return TABLES
