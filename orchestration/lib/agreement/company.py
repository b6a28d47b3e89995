"""Who signs, and who is sold to.

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
    currency: Annotated[str, Field(pattern="^[A-Z]{3}$")]
    time_zone: str
    fiscal_year_starts: Month = "january"
    growth: Literal["steady", "high"]

    _zone = field_validator("time_zone")(known_zone)

    @property
    def months_between_reviews(self) -> int:
        """Three for a company that grows fast, else six (requirement R16)."""
        return 3 if self.growth == "high" else 6


class Persona(Part):
    """A kind of person whom the company sells to, told by words of the job title."""

    name: Text
    titles: Annotated[list[Text], Field(min_length=1)]
