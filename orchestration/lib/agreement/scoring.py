"""How a lead is scored: fit by who somebody is, engagement by what they did, each point with its rule.

Belongs here: rules, weights, caps, decay and grades. Evaluating them is SQL (dbt_project/models/intermediate/scoring).
"""

from typing import Annotated

from pydantic import Field, field_validator, model_validator

from orchestration.lib.agreement.parts import Key, Part, Points, Share, Text

Texts = Annotated[list[Text], Field(min_length=1)]
Given = Annotated[float, Field(ge=-100, le=100)]


class Range(Part):
    """A number between two limits, both included; one of them may be left out."""

    from_: Annotated[float | None, Field(alias="from")] = None
    to: float | None = None

    @model_validator(mode="after")
    def _in_order(self) -> "Range":
        if self.from_ is None and self.to is None:
            raise ValueError("a range needs 'from' or 'to'")
        if self.from_ is not None and self.to is not None and self.from_ > self.to:
            raise ValueError(f"'from' ({self.from_:g}) must not be above 'to' ({self.to:g})")
        return self


class FitCondition(Part):
    """Who somebody is: all fields that are given must hold, each by any of its words (`*` stands for any text)."""

    country: Texts | None = None
    segment: Texts | None = None
    persona: Texts | None = None
    job_title: Texts | None = None
    revenue_stream: Texts | None = None
    lead_type: Texts | None = None
    channel: Texts | None = None
    email_domain: Texts | None = None
    employees: Range | None = None


class EngagementCondition(Part):
    """What somebody did: all fields that are given must hold, each by any of its words (`*` stands for any text).

    `touch` is the kind of a marketing touch, `activity` the type of a sales activity; `direction` is inbound when the
    person did it.
    """

    touch: Texts | None = None
    activity: Texts | None = None
    direction: Annotated[list[Annotated[str, Field(pattern="^(inbound|outbound)$")]], Field(min_length=1)] | None = None
    channel: Texts | None = None
    campaign: Texts | None = None
    content: Texts | None = None


def _demands_something(condition: Part) -> Part:
    if not condition.model_fields_set:
        raise ValueError("a rule without any condition would give its points to everybody")
    return condition


class FitRule(Part):
    """Points for who somebody is; below zero for who does not fit."""

    when: FitCondition
    points: Given

    _something = field_validator("when")(_demands_something)


class EngagementRule(Part):
    """Points each time that somebody does something, fading with the half-life; `at_most` caps their sum."""

    when: EngagementCondition
    points: Given
    at_most: Points | None = None

    _something = field_validator("when")(_demands_something)


class Fit(Part):
    """The rules of the profile; their sum is held between 0 and the cap."""

    weight: Annotated[float, Field(ge=0, le=1)]
    cap: Annotated[float, Field(gt=0, le=1000)] = 100
    rules: Annotated[dict[Key, FitRule], Field(min_length=1)]


class Engagement(Part):
    """The rules of the interactions; points halve every half-life, their sum is held between 0 and the cap."""

    weight: Annotated[float, Field(ge=0, le=1)]
    cap: Annotated[float, Field(gt=0, le=1000)] = 100
    # Below a week, 2 to the power of the half-lives in twenty years is more than a binary number can hold.
    half_life_days: Annotated[float, Field(ge=7, le=3650)]
    rules: Annotated[dict[Key, EngagementRule], Field(min_length=1)]


class Grades(Part):
    """From which fit a lead is A or B (else C), and from which engagement 1 or 2 (else 3), on scales of 0 to 100."""

    A: Points
    B: Points
    first: Annotated[Points, Field(alias="1")]
    second: Annotated[Points, Field(alias="2")]

    @model_validator(mode="before")
    @classmethod
    def _keys_are_texts(cls, grades: object) -> object:
        # YAML reads a bare 1 as a number.
        return {str(key): value for key, value in grades.items()} if isinstance(grades, dict) else grades

    @model_validator(mode="after")
    def _in_order(self) -> "Grades":
        if self.A <= self.B or self.first <= self.second:
            raise ValueError("A must start above B, and 1 above 2")
        return self


class Scoring(Part):
    """The score from 0 to 100: weight x fit + weight x engagement, each as a share of its cap."""

    fit: Fit
    engagement: Engagement
    grades: Grades

    @model_validator(mode="after")
    def _weights(self) -> "Scoring":
        total: Share = self.fit.weight + self.engagement.weight
        if abs(total - 1) > 1e-9:
            raise ValueError(f"the weights of fit and engagement must add up to 1; they add up to {total:g}")
        return self
