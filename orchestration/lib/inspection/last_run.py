"""The result of the last build, in one small file of the home.

Belongs here: writing and reading last_run.json. Dagster's own history has every event; this answers at once.
"""

import json
import os
from dataclasses import asdict, dataclass, replace
from datetime import UTC, datetime
from pathlib import Path

FILE = "last_run.json"
RUNNING, PUBLISHED, FAILED, STOPPED = "running", "published", "failed", "stopped"


@dataclass
class LastRun:
    """When a build started and ended (UTC), how, and the lines that named a failure."""

    result: str
    started_at: str
    ended_at: str = ""
    process: int = 0
    failures: tuple[str, ...] = ()

    @property
    def is_killed(self) -> bool:
        """It never ended, and its process is gone."""
        return self.result == RUNNING and not _is_alive(self.process)

    def write(self, home: Path) -> None:
        """Replace the file."""
        draft = home / f".{FILE}"
        draft.write_text(json.dumps(asdict(self), indent=2), encoding="utf-8")
        draft.replace(home / FILE)


def now() -> str:
    """This instant in UTC."""
    return datetime.now(UTC).isoformat(timespec="seconds")


def read_last_run(home: Path) -> LastRun | None:
    """The last build; None if there was none, or the file cannot be read."""
    try:
        return LastRun(**json.loads((home / FILE).read_text(encoding="utf-8")))
    except (OSError, ValueError, TypeError):
        return None


def stop_last_run(home: Path) -> None:
    """Note that the build that runs was stopped; nothing if none runs."""
    run = read_last_run(home)
    if run and run.result == RUNNING:
        replace(run, result=STOPPED, ended_at=now()).write(home)


def _is_alive(process: int) -> bool:
    try:
        os.kill(process, 0)
    except PermissionError:
        return True
    except OSError:
        return False
    return True
