"""The manifest of the dbt project, from which Dagster learns the models.

Belongs here: where it is, whether it is older than the project, making it anew. Building is defs/transformation/.
"""

import subprocess
from pathlib import Path

PARTS = ("dbt_project.yml", "profiles.yml", "models", "macros", "tests")


class ManifestError(Exception):
    """There is no manifest, or dbt cannot make one; the text says why and what to do."""


def manifest_path(project: Path) -> Path:
    """The manifest. ManifestError if it was never made."""
    path = project / "target" / "manifest.json"
    if not path.is_file():
        raise ManifestError(f"{path} is missing: run `make run`, or `dbt parse` in {project.name}/")
    return path


def refresh_manifest(project: Path, dbt: str) -> None:
    """Make the manifest anew if a file of the project is younger. ManifestError if it does not parse."""
    path = project / "target" / "manifest.json"
    files = (file for part in PARTS for file in [project / part, *(project / part).rglob("*")])
    if path.is_file() and max(file.stat().st_mtime for file in files) <= path.stat().st_mtime:
        return
    command = [dbt, "--quiet", "parse", "--project-dir", str(project), "--profiles-dir", str(project)]
    result = subprocess.run([*command, "--target-path", str(path.parent)], cwd=project, capture_output=True, text=True)
    if result.returncode:
        raise ManifestError(f"the dbt project does not parse:\n{result.stdout}{result.stderr}")
    path.touch()
