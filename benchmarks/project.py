"""The project's dbt over a warehouse that a benchmark made.

Belongs here: how it is called. Does not belong here: what is in the warehouse.
"""

import os
import subprocess
import sys
from collections.abc import Sequence

from orchestration import settings
from orchestration.lib.systems.assembling import assemble
from orchestration.lib.systems.finding import System


def run_dbt(place: settings.Settings, systems: Sequence[System], *arguments: str) -> None:
    """Run dbt to its end in the project of these systems, without output; what fails is printed."""
    assemble(place.project, settings.DBT_PROJECT, systems)
    command = [settings.dbt_executable(), "--quiet", *arguments, "--target-path", str(place.dbt_target)]
    result = subprocess.run(
        [*command, "--log-path", str(place.logs)],
        cwd=place.project,
        env=os.environ | place.environment(),
        stdout=subprocess.PIPE,
        text=True,
    )
    if result.returncode:
        sys.exit(result.stdout)
