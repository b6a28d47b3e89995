"""The canonical form of the content of a version, and the seal that is computed from it.

Belongs here: from content to one text, so that two texts are equal exactly when the same thing is agreed. Comments,
order of fields, blanks and quotes are not content; signatures are not either, or nobody could sign second.
"""

import hashlib
import json
from collections.abc import Iterable, Mapping
from datetime import date
from typing import Any


def plain(value: Any) -> Any:
    """The content in JSON's types: days as text, a whole number without its decimals, keys as texts."""
    if isinstance(value, dict):
        return {str(key): plain(each) for key, each in value.items()}
    if isinstance(value, list | tuple):
        return [plain(each) for each in value]
    if isinstance(value, float) and value.is_integer():
        return int(value)
    return value.isoformat() if isinstance(value, date) else value


def canonical_text(content: dict[str, Any], public_days: Mapping[str, Iterable[date]] | None = None) -> str:
    """The content without its signatures as JSON with sorted keys and no blanks, nothing filled in.

    `public_days`: by country and part, the days that 'its public holidays' means; agreed, though nobody wrote them.
    """
    agreed = {key: value for key, value in plain(content).items() if key != "signatures"}
    if public_days:
        agreed["public holidays"] = {place: plain(sorted(days)) for place, days in public_days.items()}
    return json.dumps(agreed, sort_keys=True, separators=(",", ":"), ensure_ascii=False)


def seal_of(content: dict[str, Any], public_days: Mapping[str, Iterable[date]] | None = None) -> str:
    """SHA-256 of the canonical text, in hexadecimal digits."""
    return hashlib.sha256(canonical_text(content, public_days).encode()).hexdigest()
