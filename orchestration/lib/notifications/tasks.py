"""Tasks as CSV files that HubSpot and Salesforce import: one row per task, each task in one file.

Belongs here: their columns, and writing files whole. A file is numbered, and the outbox defines its content: a
repeat after a crash writes the same file again, and importing every file once imports every task once.
"""

import json
from collections.abc import Sequence
from pathlib import Path

from orchestration.lib.csv_files import csv_text
from orchestration.lib.notifications.messages import Message
from orchestration.lib.notifications.outbox import Outbox
from orchestration.lib.whole_files import write_whole

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


PART = "_tasks_"


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
            path = folder / task_file_name(system, number)
            write_whole(path, _text(columns, messages))
            for message in messages:
                outbox.sent(message.key, now)
            written.append(path)
    return written


def task_file_text(outbox: Outbox, name: str) -> str:
    """What the file of this name contains by the outbox; empty if it has none of this name."""
    system, _, number = name.removesuffix(".csv").partition(PART)
    messages = outbox.of_batch(system, int(number)) if system in COLUMNS and number.isdecimal() else []
    return _text(COLUMNS[system], messages) if messages else ""


def rewrite_task_file(outbox: Outbox, path: Path) -> None:
    """Write a file again with the tasks that the outbox still has of it; one without any is removed."""
    text = task_file_text(outbox, path.name)
    if not text:
        path.unlink(missing_ok=True)
    elif path.is_file():
        write_whole(path, text)


def task_file_name(system: str, number: int) -> str:
    """The name of the file of this number."""
    return f"{system}{PART}{number:06d}.csv"


def _text(columns: Sequence[str], messages: Sequence[Message]) -> str:
    return csv_text(columns, [json.loads(message.body) for message in messages])
