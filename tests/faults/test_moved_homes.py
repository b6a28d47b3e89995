"""A home that was copied without its links, packed and unpacked, or restored elsewhere: a run goes on where it was."""

import shutil
from collections.abc import Callable
from pathlib import Path

import pytest

from tests.end_to_end.conftest import Built, differences, dump
from tests.faults.homes import double_rows, faults_of, verb

SECTION = "Moved homes"


@pytest.mark.faults
@pytest.mark.parametrize("has_links", [True, False], ids=["with its links", "without them"])
def test_a_home_packed_and_unpacked_elsewhere(
    built: Built, tmp_path: Path, has_links: bool, figures: Callable[[str, str, object], None]
) -> None:
    shutil.copytree(built.home, tmp_path / "packed" / "home", symlinks=has_links)
    shutil.copytree(built.company, tmp_path / "packed" / "company")
    gone = tmp_path / "where it was"
    (tmp_path / "packed" / "home" / "company.txt").write_text(f"{gone}\n")
    packed = shutil.make_archive(str(tmp_path / "home"), "tar" if has_links else "zip", tmp_path / "packed")
    shutil.rmtree(tmp_path / "packed")
    shutil.unpack_archive(packed, tmp_path / "another place", **({"filter": "fully_trusted"} if has_links else {}))
    moved = Built(tmp_path / "another place" / "company", tmp_path / "another place" / "home", "")
    refused = verb("run", moved.company, moved.home)
    assert (refused.returncode, faults_of(refused)) == (2, [])
    assert f"is the home of {gone}" in refused.stderr
    repaired = verb("doctor", moved.company, moved.home, "--repair")
    assert (repaired.returncode, faults_of(repaired)) == (0, []), repaired.stdout + repaired.stderr
    again = verb("run", moved.company, moved.home)
    assert (again.returncode, faults_of(again)) == (0, []), again.stdout + again.stderr
    assert differences(dump(built.copy), dump(moved.copy)) == {}
    assert double_rows(moved.home) == []
    figures(SECTION, "homes packed, unpacked elsewhere and run", 1)
    shutil.rmtree(tmp_path / "another place")
