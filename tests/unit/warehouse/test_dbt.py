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
select 1 as id, 'x' as kind, 7 as owner_id union all
select 1 as id, 'x' as kind, 8 as owner_id union all
select null as id, 'y' as kind, null as owner_id
"""
PROPERTIES = """
models:
  - name: leads
    description: One row per lead.
    data_tests:
      - columns_hold: {arguments: {unique: [id, [kind, owner_id]], not_null: [id, kind], accepted_values: {kind: [x]}}}
      - keys_exist: {arguments: {keys: {owner_id: owners.id}}}
  - name: owners
    data_tests:
      - columns_hold: {arguments: {unique: [id], not_null: [id]}}
      - columns_hold: {arguments: {accepted_values: {id: [8]}}, config: {severity: warn}, name: warning}
"""
FILES = {
    "dbt_project.yml": "{name: small, version: 1.0.0, profile: small}",
    "models/leads.sql": "{{ config(materialized='table') }}" + MODEL,
    "models/owners.sql": "select 7 as id",
    "models/behind.sql": "select count(*) as rows from {{ ref('leads') }}",
    "models/models.yml": PROPERTIES,
}


def refresh(project: Path) -> None:
    refresh_manifest(project, project.parent / "kept")


@pytest.fixture
def project(tmp_path: Path) -> Path:
    """A dbt project of two models with the tests and materializations of the real one."""
    folder = tmp_path / "project"
    path = tmp_path / "warehouse.duckdb"
    profile = f"{{small: {{target: dev, outputs: {{dev: {{type: duckdb, path: '{path}', threads: 2}}}}}}}}"
    for name, text in (FILES | {"profiles.yml": profile}).items():
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_text(text)
    shutil.copytree(DBT_PROJECT / "tests" / "generic", folder / "tests" / "generic")
    (folder / "macros").mkdir()
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
    failed = {line.split(": ", 1)[1] for node in nodes.values() if node.stops for line in node.faults}
    assert failed == {
        "unique id fails, rows: 1",
        "not_null id fails, rows: 1",
        "accepted_values kind fails, rows: 1",
        "owner_id in owners fails, rows: 1",
    }
    assert "behind" not in nodes, "it was not run"
    assert "columns_hold_leads" in (project.parent / "logs" / "dbt.log").read_text()


def test_a_relation_changes_its_kind_and_the_warehouse_is_released(project: Path) -> None:
    assert run(project)["owners"].success
    (project / "models" / "owners.sql").write_text("{{ config(materialized='table') }} select 8 as id")
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
