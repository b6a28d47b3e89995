"""The parts of the Dagster project: it loads without output, and everything declared is in it."""

import subprocess
import sys
from collections import Counter

import dagster as dg
import pytest
import yaml
from dagster._core.definitions.assets.graph.asset_graph import AssetGraph
from dagster._core.definitions.freshness import CronFreshnessPolicy

from orchestration import settings
from orchestration.lib.agreement.guards import GUARDS
from orchestration.lib.company.folder import open_company
from orchestration.lib.source_tables import SourceTable

MODELS = settings.DBT_PROJECT / "models"
COPY = dg.AssetKey(["published", "copy"])


def key(*path: str) -> dg.AssetKey:
    return dg.AssetKey(list(path))


def published(manifest: dict) -> list[tuple[str, str]]:
    """Schema and name of every mart and report."""
    models = [node for node in manifest["nodes"].values() if node["resource_type"] == "model"]
    return [(node["schema"], node["name"]) for node in models if node["schema"] in ("marts", "reports")]


def test_it_loads_without_output(place: settings.Settings) -> None:
    load = "from orchestration.definitions import defs; defs().resolve_asset_graph()"
    result = subprocess.run([sys.executable, "-c", load], capture_output=True, text=True, cwd=settings.PROJECT)
    assert (result.returncode, result.stdout, result.stderr) == (0, "", "")


def test_every_job_can_be_resolved(definitions: dg.Definitions) -> None:
    for name in ("build", "notify", "review_quarter", "review_half_year"):
        assert definitions.resolve_job_def(name).executor_def is dg.in_process_executor


def test_no_asset_is_a_phantom(graph: AssetGraph) -> None:
    """A wrong key in deps would make an asset that nothing materialises."""
    assert [each.to_user_string() for each in graph.get_all_asset_keys() if not graph.get(each).is_materializable] == []


def test_sources_and_assets_are_the_same(place: settings.Settings, graph: AssetGraph, manifest: dict) -> None:
    declared = {
        key(source["name"], table["name"])
        for path in place.project.glob("models/staging/*/_*__sources.yml")
        for source in yaml.safe_load(path.read_text())["sources"]
        for table in source["tables"]
    }
    models = {key(*names) for names in published(manifest)}
    others = {
        COPY,
        key("closing", "newly_closed"),
        key("published", "site"),
        key("published", "kept"),
        key("reviews", "quarter"),
        key("reviews", "half_year"),
    }
    assert declared == set(graph.get_all_asset_keys()) - models - others


def test_every_asset_has_a_group_of_its_layer_owners_and_a_description(graph: AssetGraph, manifest: dict) -> None:
    groups = {(node["schema"], node["name"]): node["config"]["group"] for node in manifest["nodes"].values()}
    layers = {"closing": "raw_closing", "published": "published", "reviews": "reviews"}
    for asset in graph.get_all_asset_keys():
        node = graph.get(asset)
        layer, name = asset.path
        area = f"{layer}_{groups[layer, name]}" if layer in ("marts", "reports") else layers.get(layer, f"raw_{layer}")
        assert node.group_name == area, asset
        assert node.owners, asset
        assert node.description, asset


def test_what_is_published_must_be_of_this_morning(graph: AssetGraph) -> None:
    with_policy = {asset.path[-1] for asset in graph.get_all_asset_keys() if graph.get(asset).freshness_policy}
    assert with_policy == {"copy", "site"}
    policy = graph.get(COPY).freshness_policy
    assert isinstance(policy, CronFreshnessPolicy)
    assert (policy.deadline_cron, policy.timezone) == ("0 7 * * *", "Europe/Rome"), "after every_morning, on our clock"


def test_every_source_table_is_checked_on_arrival(
    definitions: dg.Definitions, graph: AssetGraph, tables: list[SourceTable]
) -> None:
    checked = {check.asset_key for check in graph.asset_check_keys if check.name == "arrival"}
    assert checked == {key(table.system, table.name) for table in tables}
    for check in graph.asset_check_keys:
        if check.name == "arrival":
            assert graph.get_check_spec(check).blocking, check


def test_a_system_whose_first_file_arrives_while_the_project_is_loaded_is_not_passed_over(
    place: settings.Settings, tables: list[SourceTable], monkeypatch: pytest.MonkeyPatch
) -> None:
    from orchestration.defs.ingestion import assets

    company = open_company(place.company, tables, settings.EXAMPLES)
    assert list(assets.unread(company)) == []
    without = {system: each for system, each in assets.tables_by_system().items() if system != "surveys"}
    monkeypatch.setattr(assets, "tables_by_system", lambda: without)
    (message,) = assets.unread(company)
    assert message.startswith(f"{place.company}/exports/surveys: not read, because it is new; start `smarketing run`")


def test_closing_a_month_and_the_published_copy_wait_for_every_mart_and_report(graph: AssetGraph) -> None:
    """No reader sees a month as closed before its figures are kept."""
    models = {key(room, path.stem) for room in ("marts", "reports") for path in (MODELS / room).rglob("*.sql")}
    closing = key("closing", "newly_closed")
    assert graph.get(closing).parent_keys == models
    assert graph.get(COPY).parent_keys == {*models, closing}


@pytest.mark.parametrize("guard", GUARDS)
def test_the_published_copy_waits_for_every_guard(graph: AssetGraph, guard: str) -> None:
    """Each guard can block: the version of the agreement in force determines whether it does."""
    assert graph.get_check_spec(dg.AssetCheckKey(key("reports", "rpt_guard_results"), guard)).blocking
    assert key("reports", "rpt_guard_results") in graph.get(COPY).parent_keys


def test_the_data_tests_of_each_model_are_one_check_of_it(graph: AssetGraph, manifest: dict) -> None:
    tests = [node for node in manifest["nodes"].values() if node["resource_type"] == "test"]
    tested = {manifest["nodes"][node["attached_node"]]["name"] for node in tests if node["attached_node"]}
    checks = [check.asset_key.path[-1] for check in graph.asset_check_keys if check.name == "data_tests"]
    assert "fct_commitments" in tested
    assert sorted(checks) == sorted(name for _, name in published(manifest) if name in tested)


def data_tests(manifest: dict, *kinds: str) -> list[tuple[str, dict]]:
    """The table of each data test of these kinds, and its node."""
    tests = [node for node in manifest["nodes"].values() if node["resource_type"] == "test"]
    return [
        (node["attached_node"] or node["depends_on"]["nodes"][0], node)
        for node in tests
        if node["test_metadata"]["name"] in kinds
    ]


def reads_upstream_only(manifest: dict, table: str, test: dict) -> bool:
    """Whether all that the test reads is its table and what that is made of."""
    upstream, found = {table}, [table]
    while found:
        found = [each for each in manifest["parent_map"].get(found.pop(), []) if each not in upstream] + found
        upstream.update(found)
    return set(test["depends_on"]["nodes"]) <= upstream


def test_a_failing_requirement_stops_all_that_is_made_of_its_table(manifest: dict) -> None:
    """dbt lets a model wait for a data test only if all that the test reads is upstream of the model."""
    held = data_tests(manifest, "holds")
    assert len(held) > 300
    assert [test["name"] for table, test in held if not reads_upstream_only(manifest, table, test)] == []


def test_a_table_has_one_data_test_of_all_requirements_that_can_be_in_it(manifest: dict) -> None:
    """Each node of dbt costs as much as the query of a small table."""
    tables = Counter(table for table, _ in data_tests(manifest, "holds"))
    assert [table for table, tests in tables.items() if tests > 1] == []
    apart = data_tests(manifest, "ties_to", "keys_exist")
    assert len(apart) > 50
    assert [test["name"] for table, test in apart if reads_upstream_only(manifest, table, test)] == []


def test_a_published_model_waits_for_all_that_it_is_made_of(graph: AssetGraph, manifest: dict) -> None:
    """The models in between are not assets: the published model's inputs are what they read."""
    parents = graph.get(key("reports", "rpt_open_clocks")).parent_keys
    assert key("marts", "fct_commitments") in parents
    raw = {each for each in graph.get(key("marts", "dim_person")).parent_keys if each.path[0] == "hubspot"}
    assert key("hubspot", "contacts") in raw
    assert all(graph.get(key(*names)).parent_keys for names in published(manifest) if names[0] == "reports")


def test_schedules_are_off_until_someone_turns_them_on(definitions: dg.Definitions) -> None:
    schedules = definitions.get_repository_def().schedule_defs
    assert {schedule.name for schedule in schedules} == {
        "every_morning",
        "every_quarter",
        "every_quarter_hour",
    }
    assert all(schedule.default_status == dg.DefaultScheduleStatus.STOPPED for schedule in schedules)
    sensors = definitions.get_repository_def().sensor_defs
    assert {(sensor.name, sensor.job_name) for sensor in sensors} == {("new_copy", "notify")}
    assert all(sensor.default_status == dg.DefaultSensorStatus.STOPPED for sensor in sensors)
    morning = definitions.resolve_schedule_def("every_morning")
    assert (morning.job_name, morning.cron_schedule) == ("build", "0 5 * * *")


def test_nothing_is_reported_to_anyone() -> None:
    dbt = yaml.safe_load((settings.DBT_PROJECT / "dbt_project.yml").read_text())
    dagster = yaml.safe_load((settings.PROJECT / "dagster.yaml").read_text())
    environment = settings.read_settings().environment()
    assert dbt["flags"]["send_anonymous_usage_stats"] is False
    assert dagster["telemetry"]["enabled"] is False
    assert dagster["nux"]["enabled"] is False
    assert environment["DAGSTER_DISABLE_TELEMETRY"] == "yes"
    assert environment["DBT_SEND_ANONYMOUS_USAGE_STATS"] == "false"
    assert environment["GX_ANALYTICS_ENABLED"] == "false"
