"""What a meeting or a review decides on in words: a question with its figures, who answers, who may do something.

Belongs here: the item, and how a file has it. The file and its seals are kept_files.py, the items of a
meeting meetings.py.
"""

from __future__ import annotations

from dataclasses import asdict, dataclass
from datetime import date
from typing import Any


@dataclass(frozen=True)
class Item:
    """One item: its name, what it is about, its figures then, the team that answers, and what is proposed, if any."""

    line: str
    text: str
    figures: str
    team: str | None = None
    owner: str | None = None
    due: date | None = None


def written(item: Item) -> dict[str, Any]:
    """The item as its file has it: without what it does not have."""
    return {key: value for key, value in asdict(item).items() if value is not None}


def item_of(content: dict[str, Any]) -> Item:
    """The item of a file. TypeError or ValueError if it has other fields."""
    due = content.get("due")
    return Item(**{**content, "due": date.fromisoformat(due) if due else None})
