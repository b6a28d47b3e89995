"""One verb at a time in a home: the second one ends at once and names the first."""

import os
import re
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import pytest
from typer.testing import CliRunner

from orchestration import cli
from orchestration.cli import app
from orchestration.lib.warehouse.holding import HomeInUseError, hold, require_free
from tests.end_to_end.conftest import smarketing
from tests.end_to_end.small_company import write_company

HOLD = """
import sys
from pathlib import Path
from orchestration.lib.warehouse.holding import hold
hold(Path(sys.argv[1]), "run")
print("held", flush=True)
sys.stdin.read()
"""


@pytest.fixture
def holder(tmp_path: Path) -> Iterator[subprocess.Popen]:
    """Another process that has the home until its input is closed."""
    command = [sys.executable, "-c", HOLD, str(tmp_path / "home")]
    with subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE) as process:
        assert process.stdout is not None
        assert process.stdout.readline() == b"held\n"
        yield process


def test_the_second_names_the_first_at_once(tmp_path: Path, holder: subprocess.Popen) -> None:
    started = time.monotonic()
    with pytest.raises(
        HomeInUseError, match=rf"`smarketing run` \(PID {holder.pid}, since \d\d:\d\d:\d\d\) works in it"
    ):
        hold(tmp_path / "home", "review")
    assert time.monotonic() - started < 1


def test_the_second_is_refused_before_it_reads_anything(
    tmp_path: Path, holder: subprocess.Popen, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("orchestration.cli._load", lambda verb: pytest.fail(f"{verb} was loaded"))
    for words in (["run", "--home", str(tmp_path / "home")], ["close", "2026-03", f"--home={tmp_path / 'home'}"]):
        result = CliRunner().invoke(app, words)
        assert (result.exit_code, "works in it; wait until it has ended" in result.stderr) == (1, True)
    require_free(tmp_path / "another")


def test_every_verb_that_holds_the_home_asks_first() -> None:
    commands = Path(cli.__file__).parent / "commands"
    holding = {path.stem for path in commands.glob("*.py") if re.search(r'holder="|hold\(place', path.read_text())}
    assert holding - {"preparing"} == set(cli.HOLDING)


def test_a_killed_one_holds_nothing(tmp_path: Path, holder: subprocess.Popen) -> None:
    holder.kill()
    holder.wait()
    hold(tmp_path / "home", "review")
    assert f"(PID {os.getpid()}," in (tmp_path / "home" / "in_use.lock").read_text()


def test_one_that_waits_goes_on_when_the_first_has_ended(tmp_path: Path, holder: subprocess.Popen) -> None:
    assert holder.stdin is not None
    holder.stdin.close()
    hold(tmp_path / "home", "run", is_waiting=True)


def test_a_run_that_dagster_starts_waits(tmp_path: Path, holder: subprocess.Popen) -> None:
    """As `smarketing dev`, a schedule and the sensor start it: in a process of its own."""
    code = "from orchestration.defs.resources import hold_home; print('up', flush=True); hold_home(); print('held')"
    environment = os.environ | {"SMARKETING_HOME": str(tmp_path / "home")}
    with subprocess.Popen([sys.executable, "-c", code], stdout=subprocess.PIPE, env=environment) as process:
        assert process.stdout is not None
        assert process.stdout.readline() == b"up\n"
        with pytest.raises(subprocess.TimeoutExpired):
            process.wait(1)
        assert holder.stdin is not None
        holder.stdin.close()
        assert process.stdout.read() == b"held\n"


def test_a_second_run_is_a_sentence(tmp_path: Path, holder: subprocess.Popen) -> None:
    company = write_company(
        tmp_path / "company", {"hubspot/contacts.csv": "Record ID,Create Date\n1,2026-01-02 10:00\n"}
    )
    result = smarketing("run", "--company", company, "--home", tmp_path / "home")
    assert result.returncode == 1
    assert f"`smarketing run` (PID {holder.pid}, since" in result.stdout + result.stderr
    assert "Traceback" not in result.stdout + result.stderr
    assert not (tmp_path / "home" / "warehouse.duckdb").exists()
