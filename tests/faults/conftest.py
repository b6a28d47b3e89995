"""The campaign of faults: what a section may take, and the figures that it leaves in docs/reliability.md.

Belongs here: the budget and the fixtures. A test of the campaign has the mark `faults`; the short form of the same test
has the mark `slow`, and leaves no figures.
"""

import fcntl
import os
import time
from collections import defaultdict
from collections.abc import Callable, Iterator
from dataclasses import dataclass

import pytest

from tests import campaign_figures as kept
from tests.end_to_end.conftest import Built
from tests.faults.homes import make_company, verb

# `make test-faults` runs two tests at a time.
WORKERS = 2
FULL_MINUTES = 40
WHOLE_SECONDS = 60 * int(os.environ.get("FAULT_MINUTES", FULL_MINUTES))
# Of all workers together. A section that has used them up ends, and its figures state what it did not reach. Each
# worker begins with killed runs.
SECONDS = {
    "Kills": 2250,
    "Full disk": 450,
    "Homes": 300,
    "Clocks, zones and paths": 450,
    "Two at once": 150,
    "Corruption": 600,
    "Moved homes": 250,
    "Exports": 350,
}
# A run that completes, its comparison and the doctor.
LAST_SECONDS = 90
STARTED = time.monotonic()

assert sum(SECONDS.values()) <= WORKERS * FULL_MINUTES * 60


def share_of(section: str) -> float:
    """The seconds of a section in a campaign of these minutes."""
    return SECONDS[section] * WHOLE_SECONDS / (60 * FULL_MINUTES)


@dataclass(frozen=True)
class Allowance:
    """The time that one test of a section has."""

    until: float

    @property
    def is_over(self) -> bool:
        return time.monotonic() > self.until


@pytest.fixture
def allowance(request: pytest.FixtureRequest) -> Callable[..., Allowance]:
    """The time of a section from now on; `parts` is the number of tests that share it."""

    def of_section(section: str, parts: int = 1) -> Allowance:
        end = STARTED + WHOLE_SECONDS - LAST_SECONDS
        if not request.node.get_closest_marker("faults"):  # The short form is the same wherever it runs.
            return Allowance(time.monotonic() + SECONDS[section] / parts)
        return Allowance(min(time.monotonic() + share_of(section) / parts, end))

    return of_section


@pytest.fixture
def figures(request: pytest.FixtureRequest) -> Iterator[Callable[[str, str, object], None]]:
    """`figures(section, name, value)` notes a figure; numbers of the same name are added up over the tests."""
    noted: dict[str, dict[str, object]] = defaultdict(dict)

    def note(section: str, name: str, value: object) -> None:
        assert section in SECONDS, f"{section}: name its seconds in tests/faults/conftest.py"
        noted[section][name] = value

    yield note
    if request.node.get_closest_marker("faults"):
        for section, found in noted.items():
            kept.note(request.node.nodeid, section, found)


@pytest.hookimpl(trylast=True)
def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Each worker begins with a half of the items: let both begin with killed runs, which need the most time."""
    first = [item for item in items if item.get_closest_marker("faults") and item.name.startswith("test_killed_runs")]
    if len(first) == WORKERS:
        others = [item for item in items if item not in first]
        half = len(others) // WORKERS
        items[:] = [first[0], *others[:half], first[1], *others[half:]]


def pytest_runtest_setup(item: pytest.Item) -> None:
    if item.get_closest_marker("faults") and time.monotonic() - STARTED > WHOLE_SECONDS:
        kept.note(item.nodeid, kept.NOT_REACHED, {item.name: f"the {WHOLE_SECONDS // 60} minutes were over"})
        pytest.skip(f"the {WHOLE_SECONDS // 60} minutes of the campaign are over")


@pytest.fixture(scope="session")
def built(tmp_path_factory: pytest.TempPathFactory) -> Built:
    """The company of `homes.py`, built by the first worker that asks for it. Only read it, or copy it."""
    folder = tmp_path_factory.getbasetemp()
    folder = folder.parent if "PYTEST_XDIST_WORKER" in os.environ else folder
    company, home, printed = folder / "faults_company", folder / "faults_home", folder / "faults.txt"
    with (folder / "faults.lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        if not printed.exists():
            result = verb("run", make_company(company), home)
            assert result.returncode == 0, result.stdout + result.stderr
            printed.write_text(result.stdout)
    return Built(company, home, printed.read_text())
