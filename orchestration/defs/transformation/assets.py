"""The dbt project as assets; its data tests are asset checks.

Belongs here: running dbt. The models, their contracts and tests are dbt_project/ and systems/.
"""

import json
from collections.abc import Iterator
from contextlib import redirect_stdout
from pathlib import Path
from typing import Any

import dagster as dg
from dagster_dbt import DagsterDbtTranslator, DbtCliResource, dbt_assets

from orchestration.defs.resources import SETTINGS
from orchestration.lib.manifest import manifest_path

MANIFEST = manifest_path(SETTINGS.project)


@dbt_assets(manifest=MANIFEST, dagster_dbt_translator=DagsterDbtTranslator())
def dbt_models(context: dg.AssetExecutionContext, dbt: DbtCliResource) -> Iterator[Any]:
    """`dbt build`; its own words go to logs/dbt.log beside the warehouse."""
    SETTINGS.logs.mkdir(parents=True, exist_ok=True)
    with (SETTINGS.logs / "dbt.log").open("w") as log, redirect_stdout(log):
        yield from dbt.cli(
            ["build", "--exclude-resource-type", "unit_test"], context=context, target_path=SETTINGS.dbt_target
        ).stream()


def published_models(manifest: Path = MANIFEST) -> list[dg.AssetKey]:
    """The keys of all marts and reports."""
    nodes = json.loads(manifest.read_text())["nodes"].values()
    return [
        dg.AssetKey([node["schema"], node["name"]])
        for node in nodes
        if node["resource_type"] == "model" and node["schema"] in ("marts", "reports")
    ]
