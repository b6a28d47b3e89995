"""When a team works.

Belongs here: hours and holidays on the wall clock. How a clock runs on them is SQL (int_business_calendar).
"""

import itertools
import re
from typing import Annotated, Literal

from pydantic import Field, field_validator

from orchestration.lib.agreement.parts import Day, Part, known_zone

HOURS = Field(json_schema_extra={"pattern": r"^\d\d:\d\d-\d\d:\d\d$"})
DAY_MINUTES = 24 * 60
WEEKDAYS = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")


def parse_hours(text: str) -> tuple[int, int]:
    """'09:00-13:00' as minutes of one day, opening first; 24:00 is its end. ValueError if it is not valid."""
    match = re.fullmatch(r"(\d\d):(\d\d)-(\d\d):(\d\d)", text)
    if not match:
        raise ValueError(f"'{text}' is not a range of hours; write 09:00-13:00")
    (hour, minute), (last_hour, last_minute) = (map(int, match.groups()[at : at + 2]) for at in (0, 2))
    opens, closes = hour * 60 + minute, last_hour * 60 + last_minute
    if max(opens, closes) > DAY_MINUTES or max(minute, last_minute) > 59:
        raise ValueError(f"'{text}' is not a range of hours of a day; write 00:00 to 24:00")
    if opens >= closes:
        over = f", or {text[:5]}-24:00 and on the next day 00:00-{text[6:]}" if opens > closes else ""
        raise ValueError(f"'{text}': opening must come before closing; write the earlier hour first{over}")
    if opens % 15 or closes % 15:
        raise ValueError(f"'{text}': hours start and end on a quarter of an hour; write :00, :15, :30 or :45")
    return opens, closes


class Calendar(Part):
    """When a team works, on the wall clock of its zone."""

    time_zone: str
    """Zone of the hours: an IANA name of an area and a place."""
    hours: dict[Literal[WEEKDAYS], list[Annotated[str, HOURS]]]  # type: ignore[valid-type]
    """By weekday: the hours of work, without the breaks, in quarters of an hour until 24:00; other days are closed."""
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
