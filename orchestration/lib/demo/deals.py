"""The demo company's deals: what they are worth, how they end, and the invoices after the sale."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from random import Random

from orchestration.lib.demo import clock, company
from orchestration.lib.demo.draws import between, chance, lognormal, pick, pick_weighted
from orchestration.lib.demo.people import Person
from orchestration.lib.demo.records import Records

_OPEN_STAGES = ["Appointment Scheduled", "Qualified To Buy", "Presentation Scheduled", "Contract Sent"]


@dataclass
class Deal:
    """How a deal ended; both are none while it is open at the export."""

    won: datetime | None = None
    lost: datetime | None = None


def open_deal(
    rng: Random,
    records: Records,
    person: Person,
    owner: company.User,
    created: datetime,
    is_renewal: bool = False,
) -> Deal:
    """Tell one deal from its creation to its end or the export; a won one may be followed by a renewal."""
    stream = person.segment.stream
    cents = int(lognormal(rng, company.DEAL_SIZE[stream] * 0.9, 0.46) * 20) * 5
    # Sales gets a little better over the year.
    elapsed = (created.date() - clock.FIRST_DAY).days / clock.DAYS
    wins = chance(rng, 0.85 if is_renewal else person.segment.win_rate * (0.95 + 0.18 * elapsed))
    days = lognormal(rng, company.DAYS_TO_CLOSE[stream] * (1.0 if wins else 1.25), 0.6)
    ends = clock.after_days(rng, created, days)
    is_closed = ends <= clock.EXPORTED
    deal = Deal(won=ends if is_closed and wins else None, lost=ends if is_closed and not wins else None)
    deal_id = str(900001 + len(records.deals))
    country = person.account.country if person.account else "Italy"
    currency = company.COUNTRIES[country][1]
    colleague = "" if is_renewal else records.colleague(rng, person, created, 0.2)
    name = person.account.name if person.account else f"Deal {deal_id}"
    progress = min(3, int(4 * (clock.EXPORTED - created) / (ends - created)))
    stage = ("Closed Won" if wins else "Closed Lost") if is_closed else _OPEN_STAGES[progress]
    records.deals.append(
        [
            deal_id,
            f"{name} - {'renewal' if is_renewal else 'new'}",
            "Sales Pipeline",
            stage,
            _money(cents),
            currency,
            clock.text(created),
            # The close date of an open deal is a forecast, some of them already past.
            clock.text(ends if is_closed else ends - timedelta(days=int(between(rng, 0, 20)))),
            owner.name,
            "existingbusiness" if is_renewal else "newbusiness",
            pick(rng, company.LOST_REASONS) if deal.lost else "",
            stream,
            ";".join(filter(None, (person.record_id, colleague))),
            person.account.record_id if person.account else "",
            str(is_closed).lower(),
            str(deal.won is not None).lower(),
            clock.text(deal.won),
            clock.text(deal.lost),
        ]
    )
    _talks(rng, records, person, owner, deal_id, created, ends)
    if deal.won:
        _invoices(rng, records, person, deal_id, deal.won, cents, currency)
        renewed = clock.after_days(rng, deal.won, between(rng, 120, 220))
        if not is_renewal and renewed <= clock.EXPORTED and chance(rng, 0.22):
            open_deal(rng, records, person, owner, renewed, is_renewal=True)
    return deal


def _talks(
    rng: Random,
    records: Records,
    person: Person,
    owner: company.User,
    deal_id: str,
    start: datetime,
    end: datetime,
) -> None:
    """Meetings, calls and mails between the creation of a deal and its end."""
    count = pick(rng, (1, 2, 3)) if person.segment.stream == company.SMALL else pick(rng, (3, 4, 5, 6))
    for number in range(count):
        moment = clock.after_office_minutes(start + (end - start) * ((number + 0.6) / (count + 1)), 30 * rng.random())
        if moment < end and number == 0:
            records.meeting(rng, person, owner, moment, deal_id)
        elif moment < end:
            records.attempt(rng, person, owner, moment, answered=chance(rng, 0.6), deal_id=deal_id)


def _invoices(
    rng: Random, records: Records, person: Person, deal_id: str, won: datetime, cents: int, currency: str
) -> None:
    """One to three invoices, a month apart, that sum to the deal's amount; never one after the export."""
    first = won + timedelta(days=int(between(rng, 0, 5)))
    days = [first + timedelta(days=30 * number) for number in range(pick_weighted(rng, (1, 2, 3), (70, 20, 10)))]
    days = [day for day in days if day.date() <= clock.EXPORTED.date()] or [clock.EXPORTED]
    for number, day in enumerate(days):
        part = cents // len(days) + (cents % len(days) if number == 0 else 0)
        record_id = 600001 + len(records.invoices)
        status = "Paid" if (clock.EXPORTED - day).days > 30 else "Open"
        account_id = person.account.record_id if person.account else ""
        when = day.strftime("%Y-%m-%d")
        records.invoices.append(
            [str(record_id), f"LO-{record_id}", when, status, _money(part), currency, deal_id, account_id]
        )


def _money(cents: int) -> str:
    return f"{cents // 100}.{cents % 100:02}"
