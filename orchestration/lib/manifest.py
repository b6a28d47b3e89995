"""The manifest of the dbt project, from which Dagster learns the models.

Belongs here: where it is, whether it is older than the project, making it anew. Building is defs/transformation/.
"""

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


def refresh_manifest(project: Path) -> None:
    """Make the manifest anew if a file of the project is younger. ManifestError if it does not parse."""
    target = project / "target"
    made = [target / "manifest.json", target / "partial_parse.msgpack"]
    files = (file for part in PARTS for file in [project / part, *(project / part).rglob("*")])
    if all(path.is_file() for path in made) and max(file.stat().st_mtime for file in files) <= made[0].stat().st_mtime:
        return
    from dbt.cli.main import dbtRunner  # a second: only where it is needed

    places = ["--project-dir", str(project), "--profiles-dir", str(project), "--target-path", str(target)]
    result = dbtRunner().invoke(["parse", *places, "--log-level", "none"])
    if not result.success:
        raise ManifestError(f"the dbt project does not parse:\n{result.exception}")
    made[0].touch()
