"""A private copy of the warehouse, and the models that the agreement moves built again in it under one version.

Belongs here: the copy, laying the version out in it, running dbt. Which models are read is figures.py and leads.py;
which version is versions.py.
"""

import json
import shutil
import subprocess
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from orchestration.lib.agreement.document import Agreement
from orchestration.lib.agreement.tables import write_tables
from orchestration.lib.closing.months import forget_closings
from orchestration.lib.comparison import ComparisonError
from orchestration.lib.comparison.versions import as_if_always
from orchestration.lib.machine import require_room, size_of
from orchestration.lib.warehouse.connection import open_warehouse
from orchestration.lib.warehouse.holding import alone
from orchestration.lib.warehouse.manifest import reached_nodes

# A build holds the warehouse for minutes: a user gets an answer at once.
TIMEOUT_SECONDS = 5.0
COMPANY_MODEL = "stg_agreement__company"


@dataclass(frozen=True)
class Dbt:
    """How dbt is started: its project in the copy's folder, which `assemble` makes there, and the file of its words.

    And its executable, and all variables of the process.
    """

    project: Path
    assemble: Callable[[], None]
    executable: str
    environment: dict[str, str]
    log: Path


@contextmanager
def private_copy(warehouse: Path, folder: Path) -> Iterator[Path]:
    """A copy of the warehouse file in `folder`, which is removed at the end, whatever the end is.

    What a killed comparison left is removed first. ComparisonError if another comparison runs, NoRoomError if the disk
    is too full, WarehouseLockedError while a build writes.
    """
    busy = ComparisonError(f"{folder.parent}: another comparison is running in it; wait until it has ended")
    with alone(folder.parent, busy):
        shutil.rmtree(folder, ignore_errors=True)
        folder.mkdir(mode=0o700)
        try:
            # The views name the file's stem, so the copy bears the same name. Held open, nobody writes meanwhile.
            with open_warehouse(warehouse, read_only=True, timeout_seconds=TIMEOUT_SECONDS):
                files = [path for path in (warehouse, warehouse.with_name(warehouse.name + ".wal")) if path.is_file()]
                # For the copy, and for the models that are built again in it.
                require_room(folder, 2 * size_of(*files), "a comparison, which works on a copy of the warehouse,")
                for path in files:
                    shutil.copyfile(path, folder / path.name)
            yield folder / warehouse.name
        finally:
            shutil.rmtree(folder, ignore_errors=True)


def replay(copy: Path, agreement: Agreement, read: Iterable[str], dbt: Dbt, after: Agreement | None) -> None:
    """Build the models `read`, and all that they are made of, under this version alone.

    After a replay of another version for the same company, only what follows from the rest of the agreement is built.
    ComparisonError with dbt's own words if it fails.
    """
    with open_warehouse(copy) as connection:
        write_tables(connection, [as_if_always(agreement)])
        # What was closed was closed under the version of its day.
        forget_closings(connection)
    target = dbt.project / "target"
    if after and after.company == agreement.company:
        models = _moved_by_the_agreement(target / "manifest.json", set(read))
    else:
        models = [f"+{name}" for name in sorted(read)]
    # Models and the seeds that they read; the build has tested the data.
    without_tests = ["--exclude-resource-type", "test", "--exclude-resource-type", "unit_test"]
    arguments = ["build", *without_tests, "--target-path", str(target), "--select", *models]
    _run(dbt, arguments, agreement.version)


def _moved_by_the_agreement(manifest: Path, read: set[str]) -> list[str]:
    """Names of the models between the agreement and what is read, but for those that ask it for the company only."""
    content = json.loads(manifest.read_text())
    names = {key: node["name"] for key, node in content["nodes"].items() if node["resource_type"] == "model"}
    agreed = [key for key, source in content["sources"].items() if source["source_name"] == "agreement"]
    company = {key for key, name in names.items() if name == COMPANY_MODEL}
    after = reached_nodes(agreed, content["child_map"], stop=company)
    before = reached_nodes([key for key, name in names.items() if name in read], content["parent_map"])
    return sorted(names[key] for key in after & before & names.keys())


def _run(dbt: Dbt, arguments: Sequence[str], version: str) -> None:
    places = ["--project-dir", str(dbt.project), "--profiles-dir", str(dbt.project)]
    dbt.log.parent.mkdir(parents=True, exist_ok=True)
    with dbt.log.open("w+", encoding="utf-8") as log:
        result = subprocess.run(
            [dbt.executable, *arguments, *places],
            cwd=dbt.project,
            env=dbt.environment,
            stdout=log,
            stderr=subprocess.STDOUT,
            check=False,
        )
        log.seek(0)
        printed = log.read().strip().splitlines()
    if result.returncode:
        last = "\n".join(printed[-15:])
        raise ComparisonError(f"dbt could not replay version {version}:\n{last}\nThe whole words of dbt: {dbt.log}")
