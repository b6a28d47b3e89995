"""Exports of one made-up company, the same data in each format that Salesforce exports.

The headers are real; only the cells that the staging models read are filled. `digit` distinguishes the ids of one
variant from those of another.
"""

import csv
import io
from pathlib import Path

FOOTER = '\n"Grand Totals (1 records)"\n"My report"\n"Confidential Information - Do Not Distribute"\n'
FOOTER += '"Copyright (c) 2000-2026 salesforce.com, inc. All rights reserved."\n'
# No real header of this object is beside the project; these are the fields of its reference.
CASE = '"Id","IsDeleted","MasterRecordId","CaseNumber","ContactId","AccountId","Status","Subject","Priority","Origin",'
CASE += '"IsClosed","ClosedDate","OwnerId","CreatedDate","LastModifiedDate","SystemModstamp"'
NO_ID = "000000000000000AAA"


def rows(digit: int) -> dict[str, list[dict[str, str]]]:
    """The records by object and API name, as the weekly Data Export writes them."""

    def key(prefix: str, number: int) -> str:
        return f"{prefix}{digit}{number:011}AAA"

    ann, queue, account = key("005", 1), key("00G", 1), key("001", 1)
    lead, merged, deleted = key("00Q", 1), key("00Q", 2), key("00Q", 3)
    contact, deal, campaign, call = key("003", 1), key("006", 1), key("701", 1), key("00T", 1)
    at = {"CreatedDate": "2026-01-05 10:00:00", "LastModifiedDate": "2026-01-09 10:00:00", "IsDeleted": "0"}
    at |= {"SystemModstamp": "2026-01-09 10:00:00"}
    status = {"LeadId": lead, "Field": "Status", "IsDeleted": "0"}
    owner = {"LeadId": lead, "Field": "Owner", "IsDeleted": "0", "CreatedDate": "2026-01-06 09:00:00"}
    stage = {"OpportunityId": deal, "IsDeleted": "0"}
    working, qualified, won = "2026-01-06 10:00:00", "2026-01-07 10:00:00", "2026-01-21 10:00:00"
    return {
        "User": [{"Id": ann, "FirstName": "Ann", "LastName": "Smith", "IsActive": "1", "UserType": "Standard"}],
        "Account": [
            at
            | {
                "Id": account,
                "Name": "Café Rossi",
                "Website": "https://www.rossi.example.com/it",
                "NumberOfEmployees": "250",
            }
        ],
        "Lead": [
            at
            | {
                "Id": lead,
                "LastName": "Zoë",
                "Title": "Architect",
                "Email": "z@example.com",
                "OwnerId": ann,
                "LeadSource": "Web",
            }
            | {"Status": "Qualified", "IsConverted": "1", "ConvertedDate": "2026-01-07 00:00:00"}
            | {"ConvertedContactId": contact, "ConvertedAccountId": account, "ConvertedOpportunityId": deal},
            at
            | {
                "Id": merged,
                "Title": "Intern",
                "MasterRecordId": lead,
                "IsDeleted": "1",
                "Status": "Open",
                "OwnerId": ann,
            },
            at | {"Id": deleted, "IsDeleted": "1", "Status": "Open", "OwnerId": queue, "MasterRecordId": NO_ID},
        ],
        "LeadHistory": [
            # The history is as old as the lead, so it shows the first status.
            status | {"Id": key("017", 7), "Field": "created", "CreatedDate": at["CreatedDate"]},
            owner | {"Id": key("017", 1), "OldValue": "New Leads", "NewValue": "Ann Smith"},
            owner | {"Id": key("017", 2), "OldValue": queue, "NewValue": ann},
            status | {"Id": key("017", 3), "OldValue": "Open", "NewValue": "Working", "CreatedDate": working},
            status | {"Id": key("017", 4), "OldValue": "Working", "NewValue": "Qualified", "CreatedDate": qualified},
            {"Id": key("017", 5), "LeadId": lead, "Field": "leadConverted", "CreatedDate": qualified, "IsDeleted": "0"},
        ],
        "Contact": [
            at | {"Id": contact, "Title": "Owner", "AccountId": account, "LastName": "Zoë", "Email": "z@example.com"}
        ],
        "Opportunity": [
            at
            | {"Id": deal, "AccountId": account, "OwnerId": ann, "Name": "Lamps", "StageName": "Closed Won"}
            | {
                "Amount": "1200.50",
                "CurrencyIsoCode": "EUR",
                "CloseDate": "2026-01-20 00:00:00",
                "Type": "New Business",
            }
            | {"IsClosed": "1", "IsWon": "1", "ContactId": NO_ID, "CreatedDate": qualified},
        ],
        "OpportunityHistory": [
            stage | {"Id": key("008", 1), "StageName": "Prospecting", "CreatedDate": qualified},
            stage | {"Id": key("008", 2), "StageName": "Prospecting", "CreatedDate": "2026-01-08 10:00:00"},
            stage | {"Id": key("008", 3), "StageName": "Closed Won", "CreatedDate": won},
        ],
        "OpportunityFieldHistory": [
            stage
            | {"Id": key("017", 6), "Field": "StageName", "OldValue": "Prospecting", "NewValue": "Closed Won"}
            | {"CreatedDate": won},
        ],
        "OpportunityContactRole": [at | {"Id": key("00K", 1), "OpportunityId": deal, "ContactId": contact}],
        "Campaign": [{"Id": campaign, "Name": "Spring Fair", "Type": "Trade Show", "ActualCost": "000"}],
        "CampaignMember": [
            at
            | {"Id": key("00v", 1), "CampaignId": campaign, "LeadId": lead, "ContactId": NO_ID, "Status": "Responded"}
            | {"FirstRespondedDate": "2026-01-05 00:00:00"},
        ],
        "Task": [
            at
            | {"Id": call, "WhoId": contact, "WhatId": deal, "Subject": "Call", "IsClosed": "1", "OwnerId": ann}
            | {"CompletedDateTime": working, "ActivityDate": "2026-01-08 00:00:00", "CallDurationInSeconds": "90"},
            at | {"Id": key("00T", 2), "WhoId": lead, "Subject": "Call", "IsClosed": "0", "OwnerId": ann},
        ],
        "Event": [
            at | {"Id": key("00U", 1), "WhoId": contact, "ActivityDateTime": "2026-01-08 10:00:00", "IsChild": "0"},
            at | {"Id": key("00U", 2), "WhoId": contact, "ActivityDateTime": "2026-01-08 10:00:00", "IsChild": "1"},
        ],
        "Case": [
            at
            | {"Id": key("500", 1), "ContactId": contact, "AccountId": account, "OwnerId": ann, "Subject": "Broken"}
            | {"IsClosed": "1", "ClosedDate": "2026-01-05 16:00:00"},
            at | {"Id": key("500", 2), "ContactId": NO_ID, "OwnerId": queue, "IsClosed": "0"},
            at | {"Id": key("500", 3), "MasterRecordId": key("500", 1), "IsDeleted": "1", "IsClosed": "1"},
        ],
        "EmailMessage": [
            at | {"Id": key("02s", 1), "Incoming": "1", "MessageDate": "2026-01-06 11:00:00", "RelatedToId": deal}
        ],
    }


def data_export(header: Path, records: list[dict[str, str]]) -> bytes:
    """A file of the weekly Data Export: API names, every cell quoted, times without a zone, ISO-8859-1."""
    labels = next(csv.reader([header.read_text()]))
    return _text([labels] + [[record.get(label, "") for label in labels] for record in records]).encode("latin-1")


def data_loader(header: Path, records: list[dict[str, str]]) -> bytes:
    """A file of the Data Loader: API names in capitals, times with a Z, true and false, UTF-8."""
    labels = next(csv.reader([header.read_text()]))
    cells = [[_loader_cell(label, record.get(label, "")) for label in labels] for record in records]
    return _text([[label.upper() for label in labels], *cells]).encode()


def _loader_cell(label: str, value: str) -> str:
    if value in ("0", "1"):
        return {"0": "false", "1": "true"}[value]
    if value in (NO_ID, "000"):
        return ""
    if value.endswith(" 00:00:00"):
        return value[:10]
    return value.replace(" ", "T") + ".000Z" if label.endswith(("Date", "DateTime", "Modstamp")) and value else value


def report_of_leads(header: Path, digit: int) -> bytes:
    """A report's export: labels, 15 characters, the user's zone and locale, lines below the last record."""
    cells = {"Lead ID": f"00Q{digit}00000000001", "Lead Owner": "Ann Smith", "Last Name": "Zoë"}
    cells |= {"Lead Status": "Open", "Create Date": "2026-01-05 11:00:00", "Primary Campaign": "Spring Fair"}
    labels = next(csv.reader([header.read_text()]))
    return (_text([labels, [cells.get(label, "") for label in labels]]) + FOOTER).encode("latin-1")


def report_of_opportunities(header: Path) -> bytes:
    """A report's export without any id."""
    cells = {"Opportunity Owner": "Ann Smith", "Account Name": "Café Rossi", "Opportunity Name": "Lamps, again"}
    cells |= {"Stage": "Closed Won", "Total Amount Currency": "EUR", "Total Amount": "1200.5", "Type": "New Business"}
    cells |= {"Close Date": "1/20/2026", "Fiscal Period": "Q1-2026"}
    labels = next(csv.reader([header.read_text()]))
    return (_text([labels, [cells.get(label, "") for label in labels]]) + FOOTER).encode("latin-1")


def _text(table: list[list[str]]) -> str:
    text = io.StringIO()
    csv.writer(text, quoting=csv.QUOTE_ALL, lineterminator="\n").writerows(table)
    return text.getvalue()
