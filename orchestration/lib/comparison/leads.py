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

# A person is where the entry leads that they have not left at the end of the period.
REMEMBERED = """
    with
        entries as (select * from marts.fct_stage_transitions where entered_date < $ends and not is_left_again),
        stages as (
            select person_id, stage, max(entered_date) as entered_date from entries group by person_id, stage
        ),
        entered as (
            select
                person_id,
                list(stage order by list_position($stages, stage)) filter (where entered_date >= $starts) as entered,
                map_from_entries(list((stage, entered_date))) as entered_dates
            from stages
            group by person_id
        ),
        scores as (
            select person_id, max(score) as highest_score
            from marts.fct_person_scores
            where scored_date >= $starts and scored_date < $ends
            group by person_id
        ),
        persons as (select distinct person_id, revenue_stream, lead_type from marts.fct_journeys)
    select persons.*, entered.entered, entered.entered_dates, entries.stage, scores.highest_score
    from entries
    inner join persons using (person_id)
    inner join entered using (person_id)
    left join scores using (person_id)
    where coalesce(entries.left_date >= $ends, true)
"""

LEADS = """
    create or replace table comparison.leads as
    select
        person_id,
        coalesce(first.revenue_stream, second.revenue_stream) as revenue_stream,
        coalesce(first.lead_type, second.lead_type) as lead_type,
        coalesce(first.entered, []) as first_entered,
        coalesce(second.entered, []) as second_entered,
        first.stage as first_stage,
        second.stage as second_stage,
        list_filter($stages, lambda stage: (stage in first_entered) != (stage in second_entered))[1] as moved_at,
        first.entered_dates[moved_at] as first_moved_date,
        second.entered_dates[moved_at] as second_moved_date,
        first.highest_score as first_highest_score,
        second.highest_score as second_highest_score
    from comparison.first_leads as first
    full join comparison.second_leads as second using (person_id)
"""

ENTERED_BY_STAGE = """
    select
        stage,
        count(*) filter (where stage in first_entered and stage in second_entered) as in_both,
        count(*) filter (where stage in first_entered and stage not in second_entered) as first_only,
        count(*) filter (where stage in second_entered and stage not in first_entered) as second_only
    from comparison.leads
    cross join unnest($stages) as stages(stage)
    group by stage
    having first_only + second_only > 0
    order by list_position($stages, stage)
"""

# Why somebody moves: when the first stage that differs was entered, if at all, and the best score of the period, which
# the criteria of that stage are held against.
LISTED = """
    select
        * replace (
            array_to_string(first_entered, ' ') as first_entered, array_to_string(second_entered, ' ') as second_entered
        )
    from comparison.leads
    where leads.first_entered != leads.second_entered or first_stage is distinct from second_stage
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
    connection.execute(LEADS, {"stages": ALL_STAGES})
    stages = connection.execute(ENTERED_BY_STAGE, {"stages": ALL_STAGES}).fetchall()
    listed = connection.sql(LISTED.format(stages=ALL_STAGES))
    rows = [dict(zip(listed.columns, row, strict=True)) for row in listed.limit(most).fetchall()]
    replace_csv(listed, to)
    number = listed.count("*").fetchall()[0][0]
    return ChangedLeads(tuple(EnteredStage(*row) for row in stages), number, tuple(rows))
