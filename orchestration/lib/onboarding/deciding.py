"""Columns that decide an outcome beside the one that is read: `Won`, `Active`, `Lost Reason`, `Canceled`, `No-Show`.

Belongs here: which columns these are, and the question where their cells contradict what is read. Does not belong here:
the column of a stage, state or outcome itself (matching.py), and the meaning of its words (meanings.py).
"""

from collections.abc import Collection, Iterator

from orchestration.lib.onboarding.matching import EVERY_ROW, EXCLUDED, STATE_WORDS, Match
from orchestration.lib.onboarding.meanings import DELETED, STAGE_ANSWERS, Words
from orchestration.lib.onboarding.profile import Column, values_of
from orchestration.lib.onboarding.questions import Answers, Question
from orchestration.lib.onboarding.reading import Reader
from orchestration.lib.onboarding.signs import Sign
from orchestration.lib.onboarding.texts import first_with_word, has_word, is_id_label, stage_in
from orchestration.lib.onboarding.words import BILLING_STATES, DECIDING, NO, PLANNED, YES
from orchestration.lib.warehouse.sql import literal, quoted

# By entity: the field that is read, and the words that decide against it.
READ = {"opportunities": "stage_label", "activities": "outcome_label", "revenue": "status_label"}
AGAINST = {
    "opportunities": ("won", "lost", "canceled", "deleted", "test", "closed", "active"),
    "activities": ("no_show", "canceled", "deleted", "void", "test", "done"),
    "revenue": ("canceled", "deleted", "void", "refunded", "test", "captured"),
}
# Of these words a no decides, of the others a yes; of a deal that is not won or closed, a no as well.
BY_NO = ("active", "done", "captured")
BY_BOTH = ("won", "closed")
# The fields of deals that decide too.
FIELDS_THAT_DECIDE = ("lost_reason", "won_at", "lost_at")
MOST_VALUES = 30
NOT_DONE, NOT_REVENUE = "Canceled", "Canceled"
BAD_ENDS = ("lost", "disqualified", "rejected", "recycled")
LIKELY = {"won": "won", "lost": "lost", "canceled": "lost", "active": "lost", "deleted": "deleted", "test": "deleted"}


def find_signs(reader: Reader, matches: list[Match]) -> None:
    """Fill in the signs of each deal, activity and invoice: their columns stay texts, which a condition can compare."""
    for match in (each for each in matches if each.entity in READ and not each.is_derived):
        found = [sign for column in match.table.columns for sign in _signs_of(reader, match, column)]
        match.signs = sorted(found, key=lambda sign: not sign.cells)  # A flag, and then what was written beside it.


def _signs_of(reader: Reader, match: Match, column: Column) -> Iterator[Sign]:
    read = {name for name in match.fields.values() if name not in map(match.fields.get, FIELDS_THAT_DECIDE)}
    linked = {each for columns in match.references.values() for each in columns}
    if column.name in read | linked | set(match.table.key) or is_id_label(column.label):
        return
    label, table = column.label, match.table
    cells = [cell for cell in values_of(reader.connection, table, column.name) if '"' not in cell and "\\" not in cell]
    known = [each for each in AGAINST[match.entity] if has_word(label, DECIDING[each])]
    known = [each for each in known if each != "refunded" or "refunded_amount" not in match.fields]
    if not column.filled:
        later = [word for word in known if word not in (*BY_NO, *BY_BOTH, "test") and match.entity != "opportunities"]
        yield from (Sign(column.name, label, "filled", (), word) for word in later[:1])
    elif {cell.lower() for cell in cells} <= {*YES, *NO}:
        for word in known[:1]:
            if word not in BY_NO:
                yield Sign(column.name, label, "yes", YES, word)
            if word in (*BY_NO, *BY_BOTH):
                yield Sign(column.name, label, "no", NO, word if word in BY_NO else f"not_{word}")
    elif [word for word in known if word not in (*BY_NO, "closed", "test")]:
        if column.filled < table.rows and not column.is_number:
            yield Sign(column.name, label, "filled", (), known[0])
    elif 1 < column.distinct <= MOST_VALUES and has_word(label, STATE_WORDS) and not column.is_personal:
        for cell in cells:
            if word := _of_value(match.entity, cell):
                yield Sign(column.name, label, cell, (cell.lower(),), word)


def _of_value(entity: str, cell: str) -> str:
    """Return what a value of an unread status means against the field that is read, empty if nothing."""
    if entity == "opportunities":
        return {"customer": "won", "lost": "lost", DELETED: DELETED}.get(stage_in(cell) or "", "")
    if entity == "activities":
        return "canceled" if has_word(cell, PLANNED) else ""
    return "void" if first_with_word(cell, BILLING_STATES) not in (None, "billed") else ""


def ask_about_signs(reader: Reader, matches: list[Match], words: Words, answers: Answers) -> None:
    """Ask what the rows are whose sign contradicts what is read, and add what is answered to each match.

    A sign that contradicts nothing yet decides later rows: an activity or invoice that is called off does not count.
    """
    for match in matches:
        covered: list[str] = []
        for sign in match.signs:
            condition = sign.condition(quoted(sign.column))
            against = f"{condition} and {_otherwise(reader, match, sign, words)}"
            new = " and ".join(["true", *(f"not ({each})" for each in covered)])
            query = f"select count(*), count(*) filter ({new}) from {match.table.relation} where {against}"
            total, count = reader.connection.execute(query).fetchall()[0]
            answer = answers.volunteered(sign.key(match.table.name))
            if count or answer:
                answer = answers.ask(_question(match, sign, count))
                covered.append(f"coalesce({condition}, false)")
            elif match.entity != "opportunities" and sign.is_plain and not total:
                answer = "no" if match.entity == "activities" else "not_revenue"
            _decide(match, sign, answer, words)


def _decide(match: Match, sign: Sign, answer: str | None, words: Words) -> None:
    if match.entity == "opportunities" and answer in STAGE_ANSWERS:
        label = EVERY_ROW.get(answer, "Deleted")
        match.decided[sign] = label
        words.stages.setdefault(label, STAGE_ANSWERS[answer])
    elif match.entity == "activities" and answer == "no":
        match.decided[sign] = NOT_DONE
    elif match.entity == "revenue" and answer == "not_revenue":
        match.decided[sign] = NOT_REVENUE
        words.states.setdefault(NOT_REVENUE, "not_issued")
    elif answer:
        match.signs = [each for each in match.signs if each is not sign]


def _question(match: Match, sign: Sign, count: int) -> Question:
    column = match.column(READ[match.entity])
    rows = f"{match.file}: {count:,} of {match.table.rows:,} rows have {sign.shown}"
    key = sign.key(match.table.name)
    if match.entity == "opportunities":
        by = column.label if column else f"the answer that every row is {match.stage.lower()}"
        text = f"{rows}, and are something else by {by}. What are such rows? {EXCLUDED}: as {by} has it"
        return Question(key, text, (*STAGE_ANSWERS, EXCLUDED), LIKELY.get(sign.word, "open"))
    if match.entity == "activities":
        return Question(key, f"{rows}, and would count as done. Did such activities take place?", ("no", "yes"))
    return Question(key, f"{rows}, and would count as revenue. Are such rows revenue?", ("not_revenue", "revenue"))


def note_statuses_of_leads(reader: Reader, matches: list[Match], used: Collection[tuple[str, str]]) -> list[str]:
    """Return a note for each status of leads that nothing reads: without the day of a stage it is of no journey."""
    notes = []
    for match in (each for each in matches if each.entity == "persons" and not each.is_derived):
        for column in match.table.columns:
            deciding = any(has_word(column.label, words) for words in DECIDING.values())
            is_state = has_word(column.label, STATE_WORDS) or (deciding and column.distinct <= 2)
            free = (match.table.raw, column.name) not in used and not column.is_personal and column.filled
            if not (free and is_state and column.distinct <= MOST_VALUES):
                continue
            query = f"select {quoted(column.name)}, count(*) from {match.table.relation} where {quoted(column.name)} "
            rows = reader.connection.execute(f"{query} is not null group by 1 order by 2 desc, 1 limit 6").fetchall()
            cells = ", ".join(f"{cell} ({count:,})" for cell, count in rows)
            more = f" and {column.distinct - len(rows)} more" if column.distinct > len(rows) else ""
            notes.append(
                f"{match.file}: column {column.label} is not read: {cells}{more}. A lead is in a stage from a day on, "
                "which a column such as 'MQL date' or 'Disqualified date' has; without it, all of them count as leads "
                "that are open"
            )
    return notes


def _otherwise(reader: Reader, match: Match, sign: Sign, words: Words) -> str:
    """Return the condition that a row is read as something else than its sign means."""
    column = match.column(READ[match.entity])
    cells = values_of(reader.connection, match.table, column.name, 10_000) if column else []
    if match.entity == "opportunities":
        stages = {cell: words.stages.get(cell, "opportunity") for cell in cells or [match.stage]}
        agreeing = [cell for cell, stage in stages.items() if _agrees(sign.word, stage)]
        if not column:
            return "false" if agreeing else "true"
    elif match.entity == "activities":
        agreeing = [cell for cell in cells if has_word(cell, PLANNED)]
    else:
        agreeing = [cell for cell in cells if words.states.get(cell, "billed") != "billed"]
    if not column or not agreeing:
        return "true"
    return f"coalesce({quoted(column.name)}, '') not in ({', '.join(map(literal, agreeing))})"


def _agrees(word: str, stage: str) -> bool:
    """Whether a deal of a stage is what the word of a sign means."""
    is_bad, is_won = stage in BAD_ENDS, stage == "customer"
    is_ended = is_bad or is_won or stage == DELETED
    return {
        "won": is_won,
        "lost": is_bad or stage == DELETED,
        "canceled": is_bad or stage == DELETED,
        "active": is_ended,
        "closed": is_ended,
        "not_won": not is_won,
        "not_closed": not is_ended,
    }.get(word, stage == DELETED)
