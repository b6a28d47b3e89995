"""The folders of systems: `<folder>/systems/<name>/` with system.yml, staging/ and optionally macros/.

Belongs here: reading system.yml, and which systems a company can have. The declarations in staging/ are read by
source_tables.py.
"""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import Any

from orchestration.lib.agreement.yaml_document import AgreementError, decode, parse
from orchestration.lib.language import later
from orchestration.lib.source_tables import DeclarationError, SourceTable, read_sources
from orchestration.lib.systems.languages import Words, read_tables, read_words

FOLDER = "systems"
KEYS = {"entities", "place"}
# Tables that our own code writes, and reference files with our own columns: a contract, which needs no staging.
OWN_TABLES = frozenset({"agreement", "closing", "company", "domains", "ingestion", "reference"})


@dataclass(frozen=True)
class System:
    """One system: the canonical entities that it emits, and its place in the order; without a place it is last."""

    name: str
    folder: Path
    entities: tuple[str, ...]
    place: float = float("inf")

    @cached_property
    def tables(self) -> tuple[SourceTable, ...]:
        """The source tables that its files feed."""
        return read_tables(self.folder, self.name)

    @cached_property
    def words(self) -> Words:
        """Its own option values in all languages."""
        return read_words(self.folder)


def known_systems(product: Path, examples: Path, company: Path) -> list[System]:
    """All systems that the company can have, in their order: the product's, those of the examples and its own.

    Its own replace an example's of the same name. DeclarationError for one with the name of a system of the product.
    """
    of_product = {system.name: system for system in read_systems(product)}
    own = {system.name: system for system in read_systems(company / FOLDER)}
    for name in sorted(own.keys() & of_product.keys()):
        raise DeclarationError(
            f"{own[name].folder}: {name} is already a system of the product; rename the folder, or move its files into "
            f"exports/{name}/ and delete it"
        )
    of_examples = {
        system.name: system for folder in sorted(examples.glob(f"*/{FOLDER}")) for system in read_systems(folder)
    }
    return in_order((of_product | of_examples | own).values())


def own_tables(product: Path) -> list[SourceTable]:
    """The tables that files feed outside of systems: the company's reference files.

    DeclarationError for a system among them: systems were declared there until 0.3.
    """
    tables = read_sources(product / "models")
    for table in tables:
        if table.system not in OWN_TABLES:
            raise DeclarationError(
                f"{product / 'models/staging' / table.system}: move this folder to systems/{table.system}/staging in "
                "the company's folder, and list what it emits in system.yml beside staging: `entities: [persons]`"
            )
    return tables


def tables_of(product: Path, systems: Iterable[System]) -> list[SourceTable]:
    """Every source table that files can feed: the product's own tables, and those of these systems."""
    return [*own_tables(product), *(table for system in systems for table in system.tables)]


def in_order(systems: Iterable[System]) -> list[System]:
    """The systems in order of their place; those without one at the end, by name."""
    return sorted(systems, key=lambda system: (system.place, system.name))


def read_systems(folder: Path) -> list[System]:
    """The systems of one folder `systems/`, which may be missing. DeclarationError for an invalid one."""
    return in_order(_read_system(path) for path in sorted(folder.glob("*/")) if not path.name.startswith((".", "_")))


def _read_system(folder: Path) -> System:
    path = folder / "system.yml"
    if not re.fullmatch(r"[a-z][a-z0-9_]*", folder.name) or folder.name in OWN_TABLES:
        raise DeclarationError(f"{folder}: '{folder.name}' is not a system name; use lower-case letters, digits and _")
    if not path.is_file():
        raise DeclarationError(f"{path} is missing: write `entities: [persons]`, the entities that {folder.name} emits")
    content = _read_yaml(path)
    if unknown := sorted(set(content) - KEYS):
        raise DeclarationError(f"{path}: unknown key {unknown[0]!r}; known are {sorted(KEYS)}")
    entities, place = content.get("entities"), content.get("place", float("inf"))
    if not isinstance(entities, list) or not all(isinstance(entity, str) for entity in entities):
        raise DeclarationError(f"{path}: entities must be a list such as [persons, activities], found {entities!r}")
    if not isinstance(place, int | float):
        raise DeclarationError(f"{path}: place must be a number, found {place!r}")
    for entity in entities:
        model = folder / "staging" / f"stg_{folder.name}__{entity}.sql"
        if not model.is_file():
            raise DeclarationError(f"{path}: {entity} is listed, but {model} is missing; write it, or remove {entity}")
    return System(folder.name, folder, tuple(entities), place)


def _read_yaml(path: Path) -> dict[str, Any]:
    try:
        return parse(path, decode(path), later("a system is"), "entities: [persons]").content
    except AgreementError as error:
        raise DeclarationError(str(error)) from error
