"""When the agreement is reviewed: the next day of it, and the cycle of the periods that are reviewed.

Belongs here: both fields, and from which month a cycle is counted. Which review is due follows from it in SQL
(fct_reviews); the names of periods are lib/periods.py.
"""

from datetime import date
from typing import Annotated

from pydantic import Field, field_validator

from orchestration.lib.agreement.company import Company
from orchestration.lib.agreement.parts import Day, Part, contradiction
from orchestration.lib.language import gettext
from orchestration.lib.periods import MONTHS, Cycle

LEAST, MOST = 2, 24
# A cycle that divides the year begins in the same months of every year, so any fiscal year will do.
ANY_YEAR = 2000


class Reviews(Part):
    """When both teams review it; what is omitted follows from the company's growth."""

    next: Day | None = None
    """The day of the next review; omitted, the day after the period of the cycle in which the version begins."""
    every: Annotated[str, Field(pattern=r"^[1-9]\d? (month|quarter)s?$")] | None = None
    """How long a reviewed period is: 2 quarters, 4 months; omitted, as long as the growth asks for."""
    counted_from: Annotated[str, Field(pattern=r"^[12]\d{3}-(0[1-9]|1[0-2])$")] | None = None
    """The month in which one of the periods begins, where they do not divide the year: 2026-02."""

    @field_validator("every")
    @classmethod
    def _is_a_cycle(cls, every: str | None) -> str | None:
        if every is not None and not LEAST <= _months(every) <= MOST:
            raise ValueError(
                gettext(
                    "a review is of %(least)s to %(most)s months, and the scorecard shows each month; write such as 4 "
                    "months",
                    least=LEAST,
                    most=MOST,
                )
            )
        return every

    @property
    def months(self) -> int | None:
        """The months of a period, None where the growth decides."""
        return _months(self.every) if self.every else None


def _months(every: str) -> int:
    number, unit = every.split()
    return int(number) * MONTHS[unit.removesuffix("s")]


def check_reviews(reviews: Reviews, effective_from: date) -> None:
    """Raise a contradiction if the fields do not fit each other or the version."""
    if reviews.next and reviews.next <= effective_from:
        raise contradiction(
            gettext("the next review must come after effective_from; write a later day"), "reviews", "next"
        )
    months = reviews.months
    if months is None and reviews.counted_from:
        text = gettext("nothing is counted from it; add 'every', or remove it")
        raise contradiction(text, "reviews", "counted_from")
    if months is None:
        if reviews.next is None:
            raise contradiction(gettext("it agrees on nothing; add 'next' or 'every', or remove it"), "reviews")
        return
    if 12 % months == 0 and reviews.counted_from:
        text = gettext(
            "periods of %(months)s months are counted from the start of the fiscal year; remove it", months=months
        )
        raise contradiction(text, "reviews", "counted_from")
    if 12 % months and not reviews.counted_from:
        text = gettext(
            "periods of %(months)s months begin in other months each year; add 'counted_from', the month in "
            "which one of them begins, such as %(effective_from)s",
            months=months,
            effective_from=f"{effective_from:%Y-%m}",
        )
        raise contradiction(text, "reviews", "every")


def review_cycle(company: Company, reviews: Reviews | None) -> Cycle:
    """The periods that are reviewed: as agreed, else quarters (growth high) or half-years of the fiscal year."""
    months = (reviews.months if reviews else None) or company.months_between_reviews
    first = date(ANY_YEAR, company.fiscal_month, 1)
    if reviews and reviews.counted_from:
        first = date.fromisoformat(f"{reviews.counted_from}-01")
    return Cycle(months, first, company.fiscal_month)
