"""Every kept file damaged at six places: the doctor names it in seconds, and its way back leads to the same copy."""

import shutil
import time
from collections.abc import Callable
from pathlib import Path

import pytest

from tests.end_to_end.conftest import Built, differences, dump
from tests.faults.conftest import Allowance
from tests.faults.homes import copy_home, faults_of, verb

SECTION = "Corruption"
# A damaged home may take that many times as long as the same home before.
TIMES = 5
FILES = (
    *("warehouse.duckdb", "store/store.duckdb", "store/outbox.sqlite", "company.txt", "last_run.json"),
    *("published/current/smarketing.duckdb", "published/site/index.html", "published/site/leads/*.html", "tasks/*.csv"),
    *("dagster/index.db", "dagster/runs.db", "project/target/manifest.json", "project/target/partial_parse.msgpack"),
    "project/dbt_project.yml",
)
IN_SHORT = ("store/outbox.sqlite",)


def turned(start: float) -> Callable[[Path], None]:
    """64 bytes turned over, at that share of the file."""

    def damage(path: Path) -> None:
        data = bytearray(path.read_bytes())
        at = int(max(len(data) - 64, 0) * start)
        data[at : at + 64] = bytes(255 - byte for byte in data[at : at + 64])
        path.write_bytes(data)

    return damage


PLACES: dict[str, Callable[[Path], None]] = {
    "its beginning": turned(0),
    "its middle": turned(0.5),
    "its end": turned(1),
    "cut in half": lambda path: path.write_bytes(path.read_bytes()[: path.stat().st_size // 2]) and None,
    "emptied": lambda path: path.write_bytes(b"") and None,
    "removed": lambda path: path.unlink(),
}


@pytest.mark.parametrize(
    "name",
    [pytest.param(name, marks=pytest.mark.faults) for name in FILES]
    + [pytest.param(name, marks=pytest.mark.slow, id=f"short: {name}") for name in IN_SHORT],
)
def test_a_damaged_file_is_named_and_comes_back(
    built: Built,
    tmp_path: Path,
    name: str,
    figures: Callable[[str, str, object], None],
    allowance: Callable[..., Allowance],
) -> None:
    home = copy_home(built, tmp_path / "home")
    if name.startswith(("tasks", "store")):
        assert verb("notify", home.company, home.home, "--send").returncode == 0
    path = next(iter(sorted(home.home.glob(name))))
    kept, before = path.read_bytes(), dump(home.copy)
    began = time.monotonic()
    verb("doctor", home.company, home.home)
    undamaged = time.monotonic() - began
    named, unnoticed, slowest = [], [], 0.0
    for place, damage in PLACES.items():
        damage(path)
        began = time.monotonic()
        found = verb("doctor", home.company, home.home)
        slowest = max(slowest, time.monotonic() - began)
        printed = found.stdout + found.stderr
        assert faults_of(found) == [], printed
        (named if found.returncode else unnoticed).append(place)
        assert not found.returncode or path.name in printed or path.parent.name in printed, printed
        path.write_bytes(kept)
    figures(SECTION, "damages tried", len(PLACES))
    figures(SECTION, "damages that the doctor names", len(named))
    figures(SECTION, f"seconds of the slowest doctor: {name}", slowest)
    figures(SECTION, "damages that a run repairs by itself", len(unnoticed))
    ways, until = [*named[-1:], *unnoticed], allowance(SECTION, parts=len(FILES))
    for number, place in enumerate(ways):
        if until.is_over:
            figures(SECTION, "ways back not reached in the time", len(ways) - number)
            break
        PLACES[place](path)
        words = ["doctor", "--repair"] if place in named else ["run"]
        back = verb(words[0], home.company, home.home, *words[1:])
        assert (back.returncode, faults_of(back)) == (0, []), f"{place}: {back.stdout}{back.stderr}"
        if place in named:
            again = verb("run", home.company, home.home)
            assert (again.returncode, faults_of(again)) == (0, []), f"{place}: {again.stdout}{again.stderr}"
        assert differences(before, dump(home.copy)) == {}
        # Once written, a list of tasks belongs to its receiver, who may import it and take it away.
        path = next(iter(sorted(home.home.glob(name))), path if name.startswith("tasks") else None)
        assert path, f"{place}: no {name} after {words}"
        figures(SECTION, "ways back taken, to an equal copy", number + 1)
    assert slowest < TIMES * undamaged, (slowest, undamaged)
    shutil.rmtree(home.home)
