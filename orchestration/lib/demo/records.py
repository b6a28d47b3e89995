"""The sales records that the story leaves behind, as rows of HubSpot's exports. When and why they arise
belongs to journeys and deals.
"""

from dataclasses import dataclass, field
from datetime import datetime, timedelta
from random import Random

from orchestration.lib.demo import clock, company
from orchestration.lib.demo.draws import between, chance, lognormal, pick_weighted
from orchestration.lib.demo.people import Person

Row = list[str]


@dataclass
class Records:
    """Rows of calls, e-mails, meetings, deals and invoices, in the column order of `files.HEADERS`."""

    calls: list[Row] = field(default_factory=list)
    emails: list[Row] = field(default_factory=list)
    meetings: list[Row] = field(default_factory=list)
    deals: list[Row] = field(default_factory=list)
    invoices: list[Row] = field(default_factory=list)

    def attempt(
        self,
        rng: Random,
        person: Person,
        owner: company.User,
        at: datetime,
        answered: bool,
        deal_id: str = "",
    ) -> None:
        """Sales contacts the person: a call or an e-mail."""
        if chance(rng, 0.58):
            outcome = "Connected" if answered else self._no_answer(rng)
            self._call(rng, person, owner, at, "Outbound", outcome, deal_id)
        else:
            direction = "FORWARDED_EMAIL" if chance(rng, 0.02) else "EMAIL"
            self._add(self.emails, rng, person, owner, at, [direction], deal_id)

    def inbound(self, rng: Random, person: Person, owner: company.User, at: datetime) -> None:
        """The person contacts sales: a reply or a call."""
        if chance(rng, 0.2):
            self._call(rng, person, owner, at, "Inbound", "Connected", "")
        else:
            self._add(self.emails, rng, person, owner, at, ["INCOMING_EMAIL"], "")

    def meeting(self, rng: Random, person: Person, owner: company.User, at: datetime, deal_id: str) -> None:
        """They meet, or were about to; one in four meetings has a colleague of the person in it."""
        outcome = pick_weighted(rng, ("Completed", "No Show", "Canceled"), (88, 7, 5))
        colleague = self.colleague(rng, person, at, 0.25)
        self._add(self.meetings, rng, person, owner, at, [outcome], deal_id, colleague)

    def colleague(self, rng: Random, person: Person, at: datetime, probability: float) -> str:
        """With this probability the record id of another contact of the company, known then; else empty."""
        others = person.account.persons if person.account else []
        known = [other.record_id for other in others if other is not person and other.created < at]
        return known[0] if known and chance(rng, probability) else ""

    def _no_answer(self, rng: Random) -> str:
        return pick_weighted(rng, ("No answer", "Left voicemail", "Busy", "Wrong number"), (55, 30, 12, 3))

    def _call(
        self,
        rng: Random,
        person: Person,
        owner: company.User,
        at: datetime,
        way: str,
        outcome: str,
        deal_id: str,
    ) -> None:
        seconds = int(lognormal(rng, 240, 0.7)) if outcome == "Connected" else int(between(rng, 3, 40))
        duration = f"{seconds // 3600:02}:{seconds // 60 % 60:02}:{seconds % 60:02}"
        self._add(self.calls, rng, person, owner, at, [way, outcome, duration], deal_id)

    def _add(
        self,
        rows: list[Row],
        rng: Random,
        person: Person,
        owner: company.User,
        at: datetime,
        facts: Row,
        deal_id: str,
        colleague: str = "",
    ) -> None:
        if at > clock.EXPORTED:
            return
        # Logged-at is not happened-at: most are logged at once, some days later, meetings are booked before.
        logged = at
        if rows is self.meetings:
            logged = at - timedelta(minutes=int(between(rng, 600, 6000)))
        elif rows is self.calls:
            logged = at + timedelta(minutes=int(between(rng, 600, 4000) if chance(rng, 0.06) else between(rng, 0, 9)))
        number = 30000001 + len(self.calls) + len(self.emails) + len(self.meetings)
        times = [clock.text(at), clock.text(min(clock.existing(logged), clock.EXPORTED))]
        contacts = ";".join(filter(None, (person.record_id, colleague)))
        rows.append([str(number), *times, *facts, owner.name, contacts, deal_id])
