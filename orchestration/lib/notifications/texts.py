"""The text of a message: one line of subject, a few lines of body, in the words of the glossary.

Belongs here: sentences. No name and no e-mail of a person is in them: ids, which the CRM opens, and the account.
"""

from collections.abc import Sequence
from datetime import UTC, datetime
from zoneinfo import ZoneInfo

from orchestration.lib.language import gettext, later, ngettext, translated
from orchestration.lib.notifications.reading import Event, OpenClock

HEADLINES = {
    "became_sql": later("Call: %(who)s became SQL"),
    "came_back": later("%(who)s came back"),
    "offer_opened": later("%(who)s opened %(about)s"),
    "key_touch": later("Key touch %(about)s: %(who)s"),
    "grade_rose": later("%(who)s rose to %(about)s"),
    "warmed_up": later("%(who)s warms up: %(about)s"),
    "due_soon": later("%(about)s is due %(due)s: %(who)s"),
    "breached": later("%(about)s is overdue since %(due)s: %(who)s"),
    "escalated": later("Escalated: %(about)s of %(owner)s, due %(due)s, is still open: %(who)s"),
    "weekly_digest": later("Your open promises this week"),
    "review_due": later("The review of %(about)s is due"),
}
MOST_LINES = 40


def local(instant: datetime, time_zone: str) -> str:
    """An instant of the warehouse (UTC without zone) on the company's wall clock."""
    return instant.replace(tzinfo=UTC).astimezone(ZoneInfo(time_zone)).strftime("%Y-%m-%d %H:%M")


def headline(event: Event, time_zone: str) -> str:
    """The subject of an event sent alone, and its line in a digest."""
    if event.event == "weekly_digest" and event.cover_owner_id:
        return gettext("The open promises of %(owner)s this week, for whom you cover", owner=_line(event.owner_name))
    return gettext(
        HEADLINES[event.event],
        who=f"{_line(event.account_name)} ({event.person_id})" if event.account_name else event.person_id or "",
        about=_about(event),
        due=local(event.due_at, time_zone) if event.due_at else "",
        owner=_line(event.owner_name) or gettext("nobody"),
    )


def _about(event: Event) -> str:
    """A commitment, document or touch as the company calls it; a grade is in our words."""
    about = _line(event.about)
    if not about:
        return gettext("the document")
    return translated(about) if about.startswith("grade ") else about


def _line(name: str | None) -> str:
    """A name on one line: leads type the names of accounts, and a second line would look like ours."""
    return " ".join((name or "").split())


def details(event: Event, time_zone: str) -> str:
    """The body of an event sent alone."""
    lines = {
        gettext("When"): local(event.occurred_at, time_zone),
        gettext("Owner"): _line(event.owner_name) or gettext("(no owner)"),
        gettext("Absent, covered by"): _line(event.cover_name),
        gettext("Revenue stream"): event.revenue_stream,
        gettext("Lead type"): event.lead_type,
    }
    return "".join(f"{name}: {text}\n" for name, text in lines.items() if text)


def week(clocks: Sequence[OpenClock], time_zone: str) -> str:
    """The body of a weekly digest: what is outstanding for its receiver, in the order of due dates."""
    if not clocks:
        return gettext("None of your promises is open.") + "\n"
    overdue = sum(clock.status == "missed" for clock in clocks)
    head = ngettext(
        "%(open)s open, %(overdue)s of them overdue.",
        "%(open)s open, %(overdue)s of them overdue.",
        len(clocks),
        open=len(clocks),
        overdue=overdue,
    )
    return f"{head}\n\n" + _listed(
        [f"{local(clock.due_at, time_zone)}  {clock.commitment}  {clock.person_id}" for clock in clocks]
    )


def digest(events: Sequence[Event], time_zone: str) -> tuple[str, str]:
    """Subject and body of many events sent together."""
    number = len(events)
    subject = ngettext("%(number)s event of your leads", "%(number)s events of your leads", number, number=number)
    return subject, _listed([headline(event, time_zone) for event in events])


def _listed(lines: Sequence[str]) -> str:
    shown = "".join(f"- {line}\n" for line in lines[:MOST_LINES])
    rest = len(lines) - MOST_LINES
    if rest <= 0:
        return shown
    more = ngettext(
        "and %(rest)s more: see the page of today", "and %(rest)s more: see the page of today", rest, rest=rest
    )
    return f"{shown}{more}\n"
