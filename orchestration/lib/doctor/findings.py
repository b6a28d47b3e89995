"""What was found in a home, and what repairs it.

Belongs here: the finding, and moving what is damaged out of the way. What is looked at is in checks.py and
store_checks.py.
"""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

DAMAGED, LOOK, WHOLE = "x", "!", "+"
# What is moved out of the way; only its owner can read it.
FOLDER = "damaged"


@dataclass(frozen=True)
class Finding:
    """A part of the home: `sign` is x (damaged), ! (a look is due) or + (whole).

    `way_back` is what `repair` does; `needs_run` if the part is whole only after the next run.
    """

    sign: str
    text: str
    way_back: str = ""
    repair: Callable[[], None] | None = None
    needs_run: bool = False


def move_away(home: Path, path: Path) -> None:
    """Move the file or folder, with the logs of a database beside it, to damaged/<time>/ of the home."""
    target = home / FOLDER / f"{datetime.now(UTC):%Y%m%dT%H%M%SZ}" / path.relative_to(home)
    target.parent.mkdir(parents=True, exist_ok=True)
    (home / FOLDER).chmod(0o700)
    for name in (path.name, f"{path.name}.wal", f"{path.name}-wal", f"{path.name}-shm"):
        if (part := path.with_name(name)).exists() or part.is_symlink():
            part.replace(target.with_name(name))
