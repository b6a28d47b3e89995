"""The demo company's deals: their amounts, how they end, and the invoices after the sale."""

from datetime import datetime, timedelta
from random import Random

from seeds.generator import clock, company
from seeds.generator.draws import between, chance, lognormal, pick, pick_weighted
from seeds.generator.people import Person
from seeds.generator.records import Deal, Invoice, Records


def open_deal(
    rng: Random, records: Records, person: Person, owner: company.User, created: datetime, is_renewal: bool = False
) -> Deal:
    """Make one deal from its creation to its end or the export; a won one may be followed by a renewal."""
    stream = person.segment.stream
    cents = int(lognormal(rng, company.DEAL_SIZE[stream] * 0.9, 0.46) * 20) * 5
    # Sales gets a little better over the year.
    elapsed = (created.date() - clock.FIRST_DAY).days / clock.DAYS
    wins = chance(rng, 0.85 if is_renewal else person.segment.win_rate * (0.95 + 0.18 * elapsed))
    days = lognormal(rng, company.DAYS_TO_CLOSE[stream] * (1.0 if wins else 1.25), 0.6)
    ends = clock.after_days(rng, created, days)
    is_closed = ends <= clock.EXPORTED
    deal_id = str(900001 + len(records.deals))
    name = person.account.name if person.account else f"Deal {deal_id}"
    deal = Deal(
        deal_id=deal_id,
        name=f"{name} - {'renewal' if is_renewal else 'new'}",
        person=person,
        owner=owner,
        colleague=None if is_renewal else records.colleague(rng, person, created, 0.2),
        created=created,
        ends=ends,
        is_closed=is_closed,
        wins=wins,
        cents=cents,
        currency=company.COUNTRIES[person.account.country if person.account else "Italy"][1],
        # The close date of an open deal is a forecast, some of them already past.
        forecast=ends if is_closed else ends - timedelta(days=int(between(rng, 0, 20))),
        progress=min(3, int(4 * (clock.EXPORTED - created) / (ends - created))),
        is_renewal=is_renewal,
        lost_reason=pick(rng, company.LOST_REASONS) if is_closed and not wins else "",
    )
    records.deals.append(deal)
    _talks(rng, records, deal)
    if deal.won:
        _invoices(rng, records, deal, deal.won)
        renewed = clock.after_days(rng, deal.won, between(rng, 120, 220))
        if not is_renewal and renewed <= clock.EXPORTED and chance(rng, 0.22):
            open_deal(rng, records, person, owner, renewed, is_renewal=True)
    return deal


def _talks(rng: Random, records: Records, deal: Deal) -> None:
    """Meetings, calls and mails between the creation of a deal and its end."""
    start, end, owner = deal.created, deal.ends, deal.owner
    count = pick(rng, (1, 2, 3)) if deal.person.segment.stream == company.SMALL else pick(rng, (3, 4, 5, 6))
    for number in range(count):
        moment = clock.after_office_minutes(start + (end - start) * ((number + 0.6) / (count + 1)), 30 * rng.random())
        if moment < end and number == 0:
            records.meeting(rng, deal.person, owner, moment, deal.deal_id)
        elif moment < end:
            records.attempt(rng, deal.person, owner, moment, answered=chance(rng, 0.6), deal_id=deal.deal_id)


def _invoices(rng: Random, records: Records, deal: Deal, won: datetime) -> None:
    """One to three invoices, a month apart, that sum to the deal's amount; never one after the export."""
    first = won + timedelta(days=int(between(rng, 0, 5)))
    days = [first + timedelta(days=30 * number) for number in range(pick_weighted(rng, (1, 2, 3), (70, 20, 10)))]
    days = [day for day in days if day.date() <= clock.EXPORTED.date()] or [clock.EXPORTED]
    for number, day in enumerate(days):
        part = deal.cents // len(days) + (deal.cents % len(days) if number == 0 else 0)
        records.invoices.append(Invoice(600001 + len(records.invoices), day, part, deal))
