"""The models that no single file contains: stages from dates, the first touch from the lead.

Belongs here: SQL that combines several tables or other staging models. Does not belong here: the entities that a
table contains (staging.py).
"""

from dataclasses import dataclass

from orchestration.lib.onboarding.expressions import Draft, instant, record_id, source_cte, with_ctes
from orchestration.lib.onboarding.matching import Match
from orchestration.lib.onboarding.texts import sql_text
from orchestration.lib.onboarding.words import LEAD_WORDS

LEAD_CREATED, OPENED = "Lead created", "Opportunity opened"
# The one touch that every list of leads contains: the source of the lead.
FIRST_TOUCH = (
    "select 'created:' || person_record_id as touchpoint_record_id, person_record_id, created_at as touched_at, "
    "source_label, source_detail, campaign_label, cast(null as string) as content_label, 'created' as touch_label "
    "from person_records where source_label is not null or campaign_label is not null"
)


def lead_tables(draft: Draft) -> list[Match]:
    """Return the tables of persons whose creation is a lead: those whose file is named after leads, else all."""
    persons = draft.of("persons")
    return [match for match in persons if match.word in LEAD_WORDS.split("|")] or persons


def person_records(draft: Draft) -> str:
    """Return the CTE of the system's persons."""
    return f'person_records as (select * from {{{{ ref("stg_{draft.system}__persons") }}}})'


def stage_changes(draft: Draft) -> str:
    """Return the model of the stages with a known date: created, dated columns, a deal opened and ended."""
    ctes = {"person_records": person_records(draft)}
    changes = [_created(draft)]
    for (table, column), label in draft.stage_columns.items():
        match = next(match for match in draft.of("persons") if match.table.name == table)
        ctes[table] = source_cte(draft, match)
        person = record_id(draft, match, table)
        changed_at = instant(draft, match, column, table)
        change = _Change(f"'{column}:' || {person}", person, sql_text(label), changed_at)
        changes.append(change.select(f"from {table} where {table}.{column} is not null"))
    if draft.of("opportunities"):
        ctes["opportunity_records"] = (
            "-- A renewal does not change the stage of a person.\n"
            f'opportunity_records as (select * from {{{{ ref("stg_{draft.system}__opportunities") }}}} '
            "where is_new_business and person_record_id is not null)"
        )
        opened = _of_deal("opened", sql_text(OPENED), "created_at")
        changes.append(opened.select("from opportunity_records"))
    for match in draft.of("opportunities"):
        table = match.table.name
        ctes[table] = source_cte(draft, match)
        # lost_reason is null unless the deal was lost.
        label, reason = f"{table}.{match.fields['stage_label']}", "opportunity_records.lost_reason"
        closed = _of_deal("closed", label, "closed_at", reason)
        join = f"inner join {table} on opportunity_records.opportunity_record_id = {record_id(draft, match, table)}"
        changes.append(closed.select(f"from opportunity_records {join} where opportunity_records.is_closed"))
    return with_ctes([*ctes.values(), f"changes as ({' union all '.join(changes)})"], "select * from changes")


@dataclass(frozen=True)
class _Change:
    """The fields of one kind of stage change, in the order of the contract's select."""

    change: str
    person: str
    label: str
    at: str
    opportunity: str = "cast(null as string)"
    owner: str = "cast(null as string)"
    reason: str = "cast(null as string)"

    def select(self, rest: str) -> str:
        """Return the select of the stage change; `rest` begins with from."""
        named = {
            "stage_change_record_id": self.change,
            "person_record_id": self.person,
            "opportunity_record_id": self.opportunity,
            "owner_record_id": self.owner,
            "stage_label": self.label,
            "reason_label": self.reason,
            "changed_at": self.at,
        }
        fields = [value if value.split(".")[-1] == name else f"{value} as {name}" for name, value in named.items()]
        return f"select {', '.join(fields)} {rest}"


def _created(draft: Draft) -> str:
    leads, persons = lead_tables(draft), draft.of("persons")
    conditions = [f"person_record_id like '{match.table.name}:%'" for match in leads] if leads != persons else []
    where = f"where {' or '.join(conditions)}" if conditions else ""
    created = _Change("'created:' || person_record_id", "person_record_id", sql_text(LEAD_CREATED), "created_at")
    return created.select(f"from person_records {where}")


def _of_deal(event: str, label: str, at: str, reason: str = "cast(null as string)") -> _Change:
    of = "opportunity_records"
    change = f"'{event}:' || {of}.opportunity_record_id"
    names = f"{of}.opportunity_record_id", f"{of}.owner_record_id"
    return _Change(change, f"{of}.person_record_id", label, f"{of}.{at}", *names, reason)
