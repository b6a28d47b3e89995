"""The sales records that the story leaves behind: activities, deals, invoices. When and why they arise belongs to
journeys and deals; how a CRM writes them, to hubspot and salesforce.
"""

from dataclasses import dataclass, field
from datetime import datetime, timedelta
from random import Random

from seeds.generator import clock, company
from seeds.generator.draws import between, chance, lognormal, pick_weighted
from seeds.generator.people import Person

CALL, EMAIL, MEETING = "call", "email", "meeting"


@dataclass(frozen=True)
class Activity:
    """One call, e-mail or meeting; `outcome` is a meeting's or a call's, `seconds` a call's."""

    number: int
    kind: str
    person: Person
    owner: company.User
    at: datetime
    logged: datetime
    direction: str
    outcome: str
    seconds: int
    deal_id: str
    colleague: Person | None


@dataclass(frozen=True)
class Deal:
    """One deal from its creation to its end; `ends` is the forecast's true end where it is still open."""

    deal_id: str
    name: str
    person: Person
    owner: company.User
    colleague: Person | None
    created: datetime
    ends: datetime
    is_closed: bool
    wins: bool
    cents: int
    currency: str
    forecast: datetime
    progress: int  # how far an open one came, 0 to 3
    is_renewal: bool
    lost_reason: str

    @property
    def won(self) -> datetime | None:
        """When it was won; none if it was not."""
        return self.ends if self.is_closed and self.wins else None

    @property
    def lost(self) -> datetime | None:
        """When it was lost; none if it was not."""
        return self.ends if self.is_closed and not self.wins else None


@dataclass(frozen=True)
class Invoice:
    """One invoice of a won deal."""

    number: int
    day: datetime
    cents: int
    deal: Deal

    @property
    def due(self) -> datetime:
        """The end of the customer's term of 14 or 30 days, drawn apart: nothing else of the company depends on it."""
        account = self.deal.person.account
        term = Random(f"terms {account.record_id if account else self.number}").random()
        return clock.existing(self.day + timedelta(days=14 if term < 0.3 else 30))


@dataclass
class Records:
    """All that sales wrote down, in the order of the story."""

    activities: list[Activity] = field(default_factory=list)
    deals: list[Deal] = field(default_factory=list)
    invoices: list[Invoice] = field(default_factory=list)

    def attempt(
        self, rng: Random, person: Person, owner: company.User, at: datetime, answered: bool, deal_id: str = ""
    ) -> None:
        """Sales contacts the person: a call or an e-mail."""
        if chance(rng, 0.58):
            outcome = "Connected" if answered else self._no_answer(rng)
            self._call(rng, person, owner, at, "Outbound", outcome, deal_id)
        else:
            direction = "FORWARDED_EMAIL" if chance(rng, 0.02) else "EMAIL"
            self._add(rng, EMAIL, person, owner, at, direction, "", 0, deal_id)

    def inbound(self, rng: Random, person: Person, owner: company.User, at: datetime) -> None:
        """The person contacts sales: a reply or a call."""
        if chance(rng, 0.2):
            self._call(rng, person, owner, at, "Inbound", "Connected", "")
        else:
            self._add(rng, EMAIL, person, owner, at, "INCOMING_EMAIL", "", 0, "")

    def meeting(self, rng: Random, person: Person, owner: company.User, at: datetime, deal_id: str) -> None:
        """They meet, or were about to; one in four meetings has a colleague of the person in it."""
        outcome = pick_weighted(rng, ("Completed", "No Show", "Canceled"), (88, 7, 5))
        colleague = self.colleague(rng, person, at, 0.25)
        self._add(rng, MEETING, person, owner, at, "", outcome, 0, deal_id, colleague)

    def colleague(self, rng: Random, person: Person, at: datetime, probability: float) -> Person | None:
        """With this probability another contact of the company, known then; else none."""
        others = person.account.persons if person.account else []
        known = [other for other in others if other is not person and other.created < at]
        return known[0] if known and chance(rng, probability) else None

    def _no_answer(self, rng: Random) -> str:
        return pick_weighted(rng, ("No answer", "Left voicemail", "Busy", "Wrong number"), (55, 30, 12, 3))

    def _call(
        self, rng: Random, person: Person, owner: company.User, at: datetime, way: str, outcome: str, deal_id: str
    ) -> None:
        seconds = int(lognormal(rng, 240, 0.7)) if outcome == "Connected" else int(between(rng, 3, 40))
        self._add(rng, CALL, person, owner, at, way, outcome, seconds, deal_id)

    def _add(
        self,
        rng: Random,
        kind: str,
        person: Person,
        owner: company.User,
        at: datetime,
        direction: str,
        outcome: str,
        seconds: int,
        deal_id: str,
        colleague: Person | None = None,
    ) -> None:
        if at > clock.EXPORTED:
            return
        # Logged-at is not happened-at: most are logged at once, some days later, meetings are booked before.
        logged = at
        if kind == MEETING:
            logged = at - timedelta(minutes=int(between(rng, 600, 6000)))
        elif kind == CALL:
            logged = at + timedelta(minutes=int(between(rng, 600, 4000) if chance(rng, 0.06) else between(rng, 0, 9)))
        logged = min(clock.existing(logged), clock.EXPORTED)
        number = 30000001 + len(self.activities)
        owner = company.at_work(owner, at.date())
        self.activities.append(
            Activity(number, kind, person, owner, at, logged, direction, outcome, seconds, deal_id, colleague)
        )
