"""Each key figure is a metric of MetricFlow or has a reason for none; each metric is a key figure or a part of some.

That both have the same values is shown on the demo: tests/end_to_end/test_metrics.py.
"""

import copy
import re
from collections.abc import Callable
from typing import Any

import pytest
import typer.testing

from orchestration.cli import app
from orchestration.lib.csv_files import seed_rows
from orchestration.lib.warehouse.metrics import formula, read_semantics
from tests.conventions.test_models import DBT, PROJECT

KPIS = list(seed_rows("known_kpis"))
METRICS = read_semantics(DBT)["metrics"]


def chosen(metric: dict[str, Any]) -> set[str]:
    """The KPIs that a metric filters."""
    return set(re.findall(r"kpi_case__kpi'\) \}\} = '(\w+)'", str(metric.get("filter"))))


def faults(kpis: list[dict[str, str]], metrics: list[dict[str, Any]]) -> list[str]:
    """What one side has and the other has not, and what the two do not call the same."""
    found = []
    names = [metric["name"] for metric in metrics]
    wanted = {kpi["metric"]: kpi for kpi in kpis if kpi["metric"]}
    for kpi in kpis:
        if kpi["metric"] not in ("", kpi["kpi"]):
            found.append(f"{kpi['kpi']} has a metric of another name")
        if bool(kpi["metric"]) == bool(kpi["without_metric"]):
            found.append(f"{kpi['kpi']} needs a metric, or a reason for none")
    found += [f"{name} is not a metric" for name in wanted if name not in names]
    for metric in metrics:
        name = metric["name"]
        kpi = wanted.get(name.removesuffix("_quarter"))
        if name.endswith("_total"):
            continue
        if kpi is None or (name.endswith("_quarter") and kpi["metric"] not in names):
            found.append(f"{name} is not a KPI")
        elif (
            not metric["label"].startswith(kpi["label"]) or metric["description"].lower() != f"{formula(kpi)}.".lower()
        ):
            found.append(f"{name} is described differently")
        elif chosen(metric) - {kpi["kpi"]}:
            found.append(f"{name} filters another KPI")
    return found


def test_key_figures_and_metrics_are_the_same() -> None:
    assert len(KPIS) > 25
    assert faults(KPIS, METRICS) == []


def drop(entries: list, name: str) -> None:
    del entries[next(i for i, entry in enumerate(entries) if name in (entry.get("kpi"), entry.get("name")))]


def change(entries: list, name: str, **values: Any) -> None:
    next(entry for entry in entries if name in (entry.get("kpi"), entry.get("name"))).update(values)


@pytest.mark.parametrize(
    ("spoil", "fault"),
    [
        (lambda kpis, _: drop(kpis, "win_rate"), "win_rate is not a KPI"),
        (lambda _, metrics: drop(metrics, "win_rate"), "win_rate is not a metric"),
        (lambda kpis, _: change(kpis, "win_rate", metric=""), "win_rate needs a metric, or a reason for none"),
        (lambda _, metrics: change(metrics, "nps", description="Mean score."), "nps is described differently"),
        (lambda kpis, _: change(kpis, "nps", label="Score"), "nps is described differently"),
        (lambda _, metrics: change(metrics, "roas", filter="{{ Dimension('kpi_case__kpi') }} = 'nps'"), "roas filters"),
        (lambda _, metrics: metrics.append({"name": "guess"}), "guess is not a KPI"),
    ],
)
def test_a_difference_is_found(spoil: Callable[[list, list], None], fault: str) -> None:
    kpis, metrics = copy.deepcopy(KPIS), copy.deepcopy(METRICS)
    spoil(kpis, metrics)
    assert any(line.startswith(fault) for line in faults(kpis, metrics))


def test_metrics_read_facts_and_dimensions_alone() -> None:
    models = [model["model"] for model in read_semantics(DBT)["semantic_models"]]
    assert len(models) > 4
    assert [model for model in models if not re.fullmatch(r"ref\('(fct|dim)_\w+'\)", model)] == []


def test_the_page_of_metrics_is_what_the_command_prints() -> None:
    printed = typer.testing.CliRunner().invoke(app, ["docs", "--metrics"]).output
    assert (PROJECT / "docs" / "metrics.md").read_text() == printed
    assert all(f"`{metric['name']}`" in printed for metric in METRICS)
