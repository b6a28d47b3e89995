"""What each stage means, and what happens to a lead that sales does not take.

Belongs here: definitions, handoff answers, recycling. The stages themselves are fixed (parts.py).
"""

import re
from typing import Annotated, Literal

from pydantic import Field, field_validator, model_validator

from orchestration.lib.agreement.parts import Key, Part, Points, ReasonClass, Stage, Text
from orchestration.lib.language import gettext

Grade = Literal["A1", "A2", "A3", "B1", "B2", "B3", "C1", "C2", "C3"]
CountsAgain = Annotated[str, Field(json_schema_extra={"pattern": r"^(always|never|after [1-9]\d{0,3}d)$"})]


class Criteria(Part):
    """The evidence that a stage demands; all of it must be there."""

    score_at_least: Points | None = None
    """The score, from 0 to 100, that a lead must have."""
    grades: Annotated[list[Grade], Field(min_length=1)] | None = None
    """The grades of which a lead must have one."""
    after: Annotated[list[Stage], Field(min_length=1)] | None = None
    """The stages of which one must have been entered before."""
    except_lead_types: list[Key] = []
    """Lead types that need not have entered a stage of after."""

    @model_validator(mode="after")
    def _demands_something(self) -> "Criteria":
        if self.score_at_least is None and self.grades is None and self.after is None:
            raise ValueError(
                gettext(
                    "criteria without score_at_least, grades or after demand nothing; add one of them, or "
                    "remove criteria"
                )
            )
        if self.except_lead_types and self.after is None:
            raise ValueError(
                gettext(
                    "except_lead_types is the exception from 'after', which is not there; add 'after', or remove it"
                )
            )
        return self

    @property
    def reads_score(self) -> bool:
        """True when the score alone decides whether the evidence is there."""
        return self.score_at_least is not None or self.grades is not None


class StageDefinition(Part):
    """What a stage means, in plain language and in evidence that SQL can look for.

    `label`: the leads to which the CRM gives the label of the stage; `rule`: the leads that meet the criteria.
    """

    means: Text
    """What it means that a lead is in this stage, in plain language."""
    decided_by: Literal["label", "rule"] = "label"
    """label: the leads with the CRM's label are in the stage; rule: the leads that meet the criteria."""
    criteria: Criteria | None = None
    """The evidence that the stage demands."""

    @model_validator(mode="after")
    def _rule_has_criteria(self) -> "StageDefinition":
        if self.decided_by == "rule" and not (self.criteria and self.criteria.reads_score):
            raise ValueError(
                gettext("decided_by: rule needs criteria with score_at_least or grades; add them, or write label")
            )
        return self


class Handoff(Part):
    """The stages at which a lead is handed over and accepted, and the class of each reason for declining it."""

    at: Stage
    """The stage at which marketing hands a lead over."""
    accepted: Stage
    """The stage by which sales accepts a lead."""
    reasons: dict[ReasonClass, Annotated[list[Text], Field(min_length=1)]] = {}
    """The CRM's reasons for a no, by class: procedural, clerical or definitional."""
    unanswered_after: Annotated[str, Field(pattern=r"^[1-9]\d{0,2}d$")] | None = None
    """How many days a lead may wait for an answer, such as 14d; omitted, there is no limit."""
    then: Literal["accepted_by_default", "recycled_by_default"] | None = None
    """What silence means after that time; it is counted separately from the answers of sales."""

    @model_validator(mode="after")
    def _one_class_per_reason(self) -> "Handoff":
        labels = [label for labels in self.reasons.values() for label in labels]
        twice = sorted({label for label in labels if labels.count(label) > 1})
        if twice:
            raise ValueError(gettext("the reason '%(twice)s' is in two classes; leave it in one", twice=twice[0]))
        return self

    @model_validator(mode="after")
    def _silence_means_something(self) -> "Handoff":
        if (self.unanswered_after is None) != (self.then is None):
            raise ValueError(gettext("silence needs a time and a meaning; write both 'unanswered_after' and 'then'"))
        return self

    @property
    def unanswered_after_days(self) -> int | None:
        """Days after the handoff when silence is taken for an answer; None never."""
        return int(self.unanswered_after[:-1]) if self.unanswered_after else None


class Recycling(Part):
    """Whether a lead that comes back counts again, a declined one takes its value with it, and who takes an old one."""

    counts_again: CountsAgain = "always"
    """Whether a lead that comes back counts as handed over again: always, never, or after 90d."""
    value_given_back: bool | Literal["definitional"] = False
    """Whether a lead that sales rejects takes its value with it: true, false, or for a definitional reason only."""
    abandon_after: Annotated[str, Field(pattern=r"^[1-9]\d{0,2}d$")] | None = None
    """How long after it was due, such as 60d, missed work leaves the morning list; omitted, it stays there."""
    abandoned: Literal["backlog", "rework"] | None = None
    """Where it goes: to the backlog of its owner (if omitted), or to marketing, which takes the lead up again."""

    @model_validator(mode="after")
    def _leaves_the_list_first(self) -> "Recycling":
        if self.abandoned and not self.abandon_after:
            raise ValueError(gettext("'abandoned' is where old work goes; write 'abandon_after' too, or remove it"))
        return self

    @field_validator("counts_again")
    @classmethod
    def _known(cls, text: str) -> str:
        if text not in ("always", "never") and not re.fullmatch(r"after [1-9]\d{0,3}d", text):
            raise ValueError(
                gettext("'%(text)s' is not a policy; write always, never or, for example, after 90d", text=text)
            )
        return text

    @property
    def abandon_after_days(self) -> int | None:
        """Days after its due instant when missed work leaves the morning list; None never."""
        return int(self.abandon_after[:-1]) if self.abandon_after else None

    @property
    def counts_after_days(self) -> int | None:
        """Days after the last counted handoff before a lead counts again: 0 always, None never."""
        if self.counts_again == "never":
            return None
        return 0 if self.counts_again == "always" else int(self.counts_again.removeprefix("after ")[:-1])
