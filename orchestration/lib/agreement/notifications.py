"""Who is notified of which events, and when they are not.

Belongs here: the events, their times, and the hours in which nobody is to be disturbed. Finding the events is SQL
(fct_notifications), sending is lib/notifications/.
"""

from collections.abc import Mapping
from typing import Annotated, Literal

from pydantic import ConfigDict, Field, model_validator

from orchestration.lib.agreement.calendars import WEEKDAYS, Calendar
from orchestration.lib.agreement.parts import Key, Part, Text, contradiction, must_name, renamed, with_earlier_names
from orchestration.lib.agreement.scoring import EngagementCondition
from orchestration.lib.language import gettext

EventName = Literal[
    "became_sql",
    "came_back",
    "offer_opened",
    "key_touch",
    "grade_rose",
    "warmed_up",
    "due_soon",
    "breached",
    "escalated",
    "weekly_digest",
    "review_due",
]
# The letter is the fit, which no touch changes, and 3 is the least engagement: nothing that a lead does leads to it.
HigherGrade = Literal["A1", "A2", "B1", "B2", "C1", "C2"]
# The events that a field describes; warmed_up is either of both.
DESCRIBED_BY = {"key_touch": "key_touches", "grade_rose": "grade_rises_to"}
Weekday = Literal[WEEKDAYS]  # type: ignore[valid-type]
Time = Annotated[str, Field(pattern=r"^[1-9]\d{0,3}(h|d)$")]


class KeyTouch(EngagementCondition):
    """What a lead does that somebody is notified of: all given fields must match, each with any of its words."""

    @model_validator(mode="after")
    def _done_by_the_lead(self) -> "KeyTouch":
        if not self.model_fields_set:
            raise ValueError(gettext("without any condition it would be everything that a lead does; add a condition"))
        if "outbound" in (self.direction or ()):
            raise ValueError(gettext("what is outbound is not done by the lead; remove 'outbound'"))
        return self


class Notifications(Part):
    """The events of which people are notified, and how."""

    model_config = ConfigDict(json_schema_extra=with_earlier_names(notify_within="told_for"))

    tell: Annotated[list[EventName], Field(min_length=1)]
    """The events of which people are notified."""
    key_touches: Annotated[dict[Key, KeyTouch], Field(min_length=1)] | None = None
    """What a lead does that key_touch, and of leads of marketing warmed_up, notifies: conditions as in scoring."""
    grade_rises_to: Annotated[list[HigherGrade], Field(min_length=1)] | None = None
    """The grades of which grade_rose, and of leads of marketing warmed_up, notifies when a lead rises to them."""
    warmed_up_to: Text | None = None
    """Who of marketing is notified of warmed_up: a name among the owners; omitted, only the team's channel is."""
    due_soon: Time = "4h"
    """How long before a clock falls due due_soon is sent."""
    escalate_after: Time = "24h"
    """How long after a clock was due, and nothing done yet, escalated is sent."""
    escalate_to: Text | None = None
    """Who is notified of it: a name among the owners; omitted, only the team's channel is."""
    quiet_hours_outside: str | None = None
    """A key of calendars: what comes while it is closed is sent at its next opening; omitted, there are none."""
    at_most: Annotated[int, Field(gt=0, le=1000)] = 10
    """Messages to one receiver at a time; more become one digest."""
    digest_on: Weekday = "monday"
    """The day of weekly_digest."""
    notify_within: Annotated[str, Field(pattern=r"^[1-9]\d{0,2}d$"), renamed("notify_within", "told_for")] = "7d"
    """The oldest event that is notified: nobody is notified of an event that was older when it was first found."""


def check_notifications(rules: Notifications, calendars: Mapping[str, Calendar], is_scored: bool) -> None:
    """Raise a contradiction if an event is notified that nothing describes, or described and not notified."""
    if rules.quiet_hours_outside is not None:
        must_name(rules.quiet_hours_outside, calendars, "calendars", "notifications", "quiet_hours_outside")
    described = {event for event, field in DESCRIBED_BY.items() if getattr(rules, field)}
    for number, event in enumerate(rules.tell):
        where = ("notifications", "tell", number)
        if event in DESCRIBED_BY and event not in described:
            raise contradiction(
                gettext(
                    "nothing describes %(event)s; add '%(field)s', or remove it",
                    event=event,
                    field=DESCRIBED_BY[event],
                ),
                *where,
            )
        if event == "warmed_up" and not described:
            raise contradiction(
                gettext("nothing describes what warms a lead up; add 'key_touches', or remove it"), *where
            )
    for name in sorted(described):
        if not {name, "warmed_up"} & set(rules.tell):
            text = gettext("nobody is notified of it; add %(name)s or warmed_up to tell, or remove it", name=name)
            raise contradiction(text, "notifications", DESCRIBED_BY[name])
    if rules.warmed_up_to and "warmed_up" not in rules.tell:
        raise contradiction(
            gettext("nobody is notified; add warmed_up to tell, or remove it"), "notifications", "warmed_up_to"
        )
    grades = rules.grade_rises_to or ()
    if grades and not is_scored:
        text = gettext("there is no scoring, so nothing has a grade; add 'scoring', or remove it")
        raise contradiction(text, "notifications", "grade_rises_to")
    for number, grade in enumerate(grades):
        if grade in grades[:number]:
            raise contradiction(
                gettext("%(grade)s is named twice; remove one of the two", grade=grade),
                "notifications",
                "grade_rises_to",
                number,
            )
