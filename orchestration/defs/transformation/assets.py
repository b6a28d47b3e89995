"""The models that dbt publishes as assets, and one check per model: that all its data tests pass.

Belongs here: dbt's nodes in Dagster; intermediate models are not assets. Running dbt is in lib/warehouse/dbt.py;
the models, their contracts and tests are in dbt_project/ and systems/.
"""

import json
from collections import Counter
from collections.abc import Iterator
from typing import Any

import dagster as dg
from dagster_dbt import DagsterDbtTranslator

from orchestration import settings
from orchestration.defs.resources import SETTINGS
from orchestration.lib.company.company_file import is_by_spark
from orchestration.lib.warehouse.dbt import DbtError, NodeResult, build
from orchestration.lib.warehouse.manifest import ManifestError, manifest_path, reached_nodes, rendered_place
from orchestration.progress import check_text

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
# The asset of each data test. Other tests (of sources and intermediate models) are reported only if they fail.
TESTED = {
    key: KEYS[node["attached_node"]]
    for key, node in NODES.items()
    if node["resource_type"] == "test" and node["attached_node"] in KEYS
}


def _made_of(node: str) -> set[dg.AssetKey]:
    """The published models and source tables that a model is built from, through intermediate models."""
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
    check_specs=[
        dg.AssetCheckSpec(CHECK, asset=key, description="All dbt data tests of the table: keys, relations, totals.")
        for key in sorted(set(TESTED.values()))
    ],
    can_subset=True,
)
def dbt_models(context: dg.AssetExecutionContext) -> Iterator[dg.MaterializeResult | dg.AssetCheckResult]:
    """`dbt build`; its own log is logs/dbt.log beside the warehouse."""
    omitted = ("unit_test", "exposure", "saved_query")
    arguments = [word for kind in omitted for word in ("--exclude-resource-type", kind)]
    if context.is_subset and not is_by_spark(SETTINGS.company):
        arguments += ["--select", *(f"+{key.path[-1]}" for key in context.selected_asset_keys)]
    asked = {check.asset_key for check in context.selected_asset_check_keys}
    expected = Counter(TESTED.values())
    results: dict[dg.AssetKey, list[NodeResult]] = {}
    failures: list[NodeResult] = []
    try:
        for node in _built(arguments):
            if node.stops:
                failures.append(node)
            if (key := TESTED.get(node.unique_id)) and key in asked:
                results.setdefault(key, []).append(node)
                if len(results[key]) == expected[key]:
                    yield _check(key, results.pop(key))
            elif node.success and (key := KEYS.get(node.unique_id)) and key in context.selected_asset_keys:
                yield dg.MaterializeResult(asset_key=key, metadata={"seconds": node.seconds})
    except (DbtError, ManifestError) as error:
        raise dg.Failure(str(error), allow_retries=False) from error
    # After a failure some tests of a model were not run.
    for key, nodes in results.items():
        yield _check(key, nodes)
    if failures:
        unreported = [line for node in failures if TESTED.get(node.unique_id) not in asked for line in _lines(node)]
        lines = [f"{len(failures)} of dbt's models and tests failed", *unreported]
        raise dg.Failure("\n".join(lines), allow_retries=False)


def _built(arguments: list[str]) -> Iterator[NodeResult]:
    """The nodes, by the engine that company.yml names; Spark always builds all of them."""
    places = (SETTINGS.project, SETTINGS.dbt_target, SETTINGS.logs)
    if not is_by_spark(SETTINGS.company):
        yield from build(*places, arguments, rendered=rendered_place(SETTINGS.dbt_target, settings.PARSED))
        return
    # The environment of Spark alone has what they import.
    from orchestration.lib.lake.build import build_and_test
    from orchestration.lib.lake.session import java_home

    options = settings.read_spark_options()
    settings.use_for_spark(java_home(SETTINGS.lake / "java"), options)
    project, target, logs = places
    yield from build_and_test(SETTINGS.warehouse, project, SETTINGS.lake, options, target, logs)


def _lines(node: NodeResult) -> tuple[str, ...]:
    """The lines that report a failure: the faults that a test logged, or dbt's message."""
    return node.faults or (f"{NODES[node.unique_id]['name']}: {node.message}",)


def _check(key: dg.AssetKey, nodes: list[NodeResult]) -> dg.AssetCheckResult:
    """The check of one model from the results of its tests."""
    failed = [node for node in nodes if not node.success]
    return dg.AssetCheckResult(
        asset_key=key,
        check_name=CHECK,
        passed=not failed,
        severity=dg.AssetCheckSeverity.ERROR if any(node.stops for node in failed) else dg.AssetCheckSeverity.WARN,
        description=check_text(line for node in failed for line in _lines(node)),
        metadata={"tests": len(nodes), "failed": len(failed)},
    )


def source_spec(system: str, table: str, area: str = "sources", **more: Any) -> dg.AssetSpec:
    """A source table, with the text of its declaration and the owners of an area."""
    key = dg.AssetKey([system, table])
    more = {"description": SOURCE_TEXTS[key], "kinds": {"duckdb"}} | more
    return dg.AssetSpec(key, group_name=f"raw_{system}", owners=OWNERS[area], **more)


def published_models() -> list[dg.AssetKey]:
    """The keys of all marts and reports."""
    return list(KEYS.values())
