"""From an address or an id to one human, by the links of the build; nobody, several and owners are refused."""

import duckdb
import pytest

from orchestration.lib.forgetting.persons import Person, PersonError, resolve
from orchestration.lib.forgotten.listed import EMAIL, NAME, PHONE, SHARED_NAME
from orchestration.lib.source_tables import Column, SourceTable

CONTACTS = SourceTable(
    "crm",
    "contacts",
    files=("*",),
    key=("id",),
    columns=(
        Column("id", "varchar", person="row"),
        Column("email", "varchar", personal=True, person="row"),
        Column("phone", "varchar", personal=True),
    ),
)
LEADS = SourceTable("ads", "leads", files=("*",), key=("id",), columns=(Column("id", "varchar"),))
BUILT = """
    create schema raw; create schema intermediate;
    create table intermediate.int_person_links as
    select * from (values
        ('crm', '1', 'crm:1'), ('web', 'email:5f', 'crm:1'), ('crm', '2', 'crm:2'), ('crm', '3', 'crm:3'),
        ('ads', '9', 'ads:9')
    ) links(system, person_record_id, person_id);
    create table intermediate.int_record_emails as
    select * from (values
        ('crm:1', 'ann@a.example', false), ('web:email:5f', 'ann@b.example', false), ('crm:1', 'info@a.example', true),
        ('crm:2', 'info@a.example', true), ('crm:3', 'ada@owner.example', false)
    ) emails(record_id, normalised_email, is_shared);
    create table intermediate.int_persons as
    select * from (values
        ('crm', '1', 'Ann  Maria Rossi'), ('crm', '2', 'Bo Verdi'), ('crm', '3', 'Bo Verdi'), ('ads', '9', 'X Y')
    ) persons(system, person_record_id, full_name);
    create table intermediate.int_owner_links as select 'Ada Neri' as owner_name, 'ada@owner.example' as owner_email;
    create table raw.crm__contacts as
    select * from (values
        ('1', 'old.ann@a.example', '+39 333 1234567'), ('1', 'ann@a.example', '02 555 12 34'),
        ('2', 'bo@b.example', '02-5551234')
    ) contacts(id, email, phone);
"""


@pytest.fixture
def connection() -> duckdb.DuckDBPyConnection:
    connection = duckdb.connect()
    connection.execute(BUILT)
    return connection


@pytest.mark.parametrize("written", [" Ann@B.example ", "crm:1", "web:email:5f", "ann@a.example"])
def test_one_human_has_all_records_and_addresses(connection: duckdb.DuckDBPyConnection, written: str) -> None:
    found = resolve(connection, [CONTACTS, SourceTable("web", "forms", (), (), CONTACTS.columns)], written)
    # The address that an earlier export had is theirs; a shared mailbox and a phone that another has too are not.
    assert found.values == {
        ("record of crm", "1"),
        ("record of web", "email:5f"),
        # As the company's own register of disputes names them.
        ("record of reference", "crm:1"),
        ("record of reference", "web:email:5f"),
        (EMAIL, "ann@a.example"),
        (EMAIL, "ann@b.example"),
        (EMAIL, "old.ann@a.example"),
        (NAME, "ann maria rossi"),
        (PHONE, "331234567"),
    }
    assert found.person_ids == {"crm:1", "web:email:5f"}


def test_a_name_that_others_have_is_known_as_such(connection: duckdb.DuckDBPyConnection) -> None:
    assert (SHARED_NAME, "bo verdi") in resolve(connection, [CONTACTS], "crm:2").values


def test_what_no_build_knows_is_what_was_written(connection: duckdb.DuckDBPyConnection) -> None:
    assert resolve(connection, [CONTACTS], "new@a.example") == Person(frozenset({(EMAIL, "new@a.example")}))
    assert resolve(duckdb.connect(), [CONTACTS], "crm:7") == Person(
        frozenset({("record of crm", "7"), ("record of reference", "crm:7")})
    )


@pytest.mark.parametrize(
    ("written", "reason"),
    [
        ("info@a.example", "2 persons have that address: crm:1, crm:2; give the id of one of them"),
        ("ada@owner.example", "this is the address of an owner of leads"),
        ("crm:3", "this is the address of an owner of leads"),
        ("Ann Rossi", "'Ann Rossi' is not an e-mail address, and not an id as pages show it"),
        ("shop:1", "not an id as pages show it"),
        ("a b@c.example", "'a b@c.example' is not an e-mail address"),
        ("ads:9", "systems/ads/staging/_ads__sources.yml: no column has `person`"),
    ],
)
def test_others_are_refused(connection: duckdb.DuckDBPyConnection, written: str, reason: str) -> None:
    with pytest.raises(PersonError, match="nothing was changed") as error:
        resolve(connection, [CONTACTS, LEADS], written)
    assert reason in str(error.value)
