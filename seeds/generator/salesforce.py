"""Salesforce's part of the exports: the leads of large accounts since they are handed over, as the weekly Data Export
writes them (API names, GMT, 0 and 1, zeros for no id, ISO-8859-1). The leads themselves belong to salesforce_leads,
what became of them after the conversion to salesforce_work.
"""

from datetime import date, datetime, timedelta

from seeds.generator import clock, company, salesforce_needs, salesforce_work, traits
from seeds.generator.people import Account, Person
from seeds.generator.records import Records
from seeds.generator.salesforce_ids import (
    NONE,
    QUEUE,
    account_id,
    contact_id,
    day,
    record_id,
    stamp,
    user_id,
)
from seeds.generator.salesforce_leads import SOURCES, Lead, history_rows, lead_row, passes
from seeds.generator.sheets import Row, Sheet

_STAMPS = ["CreatedDate", "LastModifiedDate", "SystemModstamp"]
HEADERS = {
    "Lead": [
        *("Id", "IsDeleted", "MasterRecordId", "LastName", "FirstName", "Title", "Company", "Country", "Email"),
        *("LeadSource", "Status", "Rejection_Reason__c", "NumberOfEmployees", "Business_Unit__c", "OwnerId"),
        *("IsConverted", "ConvertedDate", "ConvertedAccountId"),
        *("ConvertedContactId", "ConvertedOpportunityId", "LastTransferDate", "Description", *_STAMPS),
        *salesforce_needs.FIELDS,
    ],
    "LeadHistory": ["Id", "IsDeleted", "LeadId", "CreatedById", "CreatedDate", "Field", "OldValue", "NewValue"],
    "Contact": [
        *("Id", "IsDeleted", "MasterRecordId", "AccountId", "LastName", "FirstName", "Title", "MailingCountry"),
        *("Email", "LeadSource", "Business_Unit__c", "OwnerId", *_STAMPS),
    ],
    "Account": [
        *("Id", "IsDeleted", "MasterRecordId", "Name", "Website", "Industry", "NumberOfEmployees", "BillingCountry"),
        *_STAMPS,
    ],
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


def sheets(persons: list[Person], records: Records) -> dict[str, Sheet]:
    """Salesforce's files by their path in the exports folder; `persons` are those that Salesforce has."""
    leads = [lead for person in persons for lead in passes(person, records)]
    worked = {one.person.record_id for one in records.activities}
    rows: dict[str, list[Row]] = {
        "Lead": [lead_row(lead, worked) | salesforce_needs.need_cells(lead) for lead in leads],
        "LeadHistory": _numbered(
            "017",
            [row for lead in leads for row in history_rows(lead, worked)]
            + [row for lead in leads for row in salesforce_needs.need_history(lead)],
        ),
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
        "Title": traits.job_title(person),
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
        "NumberOfEmployees": str(traits.employees(account) or ""),
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
