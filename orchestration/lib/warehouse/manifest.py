"""The manifest of an assembled dbt project, from which Dagster reads the models.

Belongs here: where it is, whether it is of this project, making it again or taking it over from a home whose project is
the same (parsing takes dbt ten seconds), walking its graph and reading the descriptions of its models. Assembling is
systems/, building defs/transformation/.
"""

import hashlib
import os
import shutil
from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from contextlib import chdir
from dataclasses import dataclass
from importlib.metadata import version
from pathlib import Path
from typing import Any

from orchestration.lib.whole_files import write_whole
from orchestration.mistakes import Mistake

PARTS = ("dbt_project.yml", "profiles.yml", "models", "macros", "tests", "seeds")
# The parsed project, for people and Dagster, for dbt itself, and for MetricFlow.
PARSED = ("manifest.json", "partial_parse.msgpack", "semantic_manifest.json")
# Identifies the project of these files.
OF_PROJECT = "of_project"
# What dbt renders alike in every run of the project (rendering.py).
RENDERED = "rendered.json"
MOST_KEPT = 10


class ManifestError(Mistake):
    """There is no manifest, or dbt cannot make one; the text states why and what to do."""


@dataclass(frozen=True)
class Description:
    """What the YAML of a model states: of the table, and of each column."""

    table: str
    columns: Mapping[str, str]

    def of_columns(self, names: Collection[str]) -> "Description":
        """Only the columns that a table has: one that was declared since its build is not in it yet."""
        return Description(self.table, {name: text for name, text in self.columns.items() if name in names})


def manifest_path(project: Path) -> Path:
    """The manifest. ManifestError if it does not exist."""
    path = project / "target" / "manifest.json"
    if not path.is_file():
        raise ManifestError(f"{path} is missing: run `make run`, or `dbt parse` in {project}")
    return path


def refresh_manifest(project: Path, kept: Path, report: Callable[[str], None] = lambda _: None) -> None:
    """Make the manifest again if it is not of this project. ManifestError if the project does not parse.

    `kept` is the folder of parsed projects for all homes. Nothing in it names a home: projects, seeds and the warehouse
    (profiles.yml) are found from where dbt runs, which is the project. `report` gets a line before dbt parses.
    """
    target = project / "target"
    project_is = _hash(project)
    if (before := _project_in(target)) == project_is:
        return
    target.mkdir(exist_ok=True)
    if _project_in(kept / project_is) == project_is:
        for name in PARSED:
            draft = target / f".{name}.{os.getpid()}"
            shutil.copyfile(kept / project_is / name, draft)
            draft.replace(target / name)
        (kept / project_is).touch()
    else:
        report("dbt reads the project, which is new or has changed (some 10 s) ...")
        if not before:  # dbt goes on from the last parse, and ends where it is damaged
            (target / PARSED[1]).unlink(missing_ok=True)
        parse(project)
        _keep(target, kept, project_is)
    write_whole(target / OF_PROJECT, _stamp(target, project_is), mode=0o644)


def rendered_place(target: Path, kept: Path) -> Path | None:
    """The file of what dbt renders of the project that is parsed in `target`; none if it is not known which it is."""
    project_is = _project_in(target)
    return kept / project_is / RENDERED if project_is else None


def parse(project: Path, target: str | Path = "target", arguments: Sequence[str] = ()) -> None:
    """Have dbt parse the project into the folder `target`. ManifestError if it does not parse."""
    from dbt.cli.main import dbtRunner  # takes a second: imported only where it is needed

    # By ".", so that the paths that it writes (the roots of files and seeds) are valid in every home.
    places = ["--project-dir", ".", "--profiles-dir", ".", "--target-path", str(target)]
    with chdir(project):
        result = dbtRunner().invoke(["parse", *arguments, *places, "--log-level", "none"])
    if not result.success:
        raise ManifestError(f"the dbt project does not parse:\n{result.exception}")


def reached_nodes(starts: Iterable[str], edges: dict[str, list[str]], stop: Collection[str] = ()) -> set[str]:
    """All nodes that the edges lead to from the starts, without passing through `stop`."""
    found: set[str] = set()
    waiting = list(starts)
    while waiting:
        node = waiting.pop()
        if node not in found and node not in stop:
            found.add(node)
            waiting += edges.get(node, [])
    return found


def descriptions(manifest: Mapping[str, Any]) -> dict[str, Description]:
    """The texts of each model, by <schema>.<name>."""
    models = (node for node in manifest["nodes"].values() if node["resource_type"] == "model")
    return {
        f"{node['schema']}.{node['name']}": Description(
            node["description"], {name: column["description"] for name, column in node["columns"].items()}
        )
        for node in models
    }


def _stamp(folder: Path, project_is: str) -> str:
    """The project, and the content of what dbt parsed it to: a manual `dbt build` writes another one."""
    found = hashlib.sha256()
    for name in PARSED:
        found.update((folder / name).read_bytes() if (folder / name).is_file() else b"")
    return f"{project_is} {found.hexdigest()}"


def _project_in(folder: Path) -> str:
    """The project that the folder has as dbt parsed it; empty if it is damaged or not there."""
    stamp = folder / OF_PROJECT
    written = stamp.read_bytes().decode(errors="replace") if stamp.is_file() else ""
    project_is = written.partition(" ")[0]
    return project_is if written == _stamp(folder, project_is) else ""


def _hash(project: Path) -> str:
    """The hash of all files of the project, with the versions that parse them."""
    files = (file for part in PARTS for file in [project / part, *(project / part).rglob("*")] if file.is_file())
    found = hashlib.sha256(f"{version('dbt-core')} {version('dbt-duckdb')} {PARSED}".encode())
    for file in sorted(files):
        name, content = str(file.relative_to(project)).encode(), file.read_bytes()
        found.update(b"%d %b %d %b" % (len(name), name, len(content), content))
    return found.hexdigest()[:32]


def _keep(target: Path, kept: Path, project_is: str) -> None:
    """Keep the parsed project for other homes, and the latest of the older ones."""
    draft = kept / f".{project_is}.{os.getpid()}"
    draft.mkdir(parents=True, exist_ok=True)
    for name in PARSED:
        shutil.copyfile(target / name, draft / name)
    write_whole(draft / OF_PROJECT, _stamp(draft, project_is), mode=0o644)
    shutil.rmtree(kept / project_is, ignore_errors=True)  # a damaged one
    try:
        draft.rename(kept / project_is)
    except OSError:  # another process was faster
        shutil.rmtree(draft, ignore_errors=True)
    latest = sorted(kept.glob("[!.]*"), key=lambda folder: folder.stat().st_mtime, reverse=True)
    for folder in latest[MOST_KEPT:]:
        shutil.rmtree(folder, ignore_errors=True)
