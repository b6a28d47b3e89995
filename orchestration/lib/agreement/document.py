"""One version of the agreement: its parts put together, and what makes them contradict each other.

Belongs here: the whole, and the rules between parts. The fields of a part are in the module of its name;
reading files and naming lines is reading.py.
"""

from typing import Annotated, Any, Literal

from pydantic import Field, ModelWrapValidatorHandler, PrivateAttr, model_validator

from orchestration.lib.agreement.attribution import Attribution
from orchestration.lib.agreement.calendars import Calendar, PublicHolidays
from orchestration.lib.agreement.canonical import seal_of
from orchestration.lib.agreement.commitments import (
    Cadence,
    Clock,
    Commitment,
    LeadValue,
    Measure,
    check_calendar_of,
    check_lead_value,
    check_names,
    check_reason_classes,
)
from orchestration.lib.agreement.company import Company, Persona
from orchestration.lib.agreement.guards import DEFAULTS, Guard, GuardName
from orchestration.lib.agreement.measures import check_measure
from orchestration.lib.agreement.notifications import Notifications, check_notifications
from orchestration.lib.agreement.parts import SIDE_STATES, STAGES, Day, Key, Part, Team, contradiction, must_name
from orchestration.lib.agreement.public_holidays import KnownDays
from orchestration.lib.agreement.quotas import check_quotas
from orchestration.lib.agreement.reviews import Reviews, check_reviews, review_cycle
from orchestration.lib.agreement.scoring import Scoring
from orchestration.lib.agreement.signatures import Signature, Signer, check_signatures, missing, of_signers, of_teams
from orchestration.lib.agreement.stages import Handoff, Recycling, StageDefinition
from orchestration.lib.agreement.streams import RevenueStream
from orchestration.lib.agreement.tiers import check_tiers
from orchestration.lib.language import gettext
from orchestration.lib.periods import Cycle

Days = Annotated[str, Field(pattern=r"^(0|[1-9]\d{0,2})d$")]


class Closing(Part):
    """When a month is closed: from then on it keeps its figures, and what comes later is a restatement."""

    after: Days
    """Days after the end of the month: 5d closes March by the first build of 6 April or later."""

    @property
    def after_days(self) -> int:
        """The days as a number."""
        return int(self.after[:-1])


class Evidence(Part):
    """How much must be known before a figure is given; else the pages show what is missing in its place."""

    known_share: Annotated[float, Field(gt=0, le=1)] = 0.9
    """The least share of the rows of a status, a proposed rate or a figure by owner of which enough is known."""
    behind_after: Days = "3d"
    """Days before the as-of at which a source may end that commitments are evaluated by; a long weekend is allowed."""
    old_after: Days = "7d"
    """The same of every source: beyond it the guard fresh_sources names the source, and so does every page."""

    @property
    def behind_after_days(self) -> int:
        """The days of behind_after as a number."""
        return int(self.behind_after[:-1])

    @property
    def old_after_days(self) -> int:
        """The days of old_after as a number."""
        return int(self.old_after[:-1])


class Agreement(Part):
    """One version of the agreement."""

    version: Annotated[str, Field(pattern=r"^[A-Za-z0-9_][A-Za-z0-9._-]{0,99}$")]
    """The version's name: letters, digits, dot, underscore, hyphen; each version its own."""
    effective_from: Day
    """First day in force, in the company's zone."""
    effective_to: Day | None = None
    """Last day in force; omitted, the version ends the day before the next one."""
    company: Company
    """Who signs, and the units that all figures are in."""
    personas: dict[Key, Persona] = {}
    """The kinds of person whom the company sells to, recognised by words of the job title."""
    stages: dict[Literal[STAGES + SIDE_STATES], StageDefinition] = {}  # type: ignore[valid-type]
    """What each stage means."""
    scoring: Scoring | None = None
    """How a lead is scored, from 0 to 100."""
    revenue_streams: Annotated[dict[Key, RevenueStream], Field(min_length=1)]
    """What is sold, what it must bring, and how many of each stage become one of the next."""
    calendars: dict[Key, Calendar]
    """When a team works."""
    commitments: dict[Key, Commitment]
    """The commitments of each team to the other."""
    handoff: Handoff | None = None
    """Where marketing hands over, what sales answers, and the class of each reason for a no."""
    recycling: Recycling = Recycling()
    """Whether a lead that comes back counts again, and whether a declined one takes its value with it."""
    tolerance: Annotated[float, Field(ge=0, lt=1)]
    """The share by which a month may miss its target and still be on track, both ways."""
    evidence: Evidence = Evidence()
    """How much must be known before a figure is given."""
    guards: dict[GuardName, Guard] = {}
    """What a broken definition does, where it is not the default."""
    attribution: Attribution = Attribution()
    """How credit for a conversion is given to the touches before it."""
    notifications: Notifications | None = None
    """The events of which people are notified; omitted, there are none."""
    reviews: Reviews | None = None
    """When both teams review it; omitted, it follows from the company's growth."""
    closing: Closing | None = None
    """When a month is closed; omitted, only `smarketing close` closes one."""
    signers: list[Signer] = []
    """Who signs beside the one person of each team."""
    signatures: list[Signature] = []
    """Who has signed; `smarketing sign` writes it."""

    _seal: str = PrivateAttr("")

    @model_validator(mode="wrap")
    @classmethod
    def _seal_what_is_written(cls, written: Any, handler: ModelWrapValidatorHandler["Agreement"]) -> "Agreement":
        agreement = handler(written)
        if isinstance(written, dict):
            places = {" ".join(filter(None, region)): days for region, days in agreement.public_days.items()}
            agreement._seal = seal_of(written, places)
        return agreement

    @model_validator(mode="after")
    def _agrees_with_itself(self) -> "Agreement":
        if self.effective_to and self.effective_to <= self.effective_from:
            raise contradiction(
                gettext("effective_to must come after effective_from; correct one of them"), "effective_to"
            )
        if self.reviews:
            check_reviews(self.reviews, self.effective_from)
        check_quotas(self.revenue_streams, self.company.fiscal_month, self.effective_from, self.effective_to)
        self._check_commitments()
        self._check_stages()
        self._check_scoring()
        if self.notifications:
            check_notifications(self.notifications, self.calendars, self.scoring is not None)
        check_signatures(self.signatures, self.signers)
        return self

    def _check_commitments(self) -> None:
        check_names(self.commitments)
        for name, commitment in self.commitments.items():
            if isinstance(commitment, Clock | LeadValue) and commitment.calendar is not None:
                must_name(commitment.calendar, self.calendars, "calendars", "commitments", name, "calendar")
            if isinstance(commitment, Clock) and commitment.until == commitment.starts_at:
                raise contradiction(
                    gettext("the clock ends at the stage at which it starts; write a later stage"),
                    "commitments",
                    name,
                    "until",
                )
            if isinstance(commitment, Clock):
                check_calendar_of(name, commitment)
            if isinstance(commitment, LeadValue):
                check_lead_value(name, commitment, self.revenue_streams)
            if isinstance(commitment, Clock | Cadence):
                check_tiers(name, commitment.tiers or (), self)
            check_reason_classes(name, commitment, self.handoff.reasons if self.handoff else {})
            if isinstance(commitment, Measure):
                check_measure(name, commitment, self.revenue_streams, self.handoff is not None)

    def _check_stages(self) -> None:
        lead_types = {name: None for stream in self.revenue_streams.values() for name in stream.lead_types}
        for stage, definition in self.stages.items():
            criteria = definition.criteria
            if criteria is None:
                continue
            if criteria.reads_score and self.scoring is None:
                text = gettext("the criteria ask for a score, but there is no scoring; add it, or remove them")
                raise contradiction(text, "stages", stage, "criteria")
            if stage in (criteria.after or ()):
                raise contradiction(
                    gettext("a stage cannot come after itself; write an earlier one"),
                    "stages",
                    stage,
                    "criteria",
                    "after",
                )
            for name in criteria.except_lead_types:
                where = ("stages", stage, "criteria", "except_lead_types")
                must_name(name, lead_types, gettext("the lead_types of %(streams)s", streams="revenue_streams"), *where)

    def _check_scoring(self) -> None:
        for name, rule in self.scoring.fit.rules.items() if self.scoring else ():
            for persona in rule.when.persona or ():
                must_name(persona, self.personas, "personas", "scoring", "fit", "rules", name, "when", "persona")

    @property
    def public_days(self) -> KnownDays:
        """By country and part: the public holidays that the calendars of this version mean."""
        holidays = [calendar.holidays for calendar in self.calendars.values()]
        return {each.region: each.public for each in holidays if isinstance(each, PublicHolidays)}

    @property
    def review_cycle(self) -> Cycle:
        """The periods that are reviewed."""
        return review_cycle(self.company, self.reviews)

    @property
    def all_guards(self) -> dict[GuardName, Guard]:
        """Every guard, as this version has it or by default."""
        return DEFAULTS | self.guards

    @property
    def seal(self) -> str:
        """The seal of what is written in this version; empty for one that was not read."""
        return self._seal

    @property
    def valid_signatures(self) -> list[Signature]:
        """The signatures whose seal is that of what is written; one without a seal was typed, not signed."""
        return [each for each in self.signatures if each.seal and each.seal == self.seal]

    @property
    def team_signatures(self) -> dict[Team, Signature]:
        """The valid signature for each team."""
        return of_teams(self.valid_signatures, self.signers)

    @property
    def signer_signatures(self) -> list[tuple[Signer, Signature | None]]:
        """Each signer with the own valid signature, None before it."""
        return of_signers(self.valid_signatures, self.signers)

    @property
    def missing_signatures(self) -> list[str]:
        """The teams, then the signers by name, who have not signed what is written."""
        return missing(self.valid_signatures, self.signers)

    @property
    def is_signed(self) -> bool:
        """True when all have signed what is written."""
        return not self.missing_signatures
