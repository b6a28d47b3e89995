"""Edge cases of fit: job titles, sizes of companies, and why a lead was declined."""

from seeds.generator.hard_cases.cells import (
    NONE,
    REP,
    Rows,
    change,
    company,
    contact,
    deal,
    lead,
    merged,
    record_id,
)

_QUALIFIED = "Marketing Qualified"


def rows() -> Rows:
    """The rows by the path of their file."""
    return merged(_titles(), _sizes(), _reasons(), _reasons_in_salesforce())


def _titles() -> Rows:
    """Two personas in one title, a title in another language, and one that is better known after the conversion."""
    promoted = record_id("003", 9900093)
    converted = "2026-03-12 10:00:00"
    person = {"Id": promoted, "IsDeleted": "0", "MasterRecordId": NONE, "AccountId": NONE, "LastName": "Case93"}
    person |= {"Email": "hardcase.promoted@example.org", "Title": "Managing Director", "OwnerId": REP}
    person |= {"CreatedDate": converted, "Business_Unit__c": "Enterprise"}
    return merged(
        contact(91, "two.personas", "2026-03-05 09:00", Job_Title="CEO & interior architect"),
        contact(92, "other.language", "2026-03-05 09:00", Job_Title="Responsabile acquisti"),
        lead(
            93,
            "promoted",
            [("2026-03-09 09:00:00", _QUALIFIED), (converted, "Closed - Converted")],
            Title="Intern",
            IsConverted="1",
            ConvertedDate="2026-03-12 00:00:00",
            ConvertedContactId=promoted,
        ),
        {"salesforce/Contact.csv": [person]},
    )


def _sizes() -> Rows:
    """Sizes as people type them, one that a spreadsheet turned into a date, and one that is in two systems."""
    account = {"Id": record_id("001", 9900095), "IsDeleted": "0", "MasterRecordId": NONE, "Name": "Hard Case Size"}
    account |= {"Website": "hardcase-size.example.com", "Industry": "Retail", "NumberOfEmployees": "180"}
    texts = {91: "11-50", 92: "1,000+", 93: "~20", 94: "Nov-50"}
    return merged(
        *(
            company(number, f"Hard Case {number}", f"hardcase-{number}.example.com", Number_of_Employees=text)
            for number, text in texts.items()
        ),
        company(95, "Hard Case Size", "hardcase-size.example.com", Number_of_Employees="51-200"),
        {"salesforce/Account.csv": [account]},
    )


def _reasons() -> Rows:
    """A reason in other letters, one that the agreement does not know, one of two ends, and a lost deal's."""
    declined = {"mql": "2026-03-16 10:00", "rejected": "2026-03-16 11:00"}
    twice = {"recycled": "2025-12-01 09:00", "mql": "2026-02-10 09:00", "disqualified": "2026-02-12 09:00"}
    return merged(
        contact(94, "reason.letters", "2026-03-16 09:00", declined, Disqualification_Reason="not our Market"),
        contact(95, "reason.unknown", "2026-03-16 09:00", declined, Disqualification_Reason="Left the company"),
        contact(96, "reason.latest", "2025-11-03 09:00", twice, Disqualification_Reason="Duplicate"),
        contact(99, "reason.lost", "2026-03-16 09:00", {"mql": "2026-03-16 10:00"}),
        deal(15, "990099", "2026-03-20 10:00", "2026-04-20 10:00", is_won=False, Closed_Lost_Reason="Timing"),
    )


def _reasons_in_salesforce() -> Rows:
    """A reason for each of two ends, from the history; an end that is in both systems, its reason in one of them."""
    twice = lead(
        97,
        "reason.history",
        [
            ("2026-03-03 09:00:00", _QUALIFIED),
            ("2026-03-20 09:00:00", "Nurturing"),
            ("2026-05-05 09:00:00", _QUALIFIED),
            ("2026-05-06 09:00:00", "Closed - Not Converted"),
        ],
        Rejection_Reason__c="Wrong phone number",
    )
    field = "Rejection_Reason__c"
    return merged(
        twice,
        change(9790, 97, "2026-03-20 09:01:00", field, "", "Too small"),
        change(9791, 97, "2026-05-06 09:00:00", field, "Too small", "Wrong phone number"),
        contact(
            98,
            "reason.systems",
            "2026-04-01 09:00",
            {"mql": "2026-04-01 10:00", "recycled": "2026-04-10 11:00"},
        ),
        lead(
            98,
            "reason.systems",
            [("2026-04-01 08:01:00", _QUALIFIED), ("2026-04-10 09:00:00", "Nurturing")],
            Rejection_Reason__c="Wrong team",
        ),
    )
