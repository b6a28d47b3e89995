"""The commitments to a measured figure of a period: a share, a number of days, a count of work, points, or a KPI.

Belongs here: what can be measured, and what each measure asks for. The KPIs are a seed of dbt
(dbt_project/seeds/known_kpis.csv). How a figure is computed is SQL (fct_measure_cases, fct_kpis, fct_measures).
"""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Annotated, Literal, cast, get_args

from pydantic import Field, model_validator

from orchestration.lib.agreement.parts import Key, Named, Team, contradiction, must_name
from orchestration.lib.agreement.times import Within, minutes_of
from orchestration.lib.csv_files import seed_rows
from orchestration.lib.formats import either
from orchestration.lib.language import gettext, later

LeadField = Literal["account", "source", "owner", "country"]
Unit = Literal["share", "days", "count", "points", "amount", "ratio", "months", "score"]
Period = Literal["week", "month", "quarter"]
# A KPI that was a measure before is promised by the name of the measure; one without periods cannot be.
KPIS = {row["kpi"]: row for row in seed_rows("known_kpis") if not row["measure"] and row["periods"] != "all"}


@dataclass(frozen=True)
class Figure:
    """What a measure is: its unit, the team whose work it is, if only one can promise it, its limit and its periods."""

    unit: Unit = "share"
    team: Team | None = None
    is_best_low: bool = False
    periods: tuple[str, ...] = get_args(Period)


WORK_OF_SALES = Figure("count", "sales")
WORK_OF_MARKETING = Figure("count", "marketing")
# Many leads take part in an activity, and nobody knows most visitors.
OF_NO_STREAM = ("outcome_logging", "attempts", "contacts", "conversations", "website_visits", "form_submissions")
WHAT_A_LIMIT_IS = {
    "share": later("a number above 0, at most 1"),
    "count": later("a whole number above 0"),
    "points": later("a number from -100 to 100"),
}
FIGURES: dict[str, Figure] = {
    "win_rate": Figure(),
    "sales_cycle_days": Figure("days", is_best_low=True),
    "acceptance_rate": Figure(),
    "data_completeness": Figure(),
    "outcome_logging": Figure(),
    "attempts": WORK_OF_SALES,
    "contacts": WORK_OF_SALES,
    "conversations": WORK_OF_SALES,
    "new_leads": WORK_OF_MARKETING,
    "leads_decided": WORK_OF_MARKETING,
    "website_visits": WORK_OF_MARKETING,
    "form_submissions": WORK_OF_MARKETING,
    "net_promoter_score": Figure("points", "sales"),
    "customers_contacted": Figure("share", "sales"),
    "customer_retention": Figure("share", "sales"),
    "tickets_answered": Figure("share", "sales"),
} | {
    name: Figure(
        cast(Unit, row["unit"]),
        None if row["team"] == "joint" else cast(Team, row["team"]),
        row["better"] == "low",
        tuple(period for period in row["periods"].split("|") if period in get_args(Period)),
    )
    for name, row in KPIS.items()
}
MEASURES = tuple(FIGURES)


class Measure(Named):
    """A commitment to keep a measured figure of a period on the right side of a limit (requirements R11, R15)."""

    kind: Literal["measure"]
    """measure: a commitment to keep a measured figure of a period on the right side of a limit."""
    team: Team
    """The team that makes the commitment; those of sales are measured for each owner as well."""
    measures: Literal[MEASURES]  # type: ignore[valid-type]
    """The figure that is measured: a measure, or a KPI."""
    at_least: Annotated[float, Field(ge=-100, le=1_000_000_000)] | None = None
    """The lowest share that keeps the commitment, from 0 to 1; of a count, the lowest number; of net_promoter_score,
    the fewest points, from -100 to 100; of a KPI the lowest value."""
    at_most: Annotated[float, Field(gt=0, le=1_000_000_000)] | None = None
    """The most days that keep the commitment, for sales_cycle_days; of a KPI that is better low, the highest value."""
    per: Period
    """The period that is settled; a week begins on Monday, a quarter is one of the fiscal year."""
    least_cases: Annotated[int, Field(gt=0, le=1000)] = 1
    """With fewer cases than this there is no figure by which anybody is evaluated; not for a count."""
    requires: Annotated[list[LeadField], Field(min_length=1)] | None = None
    """What must be known of each lead that is handed over; for data_completeness."""
    within: Within | None = None
    """The time in which a ticket must be answered, on the calendar clock: 24h or 2d; for tickets_answered."""
    revenue_streams: Annotated[list[Key], Field(min_length=1)] | None = None
    """The revenue streams that the figure is of; all if omitted. What belongs to no known stream is in none."""

    @property
    def figure(self) -> Figure:
        """What is measured."""
        return FIGURES[self.measures]

    @property
    def within_minutes(self) -> int | None:
        """The time to answer; a day has 24 hours."""
        return minutes_of(self.within) if self.within else None

    @model_validator(mode="after")
    def _fits_its_measure(self) -> "Measure":
        limit, other = ("at_most", "at_least") if self.figure.is_best_low else ("at_least", "at_most")
        if getattr(self, limit) is None or getattr(self, other) is not None:
            raise ValueError(
                gettext(
                    "%(measures)s is limited by '%(limit)s'; give that, and not '%(other)s'",
                    measures=self.measures,
                    limit=limit,
                    other=other,
                )
            )
        if (self.requires is None) == (self.measures == "data_completeness"):
            raise ValueError(
                gettext("'requires' lists what data_completeness asks of a lead; give it for that measure only")
            )
        if (self.within is None) == (self.measures == "tickets_answered"):
            raise ValueError(
                gettext(
                    "'within' is the time in which tickets_answered asks for an answer, such as 24h; give it for that "
                    "measure only"
                )
            )
        if self.per not in self.figure.periods:
            periods = either(*(f"'per: {period}'" for period in self.figure.periods))
            raise ValueError(
                gettext(
                    "%(measures)s has no meaning by %(per)s; write %(periods)s",
                    measures=self.measures,
                    per=self.per,
                    periods=periods,
                )
            )
        if self.revenue_streams and self.measures in KPIS:
            if "revenue_stream" not in KPIS[self.measures]["axes"].split("|"):
                raise ValueError(
                    gettext(
                        "%(measures)s is a figure of the whole company; remove 'revenue_streams'",
                        measures=self.measures,
                    )
                )
            if len(self.revenue_streams) > 1:
                raise ValueError(
                    gettext(
                        "%(measures)s is a figure of one stream; promise it of each by itself", measures=self.measures
                    )
                )
        if self.revenue_streams and self.measures in OF_NO_STREAM:
            raise ValueError(
                gettext(
                    "%(measures)s counts what belongs to no revenue stream; remove 'revenue_streams'",
                    measures=self.measures,
                )
            )
        return self

    @model_validator(mode="after")
    def _has_a_limit_of_its_unit(self) -> "Measure":
        unit, limit, most = self.figure.unit, self.at_least, self.at_most
        in_its_unit = {
            "share": limit is None or 0 < limit <= 1,
            "count": limit is None or (limit > 0 and float(limit).is_integer()),
            "points": limit is None or limit <= 100,
        }
        if not in_its_unit.get(unit, True):
            raise ValueError(
                gettext(
                    "'at_least' of %(measures)s cannot be %(limit)s; write %(wanted)s",
                    measures=self.measures,
                    limit=f"{limit:g}",
                    wanted=gettext(WHAT_A_LIMIT_IS[unit]),
                )
            )
        highest = {"share": 1, "days": 3650}.get(unit)
        if most and highest and most > highest:
            remedy = gettext("write a number above 0, at most %(highest)s", highest=highest)
            raise ValueError(
                gettext(
                    "'at_most' of %(measures)s cannot be %(most)s; %(remedy)s",
                    measures=self.measures,
                    most=f"{most:g}",
                    remedy=remedy,
                )
            )
        if unit == "count" and "least_cases" in self.model_fields_set:
            raise ValueError(
                gettext(
                    "%(measures)s is a count, which few cases do not make uncertain; remove 'least_cases'",
                    measures=self.measures,
                )
            )
        if self.figure.team not in (None, self.team):
            raise ValueError(
                gettext(
                    "%(measures)s is work of %(team)s; write 'team: %(team)s'",
                    measures=self.measures,
                    team=self.figure.team,
                )
            )
        return self


def check_measure(key: str, commitment: Measure, streams: Mapping[str, object], has_handoff: bool) -> None:
    """Raise a contradiction if it measures what the version does not define."""
    for stream in commitment.revenue_streams or ():
        must_name(stream, streams, "revenue_streams", "commitments", key, "revenue_streams")
    if commitment.measures == "acceptance_rate" and not has_handoff:
        text = gettext("what sales accepts is not defined; add 'handoff', or remove this commitment")
        raise contradiction(text, "commitments", key)
