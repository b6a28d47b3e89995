"""What stops a build: a check that fails keeps what is made from its asset from being made."""

from collections.abc import Callable
from pathlib import Path

import dagster as dg
import duckdb
import pytest

from orchestration import settings

# As dbt makes them: one row per guard and version, and the rows that break it.
REPORTS = """
    create schema reports;
    create table reports.rpt_guard_results as
        select
            'mql_evidence' as guard, 'no MQL' as definition, 'stages.mql.criteria' as clause, *,
            broken_rows / judged_rows as broken_rate
        from (values {results})
            results(agreement_version, judged_rows, broken_rows, at_most_rate, is_blocking, status);
    create table reports.rpt_data_quality_issues as
        select
            'mql_evidence' as guard, 'v1' as agreement_version, 'stage_entry' as record_type, 'crm:1' as record_id,
            'Anna Rossi' as owner_name, timestamp '2026-01-02 09:00:00' as happened_at,
            date '2026-01-02' as happened_date, 1 as row_count, 'the score was 3.0, and 25.0 is asked' as reason;
"""

Run = Callable[..., dg.ExecuteInProcessResult]


@pytest.fixture
def run(place: settings.Settings, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Run:
    """Materialises reports that already are as they are, one of the project's guards on them, and its copy."""
    from orchestration.defs import resources
    from orchestration.defs.publishing import assets as publishing
    from orchestration.defs.quality.checks import ISSUES, RESULTS, guard_check

    home = settings.Settings(settings.DEMO_COMPANY, tmp_path)
    monkeypatch.setattr(resources, "SETTINGS", home)
    monkeypatch.setattr(publishing, "SETTINGS", home)

    def with_results(*results: str) -> dg.ExecuteInProcessResult:
        with duckdb.connect(home.warehouse) as connection:
            connection.execute(REPORTS.format(results=", ".join(results)))

        @dg.multi_asset(specs=[dg.AssetSpec(RESULTS), dg.AssetSpec(ISSUES)])
        def reports():
            """The reports as they are."""

        return dg.materialize(
            [reports, guard_check("mql_evidence"), publishing.copy],
            resources={"warehouse": resources.WarehouseResource()},
            raise_on_error=False,
        )

    return with_results


def is_published(result: dg.ExecuteInProcessResult, home: Path) -> bool:
    materialised = any(
        event.asset_key == dg.AssetKey(["published", "copy"]) for event in result.get_asset_materialization_events()
    )
    assert materialised == (home / "published" / "current" / "smarketing.duckdb").exists()
    return materialised


def test_what_keeps_every_definition_is_published(run: Run, tmp_path: Path) -> None:
    result = run("('v1', 20, 0, 0.05, true, 'kept')", "('v2', 20, 1, 0.05, true, 'borne')")
    assert result.success
    assert is_published(result, tmp_path)
    assert result.get_asset_check_evaluations()[0].passed


def test_a_blocking_guard_that_is_broken_stops_the_publishing(run: Run, tmp_path: Path) -> None:
    """One version is enough, although the other one would only warn; what is said names clause, share and owner."""
    result = run("('v1', 20, 2, 0.05, true, 'broken')", "('v2', 20, 9, 0.05, false, 'broken')")
    assert not result.success
    assert not is_published(result, tmp_path)
    evaluation = result.get_asset_check_evaluations()[0]
    assert (evaluation.passed, evaluation.severity) == (False, dg.AssetCheckSeverity.ERROR)
    assert (evaluation.description or "").splitlines()[:2] == [
        "stages.mql.criteria, no MQL: 2 of 20 rows under version v1 break it (10.00%; at most 5.00% is borne)",
        "stage_entry crm:1, Anna Rossi on 2026-01-02: the score was 3.0, and 25.0 is asked",
    ]


def test_a_guard_that_warns_stops_nothing(run: Run, tmp_path: Path) -> None:
    """The same guard, the same rows: whether it blocks is said by the version, not by the check."""
    result = run("('v1', 20, 2, 0.05, false, 'broken')")
    assert result.success
    assert is_published(result, tmp_path)
    evaluation = result.get_asset_check_evaluations()[0]
    assert (evaluation.passed, evaluation.severity) == (False, dg.AssetCheckSeverity.WARN)
    assert "2 of 20 rows under version v1" in (evaluation.description or "")
