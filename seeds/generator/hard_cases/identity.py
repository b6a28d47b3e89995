"""Edge cases of identity resolution: merges, conversions, ids and e-mails that tie or must not tie, and exclusions."""

from seeds.generator.hard_cases.cells import (
    NONE,
    REP,
    Rows,
    call,
    company,
    contact,
    deal,
    lead,
    lead_id,
    merged,
    record_id,
    task,
)

_CONVERTED = record_id("003", 9900013)


def rows() -> Rows:
    """The rows by the path of their file."""
    return merged(_merges(), _ties(), _no_ties(), _accounts(), _excluded())


def _merges() -> Rows:
    """A chain of three that ends where it began, and what HubSpot keeps of two contacts merged into a third."""
    chain = [
        lead(
            number,
            f"merge.chain{number}",
            [(f"2026-03-0{number + 1} 09:00:00", "Marketing Qualified")],
            IsDeleted="1",
            MasterRecordId=lead_id(number % 3 + 1),
        )
        for number in (1, 2, 3)
    ]
    survivor = contact(
        1, "merge.hubspot", "2026-02-03 09:00", {"mql": "2026-02-03 10:00"}, Merged_Contact_IDs="990002;990003"
    )
    return merged(
        *chain,
        task(1, lead_id(3), "2026-03-02 12:00:00"),
        survivor,
        call(1, 2, "2026-02-03 10:45"),
        deal(1, "990003", "2026-02-10 09:00"),
    )


def _ties() -> Rows:
    """One e-mail in two systems; a lead and its contact; an e-mail that differs from the one that the id belongs to."""
    converted = "2026-03-12 10:00:00"
    conversion = lead(
        13,
        "conversion",
        [
            ("2026-03-09 09:00:00", "Marketing Qualified"),
            ("2026-03-10 09:00:00", "Working - Contacted"),
            (converted, "Closed - Converted"),
        ],
        IsConverted="1",
        ConvertedDate="2026-03-12 00:00:00",
        ConvertedContactId=_CONVERTED,
        ConvertedAccountId=record_id("001", 9900013),
        ConvertedOpportunityId=record_id("006", 9900013),
    )
    made = {"CreatedDate": converted, "LastModifiedDate": converted, "SystemModstamp": converted, "IsDeleted": "0"}
    person = made | {
        "Id": _CONVERTED,
        "MasterRecordId": NONE,
        "AccountId": record_id("001", 9900013),
        "LastName": "Case13",
    }
    person |= {"Email": "hardcase.conversion.private@example.net", "Business_Unit__c": "Enterprise", "OwnerId": REP}
    opportunity = made | {"Id": record_id("006", 9900013), "AccountId": record_id("001", 9900013), "ContactId": NONE}
    opportunity |= {"Name": "Conversion", "StageName": "Qualification", "Amount": "9000.00", "CurrencyIsoCode": "EUR"}
    opportunity |= {"CloseDate": "2026-12-01 00:00:00", "Type": "New Customer", "Business_Unit__c": "Enterprise"}
    opportunity |= {"IsClosed": "0", "IsWon": "0", "OwnerId": REP}
    return merged(
        contact(4, "email", "2026-03-03 09:00", Email="Hardcase.Email@Example.org"),
        lead(4, "email", [("2026-03-04 09:00:00", "Marketing Qualified")]),
        conversion,
        task(13, _CONVERTED, "2026-03-09 09:30:00"),
        {"salesforce/Contact.csv": [person], "salesforce/Opportunity.csv": [opportunity]},
    )


def _no_ties() -> Rows:
    """Records that look alike and are not the same, or could be read in two ways."""
    mailbox = "info@hardcase-mailbox.example.org"
    shared = {"client_id": "GA1.2.hardcase-shared"}
    visit = shared | {
        "session_id": "1",
        "session_start": "2026-04-07T08:00:00Z",
        "source": "google",
        "medium": "organic",
    }
    form = shared | {"form_name": "Newsletter", "submitted_at": "2026-04-07T08:05:00Z"}
    twice = record_id("003", 9900011)
    bearer = {"Id": twice, "IsDeleted": "0", "MasterRecordId": NONE, "AccountId": NONE, "LastName": "Case11"}
    bearer |= {"Email": "hardcase.external.id@example.net", "Business_Unit__c": "Enterprise", "OwnerId": REP}
    bearer |= {"CreatedDate": "2026-04-01 09:00:00"}
    small, capital = record_id("00Q", "Dm00hardcase"), record_id("00Q", "Dm00HardCase")
    return merged(
        contact(5, "name.one", "2026-03-05 09:00", First_Name="Rina", Last_Name="Galdini"),
        contact(6, "name.two", "2026-03-06 09:00", First_Name="Rina", Last_Name="Galdini"),
        contact(7, "mailbox.one", "2026-03-07 09:00", Email=mailbox),
        contact(8, "mailbox.two", "2026-03-08 09:00", Email=mailbox),
        contact(9, "computer.one", "2026-03-09 09:00"),
        contact(10, "computer.two", "2026-03-10 09:00"),
        {
            "web/sessions.csv": [visit],
            "web/form_submissions.csv": [
                form | {"email": f"hardcase.computer.{who}@example.org"} for who in ("one", "two")
            ],
        },
        contact(11, "external.one", "2026-03-11 09:00", Salesforce_Contact_ID=twice),
        contact(12, "external.two", "2026-03-12 09:00", Salesforce_Contact_ID=twice),
        {"salesforce/Contact.csv": [bearer]},
        lead(41, "case.small", [("2026-03-16 09:00:00", "Marketing Qualified")], Id=small),
        lead(42, "case.capital", [("2026-03-17 09:00:00", "Marketing Qualified")], Id=capital),
    )


def _accounts() -> Rows:
    """Two companies that gave a provider of free mail as theirs, and a person known by the e-mail's domain alone."""
    return merged(
        company(1, "Freelance One", "gmail.com"),
        company(2, "Freelance Two", "gmail.com"),
        company(3, "Hard Case Domain", "https://www.hardcase-domain.example.com/it"),
        contact(15, "domain", "2026-03-13 09:00", Email="hardcase@hardcase-domain.example.com"),
    )


def _excluded() -> Rows:
    """Test, internal and spam leads; a deleted lead and a deleted opportunity, in a currency that has no rate."""
    removed = "2026-05-04 10:00:00"
    gone = {"Id": record_id("006", 9900014), "IsDeleted": "1", "AccountId": NONE, "ContactId": NONE, "Name": "Deleted"}
    gone |= {"StageName": "Qualification", "Amount": "5000.00", "CurrencyIsoCode": "SEK", "IsClosed": "0", "IsWon": "0"}
    gone |= {"CloseDate": "2026-12-01 00:00:00", "Type": "New Customer", "OwnerId": REP}
    gone |= {"CreatedDate": "2026-04-20 09:00:00", "LastModifiedDate": removed, "SystemModstamp": removed}
    return merged(
        contact(16, "test", "2026-03-20 09:00", Email="test@example.com"),
        contact(17, "internal", "2026-03-20 10:00", Email="ottavia.lanfranchi@lumen-office.example.com"),
        contact(18, "spam", "2026-04-02 09:00", Email="offers@bulk-offers.example.net"),
        contact(19, "before.the.rule", "2025-12-02 09:00", Email="sales.manager@bulk-offers.example.net"),
        lead(14, "deleted", [("2026-04-20 09:00:00", "Marketing Qualified")], IsDeleted="1", SystemModstamp=removed),
        {"salesforce/Opportunity.csv": [gone]},
    )
