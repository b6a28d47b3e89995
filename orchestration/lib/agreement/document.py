"""What an agreement says: the shape of one version, and what makes it contradict itself.

Belongs here: fields, types and rules within one version. Reading files and naming lines is reading.py.
"""

import itertools
import re
from datetime import date, time
from typing import Annotated, Literal
from zoneinfo import available_timezones

from pydantic import BaseModel, ConfigDict, Field, field_validator, model_validator
from pydantic_core import PydanticCustomError

STAGES = ("lead", "mql", "sal", "sql", "opportunity", "customer")
SIDE_STATES = ("rejected", "recycled", "disqualified", "lost")
WEEKDAYS = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")

Share = Annotated[float, Field(gt=0, le=1)]
Money = Annotated[float, Field(gt=0)]
Stage = Literal["lead", "mql", "sal", "sql", "opportunity", "customer"]
Team = Literal["sales", "marketing"]


class Part(BaseModel):
    """A part of the agreement; a field that it does not know is a mistake, never ignored."""

    model_config = ConfigDict(extra="forbid", frozen=True)


def _known_zone(name: str) -> str:
    if name not in available_timezones():
        raise ValueError(f"'{name}' is no time zone: write an IANA name such as Europe/Rome")
    return name


class Company(Part):
    """Who signs: the words and units that all figures are in."""

    name: str
    currency: Annotated[str, Field(pattern="^[A-Z]{3}$")]
    time_zone: str
    growth: Literal["steady", "high"]

    _zone = field_validator("time_zone")(_known_zone)


class Quota(Part):
    """Money to be won in one period."""

    amount: Money
    per: Literal["month", "quarter", "year"]


class LeadType(Part):
    """How a kind of lead came: its share of the quota and its rates from stage to stage, in funnel order."""

    share_of_quota: Share
    rates: dict[str, Share]

    @field_validator("rates")
    @classmethod
    def _chain(cls, rates: dict[str, float]) -> dict[str, float]:
        steps = [name.split("_to_") for name in rates]
        for name, step in zip(rates, steps, strict=True):
            if len(step) != 2 or not set(step) <= set(STAGES):
                raise ValueError(f"'{name}' is no step: write <stage>_to_<stage> with {', '.join(STAGES)}")
        if not steps or steps[-1][1] != "customer":
            raise ValueError("the last rate must lead to customer")
        for before, after in itertools.pairwise(steps):
            if before[1] != after[0]:
                raise ValueError(f"the rates must follow each other: after {before[1]} comes {after[0]}_to_{after[1]}")
        return rates


class RevenueStream(Part):
    """What is sold, and to whom."""

    name: str
    quota: Quota
    deal_size: Money
    lead_types: Annotated[dict[str, LeadType], Field(min_length=1)]

    @model_validator(mode="after")
    def _shares(self) -> "RevenueStream":
        total = sum(lead_type.share_of_quota for lead_type in self.lead_types.values())
        if abs(total - 1) > 1e-9:
            raise ValueError(f"share_of_quota of all lead types must add up to 1; they add up to {total:g}")
        return self


def parse_hours(text: str) -> tuple[time, time]:
    """'09:00-13:00' as two wall-clock times of one day, opening first. ValueError if it is not so."""
    match = re.fullmatch(r"(\d\d:\d\d)-(\d\d:\d\d)", text)
    if not match:
        raise ValueError(f"'{text}' are no hours: write 09:00-13:00")
    opens, closes = time.fromisoformat(match[1]), time.fromisoformat(match[2])
    if opens >= closes:
        raise ValueError(f"'{text}': opening must come before closing")
    if opens.minute % 15 or closes.minute % 15:
        raise ValueError(f"'{text}': hours start and end on a quarter of an hour")
    return opens, closes


class Calendar(Part):
    """When a team works, on the wall clock of its zone."""

    time_zone: str
    hours: dict[Literal[WEEKDAYS], list[str]]  # type: ignore[valid-type]
    holidays: list[date] = []

    _zone = field_validator("time_zone")(_known_zone)

    @field_validator("hours")
    @classmethod
    def _windows(cls, hours: dict[str, list[str]]) -> dict[str, list[str]]:
        for day, texts in hours.items():
            windows = sorted(parse_hours(text) for text in texts)
            if any(before[1] > after[0] for before, after in itertools.pairwise(windows)):
                raise ValueError(f"{day}: the hours overlap")
        if not any(hours.values()):
            raise ValueError("a calendar without any hours would never let a clock run")
        return hours


class Clock(Part):
    """A promise to act on each lead within a time."""

    kind: Literal["clock"]
    team: Team
    starts_at: Stage
    within: Annotated[str, Field(pattern=r"^\d+(m|h|d)$")]
    clock: Literal["calendar", "business"]
    calendar: str
    counts: Annotated[list[Literal["call", "email", "meeting", "document", "note", "task"]], Field(min_length=1)]
    excused_by: list[Literal["rejected", "recycled", "disqualified", "lost"]] = []
    target_rate: Share

    @property
    def within_minutes(self) -> int:
        """The time allowed, in minutes of the named clock; a day is 24 hours of it."""
        return int(self.within[:-1]) * {"m": 1, "h": 60, "d": 1440}[self.within[-1]]


class LeadValue(Part):
    """A promise to hand over leads worth the quota, summed over lead types (requirement R4)."""

    kind: Literal["lead_value"]
    team: Team
    per: Literal["month"]


class Guards(Part):
    """Limits that the definitions must keep before anything is published."""

    unknown_source_max_rate: Annotated[float, Field(ge=0, le=1)] = 1.0


class Signature(Part):
    """Who signed, in what role, when."""

    name: str
    role: Team
    date: date


class Agreement(Part):
    """One version of the agreement."""

    version: Annotated[str, Field(pattern=r"^[A-Za-z0-9._-]+$")]
    effective_from: date
    effective_to: date | None = None
    company: Company
    revenue_streams: Annotated[dict[str, RevenueStream], Field(min_length=1)]
    calendars: dict[str, Calendar]
    commitments: dict[str, Annotated[Clock | LeadValue, Field(discriminator="kind")]]
    tolerance: Annotated[float, Field(ge=0, lt=1)]
    guards: Guards = Guards()
    signatures: list[Signature] = []

    @model_validator(mode="after")
    def _agrees_with_itself(self) -> "Agreement":
        if self.effective_to and self.effective_to <= self.effective_from:
            raise PydanticCustomError(
                "contradiction", "effective_to must come after effective_from", {"path": ("effective_to",)}
            )
        for name, commitment in self.commitments.items():
            if isinstance(commitment, Clock) and commitment.calendar not in self.calendars:
                raise PydanticCustomError(
                    "contradiction",
                    f"it names calendar '{commitment.calendar}', which is not under calendars",
                    {"path": ("commitments", name, "calendar")},
                )
        return self

    @property
    def is_signed(self) -> bool:
        """True when both teams have signed; before that the version runs as a draft."""
        return {signature.role for signature in self.signatures} == {"sales", "marketing"}
