"""What a replay says of a period, figure by figure, and two replays side by side.

Belongs here: reading marts and reports of a replay. No figure is defined here that a model defines; what a report keeps
by month and owner is added up. The single leads are leads.py.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from itertools import groupby
from operator import attrgetter

import duckdb

from orchestration.lib.agreement.parts import SIDE_STATES, STAGES
from orchestration.lib.comparison.leads import ENTRIES, LAST_STAGES
from orchestration.lib.periods import Period

READ = ("dim_build", "dim_target", "fct_commitments", "fct_journeys", "fct_stage_transitions", "rpt_sla_compliance")

STAGES_PASSED = f"""
    with
        entries as ({ENTRIES}),
        entered as (
            select stage, count(distinct journey_id) as journeys
            from entries
            where entered_date >= $starts and entered_date < $ends
            group by stage
        ),
        last_stages as ({LAST_STAGES}),
        stayed as (select stage, count(*) as persons from last_stages group by stage)
    select
        [stages.stage] as subject,
        coalesce(entered.journeys, 0) as "entered in the period",
        coalesce(stayed.persons, 0) as "there at its end"
    from unnest($stages) as stages(stage)
    left join entered on stages.stage = entered.stage
    left join stayed on stages.stage = stayed.stage
    order by list_position($stages, stages.stage)
"""

# Amounts are added up as decimals: a sum of binary fractions depends on the order of the rows.
COMMITMENTS = """
    with
        months as (
            select *, clock_type is not null as is_clock
            from reports.rpt_sla_compliance
            where month_date >= $starts and month_date < $ends
        ),
        kept as (
            select
                team,
                commitment,
                sum(met) filter (where is_clock) as met,
                sum(breached) filter (where is_clock) as breached,
                sum(pending) filter (where is_clock) as pending,
                sum(excused) filter (where is_clock) as excused,
                max(target_rate) as agreed_rate,
                cast(sum(cast(actual_amount as decimal(18, 4))) as double) as delivered_amount,
                cast(sum(cast(target_amount as decimal(18, 4))) as double) as owed_amount
            from months
            group by team, commitment
        )
    select
        [team, commitment] as subject,
        met,
        breached,
        pending,
        excused,
        delivered_amount as "delivered, amount",
        owed_amount as "owed, amount",
        coalesce(
            met / cast(nullif(met + breached, 0) as double), delivered_amount / nullif(owed_amount, 0)
        ) as "attainment, rate",
        agreed_rate as "agreed, rate"
    from kept
    order by team desc, commitment
"""

LEAD_VALUE = """
    with
        amounts as (
            select
                revenue_stream,
                lead_type,
                cast(sum(cast(actual as decimal(18, 4))) as double) as delivered_amount,
                cast(sum(cast(target as decimal(18, 4))) as double) as owed_amount
            from marts.fct_commitments
            where clock_type is null and month_date >= $starts and month_date < $ends
            group by revenue_stream, lead_type
        )
    select
        [revenue_stream, lead_type] as subject,
        delivered_amount as "delivered, amount",
        owed_amount as "owed, amount",
        delivered_amount / nullif(owed_amount, 0) as "attainment, rate"
    from amounts
    order by revenue_stream, lead_type
"""

TARGETS = """
    select
        [revenue_stream, lead_type, stage] as subject,
        needed as "needed for the quota",
        agreed_rate as "agreed to go on, rate",
        case when step_number = 1 then lead_value end as "value of one, amount"
    from marts.dim_target
    order by revenue_stream, lead_type, step_number
"""


@dataclass(frozen=True)
class Section:
    """A query with the columns subject (names from the wider to the narrower) and one column a figure.

    A figure's unit stands after a comma in its column's name, unless it is a count. `models` is what the query reads.
    """

    query: str
    models: str
    note: str = ""


SECTIONS = {
    "Leads by stage": Section(
        STAGES_PASSED,
        "fct_stage_transitions",
        "Journeys that entered a stage in the period, and persons by the last stage that they had entered at its end.",
    ),
    "What each team kept": Section(COMMITMENTS, "rpt_sla_compliance"),
    "Lead value by stream and lead type": Section(LEAD_VALUE, "fct_commitments"),
    "What the quota needs": Section(
        TARGETS, "dim_target", "Needed if the lead type brought the whole quota, by the agreed rates."
    ),
}

Key = tuple[str, tuple[str, ...], str]


@dataclass(frozen=True)
class Compared:
    """One figure under both versions; None where a version has no such figure. `unit` is count, amount or rate."""

    section: str
    subject: tuple[str, ...]
    figure: str
    unit: str
    first: float | None
    second: float | None

    @property
    def difference(self) -> float | None:
        """The second minus the first."""
        return None if self.first is None or self.second is None else self.second - self.first


def read_figures(connection: duckdb.DuckDBPyConnection, period: Period) -> dict[Key, float | None]:
    """All figures of a replay by section, subject and column."""
    figures: dict[Key, float | None] = {}
    values = {"starts": period.starts, "ends": period.ends, "stages": [*STAGES, *SIDE_STATES]}
    for name, section in SECTIONS.items():
        query = section.query
        cursor = connection.execute(query, {key: value for key, value in values.items() if f"${key}" in query})
        columns = [column[0] for column in cursor.description or []][1:]
        for subject, *row in cursor.fetchall():
            figures |= {(name, tuple(subject), column): value for column, value in zip(columns, row, strict=True)}
    return figures


def side_by_side(first: Mapping[Key, float | None], second: Mapping[Key, float | None]) -> list[Compared]:
    """Every figure that either version has: sections in their order, subjects and figures as the first has them."""
    order = list(SECTIONS)
    keys = sorted(dict.fromkeys([*first, *second]), key=lambda key: order.index(key[0]))
    compared = []
    for key in keys:
        section, subject, name = key
        figure, _, unit = name.partition(", ")
        if first.get(key) is not None or second.get(key) is not None:
            compared.append(Compared(section, subject, figure, unit or "count", first.get(key), second.get(key)))
    return compared


def by_section(figures: Iterable[Compared]) -> dict[str, list[Compared]]:
    """The figures of each section that has any."""
    return {section: list(group) for section, group in groupby(figures, key=attrgetter("section"))}
