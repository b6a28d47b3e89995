"""A disk that fills up in each phase of a run: one sentence, the last copy stays, and the next run completes."""

import os
import shutil
import signal
import subprocess
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from tests.end_to_end.conftest import COMMAND, PROJECT, Built, differences, dump
from tests.faults.homes import copy_home, environment, faults_of, verb

SECTION = "Full disk"
MEGABYTE = 1_000_000
# After which line the disk is filled, and how much room stays: what a phase writes itself fills it.
MOMENTS = {
    "reading": ("home: ", 0.1),
    "loading": ("loading Dagster", 0.1),
    "loading, with some room": ("loading Dagster", 1.0),
    "ingestion": ("agreement/versions", 0.5),
    "arrival": ("checking the files", 0.2),
    "dbt": ("dbt: building", 2.0),
    "dbt, with some room": ("dbt: building", 9.0),
    "guards": ("dbt: all models built", 0.1),
    "the copy": ("copying marts", 4.0),
    "pages": ("published/copy:", 0.1),
    "reviews": ("published/site", 0.05),
}
IN_SHORT = ("ingestion", "dbt")


@contextmanager
def small_disk(folder: Path, megabytes: int) -> Iterator[Path]:
    """A file system of that size in memory; the test is skipped where this user may not mount one."""
    folder.mkdir()
    command = ["mount", "-t", "tmpfs", "-o", f"size={megabytes}m", "tmpfs", str(folder)]
    done = subprocess.run(command, capture_output=True, text=True, check=False) if shutil.which("mount") else None
    if done is None or done.returncode:
        pytest.skip("this user may not mount a small disk")
    try:
        yield folder
    finally:
        subprocess.run(["umount", "--lazy", str(folder)], check=True)


def fill(disk: Path, left: float) -> None:
    """Leave some megabytes of the disk."""
    with (disk / "ballast").open("wb") as file:
        while (free := shutil.disk_usage(disk).free - int(left * MEGABYTE)) > 4096:
            file.write(b"x" * min(free - 4096, MEGABYTE))
            file.flush()


def run_until_full(home: Built, disk: Path, line: str, left: float) -> subprocess.CompletedProcess[str]:
    """Run, and fill the disk after that line; the run waits meanwhile, or it could be faster than what fills it."""
    command = [*COMMAND, "run", "--company", str(home.company), "--home", str(home.home)]
    process = subprocess.Popen(
        command, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True, cwd=PROJECT, env=environment()
    )
    assert process.stdout
    printed = []
    for each in process.stdout:
        printed.append(each)
        if line in each and not (disk / "ballast").exists():
            process.send_signal(signal.SIGSTOP)
            fill(disk, left)
            process.send_signal(signal.SIGCONT)
    return subprocess.CompletedProcess(command, process.wait(120), "".join(printed), "")


def cases() -> list:
    short = [pytest.param(name, marks=pytest.mark.slow, id=f"short: {name}") for name in IN_SHORT]
    return short + [pytest.param(name, marks=pytest.mark.faults) for name in MOMENTS]


@pytest.mark.parametrize("moment", cases())
def test_a_full_disk_is_one_sentence_and_the_next_run_completes(
    built: Built, tmp_path: Path, moment: str, figures: Callable[[str, str, object], None]
) -> None:
    line, left = MOMENTS[moment]
    figures(SECTION, "moments not tried, no right to mount a disk", os.getuid() != 0)
    expected = dump(built.copy)
    with small_disk(tmp_path / "disk", 600) as disk:
        home = copy_home(built, disk / "home")
        shutil.copytree(built.company, disk / "company")
        home = Built(disk / "company", home.home, "")
        (home.home / "company.txt").write_text(f"{home.company}\n")
        contacts = home.company / "exports" / "hubspot" / "contacts.csv"
        contacts.write_text(contacts.read_text() + "\n")
        result = run_until_full(home, disk, line.replace("home", "company"), left)
        figures(SECTION, "moments tried", 1)
        figures(SECTION, "lines of a library's own", len(faults_of(result)))
        assert faults_of(result) == [], result.stdout
        assert result.returncode == 1, result.stdout
        last = result.stdout.splitlines()[-1]
        assert "the disk is full" in last, result.stdout
        assert " MB and run the same again" in last
        assert differences(expected, dump(home.copy)) == {}
        (disk / "ballast").unlink()
        again = verb("run", home.company, home.home)
        assert again.returncode == 0, again.stdout + again.stderr
        assert differences(expected, dump(home.copy)) == {}
        figures(SECTION, "runs that completed after room was made", 1)


@pytest.mark.slow
def test_a_run_looks_for_room_before_it_begins(built: Built, tmp_path: Path) -> None:
    with small_disk(tmp_path / "disk", 50) as disk:
        result = verb("run", built.company, disk / "home")
        assert (result.returncode, faults_of(result)) == (1, [])
        assert "a run needs 100 MB of room on the disk" in result.stderr
        assert " MB are free; make room and run the same again" in result.stderr
