"""How a lead is scored: fit by the profile of a person, engagement by what they did, each point with its rule.

Belongs here: rules, weights, caps, decay and grades. Evaluating them is SQL (dbt_project/models/intermediate/scoring).
"""

from typing import Annotated, Literal

from pydantic import Field, field_validator, model_validator

from orchestration.lib.agreement.parts import Key, Part, Points, Share, Text
from orchestration.lib.language import gettext

Texts = Annotated[list[Text], Field(min_length=1)]
Given = Annotated[float, Field(ge=-100, le=100)]


class Range(Part):
    """A number between two limits, both included; one of them may be omitted."""

    from_: Annotated[float | None, Field(alias="from")] = None
    """The least number that still counts."""
    to: float | None = None
    """The greatest number that still counts."""

    @model_validator(mode="after")
    def _in_order(self) -> "Range":
        if self.from_ is None and self.to is None:
            raise ValueError(gettext("the range has no limit; add 'from' or 'to'"))
        if self.from_ is not None and self.to is not None and self.from_ > self.to:
            raise ValueError(
                gettext(
                    "'from' (%(low)s) must not be above 'to' (%(high)s); correct one",
                    low=f"{self.from_:g}",
                    high=f"{self.to:g}",
                )
            )
        return self


class FitCondition(Part):
    """The profile of a person: all given fields must match, each with any of its words (`*` matches any text)."""

    country: Texts | None = None
    """Country of the person, else of the account, as the systems write it."""
    segment: Texts | None = None
    """Segment of the account."""
    persona: Texts | None = None
    """Keys of personas."""
    job_title: Texts | None = None
    """Job title."""
    revenue_stream: Texts | None = None
    """Keys of revenue_streams."""
    lead_type: Texts | None = None
    """Keys of lead_types."""
    channel: Texts | None = None
    """Channel of the person's source."""
    email_domain: Texts | None = None
    """What follows the @ of the e-mail."""
    employees: Range | None = None
    """Size of the account."""


class EngagementCondition(Part):
    """What a person did: all given fields must match, each with any of its words (`*` matches any text).

    `touch` is the kind of a marketing touch, `activity` the type of a sales activity; `direction` is inbound when the
    person did it.
    """

    touch: Texts | None = None
    """Kind of a marketing touch: visit, form, e-mail click ..."""
    activity: Texts | None = None
    """Type of a sales activity: call, email, meeting, document ..."""
    direction: Annotated[list[Literal["inbound", "outbound"]], Field(min_length=1)] | None = None
    """Of an activity: inbound when the person did it."""
    channel: Texts | None = None
    """Channel of the touch."""
    campaign: Texts | None = None
    """Name of the campaign."""
    content: Texts | None = None
    """What was looked at, filled in or clicked."""


def _demands_something(condition: Part) -> Part:
    if not condition.model_fields_set:
        raise ValueError(gettext("a rule without any condition would give its points to everybody; add a condition"))
    return condition


class FitRule(Part):
    """Points for the profile of a person; below zero for one that does not fit."""

    when: FitCondition
    """Who gets the points."""
    points: Given
    """The number of points, from -100 to 100."""

    _something = field_validator("when")(_demands_something)


class EngagementRule(Part):
    """Points each time that somebody does something, fading with the half-life; `at_most` caps their sum."""

    when: EngagementCondition
    """What gives the points, each time."""
    points: Given
    """The number of points, from -100 to 100."""
    at_most: Points | None = None
    """The most that this rule gives in all."""

    _something = field_validator("when")(_demands_something)


class Fit(Part):
    """The rules of the profile; their sum is held between 0 and the cap."""

    weight: Annotated[float, Field(ge=0, le=1)]
    """Its part of the score; both weights add up to 1."""
    cap: Annotated[float, Field(gt=0, le=1000)] = 100
    """The sum of points that counts as full."""
    rules: Annotated[dict[Key, FitRule], Field(min_length=1)]
    """Which profile gives how many points."""


class Engagement(Part):
    """The rules of the interactions; points halve every half-life, their sum is held between 0 and the cap."""

    weight: Annotated[float, Field(ge=0, le=1)]
    """Its part of the score; both weights add up to 1."""
    cap: Annotated[float, Field(gt=0, le=1000)] = 100
    """The sum of points that counts as full."""
    # Below a week, 2 to the power of the half-lives in twenty years is more than a binary number can hold.
    half_life_days: Annotated[float, Field(ge=7, le=3650)]
    """The number of days after which a point is worth half."""
    rules: Annotated[dict[Key, EngagementRule], Field(min_length=1)]
    """Which interaction gives how many points."""


class Grades(Part):
    """From which fit a lead is A or B (else C), and from which engagement 1 or 2 (else 3), on scales of 0 to 100."""

    A: Points
    """From this fit on a lead is an A."""
    B: Points
    """From this fit on a lead is a B; below it a C."""
    first: Annotated[Points, Field(alias="1")]
    """From this engagement on a lead is a 1."""
    second: Annotated[Points, Field(alias="2")]
    """From this engagement on a lead is a 2; below it a 3."""

    @model_validator(mode="before")
    @classmethod
    def _keys_are_texts(cls, grades: object) -> object:
        # YAML reads a bare 1 as a number.
        return {str(key): value for key, value in grades.items()} if isinstance(grades, dict) else grades

    @model_validator(mode="after")
    def _in_order(self) -> "Grades":
        if self.A <= self.B or self.first <= self.second:
            raise ValueError(gettext("A must start above B, and 1 above 2; correct the grades"))
        return self


class Scoring(Part):
    """The score from 0 to 100: weight x fit + weight x engagement, each as a share of its cap."""

    fit: Fit
    """The rules of the profile."""
    engagement: Engagement
    """The rules of the interactions."""
    grades: Grades
    """Where the grades begin, on scales of 0 to 100."""

    @model_validator(mode="after")
    def _weights(self) -> "Scoring":
        total: Share = self.fit.weight + self.engagement.weight
        if abs(total - 1) > 1e-9:
            raise ValueError(
                gettext(
                    "the weights of fit and engagement must add up to 1; they add up to %(total)s; correct the weights",
                    total=f"{total:g}",
                )
            )
        return self
