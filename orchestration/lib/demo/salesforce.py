"""Salesforce's part of the exports: the leads of large accounts since they are handed over, as the weekly Data Export
writes them (API names, GMT, 0 and 1, zeros for no id, ISO-8859-1). What became of them after the conversion belongs to
salesforce_work; the story belongs to people and journeys.
"""

from dataclasses import dataclass, field
from datetime import date, datetime, timedelta

from orchestration.lib.demo import clock, company, salesforce_work
from orchestration.lib.demo.people import Account, Person
from orchestration.lib.demo.records import Deal, Records
from orchestration.lib.demo.salesforce_ids import NONE, contact_id, is_known_by_id, lead_id, record_id, share
from orchestration.lib.demo.sheets import Row, Sheet

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
QUEUE = record_id("00G", 1)
_STAMPS = ["CreatedDate", "LastModifiedDate", "SystemModstamp"]
HEADERS = {
    "Lead": [
        *("Id", "IsDeleted", "MasterRecordId", "LastName", "FirstName", "Company", "Country", "Email", "LeadSource"),
        *("Status", "Business_Unit__c", "OwnerId", "IsConverted", "ConvertedDate", "ConvertedAccountId"),
        *("ConvertedContactId", "ConvertedOpportunityId", "LastTransferDate", "Description", *_STAMPS),
    ],
    "LeadHistory": ["Id", "IsDeleted", "LeadId", "CreatedById", "CreatedDate", "Field", "OldValue", "NewValue"],
    "Contact": [
        *("Id", "IsDeleted", "MasterRecordId", "AccountId", "LastName", "FirstName", "MailingCountry", "Email"),
        *("LeadSource", "Business_Unit__c", "OwnerId", *_STAMPS),
    ],
    "Account": ["Id", "IsDeleted", "MasterRecordId", "Name", "Website", "Industry", "BillingCountry", *_STAMPS],
    "User": ["Id", "Username", "LastName", "FirstName", "Email", "Department", "IsActive", "UserType"],
    "Group": ["Id", "Name", "Type"],
    "Campaign": [
        *("Id", "IsDeleted", "Name", "ParentId", "Type", "Status", "StartDate", "EndDate", "CurrencyIsoCode"),
        *("BudgetedCost", "ActualCost", "IsActive", "CreatedDate"),
    ],
    "CampaignMember": [
        *("Id", "IsDeleted", "CampaignId", "LeadId", "ContactId", "Status", "HasResponded", "FirstRespondedDate"),
        "CreatedDate",
    ],
    **salesforce_work.HEADERS,
}


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


def sheets(persons: list[Person], records: Records) -> dict[str, Sheet]:
    """Salesforce's files by their path in the exports folder; `persons` are those that Salesforce has."""
    leads = [lead for person in persons for lead in _passes(person, records)]
    worked = {one.person.record_id for one in records.activities}
    rows: dict[str, list[Row]] = {
        "Lead": [_lead(lead, worked) for lead in leads],
        "LeadHistory": _numbered("017", [row for lead in leads for row in _history(lead, worked)]),
        "Contact": [
            _contact(lead) for lead in {lead.person.record_id: lead for lead in leads if lead.converted}.values()
        ],
        "Account": [_account(account) for account in _accounts(leads)],
        "User": [_user(user) for user in company.REPS[company.ENTERPRISE]],
        "Group": [{"Id": QUEUE, "Name": "Enterprise Inbound", "Type": "Queue"}],
        **_campaigns(leads),
        **salesforce_work.rows(leads, records),
    }
    return {
        f"salesforce/{name}.csv": Sheet(HEADERS[name], rows[name], encoding="iso-8859-1", quotes_all=True)
        for name in HEADERS
    }


def stamp(moment: datetime | None) -> str:
    """A moment as the Data Export writes it: in GMT, without saying so."""
    return clock.gmt(moment).strftime("%Y-%m-%d %H:%M:%S") if moment else ""


def day(value: date | None) -> str:
    """A bare date as the Data Export writes it."""
    return f"{value:%Y-%m-%d} 00:00:00" if value else ""


def user_id(user: company.User) -> str:
    """The user's id in Salesforce."""
    return record_id("005", int(user.user_id))


def account_id(account: Account | None) -> str:
    """The account's id in Salesforce."""
    return record_id("001", int(account.record_id)) if account else NONE


def _passes(person: Person, records: Records) -> list[Lead]:
    """The person's lead records: who comes back after a conversion is a new lead."""
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


def _lead(lead: Lead, worked: set[str]) -> Row:
    person, owners = lead.person, _owners(lead, worked)
    is_private = bool(person.email) and is_known_by_id(person) and share(person, "private") < 0.06
    last = lead.converted or lead.statuses[-1][0]
    return {
        "Id": lead.record_id,
        "IsDeleted": "0",
        "MasterRecordId": NONE,
        "LastName": person.last_name,
        "FirstName": person.first_name,
        "Company": person.account.name if person.account else "[not provided]",
        "Country": person.account.country if person.account else "",
        "Email": f"{person.first_name}{person.record_id}@mail.example.net".lower().replace("ò", "o")
        if is_private
        else person.email,
        "LeadSource": person.source or "" if person.is_found_by_sales else SOURCES[person.segment.lead_type],
        "Status": "Closed - Converted" if lead.converted else lead.statuses[-1][1],
        "Business_Unit__c": person.segment.stream,
        "OwnerId": user_id(owners[-1][1]) if owners else QUEUE,
        "IsConverted": "1" if lead.converted else "0",
        "ConvertedDate": day(lead.converted.date()) if lead.converted else "",
        "ConvertedAccountId": account_id(person.account) if lead.converted else NONE,
        "ConvertedContactId": contact_id(person) if lead.converted else NONE,
        "ConvertedOpportunityId": salesforce_work.opportunity_id(lead.deal) if lead.deal else NONE,
        "LastTransferDate": day(owners[-1][0].date()) if owners else "",
        "CreatedDate": stamp(lead.created),
        "LastModifiedDate": stamp(last),
        "SystemModstamp": stamp(last),
    }


def _history(lead: Lead, worked: set[str]) -> list[Row]:
    """Changes of status, of owner (one row with the names, one with the ids), and the conversion."""
    entries: list[tuple[datetime, str, str, str]] = [(lead.created, "created", "", "")]
    names, ids = "Enterprise Inbound", QUEUE
    for at, owner in _owners(lead, worked):
        if ids != user_id(owner):
            entries += [(at, "Owner", names, owner.name), (at, "Owner", ids, user_id(owner))]
        names, ids = owner.name, user_id(owner)
    for (_, old), (at, new) in zip(lead.statuses, lead.statuses[1:], strict=False):
        entries.append((at, "Status", old, new))
    if lead.converted:
        entries.append((lead.converted, "Status", lead.statuses[-1][1], "Closed - Converted"))
        entries.append((lead.converted, "leadConverted", "", ""))
    return [
        {"IsDeleted": "0", "LeadId": lead.record_id, "CreatedById": record_id("005", 1), "CreatedDate": stamp(at)}
        | {"Field": name, "OldValue": old, "NewValue": new}
        for at, name, old, new in sorted(entries, key=lambda entry: entry[0])
    ]


def _numbered(prefix: str, rows: list[Row]) -> list[Row]:
    return [{"Id": record_id(prefix, number)} | row for number, row in enumerate(rows, start=1)]


def _contact(lead: Lead) -> Row:
    person = lead.person
    stamps = dict.fromkeys(_STAMPS, stamp(lead.converted))
    return stamps | {
        "Id": contact_id(person),
        "IsDeleted": "0",
        "MasterRecordId": NONE,
        "AccountId": account_id(person.account),
        "LastName": person.last_name,
        "FirstName": person.first_name,
        "MailingCountry": person.account.country if person.account else "",
        "Email": person.email,
        "LeadSource": SOURCES[person.segment.lead_type],
        "Business_Unit__c": person.segment.stream,
        "OwnerId": user_id(person.owner) if person.owner else QUEUE,
    }


def _accounts(leads: list[Lead]) -> list[Account]:
    found = {lead.person.account.record_id: lead.person.account for lead in leads if lead.person.account}
    return [found[key] for key in sorted(found)]


def _account(account: Account) -> Row:
    made = dict.fromkeys(_STAMPS, stamp(datetime(2026, 1, 30, 9)))
    return made | {
        "Id": account_id(account),
        "IsDeleted": "0",
        "MasterRecordId": NONE,
        "Name": account.name,
        "Website": f"https://www.{account.domain}/",
        "Industry": account.industry,
        "BillingCountry": account.country,
    }


def _user(user: company.User) -> Row:
    return {
        "Id": user_id(user),
        "Username": user.email,
        "LastName": user.last_name,
        "FirstName": user.first_name,
        "Email": user.email,
        "Department": user.team,
        "IsActive": "1",
        "UserType": "Standard",
    }


def _campaigns(leads: list[Lead]) -> dict[str, list[Row]]:
    """The fairs of the year under one campaign above them, and who of the leads came from them."""
    parent = record_id("701", 1)
    head = {
        "Id": parent,
        "IsDeleted": "0",
        "Name": "Events 2026",
        "ParentId": NONE,
        "Type": "Other",
        "ActualCost": "000",
    }
    campaigns, members, ids = [head | {"CreatedDate": stamp(datetime(2026, 1, 30, 9))}], [], {}
    for number, (name, first) in enumerate(company.EVENTS, start=2):
        if date(*first) >= clock.SALESFORCE_FROM:
            ids[name] = record_id("701", number)
            campaigns.append(
                {"Id": ids[name], "IsDeleted": "0", "Name": name, "ParentId": parent, "Type": "Trade Show"}
                | {
                    "Status": "Completed",
                    "StartDate": day(date(*first)),
                    "EndDate": day(date(*first) + timedelta(days=1)),
                }
                | {"CurrencyIsoCode": "EUR", "BudgetedCost": "12000.00", "ActualCost": f"{10500 + 700 * number}.00"}
                | {"IsActive": "0", "CreatedDate": stamp(datetime(2026, 1, 30, 9))}
            )
    for lead in leads:
        if lead.number == 1 and lead.person.details[0] in ids:
            members.append(
                {"IsDeleted": "0", "CampaignId": ids[lead.person.details[0]], "LeadId": lead.record_id}
                | {"ContactId": contact_id(lead.person) if lead.converted else NONE, "Status": "Responded"}
                | {"HasResponded": "1", "FirstRespondedDate": day(lead.person.created.date())}
                | {"CreatedDate": stamp(lead.created)}
            )
    return {"Campaign": campaigns, "CampaignMember": _numbered("00v", members)}
