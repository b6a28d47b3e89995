"""Builds each company once per session, by the command that a user types, in a warehouse of its own."""

import fcntl
import os
import shutil
import subprocess
import sys
from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

import duckdb
import pytest

from tests.command import PROJECT, run_forked
from tests.end_to_end.few_rows import write_few_rows
from tests.end_to_end.from_raw import opened

SHARED_DATA = PROJECT.parent / "shared" / "data"
COMMAND = [str(Path(sys.executable).parent / "smarketing")]


@dataclass(frozen=True)
class Built:
    """A company's folder, its warehouse folder, and what the run printed."""

    company: Path
    home: Path
    output: str

    @property
    def published(self) -> Path:
        return self.home / "published"

    @property
    def site(self) -> Path:
        return self.published / "site"

    @property
    def copy(self) -> Path:
        return self.published / "current" / "smarketing.duckdb"

    def query(self, sql: str) -> list[tuple]:
        with duckdb.connect(self.copy, read_only=True) as connection:
            return connection.execute(sql).fetchall()


def smarketing(*arguments: str | Path) -> subprocess.CompletedProcess:
    """Run the command to its end."""
    # Two warehouses make two keys, and ids that hold a hash of an e-mail would differ between them.
    return run_forked([*map(str, arguments)], os.environ | {"SMARKETING_EMAIL_KEY": "the key of the tests"})


def build(company: Path, home: Path) -> Built:
    result = smarketing("run", "--company", company, "--home", home)
    assert result.returncode == 0, result.stdout + result.stderr
    assert "Traceback" not in result.stdout + result.stderr
    return Built(company, home, result.stdout)


def dump(copy: Path) -> dict[str, list[tuple]]:
    """Every published table, sorted."""
    with duckdb.connect(copy, read_only=True) as connection:
        tables = connection.execute("select schema_name, table_name from duckdb_tables() order by all").fetchall()
        return {
            f"{schema}.{table}": connection.execute(f'from "{schema}"."{table}" order by all').fetchall()
            for schema, table in tables
        }


def differences(before: dict[str, list[tuple]], after: dict[str, list[tuple]]) -> dict[str, list[tuple]]:
    """The first rows of each table that are in one of the dumps only."""
    found = {}
    for table in before.keys() | after.keys():
        if before.get(table) == after.get(table):
            continue
        rows = Counter(before.get(table, []))
        rows.subtract(after.get(table, []))
        changed = [(count, *row) for row, count in rows.items() if count]
        if changed or (table in before) != (table in after):
            found[table] = changed[:3]
    return found


def built_once(factory: pytest.TempPathFactory, name: str, write: Callable[[Path], Path]) -> Built:
    """A company, written and built by the first of the test workers that asks for it; the others wait."""
    folder = factory.getbasetemp()
    folder = folder.parent if "PYTEST_XDIST_WORKER" in os.environ else folder
    printed = folder / f"{name}.txt"
    with (folder / f"{name}.lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        if not printed.exists():
            built = build(write(folder / f"{name}-company"), folder / name)
            printed.write_text(f"{built.company}\n{built.output}")
    company, output = printed.read_text().split("\n", 1)
    return Built(Path(company), folder / name, output)


def copied(built: Built, folder: Path) -> Built:
    """A company and its warehouse, copied, so that a test can break them."""
    company, home = folder / "company", folder / "home"
    shutil.copytree(built.company, company)
    shutil.copytree(built.home, home, symlinks=True)
    (home / "company.txt").write_text(f"{company}\n")
    return Built(company, home, built.output)


@pytest.fixture(scope="session")
def demo(tmp_path_factory: pytest.TempPathFactory) -> Built:
    """The demo company. Only read it."""
    return built_once(tmp_path_factory, "demo", lambda _: PROJECT / "seeds")


@pytest.fixture(scope="session")
def few(tmp_path_factory: pytest.TempPathFactory) -> Built:
    """A company of few rows (few_rows.py). Only read it."""
    return built_once(tmp_path_factory, "few", write_few_rows)


@pytest.fixture
def demo_copy(demo: Built, tmp_path: Path) -> Built:
    """The demo company, to break it."""
    return copied(demo, tmp_path)


@pytest.fixture
def few_copy(few: Built, tmp_path: Path) -> Built:
    """The company of few rows, to break it."""
    return copied(few, tmp_path)


@pytest.fixture(scope="module")
def raw(demo: Built) -> Iterator[duckdb.DuckDBPyConnection]:
    """The demo company's exports, for SQL of a test's own."""
    with opened(demo.home, demo.copy) as connection:
        yield connection


def real_data(pattern: str) -> list[Path]:
    """The folders of a real data set beside the project; other sets of the same kind are taken as well."""
    return sorted(SHARED_DATA.glob(pattern))


def chromium() -> str | None:
    """The browser of the distribution, or the one that CHROMIUM names."""
    names = [os.environ.get("CHROMIUM"), "chromium", "chromium-browser", "google-chrome"]
    return next((path for name in names if name and (path := shutil.which(name))), None)


@pytest.fixture(scope="session")
def browser() -> Iterator:
    """The Chromium of this machine, headless and without any network request of its own."""
    from playwright.sync_api import sync_playwright

    quiet = ["--no-sandbox", "--disable-gpu", "--no-first-run", "--disable-background-networking"]
    with sync_playwright() as playwright:
        opened = playwright.chromium.launch(executable_path=chromium(), args=[*quiet, "--disable-component-update"])
        yield opened
        opened.close()
