"""A company that has Salesforce's weekly data export: one file per object, with every column.

Belongs here: the rows. Does not belong here: the headers (export_headers.py), and what the figures are (the test).
"""

from tests.end_to_end.export_headers import export


def of(prefix: str, number: int) -> str:
    """An id of 18 characters: the last three restore the case of the first fifteen."""
    return f"{prefix}{number:012d}{'EAA' if prefix[2].isupper() else 'AAA'}"


LEAD, CONTACT, ACCOUNT, USER, DEAL, CAMPAIGN = "00Q", "003", "001", "005", "006", "701"
MADE = {"CreatedDate": "2026-02-02 08:00:00", "LastModifiedDate": "2026-03-20 08:00:00", "CurrencyIsoCode": "EUR"}
NO_CURRENCY = {name: value for name, value in MADE.items() if name != "CurrencyIsoCode"}
PERSON = {"OwnerId": of(USER, 1), "LeadSource": "Web", **MADE}
OBJECTS = {
    "salesforce/User.csv": export(
        "User",
        {
            "Id": of(USER, 1),
            "FirstName": "Elio",
            "LastName": "Marzo",
            "Email": "elio@acme.example",
            "UserType": "Standard",
        },
    ),
    "salesforce/Account.csv": export(
        "Account", {"Id": of(ACCOUNT, 1), "Name": "Alfa", "Website": "alfa.example", "OwnerId": of(USER, 1), **MADE}
    ),
    "salesforce/Lead.csv": export(
        "Lead",
        {
            "Id": of(LEAD, 1),
            "FirstName": "Rita",
            "LastName": "Sala",
            "Email": "rita@alfa.example",
            "Status": "Qualified",
            "IsConverted": 1,
            "ConvertedDate": "2026-02-10",
            "ConvertedAccountId": of(ACCOUNT, 1),
            "ConvertedContactId": of(CONTACT, 1),
            "ConvertedOpportunityId": of(DEAL, 1),
            **PERSON,
        },
        {"Id": of(LEAD, 2), "LastName": "Tosi", "Email": "tosi@beta.example", "Status": "Qualified", **PERSON},
    ),
    "salesforce/LeadHistory.csv": export(
        "LeadHistory",
        {
            "Id": of("017", 1),
            "LeadId": of(LEAD, 1),
            "CreatedDate": "2026-02-10 09:00:00",
            "Field": "leadConverted",
            "OldValue": "",
            "NewValue": "",
        },
        {
            "Id": of("017", 2),
            "LeadId": of(LEAD, 2),
            "CreatedDate": "2026-02-05 09:00:00",
            "Field": "Status",
            "OldValue": "Open - Not Contacted",
            "NewValue": "Qualified",
        },
    ),
    "salesforce/Contact.csv": export(
        "Contact",
        {"Id": of(CONTACT, 1), "LastName": "Sala", "Email": "rita@alfa.example", "AccountId": of(ACCOUNT, 1), **PERSON},
        {"Id": of(CONTACT, 2), "LastName": "Ugo", "Email": "ugo@alfa.example", "AccountId": of(ACCOUNT, 1), **PERSON},
    ),
    "salesforce/Opportunity.csv": export(
        "Opportunity",
        *(
            {
                "Id": of(DEAL, number),
                "AccountId": of(ACCOUNT, 1),
                "StageName": stage,
                "Amount": 1000 * number,
                "CloseDate": "2026-03-10",
                "Type": "New Business",
                "IsClosed": int(stage == "Closed Won"),
                "IsWon": int(stage == "Closed Won"),
                "OwnerId": of(USER, 1),
                "ContactId": contact,
                **MADE,
                "CreatedDate": "2026-02-10 09:00:00",
            }
            for number, stage, contact in (
                (1, "Closed Won", ""),
                (2, "Prospecting", of(CONTACT, 2)),
                (3, "Closed Won", ""),
            )
        ),
    ),
    "salesforce/OpportunityContactRole.csv": export(
        "OpportunityContactRole",
        {"Id": of("00K", 1), "OpportunityId": of(DEAL, 1), "ContactId": of(CONTACT, 1), **MADE},
    ),
    "salesforce/OpportunityHistory.csv": export(
        "OpportunityHistory",
        *(
            {
                "Id": of("008", number),
                "OpportunityId": of(DEAL, 1),
                "CreatedDate": f"2026-{day} 09:00:00",
                "StageName": stage,
                "CloseDate": "2026-03-10",
            }
            for number, (day, stage) in enumerate((("02-10", "Prospecting"), ("03-10", "Closed Won")))
        ),
    ),
    "salesforce/OpportunityFieldHistory.csv": export(
        "OpportunityFieldHistory",
        {
            "Id": of("017", 3),
            "OpportunityId": of(DEAL, 3),
            "CreatedDate": "2026-03-09 09:00:00",
            "Field": "StageName",
            "OldValue": "Prospecting",
            "NewValue": "Closed Won",
        },
    ),
    "salesforce/Campaign.csv": export(
        "Campaign",
        {"Id": of(CAMPAIGN, 1), "Name": "Fair", "Type": "Web", "BudgetedCost": 100, "ActualCost": 90, **MADE},
    ),
    "salesforce/CampaignMember.csv": export(
        "CampaignMember",
        {
            "Id": of("00v", 1),
            "CampaignId": of(CAMPAIGN, 1),
            "LeadId": of(LEAD, 2),
            "Status": "Responded",
            "HasResponded": 1,
            "FirstRespondedDate": "2026-02-03",
            **MADE,
        },
    ),
    "salesforce/Task.csv": export(
        "Task",
        {
            "Id": of("00T", 1),
            "WhoId": of(LEAD, 2),
            "Subject": "Call",
            "Type": "Call",
            "Status": "Completed",
            "IsClosed": 1,
            "OwnerId": of(USER, 1),
            "CallType": "Outbound",
            "CallDisposition": "Reached",
            "CompletedDateTime": "2026-02-03 09:00:00",
            **MADE,
        },
        {
            "Id": of("00T", 2),
            "WhoId": of(CONTACT, 2),
            "Subject": "Email: offer",
            "Type": "Email",
            "Status": "Completed",
            "IsClosed": 1,
            "OwnerId": of(USER, 1),
            "CallType": "",
            "CallDisposition": "",
            **MADE,
        },
    ),
    "salesforce/EmailMessage.csv": export(
        "EmailMessage",
        {
            "Id": of("02s", 1),
            "ActivityId": of("00T", 2),
            "MessageDate": "2026-02-04 09:00:00",
            "Incoming": 0,
            "Status": "3",
            "HasAttachment": 0,
            **NO_CURRENCY,
        },
    ),
    "salesforce/Event.csv": export(
        "Event",
        {
            "Id": of("00U", 1),
            "WhoId": of(CONTACT, 1),
            "WhatId": of(DEAL, 1),
            "Subject": "Demo",
            "Type": "Meeting",
            "ActivityDateTime": "2026-02-12 09:00:00",
            "ActivityDate": "2026-02-12",
            "DurationInMinutes": 30,
            "OwnerId": of(USER, 1),
            **MADE,
        },
    ),
}
