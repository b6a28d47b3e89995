"""The traits of persons and companies in the CRMs: job titles, the sizes of companies, and why a lead was declined.

Each is a person's or a company's own draw, by its record id: whatever else is drawn stays as it is. The story exists
before; a person who bought is more often an owner or a buyer. Which program has which cell belongs to hubspot and
salesforce.
"""

from collections.abc import Sequence
from hashlib import sha256

from seeds.generator.people import Account, Person

TITLES = {
    "owner": ["Owner", "CEO", "CEO & Founder", "Managing Director", "Co-Founder", "Titolare"],
    "buyer": ["Purchasing Manager", "Procurement Lead", "Buyer", "Head of procurement", "Responsabile acquisti"],
    "office_manager": ["Office Manager", "Facility Manager", "Facility Mgr.", "Workplace Lead", "OFFICE MANAGER"],
    "architect": ["Architect", "Senior Architect", "Interior Designer", "Architetto"],
    "other": ["IT Manager", "HR Manager", "Accountant", "Consultant", "Project Manager", "Impiegata", "-"],
    "student": ["Student", "Architecture student", "Intern", "Student, interior design"],
    "": [""],
}
_NOT_SOLD_TO = "student"
# Weights in the order of TITLES, by how far the person came.
_WEIGHTS = {
    "customer": (34, 28, 18, 8, 5, 0, 7),
    "sql": (22, 22, 22, 12, 12, 1, 9),
    "lead": (10, 11, 22, 15, 21, 8, 13),
}
# Why sales declines; the agreement knows all of them but the last two.
_REASONS = ["Not our market", "Too small", "Wrong phone number", "Missing data", "Duplicate", "Wrong team"]
_REASONS += ["Left the company", ""]
_REASON_WEIGHTS = (24, 20, 13, 8, 9, 5, 6, 15)
_RANGES = [(1, "1-10"), (11, "11-50"), (51, "51-200"), (201, "201-500"), (501, "501-1,000"), (1001, "1,000+")]


def share(record_id: str, why: str) -> float:
    """A number from 0 to 1 that is the record's own for this question, whatever else is drawn."""
    return int(sha256(f"{why}:{record_id}".encode()).hexdigest()[:8], 16) / 0xFFFFFFFF


def job_title(person: Person) -> str:
    """The person's job title as typed; empty for many."""
    if person.is_spam:
        return ""
    stages = {stage for _, stage in person.history}
    reached = next((stage for stage in ("customer", "sql") if stage in stages), "lead")
    kind = _chosen(list(TITLES), _WEIGHTS[reached], share(person.record_id, "kind of title"))
    return _chosen(TITLES[kind], [1] * len(TITLES[kind]), share(person.record_id, "title"))


def decline_reason(person: Person) -> str:
    """Why sales or marketing declined the person the last time; empty where nobody was declined or nobody wrote it."""
    stages = {stage for _, stage in person.history}
    if person.is_spam or not stages & {"rejected", "disqualified", "recycled"}:
        return ""
    if not stages & {"rejected", "disqualified"}:
        return "Not now" if share(person.record_id, "recycled") < 0.3 else ""
    if job_title(person) in TITLES[_NOT_SOLD_TO]:
        return "Student"
    return _chosen(_REASONS, _REASON_WEIGHTS, share(person.record_id, "reason"))


def employees(account: Account) -> int | None:
    """The number of employees; unknown for some."""
    if share(account.record_id, "size is known") > 0.86:
        return None
    draw = share(account.record_id, "size")
    least, most = (250, 4_000) if account.is_large else (3, 160)
    return round(least * (most / least) ** draw)


def employees_text(account: Account) -> str:
    """The same as in HubSpot's cell: mostly the number, sometimes a range, or about."""
    number = employees(account)
    if number is None:
        return ""
    draw = share(account.record_id, "how the size is written")
    if draw < 0.12:
        return [text for least, text in _RANGES if least <= number][-1]
    return f"~{number}" if draw < 0.15 else str(number)


def _chosen(items: Sequence[str], weights: Sequence[float], draw: float) -> str:
    left = draw * sum(weights)
    for item, weight in zip(items, weights, strict=True):
        left -= weight
        if left < 0:
            return item
    return items[-1]
