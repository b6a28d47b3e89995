"""The dbt project of one company, in its home: links to the product's files and to those of its systems.

Belongs here: the folder `project/`. dbt does not follow a linked folder, so every file is a separate link. Only
dbt_project.yml is written, since it lists the systems and their own words; it is the same for all homes with the same
systems. Which systems they are is determined in joining.py; parsing the project is in manifest.py.
"""

import filecmp
import json
import os
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path

import yaml

from orchestration.lib.source_tables import DeclarationError
from orchestration.lib.systems.finding import System

PARTS = ("models", "macros", "tests", "seeds")
HEAD = "# Made from {} by each run; changes in this file are lost.\n"


def assemble(project: Path, product: Path, systems: Sequence[System]) -> None:
    """Create or update the project: what is already correct is not touched.

    DeclarationError for another file in the place of a link, where no link can be made, or for an unknown entity.
    """
    known = {path.stem.removeprefix("int_") for path in (product / "models/intermediate/entities").glob("int_*.sql")}
    for system in systems:
        if unknown := sorted(set(system.entities) - known):
            raise DeclarationError(
                f"{system.folder / 'system.yml'}: {unknown[0]!r} is not a valid entity; known are {sorted(known)}"
            )
    wanted = dict(_links(product, systems))
    _remove_others(project, wanted)
    for name, target in wanted.items():
        _link(project / name, target)
    settings = HEAD.format("dbt_project.yml of the product") + (product / "dbt_project.yml").read_text(encoding="utf-8")
    settings += "\nvars:\n  systems:" + ("" if systems else " {}") + "\n"
    settings += "".join(f"    {system.name}: [{', '.join(system.entities)}]\n" for system in systems)
    words = {system.name: system.words for system in systems if system.words}
    settings += "  words: " + json.dumps(words, ensure_ascii=False, sort_keys=True) + "\n"
    path = project / "dbt_project.yml"
    if not path.is_file() or path.read_bytes() != settings.encode():
        draft = _beside(path)
        draft.write_text(settings, encoding="utf-8")
        draft.replace(path)


def assembled_systems(project: Path) -> set[str]:
    """The systems of an assembled project; empty if it was never assembled, or is damaged: a run assembles it again."""
    path = project / "dbt_project.yml"
    try:
        return set(yaml.safe_load(path.read_bytes())["vars"]["systems"]) if path.is_file() else set()
    except (yaml.YAMLError, KeyError, TypeError):
        return set()


def _links(product: Path, systems: Iterable[System]) -> Iterator[tuple[str, Path]]:
    """Each path in the project, and the file that it links to."""
    yield "profiles.yml", product / "profiles.yml"
    for part in PARTS:
        yield from _files(product / part, part)
    for system in systems:
        yield from _files(system.folder / "staging", f"models/staging/{system.name}")
        yield from _files(system.folder / "macros", f"macros/{system.name}")


def _files(folder: Path, place: str) -> Iterator[tuple[str, Path]]:
    for path in folder.rglob("*"):
        if path.is_file() and not path.name.startswith("."):
            yield f"{place}/{path.relative_to(folder).as_posix()}", path


def _link(place: Path, target: Path) -> None:
    if place.is_symlink():
        if os.readlink(place) == str(target):
            return
    # A home that was copied without its links has the same files in their places.
    elif place.exists() and not filecmp.cmp(place, target, shallow=False):
        raise DeclarationError(
            f"{place} is not a link to {target}: move its changes there, and delete it. If the home was copied without "
            "its links, `smarketing doctor --repair` makes them again"
        )
    place.parent.mkdir(parents=True, exist_ok=True)
    draft = _beside(place)
    try:
        draft.symlink_to(target)
    except OSError as error:
        raise DeclarationError(
            f"{place}: no link can be made there ({error.strerror}); give --home a folder of a file system with links"
        ) from error
    draft.replace(place)


def _beside(place: Path) -> Path:
    """A name that no other process uses: two commands may assemble one project at the same time."""
    return place.with_name(f".{place.name}.{os.getpid()}")


def _remove_others(project: Path, wanted: dict[str, Path]) -> None:
    """Remove the links of files that no longer exist, and then the empty folders."""
    for part in PARTS:
        for folder, _, names in os.walk(project / part, topdown=False):
            for name in names:
                path = Path(folder, name)
                if path.is_symlink() and path.relative_to(project).as_posix() not in wanted:
                    path.unlink(missing_ok=True)
            if not os.listdir(folder):
                os.rmdir(folder)
