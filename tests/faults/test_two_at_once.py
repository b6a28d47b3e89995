"""Two runs at once, a reader who holds the copy, and exports of many files or columns."""

import shutil
import time
from collections.abc import Callable
from pathlib import Path

import duckdb
import pytest

from tests.end_to_end.conftest import Built, build, differences, dump
from tests.faults.homes import copy_home, double_rows, exports, faults_of, make_company, verb
from tests.faults.undisturbed import start, write_state

SECTION = "Two at once"


@pytest.mark.faults
def test_a_second_run_and_a_reader_who_holds_the_copy(
    built: Built, tmp_path: Path, figures: Callable[[str, str, object], None]
) -> None:
    home = copy_home(built, tmp_path / "home")
    company = shutil.copytree(built.company, tmp_path / "company")
    (home.home / "company.txt").write_text(f"{company}\n")
    write_state(company, 1)
    answers: list[float] = []
    with duckdb.connect(home.copy, read_only=True) as reader:
        before = reader.execute("select count(*) from marts.dim_person").fetchall()
        first = start(company, home.home)
        assert first.stdout
        for line in first.stdout:
            if any(each in line for each in ("loading Dagster", "checking the files", "dbt: building", "writing")):
                began = time.monotonic()
                second = verb("run", company, home.home)
                answers.append(time.monotonic() - began)
                assert second.returncode == 1
                assert second.stderr.count("\n") == 1
                assert f"`smarketing run` (PID {first.pid}, since " in second.stderr
        assert first.wait() == 0
        assert reader.execute("select count(*) from marts.dim_person").fetchall() == before
    figures(SECTION, "second runs refused", len(answers))
    figures(SECTION, "seconds of the slowest answer", max(answers))
    assert len(answers) == 4
    assert max(answers) < 1
    assert (
        len(duckdb.connect(home.copy, read_only=True).execute("from marts.dim_person").fetchall()) == before[0][0] + 1
    )
    shutil.rmtree(home.home)


@pytest.mark.faults
def test_a_second_run_that_waits(built: Built, tmp_path: Path, figures: Callable[[str, str, object], None]) -> None:
    home = copy_home(built, tmp_path / "home")
    first = start(built.company, home.home)
    assert first.stdout
    assert any("loading Dagster" in line for line in first.stdout)
    second = verb("run", built.company, home.home, "--wait")
    assert (first.wait(), second.returncode, faults_of(second)) == (0, 0, [])
    assert differences(dump(built.copy), dump(home.copy)) == {}
    assert double_rows(home.home) == []
    figures(SECTION, "runs that waited for another", 1)
    shutil.rmtree(home.home)


@pytest.mark.faults
def test_two_hundred_files_are_as_one(
    built: Built, tmp_path: Path, figures: Callable[[str, str, object], None]
) -> None:
    files = exports()
    header, *rows = files.pop("hubspot/contacts.csv").splitlines(keepends=True)
    for number in range(200):
        files[f"hubspot/contacts {number:03}.csv"] = header + rows[number % len(rows)]
    began = time.monotonic()
    many = build(make_company(tmp_path / "company", files), tmp_path / "home")
    figures(SECTION, "seconds of a run of 200 files", time.monotonic() - began)
    tables = ("marts.dim_person", "marts.fct_journeys", "marts.fct_opportunities", "marts.fct_commitments")
    mine, one = dump(many.copy), dump(built.copy)
    assert {name: rows for name, rows in differences(one, mine).items() if name in tables} == {}
    began = time.monotonic()
    again = build(many.company, many.home)
    figures(SECTION, "seconds of the run after it, nothing is new", time.monotonic() - began)
    assert differences(mine, dump(again.copy)) == {}
    shutil.rmtree(many.home)


@pytest.mark.faults
def test_two_thousand_columns(built: Built, tmp_path: Path, figures: Callable[[str, str, object], None]) -> None:
    files = exports()
    more = [f"Custom property {number}" for number in range(2000)]
    header, *rows = files["hubspot/contacts.csv"].splitlines()
    wide = [f"{header},{','.join(more)}", *(f"{row},{','.join(f'v{n}' for n in range(2000))}" for row in rows)]
    files["hubspot/contacts.csv"] = "\n".join(wide) + "\n"
    began = time.monotonic()
    home = build(make_company(tmp_path / "company", files), tmp_path / "home")
    figures(SECTION, "seconds of a run of 2,000 columns more", time.monotonic() - began)
    found = differences(dump(built.copy), dump(home.copy))
    assert set(found) <= {"marts.fct_loads", "reports.rpt_data_quality_issues"}, found.keys()
    [(undeclared,)] = home.query("select undeclared_columns from marts.fct_loads where file = 'contacts.csv'")
    assert "Custom property 1999" in undeclared or "more" in undeclared
    shutil.rmtree(home.home)
