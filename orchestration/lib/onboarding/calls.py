"""Who called whom, and calls of the lead that nobody took: they are no contact and no attempt of sales.

Belongs here: the SQL of an activity's direction and outcome, and the class of a missed one. Does not belong here: the
meaning of the words (meanings.py), other fields of activities (staging.py).
"""

from orchestration.lib.onboarding.expressions import Draft, has_kinds, is_word
from orchestration.lib.onboarding.matching import Match


def is_inbound(draft: Draft, match: Match, alias: str) -> str:
    """Return the condition that an activity came from the lead: by its direction, or as a missed call."""
    labels = [label for label, direction in draft.words.directions.items() if direction == "inbound"]
    name = "direction"
    if name not in match.fields and _is_of_calls(match):
        labels, name = list(draft.words.missed), "outcome_label"
    if name not in match.fields or not labels:
        return "false"
    return f"coalesce({is_word(f'{alias}.{match.fields[name]}', labels)}, false)"


def outcome(draft: Draft, match: Match, alias: str) -> str | None:
    """Return the outcome of an activity; where the column of the direction states that nobody took it, that is it."""
    stated = match.decide(alias, "outcome_label") if "outcome_label" in match.fields or match.decided else ""
    missed = [label for label in draft.words.missed if label in draft.words.directions]
    if "direction" not in match.fields or not missed:
        return stated or None
    direction = f"{alias}.{match.fields['direction']}"
    return f"case when {is_word(direction, missed)} then {direction} {f'else {stated}' if stated else ''} end"


def class_of_missed(match: Match, kind: str) -> str:
    """Return the class of what was missed: an attempt of the lead, if it is a call of theirs; else it is void."""
    return "attempt" if kind == "call" and ("direction" in match.fields or _is_of_calls(match)) else "void"


def _is_of_calls(match: Match) -> bool:
    return match.kind == "call" and not has_kinds(match)
