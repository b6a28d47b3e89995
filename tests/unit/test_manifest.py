"""The manifest of a dbt project: missing, of another project, taken over, and a project that does not parse."""

import shutil
import stat
from pathlib import Path

import pytest

from orchestration.lib.manifest import ManifestError, manifest_path, refresh_manifest

# All that a manifest is made from.
PARTS = ("dbt_project.yml", "profiles.yml", "models", "macros", "tests", "seeds")

# Writes a manifest where dbt is told to, or complains; it notes that it was called.
DBT = """#!/bin/sh
echo "$@" >> calls
if [ -f broken ]; then echo "Compilation Error in model x"; exit 2; fi
while [ "$1" != "--target-path" ]; do shift; done
mkdir -p "$2" && echo {} > "$2/manifest.json" && echo {} > "$2/partial_parse.msgpack"
"""


@pytest.fixture
def dbt(tmp_path: Path) -> str:
    path = tmp_path / "dbt"
    path.write_text(DBT)
    path.chmod(path.stat().st_mode | stat.S_IXUSR)
    return str(path)


@pytest.fixture
def dbt_project(tmp_path: Path) -> Path:
    folder = tmp_path / "dbt_project"
    for part in PARTS:
        path = folder / part if "." in part else folder / part / "deep" / "file.sql"
        path.parent.mkdir(parents=True, exist_ok=True)
        path.touch()
    return folder


def calls(project: Path) -> int:
    path = project / "calls"
    return len(path.read_text().splitlines()) if path.is_file() else 0


def test_a_missing_manifest_says_how_to_make_it(dbt_project: Path) -> None:
    with pytest.raises(ManifestError, match=r"manifest\.json is missing: run `.+`"):
        manifest_path(dbt_project)


def refresh(project: Path, dbt: str) -> None:
    refresh_manifest(project, dbt, project.parent / "kept")


def test_it_is_made_once(dbt_project: Path, dbt: str) -> None:
    refresh(dbt_project, dbt)
    refresh(dbt_project, dbt)
    assert manifest_path(dbt_project).is_file()
    assert calls(dbt_project) == 1


@pytest.mark.parametrize("part", PARTS)
def test_it_is_made_anew_when_a_file_is_another(dbt_project: Path, dbt: str, part: str) -> None:
    refresh(dbt_project, dbt)
    changed = dbt_project / part if "." in part else dbt_project / part / "deep" / "file.sql"
    changed.write_text("another")
    refresh(dbt_project, dbt)
    assert calls(dbt_project) == 2


def test_it_is_made_anew_when_a_file_is_gone(dbt_project: Path, dbt: str) -> None:
    refresh(dbt_project, dbt)
    (dbt_project / "models" / "deep" / "file.sql").unlink()
    refresh(dbt_project, dbt)
    assert calls(dbt_project) == 2


def test_a_home_with_the_same_project_takes_it_over(dbt_project: Path, dbt: str) -> None:
    refresh(dbt_project, dbt)
    other = dbt_project.parent / "other"
    shutil.copytree(dbt_project, other, ignore=shutil.ignore_patterns("target", "calls"))
    refresh(other, dbt)
    assert manifest_path(other).is_file()
    assert calls(other) == 0


def test_what_a_build_of_an_edited_file_left_is_not_taken_for_this_project(dbt_project: Path, dbt: str) -> None:
    """The file is as it was again, the manifest that `dbt build` wrote meanwhile is not."""
    refresh(dbt_project, dbt)
    manifest_path(dbt_project).write_text('{"edited": true}')
    refresh(dbt_project, dbt)
    assert manifest_path(dbt_project).read_text() == "{}\n"


def test_a_project_that_does_not_parse_shows_what_dbt_said(dbt_project: Path, dbt: str) -> None:
    (dbt_project / "broken").touch()
    with pytest.raises(ManifestError, match=r"does not parse:\nCompilation Error in model x"):
        refresh(dbt_project, dbt)
    assert not (dbt_project.parent / "kept").exists()
