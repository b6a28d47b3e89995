"""The quota of a revenue stream: one amount per period, with or without a season, or an amount for each period.

Belongs here: the forms of a quota, and the months that a listed period means. What a quota needs is lib/quota.py.
"""

from collections.abc import Mapping
from datetime import date
from typing import Annotated, Any, Literal

from pydantic import ConfigDict, Discriminator, Field, RootModel, Tag, field_validator, model_validator

from orchestration.lib.agreement.company import Month
from orchestration.lib.agreement.parts import Money, Part, contradiction
from orchestration.lib.language import gettext
from orchestration.lib.periods import Period, parse_period
from orchestration.lib.quota import exact

MONTHS_OF = {"month": 1, "quarter": 3, "year": 12}
PERIOD = r"^[12]\d{3}-(Q[1-4]|0[1-9]|1[0-2])$"
AMOUNT, PERIODS = "quota as an amount", "quota by period"
# A month or a quarter may have no quota: it is then agreed that nothing is due for it.
Amount = Annotated[float, Field(ge=0, le=1e15)]
MonthShare = Annotated[float, Field(ge=0, le=1)]


class Quota(Part):
    """Money to be won in one period."""

    amount: Money
    """The money to be won, in the company's currency."""
    per: Literal["month", "quarter", "year"]
    """The period in which it is to be won."""
    profile: dict[Month, MonthShare] | None = None
    """The season: the share of the year that each of the twelve months has; omitted, all months are alike."""

    @field_validator("profile")
    @classmethod
    def _adds_up(cls, profile: dict[str, float] | None) -> dict[str, float] | None:
        if profile is None:
            return None
        missing = [month for month in Month.__args__ if month not in profile]
        if missing:
            raise ValueError(
                gettext(
                    "it has no share for %(missing)s; write all twelve months, 0 for one without",
                    missing=", ".join(missing),
                )
            )
        # Exactly, as they are written: the months of a large quota must be the whole of it to the cent.
        total = sum(exact(share) for share in profile.values())
        if total != 1:
            found = gettext("they add up to %(total)s; correct them", total=f"{float(total):.15g}")
            raise ValueError(gettext("the shares of the twelve months must add up to 1; %(found)s", found=found))
        return profile

    @model_validator(mode="after")
    def _of_a_year(self) -> "Quota":
        if self.profile is not None and self.per != "year":
            raise ValueError(
                gettext("'profile' divides a year, and the quota is one per %(per)s; write per: year", per=self.per)
            )
        return self


class QuotaByPeriod(RootModel[Annotated[dict[Annotated[str, Field(pattern=PERIOD)], Amount], Field(min_length=1)]]):
    """Money to be won in each month or quarter: {2026-Q1: 90000, 2026-04: 30000}."""

    model_config = ConfigDict(strict=True, frozen=True, allow_inf_nan=False)

    @model_validator(mode="after")
    def _is_one(self) -> "QuotaByPeriod":
        if not any(self.root.values()):
            raise ValueError(gettext("no period has a quota above 0; write what is to be won in one of them"))
        return self

    @property
    def amount(self) -> float:
        """The money to be won in all periods together."""
        return float(sum(exact(amount) for amount in self.root.values()))

    @property
    def per(self) -> str:
        """How long these periods are together: year, quarter, month, or the number of months (6 months)."""
        months = sum(parse_period(name).months for name in self.root)
        return next((name for name, number in MONTHS_OF.items() if number == months), f"{months} months")

    def periods(self, fiscal_month: int) -> dict[str, Period]:
        """Each listed period; quarters are those of a fiscal year that starts with this month."""
        return {name: parse_period(name, fiscal_month) for name in self.root}


def _period_form_first(schema: dict[str, Any]) -> None:
    """The JSON Schema of both forms, as an editor can show them."""
    schema["anyOf"] = schema.pop("oneOf")


AnyQuota = Annotated[
    Annotated[QuotaByPeriod, Tag(PERIODS)] | Annotated[Quota, Tag(AMOUNT)],
    Discriminator(
        lambda written: (
            PERIODS
            if isinstance(written, QuotaByPeriod)
            or (
                isinstance(written, dict)
                and any(str(name)[:1].isdigit() for name in written)
                and "amount" not in written
            )
            else AMOUNT
        )
    ),
    Field(json_schema_extra=_period_form_first),
]


def months_of(period: Period) -> list[date]:
    """The first day of each month of a period."""
    first = period.starts.year * 12 + period.starts.month - 1
    return [date(month // 12, month % 12 + 1, 1) for month in range(first, first + period.months)]


def check_quotas(streams: Mapping[str, Any], fiscal_month: int, starts: date, ends: date | None) -> None:
    """Raise a contradiction if the listed periods of a stream do not cover the months of a version once.

    Without a last day they must cover its first month and leave no hole after it: what comes after is not known yet.
    """
    listed = {name: stream.quota for name, stream in streams.items() if isinstance(stream.quota, QuotaByPeriod)}
    for stream, quota in listed.items():
        where = ("revenue_streams", stream, "quota")
        named: dict[date, str] = {}
        for name, period in quota.periods(fiscal_month).items():
            for month in months_of(period):
                if month in named:
                    raise contradiction(
                        gettext(
                            "%(month)s is in %(named)s already; remove one of them",
                            month=f"{month:%Y-%m}",
                            named=named[month],
                        ),
                        *where,
                        name,
                    )
                named[month] = name
        first = starts.replace(day=1)
        last = ends.replace(day=1) if ends else max(first, *named)
        months = months_of(Period(first, (last.year - first.year) * 12 + last.month - first.month + 1))
        missing = next((month.isoformat()[:7] for month in months if month not in named), None)
        if missing:
            raise contradiction(
                gettext(
                    "there is no quota for %(missing)s, a month in which it is in force; add %(missing)s or its "
                    "quarter",
                    missing=missing,
                ),
                *where,
            )
