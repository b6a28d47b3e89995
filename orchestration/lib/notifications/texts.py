"""The text of a message: one line of subject, a few lines of body, in the words of the glossary.

Belongs here: sentences. No name and no e-mail of a person is in them: ids, which the CRM opens, and the account.
"""

from collections.abc import Sequence
from datetime import UTC, datetime
from zoneinfo import ZoneInfo

from orchestration.lib.notifications.reading import Event, OpenClock

HEADLINES = {
    "became_sql": "Call: {who} became SQL",
    "came_back": "{who} came back",
    "offer_opened": "{who} opened {about}",
    "key_touch": "Key touch {about}: {who}",
    "grade_rose": "{who} rose to {about}",
    "warmed_up": "{who} warms up: {about}",
    "due_soon": "{about} is due {due}: {who}",
    "breached": "{about} is overdue since {due}: {who}",
    "escalated": "Escalated: {about} of {owner}, due {due}, is still open: {who}",
    "weekly_digest": "Your open promises this week",
    "review_due": "The review of {about} is due",
}
MOST_LINES = 40


def local(instant: datetime, time_zone: str) -> str:
    """An instant of the warehouse (UTC without zone) on the company's wall clock."""
    return instant.replace(tzinfo=UTC).astimezone(ZoneInfo(time_zone)).strftime("%Y-%m-%d %H:%M")


def headline(event: Event, time_zone: str) -> str:
    """The subject of an event sent alone, and its line in a digest."""
    if event.event == "weekly_digest" and event.cover_owner_id:
        return f"The open promises of {_line(event.owner_name)} this week, for whom you cover"
    return HEADLINES[event.event].format(
        who=f"{_line(event.account_name)} ({event.person_id})" if event.account_name else event.person_id or "",
        about=_line(event.about) or "the document",
        due=local(event.due_at, time_zone) if event.due_at else "",
        owner=_line(event.owner_name) or "nobody",
    )


def _line(name: str | None) -> str:
    """A name on one line: leads type the names of accounts, and a second line would look like ours."""
    return " ".join((name or "").split())


def details(event: Event, time_zone: str) -> str:
    """The body of an event sent alone."""
    lines = {
        "When": local(event.occurred_at, time_zone),
        "Owner": _line(event.owner_name) or "(no owner)",
        "Absent, covered by": _line(event.cover_name),
        "Revenue stream": event.revenue_stream,
        "Lead type": event.lead_type,
    }
    return "".join(f"{name}: {text}\n" for name, text in lines.items() if text)


def week(clocks: Sequence[OpenClock], time_zone: str) -> str:
    """The body of a weekly digest: what is outstanding for its receiver, in the order of due dates."""
    overdue = sum(clock.status == "missed" for clock in clocks)
    head = f"{len(clocks)} open, {overdue} of them overdue.\n\n"
    return head + _listed(
        [f"{local(clock.due_at, time_zone)}  {clock.commitment}  {clock.person_id}" for clock in clocks]
    )


def digest(events: Sequence[Event], time_zone: str) -> tuple[str, str]:
    """Subject and body of many events sent together."""
    return f"{len(events)} events of your leads", _listed([headline(event, time_zone) for event in events])


def _listed(lines: Sequence[str]) -> str:
    shown = "".join(f"- {line}\n" for line in lines[:MOST_LINES])
    rest = len(lines) - MOST_LINES
    return shown + (f"and {rest} more: see the page of today\n" if rest > 0 else "")
