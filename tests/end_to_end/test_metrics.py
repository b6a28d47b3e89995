"""The metrics of MetricFlow on the demo: each has the values of fct_kpis, and the saved queries answer."""

import csv
import json
import shutil
import subprocess
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

import duckdb
import pytest

from orchestration.lib.csv_files import seed_rows
from orchestration.lib.warehouse.metrics import read_semantics
from tests.command import PROJECT
from tests.end_to_end.conftest import Built

pytestmark = [pytest.mark.end_to_end, pytest.mark.slow]

DBT = PROJECT / "dbt_project"
BIN = PROJECT / ".venv-mf" / "bin"
TIMES = {"month": ["metric_time__month"], "quarter": ["metric_time__fiscal_quarter"], "all": []}
# The demo has no year before.
WITHOUT_VALUES = ["revenue_growth_year"]
# While one lead is young, its metric has nothing without a time; fct_kpis leaves out the young ones.
BY_TIME_ALONE = {"lead_to_customer_rate_90d", "survey_response_rate"}
PARTS = ("revenue_stream", "owner", "lead_type", "channel", "product", "territory")
AXES = {"all": [], **{axis: [axis] for axis in PARTS}}


@pytest.fixture(scope="module")
def project(demo: Built, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Path]:
    """The demo's dbt project beside a copy of its warehouse, and MetricFlow installed."""
    result = subprocess.run(["make", "metrics"], cwd=PROJECT, capture_output=True, text=True)
    assert result.returncode == 0, result.stdout + result.stderr
    home = tmp_path_factory.mktemp("metrics")
    shutil.copytree(demo.home / "project", home / "project", symlinks=True)
    shutil.copyfile(demo.copy, home / "warehouse.duckdb")
    yield home / "project"
    shutil.rmtree(home)


def questions() -> list[tuple[str, str, str, str]]:
    """KPI, period, axis, and the metric that has it."""
    names = {metric["name"] for metric in read_semantics(DBT)["metrics"]}
    found = []
    for kpi in seed_rows("known_kpis"):
        if not kpi["metric"]:
            continue
        periods = kpi["periods"].split("|")
        for period in periods[:2] if kpi["kpi"] in BY_TIME_ALONE else periods:
            quarterly = f"{kpi['metric']}_quarter"
            metric = quarterly if period == "quarter" and quarterly in names else kpi["metric"]
            axes = ["all", *filter(None, kpi["axes"].split("|"))]
            found += [(kpi["kpi"], period, axis, metric) for axis in axes]
    return found


def explained(project: Path, queries: list[dict]) -> list[str]:
    """The SQL that MetricFlow makes of them."""
    script = PROJECT / "tests" / "end_to_end" / "metric_queries.py"
    command = [BIN / "python", script, project / "target" / "semantic_manifest.json"]
    made = subprocess.run(command, input=json.dumps(queries), capture_output=True, text=True)
    assert made.returncode == 0, made.stderr
    return json.loads(made.stdout)


def values(connection: duckdb.DuckDBPyConnection, sql: str, *arguments: str) -> dict[tuple[str, ...], float]:
    """The last column by the others, where there is a value of a known date."""
    rows = connection.execute(sql, arguments).fetchall()
    known = [(key, value) for *key, value in rows if value is not None and None not in key]
    return {tuple(str(each).removesuffix(" 00:00:00") for each in key): float(value) for key, value in known}


def differing(given: dict, wanted: dict) -> dict[tuple[str, ...], tuple]:
    """What only one has, or the two have differently: by more than 1e-9 of it."""
    pairs = {key: (given.get(key), wanted.get(key)) for key in given.keys() | wanted.keys()}
    return {
        key: pair
        for key, pair in pairs.items()
        if None in pair or pair[0] != pytest.approx(pair[1], rel=1e-9, abs=1e-9)
    }


def test_each_metric_has_the_values_of_its_key_figure(project: Path) -> None:
    """By month, fiscal quarter and in all, each in all and by every axis: what has a value, and that value."""
    asked = questions()
    statements = explained(
        project,
        [
            {"metric_names": [metric], "group_by_names": TIMES[period] + AXES[axis] or None}
            for _, period, axis, metric in asked
        ],
    )
    found, compared = {}, Counter()
    with duckdb.connect(project.parent / "warehouse.duckdb", read_only=True) as connection:
        for (kpi, period, axis, _), sql in zip(asked, statements, strict=True):
            keys = "".join([*["period_date, "][: len(TIMES[period])], *["part, "][: len(AXES[axis])]])
            rows = "from marts.fct_kpis where kpi = ? and kpi_period = ? and axis = ?"
            wanted = values(connection, f"select {keys} value {rows}", kpi, period, axis)
            # A metric divides by a negative sum too, such as that of what invoices are less than their lines.
            divided = values(connection, f"select {keys} 1 {rows} and denominator <= 0", kpi, period, axis)
            given = {key: value for key, value in values(connection, sql).items() if key not in divided}
            if different := differing(given, wanted):
                found[kpi, period, axis] = different
            compared[kpi] += len(wanted)
    assert found == {}
    assert [kpi for kpi, count in compared.items() if not count] == WITHOUT_VALUES
    assert sum(compared.values()) > 4000


def test_a_difference_would_be_found() -> None:
    assert differing({("a",): 0.5}, {("a",): 0.5}) == {}
    assert differing({("a",): 0.5}, {("a",): 0.50000001}).keys() == {("a",)}
    assert differing({("a",): 0.0}, {("b",): 0.0}).keys() == {("a",), ("b",)}


def test_the_saved_queries_answer(project: Path, tmp_path: Path) -> None:
    """Each, and one of them by the command that docs/metrics.md shows, which has the same rows."""
    names = [each["name"] for each in read_semantics(DBT)["saved_queries"]]
    assert len(names) == 5
    statements = explained(project, [{"saved_query_name": name} for name in names])
    with duckdb.connect(project.parent / "warehouse.duckdb", read_only=True) as connection:
        rows = {name: connection.execute(sql).fetchall() for name, sql in zip(names, statements, strict=True)}
    assert [name for name in names if len(rows[name]) < 4] == []
    path = tmp_path / "rows.csv"
    command = [BIN / "mf", "query", "--saved-query", "win_rate_by_owner_and_quarter", "--csv", path]
    result = subprocess.run(command, cwd=project, capture_output=True, text=True)
    assert result.returncode == 0, result.stdout + result.stderr
    with path.open(newline="") as lines:
        assert len(list(csv.reader(lines))) == 1 + len(rows["win_rate_by_owner_and_quarter"])
