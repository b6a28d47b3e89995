"""What a failed definition does: whether it stops the publishing, and how much of it is tolerated.

Belongs here: what an agreement may change of a guard. The guards and their defaults are in a seed of dbt
(dbt_project/seeds/known_guards.csv), what each looks for is SQL (dbt_project/models/guards), who decides by it
lib/quality/definitions.py.
"""

from typing import Annotated, Literal

from pydantic import Field

from orchestration.lib.agreement.parts import Part
from orchestration.lib.csv_files import seed_rows


class Guard(Part):
    """The share of rows that may break a definition, and what happens above it."""

    at_most: Annotated[float, Field(ge=0, le=1)] = 0.0
    """The share of rows that may break the definition."""
    if_broken: Literal["block", "warn"] = "block"
    """Above that share: block (nothing is published) or warn."""


DEFAULTS = {
    row["guard"]: Guard(
        at_most=float(row["at_most_rate"]), if_broken="block" if row["is_blocking"] == "true" else "warn"
    )
    for row in seed_rows("known_guards")
}
GUARDS = tuple(DEFAULTS)
GuardName = Literal[GUARDS]  # type: ignore[valid-type]
