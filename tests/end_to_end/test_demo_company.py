"""The demo company from export files to pages, by the commands that a user types; and what goes wrong on the way."""

import os
import shutil
import signal
import subprocess
import time
from pathlib import Path

import duckdb
import pytest

from tests.end_to_end.conftest import COMMAND, PROJECT, Built, build, dump, smarketing

pytestmark = [pytest.mark.end_to_end, pytest.mark.xdist_group("demo")]


def test_the_run_says_where_everything_is(demo: Built) -> None:
    for page in ("board.html", "reviews/2026-Q3.html", "reviews/2026-H1.html", "current/smarketing.duckdb"):
        assert str(demo.published / page) in demo.output
        assert (demo.published / page).is_file()


def test_the_agreement_holds_the_worked_example(demo: Built) -> None:
    needed = demo.query(
        "select stage, needed, round(lead_value, 1) from marts.dim_target "
        "where revenue_stream = 'small_business' and lead_type = 'website_form' order by step_number desc"
    )
    assert needed == [
        ("customer", 250, 128.2),
        ("opportunity", 1087, 128.2),
        ("sql", 1326, 128.2),
        ("mql", 3900, 128.2),
    ]
    outbound = "revenue_stream = 'small_business' and lead_type = 'outbound_prospecting' and step_number = 1"
    assert demo.query(f"select needed, round(lead_value) from marts.dim_target where {outbound}") == [(2674, 187.0)]


def test_every_row_of_every_file_is_accounted_for(demo: Built) -> None:
    loads = demo.query("select file, status, records, rows_loaded + rows_set_apart from marts.fct_loads")
    assert len(loads) == 15
    assert all(status == "loaded" and records == accounted for _, status, records, accounted in loads)


def test_nothing_personal_is_published(demo: Built) -> None:
    with duckdb.connect(demo.home / "warehouse.duckdb", read_only=True) as warehouse:
        emails = {
            row[0] for row in warehouse.execute("select email from raw.hubspot__contacts where email != ''").fetchall()
        }
    assert emails
    published = {value for rows in dump(demo.copy).values() for row in rows for value in row if isinstance(value, str)}
    assert not emails & published
    assert not any("@" in value for value in published)


def test_parquet_holds_the_same_as_the_copy(demo: Built) -> None:
    for name, rows in dump(demo.copy).items():
        parquet = demo.copy.parent / "parquet" / f"{name}.parquet"
        assert demo.query(f"from read_parquet('{parquet}') order by all") == rows


def test_a_second_run_changes_nothing(demo_copy: Built) -> None:
    before = dump(demo_copy.copy)
    again = build(demo_copy.company, demo_copy.home)
    assert dump(again.copy) == before


def test_an_earlier_as_of_knows_nothing_of_what_came_later(demo_copy: Built) -> None:
    result = smarketing(
        "run", "--company", demo_copy.company, "--home", demo_copy.home, "--as-of", "2026-03-31T22:00:00"
    )
    assert result.returncode == 0, result.stdout + result.stderr
    latest = "select max(entered_at) <= timestamp '2026-03-31 22:00' from marts.fct_stage_transitions"
    assert demo_copy.query(latest) == [(True,)]
    assert demo_copy.query("select as_of = timestamp '2026-03-31 22:00' from marts.dim_build") == [(True,)]
    assert demo_copy.query("select count(*) > 0 from marts.fct_left_out_rows where reason = 'after the as-of'") == [
        (True,)
    ]


@pytest.mark.parametrize("moment", ["hubspot/contacts", "dbt: building"])
def test_a_killed_build_leaves_the_copy_and_the_next_run_completes(demo: Built, demo_copy: Built, moment: str) -> None:
    expected = dump(demo.copy)
    # New content in every file, so that the killed run has something to do: a blank line changes no row.
    for path in (demo_copy.company / "exports").rglob("*.csv"):
        path.write_bytes(path.read_bytes() + b"\n")
    arguments = ["run", "--company", str(demo_copy.company), "--home", str(demo_copy.home)]
    process = subprocess.Popen([*COMMAND, *arguments], stdout=subprocess.PIPE, text=True, cwd=PROJECT)
    assert process.stdout
    for line in process.stdout:
        if moment in line:
            break
    time.sleep(3 if moment.startswith("dbt") else 0)
    assert demo_copy.query("select count(*) from marts.fct_journeys")  # while the build is running
    os.kill(process.pid, signal.SIGKILL)
    process.wait()
    assert dump(demo_copy.copy) == expected
    assert dump(build(demo_copy.company, demo_copy.home).copy) == expected


def test_a_label_that_the_definitions_do_not_know_stops_the_publishing(demo_copy: Built) -> None:
    before = dump(demo_copy.copy)
    labels = demo_copy.company / "reference" / "stage_labels.csv"
    labels.write_text("".join(line for line in labels.read_text().splitlines(True) if "Recycled" not in line))
    result = smarketing("run", "--company", demo_copy.company, "--home", demo_copy.home)
    assert result.returncode == 1
    assert "stage_labels_are_known" in result.stdout
    assert "label Recycled" in result.stdout
    assert "readers keep the last good copy" in result.stderr
    assert dump(demo_copy.copy) == before


def test_a_failing_test_of_dbt_stops_the_publishing(demo_copy: Built) -> None:
    before = dump(demo_copy.copy)
    rates = demo_copy.company / "reference" / "currency_rates.csv"
    rates.write_text("".join(line for line in rates.read_text().splitlines(True) if not line.startswith("GBP")))
    result = smarketing("run", "--company", demo_copy.company, "--home", demo_copy.home)
    assert result.returncode == 1
    assert "fct_opportunities" in result.stdout
    assert "Traceback" not in result.stdout + result.stderr
    assert dump(demo_copy.copy) == before


def test_broken_files_are_refused_by_name_with_what_to_do(demo_copy: Built) -> None:
    hubspot = demo_copy.company / "exports" / "hubspot"
    before = dump(demo_copy.copy)
    calls = (hubspot / "calls.csv").read_bytes()
    (hubspot / "calls.csv").write_bytes(calls.replace(b"\n", "\nB\xe9,".encode("latin-1"), 1))
    users = (hubspot / "users.csv").read_text()
    (hubspot / "users.csv").write_text(users.replace("User ID", "Nickname", 1))
    with (PROJECT / "seeds" / "exports" / "hubspot" / "companies.csv").open() as companies:
        lines = companies.readlines()
    lines[10] = '"a","row","too","short"\n'
    (hubspot / "companies.csv").write_text("".join(lines))
    (hubspot / "deals.csv").write_bytes(b"PK\x03\x04" + b"\x00" * 200)

    result = smarketing("run", "--company", demo_copy.company, "--home", demo_copy.home)

    assert result.returncode == 1
    output = result.stdout + result.stderr
    assert "Traceback" not in output
    messages = {
        name: next(line for line in output.splitlines() if f"{name}.csv" in line)
        for name in ("calls", "users", "companies", "deals")
    }
    assert "UTF-8" in messages["calls"]
    assert "line 2" in messages["calls"]
    assert "user_id" in messages["users"]
    assert "User ID" in messages["users"]
    assert "Nickname" in messages["users"]
    assert "line 11" in messages["companies"]
    assert "cells" in messages["companies"]
    assert "Excel" in messages["deals"]
    assert dump(demo_copy.copy) == before


def test_one_broken_row_is_set_apart_and_the_rest_is_published(demo_copy: Built) -> None:
    path = demo_copy.company / "exports" / "hubspot" / "contacts.csv"
    lines = path.read_text().splitlines(True)
    lines.insert(5, "only,three,cells\n")
    path.write_text("".join(lines))
    again = build(demo_copy.company, demo_copy.home)
    assert "1 row(s) set apart, first at line 6" in again.output
    assert again.query("select rows_set_apart from marts.fct_loads where file = 'contacts.csv'") == [(1,)]
    assert "contacts.csv" in (again.published / "board.html").read_text()


def test_an_agreement_that_contradicts_itself_is_refused_before_anything_is_built(demo_copy: Built) -> None:
    agreement = demo_copy.company / "agreements" / "2025-10.yml"
    agreement.write_text(agreement.read_text().replace("share_of_quota: 0.65", "share_of_quota: 0.60"))
    result = smarketing("run", "--company", demo_copy.company, "--home", demo_copy.home)
    assert result.returncode == 2
    assert "2025-10.yml line 14: revenue_streams.small_business" in result.stderr
    assert "add up to 0.95" in result.stderr
    assert "Traceback" not in result.stderr


def test_a_folder_that_is_no_company_is_refused(tmp_path: Path) -> None:
    result = smarketing("run", "--company", tmp_path, "--home", tmp_path / "home")
    assert result.returncode == 2
    assert "exports/" in result.stderr
    assert "Traceback" not in result.stderr


def test_two_companies_do_not_share_a_warehouse(demo_copy: Built, tmp_path: Path) -> None:
    other = tmp_path / "other"
    shutil.copytree(demo_copy.company, other)
    result = smarketing("run", "--company", other, "--home", demo_copy.home)
    assert result.returncode == 2
    assert str(demo_copy.company) in result.stderr


def test_an_older_period_can_be_reviewed(demo_copy: Built) -> None:
    result = smarketing("review", "2026-Q1", "--company", demo_copy.company, "--home", demo_copy.home)
    assert result.returncode == 0, result.stderr
    assert (demo_copy.published / "reviews" / "2026-Q1.html").is_file()
    too_early = smarketing("review", "2026-Q4", "--company", demo_copy.company, "--home", demo_copy.home)
    assert too_early.returncode == 2
    assert "2026-Q3" in too_early.stderr


def test_dbt_build_works_by_itself(demo_copy: Built) -> None:
    environment = os.environ | {
        "SMARKETING_WAREHOUSE": str(demo_copy.home / "warehouse.duckdb"),
        "DBT_TARGET_PATH": str(demo_copy.home / "dbt-by-itself"),
    }
    dbt = str(Path(COMMAND[0]).parent / "dbt")
    result = subprocess.run(
        [dbt, "build"], cwd=PROJECT / "dbt_project", env=environment, capture_output=True, text=True
    )
    assert result.returncode == 0, result.stdout[-3000:]
    assert "Completed successfully" in result.stdout
    assert " 0 error" in result.stdout.lower() or "ERROR=0" in result.stdout
