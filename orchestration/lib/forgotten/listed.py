"""The list of forgotten persons, which does not hold who they are: keyed hashes of ids, e-mails, names and phones.

Belongs here: the list, and how a hash is made. Does not belong here: where it is kept (`kept.py`).
"""

import hashlib
from collections.abc import Iterable
from dataclasses import dataclass, field

# A name that others have too counts only where the row names the person otherwise.
EMAIL, NAME, SHARED_NAME, PHONE = "e-mail", "name", "shared name", "phone"


def record_of(system: str) -> str:
    """The kind of an id: ids of two systems are different."""
    return f"record of {system}"


@dataclass(frozen=True)
class Forgotten:
    """The hashes of the list, and their key. Without a hash nobody is forgotten."""

    key: str = field(default="", repr=False)
    hashes: frozenset[str] = frozenset()

    def __bool__(self) -> bool:
        """Whether anybody is forgotten."""
        return bool(self.hashes)

    def hash_of(self, kind: str, value: str) -> str:
        """The hash of one value."""
        return hashlib.sha256(f"{self.key}:{kind}:{value}".encode()).hexdigest()

    def with_values(self, values: Iterable[tuple[str, str]]) -> "Forgotten":
        """The list with more on it: (kind, value)."""
        return Forgotten(self.key, self.hashes | {self.hash_of(kind, value) for kind, value in values})


NOBODY = Forgotten()
