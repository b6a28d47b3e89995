"""Readers of a real PostgreSQL server while it is loaded, their role, loads that fail, and mistakes in words."""

import threading
from pathlib import Path
from urllib.parse import quote

import duckdb
import pytest

from orchestration.lib.serving import postgres
from orchestration.lib.serving.postgres import READER, ServingError, read_address, serve
from orchestration.lib.warehouse.postgres import Address, attached
from tests.postgres import PASSWORD, Server
from tests.unit.serving.small_copy import MANIFEST, asked, changed, served

pytestmark = pytest.mark.slow


def test_readers_of_twenty_loads_see_whole_builds_and_no_error(address: Address, copy: Path) -> None:
    """Each build has its number in every row of both tables; three readers join them all the time."""
    changed(copy, "alter table marts.dim_owner add column build integer default 0")
    changed(copy, "alter table marts.fct_leads add column build integer default 0")
    changed(
        copy, "insert into marts.fct_leads select i, 'crm:1', 1, 1, true, null, null, 1, 0 from range(3, 5000) t(i)"
    )
    serve(copy, MANIFEST, address)
    done, seen, errors = threading.Event(), [], []
    query = (
        "select min(l.build) as a, max(l.build) as b, min(o.build) as c, max(o.build) as d, count(lead_id) as e "
        "from smarketing.fct_leads as l full join smarketing.dim_owner as o using (owner_id)"
    )

    def read() -> None:
        with asked(address) as ask:
            while not done.is_set():
                try:
                    seen.append(ask(query)[0])
                except duckdb.Error as error:
                    errors.append(str(error))

    readers = [threading.Thread(target=read) for _ in range(3)]
    for reader in readers:
        reader.start()
    try:
        for build in range(1, 21):
            changed(copy, f"update marts.dim_owner set build = {build}; update marts.fct_leads set build = {build}")
            assert serve(copy, MANIFEST, address).rows == {"dim_owner": 2, "fct_leads": 4999}
    finally:
        done.set()
        for reader in readers:
            reader.join()
    assert errors == []
    torn = [row for row in seen if len(set(row[:4])) != 1 or row[4] != 4999]
    assert torn == []
    assert len({row[0] for row in seen}) > 10, "they have read while it was loaded"


def test_the_reader_role_reads_and_does_not_write(address: Address, copy: Path, server: Server) -> None:
    serve(copy, MANIFEST, address)
    server.run("drop role if exists bi", "create role bi login password 'bi'", f"grant {READER} to bi")
    bi = Address(address.host, address.port, address.database, "bi", password="bi")
    with attached(bi, read_only=False) as (connection, name):
        count = f"from postgres_query('{name}', 'select count(*) from smarketing.fct_leads')"
        assert connection.execute(count).fetchall() == [(2,)]
        with pytest.raises(duckdb.Error, match="permission denied"):
            connection.execute(f"call postgres_execute('{name}', 'delete from smarketing.fct_leads')")
    changed(copy, "update marts.fct_leads set days = 9")
    with pytest.raises(ServingError, match="user 'bi' must not write there") as refused:
        serve(copy, MANIFEST, bi)
    assert "it had" in str(refused.value)


def test_a_load_that_fails_leaves_what_the_server_had(
    address: Address, copy: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    serve(copy, MANIFEST, address)
    before = served(address)
    changed(copy, "update marts.dim_owner set owner_name = 'x'; update marts.fct_leads set owner_id = 'nobody'")
    with pytest.raises(ServingError, match="foreign key constraint"):
        serve(copy, MANIFEST, address)
    assert str(served(address)) == str(before)
    replace = postgres._replace
    changed(copy, "update marts.fct_leads set owner_id = 'crm:1'")
    monkeypatch.setattr(postgres, "_replace", lambda *arguments: replace(*arguments[:3], arguments[3] + 1))
    with pytest.raises(ServingError, match="2 rows, and the published copy 3; nothing was changed"):
        serve(copy, MANIFEST, address)
    assert str(served(address)) == str(before)


def test_a_statement_that_the_server_ends_is_not_a_server_that_is_not_there(
    address: Address, copy: Path, server: Server
) -> None:
    serve(copy, MANIFEST, address)
    before = served(address)
    changed(copy, "insert into marts.fct_leads select i, null, 1, 1, true, null, null, 1 from range(3, 300000) t(i)")
    server.run(f"alter role {address.user} set statement_timeout = '50ms'")
    try:
        with pytest.raises(ServingError, match="'reader' that take longer than its statement_timeout") as refused:
            serve(copy, MANIFEST, address)
    finally:
        server.run(f"alter role {address.user} reset statement_timeout")
    assert "no PostgreSQL server answers" not in str(refused.value)
    assert 'alter role "reader" set statement_timeout = 0' in str(refused.value)
    assert str(served(address)) == str(before)


@pytest.mark.parametrize("kind", ["varchar[]", "map(varchar, integer)", "struct(a integer)"])
def test_a_type_without_one_of_the_server_is_named_with_its_column(address: Address, copy: Path, kind: str) -> None:
    serve(copy, MANIFEST, address)
    before = served(address)
    changed(copy, f"alter table marts.fct_leads add column labels {kind}")
    with pytest.raises(ServingError, match=r"^fct_leads\.labels is of type .*; give the model a row for each value"):
        serve(copy, MANIFEST, address)
    assert str(served(address)) == str(before)


@pytest.mark.parametrize(
    ("url", "reason"),
    [
        ("", "company.yml has serving: postgres, and SMARKETING_POSTGRES_URL is not set; set it to postgresql://"),
        ("mysql://a:hunter2@b/c", "SMARKETING_POSTGRES_URL is not an address; write postgresql://"),
        ("postgresql://a:hunter2@b:port/c", "SMARKETING_POSTGRES_URL is not an address; write postgresql://"),
        ("postgresql://:hunter2@b/c", "SMARKETING_POSTGRES_URL is not an address"),
        ("postgresql://reader:hunter2@127.0.0.1:{port}/postgres", "the server does not accept user 'reader'"),
        ("postgresql://reader:hunter2@127.0.0.1:1/postgres", "no PostgreSQL server answers at 127.0.0.1, port 1"),
        ("postgresql://reader:{password}@127.0.0.1:{port}/bi", "the server has no database 'bi'"),
    ],
)
def test_a_mistake_is_named_without_the_password(server: Server, copy: Path, url: str, reason: str) -> None:
    with pytest.raises(ServingError) as refused:
        serve(copy, MANIFEST, read_address(url.format(port=server.port, password=quote(PASSWORD, safe=""))))
    assert reason in str(refused.value)
    assert not any(secret in str(refused.value) for secret in ("hunter2", "cret"))
