"""Which leads a commitment covers, with their own time, clock and target.

Belongs here: the tiers of a clock or cadence, and how they must fit together. Which tier a lead is in is SQL
(int_clock_tiers); what a tier changes of its commitment is commitments.py.
"""

import itertools
from collections.abc import Iterator, Sequence
from typing import Annotated, Any, Literal, NamedTuple, Protocol

from pydantic import Field, field_validator, model_validator

from orchestration.lib.agreement.parts import Key, Part, Share, Text, contradiction, must_name
from orchestration.lib.agreement.stages import Grade
from orchestration.lib.agreement.times import Attempts, Within
from orchestration.lib.formats import both
from orchestration.lib.language import gettext

Keys = Annotated[list[Key], Field(min_length=1)]
CalendarOf = Literal["commitment", "owner"]
Lead = dict[str, str]


class AppliesTo(Part):
    """The leads of a tier: all given fields must fit, each with any of its words. What is unknown fits none."""

    lead_type: Keys | None = None
    """Keys of lead_types."""
    revenue_stream: Keys | None = None
    """Keys of revenue_streams."""
    source: Annotated[list[Text], Field(min_length=1)] | None = None
    """Channels, as the pages show them; case does not matter."""
    persona: Keys | None = None
    """Keys of personas."""
    grade: Annotated[list[Grade], Field(min_length=1)] | None = None
    """Grades that the lead had when the commitment started."""
    score_at_least: Annotated[float, Field(gt=0, le=100)] | None = None
    """The score that the lead had at least when the commitment started."""

    @field_validator("source")
    @classmethod
    def _channels(cls, source: list[str] | None) -> list[str] | None:
        for channel in source or ():
            if "*" in channel:
                raise ValueError(gettext("'%(channel)s' is a pattern; write the name of each channel", channel=channel))
            if channel.strip().casefold() == "unknown":
                raise ValueError(
                    gettext("an unknown source fits no condition; remove it, the last tier covers such leads")
                )
        return source

    @model_validator(mode="after")
    def _asks_for_something(self) -> "AppliesTo":
        if not self.words and self.score_at_least is None:
            raise ValueError(
                gettext("no condition is given; add one of %(fields)s", fields=", ".join(AppliesTo.model_fields))
            )
        return self

    @property
    def words(self) -> dict[str, list[str]]:
        """The words of each field that has any; those of channels in one case."""
        fields = ("lead_type", "revenue_stream", "source", "persona", "grade")
        given = {field: getattr(self, field) for field in fields if getattr(self, field)}
        return given | {"source": [each.strip().lower() for each in given["source"]]} if "source" in given else given

    @property
    def reads_score(self) -> bool:
        """True if it asks for a score or a grade."""
        return bool(self.grade) or self.score_at_least is not None

    @property
    def leads(self) -> Iterator[Lead]:
        """One lead for each combination of words that it covers."""
        for values in itertools.product(*self.words.values()):
            yield dict(zip(self.words, values, strict=True))

    def covers(self, lead: Lead, score: float | None) -> bool:
        """Whether it covers every lead with these words that has this score or more."""
        has_score = self.score_at_least is None or (score is not None and score >= self.score_at_least)
        return has_score and all(lead.get(field) in words for field, words in self.words.items())


class Tier(Part):
    """What every tier has; what it does not state it takes from its commitment."""

    name: Annotated[str, Field(pattern=r"^\w([\w &/,.+'-]{0,38}[\w+.])?$")] | None = None
    """Its name on the pages, after that of the commitment; 'tier 1', 'tier 2' by their order if omitted."""
    applies_to: AppliesTo | None = None
    """The leads that it covers, if no earlier tier does; the last tier has none, and covers all others."""
    target_rate: Share | None = None
    """The share of these leads for which the commitment must be kept."""


class ClockTier(Tier):
    """A tier of a commitment to act within a time."""

    within: Within | None = None
    """The time allowed: minutes (90m), hours (24h) or days (2d) of the clock; a day is 24 hours of it."""
    clock: Literal["calendar", "business"] | None = None
    """calendar: all hours count; business: only the hours of the calendar."""
    calendar: str | None = None
    """A key of calendars."""
    calendar_of: CalendarOf | None = None
    """owner: a business clock runs on the calendar of who had the lead when it started; commitment: on its own."""


class CadenceTier(Tier):
    """A tier of a commitment to keep trying."""

    attempts: Attempts | None = None
    """The number of attempts due by then, by the days or weeks since the start: {2w: 3, 4w: 5, 8w: 7}."""


def tier_names(tiers: Sequence[Tier]) -> list[str]:
    """The name of each tier, in order."""
    return [tier.name or f"tier {number}" for number, tier in enumerate(tiers, start=1)]


class Place(NamedTuple):
    """Which tier of its commitment it is, and which leads it covers; one without tiers has neither number nor name."""

    number: int | None = None
    name: str | None = None
    applies_to: AppliesTo | None = None

    @property
    def conditions(self) -> list[tuple[str, str | None, float | None]]:
        """Each field of its condition with a word or a number that it accepts."""
        if self.applies_to is None:
            return []
        words = [(field, word, None) for field, words in self.applies_to.words.items() for word in words]
        score = self.applies_to.score_at_least
        return [*words, *([] if score is None else [("score_at_least", None, score)])]


def places(tiers: Sequence[Tier] | None) -> list[Place]:
    """The place of each tier, in order; without tiers a single one."""
    if tiers is None:
        return [Place()]
    return [
        Place(number, name, tier.applies_to)
        for number, (name, tier) in enumerate(zip(tier_names(tiers), tiers, strict=True), start=1)
    ]


class Sections(Protocol):
    """The parts of an agreement that a tier may name."""

    revenue_streams: dict
    personas: dict
    calendars: dict
    scoring: Any


def check_tiers(commitment: str, tiers: Sequence[Tier], known: Sections) -> None:
    """Raise a contradiction if a tier names what the agreement does not have, or could never be used."""
    names = [name.casefold() for name in tier_names(tiers)]
    for number, tier in enumerate(tiers):
        path = ("commitments", commitment, "tiers", number)
        if names[number] in names[:number]:
            before = names.index(names[number]) + 1
            raise contradiction(
                gettext(
                    "tier %(before)s is named '%(tier)s' too; give each its own name",
                    before=before,
                    tier=tier_names(tiers)[number],
                ),
                *path,
                *(["name"] if tier.name else []),
            )
        calendar = getattr(tier, "calendar", None)
        if calendar is not None:
            must_name(calendar, known.calendars, "calendars", *path, "calendar")
        _check_place(tier.applies_to, number + 1 == len(tiers), path)
        if tier.applies_to:
            _check_words(tier.applies_to, known, (*path, "applies_to"))
            _check_use(tier.applies_to, [each.applies_to for each in tiers[:number] if each.applies_to], path)


def _check_place(applies_to: AppliesTo | None, is_last: bool, path: tuple[str | int, ...]) -> None:
    if is_last and applies_to:
        raise contradiction(
            gettext(
                "the last tier covers all other leads, so it has no condition; remove it, or add a last tier without "
                "one"
            ),
            *path,
            "applies_to",
        )
    if not is_last and applies_to is None:
        raise contradiction(
            gettext(
                "it has no condition, so no later tier would ever be used; add 'applies_to', or write it as the last"
            ),
            *path,
        )


def _check_words(applies_to: AppliesTo, known: Sections, path: tuple) -> None:
    if applies_to.reads_score and known.scoring is None:
        field = "grade" if applies_to.grade else "score_at_least"
        raise contradiction(
            gettext("it asks for a score, but there is no scoring; add it, or remove this"), *path, field
        )
    for place, word in enumerate(applies_to.revenue_stream or ()):
        must_name(word, known.revenue_streams, "revenue_streams", *path, "revenue_stream", place)
    for place, word in enumerate(applies_to.persona or ()):
        must_name(word, known.personas, "personas", *path, "persona", place)
    streams = {name: known.revenue_streams[name] for name in applies_to.revenue_stream or known.revenue_streams}
    lead_types = {name: None for stream in streams.values() for name in stream.lead_types}
    for place, word in enumerate(applies_to.lead_type or ()):
        must_name(
            word,
            lead_types,
            gettext("the lead_types of %(streams)s", streams=both(*streams)),
            *path,
            "lead_type",
            place,
        )


def _check_use(applies_to: AppliesTo, earlier: Sequence[AppliesTo], path: tuple[str | int, ...]) -> None:
    score = applies_to.score_at_least
    if earlier and all(any(each.covers(lead, score) for each in earlier) for lead in applies_to.leads):
        raise contradiction(
            gettext("every lead that it covers is in an earlier tier already; write it before that one, or remove it"),
            *path,
        )
