"""Persons who may not be written to: the columns that show it.

Belongs here: which columns of a list of persons these are, and what their cells mean. Does not belong here: the words
themselves (words.yml), and the activities that are made of them (derived.py).
"""

import re
from collections.abc import Collection
from dataclasses import dataclass

from orchestration.lib.inspection.words import fold
from orchestration.lib.onboarding.fields import FIELDS
from orchestration.lib.onboarding.matching import EXCLUDED, Match, own_words
from orchestration.lib.onboarding.profile import Column, values_of
from orchestration.lib.onboarding.questions import Answers, Question
from orchestration.lib.onboarding.reading import Reader
from orchestration.lib.onboarding.texts import folded, forms_of, has_word, is_id_label, sql_text, words_of
from orchestration.lib.onboarding.words import BY_EMAIL, NO, NO_OPT_OUT, NOT_ALLOWED, NOT_BY_EMAIL, OF_ALL, OPT_OUT, YES

OPTED_OUT = "opted_out"
MOST_VALUES = 30
NO_CELLS = {*map(fold, (*NO, "n/a", "none")), ""}
NO_WORDS = {fold(word) for word in NO_OPT_OUT.split("|")}


@dataclass(frozen=True)
class OptOut:
    """A column that shows who may not be written to: by some cells, or by any but a no if there are none.

    `no_words` are words beside no, such as subscribed, that its cells can have.
    """

    column: Column
    cells: tuple[str, ...] = ()
    no_words: frozenset[str] = frozenset()

    @property
    def is_day(self) -> bool:
        """Whether its cells are the times since when it is so."""
        return self.column.data_type in ("date", "timestamp")

    @property
    def shown(self) -> str:
        """The column and cells, for people."""
        return f"{self.column.label} = {' | '.join(self.cells)}" if self.cells else self.column.label

    def condition(self, alias: str) -> str:
        """Return the SQL condition that a row is of a person who may not be written to."""
        cell = f"{alias}.{self.column.name}"
        if self.is_day:
            return f"{cell} is not null"
        words = self.cells or NO_CELLS | self.no_words
        listed = ", ".join(map(sql_text, sorted({fold(word) for word in words})))
        # Any other cell counts, whatever it contains: nobody is written to by mistake.
        test = f"{{{{ folded_word(\"coalesce({cell}, '')\") }}}}"
        return f"{test} {'in' if self.cells else 'not in'} ({listed})"


def find_opt_outs(reader: Reader, matches: list[Match], answers: Answers) -> dict[str, list[OptOut]]:
    """Return the columns that show opt-outs, by the table of persons; a flag stays a text, which words can explain."""
    found = {}
    for match in (each for each in matches if each.entity == "persons" and not each.is_derived):
        read = {*match.fields.values(), *match.table.key}
        columns = [_of_column(reader, match, each, answers) for each in match.table.columns if each.name not in read]
        found[match.table.name] = [each for each in columns if each]
    return {table: columns for table, columns in found.items() if columns}


def _of_column(reader: Reader, match: Match, column: Column, answers: Answers) -> OptOut | None:
    label, table = column.label, match.table
    cells = values_of(reader.connection, table, column.name, 10_000)
    is_other = has_word(label, NOT_BY_EMAIL) and not has_word(label, BY_EMAIL)
    if is_other or is_id_label(label):
        return None
    if not has_word(label, OPT_OUT):
        out = tuple(cell for cell in cells if folded(cell) in {folded(word) for word in OPT_OUT.split("|")})
        is_state = column.distinct <= MOST_VALUES and not column.is_personal
        return OptOut(column, out) if out and is_state else None
    key = f"{table.name}.{column.name}.filled"
    answer = answers.volunteered(key)
    is_flag = all(_is_known(cell) for cell in cells)
    is_day = bool(cells) and not is_flag and reader.fits(table, column, "instant")
    one = subscription_of(label)
    if answer is None and one and cells:
        text = (
            f"{match.file}: the column {label} is of {one}. May who has left it not be written to at all? "
            f"{EXCLUDED}: it is one subscription of several, and the others may be sent"
        )
        answer = answers.ask(Question(key, text, (OPTED_OUT, EXCLUDED))) or EXCLUDED
    elif answer is None and not (is_flag or is_day):
        other = next(cell for cell in cells if not _is_known(cell))
        shown = "" if column.is_personal else f", such as '{other}'"
        text = (
            f"{match.file}: may persons with a value in the column {label}{shown} not be written to any more? "
            f"{EXCLUDED}: the column does not show that"
        )
        answer = answers.ask(Question(key, text, (OPTED_OUT, EXCLUDED)))
    if answer == EXCLUDED:
        return None
    if is_flag or is_day:
        column.is_personal = False  # "email" in its label is not an address.
    if not is_day:
        table.texts.add(column.name)
    return OptOut(column, no_words=frozenset(NO_WORDS & set(map(fold, cells)) if cells else NO_WORDS))


def subscription_of(label: str) -> str:
    """Return the one subscription that the label of an opt-out names behind it; empty if it is of all, or names none.

    'Opted out: Newsletter' and 'Unsubscribed from email (Product news)' do; 'Unsubscribed from all email' does not.
    """
    found = re.match(r"(.*?)(?:\s*:\s*|\s+[-\u2013|]\s+|\s*\()([^():]+)\)?$", label)
    if not found or not has_word(found[1], OPT_OUT):
        return ""
    rest = [word for word in words_of(found[2]) if word not in OF_ALL.split("|")]
    return found[2].strip() if rest else ""


def _is_known(cell: str) -> bool:
    return cell.lower() in YES or fold(cell) in NO_CELLS | NO_WORDS or has_word(cell, f"{OPT_OUT}|{NOT_ALLOWED}")


def changed_columns(match: Match) -> list[Column]:
    """Return the column with the time at which a record was last changed, if it has one."""
    labels = {folded(label) for label in FIELDS["opportunities"]["recorded_at"].labels}
    own: Collection[str] = own_words(match)
    columns = [each for each in match.table.columns if each.data_type in ("date", "timestamp")]
    return [each for each in columns if labels & set(forms_of(each.label, own))][:1]
