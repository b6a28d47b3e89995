"""Rows of edge cases, with the cells that all of them share filled in. Which records there are belongs to the
modules beside this one. Times are texts: of HubSpot in Milan's wall time, of Salesforce in GMT.
"""

from itertools import pairwise

from seeds.generator import hubspot
from seeds.generator.salesforce_ids import NONE, record_id
from seeds.generator.sheets import Row

Rows = dict[str, list[Row]]
REP, OTHER_REP, QUEUE = record_id("005", 50200106), record_id("005", 50200108), record_id("00G", 1)
CONTACTS, COMPANIES, DEALS = "hubspot/contacts.csv", "hubspot/companies.csv", "hubspot/deals.csv"
CALLS, EMAILS, MEETINGS = "hubspot/calls.csv", "hubspot/emails.csv", "hubspot/meetings.csv"


def merged(*parts: Rows) -> Rows:
    """All rows of the parts, by path."""
    paths = list(dict.fromkeys(path for part in parts for path in part))
    return {path: [row for part in parts for row in part.get(path, [])] for path in paths}


def contact(number: int, case: str, created: str, stages: dict[str, str] | None = None, /, **cells: str) -> Rows:
    """One HubSpot contact, 990000 + number; `stages` are the moments by stage, a lead since it was created."""
    entered = {"lead": created} | (stages or {})
    last = max(entered, key=lambda stage: (entered[stage], list(hubspot.STAGES).index(stage)))
    row = {
        "Record ID": str(990000 + number),
        "First Name": "Hard",
        "Last Name": f"Case{number}",
        "Email": f"hardcase.{case}@example.org",
        "Create Date": created,
        "Lifecycle Stage": hubspot.STAGES[last],
        "Contact owner": "Ottavia Lanfranchi",
        "Owner assigned date": created,
        "Country/Region": "Italy",
        "Business unit": "Small Business",
        "Original Traffic Source": "Direct Traffic",
        "Original Traffic Source Drill-Down 1": "www.lumen-office.example.com/",
        **{hubspot.entered(stage): moment for stage, moment in entered.items()},
    }
    return {CONTACTS: [row | {label.replace("_", " "): cell for label, cell in cells.items()}]}


def company(number: int, name: str, domain: str, **cells: str) -> Rows:
    """One HubSpot company, 790000 + number."""
    row = {"Record ID": str(790000 + number), "Company name": name, "Company Domain Name": domain}
    row |= {"Industry": "Retail", "Country/Region": "Italy"}
    return {COMPANIES: [row | {label.replace("_", " "): cell for label, cell in cells.items()}]}


def call(number: int, contact_number: int, at: str, **cells: str) -> Rows:
    """One outbound HubSpot call, 39000000 + number, that was answered."""
    row = {"Record ID": str(39000000 + number), "Activity date": at, "Create date": at, "Call direction": "Outbound"}
    row |= {"Call outcome": "Connected", "Call duration": "00:03:20", "Activity assigned to": "Ottavia Lanfranchi"}
    row |= {"Associated Contact IDs": str(990000 + contact_number)}
    return {CALLS: [row | {label.replace("_", " "): cell for label, cell in cells.items()}]}


def deal(number: int, contacts: str, created: str, closed: str = "", is_won: bool = True, **cells: str) -> Rows:
    """One HubSpot deal, 995000 + number; open without `closed`."""
    stage = ("Closed Won" if is_won else "Closed Lost") if closed else "Contract Sent"
    row = {
        "Record ID": str(995000 + number),
        "Deal Name": f"Hard case {number}",
        "Pipeline": "Sales Pipeline",
        "Deal Stage": stage,
        "Amount": "1000.00",
        "Currency": "EUR",
        "Create Date": created,
        "Close Date": closed,
        "Deal owner": "Ottavia Lanfranchi",
        "Deal Type": "newbusiness",
        "Business unit": "Small Business",
        "Associated Contact IDs": contacts,
        "Is Deal Closed?": str(bool(closed)).lower(),
        "Is Closed Won": str(bool(closed) and is_won).lower(),
    }
    if closed:
        row[f'Date entered "{stage} (Sales Pipeline)"'] = closed
    return {DEALS: [row | {label.replace("_", " "): cell for label, cell in cells.items()}]}


def lead(number: int, case: str, statuses: list[tuple[str, str]], owner: str = REP, **cells: str) -> Rows:
    """One Salesforce lead, 9900000 + number, and its history: when it got which status, the first when it came in."""
    created, last = statuses[0][0], statuses[-1][0]
    row = {
        "Id": lead_id(number),
        "IsDeleted": "0",
        "MasterRecordId": NONE,
        "LastName": f"Case{number}",
        "FirstName": "Hard",
        "Company": "Hard Case Srl",
        "Email": f"hardcase.{case}@example.org",
        "LeadSource": "Partner Referral",
        "Status": statuses[-1][1],
        "Business_Unit__c": "Enterprise",
        "OwnerId": owner,
        "IsConverted": "0",
        "ConvertedAccountId": NONE,
        "ConvertedContactId": NONE,
        "ConvertedOpportunityId": NONE,
        "CreatedDate": created,
        "LastModifiedDate": last,
        "SystemModstamp": last,
    }
    changes = [
        change(number * 100 + place, number, at, "Status", old, new)
        for place, ((_, old), (at, new)) in enumerate(pairwise(statuses))
    ]
    return merged({"salesforce/Lead.csv": [row | cells]}, *changes)


def change(entry: int, number: int, at: str, field: str, old: str, new: str) -> Rows:
    """One entry of the history of the lead 9900000 + number."""
    row = {"Id": record_id("017", 99000000 + entry), "IsDeleted": "0", "LeadId": lead_id(number), "CreatedDate": at}
    return {"salesforce/LeadHistory.csv": [row | {"Field": field, "OldValue": old, "NewValue": new}]}


def task(number: int, who: str, at: str, **cells: str) -> Rows:
    """One call in Salesforce, done and logged at that moment."""
    row = {"Id": record_id("00T", 99000000 + number), "IsDeleted": "0", "WhoId": who, "WhatId": NONE, "Subject": "Call"}
    row |= {"ActivityDate": f"{at[:10]} 00:00:00", "Status": "Completed", "OwnerId": REP, "TaskSubtype": "Call"}
    row |= {"IsClosed": "1", "CompletedDateTime": at, "CreatedDate": at, "LastModifiedDate": at, "IsRecurrence": "0"}
    return {"salesforce/Task.csv": [row | cells]}


def lead_id(number: int) -> str:
    """The id of an edge case's lead."""
    return record_id("00Q", 9900000 + number)
