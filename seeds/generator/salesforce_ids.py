"""Ids and times as Salesforce's Data Export writes them, and which HubSpot contact knows which id. The records belong
to salesforce, salesforce_leads and salesforce_work.
"""

from datetime import date, datetime

from seeds.generator import clock, company, traits
from seeds.generator.people import Account, Person

NONE = "000000000000000AAA"
_CHECK = "ABCDEFGHIJKLMNOPQRSTUVWXYZ012345"


def record_id(prefix: str, number: int | str) -> str:
    """The 18 characters of a record: three of the object, twelve of the record, three that guard the case."""
    fifteen = f"{prefix}Dm{number:>010}" if isinstance(number, int) else f"{prefix}{number}"
    chunks = [fifteen[start : start + 5] for start in (0, 5, 10)]
    marks = [sum(1 << place for place, letter in enumerate(chunk) if letter.isupper()) for chunk in chunks]
    return fifteen + "".join(_CHECK[mark] for mark in marks)


QUEUE = record_id("00G", 1)


def lead_id(person: Person, pass_number: int) -> str:
    """The id of the person's first, second, ... lead."""
    return record_id("00Q", int(person.record_id) * 10 + pass_number)


def contact_id(person: Person) -> str:
    """The id of the contact that the person's leads are converted to."""
    return record_id("003", int(person.record_id))


def share(person: Person, why: str) -> float:
    """A number from 0 to 1 that is the person's own for this question, whatever else is drawn."""
    return traits.share(person.record_id, why)


def is_known_by_id(person: Person) -> bool:
    """Most are synchronised by id; the others have nothing in common but the e-mail."""
    return not person.email or share(person, "id") < 0.8


def on_contact(person: Person) -> dict[str, str]:
    """The Salesforce columns of the HubSpot contact."""
    if not person.is_in_salesforce or not is_known_by_id(person):
        return {}
    is_converted = any(stage == "opportunity" for _, stage in person.history)
    contact = {"Salesforce Contact ID": contact_id(person)} if is_converted else {}
    return {"Salesforce Lead ID": lead_id(person, 1)} | contact


def user_id(user: company.User) -> str:
    """The id of a rep."""
    return record_id("005", int(user.user_id))


def account_id(account: Account | None) -> str:
    """The id of an account; zeros for none."""
    return record_id("001", int(account.record_id)) if account else NONE


def opportunity_id(deal_id: str) -> str:
    """The id of a deal; zeros for none."""
    return record_id("006", int(deal_id)) if deal_id else NONE


def stamp(moment: datetime | None) -> str:
    """A moment: in GMT, without naming the zone."""
    return clock.gmt(moment).strftime("%Y-%m-%d %H:%M:%S") if moment else ""


def day(value: date | None) -> str:
    """A bare date."""
    return f"{value:%Y-%m-%d} 00:00:00" if value else ""
