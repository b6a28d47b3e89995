"""HubSpot's part of the exports: marketing's contacts, and sales' work on them except the large accounts' leads that
are in Salesforce. This module defines how HubSpot writes the story; the story belongs to people, journeys and deals.
"""

from seeds.generator import clock, company, salesforce_ids, traits
from seeds.generator.people import Account, Person
from seeds.generator.records import CALL, EMAIL, MEETING, Activity, Deal, Invoice, Records
from seeds.generator.sheets import Row, Sheet, money

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
# What marketing still sees of a lead that sales works in Salesforce.
_SYNCED_STAGES = ("lead", "mql", "recycled", "customer")
_OPEN_STAGES = ["Appointment Scheduled", "Qualified To Buy", "Presentation Scheduled", "Contract Sent"]
_ACTIVITY_START = ["Record ID", "Activity date", "Create date"]
_ACTIVITY_END = ["Activity assigned to", "Associated Contact IDs", "Associated Deal IDs"]
_SOURCES = [
    f"{which} Traffic Source{part}"
    for which in ("Original", "Latest")
    for part in ("", " Drill-Down 1", " Drill-Down 2")
]
HEADERS = {
    "contacts": [
        *("Record ID", "First Name", "Last Name", "Email", "Job Title", "Create Date", "Lifecycle Stage"),
        *("Lead Status", "Disqualification Reason", "Contact owner", "Owner assigned date"),
        *("Primary Associated Company ID", "Country/Region", "Business unit"),
        *_SOURCES,
        *("Latest Traffic Source Date", "Time of First Session", "First Conversion", "First Conversion Date"),
        *(f'Date entered "{label} (Lifecycle Stage Pipeline)"' for label in STAGES.values()),
        *("Salesforce Lead ID", "Salesforce Contact ID", "Merged Contact IDs"),
    ],
    "companies": [
        *("Record ID", "Company name", "Company Domain Name", "Industry", "Number of Employees", "Country/Region"),
    ],
    "users": ["User ID", "First name", "Last name", "Email", "Assigned teams", "Assigned role"],
    "calls": [*_ACTIVITY_START, "Call direction", "Call outcome", "Call duration", *_ACTIVITY_END],
    "emails": [*_ACTIVITY_START, "Email direction", *_ACTIVITY_END],
    "meetings": [
        *("Record ID", "Meeting start time", "Meeting end time", "Create date", "Meeting outcome"),
        *_ACTIVITY_END,
    ],
    "deals": [
        *("Record ID", "Deal Name", "Pipeline", "Deal Stage", "Amount", "Currency", "Create Date", "Close Date"),
        *("Deal owner", "Deal Type", "Closed Lost Reason", "Business unit"),
        *("Associated Contact IDs", "Associated Company IDs", "Is Deal Closed?", "Is Closed Won"),
        *(f'Date entered "{stage} (Sales Pipeline)"' for stage in ("Closed Won", "Closed Lost")),
        *(f'Date entered "{stage} (Renewals)"' for stage in ("Closed Won", "Closed Lost")),
    ],
    "invoices": [
        *("Record ID", "Invoice number", "Invoice date", "Invoice status", "Amount billed", "Currency"),
        *("Associated Deal IDs", "Associated Company IDs", "Due date"),
    ],
}


def sheets(accounts: list[Account], leads: list[Person], records: Records) -> dict[str, Sheet]:
    """HubSpot's files by their path in the exports folder."""
    activities = [one for one in records.activities if not one.person.is_in_salesforce]
    rows = {
        "contacts": [_contact(lead) for lead in leads],
        "companies": [dict(zip(HEADERS["companies"], _account(account), strict=True)) for account in accounts],
        "users": [dict(zip(HEADERS["users"], _user(user), strict=True)) for user in company.USERS],
        "calls": [_activity(one, "Activity date") for one in activities if one.kind == CALL],
        "emails": [_activity(one, "Activity date") for one in activities if one.kind == EMAIL],
        "meetings": [_activity(one, "Meeting start time") for one in activities if one.kind == MEETING],
        "deals": [_deal(deal) for deal in records.deals if not deal.person.is_in_salesforce],
        "invoices": [_invoice(one) for one in records.invoices if not one.deal.person.is_in_salesforce],
    }
    return {f"hubspot/{name}.csv": Sheet(header, rows[name]) for name, header in HEADERS.items()}


def entered(stage: str) -> str:
    """The label of the column with the time when a contact entered the stage."""
    return f'Date entered "{STAGES[stage]} (Lifecycle Stage Pipeline)"'


def _contact(lead: Person) -> Row:
    stages = {name: at for name, at in lead.stages.items() if not lead.is_in_salesforce or name in _SYNCED_STAGES}
    # The stage that HubSpot shows is the one entered last; of two at the same minute, the further one.
    stage = max(stages, key=lambda name: (stages[name], list(STAGES).index(name)))
    latest_source, latest_details, latest_at = lead.latest or (None, ("", ""), None)
    sources = [lead.source or "", *lead.details, latest_source or "", *latest_details]
    return {
        "Record ID": lead.record_id,
        "First Name": lead.first_name,
        "Last Name": lead.last_name,
        "Email": lead.email,
        "Job Title": traits.job_title(lead),
        "Create Date": clock.text(lead.created),
        "Lifecycle Stage": STAGES[stage],
        "Lead Status": lead.status,
        # Where sales works in Salesforce, the reason is there.
        "Disqualification Reason": "" if lead.is_in_salesforce else traits.decline_reason(lead),
        "Contact owner": lead.owner.name if lead.owner else "",
        "Owner assigned date": clock.text(lead.assigned),
        "Primary Associated Company ID": lead.account.record_id if lead.account else "",
        "Country/Region": lead.account.country if lead.account else "",
        "Business unit": lead.segment.stream,
        **dict(zip(_SOURCES, sources, strict=True)),
        "Latest Traffic Source Date": clock.text(latest_at),
        "Time of First Session": clock.text(lead.first_session),
        "First Conversion": lead.form,
        "First Conversion Date": clock.text(lead.created) if lead.form else "",
        **{entered(name): clock.text(at) for name, at in stages.items()},
        **salesforce_ids.on_contact(lead),
    }


def _account(account: Account) -> list[str]:
    size = traits.employees_text(account)
    return [account.record_id, account.name, account.domain, account.industry, size, account.country]


def _user(user: company.User) -> list[str]:
    return [user.user_id, user.first_name, user.last_name, user.email, user.team, user.role]


def _activity(one: Activity, at_label: str) -> Row:
    row = {
        "Record ID": str(one.number),
        at_label: clock.text(one.at),
        "Create date": clock.text(one.logged),
        "Activity assigned to": one.owner.name,
        "Associated Contact IDs": ";".join(
            person.record_id for person in (one.person, one.colleague) if person is not None
        ),
        "Associated Deal IDs": one.deal_id,
    }
    if one.kind == CALL:
        seconds = one.seconds
        duration = f"{seconds // 3600:02}:{seconds // 60 % 60:02}:{seconds % 60:02}"
        return row | {"Call direction": one.direction, "Call outcome": one.outcome, "Call duration": duration}
    return row | ({"Meeting outcome": one.outcome} if one.kind == MEETING else {"Email direction": one.direction})


def _deal(deal: Deal) -> Row:
    people = [person for person in (deal.person, deal.colleague) if person is not None]
    account = deal.person.account
    return {
        "Record ID": deal.deal_id,
        "Deal Name": deal.name,
        "Pipeline": "Sales Pipeline",
        "Deal Stage": ("Closed Won" if deal.wins else "Closed Lost") if deal.is_closed else _OPEN_STAGES[deal.progress],
        "Amount": money(deal.cents),
        "Currency": deal.currency,
        "Create Date": clock.text(deal.created),
        "Close Date": clock.text(deal.forecast),
        "Deal owner": deal.owner.name,
        "Deal Type": "existingbusiness" if deal.is_renewal else "newbusiness",
        "Closed Lost Reason": deal.lost_reason,
        "Business unit": deal.person.segment.stream,
        "Associated Contact IDs": ";".join(person.record_id for person in people),
        "Associated Company IDs": account.record_id if account else "",
        "Is Deal Closed?": str(deal.is_closed).lower(),
        "Is Closed Won": str(deal.won is not None).lower(),
        'Date entered "Closed Won (Sales Pipeline)"': clock.text(deal.won),
        'Date entered "Closed Lost (Sales Pipeline)"': clock.text(deal.lost),
    }


def _invoice(invoice: Invoice) -> Row:
    account = invoice.deal.person.account
    return {
        "Record ID": str(invoice.number),
        "Invoice number": f"LO-{invoice.number}",
        "Invoice date": invoice.day.strftime("%Y-%m-%d"),
        "Invoice status": "Paid" if (clock.EXPORTED - invoice.day).days > 30 else "Open",
        "Amount billed": money(invoice.cents),
        "Currency": invoice.deal.currency,
        "Associated Deal IDs": invoice.deal.deal_id,
        "Associated Company IDs": account.record_id if account else "",
        "Due date": invoice.due.strftime("%Y-%m-%d"),
    }
