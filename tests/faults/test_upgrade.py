"""A home of the last release: the first run of the present one completes it, and keeps what no export can give again.

The last release is the commit before the changelog's first heading became `(unreleased)`; it runs in the environment of
the present one. A clone without that history leaves the figure `not tried`.
"""

import re
import shutil
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from tests.end_to_end.conftest import PROJECT, Built, differences, dump
from tests.faults.homes import environment, faults_of, make_company, verb

SECTION = "Moved homes"
START = "from orchestration.cli import app; app()"


def git(*arguments: str) -> str:
    done = subprocess.run(["git", *arguments], cwd=PROJECT, capture_output=True, text=True, check=False)
    return done.stdout.strip()


def last_release() -> str:
    """The commit of the last release, or nothing."""
    heading = re.search(r"^## .*$", (PROJECT / "CHANGELOG.md").read_text(encoding="utf-8"), re.MULTILINE)
    assert heading
    if "(unreleased)" not in heading[0]:
        return git("rev-parse", "HEAD")
    first = git("log", "--format=%H", f"-S{heading[0]}", "--", "CHANGELOG.md").split()
    return git("rev-parse", "--quiet", "--verify", f"{first[-1]}^") if first else ""


@pytest.fixture
def release(tmp_path: Path, figures: Callable[[str, str, object], None]) -> Iterator[Path]:
    """The code of the last release."""
    commit, folder = last_release(), tmp_path / "release"
    figures(SECTION, "upgrades not tried, no history in this clone", int(not commit))
    if not commit:
        pytest.skip("this clone does not have the history of the last release")
    git("worktree", "add", "--detach", str(folder), commit)
    yield folder
    git("worktree", "remove", "--force", str(folder))


def upgraded(company: Path, home: Path) -> Built:
    """The home after its first run of the present release."""
    for name in ("run", "doctor"):
        done = verb(name, company, home)
        assert (done.returncode, faults_of(done)) == (0, []), done.stdout + done.stderr
    return Built(company, home, "")


@pytest.mark.faults
def test_homes_of_the_last_release_go_on(
    built: Built, release: Path, tmp_path: Path, figures: Callable[[str, str, object], None]
) -> None:
    company, home, closed = make_company(tmp_path / "company"), tmp_path / "home", tmp_path / "closed"

    def of_the_release(home: Path, *arguments: str) -> None:
        command = [sys.executable, "-c", START, *arguments, "--company", str(company), "--home", str(home)]
        variables = environment(PYTHONPATH=str(release))
        done = subprocess.run(command, cwd=release, env=variables, capture_output=True, text=True, check=False)
        assert done.returncode == 0, done.stdout + done.stderr

    of_the_release(home, "run")
    shutil.copytree(home, closed, symlinks=True)
    of_the_release(closed, "close", "2026-03")
    of_the_release(closed, "notify", "--send")
    kept = "select count(*) from marts.fct_commitments where month_date = '2026-03-01'"
    before = Built(company, closed, "").query(kept)
    tasks = {path.name: path.read_bytes() for path in (closed / "tasks").iterdir()}
    assert tasks

    assert differences(dump(built.copy), dump(upgraded(company, home).copy)) == {}
    after = upgraded(company, closed).query(kept.replace("fct_commitments", "fct_closed_commitments"))
    assert after == before != [(0,)]
    sent = verb("notify", company, closed, "--send")
    assert (sent.returncode, faults_of(sent)) == (0, []), sent.stderr
    assert "0 new" in sent.stdout + sent.stderr
    assert {path.name: path.read_bytes() for path in (closed / "tasks").iterdir()} == tasks
    figures(SECTION, "homes of the last release upgraded", 2)
    shutil.rmtree(home)
    shutil.rmtree(closed)
