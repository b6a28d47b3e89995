"""One version of the agreement: its parts put together, and what makes them contradict each other.

Belongs here: the whole, the signatures, the rules between parts. What a part says is in the module of its name;
reading files and naming lines is reading.py.
"""

from datetime import date
from typing import Annotated

from pydantic import Field, model_validator

from orchestration.lib.agreement.calendars import Calendar
from orchestration.lib.agreement.commitments import Cadence, Clock, Commitment
from orchestration.lib.agreement.company import Company, Persona
from orchestration.lib.agreement.guards import DEFAULTS, Guard, GuardName
from orchestration.lib.agreement.parts import Key, Part, SideState, Stage, Team, Text, contradiction, must_name
from orchestration.lib.agreement.scoring import Scoring
from orchestration.lib.agreement.stages import Handoff, Recycling, StageDefinition
from orchestration.lib.agreement.streams import RevenueStream


class Reviews(Part):
    """When both teams sit down over it next; left out, it follows from the company's growth."""

    next: date


class Signature(Part):
    """Who signed, in what role, when, and the seal of what was signed (`smarketing sign` writes it)."""

    name: Text
    role: Team
    date: date
    seal: Annotated[str, Field(pattern="^[0-9a-f]{64}$")] | None = None


class Agreement(Part):
    """One version of the agreement."""

    version: Annotated[str, Field(pattern=r"^[A-Za-z0-9._-]+$")]
    effective_from: date
    effective_to: date | None = None
    company: Company
    personas: dict[Key, Persona] = {}
    stages: dict[Stage | SideState, StageDefinition] = {}
    scoring: Scoring | None = None
    revenue_streams: Annotated[dict[Key, RevenueStream], Field(min_length=1)]
    calendars: dict[Key, Calendar]
    commitments: dict[Key, Commitment]
    handoff: Handoff | None = None
    recycling: Recycling = Recycling()
    tolerance: Annotated[float, Field(ge=0, lt=1)]
    guards: dict[GuardName, Guard] = {}
    reviews: Reviews | None = None
    signatures: list[Signature] = []

    @model_validator(mode="after")
    def _agrees_with_itself(self) -> "Agreement":
        if self.effective_to and self.effective_to <= self.effective_from:
            raise contradiction("effective_to must come after effective_from", "effective_to")
        if self.reviews and self.reviews.next <= self.effective_from:
            raise contradiction("the next review must come after effective_from", "reviews", "next")
        self._check_commitments()
        self._check_stages()
        self._check_scoring()
        return self

    def _check_commitments(self) -> None:
        for name, commitment in self.commitments.items():
            calendar = None if isinstance(commitment, Cadence) else commitment.calendar
            if calendar is not None:
                must_name(calendar, self.calendars, "calendars", "commitments", name, "calendar")
            if isinstance(commitment, Clock) and commitment.until == commitment.starts_at:
                raise contradiction("the clock ends at the stage at which it starts", "commitments", name, "until")

    def _check_stages(self) -> None:
        lead_types = {name: None for stream in self.revenue_streams.values() for name in stream.lead_types}
        for stage, definition in self.stages.items():
            criteria = definition.criteria
            if criteria is None:
                continue
            if criteria.reads_score and self.scoring is None:
                path = ("stages", stage, "criteria")
                raise contradiction("the criteria ask for a score, but there is no scoring", *path)
            if stage in (criteria.after or ()):
                raise contradiction("a stage cannot come after itself", "stages", stage, "criteria", "after")
            for name in criteria.except_lead_types:
                where = ("stages", stage, "criteria", "except_lead_types")
                must_name(name, lead_types, "the lead_types of revenue_streams", *where)

    def _check_scoring(self) -> None:
        for name, rule in self.scoring.fit.rules.items() if self.scoring else ():
            for persona in rule.when.persona or ():
                must_name(persona, self.personas, "personas", "scoring", "fit", "rules", name, "when", "persona")

    @property
    def all_guards(self) -> dict[GuardName, Guard]:
        """Every guard, as this version has it or by default."""
        return DEFAULTS | self.guards

    @property
    def signed_roles(self) -> set[Team]:
        """The teams that have signed."""
        return {signature.role for signature in self.signatures}

    @property
    def is_signed(self) -> bool:
        """True when both teams have signed; before that the version runs as a draft."""
        return self.signed_roles == {"sales", "marketing"}
