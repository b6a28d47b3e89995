"""A signed version that was changed stops the build before anything is made from it; the message names the clause."""

import shutil
from collections.abc import Callable
from pathlib import Path

import dagster as dg
import pytest

from orchestration import settings
from seeds.signatures import unsigned

Run = Callable[[], dg.ExecuteInProcessResult]
BEHIND = dg.AssetKey(["marts", "behind"])


@pytest.fixture
def agreements(tmp_path: Path) -> Path:
    """The demo company's agreements in a company without data: two versions, signed by both teams."""
    folder = tmp_path / "company" / "agreements"
    (tmp_path / "company" / "exports").mkdir(parents=True)
    shutil.copytree(settings.DEMO_COMPANY / "agreements", folder)
    return folder


@pytest.fixture
def run(place: settings.Settings, agreements: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Run:
    """Loads the agreement, checks its seals, and builds what depends on it; returns the output of the terminal."""
    from orchestration.defs import resources
    from orchestration.defs.agreement import assets
    from orchestration.progress import console_logger

    monkeypatch.setattr(resources, "SETTINGS", settings.Settings(agreements.parent, tmp_path))

    @dg.asset(key=BEHIND, deps=[["agreement", "versions"]])
    def behind() -> None:
        """An asset that is evaluated by the agreement."""

    def execute() -> dg.ExecuteInProcessResult:
        checks = [assets.sealed_versions_are_unchanged, assets.signatures_have_seals]
        definitions = dg.Definitions(
            assets=[assets.agreement, behind],
            asset_checks=checks,
            jobs=[dg.define_asset_job("all")],
            resources={"warehouse": resources.WarehouseResource(), "company": resources.CompanyResource()},
            executor=dg.in_process_executor,
            loggers={"console": console_logger},
        )
        job = definitions.resolve_job_def("all")
        return job.execute_in_process(raise_on_error=False, run_config={"loggers": {"console": {}}})

    return execute


def made(result: dg.ExecuteInProcessResult) -> bool:
    return any(event.asset_key == BEHIND for event in result.get_asset_materialization_events())


def test_what_is_as_it_was_signed_is_built(run: Run) -> None:
    result = run()
    assert result.success
    assert made(result)


def test_one_changed_character_stops_the_build(run: Run, agreements: Path, capsys: pytest.CaptureFixture) -> None:
    path = agreements / "2025-10.yml"
    path.write_text(path.read_text().replace("score_at_least: 25", "score_at_least: 24"))
    result = run()
    assert not result.success
    assert not made(result)
    printed = capsys.readouterr().out
    assert "x agreement/versions, check sealed_versions_are_unchanged: " in printed
    line = path.read_text().splitlines().index("    criteria: {score_at_least: 24}") + 1
    change = "stages.mql.criteria.score_at_least: it was 25 when it was signed; now it is 24"
    assert f"{path} line {line}: {change}" in printed
    signers = "Fosca Ridolfini (marketing) and Aurelia Montecchi (sales)"
    assert f"Version 2025-10 was signed by {signers}: put it back" in printed


def test_a_signature_that_was_typed_is_a_warning(run: Run, agreements: Path, capsys: pytest.CaptureFixture) -> None:
    shutil.rmtree(agreements / "signed")
    (agreements / "2026-07.yml").unlink()
    text = unsigned((settings.DEMO_COMPANY / "agreements" / "2025-10.yml").read_text())
    typed = "signatures: [{name: Ada Neri, role: sales, date: 2026-01-15}]"
    (agreements / "2025-10.yml").write_text(text.replace("signatures: []", typed))
    result = run()
    assert result.success
    assert made(result)
    assert "! agreement/versions, check signatures_have_seals: " in (printed := capsys.readouterr().out)
    assert "the signature of Ada Neri has no seal and does not count; remove it and run: smarketing sign" in printed
