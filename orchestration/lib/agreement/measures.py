"""The commitments to a measured figure of a period: a share, a number of days, or a count of work.

Belongs here: what can be measured, and what each measure asks for. How it is computed is SQL (fct_measure_cases,
fct_measures).
"""

from dataclasses import dataclass
from typing import Annotated, Any, Literal

from pydantic import Field, model_validator

from orchestration.lib.agreement.parts import Named, Team

LeadField = Literal["account", "source", "owner", "country"]
MeasureName = Literal[
    "win_rate",
    "sales_cycle_days",
    "acceptance_rate",
    "data_completeness",
    "outcome_logging",
    "attempts",
    "contacts",
    "conversations",
    "new_leads",
    "leads_decided",
]


@dataclass(frozen=True)
class Figure:
    """What a measure is: its unit, and of a count whose work it is."""

    unit: Literal["share", "days", "count"] = "share"
    team: Team | None = None


WORK_OF_SALES = Figure("count", "sales")
WORK_OF_MARKETING = Figure("count", "marketing")
FIGURES: dict[MeasureName, Figure] = {
    "sales_cycle_days": Figure("days"),
    "attempts": WORK_OF_SALES,
    "contacts": WORK_OF_SALES,
    "conversations": WORK_OF_SALES,
    "new_leads": WORK_OF_MARKETING,
    "leads_decided": WORK_OF_MARKETING,
}


class Measure(Named):
    """A commitment to keep a measured figure of a period on the right side of a limit (requirements R11, R15)."""

    kind: Literal["measure"]
    """measure: a commitment to keep a measured figure of a period on the right side of a limit."""
    team: Team
    """The team that makes the commitment; those of sales are measured for each owner as well."""
    measures: MeasureName
    """The figure that is measured."""
    at_least: Annotated[float, Field(gt=0, le=1_000_000)] | None = None
    """The lowest share that keeps the commitment, from 0 to 1; of a count, the lowest number."""
    at_most: Annotated[float, Field(gt=0, le=3650)] | None = None
    """The most days that keep the commitment; for sales_cycle_days."""
    per: Literal["week", "month", "quarter"]
    """The period that is settled; a week begins on Monday, a quarter is one of the fiscal year."""
    least_cases: Annotated[int, Field(gt=0, le=1000)] = 1
    """With fewer cases than this there is no figure by which anybody is evaluated; not for a count."""
    requires: Annotated[list[LeadField], Field(min_length=1)] | None = None
    """What must be known of each lead that is handed over; for data_completeness."""

    @property
    def figure(self) -> Figure:
        """What is measured."""
        return FIGURES.get(self.measures, Figure())

    @model_validator(mode="after")
    def _fits_its_measure(self) -> "Measure":
        limit, other = ("at_most", "at_least") if self.figure.unit == "days" else ("at_least", "at_most")
        if getattr(self, limit) is None or getattr(self, other) is not None:
            raise ValueError(f"{self.measures} is limited by '{limit}'; give that, and not '{other}'")
        if (self.requires is None) == (self.measures == "data_completeness"):
            raise ValueError("'requires' lists what data_completeness asks of a lead; give it for that measure only")
        return self

    @model_validator(mode="after")
    def _has_a_limit_of_its_unit(self) -> "Measure":
        limit: Any = self.at_least
        if self.figure.unit == "share" and limit is not None and limit > 1:
            raise ValueError(
                f"{self.measures} is a share, and {limit:g} is more than all; write at most 1 for 'at_least'"
            )
        if self.figure.unit != "count":
            return self
        if limit is not None and not float(limit).is_integer():
            raise ValueError(f"{self.measures} is a count, and {limit:g} is none; write a whole number for 'at_least'")
        if "least_cases" in self.model_fields_set:
            raise ValueError(f"{self.measures} is a count, which few cases do not make uncertain; remove 'least_cases'")
        if self.team != self.figure.team:
            raise ValueError(f"{self.measures} is work of {self.figure.team}; write 'team: {self.figure.team}'")
        return self
