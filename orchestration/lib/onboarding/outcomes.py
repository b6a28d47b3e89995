"""When and how a drafted system's deals ended: by the words of the company, and by columns of their own.

Belongs here: the SQL of the end of a deal. Does not belong here: the other fields (staging.py, expressions.py).
"""

from orchestration.lib.agreement.parts import SIDE_STATES
from orchestration.lib.onboarding.derived import stage_cell
from orchestration.lib.onboarding.expressions import Draft, instant_text
from orchestration.lib.onboarding.matching import Match
from orchestration.lib.onboarding.texts import sql_text

ENDED = f"({', '.join(map(sql_text, ('customer', *SIDE_STATES)))})"
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


def outcomes(draft: Draft, match: Match) -> dict[str, str]:
    """Return the CTEs that determine which deals have ended, by the company's own words for stages."""
    table = match.table.name
    # The words are those of the day on which it ended, else of the day on which it was opened.
    days = [f"{table}.{match.fields[name]}" for name in (*ENDS, "created_at") if name in match.fields]
    is_date = {match.table.column(day.split(".")[1]).data_type == "date" for day in days}
    days = days if is_date == {False} else [f"cast({day} as timestamp)" for day in days]
    at = instant_text(draft, match, f"coalesce({', '.join(days)})" if len(days) > 1 else days[0], table)
    labels = f"select * from {{{{ ref(\"stg_reference__stage_labels\") }}}} where system = '{draft.system}'"
    return {
        "stage_labels": f"stage_labels as ({labels})",
        "outcomes": (
            "-- reference/stage_labels.csv defines what is won or lost; the close date of an open deal is a forecast.\n"
            f"outcomes as (select {table}.*, coalesce(stage_labels.stage = 'customer', false) as is_won, "
            f"coalesce(stage_labels.stage in {ENDED}, false) as has_ended from {table} left join stage_labels "
            f'on {{{{ folded_word("{stage_cell(match, table)}") }}}} = stage_labels.stage_label '
            f'and {{{{ in_force("stage_labels", local_date({at})) }}}})'
        ),
    }
