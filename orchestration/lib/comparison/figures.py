"""What a replay shows of a period, figure by figure, and two replays side by side.

Belongs here: reading marts and reports of a replay. No figure is defined here that a model defines; what a report keeps
by month and owner is added up. The single leads are leads.py.
"""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from itertools import groupby
from operator import attrgetter
from typing import Any, get_args

import duckdb

from orchestration.lib.agreement.stages import Grade
from orchestration.lib.comparison.leads import ALL_STAGES
from orchestration.lib.comparison.units import AMOUNTS, BY_UNIT
from orchestration.lib.language import later
from orchestration.lib.periods import Period

READ = (
    *("dim_build", "dim_target", "fct_journeys", "fct_reported_commitments", "fct_definition_drift"),
    *("fct_person_scores", "fct_stage_transitions", "rpt_channel_bridge"),
    *("rpt_team_compliance", "rpt_team_compliance_quarter"),
)

STAGES_PASSED = """
    select
        [stage] as subject,
        count(distinct journey_id) filter (where entered_date >= $starts) as "entered in the period",
        count(*) filter (where coalesce(left_date >= $ends, true)) as "there at its end"
    from marts.fct_stage_transitions
    where entered_date < $ends and not is_left_again group by stage
"""

COMPLIANCE = """
    select * from reports.{}
    where period_date >= $starts and end_date <= $ends
    order by team desc, commitment, period_date
"""
COUNTS = ("kept", "missed", "early", "open", "excused", "not_evaluated")

LEAD_VALUE = """
    select
        [revenue_stream, lead_type] as subject,
        cast(sum(cast(actual as decimal(18, 4))) as double) as "delivered, amount",
        cast(sum(cast(target as decimal(18, 4))) as double) as "target, amount",
        bool_or(target is null) as has_unknown_target
    from marts.fct_reported_commitments
    where kind = 'lead_value' and month_date >= $starts and month_date < $ends
    group by revenue_stream, lead_type order by revenue_stream, lead_type
"""

TARGETS = """
    select
        [revenue_stream, lead_type, stage] as subject,
        needed as "needed for the quota", agreed_rate as "agreed to go on, rate", lead_value as "value of one, price",
        step_number
    from marts.dim_target
    order by revenue_stream, lead_type, step_number
"""

# Between two instants a score only fades, so the last one computed until the end of the period is shown.
LAST_SCORES = """
    select [{0}] as subject, count(*) as persons
    from (
        select * from marts.fct_person_scores
        where scored_date < $ends
        qualify row_number() over (partition by person_id order by scored_at desc) = 1
    )
    where {0} is not null
    group by {0}
"""
GRADES = tuple((grade,) for grade in get_args(Grade))
BANDS = tuple((f"{lowest} to {lowest + 20}",) for lowest in range(0, 100, 20))

EVIDENCE = """
    select
        [stage] as subject,
        count(*) filter (where status = 'both') as "labelled with the evidence",
        count(*) filter (where status = 'label_only') as "labelled without",
        count(*) filter (where status = 'rule_only') as "evidence without label"
    from marts.fct_definition_drift
    where evaluated_date >= $starts and evaluated_date < $ends
    group by stage order by list_position($stages, stage)
"""

DEALS_BY_CHANNEL = """select [channel] as subject, cast(sum(credit) as double) as won,
    cast(sum(attributed_amount) as double) as "attributed, amount" from reports.rpt_channel_bridge
    where is_shown_first and credit > 0 and closed_date >= $starts and closed_date < $ends group by 1 order by 1"""

Rows = Iterable[tuple[tuple[str, ...], dict[str, float | None]]]


def _rows(connection: duckdb.DuckDBPyConnection, query: str, values: dict[str, Any]) -> list[dict[str, Any]]:
    cursor = connection.execute(query, values)
    names = [column[0] for column in cursor.description or []]
    return [dict(zip(names, row, strict=True)) for row in cursor.fetchall()]


def _queried(query: str, subjects: tuple[tuple[str, ...], ...] = ()) -> Callable[..., Rows]:
    """The rows of a query, by their subject; of listed `subjects` each has a row, in that order."""

    def read(connection: duckdb.DuckDBPyConnection, period: Period) -> Rows:
        values = {"starts": period.starts, "ends": period.ends, "stages": ALL_STAGES}
        found = _rows(connection, query, {key: value for key, value in values.items() if f"${key}" in query})
        rows = {tuple(row.pop("subject")): row for row in found}
        nothing: dict[str, float | None] = dict.fromkeys(found[0] if found else ["persons"], 0)
        return {subject: rows.get(subject, nothing) for subject in subjects or rows}.items()

    return read


def _kept(connection: duckdb.DuckDBPyConnection, period: Period) -> Rows:
    """A month or a fiscal quarter has its own figures; any other period is shown by month: nothing is computed here."""
    values = {"starts": period.starts, "ends": period.ends}
    whole = (period.starts, period.ends)
    quarters = _rows(connection, COMPLIANCE.format("rpt_team_compliance_quarter"), values)
    quarters = [row for row in quarters if (row["period_date"], row["end_date"]) == whole]
    for row in quarters or _rows(connection, COMPLIANCE.format("rpt_team_compliance"), values):
        is_whole = (row["period_date"], row["end_date"]) == whole
        subject = (row["team"], row["commitment"], *([] if is_whole else [str(row["period_date"])]))
        counts = {name: row[name] for name in COUNTS} | {name: row[column] for column, name in AMOUNTS.items()}
        yield (
            subject,
            counts
            | {
                name: row[column] if row["unit"] == unit else None
                for unit, names in BY_UNIT.items()
                for column, name in names.items()
            },
        )


def _lead_value(connection: duckdb.DuckDBPyConnection, period: Period) -> Rows:
    """Where no quota is agreed for one of the months, the target of the period is not known."""
    for subject, row in _queried(LEAD_VALUE)(connection, period):
        if row.pop("has_unknown_target"):
            row["target, amount"] = None
        delivered, target = row.values()
        yield subject, row | {"attainment, rate": delivered / target if target and delivered is not None else None}


def _targets(connection: duckdb.DuckDBPyConnection, period: Period) -> Rows:
    """What a lead is worth is a figure of the first stage of its chain."""
    for subject, row in _queried(TARGETS)(connection, period):
        is_first = row.pop("step_number") == 1
        yield subject, row if is_first else row | {"value of one, price": None}


STAGE_NOTE = later(
    "Journeys that entered a stage in the period, and persons by the last stage that they had entered at its end."
)
SCORE_NOTE = later("By the last score that was computed until the end of the period; between two a score only fades.")


@dataclass(frozen=True)
class Section:
    """Rows of a subject (names from the wider to the narrower) with its figures.

    A figure's unit is after a comma in its name, unless it is a count. `models` is what they are read from.
    """

    read: Callable[[duckdb.DuckDBPyConnection, Period], Rows]
    models: str
    note: str = ""


SECTIONS = {
    later("Leads by stage"): Section(
        _queried(STAGES_PASSED, tuple((stage,) for stage in ALL_STAGES)),
        "fct_stage_transitions",
        STAGE_NOTE,
    ),
    later("Labels and the agreed evidence"): Section(
        _queried(EVIDENCE),
        "fct_definition_drift",
        later(
            "Persons whom the CRM labels in the period, held against the criteria of the stage, whichever of them "
            "decides."
        ),
    ),
    later("What each team kept"): Section(_kept, "rpt_team_compliance rpt_team_compliance_quarter"),
    later("Lead value by stream and lead type"): Section(_lead_value, "fct_reported_commitments"),
    later("Persons by score"): Section(
        _queried(LAST_SCORES.format("score_band"), BANDS), "fct_person_scores", SCORE_NOTE
    ),
    later("Persons by grade"): Section(_queried(LAST_SCORES.format("grade"), GRADES), "fct_person_scores", SCORE_NOTE),
    later("Deals won by channel"): Section(
        _queried(DEALS_BY_CHANNEL), "rpt_channel_bridge", later("By the model shown first.")
    ),
    later("What the quota needs"): Section(
        _targets, "dim_target", later("Needed if the lead type brought the whole quota, by the agreed rates.")
    ),
}

Key = tuple[str, tuple[str, ...], str]


@dataclass(frozen=True)
class Compared:
    """One figure under both versions, None where a version has none; `unit` is that of formats.figure."""

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
    return {
        (name, subject, figure): value
        for name, section in SECTIONS.items()
        for subject, row in section.read(connection, period)
        for figure, value in row.items()
    }


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
