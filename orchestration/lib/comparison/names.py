"""What readers call the subjects of a comparison: commitments and revenue streams by the names of the agreement.

Belongs here: the names. Figures are kept and joined by their keys (figures.py).
"""

from collections.abc import Mapping
from dataclasses import dataclass, field

import duckdb

from orchestration.lib.formats import words
from orchestration.lib.language import translated

READ_NAMES = ("dim_commitment", "dim_revenue_stream")
COMMITMENTS = "select commitment, commitment_name from marts.dim_commitment"
STREAMS = "select revenue_stream, revenue_stream_name from marts.dim_revenue_stream"
# Of which word of its subject a section shows the name.
COMMITMENT_AT = {"What each team kept": 1}
STREAM_AT = {"Lead value by stream and lead type": 0, "What the quota needs": 0}
# Which word of its subject is one of the product: a stage, a team, a channel, a band of scores. All others are the
# company's.
OWN_AT = {
    "Leads by stage": 0,
    "Labels and the agreed evidence": 0,
    "What each team kept": 0,
    "Persons by score": 0,
    "What the quota needs": 2,
    "Deals won by channel": 0,
}


@dataclass(frozen=True)
class Names:
    """The names of commitments and revenue streams, by their keys."""

    commitments: Mapping[str, str] = field(default_factory=dict)
    streams: Mapping[str, str] = field(default_factory=dict)

    def over(self, other: "Names") -> "Names":
        """These names, and the other's for what has none here."""
        return Names({**other.commitments, **self.commitments}, {**other.streams, **self.streams})

    def stream(self, key: str) -> str:
        """The name of a revenue stream; of one without, its key in words."""
        return self.streams.get(key) or words(key)

    def lead(self, revenue_stream: str | None, lead_type: str | None) -> list[str]:
        """Stream and type of a lead, as far as they are known."""
        stream = [self.stream(revenue_stream)] if revenue_stream else []
        return stream + ([words(lead_type)] if lead_type else [])

    def subject(self, section: str, subject: tuple[str, ...]) -> tuple[str, ...]:
        """A subject for readers: names where the agreement has some, keys in words elsewhere."""
        shown = [words(key) for key in subject]
        if (at := COMMITMENT_AT.get(section)) is not None:
            shown[at] = self.commitments.get(subject[at]) or shown[at]
        if (at := STREAM_AT.get(section)) is not None:
            shown[at] = self.stream(subject[at])
        return tuple(shown)

    def spoken(self, section: str, subject: tuple[str, ...]) -> tuple[str, ...]:
        """The same, in the language that is spoken."""
        shown = list(self.subject(section, subject))
        if (at := OWN_AT.get(section)) is not None:
            shown[at] = translated(shown[at])
        return tuple(shown)


def read_names(connection: duckdb.DuckDBPyConnection) -> Names:
    """The names in a replay, in which one version is in force."""
    return Names(dict(connection.execute(COMMITMENTS).fetchall()), dict(connection.execute(STREAMS).fetchall()))
