"""The walk of docs/your-own-data.md, followed literally: its commands, its files, and the output that it shows."""

import os
import re
import subprocess
from pathlib import Path

import duckdb
import pytest

from tests.end_to_end.conftest import PROJECT

pytestmark = [pytest.mark.end_to_end, pytest.mark.slow]
PAGE = PROJECT / "docs" / "your-own-data.md"
BLOCK = re.compile(r"^```(sh stops|sh|text)\n(.*?)^```$", re.MULTILINE | re.DOTALL)


def shell(folder: Path, command: str) -> subprocess.CompletedProcess:
    """Run one line of a shell in a folder; the warehouse of a run is there and not in the project."""
    command = command.replace(" run --company velo", f" run --company velo --home {folder / 'home'}")
    return subprocess.run(["bash", "-c", command], cwd=folder, env=os.environ, capture_output=True, text=True)


@pytest.fixture(scope="module")
def walked(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The folder in which the page has been followed to its end: what it names of the project is linked there."""
    folder = tmp_path_factory.mktemp("walk")
    for name in (".venv", "docs"):
        (folder / name).symlink_to(PROJECT / name)
    printed = ""
    for kind, text in BLOCK.findall(PAGE.read_text()):
        if kind == "text":
            missing = [line for line in text.splitlines() if line.strip() not in printed]
            assert missing == [], printed
            continue
        result = shell(folder, text)
        printed = result.stdout + result.stderr
        assert result.returncode == (2 if kind == "sh stops" else 0), printed
        assert "Traceback" not in printed
    return folder


def query(walked: Path, sql: str) -> list[tuple]:
    copy = walked / "home" / "published" / "current" / "smarketing.duckdb"
    with duckdb.connect(copy, read_only=True) as connection:
        return connection.execute(sql).fetchall()


def test_the_walk_reaches_the_pages(walked: Path) -> None:
    site = walked / "home" / "published" / "site"
    assert "velo" in (site / "data.html").read_text()
    assert "Club magazine" in (site / "sources.html").read_text()


def test_the_figures_are_those_of_the_files(walked: Path) -> None:
    assert query(walked, "select count(*) from marts.dim_person") == [(12,)]
    deals = "select status, count(*), sum(amount), min(created_at) from marts.fct_opportunities group by 1 order by 1"
    assert [(status, count, float(amount)) for status, count, amount, _ in query(walked, deals)] == [
        ("lost", 2, 3160.5),
        ("open", 2, 5000.0),
        ("won", 3, 3710.0),
    ]
    assert query(walked, "select currency_code, sum(amount) from marts.fct_ad_spend group by 1")[0][0] == "EUR"
    # 09:12 in Rome in January; the fifth of January and not the first of May.
    first = "select cast(min(created_at) as varchar) from marts.dim_person"
    assert query(walked, first) == [("2026-01-05 08:12:00",)]


def test_the_deal_that_is_older_than_its_lead_is_shown(walked: Path) -> None:
    negative = (
        "select from_event, negative_row_count, row_count from marts.fct_negative_durations order by 2 desc limit 1"
    )
    assert query(walked, negative) == [("person created", 1, 7)]
    assert "1 of 7 records run backwards" in re.sub(
        r"\s+", " ", (walked / "home" / "published" / "site" / "data.html").read_text()
    )


def test_a_second_call_changes_nothing_and_an_edited_file_is_safe(walked: Path) -> None:
    command = next(text for kind, text in BLOCK.findall(PAGE.read_text()) if kind == "sh" and " source " in text)
    model = walked / "velo" / "systems" / "velo" / "staging" / "stg_velo__persons.sql"
    again = shell(walked, command)
    assert again.returncode == 0, again.stderr
    assert "wrote" not in again.stdout
    model.write_text(model.read_text() + "-- ours\n")
    edited = shell(walked, command)
    assert edited.returncode == 2
    assert str(model.relative_to(walked)) in edited.stderr
    assert model.read_text().endswith("-- ours\n")
