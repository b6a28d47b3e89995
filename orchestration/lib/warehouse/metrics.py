"""The metrics of models/semantic as a page: docs/metrics.md, and `smarketing docs --metrics`.

Belongs here: the text of the page. Does not belong here: the metrics (dbt_project/models/semantic), and what a key
figure is (dbt_project/seeds/known_kpis.csv).
"""

from collections.abc import Sequence
from pathlib import Path
from typing import Any

import yaml

TOP = """\
# The metrics

The key figures ([kpis.md](kpis.md)) as metrics of MetricFlow, for questions that no page has: by any period, by several
dimensions at once, with filters. They are in `dbt_project/models/semantic`, above `fct_kpi_cases` and other facts, and
have the values of `fct_kpis`: a test compares them on the demo. `smarketing docs --metrics` prints this page.

```bash
make run                              # builds the warehouse of the demo, with its dbt project
make metrics                          # sets up MetricFlow in .venv-mf, once
cd warehouse/seeds/project            # in another home: <home>/project
MF=../../../.venv-mf/bin/mf
$MF list metrics
$MF query --saved-query revenue_by_month_and_stream
$MF query --metrics win_rate --group-by metric_time__fiscal_quarter,revenue_stream
$MF query --metrics revenue --group-by metric_time__month --start-time 2026-01-01 --csv revenue.csv
$MF query --metrics revenue --explain # shows the SQL
```

MetricFlow opens the warehouse itself, so not while a run writes it. Without a case there is no row. A metric has no
interval, no number of cases and nothing of what is unknown: those are in `fct_kpis`, and a share of few cases means
little. It divides by a negative sum too, where `fct_kpis` has no value.
"""
QUERIES = """\
## Saved queries
| question | command |
|---|---|
"""
METRICS = """\
## Key figures
By `metric_time__month`, or by `metric_time__fiscal_quarter`, which is a quarter of `dim_date`; without a time it is
`all` of `fct_kpis`. What dates a case, and what is unknown of it, is in `dim_kpi`. A part that nobody knows is
`unknown`. An `owner` is an ID; `owner__owner_name` is the name.

Where there is one by quarter, the other one is by month alone: the two compare different periods, or different ends.
The leads that became customers within 90 days have no value without a time while one lead is younger than that.
"""
PARTS = """\
## What they are made of
Sums, to combine with a filter: `mf query --metrics kpi_case_total --where "{{ Dimension('kpi_case__kpi') }} = 'nps'"`.

| metric | what |
|---|---|
"""


def read_semantics(project: Path) -> dict[str, list[dict[str, Any]]]:
    """Read the semantic models, the metrics and the saved queries of a dbt project, in the order of their files."""
    found: dict[str, list[dict[str, Any]]] = {"semantic_models": [], "metrics": [], "saved_queries": []}
    for path in sorted((project / "models/semantic").glob("*.yml")):
        for kind, entries in yaml.safe_load(path.read_text(encoding="utf-8")).items():
            if kind in found:
                found[kind] += entries
    return found


def formula(kpi: dict[str, str]) -> str:
    """Return the definition as dim_kpi has it."""
    return " / ".join(filter(None, (kpi["numerator"], kpi["denominator"])))


def metrics_page(project: Path, kpis: Sequence[dict[str, str]]) -> str:
    """Return the page of a dbt project's metrics and the rows of known_kpis, in Markdown."""
    semantics = read_semantics(project)
    queries = [f"| {each['label']} | `mf query --saved-query {each['name']}` |" for each in semantics["saved_queries"]]
    totals = [each for each in semantics["metrics"] if each["name"].endswith("_total")]
    parts = [f"| `{each['name']}` | {each['description']} |" for each in totals]
    names = {each["name"] for each in semantics["metrics"]}
    return "\n".join(
        [
            TOP,
            QUERIES + "\n".join(queries) + "\n",
            METRICS,
            *(_section(kpi, names) for kpi in kpis if kpi["metric"]),
            PARTS + "\n".join(parts) + "\n",
            *_without(kpis),
        ]
    )


def _section(kpi: dict[str, str], names: set[str]) -> str:
    name = kpi["metric"]
    quarter = f"{name}_quarter"
    axes = [f"`{axis}`" for axis in kpi["axes"].split("|") if axis]
    facts = ", ".join(f"`{fact}`" for fact in kpi["facts"].split(", "))
    by = "fiscal_quarter" if quarter in names else "month"
    lines = [
        f"### {kpi['label']}",
        f"`{name}`" + (f", by quarter `{quarter}`" if quarter in names else "") + f": {formula(kpi)}.\n",
        f"- Team: {kpi['team']}. Unit: {kpi['unit']}. By: {', '.join(['time', *axes])}. From: {facts}.",
        f"- `mf query --metrics {quarter if quarter in names else name} --group-by metric_time__{by}`",
    ]
    return "\n".join(lines) + "\n"


def _without(kpis: Sequence[dict[str, str]]) -> list[str]:
    lines = [f"- {kpi['label']} (`{kpi['kpi']}`): {kpi['without_metric']}" for kpi in kpis if not kpi["metric"]]
    return ["## Without a metric\n" + "\n".join(lines) + "\n"] if lines else []
