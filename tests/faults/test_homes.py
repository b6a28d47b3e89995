"""A home that this user may not write or read, in whole or in part: a sentence that names it, and nothing is broken."""

import os
import shutil
import subprocess
from collections.abc import Callable
from pathlib import Path

import pytest

from tests.end_to_end.conftest import COMMAND, PROJECT, Built, differences, dump
from tests.faults.conftest import Allowance
from tests.faults.homes import copy_home, environment, faults_of

SECTION = "Homes"
# Root may do all, unless it gives that up; the files are its own.
AS_USER = ["setpriv", "--bounding-set", "-dac_override,-dac_read_search"] if os.getuid() == 0 else []
PARTS = (
    *("company.txt", "store/email_key", "in_use.lock", "warehouse.duckdb", "last_run.json", "logs", "logs/dbt.log"),
    *("project", "project/target", "project/target/manifest.json", "project/target/partial_parse.msgpack"),
    *("dagster", "dagster/index.db", "dagster/runs.db", "published", "published/copies", "published/site"),
    "published/site/reviews",
)
IN_SHORT = ("company.txt", "warehouse.duckdb", "dagster")
VERBS = (
    *("run", "status", "closings", "notify", "docs", "review 2026-Q1", "close 2026-03"),
    *("compare 2025-01 2025-01 --period 2026-Q1", "rejected hubspot.contacts --to rejected.csv"),
)

pytestmark = pytest.mark.skipif(
    bool(AS_USER) and not shutil.which("setpriv"), reason="root, and setpriv is not installed"
)


def denied(verb: str, built: Built) -> subprocess.CompletedProcess[str]:
    """A verb by a user who may do only what the permissions allow."""
    place = ["--company", str(built.company), "--home", str(built.home)]
    command = [*AS_USER, *COMMAND, *verb.split(), *place]
    return subprocess.run(command, capture_output=True, text=True, cwd=PROJECT, env=environment())


@pytest.mark.parametrize(
    "part",
    [pytest.param(part, marks=pytest.mark.slow, id=f"short: {part}") for part in IN_SHORT]
    + [pytest.param(part, marks=pytest.mark.faults) for part in PARTS],
)
def test_a_part_without_permission_is_named(
    built: Built, tmp_path: Path, part: str, figures: Callable[[str, str, object], None]
) -> None:
    home = copy_home(built, tmp_path / "home")
    mode = (home.home / part).stat().st_mode
    (home.home / part).chmod(0)
    result = denied("run", home)
    (home.home / part).chmod(mode)
    figures(SECTION, "parts without permission", 1)
    figures(SECTION, "lines of a library's own", len(faults_of(result)))
    assert faults_of(result) == [], result.stdout + result.stderr
    if result.returncode:
        printed = result.stdout + result.stderr
        assert str(home.home / part) in printed or str(home.home) in result.stderr, printed
        assert any(word in printed for word in ("right to it", "allow it", "give --home", "cannot be used"))
    else:
        figures(SECTION, "parts that a run does without", part)
    assert differences(dump(built.copy), dump(home.copy)) == {}
    shutil.rmtree(home.home)


@pytest.mark.faults
def test_every_verb_in_a_home_that_is_read_only(
    built: Built,
    tmp_path: Path,
    figures: Callable[[str, str, object], None],
    allowance: Callable[..., Allowance],
) -> None:
    home, time = copy_home(built, tmp_path / "home"), allowance(SECTION, parts=2)
    before = dump(home.copy)
    for path in [home.home, *home.home.rglob("*")]:
        if not path.is_symlink():
            path.chmod(path.stat().st_mode & 0o555)
    tried, faults = 0, {}
    for verb in VERBS:
        if time.is_over:
            break
        tried += 1
        result = denied(verb, home)
        # A build is looked at, not changed.
        is_right = result.returncode == 0 if verb == "status" else "give --home a folder that can" in result.stderr
        if not is_right or faults_of(result):
            faults[verb] = result.stdout + result.stderr
    figures(SECTION, "verbs in a read-only home", tried)
    figures(SECTION, "verbs not reached", len(VERBS) - tried)
    assert faults == {}
    assert differences(before, dump(home.copy)) == {}
