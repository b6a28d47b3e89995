"""From what a user writes to a human: all ids, e-mails, names and phone numbers by which the warehouse knows one.

Belongs here: resolving, by the links that the build has made. Does not belong here: taking them out (`sweeping.py`).
"""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from typing import Any

import duckdb

from orchestration.lib.company.folder import REFERENCE
from orchestration.lib.forgotten import words
from orchestration.lib.forgotten.listed import EMAIL, NAME, PHONE, SHARED_NAME, record_of
from orchestration.lib.source_tables import SourceTable
from orchestration.lib.warehouse.sql import quoted
from orchestration.mistakes import Mistake


class PersonError(Mistake):
    """What the user wrote names nobody, several persons, or an owner; nothing was changed."""


@dataclass(frozen=True)
class Person:
    """One human: (kind, value) of everything that names them. Nothing of it is ever shown."""

    values: frozenset[tuple[str, str]]
    person_ids: frozenset[str] = frozenset()
    """The ids under which tables and pages show them: `hubspot:123`."""


LINKS = """
    select distinct person_id, system, person_record_id, system || ':' || person_record_id as record_id
    from intermediate.int_person_links
"""
BY_EMAIL = f"""
    select distinct links.person_id
    from intermediate.int_record_emails as emails
    inner join ({LINKS}) as links on emails.record_id = links.record_id
    where emails.normalised_email = ?
"""
BY_ID = f"select distinct person_id from ({LINKS}) where record_id = ? or person_id = ?"
RECORDS = f"select system, person_record_id, record_id from ({LINKS}) where person_id = ?"
EMAILS = """
    select distinct normalised_email from intermediate.int_record_emails
    where record_id in (select unnest(?)) and not is_shared
"""
# Two persons, or a person and an owner, of one name: then the name alone names neither.
NAMES = """
    with
        persons as (select full_name, system || ':' || person_record_id as record_id from intermediate.int_persons),
        own as (select distinct lower(trim(full_name)) as name from persons where record_id in (select unnest($1)))
    select
        name,
        name in (
            select lower(trim(full_name)) from persons
            where full_name is not null and record_id not in (select unnest($1))
        )
        or name in (select lower(owner_name) from intermediate.int_owner_links where owner_name is not null)
    from own
    where name is not null
"""
OWNERS = "select count(*) from intermediate.int_owner_links where lower(owner_email) in (select unnest(?))"


def resolve(connection: duckdb.DuckDBPyConnection, tables: Sequence[SourceTable], written: str) -> Person:
    """The human whom an e-mail, or an id such as `hubspot:123`, names. PersonError if it is nobody or several.

    One whom no build knows is what was written alone: raw rows may have it nevertheless.
    """
    text = written.strip()
    if "@" in text:
        address = text.lower()
        if connection.execute(f"select {words.emails('$1::varchar')}[1] = $1", [address]).fetchall() != [(True,)]:
            raise PersonError(f"{text!r} is not an e-mail address; nothing was changed")
        alone, query, values = [(EMAIL, address)], BY_EMAIL, [address]
    else:
        system, colon, record = text.partition(":")
        if not (colon and record) or system not in {table.system for table in tables}:
            raise PersonError(
                f"{text!r} is not an e-mail address, and not an id as pages show it, such as hubspot:123; nothing was "
                "changed"
            )
        alone, query, values = _of_id(system, record, record), BY_ID, [text, text]
    try:
        persons = [person for (person,) in connection.execute(query, values).fetchall()]
        if query == BY_EMAIL:
            _refuse_owner(connection, [address])
        if not persons:
            return Person(frozenset(alone))
        if len(persons) > 1:
            raise PersonError(
                f"{len(persons)} persons have that address: {', '.join(sorted(persons))}; give the id of one of them, "
                "nothing was changed"
            )
        return Person(frozenset([*alone, *_values(connection, tables, persons[0])]), _ids(connection, persons[0]))
    except duckdb.CatalogException:  # No build has come so far.
        return Person(frozenset(alone))


def _of_id(system: str, record: str, folded: str) -> list[tuple[str, str]]:
    """The id in its own system, and as files that the company writes itself name it."""
    return [(record_of(system), folded), *((record_of(REFERENCE), f"{system}:{each}") for each in {record, folded})]


def _ids(connection: duckdb.DuckDBPyConnection, person: str) -> frozenset[str]:
    return frozenset([person, *(record for *_, record in connection.execute(RECORDS, [person]).fetchall())])


def _refuse_owner(connection: duckdb.DuckDBPyConnection, emails: list[str]) -> None:
    if connection.execute(OWNERS, [emails]).fetchall()[0][0]:
        raise PersonError(
            "this is the address of an owner of leads; owners are in the figures of their team and are not forgotten, "
            "nothing was changed"
        )


def _require_declared(tables: Sequence[SourceTable], systems: set[str]) -> None:
    declared = {table.system for table in tables for column in table.columns if column.person}
    if unknown := sorted(systems - declared):
        raise PersonError(
            f"systems/{unknown[0]}/staging/_{unknown[0]}__sources.yml: no column has `person`, so which rows are of a "
            "person is not known; write `person: row` at the column with the person's id (CONTRIBUTING.md); nothing "
            "was changed"
        )


def _values(
    connection: duckdb.DuckDBPyConnection, tables: Sequence[SourceTable], person: str
) -> Iterator[tuple[str, str]]:
    records = connection.execute(RECORDS, [person]).fetchall()
    _require_declared(tables, {system for system, *_ in records})
    ids = [record for *_, record in records]
    emails = [email for (email,) in connection.execute(EMAILS, [ids]).fetchall()]
    _refuse_owner(connection, emails)
    for system, record, _ in records:
        yield from _of_id(system, record, _one(connection, words.folded_id("$1::varchar"), record))
    for email in emails:
        yield EMAIL, email
    for name, is_shared in connection.execute(NAMES, [ids]).fetchall():
        for each in _one(connection, words.names("$1::varchar"), name)[-1:]:
            yield SHARED_NAME if is_shared else NAME, each
    for table in tables:
        own = [record for system, record, _ in records if system == table.system]
        for kind, of in ((EMAIL, words.emails), (PHONE, words.phones)):
            for value in _of_records(connection, table, own, of):
                yield kind, value


def _one(connection: duckdb.DuckDBPyConnection, expression: str, text: str) -> Any:
    return connection.execute(f"select {expression}", [text]).fetchall()[0][0]


def _of_records(
    connection: duckdb.DuckDBPyConnection, table: SourceTable, ids: list[str], of: Callable[[str], str]
) -> list[str]:
    """What the personal cells of these records have, in any export, and those of no other record."""
    keys = [column.name for column in table.columns if column.person == "row" and column.name in table.key]
    personal = [column.name for column in table.columns if column.personal and column.value_type == "VARCHAR"]
    exists = "select count(*) from duckdb_tables() where schema_name = 'raw' and table_name = ?"
    if not ids or len(keys) != 1 or not personal or not connection.execute(exists, [table.raw_table]).fetchall()[0][0]:
        return []
    is_own = f"list_contains($1::varchar[], {words.folded_id(quoted(keys[0]))})"
    cells = (f"select unnest({of(quoted(name))}) as value, {is_own} as is_own from rows" for name in personal)
    query = (
        f"with rows as (select * from raw.{quoted(table.raw_table)} where {quoted(keys[0])} is not null) "
        f"select value from ({' union all '.join(cells)}) group by value having bool_and(is_own)"
    )
    return [value for (value,) in connection.execute(query, [ids]).fetchall()]
