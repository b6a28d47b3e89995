"""The manifest of the dbt project: missing, stale, fresh, and a project that does not parse."""

import os
from pathlib import Path

import pytest

from orchestration.lib.manifest import ManifestError, manifest_path, refresh_manifest

# All that a manifest is made from; it is parsed by dbt itself.
FILES = {
    "dbt_project.yml": "{name: small, version: 1.0.0, profile: small}",
    "profiles.yml": "{small: {target: dev, outputs: {dev: {type: duckdb, path: ':memory:'}}}}",
    "models/deep/one.sql": "select 1 as one",
    "macros/deep/two.sql": "{% macro two() %}2{% endmacro %}",
    "tests/deep/three.sql": "select 3 as three where false",
}


@pytest.fixture
def dbt_project(tmp_path: Path) -> Path:
    folder = tmp_path / "dbt_project"
    for name, text in FILES.items():
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_text(text)
    for path in [folder, *folder.rglob("*")]:
        os.utime(path, (1000, 1000))
    return folder


def is_made_by(project: Path) -> bool:
    """Whether a refresh makes the manifest; it is set back in time first."""
    path = manifest_path(project)
    os.utime(path, (2000, 2000))
    refresh_manifest(project)
    return path.stat().st_mtime > 2000


def test_a_missing_manifest_says_how_to_make_it(dbt_project: Path) -> None:
    with pytest.raises(ManifestError, match=r"manifest\.json is missing: run `.+`"):
        manifest_path(dbt_project)


def test_it_is_made_once(dbt_project: Path) -> None:
    refresh_manifest(dbt_project)
    assert "model.small.one" in manifest_path(dbt_project).read_text()
    assert not is_made_by(dbt_project)


@pytest.mark.parametrize("name", FILES)
def test_it_is_made_anew_when_a_file_is_younger(dbt_project: Path, name: str) -> None:
    refresh_manifest(dbt_project)
    os.utime(dbt_project / name, (3000, 3000))
    assert is_made_by(dbt_project)


def test_it_is_made_anew_when_a_file_is_gone(dbt_project: Path) -> None:
    refresh_manifest(dbt_project)
    (dbt_project / "models" / "deep" / "one.sql").unlink()
    assert is_made_by(dbt_project)
    assert "model.small.one" not in manifest_path(dbt_project).read_text()


def test_a_project_that_does_not_parse_shows_what_dbt_said(dbt_project: Path) -> None:
    (dbt_project / "models" / "deep" / "one.sql").write_text("select * from {{ ref('nobody') }}")
    with pytest.raises(ManifestError, match=r"does not parse:(.|\n)*depends on a node named 'nobody'"):
        refresh_manifest(dbt_project)
