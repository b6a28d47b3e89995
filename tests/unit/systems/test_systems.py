"""Systems as folders: errors in one, which of them join, and the project that is assembled from them."""

import os
from pathlib import Path

import duckdb
import pytest

from orchestration import settings
from orchestration.lib.company.folder import Company
from orchestration.lib.ingestion.raw_tables import create_ledger
from orchestration.lib.source_tables import DeclarationError
from orchestration.lib.systems.assembling import assemble, assembled_systems
from orchestration.lib.systems.finding import System, known_systems, own_tables, read_systems
from orchestration.lib.systems.joining import joined_systems, systems_of_last_run

SOURCES = """\
sources:
  - name: {name}
    tables:
      - name: leads
        identifier: {name}__leads
        config: {{meta: {{files: ["*leads*"]}}}}
        columns: [{{name: lead_id, data_type: varchar}}]
"""


def lay_out(folder: Path, name: str, settings: str = "entities: [persons]\n") -> Path:
    """A system in `folder`/systems."""
    staging = folder / "systems" / name / "staging"
    staging.mkdir(parents=True)
    (staging / f"_{name}__sources.yml").write_text(SOURCES.format(name=name))
    (staging / f"stg_{name}__persons.sql").write_text(f"select 1 as {name}\n")
    (staging.parent / "system.yml").write_text(settings)
    return staging.parent


def known(tmp_path: Path) -> list[System]:
    return known_systems(tmp_path / "product" / "systems", tmp_path / "examples", tmp_path / "company")


def content(project: Path) -> dict[str, tuple[str, float]]:
    """Every file of the project, with the target of its link and its time of creation."""
    files = [path for path in project.rglob("*") if not path.is_dir()]
    return {path.relative_to(project).as_posix(): (os.path.realpath(path), path.lstat().st_mtime) for path in files}


@pytest.mark.parametrize(
    ("text", "message"),
    [
        (
            "entities: persons\n",
            r"system\.yml: entities must be a list such as .+, found 'persons'",
        ),
        ("entities: [persons]\nplaces: 1\n", r"system\.yml: unknown key 'places'; known are \['entities', 'place'\]"),
        ("entities: [persons]\nplace: first\n", r"system\.yml: place must be a number, found 'first'"),
        ("entities: [accounts]\n", r"system\.yml: accounts is listed, but .*stg_shop__accounts\.sql is missing"),
        ("- persons\n", r"system\.yml line 1: a system is a list of fields"),
        ("[" * 5000, r"system\.yml line 1: it is nested too deep"),
        ("a: &a [x]\nentities: [*a, *a]\n", r"line 1: this is not YAML: anchors .* are not allowed"),
        ("entities: [\n", r"system\.yml line 2: this is not YAML"),
    ],
)
def test_the_message_about_a_wrong_line_names_file_and_remedy(tmp_path: Path, text: str, message: str) -> None:
    lay_out(tmp_path, "shop", text)
    with pytest.raises(DeclarationError, match=message):
        read_systems(tmp_path / "systems")


def test_an_unknown_entity_is_refused(tmp_path: Path) -> None:
    folder = lay_out(tmp_path, "shop", "entities: [people]\n")
    (folder / "staging" / "stg_shop__persons.sql").rename(folder / "staging" / "stg_shop__people.sql")
    with pytest.raises(DeclarationError, match=r"'people' is not a valid entity; known are \['accounts', 'activities'"):
        assemble(tmp_path / "project", settings.DBT_PROJECT, read_systems(tmp_path / "systems"))


def test_places_come_first_then_names(tmp_path: Path) -> None:
    lay_out(tmp_path / "product", "late", "entities: [persons]\nplace: 2\n")
    lay_out(tmp_path / "product", "soon", "entities: [persons]\nplace: 1\n")
    for name in ("b_own", "a_own"):
        lay_out(tmp_path / "company", name)
    lay_out(tmp_path / "examples" / "bank", "between", "entities: [persons]\nplace: 1.5\n")
    assert [system.name for system in known(tmp_path)] == ["soon", "between", "late", "a_own", "b_own"]


def test_a_name_of_a_product_system_is_refused_and_an_example_is_replaced(tmp_path: Path) -> None:
    lay_out(tmp_path / "examples" / "bank", "acme")
    own = lay_out(tmp_path / "company", "acme")
    assert [system.folder for system in known(tmp_path)] == [own]
    lay_out(tmp_path / "product", "acme")
    with pytest.raises(DeclarationError, match="acme is already a system of the product; rename the folder"):
        known(tmp_path)


def test_a_system_that_an_earlier_version_wrote_into_the_product_is_refused(tmp_path: Path) -> None:
    folder = lay_out(tmp_path, "velo") / "staging"
    (tmp_path / "models" / "staging").mkdir(parents=True)
    folder.rename(tmp_path / "models" / "staging" / "velo")
    with pytest.raises(DeclarationError, match=r"models/staging/velo: move this folder to systems/velo/staging"):
        own_tables(tmp_path)


def test_a_system_joins_with_a_file_and_stays_for_its_rows(tmp_path: Path) -> None:
    for name in ("first", "second", "third"):
        lay_out(tmp_path / "product", name)
    folder, warehouse, project = tmp_path / "company", tmp_path / "warehouse.duckdb", tmp_path / "project"
    company = Company(folder, folder / "agreements", folder / "reference")

    def names() -> tuple[list[str], list[str]]:
        joined = joined_systems(known(tmp_path), company, warehouse, project)
        last_run = systems_of_last_run(known(tmp_path), warehouse, project)
        return [system.name for system in joined], [system.name for system in last_run]

    assert names() == ([], [])
    (folder / "exports" / "first").mkdir(parents=True)
    (folder / "exports" / "first" / "notes.pdf").touch()
    assert names() == ([], [])
    (folder / "exports" / "first" / "Leads.csv").touch()
    assert names() == (["first"], [])
    second = [system for system in known(tmp_path) if system.name == "second"]
    assemble(project, settings.DBT_PROJECT, second)
    with duckdb.connect(warehouse) as connection:
        create_ledger(connection)
        connection.execute("insert into raw.ingestion__loads (system, status) values ('third', 'refused')")
        # The ledger cannot be read while another process writes: the assembled systems stay.
        assert names() == (["first", "second"], ["second"])
    assert names() == (["first", "third"], ["second", "third"])


def test_a_project_is_assembled_once_and_follows_changes(tmp_path: Path) -> None:
    project = tmp_path / "home" / "project"
    shop, other = lay_out(tmp_path, "shop"), lay_out(tmp_path, "other")
    (shop / "macros").mkdir()
    (shop / "macros" / "shop_id.sql").write_text("{% macro shop_id() %} 1 {% endmacro %}\n")
    assemble(project, settings.DBT_PROJECT, read_systems(tmp_path / "systems"))
    first = content(project)
    assert first["models/staging/other/stg_other__persons.sql"][0] == str(other / "staging" / "stg_other__persons.sql")
    assert first["macros/shop/shop_id.sql"][0] == str(shop / "macros" / "shop_id.sql")
    assert {"profiles.yml", "models/intermediate/entities/_entities.yml", "seeds/_seeds.yml"} <= first.keys()
    assert assembled_systems(project) == {"shop", "other"}

    assemble(project, settings.DBT_PROJECT, read_systems(tmp_path / "systems"))
    assert content(project) == first, "what is already correct is not touched, so that dbt need not parse it again"

    (shop / "macros" / "shop_id.sql").unlink()
    assemble(
        project,
        settings.DBT_PROJECT,
        [system for system in read_systems(tmp_path / "systems") if system.name == "shop"],
    )
    gone = first.keys() - content(project).keys()
    assert gone == {
        "macros/shop/shop_id.sql",
        "models/staging/other/_other__sources.yml",
        "models/staging/other/stg_other__persons.sql",
    }
    assert not (project / "macros" / "shop").exists()
    assert assembled_systems(project) == {"shop"}


def test_an_edit_that_replaced_a_link_is_not_lost(tmp_path: Path) -> None:
    project = tmp_path / "project"
    lay_out(tmp_path, "shop")
    assemble(project, settings.DBT_PROJECT, read_systems(tmp_path / "systems"))
    place = project / "models" / "staging" / "shop" / "stg_shop__persons.sql"
    place.unlink()
    place.write_text("select 2 as shop\n")
    with pytest.raises(DeclarationError, match=r"stg_shop__persons\.sql is not a link to .*: move its changes there"):
        assemble(project, settings.DBT_PROJECT, read_systems(tmp_path / "systems"))
    assert place.read_text() == "select 2 as shop\n"


def test_a_project_that_was_copied_without_links_has_them_again(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    project = tmp_path / "project"
    lay_out(tmp_path, "shop")
    assemble(project, settings.DBT_PROJECT, read_systems(tmp_path / "systems"))
    place = project / "models" / "staging" / "shop" / "stg_shop__persons.sql"
    text = place.read_text()
    place.unlink()
    place.write_text(text)

    def refuse(path: Path, target: Path) -> None:
        raise OSError(1, "Operation not permitted")

    with monkeypatch.context() as patched:
        patched.setattr(Path, "symlink_to", refuse)
        with pytest.raises(DeclarationError, match=r"no link can be made there .*; give --home a folder"):
            assemble(project, settings.DBT_PROJECT, read_systems(tmp_path / "systems"))
    assemble(project, settings.DBT_PROJECT, read_systems(tmp_path / "systems"))
    assert place.is_symlink()


@pytest.mark.parametrize("damage", [b"", b"\x9c\x9d\xff" * 20, b"vars: [", b"name: smarketing\n"])
def test_a_damaged_project_is_made_again(tmp_path: Path, damage: bytes) -> None:
    project = tmp_path / "project"
    lay_out(tmp_path, "shop")
    assemble(project, settings.DBT_PROJECT, read_systems(tmp_path / "systems"))
    whole = (project / "dbt_project.yml").read_bytes()
    (project / "dbt_project.yml").write_bytes(damage)
    assert assembled_systems(project) == set()
    assemble(project, settings.DBT_PROJECT, read_systems(tmp_path / "systems"))
    assert (project / "dbt_project.yml").read_bytes() == whole
