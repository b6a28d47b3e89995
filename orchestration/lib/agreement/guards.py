"""What a broken definition does: whether it stops the publishing, and how much of it is tolerated.

Belongs here: the names of the guards and their defaults. What each looks for is SQL
(dbt_project/models/guards), who decides by it lib/quality/definitions.py.
"""

from typing import Annotated, Literal

from pydantic import Field

from orchestration.lib.agreement.parts import Part

GuardName = Literal[
    "known_stage_labels",
    "known_activity_labels",
    "known_activity_outcomes",
    "currency_rates",
    "forward_clocks",
    "unknown_source",
    "agreed_lead_types",
    "known_sources",
    "version_in_force",
    "mql_evidence",
    "sql_acceptance",
    "stage_evidence",
    "opportunity_streams",
]


class Guard(Part):
    """The share of rows that may break a definition, and what happens above it."""

    at_most: Annotated[float, Field(ge=0, le=1)] = 0.0
    """The share of rows that may break the definition."""
    if_broken: Literal["block", "warn"] = "block"
    """Above that share: block (nothing is published) or warn."""


DEFAULTS: dict[GuardName, Guard] = {
    "known_stage_labels": Guard(),
    "known_activity_labels": Guard(),
    "known_activity_outcomes": Guard(if_broken="warn"),
    "currency_rates": Guard(),
    "forward_clocks": Guard(),
    "unknown_source": Guard(at_most=1),
    "agreed_lead_types": Guard(if_broken="warn"),
    "known_sources": Guard(if_broken="warn"),
    "version_in_force": Guard(if_broken="warn"),
    "mql_evidence": Guard(if_broken="warn"),
    "sql_acceptance": Guard(if_broken="warn"),
    "stage_evidence": Guard(if_broken="warn"),
    "opportunity_streams": Guard(if_broken="warn"),
}
