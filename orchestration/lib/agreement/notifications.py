"""What is told to whom without asking, and when it is not.

Belongs here: which events are told, by what measures, and when nobody is to be disturbed. Which events there are is
SQL (fct_notifications), sending is lib/notifications/.
"""

from typing import Annotated, Literal

from pydantic import ConfigDict, Field

from orchestration.lib.agreement.calendars import WEEKDAYS
from orchestration.lib.agreement.parts import Part, Text, renamed, with_earlier_names

EventName = Literal["became_sql", "came_back", "offer_opened", "due_soon", "breached", "escalated", "weekly_digest"]
Weekday = Literal[WEEKDAYS]  # type: ignore[valid-type]
Time = Annotated[str, Field(pattern=r"^[1-9]\d{0,3}(h|d)$")]


class Notifications(Part):
    """What is told without asking."""

    model_config = ConfigDict(json_schema_extra=with_earlier_names(notify_within="told_for"))

    tell: Annotated[list[EventName], Field(min_length=1)]
    """The events that are told."""
    due_soon: Time = "4h"
    """How long before a clock falls due due_soon is told."""
    escalate_after: Time = "24h"
    """How long after a clock was due, and nothing done yet, escalated is told."""
    escalate_to: Text | None = None
    """Who is told of it: a name among the owners; omitted, only the team's channel is."""
    quiet_hours_outside: str | None = None
    """A key of calendars: what comes while it is closed is sent at its next opening; omitted, there are none."""
    at_most: Annotated[int, Field(gt=0, le=1000)] = 10
    """Messages to one receiver at a time; more become one digest."""
    digest_on: Weekday = "monday"
    """The day of weekly_digest."""
    notify_within: Annotated[str, Field(pattern=r"^[1-9]\d{0,2}d$"), renamed("notify_within", "told_for")] = "7d"
    """The oldest event that is notified: nobody is notified of an event that was older when it was first found."""
