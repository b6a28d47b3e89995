"""What the words of a drafted system's deals mean, by the company's reference files, and when the deals ended.

Belongs here: the SQL of the words and of the end of a deal. Does not belong here: the other fields
(staging.py, expressions.py).
"""

from orchestration.lib.onboarding.derived import stage_cell
from orchestration.lib.onboarding.expressions import Draft, instant_call, instant_text, record_id
from orchestration.lib.onboarding.matching import Match
from orchestration.lib.onboarding.meanings import is_pipeline

ENDS = ("closed_at", "won_at", "lost_at")


def entered_at(draft: Draft, match: Match, alias: str) -> str:
    """Return the call for the time at which the system saw a deal end; empty unless won and lost have own columns."""
    of = {name: match.fields[name] for name in ("won_at", "lost_at") if name in match.fields}
    if not of:
        return ""
    when = {name: f"{alias}.{column}" for name, column in of.items()}
    if {match.table.column(column).data_type for column in of.values()} != {"timestamp"}:
        when = {name: f"cast({cell} as timestamp)" for name, cell in when.items()}
    cell = f"case when {alias}.is_won then {when.get('won_at', 'null')} else {when.get('lost_at', 'null')} end"
    return instant_text(draft, match, cell, alias)


def outcomes_name(draft: Draft, match: Match) -> str:
    """Return the name of the CTE of a table's deals with what their words mean."""
    return "outcomes" if len(draft.of("opportunities")) == 1 else f"outcomes_of_{match.table.name}"


def outcomes(draft: Draft, match: Match) -> dict[str, str]:
    """Return the CTE of the deals with what their words mean: which have ended, and which are new business."""
    table, name = match.table.name, outcomes_name(draft, match)
    record, created = record_id(draft, match, table), instant_call(draft, match, match.fields["created_at"], table)
    words = {
        each: f"{table}.{match.fields[field]}" if field in match.fields else "cast(null as string)"
        for each, field in (("pipeline", "stream_label"), ("deal_type", "type_label"))
    }
    worded = (
        f"select {record} as record_id, {stage_cell(match, table)} as stage_label, {words['pipeline']} as pipeline, "
        f"{words['deal_type']} as deal_type, cast(null as boolean) as is_flagged_closed, "
        f"cast(null as boolean) as is_flagged_won, {{{{ local_date({created}) }}}} as created_date from {table}"
    )
    asked = "" if is_pipeline(match) else ", is_pipeline_asked=false"
    meanings = f'{{{{ deal_meanings("{draft.system}"{asked}) }}}}'
    return {
        name: (
            "-- reference/stage_labels.csv defines what is won or lost, deal_kinds.csv what is new business; the close "
            f"date of an open deal is a forecast.\n{name} as (with worded as ({worded}), meanings as ({meanings}) "
            f"select {table}.*, meanings.is_new_business, meanings.status = 'won' as is_won, "
            f"meanings.status <> 'open' as has_ended from {table} "
            f"inner join meanings on {record} = meanings.record_id)"
        ),
    }
