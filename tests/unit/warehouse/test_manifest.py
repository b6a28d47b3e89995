"""The manifest of a dbt project: missing, of another project, reused, and a project that does not parse."""

import shutil
from pathlib import Path

import pytest

from orchestration.lib.warehouse.manifest import PARSED, ManifestError, manifest_path, refresh_manifest

pytestmark = pytest.mark.long

# All files that a manifest is made from; dbt itself parses them.
FILES = {
    "dbt_project.yml": "{name: small, version: 1.0.0, profile: small}",
    "profiles.yml": "{small: {target: dev, outputs: {dev: {type: duckdb, path: ':memory:'}}}}",
    "models/deep/one.sql": "select 1 as one",
    "macros/deep/two.sql": "{% macro two() %}2{% endmacro %}",
    "tests/deep/three.sql": "select 3 as three where false",
    "seeds/deep/four.csv": "four\n4\n",
}


@pytest.fixture
def dbt_project(tmp_path: Path) -> Path:
    folder = tmp_path / "dbt_project"
    for name, text in FILES.items():
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_text(text)
    return folder


def refresh(project: Path) -> int:
    """Refresh the manifest; return the number of parses by dbt so far."""
    kept = project.parent / "kept"
    refresh_manifest(project, kept)
    return len(list(kept.iterdir()))


def test_the_error_of_a_missing_manifest_names_the_command_that_makes_it(dbt_project: Path) -> None:
    with pytest.raises(ManifestError, match=r"manifest\.json is missing: run `.+`"):
        manifest_path(dbt_project)


def test_it_is_made_once(dbt_project: Path) -> None:
    assert refresh(dbt_project) == 1
    assert "model.small.one" in manifest_path(dbt_project).read_text()
    made_at = manifest_path(dbt_project).stat().st_mtime_ns
    assert refresh(dbt_project) == 1
    assert manifest_path(dbt_project).stat().st_mtime_ns == made_at


@pytest.mark.parametrize("name", FILES)
def test_it_is_made_again_when_a_file_changes(dbt_project: Path, name: str) -> None:
    refresh(dbt_project)
    (dbt_project / name).write_text(FILES[name] + "\n")
    assert refresh(dbt_project) == 2


def test_it_is_made_again_when_a_file_is_deleted(dbt_project: Path) -> None:
    refresh(dbt_project)
    (dbt_project / "models" / "deep" / "one.sql").unlink()
    assert refresh(dbt_project) == 2
    assert "model.small.one" not in manifest_path(dbt_project).read_text()


def test_a_home_with_the_same_project_reuses_the_manifest(dbt_project: Path) -> None:
    """A seed is read from the root that dbt stores: it must not be the root of the home that was parsed."""
    refresh(dbt_project)
    other = dbt_project.parent / "other"
    shutil.copytree(dbt_project, other, ignore=shutil.ignore_patterns("target", "logs"))
    assert refresh(other) == 1
    for name in PARSED:
        taken = (other / "target" / name).read_bytes()
        assert taken == (dbt_project / "target" / name).read_bytes()
        assert str(dbt_project).encode() not in taken


def test_the_manifest_of_a_build_of_an_edited_file_is_not_reused(dbt_project: Path) -> None:
    """The file has its old content again, but not the manifest that `dbt build` wrote in the meantime."""
    refresh(dbt_project)
    manifest_path(dbt_project).write_text('{"edited": true}')
    assert refresh(dbt_project) == 1
    assert "model.small.one" in manifest_path(dbt_project).read_text()


@pytest.mark.parametrize("name", PARSED)
def test_a_damaged_one_is_made_again(dbt_project: Path, name: str) -> None:
    """Also where the home that it was kept for others has the same damage."""
    refresh(dbt_project)
    [kept] = (dbt_project.parent / "kept").iterdir()
    for damaged in (dbt_project / "target" / name, kept / name):
        damaged.write_bytes(damaged.read_bytes()[:-100])
        assert refresh(dbt_project) == 1
        assert "model.small.one" in manifest_path(dbt_project).read_text()
    (dbt_project / "target" / name).write_bytes(b"")
    refresh(dbt_project)
    assert (dbt_project / "target" / name).read_bytes() == (kept / name).read_bytes()


def test_the_error_of_a_project_that_does_not_parse_contains_dbts_message(dbt_project: Path) -> None:
    (dbt_project / "models" / "deep" / "one.sql").write_text("select * from {{ ref('nobody') }}")
    with pytest.raises(ManifestError, match=r"does not parse:(.|\n)*depends on a node named 'nobody'"):
        refresh(dbt_project)
    assert not (dbt_project.parent / "kept").exists()
