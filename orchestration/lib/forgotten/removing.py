"""Taking forgotten persons out of one table: rows that are theirs go, rows that are others' too lose what names them.

Belongs here: deleting and emptying, in a raw table or in what is about to be loaded. Does not belong here: finding the
values (`matching.py`), all tables one after the other (`forgetting/`).
"""

import re
from collections.abc import Iterable
from dataclasses import dataclass, field

import duckdb

from orchestration.lib.forgotten import words
from orchestration.lib.forgotten.matching import EXTRA, Found, Texts
from orchestration.lib.source_tables import SourceTable
from orchestration.lib.warehouse.sql import literal, quoted

Place = tuple[str, int]


@dataclass
class Removed:
    """The rows that were deleted, and those that lost a cell or a part of one, by file and line."""

    deleted: list[Place] = field(default_factory=list)
    changed: set[Place] = field(default_factory=set)


def remove(
    connection: duckdb.DuckDBPyConnection, relation: str, table: SourceTable, found: Found, place: str
) -> Removed:
    """Take the found persons out of a relation with the columns of the table; `place` are its file and line."""
    if not found:
        return Removed()
    texts = Texts(table)
    theirs = _is_theirs(texts, found)
    removed = Removed(connection.execute(f"delete from {relation} where {theirs} returning {place}").fetchall())
    _remove_beside(connection, relation, texts, found, place, removed)
    for name in texts.persons:
        cell = quoted(name)
        if texts.names:
            emptied = ", ".join(f"{quoted(each)} = null" for each in texts.names)
            _update(connection, relation, emptied, _has_one(cell, found), place, removed)
        rest = f"list_aggregate({_rest(cell, found)}, 'string_agg', ';')"
        _update(connection, relation, f"{cell} = {rest}", _has_one(cell, found), place, removed)
    for name, is_personal in texts.others.items():
        cell, pattern = quoted(name), _ids(found) if name == EXTRA else ""
        has_one = found.is_in_text(cell, is_personal)
        if pattern:
            has_one += f" or coalesce(regexp_matches({cell}, {literal(pattern)}), false)"
        without = f"{cell} = {_without(cell, found, is_personal, pattern)}"
        _update(connection, relation, without, has_one, place, removed)
    return removed


def other_ids(connection: duckdb.DuckDBPyConnection, relation: str, table: SourceTable, found: Found) -> frozenset[str]:
    """The ids of records that are theirs by an e-mail alone: a record that was made again has another id."""
    texts = Texts(table)
    keys = [column.name for column in table.columns if column.name in texts.rows and column.contains_ids]
    if not found or len(keys) != 1 or keys[0] not in table.key:
        return frozenset()
    folded = words.folded_id(quoted(keys[0]))
    rows = connection.execute(
        f"select distinct {folded} from {relation} where {_is_theirs(texts, found)} "
        f"and {quoted(keys[0])} is not null and not list_contains({words.one_of(found.ids)}, {folded})"
    ).fetchall()
    return frozenset(each for (each,) in rows)


def _remove_beside(
    connection: duckdb.DuckDBPyConnection, relation: str, texts: Texts, found: Found, place: str, removed: Removed
) -> None:
    """Take a name that others have too out of rows that name the person otherwise."""
    shared = Found(names=found.shared_names)
    if not shared or not texts.persons:
        return
    is_named = " or ".join(_has_one(quoted(name), found) for name in texts.persons)
    for name in (*texts.persons, *(name for name, is_personal in texts.others.items() if is_personal)):
        cell = quoted(name)
        where = f"({is_named}) and {shared.is_in_text(cell, is_personal=True)}"
        _update(connection, relation, f"{cell} = {_without(cell, shared, True, '')}", where, place, removed)


def _update(
    connection: duckdb.DuckDBPyConnection, relation: str, what: str, where: str, place: str, removed: Removed
) -> None:
    rows = connection.execute(f"update {relation} set {what} where {where} returning {place}").fetchall()
    removed.changed |= set(rows)


def _has_one(cell: str, found: Found) -> str:
    """Whether a cell of ids or e-mails names a found person."""
    of_parts = f"list_transform({words.parts_of(cell)}, lambda part: {found.is_part('part')})"
    return f"coalesce(list_bool_or({of_parts}), false)"


def _rest(cell: str, found: Found) -> str:
    """The parts of such a cell that name somebody else."""
    return f"list_filter({words.parts_of(cell)}, lambda part: not {found.is_part('part')})"


def _is_theirs(texts: Texts, found: Found) -> str:
    """Whether a row is about found persons alone.

    It is if its key names one; else if a column names one, and no column names somebody else beside them.
    """
    cells = {name: quoted(name) for name in texts.rows}
    alone = {name: f"({_has_one(cell, found)} and len({_rest(cell, found)}) = 0)" for name, cell in cells.items()}
    mixed = [f"({_has_one(cell, found)} and len({_rest(cell, found)}) > 0)" for cell in cells.values()]
    in_key = [test for name, test in alone.items() if name in texts.table.key]
    if not cells:
        return "false"
    by_column = f"(({' or '.join(alone.values())}) and not ({' or '.join(mixed)}))"
    return f"coalesce({' or '.join([*in_key, by_column])}, false)"


def _ids(found: Found) -> str:
    """The pattern of the ids, as words of their own; empty without any that is long enough."""
    own = [re.escape(each) for each in sorted(found.ids) if len(each) >= words.SHORTEST_ID]
    return rf"(^|[^0-9A-Za-z])(?:{'|'.join(own)})(?:[0-9A-Z]{{3}})?($|[^0-9A-Za-z])" if own else ""


def without_values(cell: str, found: Found) -> str:
    """A text of our own without e-mails and ids of the found persons."""
    return _without(cell, found, False, _ids(found))


def _without(cell: str, found: Found, is_personal: bool, ids: str) -> str:
    """The text without the values of the found persons; what is around them stays."""
    patterns = [_address(found.emails)] if found.emails else []
    if is_personal:
        names = (r"[^\p{L}\p{M}'’]+".join(map(re.escape, name.split(" "))) for name in sorted(found.names))
        patterns += [_not_beside(r"\p{L}\p{M}'’", names)] if found.names else []
        numbers = (r"[ ()./-]*".join(number) for number in sorted(found.phones))
        patterns += [rf"(^|[^\d+])\+?(?:\d[ ()./-]*)*?(?:{'|'.join(numbers)})($|\D)"] if found.phones else []
    for pattern in filter(None, [*patterns, ids]):
        # Twice: of two that follow one another the first takes the mark between them.
        for _ in range(2):
            cell = rf"regexp_replace({cell}, {literal(pattern)}, '\1\2', 'gi')"
    return cell


def _address(emails: Iterable[str]) -> str:
    """The pattern of addresses that are no part of a longer one."""
    own = "|".join(re.escape(each).replace("@", "(?:@|%40)") for each in sorted(emails))
    return rf"(^|[^\p{{L}}\p{{N}}._+-]|%3d)(?:{own})($|[^\p{{L}}\p{{N}}.-]|\.$|\.[^\p{{L}}\p{{N}}])"


def _not_beside(letters: str, texts: Iterable[str]) -> str:
    """The pattern of texts that are no part of a longer word."""
    return rf"(^|[^{letters}])(?:{'|'.join(texts)})($|[^{letters}])"
