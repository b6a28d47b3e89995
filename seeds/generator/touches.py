"""The leads' activity on the site, with mailings and at webinars, as the tools of marketing export it. HubSpot's own
first and last visit belongs to hubspot.
"""

from datetime import datetime, timedelta
from random import Random

from seeds.generator import clock
from seeds.generator.draws import between, chance, pick, pick_weighted
from seeds.generator.people import Person
from seeds.generator.sheets import Row, Sheet

SITE = "https://www.lumen-office.example.com"
# Source and medium of a visit, its click id, and how often it is.
_VISITS = [
    (("google", "organic", ""), 34),
    (("", "", "gclid"), 16),
    (("newsletter", "email", ""), 16),
    (("", "", ""), 14),
    (("linkedin", "paid_social", ""), 8),
    (("", "", "li_fat_id"), 4),
    (("linkedin.com", "referral", ""), 4),
    (("", "", "msclkid"), 4),
]
_PAGES = ["/", "/lighting", "/chairs", "/guides/office-planning", "/pricing", "/cases/brera-studio"]
WEBINARS = [
    ("Webinar: Light and wellbeing", datetime(2026, 3, 12, 11)),
    ("Webinar: Hybrid offices", datetime(2026, 5, 21, 11)),
    ("Webinar: Energy rules 2027", datetime(2026, 9, 24, 11)),
]
HEADERS = {
    "web/sessions.csv": [
        *("client_id", "session_id", "session_start", "source", "medium", "campaign", "utm_content", "utm_term"),
        *("gclid", "fbclid", "msclkid", "li_fat_id", "landing_page"),
    ],
    "web/form_submissions.csv": [
        *("client_id", "email", "form_name", "submitted_at", "utm_source", "utm_medium", "utm_campaign", "page_url"),
    ],
    "web/chats.csv": ["client_id", "email", "started_at", "messages", "page_url"],
    "mailing/email_events.csv": ["recipient", "event", "timestamp", "campaign", "url", "machine_open"],
    "events/attendance.csv": ["email", "event", "status", "at"],
}


def sheets(rng: Random, leads: list[Person]) -> dict[str, Sheet]:
    """The files of web, mailing and events by their path in the exports folder."""
    known = [lead for lead in leads if lead.email and not lead.is_spam]
    rows: dict[str, list[Row]] = {path: [] for path in HEADERS}
    for lead in known:
        if lead.form and lead.source and chance(rng, 0.16):
            _visitor(rng, lead, rows)
    for number in range(260):  # visitors who never identified themselves
        _session(rng, rows, f"GA1.2.{700000 + number}", 1, min(clock.form_moment(rng), clock.EXPORTED))
    for lead in known:
        if chance(rng, 0.05):
            _reader(rng, lead, rows["mailing/email_events.csv"])
    for name, begins in WEBINARS:
        for lead in [lead for lead in known if lead.created < begins - timedelta(days=20) and chance(rng, 0.025)]:
            _attendee(rng, lead, name, begins, rows["events/attendance.csv"])
    rows["web/sessions.csv"].sort(key=lambda row: (row["session_start"], row["client_id"]))
    return {path: Sheet(header, rows[path]) for path, header in HEADERS.items()}


def utc(moment: datetime) -> str:
    """A moment of the wall clock as tools of the web write it."""
    return clock.gmt(moment).strftime("%Y-%m-%dT%H:%M:%SZ")


def _visitor(rng: Random, lead: Person, rows: dict[str, list[Row]]) -> None:
    """A lead that visits again within six weeks, and identifies itself by a form or a chat."""
    client = f"GA1.2.{lead.record_id}"
    moment = lead.created
    for number in range(1, 2 + int(rng.random() * 4)):
        moment = clock.existing(moment + timedelta(minutes=int(between(rng, 0.3, 11) * 1440)))
        if moment > clock.EXPORTED:
            return
        _session(rng, rows, client, number, moment)
        sent_at = clock.existing(moment + timedelta(minutes=3))
        if number == 1 and sent_at <= clock.EXPORTED:
            page = SITE + pick(rng, _PAGES)
            if chance(rng, 0.75):
                rows["web/form_submissions.csv"].append(
                    {"client_id": client, "email": lead.email, "form_name": "Newsletter"}
                    | {"submitted_at": utc(sent_at), "page_url": page}
                )
            else:
                rows["web/chats.csv"].append(
                    {"client_id": client, "email": lead.email, "started_at": utc(sent_at), "page_url": page}
                    | {"messages": str(2 + int(rng.random() * 9))}
                )


def _session(rng: Random, rows: dict[str, list[Row]], client: str, number: int, moment: datetime) -> None:
    source, medium, click_id = pick_weighted(rng, [visit for visit, _ in _VISITS], [weight for _, weight in _VISITS])
    campaign = {"email": "Monthly issue", "paid_social": "LinkedIn - Retargeting"}.get(medium, "")
    row = {"client_id": client, "session_id": str(number), "session_start": utc(moment), "source": source}
    row |= {"medium": medium, "campaign": campaign, "landing_page": f"{SITE}{pick(rng, _PAGES)}?utm_id={number}"}
    rows["web/sessions.csv"].append(row | ({click_id: f"Cj0{client[6:]}{number}"} if click_id else {}))


def _reader(rng: Random, lead: Person, rows: list[Row]) -> None:
    """The monthly issue: sent on the first Tuesday, and what came of it."""
    for month in range(1, 11):
        first = datetime(2026, month, 1, 8, 30)
        sent = first + timedelta(days=(1 - first.weekday()) % 7)
        if sent < lead.created:
            continue
        row = {"recipient": lead.email, "campaign": f"Monthly issue {sent:%Y-%m}"}
        rows.append(row | {"event": "sent", "timestamp": utc(sent)})
        if not chance(rng, 0.4):
            continue
        opened = sent + timedelta(minutes=int(between(rng, 4, 1500)))
        rows.append(row | {"event": "open", "timestamp": utc(opened), "machine_open": "false"})
        if chance(rng, 0.25):
            clicked = utc(opened + timedelta(minutes=1))
            rows.append(row | {"event": "click", "timestamp": clicked, "url": SITE + pick(rng, _PAGES)})
        if chance(rng, 0.02):
            rows.append(row | {"event": "unsubscribed", "timestamp": utc(opened + timedelta(minutes=2))})
            return


def _attendee(rng: Random, lead: Person, name: str, begins: datetime, rows: list[Row]) -> None:
    row = {"email": lead.email, "event": name}
    registered = begins - timedelta(days=int(between(rng, 2, 18)))
    rows.append(row | {"status": "registered", "at": utc(registered)})
    rows.append(row | {"status": "attended" if chance(rng, 0.62) else "no-show", "at": utc(begins)})
