"""The leads that end up elsewhere: who enters a stage under one version and not under the other.

Belongs here: person by person, in the copy of the warehouse that both replays are made in. Sums are figures.py.
"""

from dataclasses import dataclass
from pathlib import Path
from typing import Any

import duckdb

from orchestration.lib.agreement.parts import SIDE_STATES, STAGES
from orchestration.lib.csv_files import replace_csv
from orchestration.lib.periods import Period

ALL_STAGES = [*STAGES, *SIDE_STATES]

# A day is one of the company's zone, as in the models.
ENTRIES = """
    select
        transitions.*,
        cast(timezone(build.time_zone, timezone('UTC', transitions.entered_at)) as date) as entered_date
    from marts.fct_stage_transitions as transitions
    cross join marts.dim_build as build
"""

SCORES = """
    select
        scores.*,
        cast(timezone(build.time_zone, timezone('UTC', scores.scored_at)) as date) as scored_date
    from marts.fct_person_scores as scores
    cross join marts.dim_build as build
"""

# A person is where the latest entry of the latest journey leads; at one instant, what ends a journey comes last.
LAST_STAGES = """
    select person_id, stage
    from entries
    where entered_date < $ends
    qualify
        row_number() over (
            partition by person_id
            order by
                journey_number desc, entered_at desc, list_position($stages, stage) desc, stage_transition_id desc
        ) = 1
"""

REMEMBERED = f"""
    with
        entries as ({ENTRIES}),
        last_stages as ({LAST_STAGES}),
        entries_by_stage as (
            select person_id, stage, max(entered_date) as entered_date, max(entered_date) >= $starts as is_in_period
            from entries
            where entered_date < $ends
            group by person_id, stage
        ),
        entered as (
            select
                person_id,
                list(stage order by list_position($stages, stage)) filter (where is_in_period) as entered,
                map_from_entries(list((stage, entered_date))) as entered_dates
            from entries_by_stage
            group by person_id
        ),
        scores as (
            select person_id, max(score) as highest_score
            from ({SCORES})
            where scored_date >= $starts and scored_date < $ends
            group by person_id
        ),
        persons as (
            select
                person_id,
                min_by(revenue_stream, journey_number) as revenue_stream,
                min_by(lead_type, journey_number) as lead_type
            from marts.fct_journeys
            group by person_id
        )
    select
        persons.person_id,
        persons.revenue_stream,
        persons.lead_type,
        coalesce(entered.entered, []) as entered,
        entered.entered_dates,
        last_stages.stage,
        scores.highest_score
    from last_stages
    inner join persons on last_stages.person_id = persons.person_id
    inner join entered on last_stages.person_id = entered.person_id
    left join scores on last_stages.person_id = scores.person_id
"""

CHANGED = """
    create or replace table comparison.changed as
    with
        leads as (
            select
                person_id,
                coalesce(first.revenue_stream, second.revenue_stream) as revenue_stream,
                coalesce(first.lead_type, second.lead_type) as lead_type,
                coalesce(first.entered, []) as first_entered,
                coalesce(second.entered, []) as second_entered,
                first.stage as first_stage,
                second.stage as second_stage,
                first.entered_dates as first_dates,
                second.entered_dates as second_dates,
                first.highest_score as first_highest_score,
                second.highest_score as second_highest_score
            from comparison.first_leads as first
            full join comparison.second_leads as second using (person_id)
        ),
        moved as (
            select
                *,
                list_filter(
                    $stages,
                    lambda stage: list_contains(first_entered, stage) != list_contains(second_entered, stage)
                )[1] as moved_at
            from leads
        )
    select
        * exclude (first_dates, second_dates),
        first_dates[moved_at] as first_date,
        second_dates[moved_at] as second_date
    from moved
    where first_entered != second_entered or first_stage is distinct from second_stage
"""

ENTERED_BY_STAGE = """
    with
        leads as (
            select coalesce(first.entered, []) as first_entered, coalesce(second.entered, []) as second_entered
            from comparison.first_leads as first
            full join comparison.second_leads as second using (person_id)
        )
    select
        stage,
        count(*) filter (where stage in first_entered and stage in second_entered) as in_both,
        count(*) filter (where stage in first_entered and stage not in second_entered) as first_only,
        count(*) filter (where stage in second_entered and stage not in first_entered) as second_only
    from leads
    cross join unnest($stages) as stages(stage)
    group by stage
    having first_only + second_only > 0
    order by list_position($stages, stage)
"""

# Why somebody moves: when the first stage that differs was entered, if at all, and the best score of the period, which
# the criteria of that stage are held against.
LISTED = """
    select
        person_id,
        revenue_stream,
        lead_type,
        array_to_string(first_entered, ' ') as first_entered,
        array_to_string(second_entered, ' ') as second_entered,
        first_stage,
        second_stage,
        moved_at,
        first_date as first_moved_date,
        second_date as second_moved_date,
        first_highest_score,
        second_highest_score
    from comparison.changed
    order by list_position({stages}, moved_at) nulls last, person_id
"""


@dataclass(frozen=True)
class EnteredStage:
    """How many persons entered a stage in the period, under both versions or under one of them only."""

    stage: str
    both: int
    first_only: int
    second_only: int


@dataclass(frozen=True)
class ChangedLeads:
    """By stage, how many there are, and the first of them as LISTED has them."""

    stages: tuple[EnteredStage, ...]
    number: int
    listed: tuple[dict[str, Any], ...]


def remember_leads(connection: duckdb.DuckDBPyConnection, which: str, period: Period) -> None:
    """Keep in the copy what each person did in the period in this replay; `which` is first or second."""
    connection.execute("create schema if not exists comparison")
    values = {"starts": period.starts, "ends": period.ends, "stages": ALL_STAGES}
    connection.execute(f"create or replace table comparison.{which}_leads as {REMEMBERED}", values)


def read_changed_leads(connection: duckdb.DuckDBPyConnection, to: Path, most: int) -> ChangedLeads:
    """Whose stages differ between the replays; all of them are written to the CSV file `to`, `most` are returned."""
    connection.execute(CHANGED, {"stages": ALL_STAGES})
    stages = connection.execute(ENTERED_BY_STAGE, {"stages": ALL_STAGES}).fetchall()
    listed = connection.sql(LISTED.format(stages=ALL_STAGES))
    rows = [dict(zip(listed.columns, row, strict=True)) for row in listed.limit(most).fetchall()]
    replace_csv(listed, to)
    number = connection.execute("select count(*) from comparison.changed").fetchall()[0][0]
    return ChangedLeads(tuple(EnteredStage(*row) for row in stages), number, tuple(rows))
