"""What dbt publishes as assets, and one check a model: that all its data tests hold.

Belongs here: what dbt's nodes are to Dagster; models in between are dbt's own. Running dbt is lib/warehouse/dbt.py;
the models, their contracts and tests are dbt_project/ and systems/.
"""

import json
from collections import Counter
from collections.abc import Iterator
from typing import Any

import dagster as dg
from dagster_dbt import DagsterDbtTranslator

from orchestration.defs.resources import SETTINGS
from orchestration.lib.warehouse.dbt import DbtError, NodeResult, build
from orchestration.lib.warehouse.manifest import manifest_path, reached_nodes

CHECK = "data_tests"
PUBLISHED = ("marts", "reports")
MANIFEST: dict[str, Any] = json.loads(manifest_path(SETTINGS.project).read_text())
NODES: dict[str, dict[str, Any]] = MANIFEST["nodes"]
TRANSLATOR = DagsterDbtTranslator()
KEYS = {
    key: TRANSLATOR.get_asset_key(node)
    for key, node in NODES.items()
    if node["resource_type"] == "model" and node["schema"] in PUBLISHED
}
SOURCES = {key: TRANSLATOR.get_asset_key(source) for key, source in MANIFEST["sources"].items()}
# What the YAML states of each source table, and which teams decide what an area's figures mean.
SOURCE_TEXTS = {SOURCES[key]: source["description"] for key, source in MANIFEST["sources"].items()}
OWNERS = {
    group["name"]: [f"team:{team}" for team in group["owner"]["name"].split(" and ")]
    for group in MANIFEST["groups"].values()
}
# The asset of each data test. What others test (sources, models in between) is said where it fails.
TESTED = {
    key: KEYS[node["attached_node"]]
    for key, node in NODES.items()
    if node["resource_type"] == "test" and node["attached_node"] in KEYS
}


def _made_of(node: str) -> set[dg.AssetKey]:
    """The published models and source tables that a model is made of, through the models in between."""
    parents: dict[str, list[str]] = MANIFEST["parent_map"]
    ends = KEYS | SOURCES
    between = reached_nodes(parents[node], parents, stop=ends)
    return {ends[parent] for each in (node, *between) for parent in parents[each] if parent in ends}


def _spec(node: str) -> dg.AssetSpec:
    """A published model behind what it is made of, in the group of its layer and area, with the owners of the area."""
    spec = TRANSLATOR.get_asset_spec(MANIFEST, node, project=None)
    area = NODES[node]["config"]["group"]
    group = f"{NODES[node]['schema']}_{area}"
    return spec.replace_attributes(deps=sorted(_made_of(node)), group_name=group, owners=OWNERS[area])


@dg.multi_asset(
    name="dbt_models",
    specs=[_spec(node) for node in KEYS],
    check_specs=[dg.AssetCheckSpec(CHECK, asset=key) for key in sorted(set(TESTED.values()))],
    can_subset=True,
)
def dbt_models(context: dg.AssetExecutionContext) -> Iterator[dg.MaterializeResult | dg.AssetCheckResult]:
    """`dbt build`; its own words go to logs/dbt.log beside the warehouse."""
    arguments = ["--exclude-resource-type", "unit_test", "--exclude-resource-type", "exposure"]
    if context.is_subset:
        arguments += ["--select", *(f"+{key.path[-1]}" for key in context.selected_asset_keys)]
    asked = {check.asset_key for check in context.selected_asset_check_keys}
    waiting = Counter(TESTED.values())
    told: dict[dg.AssetKey, list[NodeResult]] = {}
    failures: list[NodeResult] = []
    try:
        for node in build(SETTINGS.project, SETTINGS.dbt_target, SETTINGS.logs, arguments):
            if node.stops:
                failures.append(node)
            if (key := TESTED.get(node.unique_id)) and key in asked:
                told.setdefault(key, []).append(node)
                if len(told[key]) == waiting[key]:
                    yield _check(key, told.pop(key))
            elif node.success and (key := KEYS.get(node.unique_id)) and key in context.selected_asset_keys:
                yield dg.MaterializeResult(asset_key=key, metadata={"seconds": node.seconds})
    except DbtError as error:
        raise dg.Failure(str(error), allow_retries=False) from error
    # Behind a failure some tests of a model were not run.
    for key, nodes in told.items():
        yield _check(key, nodes)
    if failures:
        untold = [line for node in failures if TESTED.get(node.unique_id) not in asked for line in _lines(node)]
        raise dg.Failure("\n".join([f"{len(failures)} of dbt's models and tests failed", *untold]), allow_retries=False)


def _lines(node: NodeResult) -> tuple[str, ...]:
    """What to say of a failure: the faults that a test names by itself, or dbt's message."""
    return node.faults or (f"{NODES[node.unique_id]['name']}: {node.message}",)


def _check(key: dg.AssetKey, nodes: list[NodeResult]) -> dg.AssetCheckResult:
    """The check of one model from the results of its tests."""
    broken = [node for node in nodes if not node.success]
    return dg.AssetCheckResult(
        asset_key=key,
        check_name=CHECK,
        passed=not broken,
        severity=dg.AssetCheckSeverity.ERROR if any(node.stops for node in broken) else dg.AssetCheckSeverity.WARN,
        description="\n".join(line for node in broken for line in _lines(node)) or None,
        metadata={"tests": len(nodes), "broken": len(broken)},
    )


def source_spec(system: str, table: str, area: str = "sources", **more: Any) -> dg.AssetSpec:
    """A source table, with the text of its declaration and the owners of an area."""
    key = dg.AssetKey([system, table])
    more = {"description": SOURCE_TEXTS[key], "kinds": {"duckdb"}} | more
    return dg.AssetSpec(key, group_name=f"raw_{system}", owners=OWNERS[area], **more)


def published_models() -> list[dg.AssetKey]:
    """The keys of all marts and reports."""
    return list(KEYS.values())
