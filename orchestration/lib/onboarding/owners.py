"""Who had a record before: what the exports of a drafted system show of its owners.

Belongs here: the model of the owners' changes, and the owner of a deal when it ended. Does not belong here: who has a
record today (staging.py).
"""

from orchestration.lib.onboarding.ctes import joins_of, with_ctes, without_joins
from orchestration.lib.onboarding.derived import person_records
from orchestration.lib.onboarding.expressions import (
    OWNER,
    Draft,
    keeps_owners,
    record_id,
    reference,
    reference_column,
)
from orchestration.lib.onboarding.matching import Match

BEFORE_ALL = "timestamp '0001-01-01'"


def owner_at_end(draft: Draft, match: Match, alias: str, ctes: dict[str, str]) -> str | None:
    """Return the owner of a deal, which an ended one keeps from the first export that shows it ended."""
    stage, owner = match.fields.get("stage_label"), reference_column(draft, match, OWNER)
    if not (stage and keeps_owners(draft, match) and len(match.table.key) == 1):
        return reference(draft, match, OWNER, alias, ctes)
    then, key = f"owners_then_of_{match.table.name}", match.table.key[0]
    rows = f'{{{{ value_at_state("{draft.system}", "{match.table.raw}", "{key}", "{stage}", "{owner}") }}}}'
    ctes[then] = f"-- A deal that has ended stays with who had it then.\n{then} as ({rows})"
    ctes[f"join {then}"] = f"left join {then} on {alias}.{key} = {then}.record_key"
    held = f"coalesce(case when {alias}.has_ended then {then}.held_value end, {alias}.{owner})"
    return reference(draft, match, OWNER, alias, ctes, held)


def owner_changes(draft: Draft) -> str:
    """Return the model of the changes of owner that two exports of a person's record show."""
    ctes = {"person_records": person_records(draft)}
    parts = []
    for match in draft.of("persons"):
        if not keeps_owners(draft, match):
            continue
        table, owner = match.table.name, reference_column(draft, match, OWNER)
        given, held, key = f"given_{table}", f"held_{table}", ", ".join(match.table.key)
        rows = f'{{{{ changes_by_load("{draft.system}", "{match.table.raw}", "{key}", "{owner}") }}}}'
        now, before = (
            f"{{{{ folded_word(\"coalesce({cell}, '')\") }}}}" for cell in (f"{given}.{owner}", "value_before")
        )
        person = record_id(draft, match, given)
        ctes[given] = f"{given} as (select * from ({rows}) as {given} where {now} <> {before})"
        ctes[held] = (
            "-- Who had it before the first of them had it since it was created.\n"
            f"{held} as (select {person} as person_record_id, {given}.{owner}, {given}.changed_at, "
            f"{given}.changed_after_at from {given} union all select * from (select {person} as person_record_id, "
            f"{given}.value_before, person_records.created_at, {BEFORE_ALL} as changed_after_at from {given} "
            f"inner join person_records on {person} = person_records.person_record_id "
            f"qualify row_number() over (partition by {person} order by {given}.changed_at) = 1) as first_{table} "
            "where value_before is not null)"
        )
        own: dict[str, str] = {}
        found = reference(draft, match, OWNER, held, own)
        joins = joins_of(own)
        ctes |= without_joins(own)
        parts.append(
            f"select {held}.person_record_id, {found} as {OWNER}, {held}.changed_at, {held}.changed_after_at "
            f"from {held} {joins}"
        )
    select = (
        f"select distinct person_record_id || ':' || coalesce({OWNER}, '') || ':' || cast(changed_at as string) as "
        f"owner_change_record_id, person_record_id, {OWNER}, changed_at, changed_after_at from changes "
        "where changed_at is not null"
    )
    return with_ctes([*ctes.values(), f"changes as ({' union all '.join(parts)})"], select)
