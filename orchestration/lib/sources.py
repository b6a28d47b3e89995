"""The declaration of every source table, as the dbt sources YAML holds it.

Belongs here: reading `models/staging/<system>/_<system>__sources.yml` into frozen dataclasses, and saying
clearly what is wrong in one. Does not belong here: reading any export file (see `ingestion/`), or judging its
content (see the arrival checks, which read the same declaration).
"""

import codecs
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import duckdb
import yaml

TABLE_KEYS = {"files", "key", "encoding", "max_set_apart_rate"}
COLUMN_KEYS = {"labels", "required", "personal", "accepted"}
RESERVED_COLUMNS = {"_extra", "_file", "_line", "_load_id", "_load_number"}
STRAIGHT_QUOTES = str.maketrans("‘’‚′“”„″", "''''\"\"\"\"")


class DeclarationError(ValueError):
    """A sources YAML says something that cannot be meant; the message names file, table and column."""


@dataclass(frozen=True)
class Column:
    """One declared column of a source table; `labels` are other names that an export's header gives it."""

    name: str
    data_type: str
    labels: tuple[str, ...] = ()
    required: bool = False
    personal: bool = False
    accepted: tuple[str, ...] = ()
    description: str = ""


@dataclass(frozen=True)
class SourceTable:
    """One declared table that export files feed; `files` are patterns on the lower-cased file name."""

    system: str
    name: str
    files: tuple[str, ...]
    key: tuple[str, ...]
    columns: tuple[Column, ...]
    encoding: str = "utf-8"
    max_set_apart_rate: float = 0.01

    @property
    def raw_table(self) -> str:
        """Name of the table in the schema `raw`."""
        return f"{self.system}__{self.name}"


def fold_label(label: str) -> str:
    """Return the label as labels are compared: trimmed, case-folded, with straight quotes."""
    return label.strip().translate(STRAIGHT_QUOTES).casefold()


def read_sources(models_folder: Path) -> list[SourceTable]:
    """Read every declared table that files feed, in the order of the file names.

    `models_folder` is the dbt project's `models`. Raises DeclarationError for a wrong declaration.
    """
    tables: list[SourceTable] = []
    for path in sorted((models_folder / "staging").rglob("_*__sources.yml")):
        try:
            document = yaml.safe_load(path.read_text(encoding="utf-8")) or {}
        except yaml.YAMLError as error:
            raise DeclarationError(f"{path.name} is not valid YAML: {error}") from error
        for source in document.get("sources") or []:
            for entry in source.get("tables") or []:
                where = f"{path.name}, table {entry.get('name', '(unnamed)')}"
                if "files" in _meta(entry, where):
                    tables.append(_read_table(source["name"], entry, where))
    return tables


def _meta(entry: dict[str, Any], where: str) -> dict[str, Any]:
    """Return `config.meta` of a table or column, {} when absent."""
    meta = (entry.get("config") or {}).get("meta") or {}
    if not isinstance(meta, dict):
        raise DeclarationError(f"{where}: config.meta must hold names and values, found {meta!r}")
    return meta


def _check_keys(meta: dict[str, Any], known: set[str], where: str) -> None:
    if unknown := sorted(set(meta) - known):
        raise DeclarationError(f"{where}: unknown key {unknown[0]!r} in config.meta; known are {sorted(known)}")


def _texts(meta: dict[str, Any], key: str, where: str) -> tuple[str, ...]:
    values = meta.get(key) or []
    if not isinstance(values, list):
        raise DeclarationError(f"{where}: {key} must be a list, found {values!r}; write [{values}]")
    return tuple(str(value) for value in values)


def _rate(value: Any, where: str) -> float:
    if not isinstance(value, int | float) or not 0 <= value <= 1:
        raise DeclarationError(f"{where}: max_set_apart_rate must be a rate from 0 to 1, found {value!r}")
    return float(value)


def _read_table(system: str, entry: dict[str, Any], where: str) -> SourceTable:
    meta = _meta(entry, where)
    _check_keys(meta, TABLE_KEYS, where)
    table = SourceTable(
        system=system,
        name=entry["name"],
        files=tuple(pattern.lower() for pattern in _texts(meta, "files", where)),
        key=_texts(meta, "key", where),
        columns=tuple(_read_column(column, where) for column in entry.get("columns") or []),
        encoding=str(meta.get("encoding", "utf-8")),
        max_set_apart_rate=_rate(meta.get("max_set_apart_rate", 0.01), where),
    )
    _check_table(table, entry.get("identifier", entry["name"]), where)
    return table


def _read_column(entry: dict[str, Any], where: str) -> Column:
    where = f"{where}, column {entry.get('name', '(unnamed)')}"
    meta = _meta(entry, where)
    _check_keys(meta, COLUMN_KEYS, where)
    if "data_type" not in entry:
        raise DeclarationError(f"{where}: data_type is missing")
    for key in ("required", "personal"):
        if not isinstance(meta.get(key, False), bool):
            raise DeclarationError(f"{where}: {key} must be true or false, found {meta[key]!r}")
    try:
        duckdb.sqltype(entry["data_type"])
    except duckdb.Error as error:
        raise DeclarationError(f"{where}: {entry['data_type']!r} is not a type that DuckDB knows") from error
    return Column(
        name=entry["name"],
        data_type=entry["data_type"],
        labels=_texts(meta, "labels", where),
        required=meta.get("required", False),
        personal=meta.get("personal", False),
        accepted=_texts(meta, "accepted", where),
        description=entry.get("description") or "",
    )


def _check_table(table: SourceTable, identifier: str, where: str) -> None:
    """Raise DeclarationError for what only the whole table shows."""
    if not table.files or not table.columns:
        raise DeclarationError(f"{where}: needs at least one pattern under files and one column")
    if identifier != table.raw_table:
        raise DeclarationError(f"{where}: identifier must be {table.raw_table!r}, found {identifier!r}")
    owners: dict[str, str] = {}
    for column in table.columns:
        if column.name.lower() in RESERVED_COLUMNS:
            raise DeclarationError(f"{where}, column {column.name}: the name belongs to ingestion; rename it")
        for label in {fold_label(label) for label in (column.name, *column.labels)}:
            if label in owners:
                raise DeclarationError(
                    f"{where}, column {column.name}: label {label!r} is already one of column {owners[label]}"
                )
            owners[label] = column.name
    names = {column.name for column in table.columns}
    if undeclared := [name for name in table.key if name not in names]:
        raise DeclarationError(f"{where}: key column {undeclared[0]!r} is not declared under columns")
    try:
        codecs.lookup(table.encoding)
    except LookupError as error:
        raise DeclarationError(f"{where}: unknown encoding {table.encoding!r}; use utf-8 or latin-1") from error
