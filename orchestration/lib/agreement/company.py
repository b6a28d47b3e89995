"""Who signs, and to whom the company sells.

Belongs here: the company's words and units, and its personas. What is sold is streams.py.
"""

from typing import Annotated, Literal

from pydantic import Field, field_validator

from orchestration.lib.agreement.parts import Part, Text, known_zone

MONTHS = (
    "january",
    "february",
    "march",
    "april",
    "may",
    "june",
    "july",
    "august",
    "september",
    "october",
    "november",
    "december",
)
Month = Literal[MONTHS]  # type: ignore[valid-type]


class Company(Part):
    """The words and units that all figures are in."""

    name: Text
    """The name that the pages show."""
    currency: Annotated[str, Field(pattern="^[A-Z]{3}$")]
    """Reporting currency, ISO 4217; the rates of the ecb or reference/currency_rates.csv convert the others."""
    time_zone: str
    """IANA name, an area and a place, of the zone that makes local days and months."""
    fiscal_year_starts: Month = "january"
    """The month in which the fiscal year starts; quarters, half-years and reviews are those of that year."""
    growth: Literal["steady", "high"]
    """high: reviewed every quarter; steady: every half-year; reviews.every agrees on another cycle."""

    _zone = field_validator("time_zone")(known_zone)

    @property
    def fiscal_month(self) -> int:
        """The number of the month in which the fiscal year starts."""
        return MONTHS.index(self.fiscal_year_starts) + 1

    @property
    def months_between_reviews(self) -> int:
        """Three for a company that grows fast, else six (requirement R16), where no other cycle is agreed."""
        return 3 if self.growth == "high" else 6


class Persona(Part):
    """A kind of person whom the company sells to, recognised by words of the job title."""

    name: Text
    """The name for readers."""
    titles: Annotated[list[Text], Field(min_length=1)]
    """Words of the job title; one of them, anywhere in the title, is enough."""
