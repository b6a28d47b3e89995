"""Companies that have exports of HubSpot alone: a portal of 2019, a view of today, one with the newest labels of ids.

Belongs here: the rows. Does not belong here: the headers (export_headers.py), and what the figures are (the test).
"""

from tests.end_to_end.export_headers import export


def entered(stage: str) -> str:
    return f'Date entered "{stage} (Sales Pipeline)"'


PORTAL = {
    "hubspot/all-contacts.csv": export(
        "hubspot_contacts_2019_portal",
        {
            "Contact ID": 101,
            "First Name": "Gaia",
            "Last Name": "Neri",
            "Email": "gaia@alfa.example",
            "Contact owner": "Elio Marzo",
            "Create Date": "2026-02-02 09:00",
            "Lifecycle Stage": "Customer",
            "Became a Lead Date": "2026-02-02 09:00",
            "Became a Marketing Qualified Lead Date": "2026-02-03 10:00",
            "Became a Sales Qualified Lead Date": "2026-02-04 11:00",
            "Became an Opportunity Date": "2026-02-09 12:00",
            "Became a Customer Date": "2026-03-10 10:00",
            "Owner Assigned Date": "2026-02-02 09:30",
            "Original Source": "Organic Search",
            "First Conversion": "Contact form: Contact us",
            "First Conversion Date": "2026-02-02 09:00",
            "Time First Seen": "2026-02-01 08:00",
            "Associated Company ID": 501,
            "Associated Company": "Alfa",
        },
        {
            "Contact ID": 102,
            "First Name": "Igor",
            "Last Name": "Testa",
            "Email": "igor@beta.example",
            "Contact owner": "Elio Marzo",
            "Create Date": "2026-02-05 09:00",
            "Lifecycle Stage": "Marketing Qualified Lead",
            "Became a Lead Date": "2026-02-05 09:00",
            "Became a Marketing Qualified Lead Date": "2026-02-06 09:00",
            "Original Source": "Organic Search",
        },
    )
}
VIEW = {
    "hubspot/all-contacts.csv": export(
        "hubspot_contacts_2026_view",
        {
            "Record ID": 201,
            "First Name": "Lara",
            "Last Name": "Vita",
            "Email": "lara@gamma.example",
            "Create Date": "2026-02-02 09:00",
            "Original Source": "Organic Search",
        },
        {"Record ID": 202, "Email": "milo@delta.example", "Create Date": "2026-03-20 09:00", "Original Source": ""},
    ),
    "hubspot/all-deals.csv": export(
        "hubspot_deals_stage_dates",
        {
            "Record ID": 901,
            "Deal Name": "Won",
            "Pipeline": "Sales Pipeline",
            "Deal Stage": "Closed Won",
            "Amount": 1000,
            "Create Date": "2026-02-10 10:00",
            "Close Date": "2026-03-10 10:00",
            "Deal owner": "Elio Marzo",
            entered("Appointment Scheduled"): "2026-02-10 10:00",
            entered("Contract Sent"): "2026-02-20 10:00",
            entered("Closed Won"): "2026-03-10 10:00",
        },
        {
            "Record ID": 902,
            "Deal Name": "Open",
            "Pipeline": "Sales Pipeline",
            "Deal Stage": "Appointment Scheduled",
            "Amount": 2000,
            "Create Date": "2026-02-12 10:00",
            "Deal owner": "Elio Marzo",
            entered("Appointment Scheduled"): "2026-02-12 10:00",
        },
    ),
}
VARIANT = {
    "hubspot/all-contacts.csv": export(
        "hubspot_contacts_record_id_contact_variant",
        {
            "Record ID - Contact": 301,
            "First Name": "Olga",
            "Last Name": "Rea",
            "Email": "olga@alfa.example",
            "Contact owner": "Elio Marzo",
            "Lead Status": "Connected",
            "Create Date": "2026-02-02 09:00",
            "Record ID - Company": 501,
        },
        {
            "Record ID - Contact": 302,
            "Email": "piero@beta.example",
            "Contact owner": "",
            "Lead Status": "",
            "Create Date": "2026-03-20 09:00",
            "Record ID - Company": "",
        },
    ),
    "hubspot/all-companies.csv": export(
        "hubspot_companies",
        {
            "Record ID": 501,
            "Company name": "Alfa",
            "Company Domain Name": "alfa.example",
            "Company owner": "Elio Marzo",
            "Create Date": "2026-01-10 09:00",
            "Associated Deal IDs": "901",
        },
    ),
    "hubspot/all-deals.csv": export(
        "hubspot_deals",
        {
            "Record ID": 901,
            "Deal Name": "One",
            "Amount": 3000,
            "Deal Stage": "Closed Won",
            "Pipeline": "Sales Pipeline",
            "Close Date": "2026-03-10 10:00",
            "Create Date": "2026-02-20 10:00",
            "Deal owner": "Elio Marzo",
            "Associated Company": "Alfa",
            "Associated Company IDs": "501",
            "Associated Contact": "Olga Rea (olga@alfa.example)",
            "Associated Contact IDs": "301",
            "Deal Type": "New Business",
            "Closed Lost Reason": "",
            "Original Source": "Organic Search",
        },
    ),
}
