"""A copy of the project in which a test may write: staging models, dbt_project.yml, warehouses."""

import os
import shlex
import shutil
import subprocess
from pathlib import Path

from tests.end_to_end.conftest import PROJECT

LEFT_BEHIND = shutil.ignore_patterns(
    ".git", ".venv", "warehouse", "target", "logs", "__pycache__", ".*_cache", "*.egg-info", "node_modules"
)


def copy_project(target: Path) -> Path:
    """Copy the project to `target`, with the environment of this one; its own code is what its commands run."""
    shutil.copytree(PROJECT, target, ignore=LEFT_BEHIND)
    (target / ".venv").symlink_to(Path(shutil.which("python", path=str(PROJECT / ".venv" / "bin")) or "").parents[1])
    return target


def shell(project: Path, command: str) -> subprocess.CompletedProcess:
    """Run one line of a shell in a copied project."""
    environment = os.environ | {"PYTHONPATH": str(project)}
    return subprocess.run(["bash", "-c", command], cwd=project, env=environment, capture_output=True, text=True)


def smarketing_in(project: Path, *arguments: str | Path) -> subprocess.CompletedProcess:
    """Run the command of a copied project."""
    return shell(project, f".venv/bin/smarketing {shlex.join(map(str, arguments))}")
