"""What follows a sale, as the tools of billing, surveys and documents export it: offers sent, invoices of the deals
that Salesforce has, care plans, reasons for leaving, NPS and CSAT. HubSpot's own invoices belong to hubspot.
"""

from datetime import datetime, timedelta
from pathlib import PurePosixPath
from random import Random

from seeds.generator import clock, company
from seeds.generator.draws import between, chance, pick, pick_weighted
from seeds.generator.records import Deal, Records
from seeds.generator.salesforce_ids import record_id
from seeds.generator.sheets import Row, Sheet, money
from seeds.generator.touches import utc

# Plan: price of an interval in cents, and the interval.
PLANS = {"Care Basic": (3900, "month"), "Care Plus": (8900, "month"), "Care Enterprise": (478800, "year")}
REASONS = ["too_expensive", "missing_features", "switched_service", "unused", "customer_service"]
HEADERS = {
    "billing/customers.csv": ["id", "Company", "Customer Name", "Customer Email", "Website", "Country"],
    "billing/subscriptions.csv": [
        *("id", "Customer ID", "Customer Email", "Plan", "Status", "Quantity", "Amount", "Currency", "Interval"),
        *("Start (UTC)", "Trial End (UTC)", "Canceled At (UTC)", "Ended At (UTC)", "Cancellation Reason"),
    ],
    "billing/invoices.csv": [
        *("id", "Number", "Customer ID", "Customer Email", "Date (UTC)", "Status", "Total", "Tax", "Currency"),
        "Due Date (UTC)",
    ],
    "billing/churn_events.csv": ["id", "Customer ID", "Subscription ID", "Date (UTC)", "Reason", "Comment"],
    "surveys/nps.csv": ["Response ID", "Email", "NPS Score", "Comment", "Topic", "Submitted At (UTC)"],
    "surveys/csat.csv": ["Response ID", "Email", "CSAT Score", "Comment", "Submitted At (UTC)"],
    "surveys/sent.csv": ["Invitation ID", "Survey Type", "Email", "Mail Status", "Sent At (UTC)"],
    "documents/documents.csv": [
        *("Document ID", "Document name", "Sender name", "Recipient email", "Deal ID", "Sent at", "First opened at"),
        "Open count",
    ],
}


def sheets(rng: Random, records: Records) -> dict[str, Sheet]:
    """The files of billing, surveys and documents by their path in the exports folder."""
    rows: dict[str, list[Row]] = {path: [] for path in HEADERS}
    customers: dict[str, str] = {}
    for deal in records.deals:
        if deal.person.email and chance(rng, 0.4):
            rows["documents/documents.csv"].append(_offer(rng, deal))
        if not deal.won or not deal.person.account:
            continue
        is_new = not deal.is_renewal and deal.person.account.record_id not in customers
        if is_new and chance(rng, 0.6 if deal.person.segment.stream == company.ENTERPRISE else 0.45):
            _subscribe(rng, deal, deal.won, _customer(deal, customers, rows), rows)
        if deal.person.email:
            _ask(rng, deal, deal.won, rows)
    for invoice in records.invoices:
        if invoice.deal.person.is_in_salesforce and invoice.deal.person.account:
            customer = _customer(invoice.deal, customers, rows)
            tax = invoice.cents * 22 // 100
            rows["billing/invoices.csv"].append(
                {"id": f"in_{invoice.number}", "Number": f"LO-{invoice.number}", "Customer ID": customer}
                | {"Date (UTC)": _seconds(invoice.day), "Total": money(invoice.cents + tax), "Tax": money(tax)}
                | {"Status": "paid" if (clock.EXPORTED - invoice.day).days > 30 else "open"}
                | {"Currency": invoice.deal.currency.lower(), "Due Date (UTC)": _seconds(invoice.due)}
            )
    return {path: Sheet(header, rows[path]) for path, header in HEADERS.items()}


def _seconds(moment: datetime | None) -> str:
    return clock.gmt(moment).strftime("%Y-%m-%d %H:%M:%S") if moment else ""


def _offer(rng: Random, deal: Deal) -> Row:
    """An offer sent after the deal was opened; of Salesforce's ids the tool has the fifteen of the address bar."""
    sent = clock.after_office_minutes(deal.created, between(rng, 30, 900))
    sent = min(sent, clock.EXPORTED - timedelta(minutes=1))
    opened = clock.existing(sent + timedelta(minutes=int(between(rng, 6, 4000))))
    is_opened = chance(rng, 0.7) and opened <= clock.EXPORTED
    in_salesforce = deal.person.is_in_salesforce
    return {
        "Document ID": f"doc-{deal.deal_id}",
        "Document name": f"Offer {deal.deal_id}",
        "Sender name": deal.owner.name,
        "Recipient email": deal.person.email,
        "Deal ID": record_id("006", int(deal.deal_id))[:15] if in_salesforce else deal.deal_id,
        "Sent at": utc(sent),
        "First opened at": utc(opened) if is_opened else "",
        "Open count": str(1 + int(rng.random() * 5)) if is_opened else "0",
    }


def _customer(deal: Deal, customers: dict[str, str], rows: dict[str, list[Row]]) -> str:
    """The id of the account's customer, which is made where it is new."""
    account, person = deal.person.account, deal.person
    assert account is not None
    if account.record_id not in customers:
        customers[account.record_id] = f"cus_{account.record_id}"
        rows["billing/customers.csv"].append(
            {"id": customers[account.record_id], "Company": account.name, "Customer Name": person.full_name}
            | {"Customer Email": person.email, "Website": account.domain, "Country": account.country}
        )
    return customers[account.record_id]


def _subscribe(rng: Random, deal: Deal, won: datetime, customer: str, rows: dict[str, list[Row]]) -> None:
    """A care plan from a few days after the sale on; some begin with a trial, some are cancelled."""
    is_large = deal.person.segment.stream == company.ENTERPRISE
    plan = "Care Enterprise" if is_large else pick_weighted(rng, ("Care Basic", "Care Plus"), (70, 30))
    price, interval = PLANS[plan]
    starts = clock.existing(won + timedelta(days=int(between(rng, 1, 12))))
    trial = clock.existing(starts + timedelta(days=14)) if chance(rng, 0.15) else None
    leaves = clock.existing(starts + timedelta(days=int(between(rng, 40, 1300))))
    is_gone = leaves <= clock.EXPORTED
    if starts > clock.EXPORTED:
        return
    reason = pick(rng, REASONS) if is_gone else ""
    tells_why = is_gone and chance(rng, 0.5)
    first = (
        {"id": f"sub_{deal.deal_id}", "Customer ID": customer, "Plan": plan, "Quantity": "1"}
        | {"Status": "canceled" if is_gone else "trialing" if trial and trial > clock.EXPORTED else "active"}
        | {"Amount": money(price), "Currency": "eur", "Interval": interval, "Start (UTC)": _seconds(starts)}
        | {"Trial End (UTC)": _seconds(trial), "Cancellation Reason": reason}
        | ({"Canceled At (UTC)": _seconds(leaves), "Ended At (UTC)": _seconds(leaves)} if is_gone else {})
    )
    rows["billing/subscriptions.csv"] += _later(deal, first, starts, leaves if is_gone else None)
    if tells_why:
        rows["billing/churn_events.csv"].append(
            {"id": f"churn_{deal.deal_id}", "Customer ID": customer, "Subscription ID": f"sub_{deal.deal_id}"}
            | {"Date (UTC)": _seconds(leaves), "Reason": reason}
        )


def _later(deal: Deal, first: Row, starts: datetime, left: datetime | None) -> list[Row]:
    """The plan with what follows it: some who left come back, some take another plan too, some change to a smaller one.

    Drawn apart, so that nothing else of the company depends on it.
    """
    rng = Random(f"care plans {deal.deal_id}")
    share, days = rng.random(), between(rng, 35, 130)
    begins = clock.existing((left or starts) + timedelta(days=int(days)))
    another = "Care Plus" if first["Plan"] == "Care Basic" else "Care Basic"
    if begins > clock.EXPORTED or share > (0.6 if left else 0.3):
        return [first]
    if left is None and share < 0.2 and first["Plan"] == "Care Plus":
        first |= {"Status": "canceled", "Canceled At (UTC)": _seconds(begins), "Ended At (UTC)": _seconds(begins)}
    price, interval = PLANS[first["Plan"] if left else another]
    second = first | {"id": f"{first['id']}_2", "Plan": first["Plan"] if left else another, "Status": "active"}
    second |= {"Amount": money(price), "Interval": interval, "Start (UTC)": _seconds(begins)}
    ends = ("Trial End (UTC)", "Canceled At (UTC)", "Ended At (UTC)", "Cancellation Reason")
    return [first, second | dict.fromkeys(ends, "")]


def _ask(rng: Random, deal: Deal, won: datetime, rows: dict[str, list[Row]]) -> None:
    """CSAT two weeks after the sale, NPS two months after it; half of the customers answer."""
    for path, days, scores in (
        ("surveys/csat.csv", 14, ((5, 4, 3, 2, 1), (46, 33, 12, 6, 3))),
        ("surveys/nps.csv", 60, ((10, 9, 8, 7, 6, 5, 3, 0), (22, 24, 20, 12, 9, 6, 4, 3))),
    ):
        answered = clock.existing(won + timedelta(minutes=int((days + between(rng, 0, 6)) * 1440)))
        sent = min(clock.existing(won + timedelta(days=days)), answered)
        is_answered = chance(rng, 0.5) and answered <= clock.EXPORTED
        if sent <= clock.EXPORTED:
            rows["surveys/sent.csv"].append(_sent(deal, PurePosixPath(path).stem, sent, is_answered))
        if is_answered:
            score = pick_weighted(rng, *scores)
            label = "CSAT Score" if days == 14 else "NPS Score"
            rows[path].append(
                {
                    "Response ID": f"{path[8:12].rstrip('.')}-{deal.deal_id}",
                    "Email": deal.person.email,
                    label: str(score),
                }
                | {"Submitted At (UTC)": _seconds(answered)}
            )


def _sent(deal: Deal, survey: str, sent: datetime, is_answered: bool) -> Row:
    """A survey as the tool has sent it; a few bounce, drawn apart: nothing else of the company depends on it."""
    is_bounced = not is_answered and Random(f"bounces {survey} {deal.deal_id}").random() < 0.06
    return {
        "Invitation ID": f"{survey}-sent-{deal.deal_id}",
        "Survey Type": survey.upper(),
        "Email": deal.person.email,
        "Mail Status": "bounced" if is_bounced else "sent",
        "Sent At (UTC)": _seconds(sent),
    }
