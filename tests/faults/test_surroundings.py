"""Clocks, zones, languages and paths of a machine: the same exports give the same copy wherever they are built."""

import os
import shutil
import subprocess
from collections.abc import Callable
from pathlib import Path

import pytest

from tests.end_to_end.conftest import Built, differences, dump
from tests.faults.homes import copy_home, faults_of, verb
from tests.faults.undisturbed import Undisturbed, write_state

SECTION = "Clocks, zones and paths"
DAY = 86_400
ASCII = {"PYTHONCOERCECLOCALE": "0", "PYTHONUTF8": "0", "PYTHONIOENCODING": "ascii"}
MACHINES = {
    "Kathmandu, C": {"TZ": "Asia/Kathmandu", "LC_ALL": "C"},
    "Kiritimati, it_IT": {"TZ": "Pacific/Kiritimati", "LC_ALL": "it_IT", "LANG": "it_IT"},
    "St Johns, POSIX, a terminal of ASCII": {"TZ": "America/St_Johns", "LC_ALL": "POSIX", "LANG": "POSIX"} | ASCII,
    "an unknown zone": {"TZ": "Nowhere/At_All", "LANG": "xx_YY"},
}
CLOCKS = {
    "20 years ahead": {"CLOCK_OFFSET": str(20 * 365 * DAY)},
    "a day back on the way": {"CLOCK_AFTER": "6", "CLOCK_JUMP": str(-DAY)},
    "a day ahead on the way": {"CLOCK_AFTER": "6", "CLOCK_JUMP": str(DAY)},
}
BEHIND = {"CLOCK_OFFSET": str(-15 * 365 * DAY)}
PATHS = (
    "with  blanks and 'quotes\" $HOME `id`",
    "-dash",
    "100%; drop {{ x }} #1 [a]*",
    "Zoë 名前 e\u0301",
    "\u202eright",
)


def expected(built: Built, factory: pytest.TempPathFactory) -> dict[str, list[tuple]]:
    """The first state, built where nothing is odd."""
    shared = factory.getbasetemp()
    undisturbed = Undisturbed(built, (shared.parent if "PYTEST_XDIST_WORKER" in os.environ else shared) / "undisturbed")
    undisturbed.build(1)
    return undisturbed.dump(1)


def grown(built: Built, folder: Path) -> Built:
    """A copy of company and home, with exports that have grown by a lead."""
    home = copy_home(built, folder / "home")
    company = shutil.copytree(built.company, folder / "company")
    (home.home / "company.txt").write_text(f"{company}\n", encoding="utf-8")
    write_state(company, 1)
    return Built(company, home.home, "")


def check(home: Built, wanted: dict[str, list[tuple]], **machine: str) -> None:
    result = verb("run", home.company, home.home, **machine)
    assert (result.returncode, faults_of(result)) == (0, []), result.stdout + result.stderr
    assert differences(wanted, dump(home.copy)) == {}
    status = verb("status", home.company, home.home, **machine)
    assert faults_of(status) == [], status.stderr
    shutil.rmtree(home.home)


@pytest.mark.parametrize(
    "machine",
    [pytest.param(name, marks=pytest.mark.faults) for name in MACHINES]
    + [pytest.param("St Johns, POSIX, a terminal of ASCII", marks=pytest.mark.slow, id="short")],
)
def test_zones_and_languages(
    built: Built,
    tmp_path: Path,
    tmp_path_factory: pytest.TempPathFactory,
    machine: str,
    figures: Callable[[str, str, object], None],
) -> None:
    check(grown(built, tmp_path), expected(built, tmp_path_factory), **MACHINES[machine])
    figures(SECTION, "zones and languages with an equal copy", 1)


@pytest.fixture
def shim(tmp_path: Path, figures: Callable[[str, str, object], None]) -> dict[str, str]:
    """The variable with which a program gets another clock (`clock.c`)."""
    compiler = shutil.which("cc")
    figures(SECTION, "clocks not tried, no compiler", int(compiler is None))
    if compiler is None:
        pytest.skip("there is no C compiler")
    built, source = tmp_path / "clock.so", Path(__file__).with_name("clock.c")
    subprocess.run([compiler, "-shared", "-fPIC", "-o", built, source, "-ldl"], check=True)
    return {"LD_PRELOAD": str(built)}


@pytest.mark.faults
@pytest.mark.parametrize("clock", CLOCKS)
def test_wrong_and_jumping_clocks(
    built: Built,
    tmp_path: Path,
    tmp_path_factory: pytest.TempPathFactory,
    clock: str,
    shim: dict[str, str],
    figures: Callable[[str, str, object], None],
) -> None:
    check(grown(built, tmp_path), expected(built, tmp_path_factory), **shim, **CLOCKS[clock])
    figures(SECTION, "clocks with an equal copy", 1)


@pytest.mark.faults
def test_a_clock_behind_the_records_publishes_nothing(
    built: Built,
    tmp_path: Path,
    tmp_path_factory: pytest.TempPathFactory,
    shim: dict[str, str],
    figures: Callable[[str, str, object], None],
) -> None:
    home = grown(built, tmp_path)
    for place, kept in ((home.home, "readers keep the last good copy"), (tmp_path / "new", "no copy exists yet")):
        result = verb("run", home.company, place, **shim, **BEHIND)
        assert (result.returncode, faults_of(result)) == (1, []), result.stdout + result.stderr
        last = result.stderr.splitlines()[-1]
        assert kept in last
        assert "the time of this machine's clock; set the clock if it is wrong" in last
    assert differences(dump(built.copy), dump(home.copy)) == {}
    check(home, expected(built, tmp_path_factory))
    figures(SECTION, "clocks behind the records, refused", 1)


@pytest.mark.faults
@pytest.mark.parametrize("name", PATHS)
def test_paths(
    built: Built,
    tmp_path: Path,
    name: str,
    figures: Callable[[str, str, object], None],
) -> None:
    company = shutil.copytree(built.company, tmp_path / name / "company")
    check(Built(company, tmp_path / name / "home", ""), dump(built.copy))
    figures(SECTION, "paths with an equal copy", 1)
