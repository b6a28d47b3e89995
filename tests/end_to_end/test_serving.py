"""A company that serves its marts from PostgreSQL: a run loads the real server, and a wrong address costs no copy."""

import tempfile
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import quote

import duckdb
import pytest

from orchestration.lib.serving.postgres import VARIABLE, read_address
from orchestration.lib.warehouse.postgres import attached
from tests.end_to_end.conftest import Built, build, differences, dump, smarketing
from tests.postgres import PASSWORD, USER, running

pytestmark = [pytest.mark.end_to_end, pytest.mark.slow]


@pytest.fixture
def url() -> Iterator[str]:
    with tempfile.TemporaryDirectory(ignore_cleanup_errors=True) as folder, running(Path(folder)) as server:
        yield f"postgresql://{USER}:{quote(PASSWORD, safe='')}@127.0.0.1:{server.port}/postgres"


def test_a_second_run_serves_every_table_with_its_rows_and_changes_none(
    few_copy: Built, url: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    (few_copy.company / "company.yml").write_text("serving: postgres\n")
    monkeypatch.setenv(VARIABLE, url)
    before = dump(few_copy.copy)
    again = build(few_copy.company, few_copy.home)
    assert "published/postgres" in again.output
    assert PASSWORD not in again.output
    assert differences(before, dump(again.copy)) == {}
    with attached(read_address(url), read_only=True) as (connection, server):
        connection.execute(f"attach '{again.copy}' as copy (read_only)")
        tables = connection.execute(
            "select schema_name, table_name from duckdb_tables() where database_name = 'copy' and not internal"
        ).fetchall()
        assert len(tables) > 150
        for schema, table in tables:
            theirs, ours = f"{server}.smarketing.{table}", f"copy.{schema}.{table}"
            both = f"((from {theirs} except all from {ours}) union all (from {ours} except all from {theirs}))"
            assert connection.execute(f"from {both}").fetchall() == [], table
        connection.execute("detach copy")
        keys = f"from postgres_query('{server}', 'select contype::text, count(*) from pg_constraint group by 1')"
        kinds = dict(connection.execute(keys).fetchall())
    assert kinds["p"] > 60
    assert kinds["f"] > 60


@pytest.mark.campaign
def test_without_an_address_the_copy_is_published_and_the_run_says_what_is_missing(
    few_copy: Built, monkeypatch: pytest.MonkeyPatch
) -> None:
    (few_copy.company / "company.yml").write_text("serving: postgres\n")
    monkeypatch.delenv(VARIABLE, raising=False)
    before = few_copy.copy.resolve()
    result = smarketing("run", "--company", few_copy.company, "--home", few_copy.home)
    assert result.returncode == 1
    assert f"company.yml has serving: postgres, and {VARIABLE} is not set" in result.stdout + result.stderr
    assert "Published, but not all that is made of it" in result.stderr
    assert few_copy.copy.resolve() != before
    with duckdb.connect(few_copy.copy, read_only=True) as connection:
        assert connection.execute("select count(*) > 0 from marts.dim_person").fetchall() == [(True,)]
