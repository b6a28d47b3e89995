"""The command as a whole: its verbs, what it imports, and how it ends."""

import subprocess
import sys
from pathlib import Path

import duckdb
import pytest

from orchestration import version
from orchestration.cli import VERBS, _load
from tests.tables import fill
from tests.unit.commands.companies import make_company, make_home, smarketing

HEAVY = ("dagster", "dbt", "duckdb", "great_expectations", "pydantic", "starlette", "yaml")


def test_every_verb_is_one_file_that_explains_itself() -> None:
    folder = Path(__file__).parents[3] / "orchestration" / "commands"
    shared = {"__init__", "arguments", "check_reference", "endings", "jobs", "preparing"}
    assert {path.stem for path in folder.glob("*.py")} - shared == set(VERBS)
    overview = smarketing("--help").stdout
    for verb, line in VERBS.items():
        assert f"  {verb} " in overview
        assert line.split()[0] in overview
        command = _load(verb)
        assert command.help
        assert [each.name for each in command.params if not getattr(each, "help", "")] == []
        assert smarketing(verb, "--help").exit_code == 0


def test_a_question_about_the_command_loads_nothing_heavy() -> None:
    code = "import sys, atexit; from orchestration.cli import app; "
    code += "atexit.register(lambda: print(*sys.modules, file=sys.stderr)); app()"
    for question in ("--version", "--help"):
        done = subprocess.run([sys.executable, "-c", code, question], capture_output=True, text=True, check=True)
        assert not {name.split(".")[0] for name in done.stderr.split()} & set(HEAVY)
    assert smarketing("--version").stdout == f"smarketing {version()}\n"


def test_a_verb_is_loaded_without_what_only_a_review_computes_with() -> None:
    code = (
        "import sys; from orchestration.cli import VERBS, _load; [_load(verb) for verb in VERBS]; print(*sys.modules)"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert "scipy" not in done.stdout.split()


def test_the_same_words_in_all_verbs() -> None:
    texts: dict[str, set[str]] = {}
    for verb in VERBS:
        for option in _load(verb).params:
            texts.setdefault(str(option.name), set()).add(str(option.help))
    assert {name for name in ("home", "port") if len(texts[name]) > 1} == set()
    assert all("2026-Q3, 2026-H1, 2026-09 or 2026-07-01..2026-09-30" in text for text in texts["period"])


def test_status_of_a_build(tmp_path: Path) -> None:
    company = make_company(tmp_path / "acme")
    home = make_home(tmp_path / "home", company)
    result = smarketing("status", "--company", company, "--home", home)
    assert (result.exit_code, result.stderr) == (0, "")
    assert "as of       2026-07-03 02:00 Europe/Rome" in result.stdout


def test_status_names_the_review_that_is_due(tmp_path: Path) -> None:
    company = make_company(tmp_path / "acme")
    home = make_home(tmp_path / "home", company)
    assert "review due" not in smarketing("status", "--company", company, "--home", home).stdout
    reviews = [
        {"period_name": "2025-Q4", "due_date": "2026-01-01", "status": "missed"},
        {"period_name": "2026-Q1", "due_date": "2026-04-01", "status": "due"},
        {"period_name": "2026-Q2", "due_date": "2026-07-01", "status": "coming"},
    ]
    with duckdb.connect(home / "published" / "current" / "smarketing.duckdb") as connection:
        fill(connection, "marts.fct_reviews", reviews)
    shown = smarketing("status", "--company", company, "--home", home).stdout
    assert [line for line in shown.splitlines() if line.startswith("review due")] == [
        "review due  2026-Q1, since 2026-04-01: `smarketing review 2026-Q1`, then `smarketing decide`"
    ]


@pytest.mark.parametrize(
    ("result", "process", "ended", "code"),
    [
        ("published", 1, "published", 0),
        ("failed", 1, "failed: nothing of it is published", 1),
        ("stopped", 1, "stopped by Ctrl+C: nothing of it is published", 1),
        ("running", 1, "running (process 1)", 0),
        ("running", 2**22 + 1, "killed: nothing of it is published", 1),
    ],
)
def test_status_shows_the_end_of_the_last_build(
    result: str, process: int, ended: str, code: int, tmp_path: Path
) -> None:
    company = make_company(tmp_path / "acme")
    home = make_home(tmp_path / "home", company)
    started = '"started_at": "2026-07-03T05:00:00+00:00", "failures": ["dbt_models: no space"]'
    (home / "last_run.json").write_text(f'{{"result": "{result}", "process": {process}, {started}}}')
    shown = smarketing("status", "--company", company, "--home", home)
    assert shown.exit_code == code
    assert f"last build  2026-07-03 05:00 UTC, {ended}" in shown.stdout
    assert "dbt_models: no space" in shown.stdout
    assert (home / "last_run.json").read_text().startswith("{"), "a look changes nothing"


def test_only_the_owner_reads_what_is_not_published(tmp_path: Path) -> None:
    """Also a home of an earlier release, whose files have the permissions of its umask."""
    company = make_company(tmp_path / "acme")
    home = make_home(tmp_path / "home", company)
    for folder in ("logs", "dagster"):
        (home / folder).mkdir(mode=0o755)
    (home / "warehouse.duckdb").chmod(0o644)
    smarketing("notify", "--company", company, "--home", home)
    for name in ("warehouse.duckdb", "logs", "dagster", "store", "tasks", "project", "in_use.lock"):
        assert (home / name).stat().st_mode & 0o077 == 0, name
    assert (home / "published").stat().st_mode & 0o055 == 0o055
