"""The leads that Salesforce has: what is handed over to it, its passes from status to status, its owners, and its
conversion, as rows of Lead and LeadHistory. The story belongs to people and journeys.
"""

from dataclasses import dataclass, field
from datetime import datetime, timedelta
from itertools import pairwise

from seeds.generator import company, traits
from seeds.generator.people import Person
from seeds.generator.records import Deal, Records
from seeds.generator.salesforce_ids import (
    NONE,
    QUEUE,
    account_id,
    contact_id,
    day,
    is_known_by_id,
    lead_id,
    opportunity_id,
    record_id,
    share,
    stamp,
    user_id,
)
from seeds.generator.sheets import Row

STATUSES = {
    "lead": "Open - Not Contacted",
    "mql": "Marketing Qualified",
    "sal": "Working - Contacted",
    "sql": "Qualified",
    "recycled": "Nurturing",
    "rejected": "Rejected by Sales",
    "disqualified": "Closed - Not Converted",
}
SOURCES = {company.WEBSITE: "Web", company.OUTBOUND: "Purchased List", company.EVENT: "Trade Show"}


@dataclass
class Lead:
    """One lead record: one pass of a person from marketing's hands to a conversion or an end."""

    person: Person
    number: int
    statuses: list[tuple[datetime, str]] = field(default_factory=list)
    converted: datetime | None = None
    deal: Deal | None = None

    @property
    def record_id(self) -> str:
        """Its id."""
        return lead_id(self.person, self.number)

    @property
    def created(self) -> datetime:
        """When the synchronisation made it: a minute after the handoff."""
        return self.statuses[0][0]

    @property
    def was_declined(self) -> bool:
        """Whether it ever had a status that ends a journey."""
        ends = [STATUSES[stage] for stage in ("recycled", "rejected", "disqualified")]
        return any(status in ends for _, status in self.statuses)


def passes(person: Person, records: Records) -> list[Lead]:
    """The person's lead records: a person who returns after a conversion is a new lead."""
    deals = {deal.created: deal for deal in records.deals if deal.person is person and not deal.is_renewal}
    leads: list[Lead] = []
    for at, stage in sorted(person.history, key=lambda entry: entry[0]):
        is_open = bool(leads) and not leads[-1].converted
        if stage == "lead" and person.is_found_by_sales:
            leads.append(Lead(person, 1, [(at, STATUSES["lead"])]))
        elif stage == "mql" and not is_open:
            leads.append(Lead(person, len(leads) + 1, [(at + timedelta(minutes=1), STATUSES["mql"])]))
        elif is_open and stage == "opportunity":
            leads[-1].converted, leads[-1].deal = at, deals[at]
        elif is_open and stage in STATUSES:
            leads[-1].statuses.append((max(at, leads[-1].created), STATUSES[stage]))
    return leads


def _owners(lead: Lead, worked: set[str]) -> list[tuple[datetime, company.User]]:
    """Who had it, and from when; a lead that nobody ever worked has stayed in the queue."""
    if lead.person.record_id not in worked:
        return []
    return [
        (lead.created + timedelta(minutes=1) if number == 0 else at, owner)
        for number, (at, owner) in enumerate(
            one for one in lead.person.assignments if one[0] >= lead.created - timedelta(minutes=1)
        )
    ][: 1 if lead.converted else None]


def lead_row(lead: Lead, worked: set[str]) -> Row:
    """One row of Lead; `worked` are the ids of the persons with any activity of sales."""
    person, owners = lead.person, _owners(lead, worked)
    is_private = bool(person.email) and is_known_by_id(person) and share(person, "private") < 0.06
    last = lead.converted or lead.statuses[-1][0]
    return {
        "Id": lead.record_id,
        "IsDeleted": "0",
        "MasterRecordId": NONE,
        "LastName": person.last_name,
        "FirstName": person.first_name,
        "Title": traits.job_title(person),
        "Company": person.account.name if person.account else "[not provided]",
        "Country": person.account.country if person.account else "",
        "Email": f"{person.first_name}{person.record_id}@mail.example.net".lower().replace("ò", "o")
        if is_private
        else person.email,
        "LeadSource": person.source or "" if person.is_found_by_sales else SOURCES[person.segment.lead_type],
        "Status": "Closed - Converted" if lead.converted else lead.statuses[-1][1],
        "Rejection_Reason__c": traits.decline_reason(person) if lead.was_declined else "",
        "NumberOfEmployees": str(traits.employees(person.account) or "") if person.account else "",
        "Business_Unit__c": person.segment.stream,
        "OwnerId": user_id(owners[-1][1]) if owners else QUEUE,
        "IsConverted": "1" if lead.converted else "0",
        "ConvertedDate": day(lead.converted.date()) if lead.converted else "",
        "ConvertedAccountId": account_id(person.account) if lead.converted else NONE,
        "ConvertedContactId": contact_id(person) if lead.converted else NONE,
        "ConvertedOpportunityId": opportunity_id(lead.deal.deal_id) if lead.deal else NONE,
        "LastTransferDate": day(owners[-1][0].date()) if owners else "",
        "CreatedDate": stamp(lead.created),
        "LastModifiedDate": stamp(last),
        "SystemModstamp": stamp(last),
    }


def history_rows(lead: Lead, worked: set[str]) -> list[Row]:
    """Changes of status, of owner (one row with the names, one with the ids), and the conversion."""
    entries: list[tuple[datetime, str, str, str]] = [(lead.created, "created", "", "")]
    names, ids = "Enterprise Inbound", QUEUE
    for at, owner in _owners(lead, worked):
        if ids != user_id(owner):
            entries += [(at, "Owner", names, owner.name), (at, "Owner", ids, user_id(owner))]
        names, ids = owner.name, user_id(owner)
    for (_, old), (at, new) in pairwise(lead.statuses):
        entries.append((at, "Status", old, new))
    if lead.converted:
        entries.append((lead.converted, "Status", lead.statuses[-1][1], "Closed - Converted"))
        entries.append((lead.converted, "leadConverted", "", ""))
    return [
        {"IsDeleted": "0", "LeadId": lead.record_id, "CreatedById": record_id("005", 1), "CreatedDate": stamp(at)}
        | {"Field": name, "OldValue": old, "NewValue": new}
        for at, name, old, new in sorted(entries, key=lambda entry: entry[0])
    ]
