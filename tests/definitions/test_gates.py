"""What stops a build: a check that fails keeps what is made from its asset from being made."""

from collections.abc import Callable
from pathlib import Path

import dagster as dg
import duckdb
import pytest

from orchestration import settings
from orchestration.lib.quality.definitions import GUARDS

MARTS = """
    create schema marts;
    create table marts.fct_left_out_rows as
        select 'crm' as system, 'person unknown' as reason, 'x' as label, 1 as row_count;
    create table marts.fct_journeys as select null::varchar as agreement_version, date '2026-01-01' as entered_date;
"""
BREAKING = "insert into marts.fct_left_out_rows values ('crm', 'label not in stage_labels', 'Hot', 7)"

Run = Callable[[str, str], dg.ExecuteInProcessResult]


@pytest.fixture
def run(place: settings.Settings, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Run:
    """Materialises a mart that already is as it is, one of the project's guards on it, and the project's copy."""
    from orchestration.defs import resources
    from orchestration.defs.publishing import assets as publishing
    from orchestration.defs.quality.checks import guard_check

    home = settings.Settings(settings.DEMO_COMPANY, tmp_path)
    monkeypatch.setattr(resources, "SETTINGS", home)
    monkeypatch.setattr(publishing, "SETTINGS", home)

    def with_marts(name: str, change: str) -> dg.ExecuteInProcessResult:
        guard = next(guard for guard in GUARDS if guard.name == name)
        with duckdb.connect(home.warehouse) as connection:
            connection.execute(MARTS + change)

        @dg.asset(key=["marts", guard.mart])
        def mart() -> None:
            """The mart as it is."""

        return dg.materialize(
            [mart, guard_check(guard), publishing.copy],
            resources={"warehouse": resources.WarehouseResource()},
            raise_on_error=False,
        )

    return with_marts


def is_published(result: dg.ExecuteInProcessResult, home: Path) -> bool:
    materialised = any(
        event.asset_key == dg.AssetKey(["published", "copy"]) for event in result.get_asset_materialization_events()
    )
    assert materialised == (home / "published" / "current" / "smarketing.duckdb").exists()
    return materialised


def test_what_keeps_every_definition_is_published(run: Run, tmp_path: Path) -> None:
    result = run("stage_labels_are_known", "")
    assert result.success
    assert is_published(result, tmp_path)


def test_a_blocking_guard_that_fails_stops_the_publishing(run: Run, tmp_path: Path) -> None:
    result = run("stage_labels_are_known", BREAKING)
    assert not result.success
    assert not is_published(result, tmp_path)
    evaluation = result.get_asset_check_evaluations()[0]
    assert (evaluation.passed, evaluation.severity) == (False, dg.AssetCheckSeverity.ERROR)
    assert "label Hot, row_count 7" in (evaluation.description or "")


def test_a_guard_that_warns_stops_nothing(run: Run, tmp_path: Path) -> None:
    result = run("journeys_fall_under_a_version", "")
    assert result.success
    assert is_published(result, tmp_path)
    evaluation = result.get_asset_check_evaluations()[0]
    assert (evaluation.passed, evaluation.severity) == (False, dg.AssetCheckSeverity.WARN)
