"""Tasks as CSV files that HubSpot and Salesforce import: one row per task, each task in one file.

Belongs here: their columns, and writing files whole. A file is numbered, and the outbox defines its content: a
repeat after a crash writes the same file again, and importing every file once imports every task once.
"""

import csv
import io
import json
import os
from collections.abc import Sequence
from pathlib import Path

from orchestration.lib.notifications.messages import Message
from orchestration.lib.notifications.outbox import Outbox

COLUMNS = {
    "hubspot": (
        "Task Title",
        "Task Type",
        "Task Status",
        "Due Date",
        "Priority",
        "Assigned to",
        "Notes",
        "Record ID",
    ),
    "salesforce": (
        "Subject",
        "TaskSubtype",
        "Status",
        "ActivityDate",
        "Priority",
        "OwnerId",
        "Description",
        "WhoId",
    ),
}


def task_row(system: str, subject: str, due_date: str, owner: str, notes: str, record_id: str) -> str:
    """One call to be made, in the words of the system's importer, as the outbox keeps it."""
    kind, status, priority = ("CALL", "NOT_STARTED", "HIGH") if system == "hubspot" else ("Call", "Not Started", "High")
    cells = (subject, kind, status, due_date, priority, owner, notes, record_id)
    return json.dumps(dict(zip(COLUMNS[system], cells, strict=True)))


def write_task_files(outbox: Outbox, folder: Path, now: float) -> list[Path]:
    """Write every file that is due and note its tasks as sent; the caller is the only sender."""
    written = []
    for system, columns in COLUMNS.items():
        for number, messages in outbox.batches(system).items():
            path = folder / f"{system}_tasks_{number:06d}.csv"
            _write_whole(path, _csv(columns, messages))
            for message in messages:
                outbox.sent(message.key, now)
            written.append(path)
    return written


def _csv(columns: Sequence[str], messages: Sequence[Message]) -> str:
    text = io.StringIO(newline="")
    writer = csv.DictWriter(text, columns)
    writer.writeheader()
    writer.writerows(json.loads(message.body) for message in messages)
    return text.getvalue()


def _write_whole(path: Path, text: str) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    draft = path.with_suffix(".new")
    draft.touch(mode=0o600)
    with draft.open("w", encoding="utf-8", newline="") as file:
        file.write(text)
        file.flush()
        os.fsync(file.fileno())
    os.replace(draft, path)
