"""What stops a build: a check that fails keeps what is made from its asset from being made."""

import re
from collections.abc import Callable
from pathlib import Path
from typing import Any

import dagster as dg
import duckdb
import pytest

from orchestration import settings
from tests.systems import run_dbt
from tests.tables import create, fill, types_of

# One row per guard and version, and the rows that fail it.
GUARD = {"guard": "mql_evidence", "definition": "no MQL", "clause": "stages.mql.criteria"}
ISSUE = {
    "guard": "mql_evidence",
    "agreement_version": "v1",
    "record_type": "stage_entry",
    "record_id": "crm:1",
    "owner_name": "Anna Rossi",
    "happened_at": "2026-01-02 09:00:00",
    "happened_date": "2026-01-02",
    "row_count": 1,
    "reason": "the score was 3.0, and 25.0 is asked",
}


def result(version: str, failed: int, is_blocking: bool, status: str) -> dict[str, Any]:
    """The result of a guard over 20 rows, of which 5 % are tolerated."""
    share = {"evaluated_rows": 20, "failed_rows": failed, "failed_rate": failed / 20, "at_most_rate": 0.05}
    return GUARD | share | {"agreement_version": version, "is_blocking": is_blocking, "status": status}


Run = Callable[..., dg.ExecuteInProcessResult]


@pytest.fixture
def run(place: settings.Settings, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Run:
    """Materialises reports that already are as they are, one of the project's guards on them, and its copy."""
    from orchestration.defs import resources
    from orchestration.defs.publishing import assets as publishing
    from orchestration.defs.quality.checks import ISSUES, RESULTS, guard_checks

    home = settings.Settings(settings.DEMO_COMPANY, tmp_path)
    monkeypatch.setattr(resources, "SETTINGS", home)
    monkeypatch.setattr(publishing, "SETTINGS", home)

    def with_results(*results: dict[str, Any]) -> dg.ExecuteInProcessResult:
        with duckdb.connect(home.warehouse) as connection:
            create(connection, "reports.rpt_guard_results", "reports.rpt_data_quality_issues")
            fill(connection, "reports.rpt_guard_results", results)
            fill(connection, "reports.rpt_data_quality_issues", [ISSUE])

        @dg.multi_asset(specs=[dg.AssetSpec(RESULTS), dg.AssetSpec(ISSUES)])
        def reports():
            """The reports as they are."""

        return dg.materialize(
            [reports, guard_checks(["mql_evidence"]), publishing.copy],
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
    done = run(result("v1", 0, True, "passed"), result("v2", 1, True, "tolerated"))
    assert done.success
    assert is_published(done, tmp_path)
    assert done.get_asset_check_evaluations()[0].passed


def test_a_blocking_guard_that_fails_stops_the_publishing(run: Run, tmp_path: Path) -> None:
    """One version is enough, although the other one would only warn; the message names clause, share and owner."""
    done = run(result("v1", 2, True, "failed"), result("v2", 9, False, "failed"))
    assert not done.success
    assert not is_published(done, tmp_path)
    evaluation = done.get_asset_check_evaluations()[0]
    assert (evaluation.passed, evaluation.severity) == (False, dg.AssetCheckSeverity.ERROR)
    assert (evaluation.description or "").split("  \n")[:2] == [
        "stages.mql.criteria, no MQL: 2 of 20 rows under version v1 break it (10.00%; at most 5.00% is tolerated)",
        "stage_entry crm:1, Anna Rossi on 2026-01-02: the score was 3.0, and 25.0 is asked",
    ]


def test_a_guard_that_warns_stops_nothing(run: Run, tmp_path: Path) -> None:
    """The same guard, the same rows: the version determines whether it blocks, not the check."""
    done = run(result("v1", 2, False, "failed"))
    assert done.success
    assert is_published(done, tmp_path)
    evaluation = done.get_asset_check_evaluations()[0]
    assert (evaluation.passed, evaluation.severity) == (False, dg.AssetCheckSeverity.WARN)
    assert "2 of 20 rows under version v1" in (evaluation.description or "")


def test_a_record_that_a_system_has_twice_stops_what_is_made_of_it(tmp_path: Path) -> None:
    """The key is tested on the entity, before any mart reads it."""
    home = settings.Settings(settings.DEMO_COMPANY, tmp_path)
    types = {name: kind for name, kind in types_of("intermediate.int_documents").items() if name != "system"}
    staging = "staging.stg_documents__documents"
    with duckdb.connect(home.warehouse) as connection:
        create(connection, staging, types=", ".join(f"{name} {kind}" for name, kind in types.items()))
        fill(connection, staging, [{"document_record_id": "d1", "opens": opens} for opens in (1, 2)])
    nodes = run_dbt(home, "build", "--select", "int_documents+1", "--exclude-resource-type", "unit_test")
    (fails,) = (node for node in nodes if node.stops)
    assert fails.unique_id.startswith("test.smarketing.holds_int_documents")
    assert fails.faults == ("models.int_documents: unique system, document_record_id fails, rows: 1",)
    assert re.search(r"FAIL 1 holds_int_documents", log := (home.logs / "dbt.log").read_text())
    assert re.search(r"SKIP relation marts.fct_documents", log)
