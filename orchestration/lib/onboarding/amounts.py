"""The SQL of amounts, and the unit in which a file writes them: whole, in cents or in micros.

Belongs here: what a label and another column of the same money show of the unit. Does not belong here: currencies
(units.py), and amounts counted too often (doubts.py).
"""

from orchestration.lib.ingestion.cell_formats import money_parts, number_of, plain
from orchestration.lib.onboarding.expressions import Draft
from orchestration.lib.onboarding.fields import FIELDS
from orchestration.lib.onboarding.matching import Match
from orchestration.lib.onboarding.profile import Column, values_of
from orchestration.lib.onboarding.questions import Answers, OnboardingError, Question
from orchestration.lib.onboarding.reading import Reader
from orchestration.lib.onboarding.texts import folded, words_of
from orchestration.lib.onboarding.words import IN_CENTS
from orchestration.lib.warehouse.sql import quoted

WHOLE, CENTS = "whole", "cents"
SHOWN = {"formatted", "display", "displayed", "text"}  # Beside the words of the amount, as programs call it.


def find_cents(reader: Reader, matches: list[Match], answers: Answers) -> set[tuple[str, str]]:
    """Return the table and column of each amount in hundredths: by its label, a column that shows it, or an answer.

    Asked where a column shows the amount and neither is the other, and where whole numbers have a currency of their
    own, as programs write that reckon in cents.
    """
    found = set()
    for match in (each for each in matches if not each.is_derived):
        for name in (each for each, spec in FIELDS[match.entity].items() if spec.kind == "money"):
            column = match.column(name)
            if column and _unit(reader, match, name, column, answers) == CENTS:
                found.add((match.table.name, column.name))
    return found


def _unit(reader: Reader, match: Match, name: str, column: Column, answers: Answers) -> str:
    key = f"{match.table.name}.{name}.unit"
    answer = answers.volunteered(key)
    if answer and answer not in (WHOLE, CENTS):
        raise OnboardingError(f"--answer {key}={answer}: write {WHOLE} or {CENTS}")
    if answer:
        return answer
    words = words_of(column.label)
    if set(words) & set(IN_CENTS.split("|")):
        return CENTS
    if not column.filled or "micros" in words:
        return WHOLE
    beside = [each for each in match.table.columns if each.filled and each is not column]
    showing = [each for each in beside if _rest(each, words) and set(_rest(each, words)) <= SHOWN]
    for each in showing:
        if unit := _compared(reader, match, column, each):
            if unit == CENTS:
                match.table.notes.append(f"{column.label} is in cents, as {each.label} shows; --answer {key}={WHOLE}")
            return unit
    with_currency = any(folded(each.label) == f"{folded(column.label)}currency" for each in beside)
    cells = values_of(reader.connection, match.table, column.name, 10_000)
    is_integer = all(cell.strip().lstrip("-").isdigit() for cell in cells)
    if not showing and not (with_currency and is_integer):
        return WHOLE
    text = (
        f"{match.file}: is {column.label}, such as {max(cells, key=len)}, in whole units of the currency or in cents? "
        "The file does not show it"
    )
    return answers.ask(Question(key, text, (WHOLE, CENTS))) or WHOLE


def _rest(column: Column, words: list[str]) -> list[str]:
    """Return the words of a label behind those of the amount; none if it does not begin with them."""
    own = words_of(column.label)
    return own[len(words) :] if own[: len(words)] == words else []


def _compared(reader: Reader, match: Match, column: Column, shown: Column) -> str:
    """Return the unit by the column that shows the amount, which may be rounded; empty where it does not decide."""
    for mark in (".", ","):
        amount, other = (
            f"try_cast({number_of(money_parts(plain(quoted(each.name))), mark)} as double)" for each in (column, shown)
        )
        filled, whole, cents = reader.connection.execute(
            f"""
            with cells as (select {amount} as amount, {other} as shown from {match.table.relation})
            select
                count(*) filter (coalesce(amount, 0) <> 0 or coalesce(shown, 0) <> 0),
                count(*) filter (amount <> 0 and abs(amount - shown) < 1),
                count(*) filter (amount <> 0 and abs(amount - 100 * shown) < 100)
            from cells
            """
        ).fetchall()[0]
        if filled and whole == filled and cents < filled:
            return WHOLE
        if filled and cents == filled and whole < filled:
            return CENTS
    return ""


def amount(draft: Draft, match: Match, name: str, alias: str) -> str:
    """Return an amount with all its decimals, less what was paid back: what a label calls micros are millionths."""
    column = match.table.column(match.fields[name])
    parts = 1_000_000 if "micros" in words_of(column.label) else 1
    parts = 100 if (match.table.name, column.name) in draft.cents else parts
    cell = f"{alias}.{column.name}" + (f" / {parts}" if parts > 1 else "")
    if name == "amount" and "refunded_amount" in match.fields:  # Written with or without a minus sign.
        return f"{cell} - abs(coalesce({amount(draft, match, 'refunded_amount', alias)}, 0))"
    return cell
