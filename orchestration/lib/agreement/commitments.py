"""What each team owes the other.

Belongs here: the kinds of promises. How each is judged is SQL (dbt_project/models/intermediate/commitments).
"""

import itertools
import re
from typing import Annotated, Literal

from pydantic import Field, field_validator, model_validator

from orchestration.lib.agreement.parts import ActivityType, Part, Share, SideState, Stage, Team

Activities = Annotated[list[ActivityType], Field(min_length=1)]
StopRule = Literal["reply", "meeting", "stage_exit", "opt_out"]
MINUTES = {"m": 1, "h": 60, "d": 1440, "w": 10080}


class Clock(Part):
    """A promise to act on each lead within a time: to contact it (`counts`) or to move it on (`until`)."""

    kind: Literal["clock"]
    team: Team
    starts_at: Stage
    within: Annotated[str, Field(pattern=r"^[1-9]\d*(m|h|d)$")]
    clock: Literal["calendar", "business"]
    calendar: str
    counts: Activities | None = None
    until: Stage | None = None
    excused_by: list[SideState] = []
    target_rate: Share

    @model_validator(mode="after")
    def _one_end(self) -> "Clock":
        if (self.counts is None) == (self.until is None):
            raise ValueError("say what keeps the promise: either 'counts' (activities) or 'until' (a stage)")
        return self

    @property
    def within_minutes(self) -> int:
        """The time allowed, in minutes of the named clock; a day is 24 hours of it."""
        return int(self.within[:-1]) * MINUTES[self.within[-1]]


class Cadence(Part):
    """A promise to keep trying: so many attempts within so many weeks, counted from the start (requirement R10)."""

    kind: Literal["cadence"]
    team: Team
    starts_at: Stage
    attempts: Annotated[dict[str, Annotated[int, Field(gt=0)]], Field(min_length=1)]
    counts: Activities
    stopped_by: list[StopRule] = []
    target_rate: Share

    @field_validator("attempts")
    @classmethod
    def _cumulative(cls, attempts: dict[str, int]) -> dict[str, int]:
        for text in attempts:
            if not re.fullmatch(r"[1-9]\d{0,2}(d|w)", text):
                raise ValueError(f"'{text}' is no time: write, say, 14d or 2w")
        steps = [(int(text[:-1]) * MINUTES[text[-1]], number) for text, number in attempts.items()]
        for before, after in itertools.pairwise(steps):
            if before[0] >= after[0] or before[1] >= after[1]:
                raise ValueError("times and attempts must both grow from step to step: {2w: 3, 4w: 5, 8w: 7}")
        return attempts

    @property
    def steps(self) -> list[tuple[str, int, int]]:
        """Each step as it is said, its minutes from the start, and the attempts due by then, in order."""
        return [
            (f"{number} in {text}", int(text[:-1]) * MINUTES[text[-1]], number)
            for text, number in self.attempts.items()
        ]


class LeadValue(Part):
    """A promise to hand over leads worth the quota, summed over lead types (requirement R4)."""

    kind: Literal["lead_value"]
    team: Team
    per: Literal["month"]
    calendar: str | None = None


Commitment = Annotated[Clock | Cadence | LeadValue, Field(discriminator="kind")]
