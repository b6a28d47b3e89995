"""The staging models: each entity of the contract as SQL that reads like manually written SQL.

Belongs here: which fields a model has and how its parts are combined. Does not belong here: single fields
(expressions.py). A field that the files do not have is null, so that the contract is met.
"""

from sqlfmt.api import format_string
from sqlfmt.mode import Mode

from orchestration.lib.onboarding.amounts import amount
from orchestration.lib.onboarding.calls import is_inbound, outcome
from orchestration.lib.onboarding.conversions import record_links
from orchestration.lib.onboarding.ctes import joins_of, with_ctes, without_joins
from orchestration.lib.onboarding.derived import (
    EVERYTHING,
    FIRST_TOUCH,
    opt_outs,
    person_records,
    stage_changes,
    touched_persons,
    utm_touches,
)
from orchestration.lib.onboarding.expressions import (
    Draft,
    has_kinds,
    instant,
    instant_call,
    is_word,
    name_of,
    record_id,
    reference,
    source_cte,
)
from orchestration.lib.onboarding.fields import FIELDS
from orchestration.lib.onboarding.matching import Match
from orchestration.lib.onboarding.meanings import DELETED, is_pipeline
from orchestration.lib.onboarding.outcomes import entered_at, outcomes, outcomes_name
from orchestration.lib.onboarding.owners import owner_at_end, owner_changes
from orchestration.lib.onboarding.texts import sql_text
from orchestration.lib.onboarding.words import ACTIVITY_LABELS

LINE_LENGTH = 110
DERIVED = {"stage_changes": stage_changes, "owner_changes": owner_changes, "record_links": record_links}


def staging_models(draft: Draft) -> dict[str, str]:
    """Return the text of each model by its name, stg_<system>__<entity>."""
    models = {}
    for entity in draft.entities:
        derived = DERIVED.get(entity)
        text = derived(draft) if derived else _entity(draft, entity)
        models[f"stg_{draft.system}__{entity}"] = format_string(text, Mode(line_length=LINE_LENGTH))
    return models


def _entity(draft: Draft, entity: str) -> str:
    """Return the model of an entity that tables contain: a union of one select per table."""
    if entity == "persons" and draft.of(entity)[0].is_derived:
        return touched_persons(draft)
    ctes: dict[str, str] = {}
    selects = [_select(draft, match, ctes) for match in draft.of(entity)]
    names = [f"{match.table.name}_{entity}" for match in draft.of(entity)]
    more = opt_outs(draft) if entity == "activities" else []
    if entity == "touchpoints" and draft.of("persons") and not draft.of("persons")[0].is_derived:
        more = [("created_persons", {"person_records": person_records(draft)}, FIRST_TOUCH), *utm_touches(draft)]
    for name, own, select in more:
        ctes |= own
        selects.append(select)
        names.append(name)
    imports = [*without_joins(ctes).values()]
    if len(selects) == 1:
        return with_ctes(imports, selects[0])
    parts = [f"{name} as ({select})" for name, select in zip(names, selects, strict=True)]
    union = " union all ".join(f"select * from {name}" for name in names)
    return with_ctes([*imports, *parts], union)


def _select(draft: Draft, match: Match, ctes: dict[str, str]) -> str:
    """Return the select of one table, and add the CTEs that it needs."""
    alias, own = match.table.name, {}
    own[alias] = source_cte(draft, match)
    if match.entity == "opportunities":
        alias = outcomes_name(draft, match)
    expressions = {name: _field(draft, match, name, alias, own) for name in draft.contract[match.entity]}
    if match.entity == "opportunities":
        own |= outcomes(draft, match)
    joins = joins_of(own)
    ctes |= own
    fields = ", ".join(
        f"{expressions[name] or f'cast(null as {kind})'} as {name}"
        if not _is_plain(expressions[name], alias, name)
        else str(expressions[name])
        for name, kind in draft.contract[match.entity].items()
    )
    return f"select {fields} from {alias} {joins}"


def _is_plain(expression: str | None, alias: str, name: str) -> bool:
    return expression == f"{alias}.{name}"


def _field(draft: Draft, match: Match, name: str, alias: str, ctes: dict[str, str]) -> str | None:
    """Return the expression of one field of the contract, None for null."""
    special = _special(draft, match, name, alias, ctes)
    if special:
        return special
    if name == f"{RECORD.get(match.entity, match.entity)}_record_id":
        return record_id(draft, match, alias)
    if name in match.references:
        return reference(draft, match, name, alias, ctes)
    column = match.column(name)
    if column is None:
        return None
    if FIELDS[match.entity][name].kind == "money":
        return amount(draft, match, name, alias)
    if name.endswith("_at"):
        return instant(draft, match, column.name, alias)
    if name.endswith("_date") and column.data_type == "timestamp":
        return f"cast({alias}.{column.name} as date)"
    return f"{alias}.{column.name}"


RECORD = {
    "persons": "person",
    "accounts": "account",
    "owners": "owner",
    "campaigns": "campaign",
    "touchpoints": "touchpoint",
    "activities": "activity",
    "opportunities": "opportunity",
}


def _special(draft: Draft, match: Match, name: str, alias: str, ctes: dict[str, str]) -> str | None:
    """Return the expressions of fields that are not a single column."""
    of = match.fields
    match match.entity, name:
        case ("persons", "full_name") | ("owners", "owner_name"):
            return name_of(match, alias)
        case ("owners", "is_automatic"):
            return "false"
        case ("persons" | "opportunities", "stream_label") if name not in of:
            return sql_text(EVERYTHING)
        case ("accounts", "employees") if name in of:
            return f'{{{{ head_count("{alias}.{of[name]}") }}}}'
        case (_, "currency_code"):
            return _currency(draft, match, alias)
        case ("ad_spend", "source_label") if name not in of and match.table.name in draft.platforms:
            return sql_text(draft.platforms[match.table.name])
        case ("campaigns", "campaign_name") if name not in of:
            return record_id(draft, match, alias)
        case ("activities", "activity_label") if not has_kinds(match):
            return sql_text(ACTIVITY_LABELS.get(match.kind, "Activity"))
        case ("activities", "outcome_label"):
            return outcome(draft, match, alias)
        case ("activities", "is_inbound"):
            return is_inbound(draft, match, alias)
        case ("activities", "duration_minutes"):
            return _duration(draft, match, alias)
        case ("opportunities", "owner_record_id"):
            return owner_at_end(draft, match, alias, ctes)
        case ("opportunities", "is_new_business"):
            return f"{alias}.is_new_business"
        case ("opportunities", "pipeline_label") if is_pipeline(match):
            return f"{alias}.{of['stream_label']}"
        case ("opportunities", "present_stage_label"):
            return match.decide(alias, "stage_label")
        case ("opportunities", "deal_type_label") if "type_label" in of:
            return f"{alias}.{of['type_label']}"
        case ("revenue", "state_label") if "status_label" in of or match.decided:
            return match.decide(alias, "status_label")
        case ("revenue", "is_paid") if "status_label" in of or match.decided:
            return "states.is_paid"
        case ("opportunities", "flagged_status"):
            return f"{alias}.flagged_status"
        case ("opportunities", "is_won"):
            return f"{alias}.is_won"
        case ("opportunities", "is_closed"):
            return f"{alias}.has_ended"
        case ("opportunities", "closed_at"):
            ended_at = instant_call(draft, match, of[name], alias) if name in of else ""
            return f"case when {alias}.has_ended then {{{{ {ended_at} }}}} end" if ended_at else None
        case ("opportunities", "closing_entered_at"):
            ended_at = entered_at(draft, match, alias)
            return f"case when {alias}.has_ended then {{{{ {ended_at} }}}} end" if ended_at else None
        case ("opportunities", "deleted_at"):
            deleted = [label for label, stage in draft.words.stages.items() if stage == DELETED and "stage_label" in of]
            found = [instant(draft, match, of[each], alias) for each in ("recorded_at", "created_at") if each in of]
            at = found[0] if len(found) == 1 else f"coalesce({', '.join(found)})"
            return (
                f"case when {is_word(match.decide(alias, 'stage_label'), deleted)} then {at} end" if deleted else None
            )
        case ("opportunities", "lost_reason") if name in of:
            return f"case when {alias}.has_ended and not {alias}.is_won then {alias}.{of[name]} end"
        case ("revenue", "exclusion_reason"):
            return _not_revenue(draft, match, alias, ctes)
        case ("revenue", "revenue_document_id"):
            return record_id(draft, match, alias)
        case _:
            return None


def _currency(draft: Draft, match: Match, alias: str) -> str | None:
    """Return the currency of an amount: of its row, else what a person stated of the file or the system."""
    marks = draft.marks.get(match.table.name)
    column = match.fields.get("currency_code") or (marks.column if marks else "")
    known = sql_text(draft.currencies[match.table.name]) if match.table.name in draft.currencies else ""
    if not column:
        return known or None
    cell = f"{alias}.{column}"
    named = f'{{{{ export_currency("{cell}", "{draft.system}") }}}}'
    is_stated = f"{cell} is null" + (f" or {cell} = {sql_text(marks.explained)}" if marks and marks.explained else "")
    return f"case when {is_stated} then {known} else {named} end" if known else named


def _duration(draft: Draft, match: Match, alias: str) -> str | None:
    """Return the minutes of an activity: as recorded, or from start to end (negative if the end is earlier)."""
    of = match.fields
    if "duration_in_minutes" in of:
        return f"{alias}.{of['duration_in_minutes']}"
    if "duration_in_seconds" in of:
        return f"cast({alias}.{of['duration_in_seconds']} as double) / 60"
    if "ended_at" in of:
        start = instant_call(draft, match, of["happened_at"], alias)
        end = instant_call(draft, match, of["ended_at"], alias)
        return f"{{{{ minutes_between({start}, {end}) }}}}"
    return None


def _not_revenue(draft: Draft, match: Match, alias: str, ctes: dict[str, str]) -> str:
    """Return why a row is not revenue, null for revenue: its state by billing_states, or no amount."""
    no_amount = f"case when {alias}.{match.fields['amount']} is null then 'no amount' end"
    if "status_label" not in match.fields and not match.decided:
        return no_amount
    status = match.decide(alias, "status_label")
    ctes["states"] = f'states as ({{{{ billing_states("{draft.system}", "invoice") }}}})'
    ctes["join states"] = f'left join states on {{{{ folded_word("{status}") }}}} = states.state_label'
    return f'coalesce({{{{ not_money("{status}") }}}}, {no_amount})'
