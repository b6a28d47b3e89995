"""The company as it grows lead by lead, and what its builds contain when nothing disturbs them.

Belongs here: the states of the exports, and their undisturbed builds, made once for all workers.
"""

import fcntl
import json
import pickle
import shutil
import subprocess
import time
from pathlib import Path

from tests.end_to_end.conftest import COMMAND, PROJECT, Built, dump
from tests.end_to_end.small_company import OWNER
from tests.faults.homes import LEADS, environment
from tests.faults.reader import content

Lines = list[tuple[float, str]]


def write_state(company: Path, state: int, blank_lines: int = 0) -> None:
    """The contacts with some leads more, of later days; a blank line changes the file, and no row of it."""
    path = company / "exports" / "hubspot" / "contacts.csv"
    kept = path.read_text(encoding="utf-8").splitlines()[: LEADS + 1]
    new = [
        f"{LEADS + n},Eva{n},Verdi,eva{n}@new{n}.example,2026-06-{n:02} 09:00,Lead,{OWNER},Main,Organic Search,"
        f"2026-06-{n:02} 09:00,,,,"
        for n in range(1, state + 1)
    ]
    path.write_text("\n".join([*kept, *new]) + "\n" + "\n" * blank_lines, encoding="utf-8")


def start(company: Path, home: Path, name: str = "run", *arguments: str, **more: str) -> subprocess.Popen[str]:
    """A verb, with a pipe for its lines."""
    command = [*COMMAND, name, *arguments, "--company", str(company), "--home", str(home)]
    return subprocess.Popen(
        command, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True, cwd=PROJECT, env=environment(**more)
    )


def timed_run(company: Path, home: Path) -> Lines:
    """Run to the end; each line with its second."""
    began = time.monotonic()
    process = start(company, home)
    assert process.stdout
    lines = [(time.monotonic() - began, line) for line in process.stdout]
    assert process.wait() == 0, "".join(line for _, line in lines)
    return lines


class Undisturbed:
    """The builds of the states 0, 1, 2, ..., made when a test asks for them."""

    def __init__(self, built: Built, folder: Path) -> None:
        self._built, self._folder = built, folder

    def build(self, last: int) -> None:
        """Make the builds up to that state."""
        company, home = self._folder / "company", self._folder / "home"
        self._folder.mkdir(exist_ok=True)
        with (self._folder / "lock").open("w") as lock:
            fcntl.flock(lock, fcntl.LOCK_EX)
            if not home.exists():
                shutil.copytree(self._built.company, company)
                shutil.copytree(self._built.home, home, symlinks=True)
                (home / "company.txt").write_text(f"{company}\n")
                self._keep(home, 0, [])
            for state in range(1, last + 1):
                if not (self._folder / f"{state}.pickle").exists():
                    write_state(company, state)
                    self._keep(home, state, timed_run(company, home))

    def _keep(self, home: Path, state: int, lines: Lines) -> None:
        copy = home / "published" / "current" / "smarketing.duckdb"
        (self._folder / f"{state}.pickle").write_bytes(pickle.dumps((dump(copy), content(copy), lines)))

    def dump(self, state: int) -> dict[str, list[tuple]]:
        return pickle.loads((self._folder / f"{state}.pickle").read_bytes())[0]

    def lines(self) -> Lines:
        """The lines of an undisturbed run and their seconds."""
        return pickle.loads((self._folder / "1.pickle").read_bytes())[2]

    def valid(self, states: int) -> str:
        """What a whole copy of one of the states contains."""
        return json.dumps([pickle.loads((self._folder / f"{n}.pickle").read_bytes())[1] for n in range(states + 1)])
