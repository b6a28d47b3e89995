"""Amounts that a sum would count too often, or with the wrong sign: both are questions.

Belongs here: rows of revenue that repeat a total, and refunds that are not negative. Does not belong here: which column
is the amount (matching.py), and states (meanings.py).
"""

from orchestration.lib.onboarding.matching import EXCLUDED, Match
from orchestration.lib.onboarding.profile import values_of
from orchestration.lib.onboarding.questions import Answers, Question
from orchestration.lib.onboarding.reading import Reader
from orchestration.lib.onboarding.texts import has_word, is_id_label
from orchestration.lib.onboarding.words import BILLING_STATES
from orchestration.lib.warehouse.sql import literal, quoted

MOST_KINDS = 20


def ask_about_sums(reader: Reader, matches: list[Match], answers: Answers) -> None:
    """Ask about the amounts of revenue that a sum would count wrongly."""
    for match in matches:
        if match.entity == "revenue":
            _note_refunds(match)
            _ask_about_totals(reader, match, answers)
            _ask_about_refunds(reader, match, answers)


def _note_refunds(match: Match) -> None:
    """Note which column is taken from the amounts: that they contain what was paid back cannot be seen."""
    column, amount = match.column("refunded_amount"), match.column("amount")
    if column and column.filled and amount:
        match.table.notes.append(
            f"the amount is {amount.label} less {column.label}; if {amount.label} is after refunds already: "
            f"--answer {match.table.name}.refunded_amount={EXCLUDED}"
        )


def _ask_about_totals(reader: Reader, match: Match, answers: Answers) -> None:
    """Ask for another column where all rows of an order have one amount: it is the order's, and not the row's."""
    table, key = match.table, f"{match.table.name}.amount"
    if len(table.key) < 2 or answers.volunteered(key):
        return
    order, amount = table.column(table.key[0]), table.column(match.fields["amount"])
    groups = f"""
        select count(*) as lines, count(distinct {quoted(amount.name)}) as amounts from {table.relation}
        group by _export, {quoted(order.name)} having count(*) > 1
    """
    query = f"select count(*), count(*) filter (amounts = 1), max(lines) from ({groups})"
    several, equal, most = reader.connection.execute(query).fetchall()[0]
    if not several or equal < several:
        return
    used = {*match.fields.values(), *table.key}
    free = [each for each in table.columns if each.filled and each.name not in used and not is_id_label(each.label)]
    others = [column.label for column in free if reader.fits(table, column, "money") and column is not amount]
    text = (
        f"{match.file}: {amount.label} is the same in all rows of one {order.label}, up to {most} of them, so a sum "
        "would count it for each. Which column has the amount of the row alone? Or export one row per "
        f"{order.label}"
    )
    answers.ask(Question(key, text, (*others, amount.label, EXCLUDED)))


def _ask_about_refunds(reader: Reader, match: Match, answers: Answers) -> None:
    """Ask which rows are revenue where a column that nothing uses calls rows with a positive amount refunds."""
    table, key = match.table, f"{match.table.name}.revenue"
    used = {*match.fields.values(), *table.key, *table.texts}
    if answers.volunteered(key):
        return
    for column in table.columns:
        if column.name in used or not 1 < column.distinct <= MOST_KINDS or column.is_number or column.is_personal:
            continue
        kinds = values_of(reader.connection, table, column.name)
        refunds = [kind for kind in kinds if has_word(kind, BILLING_STATES["refunded"])]
        if not refunds or len(refunds) == len(kinds):
            continue
        amount = quoted(match.fields["amount"])
        query = f"""
            select not bool_or(regexp_matches({amount}, '[-(\u2212]')) and bool_or(regexp_matches({amount}, '[1-9]'))
            from {table.relation}
            where {quoted(column.name)} in ({", ".join(map(literal, refunds))})
        """
        if reader.connection.execute(query).fetchall()[0][0]:
            text = (
                f"{match.file}: the rows with {column.label} = {' | '.join(refunds)} have amounts above zero, so a sum "
                "would add them. Export them as negative amounts, or answer which rows are revenue: column = value, or "
                "all"
            )
            rest = " | ".join(kind for kind in kinds if kind not in refunds)
            answers.ask(Question(key, text, example=f"{column.label} = {rest}"))
