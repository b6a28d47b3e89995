"""The declaration of every source table in the dbt sources YAML.

Belongs here: reading `_<system>__sources.yml` into frozen dataclasses, and clear messages about invalid ones. Which
systems there are is determined in systems/. Does not belong here: reading any export file (see `ingestion/`), or
evaluating its content (see the arrival checks, which read the same declaration).
"""

from dataclasses import dataclass
from fnmatch import fnmatchcase
from functools import lru_cache
from pathlib import Path
from typing import Any

import duckdb
import yaml

from orchestration.lib.csv_files import seed_column
from orchestration.lib.labels import fold_text
from orchestration.lib.table_checks import DeclarationError, check_pattern, check_table

# libyaml reads seven times as fast; PyYAML comes without it where nothing is built for the machine.
LOADER = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
SOURCE_KEYS = {"encoding", "footers", "placeholders"}  # defaults, which a table's own setting replaces
TABLE_KEYS = SOURCE_KEYS | {"files", "utc_files", "not_files", "key", "max_rejected_rate", "spend", "opens", "prefixes"}
FLAGS = ("required", "personal", "zone", "is_id", "unread")
COLUMN_KEYS = {"labels", "pattern", "accepted", "placeholders", "currency_of", "moment", "opens", "stand_in", *FLAGS}
COLUMN_KEYS |= {"person"}
MOMENTS = ("", "changed", "planned")
PERSONS = ("", "row", "cell", "name")


@dataclass(frozen=True)
class Column:
    """One declared column of a source table.

    `labels` are its other names in the headers of exports, best first. A column with a `pattern` is a map of all
    columns whose label the pattern matches, by what its group captures. `placeholders` are texts that mean null.
    A column with `currency_of` takes the currency from the cells of that column; `zone` is one of time zones; `is_id`
    one of ids or names whose name does not end with _id. A time is one of what has happened, unless `moment` is
    `changed` (the row's last change) or `planned` (can be in the future); `opens` are the figures that need it.
    Of a required column, `stand_in` identifies the rows of a file that does not have it. `person` is what becomes of
    the row when the person is forgotten whose id or e-mail the column has: the `row` goes, or the `cell` is emptied and
    the row stays; a `name` is emptied with such a cell. An `unread` column was empty when its system was drafted, so no
    model reads it.
    """

    name: str
    data_type: str
    labels: tuple[str, ...] = ()
    required: bool = False
    personal: bool = False
    accepted: tuple[str, ...] = ()
    description: str = ""
    pattern: str = ""
    placeholders: tuple[str, ...] = ()
    currency_of: str = ""
    moment: str = ""
    zone: bool = False
    opens: tuple[str, ...] = ()
    is_id: bool = False
    stand_in: str = ""
    person: str = ""
    unread: bool = False

    @property
    def always_required(self) -> bool:
        """Whether no file can lack it: it is required, and no other column identifies the rows instead."""
        return self.required and not self.stand_in

    @property
    def contains_ids(self) -> bool:
        """Whether its texts are ids, or lists of ids: declared, or by its name."""
        return self.is_id or self.name == "id" or self.name.endswith(("_id", "_ids"))

    @property
    def value_type(self) -> str:
        """The type of one cell, in DuckDB's spelling; for a map, the type of its values."""
        kind = duckdb.sqltype(self.data_type)
        return str(kind.children[1][1] if self.pattern else kind)


@dataclass(frozen=True)
class SourceTable:
    """One declared table that export files feed; `files` are patterns on the file name without case and accents.

    Files that `not_files` matches do not; those of `utc_files` do, and their times are in UTC. So do files that `words`
    of other languages match, unless `not_words` does: the patterns that the system's tables declare. `encodings` are
    tried in order. `footers` are patterns of lines below a report, `spend` its money by `day` and `campaign`, `opens`
    what needs it; `prefixes` are names of the object that a report writes before its labels (`Lead: Email`).
    """

    system: str
    name: str
    files: tuple[str, ...]
    key: tuple[str, ...]
    columns: tuple[Column, ...]
    encodings: tuple[str, ...] = ("utf-8",)
    max_rejected_rate: float = 0.01
    utc_files: tuple[str, ...] = ()
    not_files: tuple[str, ...] = ()
    words: tuple[str, ...] = ()
    not_words: tuple[str, ...] = ()
    footers: tuple[str, ...] = ()
    placeholders: tuple[str, ...] = ()
    spend: str = ""
    opens: tuple[str, ...] = ()
    prefixes: tuple[str, ...] = ()

    def claims(self, file: str) -> bool:
        """Return whether a file of this name feeds the table, in any case and with or without accents."""
        name = fold_text(file)
        if any(fnmatchcase(name, pattern) for pattern in self.not_files):
            return False
        if any(fnmatchcase(name, pattern) for pattern in (*self.files, *self.utc_files)):
            return True
        is_worded = any(fnmatchcase(name, pattern) for pattern in self.words)
        return is_worded and not any(fnmatchcase(name, pattern) for pattern in self.not_words)

    @property
    def has_persons(self) -> bool:
        """Whether a column is personal."""
        return any(column.personal for column in self.columns)

    @property
    def stood_in(self) -> tuple[Column, ...]:
        """The columns that a file may lack, because another one identifies its rows."""
        return tuple(column for column in self.columns if column.stand_in)

    @property
    def raw_table(self) -> str:
        """Name of the table in the schema `raw`."""
        return f"{self.system}__{self.name}"


def read_sources(models_folder: Path) -> list[SourceTable]:
    """Read every declared table in `models` of a dbt project, in the order of the file names. DeclarationError."""
    paths = sorted((models_folder / "staging").rglob("_*__sources.yml"))
    return [table for path in paths for table in read_declaration(path)]


def read_declaration(path: Path) -> list[SourceTable]:
    """Read the declared tables of one file. Raises DeclarationError for an invalid declaration."""
    try:
        return list(_tables_in(path.name, path.read_text(encoding="utf-8")))
    except FileNotFoundError as error:
        raise DeclarationError(f"{path} is missing: a system declares its tables there (CONTRIBUTING.md)") from error


@lru_cache(maxsize=64)
def _tables_in(file: str, text: str) -> tuple[SourceTable, ...]:
    """The tables of a text: one that did not change is read once in a process."""
    try:
        document = yaml.load(text, LOADER) or {}
    except yaml.YAMLError as error:
        raise DeclarationError(f"{file} is not valid YAML: {error}") from error
    tables: list[SourceTable] = []
    for source in document.get("sources") or []:
        where = f"{file}, source {source.get('name', '(unnamed)')}"
        defaults = _meta(source, where)
        _check_keys(defaults, SOURCE_KEYS, where)
        for entry in source.get("tables") or []:
            where = f"{file}, table {entry.get('name', '(unnamed)')}"
            if {"files", "utc_files"} & set(_meta(entry, where)):
                tables.append(_read_table(source["name"], entry, defaults, where))
    return tuple(tables)


def _meta(entry: dict[str, Any], where: str) -> dict[str, Any]:
    """Return `config.meta` of a table or column, {} if it is missing."""
    meta = (entry.get("config") or {}).get("meta") or {}
    if not isinstance(meta, dict):
        raise DeclarationError(f"{where}: config.meta must contain names and values, found {meta!r}")
    return meta


def _check_keys(meta: dict[str, Any], known: set[str], where: str) -> None:
    if unknown := sorted(set(meta) - known):
        raise DeclarationError(f"{where}: unknown key {unknown[0]!r} in config.meta; known are {sorted(known)}")


def _texts(meta: dict[str, Any], key: str, where: str) -> tuple[str, ...]:
    values = meta.get(key) or []
    if key == "accepted" and isinstance(values, str) and (found := seed_column(values)):
        return found
    if not isinstance(values, list):
        raise DeclarationError(f"{where}: {key} must be a list, found {values!r}; write [{values}]")
    if key == "accepted":
        return tuple(word for value in values for word in seed_column(str(value)) or (str(value),))
    return tuple(str(value) for value in values)


def _read_table(system: str, entry: dict[str, Any], defaults: dict[str, Any], where: str) -> SourceTable:
    meta = defaults | _meta(entry, where)
    _check_keys(meta, TABLE_KEYS, where)
    encoding = meta.get("encoding", "utf-8")
    texts = {key: _texts(meta, key, where) for key in ("key", "footers", "placeholders", "opens", "prefixes")}
    patterns = {key: tuple(map(fold_text, _texts(meta, key, where))) for key in ("files", "utc_files", "not_files")}
    columns = tuple(_read_column(column, where) for column in entry.get("columns") or [])
    settings: dict[str, Any] = texts | patterns | {"columns": columns}
    settings["encodings"] = tuple(map(str, encoding)) if isinstance(encoding, list) else (str(encoding),)
    settings["spend"] = str(meta.get("spend", ""))
    settings["max_rejected_rate"] = rate = meta.get("max_rejected_rate", 0.01)
    if not isinstance(rate, int | float) or not 0 <= rate <= 1:
        raise DeclarationError(f"{where}: max_rejected_rate must be a rate from 0 to 1, found {rate!r}")
    table = SourceTable(system=system, name=entry["name"], **settings)
    check_table(table, entry.get("identifier", entry["name"]), where)
    return table


def _read_column(entry: dict[str, Any], where: str) -> Column:
    where = f"{where}, column {entry.get('name', '(unnamed)')}"
    meta = _meta(entry, where)
    _check_keys(meta, COLUMN_KEYS, where)
    if "data_type" not in entry:
        raise DeclarationError(f"{where}: data_type is missing")
    for key in FLAGS:
        if not isinstance(meta.get(key, False), bool):
            raise DeclarationError(f"{where}: {key} must be true or false, found {meta[key]!r}")
    try:
        duckdb.sqltype(entry["data_type"])
    except duckdb.Error as error:
        raise DeclarationError(f"{where}: {entry['data_type']!r} is not a valid type of DuckDB") from error
    texts = ("labels", "accepted", "placeholders", "opens")
    settings: dict[str, Any] = {key: _texts(meta, key, where) for key in texts}
    settings |= {key: str(meta.get(key, "")) for key in ("pattern", "currency_of", "moment", "stand_in", "person")}
    settings |= {key: meta.get(key, False) for key in FLAGS}
    column = Column(entry["name"], entry["data_type"], description=entry.get("description") or "", **settings)
    if column.moment not in MOMENTS:
        raise DeclarationError(f"{where}: moment must be changed or planned, found {column.moment!r}")
    if column.person not in PERSONS or (column.person and column.value_type != "VARCHAR"):
        raise DeclarationError(f"{where}: person must be row, cell or name, of a varchar; found {column.person!r}")
    check_pattern(column, where)
    return column
