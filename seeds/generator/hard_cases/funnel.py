"""Edge cases of the funnel: stages entered again, skipped, out of order, and the ends of a journey."""

from seeds.generator.hard_cases.cells import DEALS, NONE, REP, Rows, call, contact, deal, lead, merged, record_id


def rows() -> Rows:
    """The rows by the path of their file."""
    return merged(_again(), _ends(), _order(), _deals())


def _again() -> Rows:
    """Recycled and back, once in Salesforce that remembers each entry, once in HubSpot that remembers the latest."""
    back = lead(
        20,
        "returned",
        [
            ("2026-03-03 09:00:00", "Marketing Qualified"),
            ("2026-03-20 09:00:00", "Nurturing"),
            ("2026-05-05 09:00:00", "Marketing Qualified"),
            ("2026-05-06 09:00:00", "Closed - Converted"),
        ],
        IsConverted="1",
        ConvertedDate="2026-05-06 00:00:00",
        ConvertedContactId=record_id("003", 9900020),
        ConvertedOpportunityId=record_id("006", 9900020),
    )
    person = {"Id": record_id("003", 9900020), "IsDeleted": "0", "MasterRecordId": NONE, "AccountId": NONE}
    person |= {"LastName": "Case20", "Email": "hardcase.returned@example.org", "OwnerId": REP}
    person |= {"CreatedDate": "2026-05-06 09:00:00", "Business_Unit__c": "Enterprise"}
    won = {
        "Id": record_id("006", 9900020),
        "IsDeleted": "0",
        "AccountId": NONE,
        "ContactId": person["Id"],
        "Name": "Returned",
    }
    won |= {
        "StageName": "Closed Won",
        "Amount": "8000.00",
        "CurrencyIsoCode": "EUR",
        "CloseDate": "2026-06-30 00:00:00",
    }
    won |= {"Type": "New Customer", "Business_Unit__c": "Enterprise", "IsClosed": "1", "IsWon": "1", "OwnerId": REP}
    won |= {"CreatedDate": "2026-05-06 09:00:00"}
    steps = [
        ("2026-05-06 09:00:00", "Qualification", "8500.00"),
        ("2026-05-20 09:00:00", "Qualification", "8000.00"),
        ("2026-06-10 09:00:00", "Qualification", "8000.00"),
        ("2026-06-30 09:00:00", "Closed Won", "8000.00"),
    ]
    history = [
        {"Id": record_id("008", 99002000 + number), "OpportunityId": won["Id"], "CreatedDate": at, "IsDeleted": "0"}
        | {"StageName": stage, "FromOpportunityStageName": steps[number - 1][1] if number else "", "Amount": amount}
        for number, (at, stage, amount) in enumerate(steps)
    ]
    entered = {"recycled": "2025-12-01 09:00", "mql": "2026-02-10 09:00"}
    return merged(
        back,
        {"salesforce/Contact.csv": [person], "salesforce/Opportunity.csv": [won]},
        {"salesforce/OpportunityHistory.csv": history},
        contact(20, "forgotten", "2025-11-03 09:00", entered),
    )


def _ends() -> Rows:
    """Rejected before anyone spoke with them, disqualified after it."""
    return merged(
        contact(21, "rejected", "2026-01-12 09:50", {"mql": "2026-01-12 10:00", "rejected": "2026-01-12 10:40"}),
        contact(
            22, "disqualified", "2026-01-12 09:50", {"mql": "2026-01-12 10:00", "disqualified": "2026-01-13 10:00"}
        ),
        call(22, 22, "2026-01-12 11:00"),
    )


def _order() -> Rows:
    """From MQL to a deal at once; a deal that was closed days before it was opened."""
    return merged(
        contact(23, "skipped", "2026-01-14 09:00", {"mql": "2026-01-14 10:00"}),
        deal(2, "990023", "2026-01-20 10:00"),
        contact(24, "backwards", "2026-01-08 09:00", {"mql": "2026-01-08 10:00"}),
        deal(3, "990024", "2026-01-15 10:00", "2026-01-10 10:00"),
    )


def _deals() -> Rows:
    """Two deals of one person with a visit after the last; two persons of one deal; the pipeline of renewals."""
    renewal = deal(
        7,
        "990026",
        "2026-08-03 10:00",
        "2026-08-20 10:00",
        Pipeline="Renewals",
        Deal_Type="existingbusiness",
    )
    row = renewal[DEALS][0]
    row['Date entered "Closed Won (Renewals)"'] = row.pop('Date entered "Closed Won (Sales Pipeline)"')
    return merged(
        contact(
            25,
            "two.deals",
            "2026-02-02 09:00",
            {"mql": "2026-02-02 09:30"},
            Latest_Traffic_Source="Email Marketing",
            Latest_Traffic_Source_Date="2026-07-01 09:00",
            Time_of_First_Session="2026-02-02 08:50",
        ),
        deal(4, "990025", "2026-02-10 10:00", "2026-03-02 10:00"),
        deal(5, "990025", "2026-04-10 10:00", "2026-05-04 10:00"),
        contact(26, "two.contacts", "2026-02-03 09:00", {"mql": "2026-02-03 09:30"}),
        contact(27, "colleague", "2026-02-04 09:00"),
        deal(6, "990026;990027", "2026-02-12 10:00", "2026-03-05 10:00"),
        renewal,
    )
