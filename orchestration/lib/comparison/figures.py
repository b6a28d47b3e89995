"""What a replay says of a period, figure by figure, and two replays side by side.

Belongs here: reading marts and reports of a replay. No figure is defined here that a model defines; what a report keeps
by month and owner is added up. The single leads are leads.py.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from itertools import groupby
from operator import attrgetter

import duckdb

from orchestration.lib.comparison.leads import ALL_STAGES, ENTRIES, LAST_STAGES, SCORES
from orchestration.lib.periods import Period

READ = (
    *(
        "dim_build",
        "dim_target",
        "fct_reported_commitments",
        "fct_definition_drift",
        "fct_journeys",
        "fct_person_scores",
    ),
    *("fct_stage_transitions", "rpt_team_compliance", "rpt_team_compliance_quarter"),
)

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

# A month or a fiscal quarter has its own figures; any other period is shown month by month: nothing is computed here.
COMMITMENTS = """
    with
        quarters as (
            select * from reports.rpt_team_compliance_quarter where period_date = $starts and end_date = $ends
        ),
        months as (
            select * from reports.rpt_team_compliance
            where period_date >= $starts and end_date <= $ends and not exists (from quarters)
        ),
        shown as (
            select [team, commitment] as subject, * from quarters
            union all
            select [team, commitment], * from months where period_date = $starts and end_date = $ends
            union all
            select [team, commitment, cast(period_date as varchar)], * from months
            where period_date <> $starts or end_date <> $ends
        )
    select
        subject,
        kept, missed, early, open, excused,
        actual_amount as "delivered, amount",
        target_amount as "owed, amount",
        if(unit = 'share', attainment, null) as "attainment, rate",
        if(unit = 'share', attainment_low, null) as "at least, rate",
        if(unit = 'share', attainment_high, null) as "at most, rate",
        if(unit = 'share', target, null) as "agreed, rate",
        if(unit = 'days', attainment, null) as "measured, days",
        if(unit = 'days', target, null) as "agreed in days, days"
    from shown
    order by team desc, commitment, period_date
"""

LEAD_VALUE = """
    with
        amounts as (
            select
                revenue_stream,
                lead_type,
                cast(sum(cast(actual as decimal(18, 4))) as double) as delivered_amount,
                cast(sum(cast(target as decimal(18, 4))) as double) as target_amount
            from marts.fct_reported_commitments
            where kind = 'lead_value' and month_date >= $starts and month_date < $ends
            group by revenue_stream, lead_type
        )
    select
        [revenue_stream, lead_type] as subject,
        delivered_amount as "delivered, amount",
        target_amount as "owed, amount",
        delivered_amount / nullif(target_amount, 0) as "attainment, rate"
    from amounts
    order by revenue_stream, lead_type
"""

TARGETS = """
    select
        [revenue_stream, lead_type, stage] as subject,
        needed as "needed for the quota",
        agreed_rate as "agreed to go on, rate",
        case when step_number = 1 then lead_value end as "value of one, price"
    from marts.dim_target
    order by revenue_stream, lead_type, step_number
"""


# Between two instants a score only fades, so the last one computed until the end of the period is shown.
LAST_SCORES = f"""
    select person_id, score, grade
    from ({SCORES})
    where scored_date < $ends
    qualify row_number() over (partition by person_id order by scored_at desc) = 1
"""

GRADES = f"""
    with last_scores as ({LAST_SCORES})
    select [letter || digit] as subject, count(last_scores.person_id) as persons
    from unnest(['A', 'B', 'C']) as letters(letter)
    cross join unnest(['1', '2', '3']) as digits(digit)
    left join last_scores on last_scores.grade = letter || digit
    group by letter, digit
    order by letter, digit
"""

# 100 belongs to the highest band.
BANDS = f"""
    with last_scores as ({LAST_SCORES})
    select [lowest || ' to ' || lowest + 20] as subject, count(last_scores.person_id) as persons
    from range(0, 100, 20) as bands(lowest)
    left join last_scores on least(floor(last_scores.score / 20) * 20, 80) = lowest
    group by lowest
    order by lowest
"""

EVIDENCE = """
    select
        [drift.stage] as subject,
        count(*) filter (where drift.status = 'both') as "labelled with the evidence",
        count(*) filter (where drift.status = 'label_only') as "labelled without",
        count(*) filter (where drift.status = 'rule_only') as "evidence without label"
    from marts.fct_definition_drift as drift
    where evaluated_date >= $starts and evaluated_date < $ends
    group by drift.stage
    order by list_position($stages, drift.stage)
"""


LAST_SCORE_NOTE = "By the last score that was computed until the end of the period; between two a score only fades."


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
    "Labels and the agreed evidence": Section(
        EVIDENCE,
        "fct_definition_drift",
        "Persons whom the CRM labels in the period, held against the criteria of the stage, whichever of them decides.",
    ),
    "What each team kept": Section(COMMITMENTS, "rpt_team_compliance rpt_team_compliance_quarter"),
    "Lead value by stream and lead type": Section(LEAD_VALUE, "fct_reported_commitments"),
    "Persons by score": Section(BANDS, "fct_person_scores", LAST_SCORE_NOTE),
    "Persons by grade": Section(GRADES, "fct_person_scores", LAST_SCORE_NOTE),
    "What the quota needs": Section(
        TARGETS, "dim_target", "Needed if the lead type brought the whole quota, by the agreed rates."
    ),
}

Key = tuple[str, tuple[str, ...], str]


@dataclass(frozen=True)
class Compared:
    """One figure under both versions, None where a version has none; `unit` is count, amount, price, rate or days."""

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
    values = {"starts": period.starts, "ends": period.ends, "stages": ALL_STAGES}
    for name, section in SECTIONS.items():
        query = section.query
        cursor = connection.execute(query, {key: value for key, value in values.items() if f"${key}" in query})
        columns = [column[0] for column in cursor.description or []][1:]
        for subject, *row in cursor.fetchall():
            figures |= {(name, tuple(subject), column): value for column, value in zip(columns, row, strict=True)}
    return figures


def side_by_side(first: Mapping[Key, float | None], second: Mapping[Key, float | None]) -> list[Compared]:
    """Every figure that either version has: sections in their order, subjects and figures as the first has them.

    A section without anything but zeros is about something that neither version speaks of, and is excluded.
    """
    order = list(SECTIONS)
    keys = sorted(dict.fromkeys([*first, *second]), key=lambda key: order.index(key[0]))
    compared = []
    spoken_of = {key[0] for key in keys if first.get(key) or second.get(key)}
    for key in keys:
        section, subject, name = key
        figure, _, unit = name.partition(", ")
        if section in spoken_of and not (first.get(key) is None and second.get(key) is None):
            compared.append(Compared(section, subject, figure, unit or "count", first.get(key), second.get(key)))
    return compared


def by_section(figures: Iterable[Compared]) -> dict[str, list[Compared]]:
    """The figures of each section that has any."""
    return {section: list(group) for section, group in groupby(figures, key=attrgetter("section"))}
