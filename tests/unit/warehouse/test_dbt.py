"""A build in this process: the result of each node, the messages of data tests, and the released warehouse."""

import shutil
from pathlib import Path

import duckdb
import pytest

from orchestration.lib.warehouse.dbt import DbtError, NodeResult, build, docs_page
from orchestration.lib.warehouse.manifest import refresh_manifest
from orchestration.settings import DBT_PROJECT

pytestmark = pytest.mark.long

MODEL = """
-- made of {{ ref('owners') }} and {{ ref('origins') }}
select 1 as id, 'x' as kind, '7' as owner_id, 'a' as origin_id, 0.5 as share union all
select 1 as id, 'x' as kind, '8' as owner_id, '(none)' as origin_id, 0.4 as share union all
select null as id, 'y' as kind, null as owner_id, 'z' as origin_id, null as share
"""
PROPERTIES = """
models:
  - name: leads
    description: One row per lead.
    data_tests:
      - holds:
          arguments:
            unique: [id, [kind, owner_id]]
            not_null: [id, kind]
            accepted_values: {kind: [x]}
            keys: {owner_id: owners.id, origin_id: origins}
            except_values: ["(none)"]
            ties:
              - {expression: "count(*)", other: ref('owners'), condition: "kind = 'x'", other_condition: "id < '9'"}
              - {expression: "count(*)", other: ref('owners'), other_expression: "count(*) * 3"}
              - {name: the owner's id, expression: "max(owner_id::int)", other: ref('owners'), other_expression: "7"}
              - {name: the shares, expression: "sum(share)", other: "(select 1.0 as share)", tolerance: 0.05}
              - {name: round shares, expression: "sum(share)", other: "(select 1.0 as share)", tolerance: 0.1}
              - expression: "count(id)"
                other: "(select 1 as id) as ones"
                condition: "kind in (select 'x' from {{ ref('owners') }})"
  - name: owners
    data_tests:
      - holds: {arguments: {unique: [id], not_null: [id]}}
      - holds: {arguments: {accepted_values: {id: [8]}}, config: {severity: warn}, name: warning}
  - name: visits
    data_tests:
      - keys_exist: {arguments: {keys: {origin_id: owners.id, place: origins.origin_id}}}
      - ties_to:
          name: tied
          arguments: &five {expression: "count(*)", other: ref('owners'), other_expression: "5", excluded: leads}
      - ties_to: {name: untied, arguments: {<<: *five, excluded: persons}}
"""
FAULTS = {
    "leads: unique id fails, rows: 1",
    "leads: not_null id fails, rows: 1",
    "leads: accepted_values kind fails, rows: 1",
    "leads: owner_id in owners fails, rows: 1",
    "leads: origin_id in origins fails, rows: 1",
    "leads: count(*) [kind = 'x'] = count(*) of owners [id < '9']: 2 instead of 1",
    "leads: the owner's id: 8 instead of 7",
    "leads: the shares: 0.9 instead of 1.0",
    "leads: count(id) [kind in (select 'x' from owners)] = count(id) of (select 1 as id) as ones: 2 instead of 1",
    "visits: origin_id in owners fails, rows: 3",
    "visits: count(*) + excluded persons = 5 of owners: 3 instead of 5",
}
FILES = {
    "dbt_project.yml": "{name: small, version: 1.0.0, profile: small}",
    "models/leads.sql": "{{ config(materialized='table') }}" + MODEL,
    "models/owners.sql": "select '7' as id",
    "models/origins.sql": "select 'a' as origin_id union all select 'b' as origin_id union all select 'c' as origin_id",
    "models/visits.sql": "select origin_id, origin_id as place from {{ ref('origins') }}",
    "models/fct_excluded_rows.sql": "select 'leads' as entity, 2 as row_count",
    "models/behind.sql": "select count(*) as rows from {{ ref('leads') }}",
    "models/models.yml": PROPERTIES,
}


def refresh(project: Path) -> None:
    refresh_manifest(project, project.parent / "kept")


@pytest.fixture
def project(tmp_path: Path) -> Path:
    """A dbt project of a few models with the tests and materializations of the real one."""
    folder = tmp_path / "project"
    path = tmp_path / "warehouse.duckdb"
    profile = f"{{small: {{target: dev, outputs: {{dev: {{type: duckdb, path: '{path}', threads: 2}}}}}}}}"
    for name, text in (FILES | {"profiles.yml": profile}).items():
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_text(text)
    shutil.copytree(DBT_PROJECT / "tests" / "generic", folder / "tests" / "generic")
    shutil.copytree(DBT_PROJECT / "macros" / "data_tests", folder / "macros")
    shutil.copy(DBT_PROJECT / "macros" / "engine" / "materializations.sql", folder / "macros")
    refresh(folder)
    return folder


def run(project: Path) -> dict[str, NodeResult]:
    home = project.parent
    nodes = build(project, project / "target", home / "logs", ["--exclude-resource-type", "unit_test"])
    return {node.unique_id.split(".")[2].split("__")[0]: node for node in nodes}


def test_each_node_has_a_result_and_a_test_names_its_faults(project: Path) -> None:
    nodes = run(project)
    assert nodes["leads"].success
    assert nodes["owners"].success
    assert (nodes["warning"].success, nodes["warning"].stops) == (False, False)
    assert (nodes["tied"].success, nodes["untied"].success) == (True, False)
    failed = {line.split(".", 1)[1] for node in nodes.values() if node.stops for line in node.faults}
    assert failed == FAULTS
    assert "behind" not in nodes, "it was not run"
    assert "holds_leads" in (project.parent / "logs" / "dbt.log").read_text()


def test_a_relation_changes_its_kind_and_the_warehouse_is_released(project: Path) -> None:
    assert run(project)["owners"].success
    (project / "models" / "owners.sql").write_text("{{ config(materialized='table') }} select '8' as id")
    refresh(project)
    assert run(project)["owners"].success
    with duckdb.connect(project.parent / "warehouse.duckdb", config={"threads": 1}) as connection:
        kind = "select table_type from information_schema.tables where table_name = 'owners'"
        assert connection.execute(kind).fetchall() == [("BASE TABLE",)]


def test_the_docs_are_one_page_and_leave_no_trace(project: Path) -> None:
    run(project)
    before = (project / "target" / "manifest.json").stat()
    page = docs_page(project, project / "target")
    assert "One row per lead." in page, "the manifest is in it"
    assert '"INTEGER"' in page, "and so are the columns of the warehouse, of which no YAML knows"
    assert not (project / "target" / "catalog.json").exists()
    assert (project / "target" / "manifest.json").stat() == before, "it would be parsed again"
    with duckdb.connect(project.parent / "warehouse.duckdb", config={"threads": 1}):
        """It is let go: another process may write it."""


def test_a_build_that_cannot_begin_gives_the_reason(project: Path) -> None:
    (project / "profiles.yml").write_text("{small: {target: dev, outputs: {}}}")
    with pytest.raises(DbtError, match="dev"):
        run(project)
