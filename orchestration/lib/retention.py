"""What is removed when it is older than the company keeps it (`keep_days` in company.yml).

Belongs here: logs, what a killed comparison left, the texts of sent messages. Dagster's history is removed by its own
calls (`defs/retention/`), and what is replaced by each build where it is made: published copies
(`warehouse/publishing.py`), copies of the store (`store/files.py`).

Never removed, whatever its age: loaded and rejected rows with their ledger, closed months, which messages were sent to
whom, task files, pages of reviews. A figure could change without the first two; without the third a message would be
sent twice; nothing tells whether a task file was imported.
"""

import shutil
from collections.abc import Iterable
from pathlib import Path

from orchestration.lib.notifications.outbox import Outbox
from orchestration.lib.store.files import keep_copy


def remove_old(home: Path, logs: Iterable[Path], outbox: Path, before: float) -> list[str]:
    """Remove what was last changed before an instant, in seconds since 1970; return what it was, a text for each kind.

    `logs` are folders of logs. The caller holds the home.
    """
    old = [path for folder in logs for path in folder.glob("*.log*") if path.is_file() and _is_old(path, before)]
    for path in old:
        path.unlink(missing_ok=True)
    removed = [counted(len(old), "log")] if old else []
    replay = home / "replay"
    if replay.is_dir() and _is_old(replay, before):
        shutil.rmtree(replay, ignore_errors=True)
        removed.append("the rest of a killed comparison")
    if outbox.is_file():
        with Outbox(outbox) as messages:
            emptied = messages.empty_sent(before)
        if emptied:
            keep_copy(outbox.parent)  # The doctor compares the messages with the last copy.
            removed.append(f"the text of {counted(emptied, 'sent message')}")
    return removed


def _is_old(path: Path, before: float) -> bool:
    return path.stat().st_mtime < before


def counted(number: int, what: str) -> str:
    """Return the number with its noun."""
    return f"{number:,} {what}{'' if number == 1 else 's'}"
