"""The demo company's accounts and leads: who they are and where they came from. What sales did with them
belongs to journeys.
"""

from dataclasses import dataclass, field
from datetime import datetime, timedelta
from random import Random

from seeds.generator import clock, company
from seeds.generator.draws import between, chance, lognormal, pick, pick_weighted


@dataclass
class Account:
    """One company record."""

    record_id: str
    name: str
    domain: str
    industry: str
    country: str
    is_large: bool = False
    persons: list["Person"] = field(default_factory=list)


@dataclass
class Person:
    """One lead; `stages` keeps one moment per stage, the latest, as HubSpot does, and `history` all of them.

    `assignments` contains each rep that had it, and since when.
    """

    segment: company.Segment
    created: datetime
    is_spam: bool
    source: str | None
    details: tuple[str, str]
    is_found_by_sales: bool = False  # only Salesforce has it, and marketing does not know of it
    record_id: str = ""
    first_name: str = ""
    last_name: str = ""
    email: str = ""
    account: Account | None = None
    owner: company.User | None = None
    assigned: datetime | None = None
    status: str = ""
    first_session: datetime | None = None
    form: str = ""
    latest: tuple[str | None, tuple[str, str], datetime] | None = None
    stages: dict[str, datetime] = field(default_factory=dict)
    history: list[tuple[datetime, str]] = field(default_factory=list)
    assignments: list[tuple[datetime, company.User]] = field(default_factory=list)

    @property
    def is_in_salesforce(self) -> bool:
        """True for the large accounts' leads that were handed over since sales works them in Salesforce."""
        if self.segment.stream != company.ENTERPRISE or self.is_found_by_sales:
            return self.is_found_by_sales
        return any(stage == "mql" and at.date() >= clock.SALESFORCE_FROM for at, stage in self.history[:2])

    @property
    def full_name(self) -> str:
        """First and last name."""
        return f"{self.first_name} {self.last_name}"


def accounts(rng: Random) -> dict[str, list[Account]]:
    """The companies of each revenue stream, 1,290 small ones and 110 large ones."""
    names = [f"{place} {kind}" for place in company.COMPANY_WORDS for kind in company.COMPANY_KINDS]
    names += [f"{name} {place}" for name in company.FIRST_NAMES for place in company.COMPANY_WORDS]
    countries, weights = list(company.COUNTRIES), [weight for weight, _ in company.COUNTRIES.values()]
    found = []
    for number, name in enumerate(names[:1400]):
        slug = name.lower().replace(" ", "-").replace("ò", "o")
        found.append(
            Account(
                record_id=str(700001 + number),
                name=name + pick(rng, company.COMPANY_FORMS),
                domain=f"{slug}.example.{pick(rng, ('com', 'net', 'org'))}",
                industry=pick(rng, company.INDUSTRIES),
                country=pick_weighted(rng, countries, weights),
            )
        )
    # Every thirteenth is large, so that both streams have every kind of name.
    large = found[::13][:110]
    large_ids = {account.record_id for account in large}
    for account in large:
        account.is_large = True
    return {
        company.ENTERPRISE: large,
        company.SMALL: [account for account in found if account.record_id not in large_ids],
    }


def persons(rng: Random, by_stream: dict[str, list[Account]]) -> list[Person]:
    """All leads of the year, oldest first, with record ids in that order."""
    leads = [_lead(rng, segment, False) for segment in company.SEGMENTS for _ in range(segment.leads)]
    leads += [_lead(rng, company.SEGMENTS[0], True) for _ in range(company.SPAM_LEADS)]
    leads = sorted((lead for lead in leads if lead.created <= clock.EXPORTED), key=lambda lead: lead.created)
    for number, lead in enumerate(leads):
        lead.record_id = str(100001 + number)
        _name(rng, lead, pick(rng, by_stream[lead.segment.stream]))
        _sessions(rng, lead)
    return leads


def _lead(rng: Random, segment: company.Segment, is_spam: bool) -> Person:
    if segment.lead_type == company.WEBSITE:
        sources = list(company.WEB_SOURCES)
        source = pick_weighted(rng, sources, [company.WEB_SOURCES[name][0] for name in sources])
        return Person(segment, clock.form_moment(rng), is_spam, source, pick(rng, company.WEB_SOURCES[source][1]))
    if segment.lead_type == company.OUTBOUND:
        chosen = pick_weighted(rng, company.OUTBOUND_LISTS, (45, 30, 18, 7))
        return Person(segment, clock.office_moment(rng), is_spam, "Offline Sources", (chosen, "contacts.xlsx"))
    name, day = pick(rng, company.EVENTS)
    imported = datetime(*day, 17, 30) + timedelta(minutes=int(rng.random() * 45), days=int(chance(rng, 0.4)))
    return Person(segment, imported, is_spam, "Offline Sources", (name, "badge scan"))


def _name(rng: Random, lead: Person, account: Account) -> None:
    lead.first_name, lead.last_name = pick(rng, company.FIRST_NAMES), pick(rng, company.LAST_NAMES)
    mailbox = f"{lead.first_name}.{lead.last_name}{lead.record_id[-3:]}".lower().replace("ò", "o").replace("'", "")
    if lead.is_spam or chance(rng, 0.06):
        lead.email = f"{mailbox}@mail.example.org"
        return
    lead.account = account
    account.persons.append(lead)
    # A scanned badge or a bought list sometimes has no address.
    has_address = lead.segment.lead_type == company.WEBSITE or chance(rng, 0.94)
    lead.email = f"{mailbox}@{account.domain}" if has_address else ""


def _sessions(rng: Random, lead: Person) -> None:
    if lead.segment.lead_type == company.WEBSITE:
        lead.form = pick_weighted(rng, company.FORMS, (38, 22, 28, 12))
        if lead.source is None:
            return  # the visitor refused cookies: a form, and nothing known of the visit
        minutes = between(rng, 2, 25) if chance(rng, 0.5) else lognormal(rng, 3.0, 1.0) * 1440
        lead.first_session = clock.existing(lead.created - timedelta(minutes=int(minutes)))
        lead.latest = (lead.source, lead.details, lead.first_session)
    if chance(rng, 0.38):
        visit(rng, lead, lead.created + timedelta(minutes=int(between(rng, 0.2, 45) * 1440)))


def found_by_sales(rng: Random, accounts_of_stream: list[Account]) -> list[Person]:
    """Leads that sales found itself since it has Salesforce."""
    leads: list[Person] = []
    while len(leads) < 24:
        lead = _lead(rng, company.SEGMENTS[4], False)
        if not clock.SALESFORCE_FROM <= lead.created.date() <= clock.EXPORTED.date():
            continue
        lead.is_found_by_sales, lead.source = True, pick(rng, ("Partner Referral", "Purchased List", "Trade Show"))
        lead.details, lead.record_id = ("", ""), str(200001 + len(leads))
        _name(rng, lead, pick(rng, accounts_of_stream))
        leads.append(lead)
    return leads


def visit(rng: Random, lead: Person, moment: datetime) -> None:
    """The lead comes (back) to the site; HubSpot keeps the latest visit only."""
    moment = clock.existing(moment)
    if moment > clock.EXPORTED or (lead.latest and moment < lead.latest[2]):
        return
    source = pick_weighted(
        rng, ("Email Marketing", "Direct Traffic", "Organic Search", "Paid Social"), (40, 25, 20, 15)
    )
    lead.first_session = lead.first_session or moment
    lead.latest = (source, pick(rng, company.WEB_SOURCES[source][1]), moment)
