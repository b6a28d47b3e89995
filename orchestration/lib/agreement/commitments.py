"""The commitments of each team to the other.

Belongs here: the kinds of commitment. How each is evaluated is SQL (dbt_project/models/intermediate/commitments).
"""

from collections.abc import Mapping
from typing import Annotated, Any, Literal, TypeVar

from pydantic import Discriminator, Field, Tag, model_validator

from orchestration.lib.agreement.measures import Measure
from orchestration.lib.agreement.parts import ActivityType, Named, Share, Stage, Team, contradiction, must_name
from orchestration.lib.agreement.stops import Excuse, OwnExit, StopRule
from orchestration.lib.agreement.streams import RevenueStream
from orchestration.lib.agreement.tiers import CadenceTier, CalendarOf, ClockTier, Place, places
from orchestration.lib.agreement.times import Attempts, Within, minutes_of
from orchestration.lib.language import gettext

ActivityClass = Literal["attempt", "contact", "conversation"]
SPOKEN: tuple[ActivityType, ...] = ("call", "email", "meeting")
LIST, EACH, ALL = "counts as a list", "counts each", "counts all"
ClockStart = Literal[Stage, "created", "assigned"]
Counts = Annotated[
    Annotated[list[ActivityType], Field(min_length=1), Tag(LIST)]
    | Annotated[dict[ActivityType, ActivityClass], Field(min_length=1), Tag(EACH)]
    | Annotated[ActivityClass, Tag(ALL)],
    Discriminator(lambda value: EACH if isinstance(value, dict) else ALL if isinstance(value, str) else LIST),
]


def counted(counts: Any) -> list[tuple[ActivityType, ActivityClass]]:
    """Each type of activity that counts with the least class of it that does; a list means every attempt."""
    if isinstance(counts, dict):
        return list(counts.items())
    if isinstance(counts, str):
        return [(activity, counts) for activity in SPOKEN]  # type: ignore[misc]
    return [(activity, "attempt") for activity in dict.fromkeys(counts or ())]


class Clock(Named):
    """A commitment to act on each lead within a time: to contact it (`counts`) or to move it on (`until`)."""

    kind: Literal["clock"]
    """clock: a commitment to act on each lead within a time."""
    team: Team
    """The team that makes the commitment."""
    starts_at: ClockStart
    """The clock starts when a journey first enters this stage, is created, or is first assigned to a person."""
    within: Within
    """The time allowed: minutes (90m), hours (24h) or days (2d) of the clock; a day is 24 hours of it."""
    clock: Literal["calendar", "business"]
    """calendar: all hours count; business: only the hours of the calendar."""
    calendar: str
    """A key of calendars; needed for both clocks, since both times are shown."""
    calendar_of: CalendarOf = "commitment"
    """owner: a business clock runs on the calendar of who had the lead when it started, if reference/owners.csv gives
    them one of their own; commitment: on the calendar above for all."""
    counts: Counts | None = None
    """What keeps the commitment, done by a person: types of activity, each with the least class that counts (attempt,
    contact or conversation), or one class for calls, e-mails and meetings; a list means every attempt."""
    counts_sequences: bool = False
    """Whether a message that a sequence sent counts like one that a person wrote."""
    already_in_contact: Annotated[str, Field(pattern=r"^(0|[1-9]\d{0,3})(h|d|w)$")] = "7d"
    """How old a contact before the start may be to keep it; one from before the lead was known never does."""
    until: Stage | None = None
    """The stage that keeps the commitment when it is entered; either this or counts."""
    excused_by: list[Excuse] = []
    """Side states that end it if entered before it is due; each for any reason, or for classes of reasons."""
    own_exit: OwnExit = "excused"
    """The status if the owner sends the lead away without the contact: excused, or missed."""
    absence: Literal["pauses", "covered_by"] | None = None
    """While the lead's owner is absent, the clock pauses, or goes on as the time of the cover (covered_by); omitted, as
    the owner's."""
    target_rate: Share
    """The share of the leads for which the commitment must be kept."""
    tiers: Annotated[list[ClockTier], Field(min_length=2)] | None = None
    """Leads with a time, clock, calendar or target of their own; of each lead the first tier that it fits."""

    @model_validator(mode="after")
    def _one_end(self) -> "Clock":
        if (self.counts is None) == (self.until is None):
            raise ValueError(gettext("what keeps the commitment is unclear; write either 'counts' or 'until'"))
        if self.until is not None and self.own_exit == "missed":
            raise ValueError(
                gettext("own_exit is only for a commitment to contact: a no is an answer too; remove 'own_exit'")
            )
        stray = {"counts_sequences", "already_in_contact"} & self.model_fields_set
        if self.until and stray:
            raise ValueError(
                gettext(
                    "'%(stray)s' belongs to a commitment to contact; remove it, or write 'counts' for 'until'",
                    stray=min(stray),
                )
            )
        if self.absence and self.team != "sales":
            raise ValueError(
                gettext("'absence' is that of the lead's owner, who is in sales; remove it from this commitment")
            )
        return self

    @property
    def already_in_contact_minutes(self) -> int | None:
        """The minutes before the start in which a contact counts; None for a commitment to reach a stage."""
        return None if self.until else minutes_of(self.already_in_contact)

    @property
    def within_minutes(self) -> int:
        """The time allowed, in minutes of the named clock; a day is 24 hours of it."""
        return minutes_of(self.within)


class Cadence(Named):
    """A commitment to keep trying: N attempts within N weeks, counted from the start (requirement R10)."""

    kind: Literal["cadence"]
    """cadence: a commitment to keep trying."""
    team: Team
    """The team that makes the commitment."""
    starts_at: Stage
    """Attempts are counted from when a journey first enters this stage."""
    attempts: Attempts
    """The number of attempts due by then, by the days or weeks since the start: {2w: 3, 4w: 5, 8w: 7}."""
    longest_gap: Annotated[str, Field(pattern=r"^[1-9]\d{0,2}(d|w)$")] | None = None
    """The time in which each next attempt must come, after the start and after each attempt: 5d; omitted, any."""
    counts: Counts
    """What is an attempt, done by a person: types of activity, each with the least class that counts (attempt, contact
    or conversation), or one class for calls, e-mails and meetings; a list means every attempt."""
    counts_sequences: bool = False
    """Whether a message that a sequence sent counts like one that a person wrote."""
    stopped_by: list[StopRule] = []
    """What ends it: the next stage, a reply, a meeting, an opt-out, a side state (for classes of reasons)."""
    own_exit: OwnExit = "excused"
    """The status if the owner sends the lead away with fewer attempts than the step requires: excused, or missed."""
    target_rate: Share
    """The share of the steps that must be kept."""
    tiers: Annotated[list[CadenceTier], Field(min_length=2)] | None = None
    """Leads with attempts or a target of their own; of each lead the first tier that it fits."""

    @property
    def steps(self) -> list[tuple[str, int, int]]:
        """Each step in words, its minutes from the start, and the attempts due by then, in order."""
        return [(f"{number} in {text}", minutes_of(text), number) for text, number in self.attempts.items()]

    @property
    def gap(self) -> list[tuple[str, int, None]]:
        """The longest gap as the next attempt: in words, its minutes, and no number of its own; nothing without one."""
        return [(f"next in {self.longest_gap}", minutes_of(self.longest_gap), None)] if self.longest_gap else []

    @model_validator(mode="after")
    def _gap_within(self) -> "Cadence":
        for attempts in (self.attempts, *(tier.attempts for tier in self.tiers or () if tier.attempts)):
            if self.longest_gap and minutes_of(self.longest_gap) > max(map(minutes_of, attempts)):
                raise ValueError(
                    gettext(
                        "longest_gap of %(longest_gap)s is longer than all attempts together take; write a shorter one",
                        longest_gap=self.longest_gap,
                    )
                )
        return self


class LeadValue(Named):
    """A commitment to hand over leads worth the quota, summed over lead types (requirement R4)."""

    kind: Literal["lead_value"]
    """lead_value: a commitment to hand over leads that are worth the quota."""
    team: Team
    """The team that makes the commitment."""
    per: Literal["month"]
    """The period that is settled."""
    calendar: str | None = None
    """A key of calendars: the month is paced by its business days; omitted, by all days."""
    due_by: Literal["quota_month", "sales_cycle"] = "quota_month"
    """quota_month: a month's leads are worth its own quota; sales_cycle: that of the months in which they close."""
    carry_over: bool = False
    """True adds what a month fell short to the target of the next, until the fiscal year ends."""
    credit: Share | None = None
    """The share of what a missed month fell short by which the quota of sales is lowered; omitted, none."""

    @model_validator(mode="after")
    def _paid_once(self) -> "LeadValue":
        if self.credit is not None and self.carry_over:
            raise ValueError(
                gettext("credit and carry_over both pay for what a month fell short; remove one of the two")
            )
        if self.credit is not None and self.team == "sales":
            raise ValueError(
                gettext("credit is for sales, when marketing falls short; remove it, or write team: marketing")
            )
        return self


Commitment = Annotated[Clock | Cadence | LeadValue | Measure, Field(discriminator="kind")]
Promise = TypeVar("Promise", Clock, Cadence)


def in_tiers(commitment: Promise) -> list[tuple[Place, Promise]]:
    """The commitment as each of its tiers has it: what a tier does not state is that of the commitment."""
    fields = {"within", "clock", "calendar", "calendar_of", "attempts", "target_rate"}
    stated = [tier.model_dump(include=fields, exclude_unset=True) for tier in commitment.tiers or ()]
    named = zip(places(commitment.tiers), stated or [{}], strict=True)
    return [(place, commitment.model_copy(update=terms)) for place, terms in named]


def check_calendar_of(key: str, commitment: Clock) -> None:
    """Raise a contradiction if a clock would run on the calendar of an owner, and cannot."""
    terms = [each for _, each in in_tiers(commitment)]
    stated = [("tiers", number) for number, tier in enumerate(commitment.tiers or ()) if tier.calendar_of == "owner"]
    named: list[tuple[tuple[str | int, ...], list[Clock]]] = [(place, [terms[place[1]]]) for place in stated]
    if commitment.calendar_of == "owner":
        named.append(((), [each for each in terms if each.calendar_of == "owner"]))
    for place, clocks in named:
        path = ("commitments", key, *place, "calendar_of")
        if commitment.team != "sales":
            raise contradiction(gettext("an owner with a calendar of their own is in sales; remove it"), *path)
        if all(each.clock == "calendar" for each in clocks):
            text = gettext(
                "all hours count on this clock, so that no calendar changes it; write 'clock: business', or remove it"
            )
            raise contradiction(text, *path)


def check_reason_classes(key: str, commitment: Commitment, known: Mapping[Any, Any]) -> None:
    """Raise a contradiction if a commitment ends by a class of reasons that the handoff does not have."""
    field = "excused_by" if isinstance(commitment, Clock) else "stopped_by"
    for number, stop in enumerate(getattr(commitment, field, ())):
        for reason_class in stop.reason_classes:
            must_name(reason_class, known, gettext("the reasons of handoff"), "commitments", key, field, number)


def check_lead_value(key: str, commitment: LeadValue, streams: Mapping[str, RevenueStream]) -> None:
    """Raise a contradiction if the leads are due by a sales cycle that is not agreed."""
    for name, stream in streams.items():
        if commitment.due_by == "sales_cycle" and stream.closes_within is None:
            text = gettext(
                "the sales cycle of %(name)s is not agreed; add 'closes_within' there, or write quota_month", name=name
            )
            raise contradiction(text, "commitments", key, "due_by")


def check_names(commitments: Mapping[str, Commitment]) -> None:
    """Raise a contradiction if the pages would call two commitments the same."""
    keys: dict[str, str] = {}
    for key, commitment in commitments.items():
        name = commitment.shown_as(key)
        if (other := keys.setdefault(name.casefold(), key)) != key:
            text = gettext("%(other)s is called '%(name)s' too; write another name", other=other, name=name)
            raise contradiction(text, "commitments", key, "name")
