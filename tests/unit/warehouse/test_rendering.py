"""What dbt renders alike in every run is rendered once; what asks the warehouse or the environment, each time."""

import json
from pathlib import Path

import duckdb
import pytest

from orchestration.lib.warehouse.dbt import build
from orchestration.lib.warehouse.manifest import refresh_manifest, rendered_place

pytestmark = pytest.mark.long

FILES = {
    "dbt_project.yml": "{name: small, version: 1.0.0, profile: small}",
    "macros/of_run.sql": """
{% macro of_environment() %}'{{ env_var("OF_RUN") }}'{% endmacro %}
{% macro rows_of(table) %}{{ run_query("select count(*) from " ~ table).rows[0][0] }}{% endmacro %}
{% macro rows_now(table) %}{% if execute %}{{ rows_of(table) }}{% else %}0{% endif %}{% endmacro %}
""",
    "models/plain.sql": "select 1 as one",
    "models/environment.sql": "select {{ of_environment() }} as value",
    "models/asked.sql": "select {{ rows_now('raw_rows') }} as value",
    # What it calls is not among its macros, since it is not called when it is parsed.
    "models/hidden.sql": "select {% if execute %}{{ rows_of('raw_rows') }}{% else %}0{% endif %} as value",
    "models/above.sql": "select value from {{ ref('asked') }}",
}


@pytest.fixture
def project(tmp_path: Path) -> Path:
    folder = tmp_path / "project"
    outputs = f"{{dev: {{type: duckdb, path: '{tmp_path / 'warehouse.duckdb'}', threads: 2}}}}"
    for name, text in (FILES | {"profiles.yml": f"{{small: {{target: dev, outputs: {outputs}}}}}"}).items():
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_text(text)
    with duckdb.connect(tmp_path / "warehouse.duckdb") as connection:
        connection.execute("create table raw_rows as select 1 as id")
    return folder


def run(project: Path, monkeypatch: pytest.MonkeyPatch, of_run: str = "first") -> Path:
    """Build all of it, and return the file of what was rendered."""
    monkeypatch.setenv("OF_RUN", of_run)
    refresh_manifest(project, project.parent / "kept")
    place = rendered_place(project / "target", project.parent / "kept")
    assert place
    nodes = list(build(project, project / "target", project.parent / "logs", (), rendered=place))
    assert [node.unique_id for node in nodes if not node.success] == []
    return place


def values(project: Path) -> list[tuple]:
    tables = ("environment", "asked", "hidden", "above")
    with duckdb.connect(project.parent / "warehouse.duckdb") as connection:
        return [connection.execute(f"select value from {table}").fetchone() for table in tables]


def test_what_asks_for_more_than_the_project_is_rendered_each_time(
    project: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    place = run(project, monkeypatch)
    assert values(project) == [("first",), (1,), (1,), (1,)]
    kept = {name.split(".")[2] for name in json.loads(place.read_text())}
    assert kept == {"plain", "above"}
    with duckdb.connect(project.parent / "warehouse.duckdb") as connection:
        connection.execute("insert into raw_rows values (2)")
    run(project, monkeypatch, "second")
    assert values(project) == [("second",), (2,), (2,), (2,)]


def test_what_is_rendered_alike_is_taken_from_the_file(project: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    place = run(project, monkeypatch)
    texts = json.loads(place.read_text())
    place.write_text(json.dumps(texts | {"model.small.plain": "select 7 as one"}))
    run(project, monkeypatch)
    with duckdb.connect(project.parent / "warehouse.duckdb") as connection:
        assert connection.execute("select one from plain").fetchone() == (7,)


def test_a_changed_project_is_rendered_anew_and_a_damaged_file_too(
    project: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    place = run(project, monkeypatch)
    (project / "macros" / "of_run.sql").write_text(FILES["macros/of_run.sql"].replace("'{{", "'of {{"))
    (project / "models" / "plain.sql").write_text("select 2 as one")
    changed = run(project, monkeypatch)
    assert changed != place
    changed.write_text("{damaged")
    run(project, monkeypatch)
    with duckdb.connect(project.parent / "warehouse.duckdb") as connection:
        assert connection.execute("select one from plain").fetchone() == (2,)
    assert values(project)[0] == ("of first",)
    assert "model.small.plain" in json.loads(changed.read_text())
