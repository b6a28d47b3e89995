"""When a team works.

Belongs here: hours and holidays on the wall clock. How a clock runs on them is SQL (int_business_calendar).
"""

import itertools
import re
from datetime import time
from typing import Annotated, Literal

from pydantic import Field, field_validator

from orchestration.lib.agreement.parts import Day, Part, known_zone

HOURS = Field(json_schema_extra={"pattern": r"^\d\d:\d\d-\d\d:\d\d$"})
WEEKDAYS = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")


def parse_hours(text: str) -> tuple[time, time]:
    """'09:00-13:00' as two wall-clock times of one day, opening first. ValueError if it is not valid."""
    match = re.fullmatch(r"(\d\d:\d\d)-(\d\d:\d\d)", text)
    if not match:
        raise ValueError(f"'{text}' is not a range of hours; write 09:00-13:00")
    try:
        opens, closes = time.fromisoformat(match[1]), time.fromisoformat(match[2])
    except ValueError as error:
        raise ValueError(f"'{text}' is not a range of hours of a day ({error}); write 00:00 to 23:45") from None
    if opens >= closes:
        raise ValueError(f"'{text}': opening must come before closing; write the earlier hour first")
    if opens.minute % 15 or closes.minute % 15:
        raise ValueError(f"'{text}': hours start and end on a quarter of an hour; write :00, :15, :30 or :45")
    return opens, closes


class Calendar(Part):
    """When a team works, on the wall clock of its zone."""

    time_zone: str
    """Zone of the hours: an IANA name."""
    hours: dict[Literal[WEEKDAYS], list[Annotated[str, HOURS]]]  # type: ignore[valid-type]
    """By weekday: the hours of work, without the breaks, in quarters of an hour; a day that is omitted is closed."""
    holidays: list[Day] = []
    """Days on which it is closed from morning to night."""

    _zone = field_validator("time_zone")(known_zone)

    @field_validator("hours")
    @classmethod
    def _windows(cls, hours: dict[str, list[str]]) -> dict[str, list[str]]:
        for day, texts in hours.items():
            windows = sorted(parse_hours(text) for text in texts)
            if any(before[1] > after[0] for before, after in itertools.pairwise(windows)):
                raise ValueError(f"{day}: the hours overlap; correct them")
        if not any(hours.values()):
            raise ValueError("a calendar without any hours would never let a clock run; add hours to a day")
        return hours
