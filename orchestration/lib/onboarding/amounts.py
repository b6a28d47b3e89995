"""The SQL of amounts, and the unit in which a file writes them: whole, in cents or in micros.

Belongs here: what a label and another column of the same money show of the unit. Does not belong here: currencies
(units.py), and amounts counted too often (doubts.py).
"""

from orchestration.lib.onboarding.expressions import Draft
from orchestration.lib.onboarding.matching import Match
from orchestration.lib.onboarding.texts import words_of


def amount(draft: Draft, match: Match, name: str, alias: str) -> str:
    """Return an amount with all its decimals, less what was paid back: what a label calls micros are millionths."""
    column = match.table.column(match.fields[name])
    cell = f"{alias}.{column.name} / 1000000" if "micros" in words_of(column.label) else f"{alias}.{column.name}"
    if name == "amount" and "refunded_amount" in match.fields:  # Written with or without a minus sign.
        return f"{cell} - abs(coalesce({amount(draft, match, 'refunded_amount', alias)}, 0))"
    return cell
