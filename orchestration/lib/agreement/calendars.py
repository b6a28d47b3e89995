"""When a team works.

Belongs here: hours and holidays on the wall clock. How a clock runs on them is SQL (int_business_calendar).
"""

import itertools
import re
from datetime import date
from typing import Annotated, Literal

from pydantic import Discriminator, Field, PrivateAttr, Tag, ValidationInfo, field_validator, model_validator

from orchestration.lib.agreement.parts import Day, Part, Text, known_zone
from orchestration.lib.agreement.public_holidays import (
    YEARS,
    Days,
    Region,
    country_fault,
    public_days,
    subdivision_fault,
)
from orchestration.lib.language import gettext

HOURS = Field(json_schema_extra={"pattern": r"^\d\d:\d\d-\d\d:\d\d$"})
DAY_MINUTES = 24 * 60
LISTED, OF_COUNTRY = "holidays as a list", "holidays of a country"
WEEKDAYS = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")


def parse_hours(text: str) -> tuple[int, int]:
    """'09:00-13:00' as minutes of the day on which it opens; 22:00-02:00 closes after 1440. ValueError if not valid.

    Over midnight it is shorter than half a day: of a longer one nobody knows whether the hours were exchanged.
    """
    match = re.fullmatch(r"(\d\d):(\d\d)-(\d\d):(\d\d)", text)
    if not match:
        raise ValueError(gettext("'%(text)s' is not a range of hours; write 09:00-13:00", text=text))
    (hour, minute), (last_hour, last_minute) = (map(int, match.groups()[at : at + 2]) for at in (0, 2))
    opens, closes = hour * 60 + minute, last_hour * 60 + last_minute
    if max(opens, closes) > DAY_MINUTES or max(minute, last_minute) > 59:
        raise ValueError(gettext("'%(text)s' is not a range of hours of a day; write 00:00 to 24:00", text=text))
    if opens == DAY_MINUTES:
        raise ValueError(
            gettext(
                "'%(text)s': a day ends at 24:00, nothing opens then; write 00:00-%(rest)s on the next day",
                text=text,
                rest=text[6:],
            )
        )
    if opens >= closes and opens - closes <= DAY_MINUTES // 2:
        over = (
            gettext(", or %(text)s-24:00 and on the next day 00:00-%(rest)s", text=text[:5], rest=text[6:])
            if opens > closes
            else ""
        )
        raise ValueError(
            gettext(
                "'%(text)s': opening must come before closing; write the earlier hour first%(over)s",
                text=text,
                over=over,
            )
        )
    if opens % 15 or closes % 15:
        raise ValueError(
            gettext("'%(text)s': hours start and end on a quarter of an hour; write :00, :15, :30 or :45", text=text)
        )
    return opens, closes if closes > opens else closes + DAY_MINUTES


class PublicHolidays(Part):
    """The public holidays of a country, and what is different here."""

    country: Text
    """Two letters of the country: IT."""
    subdivision: Text | None = None
    """The part of the country that has days of its own: MI (Milan), BY (Bavaria)."""
    extra: list[Day] = []
    """Further days on which it is closed."""
    worked: list[Day] = Field([], alias="except")
    """Public holidays on which it is open."""

    _public: Days = PrivateAttr(default_factory=dict)

    @field_validator("country")
    @classmethod
    def _known_country(cls, country: str) -> str:
        if fault := country_fault(country):
            raise ValueError(fault)
        return country

    @field_validator("subdivision")
    @classmethod
    def _known_subdivision(cls, subdivision: str | None, info: ValidationInfo) -> str | None:
        country = info.data.get("country")
        if subdivision and country and (fault := subdivision_fault(country, subdivision)):
            raise ValueError(fault)
        return subdivision

    @model_validator(mode="after")
    def _days_are_known(self, info: ValidationInfo) -> "PublicHolidays":
        """A signed version has the days that were kept with it (the context); any other those of the package."""
        self._public = (info.context or {}).get(self.region) or public_days(*self.region)
        for day in self.extra:
            if day in self._public:
                raise ValueError(
                    gettext(
                        "%(day)s is a public holiday anyway (%(public)s); remove it from extra",
                        day=day,
                        public=self._public[day],
                    )
                )
        for day in self.worked:
            if day not in self._public:
                where = " ".join(part for part in self.region if part)
                raise ValueError(
                    gettext(
                        "%(day)s is not a public holiday of %(where)s (%(first_year)s to %(last_year)s); remove it "
                        "from except",
                        day=day,
                        where=where,
                        first_year=YEARS[0],
                        last_year=YEARS[-1],
                    )
                )
        return self

    @property
    def region(self) -> Region:
        """Whose days they are."""
        return self.country, self.subdivision

    @property
    def public(self) -> Days:
        """The public holidays with their names, before anything is different."""
        return self._public

    @property
    def days(self) -> set[date]:
        """The days on which it is closed."""
        return self._public.keys() - set(self.worked) | set(self.extra)


Holidays = Annotated[
    Annotated[list[Day], Tag(LISTED)] | Annotated[PublicHolidays, Tag(OF_COUNTRY)],
    Discriminator(lambda value: OF_COUNTRY if isinstance(value, dict | PublicHolidays) else LISTED),
]


class Calendar(Part):
    """When a team works, on the wall clock of its zone."""

    time_zone: str
    """Zone of the hours: an IANA name of an area and a place."""
    hours: dict[Literal[WEEKDAYS], list[Annotated[str, HOURS]]]  # type: ignore[valid-type]
    """By weekday: the hours that begin on it, in quarters of an hour: 09:00-13:00, or over midnight 22:00-02:00."""
    holidays: Holidays = []
    """Days whose hours it does not open: a list, or the public holidays of a country."""

    _zone = field_validator("time_zone")(known_zone)

    @field_validator("hours")
    @classmethod
    def _windows(cls, hours: dict[str, list[str]]) -> dict[str, list[str]]:
        week = {day: sorted(parse_hours(text) for text in texts) for day, texts in hours.items()}
        for day, windows in week.items():
            if any(before[1] > after[0] for before, after in itertools.pairwise(windows)):
                raise ValueError(gettext("%(day)s: the hours overlap; correct them", day=day))
        for day, next_day in itertools.pairwise((*WEEKDAYS, WEEKDAYS[0])):
            ends = max((closes for _, closes in week.get(day, ())), default=0) - DAY_MINUTES
            if ends > min((opens for opens, _ in week.get(next_day, ())), default=ends):
                raise ValueError(
                    gettext(
                        "%(day)s: its hours over midnight overlap with those of %(next_day)s; correct them",
                        day=day,
                        next_day=next_day,
                    )
                )
        if not any(hours.values()):
            raise ValueError(gettext("a calendar without any hours would never let a clock run; add hours to a day"))
        return hours

    @property
    def closed_days(self) -> set[date]:
        """The days whose hours it does not open."""
        return self.holidays.days if isinstance(self.holidays, PublicHolidays) else set(self.holidays)
