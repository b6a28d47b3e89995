"""Which values of a table are those of forgotten persons, and in which rows they are.

Belongs here: from the list to values, and the conditions that find them. Does not belong here: what is done about them
(`removing.py`), what of a cell can be such a value (`words.py`).
"""

from collections.abc import Iterable
from dataclasses import dataclass
from functools import cached_property

import duckdb

from orchestration.lib.forgotten import words
from orchestration.lib.forgotten.listed import EMAIL, NAME, PHONE, SHARED_NAME, Forgotten, record_of
from orchestration.lib.source_tables import SourceTable
from orchestration.lib.warehouse.sql import literal, quoted

EXTRA = "_extra"


@dataclass(frozen=True)
class Found:
    """The values of forgotten persons in one table, as they are there. They are never shown."""

    ids: frozenset[str] = frozenset()
    emails: frozenset[str] = frozenset()
    names: frozenset[str] = frozenset()
    shared_names: frozenset[str] = frozenset()
    phones: frozenset[str] = frozenset()

    def __bool__(self) -> bool:
        """Whether there are any."""
        return bool(self.ids or self.emails or self.names or self.phones)

    def is_part(self, part: str) -> str:
        """Whether a part of a list of persons is one of them."""
        tests = [f"list_contains({words.one_of(self.ids)}, {words.folded_id(part)})"]
        lists = ((self.emails, words.emails), (self.names, words.names))
        tests += [f"list_has_any({of(part)}, {words.one_of(values)})" for values, of in lists if values]
        return f"({' or '.join(tests)})"

    def is_in_text(self, text: str, is_personal: bool) -> str:
        """Whether a text has one of them in it: an e-mail anywhere, a name or a phone among what is personal."""
        tests = [(self.emails, words.emails)]
        tests += [(self.names, words.names), (self.phones, words.phones)] if is_personal else []
        found = [f"list_has_any({of(text)}, {words.one_of(values)})" for values, of in tests if values]
        return f"coalesce({' or '.join(found)}, false)" if found else "false"


@dataclass(frozen=True)
class Texts:
    """The columns of a table by what they can have of a person."""

    table: SourceTable

    @cached_property
    def persons(self) -> list[str]:
        """Those of ids and e-mails of persons."""
        return [column.name for column in self.table.columns if column.person in ("row", "cell")]

    @cached_property
    def rows(self) -> list[str]:
        """Of these, those whose row is about the person alone."""
        return [column.name for column in self.table.columns if column.person == "row"]

    @cached_property
    def names(self) -> list[str]:
        """Those of the name of the person whom the row names."""
        return [column.name for column in self.table.columns if column.person == "name"]

    @cached_property
    def others(self) -> dict[str, bool]:
        """The other texts, and whether they are personal."""
        texts = {column.name: column.personal for column in self.table.columns if column.value_type == "VARCHAR"}
        maps = {column.name for column in self.table.columns if column.pattern}
        return {name: own for name, own in texts.items() if name not in {*self.persons, *maps}} | {EXTRA: True}


def values_in(connection: duckdb.DuckDBPyConnection, relation: str, table: SourceTable, forgotten: Forgotten) -> Found:
    """The values of the list that a table has; `relation` has its columns."""
    texts = Texts(table)
    cells = dict.fromkeys(texts.persons, True) | texts.others
    personal = [quoted(name) for name, is_personal in cells.items() if is_personal]
    lists = [(record_of(table.system), words.ids(quoted(name))) for name in texts.persons]
    lists += [(record_of(table.system), words.words_like_ids(EXTRA))]
    lists += [(EMAIL, words.emails(quoted(name))) for name in cells]
    of_kinds = ((NAME, words.names), (SHARED_NAME, words.names), (PHONE, words.phones))
    lists += [(kind, of(name)) for name in personal for kind, of in of_kinds]
    return match(connection, relation, lists, forgotten, table.system)


def match(
    connection: duckdb.DuckDBPyConnection,
    relation: str,
    lists: Iterable[tuple[str, str]],
    forgotten: Forgotten,
    system: str,
) -> Found:
    """Those of the values in lists of a relation (kind, expression) that are on the list of the forgotten."""
    kinds: dict[str, list[str]] = {}
    for kind, values in lists:
        kinds.setdefault(kind, []).append(values)
    selects = [
        f"select distinct {literal(kind)} as kind, value "
        f"from (select unnest(flatten([{', '.join(values)}])) as value from {relation})"
        for kind, values in kinds.items()
    ]
    is_empty = f"select count(*) = 0 from (select 1 from {relation} limit 1)"
    if not selects or not forgotten or connection.execute(is_empty).fetchall()[0][0]:
        return Found()
    hashed = f"sha256({literal(forgotten.key + ':')} || kind || ':' || value)"
    rows = connection.execute(
        f"select distinct kind, value from ({' union all '.join(selects)}) where {hashed} in (select unnest(?))",
        [sorted(forgotten.hashes)],
    ).fetchall()
    return Found(
        *(
            frozenset(value for other, value in rows if other == kind)
            for kind in (record_of(system), EMAIL, NAME, SHARED_NAME, PHONE)
        )
    )
