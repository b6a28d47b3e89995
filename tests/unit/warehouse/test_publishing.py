"""Publishing: what is copied, and that a reader never sees half of a copy, even if the writer is killed."""

import os
import shutil
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import duckdb
import pytest

from orchestration.lib.warehouse import publishing
from orchestration.lib.warehouse.manifest import Description
from orchestration.lib.warehouse.publishing import current_copy, publish

# Answers each line of its input with the content of the table, from one connection that stays open.
READ = """
import duckdb, sys
connection = duckdb.connect(sys.argv[1], read_only=True)
for line in sys.stdin:
    print(connection.execute("select value from marts.facts").fetchall(), flush=True)
"""


def query(file: Path, sql: str) -> list[tuple]:
    # By the target of the link: in one process DuckDB would confuse the link with the copy that it has open.
    with duckdb.connect(file.resolve(), read_only=True) as connection:
        return connection.execute(sql).fetchall()


@pytest.fixture
def warehouse(tmp_path: Path) -> Path:
    folder = tmp_path / "Anna's company"
    folder.mkdir()
    path = folder / "warehouse.duckdb"
    with duckdb.connect(path) as connection:
        for schema in ("raw", "staging", "intermediate", "marts", "reports"):
            connection.execute(f"create schema {schema}; create table {schema}.facts as select 1 as value, 'x' as text")
        connection.execute('create table marts."order" as select * from range(1000) t(number)')
        connection.execute(
            "create table reports.money as select 1.10::decimal(18, 2) as amount, now()::timestamp as at_"
        )
        connection.execute("create table reports.empty (value integer)")
    return path


@pytest.fixture
def published(warehouse: Path) -> Path:
    return warehouse.parent / "published"


@pytest.fixture
def change(warehouse: Path) -> Callable[[int], None]:
    def to(value: int) -> None:
        with duckdb.connect(warehouse) as connection:
            connection.execute(f"update marts.facts set value = {value}")

    return to


def test_marts_and_reports_only(warehouse: Path, published: Path) -> None:
    rows = publish(warehouse, published)
    assert rows == {"marts.facts": 1, "marts.order": 1000, "reports.empty": 0, "reports.facts": 1, "reports.money": 1}
    tables = query(current_copy(published), "select schema_name || '.' || table_name from duckdb_tables() order by 1")
    assert [table for (table,) in tables] == list(rows)


def test_parquet_and_duckdb_have_the_same_content(warehouse: Path, published: Path) -> None:
    rows = publish(warehouse, published)
    folder = current_copy(published).parent / "parquet"
    assert sorted(path.name for path in folder.iterdir()) == [f"{table}.parquet" for table in rows]
    for table in rows:
        schema, name = table.split(".")
        copy = duckdb.connect(current_copy(published).resolve(), read_only=True).table(f'{schema}."{name}"')
        parquet = duckdb.read_parquet(str(folder / f"{table}.parquet"))
        assert (parquet.columns, parquet.types) == (copy.columns, copy.types)
        assert parquet.fetchall() == copy.fetchall()


def test_the_descriptions_are_comments_in_duckdb_and_metadata_in_parquet(warehouse: Path, published: Path) -> None:
    facts = Description("One row per fact.", {"value": "The fact's value.", "text": "Text; 'quoted'."})
    of_later = Description("", {**facts.columns, "later": "A column that the next build makes."})
    publish(warehouse, published, {"marts.facts": facts, "reports.facts": of_later})
    copy = current_copy(published)
    of_table = "select comment from duckdb_tables() where schema_name || '.' || table_name = 'marts.facts'"
    of_columns = "select column_name, comment from duckdb_columns() where schema_name = 'marts' and comment <> ''"
    assert query(copy, of_table) == [("One row per fact.",)]
    assert dict(query(copy, of_columns)) == facts.columns
    path = str(copy.parent / "parquet" / "marts.facts.parquet").replace("'", "''")
    found = query(copy, f"select decode(key), decode(value) from parquet_kv_metadata('{path}')")
    assert dict(found) == {
        "description": "One row per fact.",
        "description:value": "The fact's value.",
        "description:text": "Text; 'quoted'.",
    }


def test_a_table_that_the_project_no_longer_has_is_not_published(warehouse: Path, published: Path) -> None:
    """A home that an earlier version built still has tables under their old names, which would never change again."""
    rows = publish(warehouse, published, {"marts.facts": Description("One row per fact.", {})})
    assert list(rows) == ["marts.facts"]
    assert query(current_copy(published), "select count(*) from duckdb_tables()") == [(1,)]


def test_a_reader_keeps_the_old_copy_and_the_next_one_gets_the_new(
    warehouse: Path, published: Path, change: Callable[[int], None]
) -> None:
    publish(warehouse, published)
    command = [sys.executable, "-c", READ, str(current_copy(published))]
    with subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True, bufsize=1) as reader:
        assert reader.stdin is not None
        assert reader.stdout is not None
        for value in (1, 2, 3):
            change(value)
            publish(warehouse, published)
            reader.stdin.write("read\n")
            assert reader.stdout.readline() == "[(1,)]\n"
            assert query(current_copy(published), "select value from marts.facts") == [(value,)]


@pytest.mark.parametrize("step", ["_copy", "_sync"])
def test_a_failed_copy_does_not_replace_the_old_one(
    warehouse: Path, published: Path, change: Callable[[int], None], monkeypatch: pytest.MonkeyPatch, step: str
) -> None:
    publish(warehouse, published)
    change(2)

    def killed(*arguments: object) -> None:
        raise KeyboardInterrupt

    with monkeypatch.context() as patched:
        patched.setattr(publishing, step, killed)
        with pytest.raises(KeyboardInterrupt):
            publish(warehouse, published)
    assert query(current_copy(published), "select value from marts.facts") == [(1,)]
    # The next copy replaces the incomplete one.
    publish(warehouse, published)
    assert query(current_copy(published), "select value from marts.facts") == [(2,)]


def test_a_run_killed_before_the_swap_leaves_nothing_behind(
    warehouse: Path, published: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    publish(warehouse, published)

    def killed(*arguments: object) -> None:
        raise KeyboardInterrupt

    with monkeypatch.context() as patched:
        patched.setattr(os, "replace", killed)
        with pytest.raises(KeyboardInterrupt):
            publish(warehouse, published)
    assert (published / "current").readlink() == Path("copies/000001")
    (published / "copies" / "000007").mkdir()
    publish(warehouse, published)
    assert sorted(path.name for path in published.iterdir()) == ["copies", "current", "current.txt"]
    assert sorted(path.name for path in (published / "copies").iterdir()) == ["000001", "000002"]


def test_a_first_run_killed_before_the_swap_leaves_nothing_behind(warehouse: Path, published: Path) -> None:
    (published / "copies" / "000001" / "parquet").mkdir(parents=True)
    publish(warehouse, published)
    assert [path.name for path in (published / "copies").iterdir()] == ["000001"]


def test_what_others_have_put_there_stays(warehouse: Path, published: Path) -> None:
    publish(warehouse, published)
    for folder in (published, published / "copies", published / "copies" / "000001"):
        (folder / ".DS_Store").write_text("x")
    (published / "copies" / "a note.txt").write_text("x")
    (published / "copies" / "kept").mkdir()
    publish(warehouse, published)
    found = sorted(path.name for path in (published / "copies").iterdir())
    assert found == [".DS_Store", "000001", "000002", "a note.txt", "kept"]
    assert (published / "current").readlink() == Path("copies/000002")


def test_a_home_that_was_copied_without_its_links_is_published_again(
    warehouse: Path, published: Path, tmp_path: Path
) -> None:
    publish(warehouse, published)
    copied = tmp_path / "copied"
    shutil.copytree(published, copied)
    assert not (copied / "current").is_symlink()
    publish(warehouse, copied)
    assert (copied / "current").readlink() == Path("copies/000002")
    (copied / "current").unlink()
    (copied / "current").symlink_to("copies/elsewhere", target_is_directory=True)
    publish(warehouse, copied)
    assert (copied / "current").readlink() == Path("copies/000003")


def test_old_copies_are_deleted_except_those_in_use(warehouse: Path, published: Path) -> None:
    for _ in range(5):
        publish(warehouse, published)
    assert sorted(path.name for path in (published / "copies").iterdir()) == ["000003", "000004", "000005"]
    assert (published / "current").readlink() == Path("copies/000005")


def test_other_files_stay(warehouse: Path, published: Path) -> None:
    (published / "reviews").mkdir(parents=True)
    (published / "board.html").write_text("board")
    publish(warehouse, published)
    assert (published / "board.html").read_text() == "board"
    assert (published / "reviews").is_dir()


def test_without_a_warehouse_nothing_is_published(published: Path) -> None:
    with pytest.raises(duckdb.IOException):
        publish(published.parent / "nowhere.duckdb", published)
    assert not current_copy(published).exists()


def test_a_home_that_was_copied_without_links_has_its_copy(warehouse: Path, published: Path) -> None:
    """A cloud drive drops links; the file beside the link names the copy until the next run."""
    publish(warehouse, published)
    publish(warehouse, published)
    (published / "current").unlink()
    assert current_copy(published) == published / "copies" / "000002" / "smarketing.duckdb"
    assert query(current_copy(published), "select value from marts.facts") == [(1,)]
    (published / "current.txt").write_text("../warehouse.duckdb\n")
    assert current_copy(published) == published / "current" / "smarketing.duckdb", "only a copy is published"


def test_the_copy_before_goes_when_less_of_emails_is_published(warehouse: Path, published: Path) -> None:
    def publish_as(**columns: str | None) -> list[str]:
        with duckdb.connect(warehouse) as connection:
            connection.execute(
                "create or replace table marts.dim_person as select ?::varchar as email, ?::varchar as email_hash",
                [columns.get("email"), columns.get("email_hash")],
            )
        publish(warehouse, published)
        return sorted(path.name for path in (published / "copies").iterdir())

    assert publish_as(email="ann@a.example") == ["000001"]
    assert publish_as(email="ann@a.example") == ["000001", "000002"]
    assert publish_as(email_hash="5f") == ["000003"]
    assert publish_as(email_hash="5f") == ["000003", "000004"]
    assert publish_as() == ["000005"]
    assert publish_as(email="ann@a.example") == ["000005", "000006"]
