"""The demo company's files: their headers, as HubSpot and a spend report write them, and their writing. What
happens in them belongs to people, journeys, deals and ads.
"""

import csv
from pathlib import Path
from random import Random

from orchestration.lib.demo import ads, clock, company, journeys, people
from orchestration.lib.demo.records import Records, Row

STAGES = {
    "lead": "Lead",
    "mql": "Marketing Qualified Lead",
    "sal": "Sales Accepted Lead",
    "sql": "Sales Qualified Lead",
    "opportunity": "Opportunity",
    "customer": "Customer",
    "recycled": "Recycled",
    "rejected": "Rejected by Sales",
    "disqualified": "Disqualified",
}
_ACTIVITY_START = ["Record ID", "Activity date", "Create date"]
_ACTIVITY_END = ["Activity assigned to", "Associated Contact IDs", "Associated Deal IDs"]
HEADERS = {
    "hubspot/contacts.csv": [
        *("Record ID", "First Name", "Last Name", "Email", "Create Date", "Lifecycle Stage", "Lead Status"),
        *(
            "Contact owner",
            "Owner assigned date",
            "Primary Associated Company ID",
            "Country/Region",
            "Business unit",
        ),
        *(
            "Original Traffic Source",
            "Original Traffic Source Drill-Down 1",
            "Original Traffic Source Drill-Down 2",
        ),
        *(
            "Latest Traffic Source",
            "Latest Traffic Source Drill-Down 1",
            "Latest Traffic Source Drill-Down 2",
        ),
        *("Latest Traffic Source Date", "Time of First Session", "First Conversion", "First Conversion Date"),
        *(f'Date entered "{label} (Lifecycle Stage Pipeline)"' for label in STAGES.values()),
    ],
    "hubspot/companies.csv": [
        "Record ID",
        "Company name",
        "Company Domain Name",
        "Industry",
        "Country/Region",
    ],
    "hubspot/users.csv": ["User ID", "First name", "Last name", "Email", "Assigned teams", "Assigned role"],
    "hubspot/calls.csv": [
        *_ACTIVITY_START,
        "Call direction",
        "Call outcome",
        "Call duration",
        *_ACTIVITY_END,
    ],
    "hubspot/emails.csv": [*_ACTIVITY_START, "Email direction", *_ACTIVITY_END],
    "hubspot/meetings.csv": [
        *("Record ID", "Meeting start time", "Create date", "Meeting outcome"),
        *_ACTIVITY_END,
    ],
    "hubspot/deals.csv": [
        *(
            "Record ID",
            "Deal Name",
            "Pipeline",
            "Deal Stage",
            "Amount",
            "Currency",
            "Create Date",
            "Close Date",
        ),
        *("Deal owner", "Deal Type", "Closed Lost Reason", "Business unit"),
        *("Associated Contact IDs", "Associated Company IDs", "Is Deal Closed?", "Is Closed Won"),
        *(f'Date entered "{stage} (Sales Pipeline)"' for stage in ("Closed Won", "Closed Lost")),
    ],
    "hubspot/invoices.csv": [
        *("Record ID", "Invoice number", "Invoice date", "Invoice status", "Amount billed", "Currency"),
        *("Associated Deal IDs", "Associated Company IDs"),
    ],
    "ads/daily_spend.csv": ["Day", "Platform", "Campaign", "Cost", "Currency", "Impressions", "Clicks"],
}


def generate(folder: Path, seed: int = 2026) -> None:
    """Write the demo company's exports under `folder`: hubspot/*.csv and ads/*.csv, columns as in `HEADERS`.

    Existing files are overwritten. The same seed gives the same bytes on every machine.
    """
    rng = Random(seed)
    accounts = people.accounts(rng)
    leads = people.persons(rng, accounts)
    records = Records()
    for lead in leads:
        journeys.live(rng, records, lead)
    every_account = sorted((one for many in accounts.values() for one in many), key=lambda one: one.record_id)
    tables = {
        "hubspot/contacts.csv": [_contact(lead) for lead in leads],
        "hubspot/companies.csv": [_account(account) for account in every_account],
        "hubspot/users.csv": [_user(user) for user in company.USERS],
        "hubspot/calls.csv": records.calls,
        "hubspot/emails.csv": records.emails,
        "hubspot/meetings.csv": records.meetings,
        "hubspot/deals.csv": records.deals,
        "hubspot/invoices.csv": records.invoices,
        "ads/daily_spend.csv": ads.daily_spend(rng),
    }
    for path, rows in tables.items():
        _write(folder / path, HEADERS[path], rows)


def _write(path: Path, header: Row, rows: list[Row]) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file, lineterminator="\n")
        writer.writerow(header)
        writer.writerows(rows)


def _contact(lead: people.Person) -> Row:
    latest_source, latest_details, latest_at = lead.latest or (None, ("", ""), None)
    # The stage that HubSpot shows is the one entered last; of two at the same minute, the further one.
    stage = max(lead.stages, key=lambda name: (lead.stages[name], list(STAGES).index(name)))
    return [
        *(
            lead.record_id,
            lead.first_name,
            lead.last_name,
            lead.email,
            clock.text(lead.created),
            STAGES[stage],
        ),
        *(lead.status, lead.owner.name if lead.owner else "", clock.text(lead.assigned)),
        *(lead.account.record_id if lead.account else "", lead.account.country if lead.account else ""),
        *(lead.segment.stream, lead.source or "", *lead.details),
        *(latest_source or "", *latest_details, clock.text(latest_at), clock.text(lead.first_session)),
        *(lead.form, clock.text(lead.created) if lead.form else ""),
        *(clock.text(lead.stages.get(name)) for name in STAGES),
    ]


def _account(account: people.Account) -> Row:
    return [account.record_id, account.name, account.domain, account.industry, account.country]


def _user(user: company.User) -> Row:
    email = f"{user.first_name}.{user.last_name}@lumen-office.example.com".lower()
    return [user.user_id, user.first_name, user.last_name, email, user.team, user.role]
