"""All systems at once, the product's and those of the examples: what a test needs that evaluates every one of them."""

from pathlib import Path

from orchestration import settings
from orchestration.lib.systems.assembling import assemble
from orchestration.lib.systems.finding import known_systems, tables_of
from orchestration.lib.warehouse.manifest import refresh_manifest

SYSTEMS = known_systems(settings.SYSTEMS, settings.EXAMPLES, settings.DEMO_COMPANY)
TABLES = tables_of(settings.DBT_PROJECT, SYSTEMS)


def assembled(place: settings.Settings) -> Path:
    """The dbt project of this home, with all systems, and parsed."""
    place.home.mkdir(parents=True, exist_ok=True)
    assemble(place.project, settings.DBT_PROJECT, SYSTEMS)
    refresh_manifest(place.project, settings.PARSED)
    return place.project
