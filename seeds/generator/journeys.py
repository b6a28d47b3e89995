"""What the demo company's sales did with its leads: stages, first contact, follow-ups, recycling. What comes
after an opportunity is opened belongs to deals.
"""

from dataclasses import dataclass, field
from datetime import datetime, timedelta
from random import Random

from seeds.generator import clock, company, deals
from seeds.generator.draws import between, chance, lognormal, pick, pick_weighted
from seeds.generator.people import Person, visit
from seeds.generator.records import Records

# How many attempts a rep makes before giving up: 1 to 8, with these weights.
_ATTEMPTS = (6, 9, 19, 17, 19, 12, 12, 6)


@dataclass
class Journey:
    """One pass of a lead through the stages, while it is being generated."""

    rng: Random
    records: Records
    person: Person
    owner: company.User
    contacts: list[datetime] = field(default_factory=list)


def live(rng: Random, records: Records, person: Person) -> None:
    """Generate a lead's year: fills the person's stages, adds activities, deals and invoices to the records."""
    person.stages["lead"] = person.created
    person.history.append((person.created, "lead"))
    if person.is_spam:
        _enter(
            person,
            "disqualified",
            person.created + timedelta(minutes=int(between(rng, 1, 90))),
            "Unqualified",
        )
        return
    if not chance(rng, person.segment.mql_rate):
        return
    qualified: datetime | None = _qualified(rng, person)
    # A recycled lead may return, at most twice.
    for _ in range(3):
        recycled = _journey(rng, records, person, qualified) if qualified and qualified <= clock.EXPORTED else None
        if recycled is None or recycled > clock.EXPORTED or not chance(rng, 0.3):
            return
        qualified = clock.existing(recycled + timedelta(minutes=int(lognormal(rng, 55, 0.5) * 1440)))
        visit(rng, person, qualified - timedelta(minutes=3))


def _qualified(rng: Random, person: Person) -> datetime:
    """Most forms qualify at once, some after more interest; lists and badges are read by a marketer first."""
    if person.segment.lead_type == company.WEBSITE:
        days = 0.0 if chance(rng, 0.7) else lognormal(rng, 4.0, 0.8)
        return clock.existing(person.created + timedelta(minutes=1 + int(days * 1440)))
    return clock.after_office_minutes(person.created, lognormal(rng, 240, 0.9))


def _enter(person: Person, stage: str, moment: datetime, status: str) -> datetime:
    """Enter a stage, unless that is after the export; HubSpot keeps the latest entry of each stage."""
    moment = clock.existing(moment)
    if moment <= clock.EXPORTED:
        person.stages[stage] = moment
        person.history.append((moment, stage))
        person.status = status
    return moment


def _journey(rng: Random, records: Records, person: Person, qualified: datetime) -> datetime | None:
    """One journey from MQL on; gives the moment when the lead was recycled, if it was."""
    _enter(person, "mql", qualified, "New")
    if chance(rng, 0.02):
        _enter(person, "disqualified", qualified + timedelta(minutes=int(between(rng, 5, 100))), "Unqualified")
        return None
    journey = Journey(rng, records, person, pick(rng, company.REPS[person.segment.stream]))
    person.owner, person.assigned = journey.owner, qualified
    person.assignments.append((qualified, journey.owner))
    minutes = lognormal(rng, 65 * journey.owner.slowness, 1.1)
    first = clock.after_office_minutes(qualified, minutes)
    # A lead that is called within hours buys more often; one that waits for days, less.
    hours = (first - qualified).total_seconds() / 3600
    quickness = 1.13 if hours <= 4 else (1.0 if hours <= 24 else 0.85)
    becomes_sql = chance(rng, person.segment.sql_rate * quickness)
    if not becomes_sql and chance(rng, 0.07):
        return None  # never contacted, nobody noticed
    if not becomes_sql and chance(rng, 0.09):
        return _rejected(journey, first)
    return _worked(journey, first, becomes_sql)


def _rejected(journey: Journey, first: datetime) -> datetime | None:
    """Sales declines the lead, half of the time after a glance at the record alone."""
    if chance(journey.rng, 0.5):
        journey.records.attempt(journey.rng, journey.person, journey.owner, first, answered=True)
    rejected = clock.after_office_minutes(first, between(journey.rng, 3, 90))
    _enter(journey.person, "rejected", rejected, "Unqualified")
    if not chance(journey.rng, 0.6):
        return None
    return _enter(journey.person, "recycled", clock.after_days(journey.rng, rejected, 3), "Bad Timing")


def _worked(journey: Journey, first: datetime, becomes_sql: bool) -> datetime | None:
    """Sales accepts the lead and follows it up until it answers or the rep gives up."""
    rng, person = journey.rng, journey.person
    if chance(rng, 0.02):  # the lead called before sales did
        called = first - timedelta(minutes=int(between(rng, 5, 60)))
        journey.records.inbound(rng, person, journey.owner, max(called, person.stages["mql"]))
    _enter(person, "sal", clock.after_office_minutes(first, between(rng, 0, 120)), "Attempted to Contact")
    answers = becomes_sql or chance(rng, 0.16)
    attempts = pick_weighted(rng, range(1, 9), (32, 34, 20, 14, 0, 0, 0, 0) if becomes_sql else _ATTEMPTS)
    moment = first
    for number in range(attempts):
        is_last = number == attempts - 1
        journey.records.attempt(rng, person, journey.owner, moment, answered=answers and is_last)
        if not is_last:
            moment = clock.after_office_minutes(moment, lognormal(rng, 950, 0.6))
    if answers and chance(rng, 0.6):
        moment = clock.existing(moment + timedelta(minutes=int(between(rng, 20, 900))))
        journey.records.inbound(rng, person, journey.owner, moment)
    if not becomes_sql:
        return _given_up(journey, moment)
    qualified = _enter(person, "sql", clock.after_office_minutes(moment, between(rng, 10, 900)), "Connected")
    if not chance(rng, person.segment.opportunity_rate):
        return _given_up(journey, qualified)
    created = clock.after_office_minutes(qualified, lognormal(rng, 700, 0.8))
    if created > clock.EXPORTED:
        return None
    _enter(person, "opportunity", created, "Open Deal")
    deal = deals.open_deal(rng, journey.records, person, journey.owner, created)
    if deal.won:
        _enter(person, "customer", deal.won, "Open Deal")
    lost = deal.lost is not None and chance(rng, 0.35)
    return _enter(person, "recycled", clock.after_days(rng, deal.lost, 7), "Bad Timing") if lost and deal.lost else None


def _given_up(journey: Journey, last: datetime) -> datetime | None:
    """No deal for now: back to marketing, out, or abandoned."""
    fate = pick_weighted(journey.rng, ("recycled", "disqualified", ""), (34, 24, 42))
    moment = clock.after_days(journey.rng, last, lognormal(journey.rng, 6, 0.7))
    if fate == "recycled":
        return _enter(journey.person, "recycled", moment, "Bad Timing")
    if fate == "disqualified":
        _enter(journey.person, "disqualified", moment, "Unqualified")
    return None
