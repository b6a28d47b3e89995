"""What every model and data test costs, and how that grows: a made-up company at N and at 10 N leads.

    python benchmarks/growth.py [copies] [warehouse]

Belongs here: running what dbt compiled, and the table of the figures; the company is `copies_of_the_demo.py`. Two
copies are 10,000 leads. Seconds are those of the processor, so that other work on the machine does not count. The
exponent is 1 where the cost grows with the leads and 2 where it grows with their pairs; where a model of some weight
is above 1.2 the command fails.
"""

import json
import math
import resource
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import duckdb
from copies_of_the_demo import copy_raw_tables
from project import run_dbt

from orchestration import settings
from orchestration.lib.systems.finding import read_systems
from orchestration.lib.warehouse import functions

HIGHEST_EXPONENT = 1.2
# A model that takes less at 10 N, or less than a tenth of it at N: its seconds are those of planning and of the cache.
LEAST_SECONDS = 1.0
SHOWN = 25
MEMORY = "10GB"


def compiled(place: settings.Settings) -> list[dict]:
    """The seeds, models and data tests as dbt compiled them, each behind what it reads."""
    with duckdb.connect(place.warehouse, read_only=True) as connection:
        query = "select distinct split_part(table_name, '__', 1) from duckdb_tables() where schema_name = 'raw'"
        names = {name for (name,) in connection.execute(query).fetchall()}
    systems = [system for system in read_systems(settings.SYSTEMS) if system.name in names]
    for verb in ("seed", "compile"):
        run_dbt(place, systems, verb)
    nodes = json.loads((place.dbt_target / "manifest.json").read_text())["nodes"]
    ordered: dict[str, dict] = {}

    def add(key: str) -> None:
        if key in nodes and key not in ordered:
            for needed in nodes[key]["depends_on"].get("nodes", []):
                add(needed)
            ordered[key] = nodes[key]

    for key in nodes:
        add(key)
    return [node for node in ordered.values() if node["resource_type"] in ("model", "test")]


def tables(nodes: list[dict]) -> list[dict]:
    """The models that are tables."""
    return [node for node in nodes if node["resource_type"] == "model" and node["config"]["materialized"] == "table"]


@contextmanager
def opened(place: settings.Settings) -> Iterator[duckdb.DuckDBPyConnection]:
    """The warehouse as dbt opens it, within this much memory."""
    with duckdb.connect(place.warehouse) as connection:
        functions.register(connection)
        connection.execute("set TimeZone = 'UTC'")
        connection.execute(f"set temp_directory = '{place.home}/spilled'")
        connection.execute(f"set memory_limit = '{MEMORY}'")
        yield connection


def build(connection: duckdb.DuckDBPyConnection, nodes: list[dict]) -> dict[str, float]:
    """Run them one after the other; the seconds of the processor that each took."""
    seconds = {}
    for node in nodes:
        is_test = node["resource_type"] == "test"
        what = "view" if node["config"]["materialized"] == "view" else "table"
        query = node["compiled_code"]
        before = time.process_time()
        if is_test:
            connection.execute(f"select count(*) from ({query})").fetchall()
        else:
            connection.execute(f'create schema if not exists "{node["schema"]}"')
            connection.execute(f"create or replace {what} {node['relation_name']} as {query}")
            # A table of one row group is written at the next checkpoint, a larger one at once: each pays for its own.
            connection.execute("checkpoint")
        name = node["name"] if not is_test else f"test {node['name']}"
        seconds[name] = time.process_time() - before
    return seconds


def measured(source: Path, copies: int, folder: Path) -> dict[str, float]:
    """The seconds of every model and test for a company of `copies` demos; the total is printed."""
    place = settings.Settings(settings.DEMO_COMPANY, folder / str(copies))
    place.home.mkdir()
    leads = copy_raw_tables(source, place.warehouse, copies)
    nodes = compiled(place)
    with opened(place) as connection:
        connection.execute("set checkpoint_threshold = '100GB'")
        started = time.monotonic()
        seconds = build(connection, nodes)
        minutes = (time.monotonic() - started) / 60
    tests = sum(taken for name, taken in seconds.items() if name.startswith("test "))
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024**2
    print(
        f"{leads:>10,} leads: models {sum(seconds.values()) - tests:.0f} s, tests {tests:.0f} s of the processor, "
        f"{minutes:.1f} min on the clock, peak {peak:.1f} GB, {place.warehouse.stat().st_size / 1e9:.2f} GB on disk"
    )
    return seconds


def report(small: dict[str, float], large: dict[str, float]) -> list[str]:
    """Print the slowest and the steepest; the names of those that grow too fast."""
    exponents = {
        name: math.log10(large[name] / max(small[name], LEAST_SECONDS / 10))
        for name in large
        if large[name] >= LEAST_SECONDS
    }
    print(f"\n{'model or test':<64}{'N':>8}{'10 N':>8}  exponent")
    for name in sorted(large, key=large.__getitem__, reverse=True)[:SHOWN]:
        print(f"{name[:63]:<64}{small[name]:>8.2f}{large[name]:>8.2f}  {exponents.get(name, 0):.2f}")
    steep = [name for name, exponent in exponents.items() if exponent > HIGHEST_EXPONENT]
    for name in steep:
        print(f"grows too fast: {name}: {small[name]:.2f} s, {large[name]:.2f} s, exponent {exponents[name]:.2f}")
    return steep


if __name__ == "__main__":
    copies = int(sys.argv[1]) if len(sys.argv) > 1 else 2
    source = Path(sys.argv[2]) if len(sys.argv) > 2 else settings.home_of(settings.DEMO_COMPANY) / "warehouse.duckdb"
    with tempfile.TemporaryDirectory() as folder:
        small, large = (measured(source, count, Path(folder)) for count in (copies, 10 * copies))
    sys.exit(1 if report(small, large) else 0)
