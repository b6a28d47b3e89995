"""What the words of a drafted system's deals mean, by the company's reference files, and when the deals ended.

Belongs here: the SQL of the words and of the end of a deal. Does not belong here: the other fields
(staging.py, expressions.py).
"""

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
    flags = {of: _flagged(match, table, of) for of in ("won", "lost", "ended")}
    has_flags = any(each != "false" for each in flags.values())
    ended = f"case when {' or '.join(flags.values())} then true end" if has_flags else "cast(null as boolean)"
    won = (
        f"case when {flags['won']} then true when {flags['lost']} then false end"
        if has_flags
        else "cast(null as boolean)"
    )
    worded = (
        f"select {record} as record_id, {match.decide(table, 'stage_label')} as stage_label, "
        f"{words['pipeline']} as pipeline, {words['deal_type']} as deal_type, {ended} as is_flagged_closed, "
        f"{won} as is_flagged_won, {{{{ local_date({created}) }}}} as created_date from {table}"
    )
    asked = "" if is_pipeline(match) else ", is_pipeline_asked=false"
    meanings = f'{{{{ deal_meanings("{draft.system}"{asked}) }}}}'
    return {
        name: (
            "-- reference/stage_labels.csv defines what is won or lost, deal_kinds.csv what is new business; the close "
            f"date of an open deal is a forecast.\n{name} as (with worded as ({worded}), meanings as ({meanings}) "
            f"select {table}.*, meanings.is_new_business, meanings.flagged_status, meanings.status = 'won' as is_won, "
            f"meanings.status <> 'open' as has_ended from {table} "
            f"inner join meanings on {record} = meanings.record_id)"
        ),
    }


def _flagged(match: Match, table: str, of: str) -> str:
    """Return the condition that a flag beside the stage means so; a guard names deals that it contradicts."""
    flags = {"won": [("won", "yes")], "lost": [("lost", "yes")], "ended": [("closed", "yes"), ("active", "no")]}[of]
    found = [sign for sign in match.signs if (sign.word, sign.name) in flags]
    return " or ".join(f"coalesce({sign.condition(f'{table}.{sign.column}')}, false)" for sign in found) or "false"
