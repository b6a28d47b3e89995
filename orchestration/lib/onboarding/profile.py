"""Files into tables of text, and counts of each of their columns, by ingestion's own readers.

Belongs here: reading, and counting the values of a column. Does not belong here: their meaning (column_types.py,
matching.py), and any parsing of files (ingestion/). All tables of one onboarding are in one in-memory database, as
`profile."<table>"` with the columns' names, all text, and `_export` (the number of the list), `_file` and `_line`.
"""

import re
import tempfile
from dataclasses import dataclass, field
from fnmatch import fnmatchcase
from pathlib import Path

import duckdb

from orchestration.lib.ingestion.containers import read_export
from orchestration.lib.ingestion.detection import Refused, is_utf8, recognise
from orchestration.lib.ingestion.readers import read_content
from orchestration.lib.labels import fold_text
from orchestration.lib.onboarding.inputs import Input, read_inputs
from orchestration.lib.onboarding.questions import OnboardingError
from orchestration.lib.onboarding.texts import code_in, entity_of, has_word, name_words, snake_names
from orchestration.lib.onboarding.words import PERSONAL
from orchestration.lib.source_tables import SourceTable
from orchestration.lib.warehouse.sql import literal, quoted

ENCODINGS = ("utf-8", "cp1252")
EMAIL = r"[^@\s]+@[^@\s]+\.[a-zA-Z]{2,}"
PHONE = r"\+?[0-9][0-9 ()./-]{7,}[0-9]"
DAY = r"^([0-9]{4}[-/. ][0-9]{1,2}[-/. ][0-9]{1,2}|[0-9]{1,2}[-/. ][0-9]{1,2}[-/. ][0-9]{4})"
NUMBER = r"[-+]?[0-9][0-9.,]*"
MOSTLY = 0.5
ALL_ROWS = " (all rows)"


@dataclass
class Column:
    """One column: its label in the files, its name here, and the number of its cells by kind.

    `apart` is the number of different cells of each export, added up: a later export has the same records again.
    """

    label: str
    name: str
    filled: int
    distinct: int
    apart: int = 0
    is_personal: bool = False
    is_number: bool = False
    data_type: str = "varchar"
    placeholders: tuple[str, ...] = ()


@dataclass
class Table:
    """The lists of one kind: same words in their names, same labels. `key` identifies a record; empty without a key.

    `raw` is the raw table whose rows these are; `texts` are columns that stay texts whatever their cells are.
    """

    name: str
    files: list[Input]
    is_utf8: bool
    words: tuple[str, ...]
    rows: int
    columns: list[Column]
    key: tuple[str, ...] = ()
    patterns: tuple[str, ...] = ()
    notes: list[str] = field(default_factory=list)
    raw: str = ""
    texts: set[str] = field(default_factory=set)
    is_narrowed: bool = False

    def __post_init__(self) -> None:  # noqa: D105
        self.raw = self.raw or self.name

    @property
    def relation(self) -> str:
        """The table in the in-memory database."""
        return f"profile.{quoted(self.name)}"

    @property
    def every_row(self) -> str:
        """The table with the rows that are records of other entities only."""
        return f"profile.{quoted(self.name + ALL_ROWS)}" if self.is_narrowed else self.relation

    def is_unique(self, column: Column) -> bool:
        """Whether each row of each export has a cell of its own in the column."""
        return column.filled == column.apart == self.rows

    def column(self, name: str) -> Column:
        """Return the column of this name."""
        return next(column for column in self.columns if column.name == name)


def read_tables(
    connection: duckdb.DuckDBPyConnection, paths: list[Path], system: str, earlier: list[Path], unused: list[str]
) -> list[Table]:
    """Read all lists into `profile`, in the order given. OnboardingError names the file that cannot be read.

    `earlier` are exports of an earlier call: they may have other columns than a newer export of the same kind. What of
    an archive or workbook has no rows under a header is added to `unused`.
    """
    connection.execute("create schema if not exists profile")
    tables: dict[str, Table] = {}
    for number, given in enumerate(read_inputs([*paths, *earlier], unused)):
        if found := code_in(given.name):
            raise OnboardingError(f"{given.name!r}: the name of the file contains {found}; rename it")
        words = tuple(name_words(given.stem, system))
        try:
            labels, is_utf8 = _parse(connection, given)
        except OnboardingError as error:
            if not given.sheet or entity_of(words)[0]:
                raise
            unused.append(f"{given.name}: not used: {str(error).removeprefix(f'{given.path}: ')}")
            continue
        name = "_".join(words) or snake_names([given.stem])[0]
        names = snake_names(labels)
        known = tables.get(name)
        if known and given.path not in earlier and [column.label for column in known.columns] != labels:
            raise OnboardingError(
                f"{given.path} and {known.files[0].path} both become '{name}' but have different columns; rename one "
                "of the two"
            )
        if known:
            names = _added_columns(connection, known, labels, names)
            known.files.append(given)
        else:
            columns = [Column(label, column, 0, 0) for label, column in zip(labels, names, strict=True)]
            tables[name] = known = Table(name, [given], is_utf8, words, 0, columns)
            types = ", ".join(f"{quoted(column)} varchar" for column in names)
            connection.execute(f"create table {known.relation} ({types}, _export int, _file varchar, _line bigint)")
        cells = ", ".join(f"nullif(trim(c{place}), '') as {quoted(column)}" for place, column in enumerate(names))
        rows = f"select {cells}, {number} as _export, {literal(given.name)} as _file, _line from parsed"
        connection.execute(f"insert into {known.relation} by name {rows}")
    for table in tables.values():
        count_cells(connection, table)
        table.patterns = _patterns(table, list(tables.values()))
    return list(tables.values())


def _added_columns(
    connection: duckdb.DuckDBPyConnection, table: Table, labels: list[str], names: list[str]
) -> list[str]:
    """Return the names of a file's columns in its table, which gets the columns that it did not have."""
    of_label = {column.label: column.name for column in table.columns}
    for label, name in zip(labels, names, strict=True):
        if label not in of_label:
            while name in of_label.values():
                name += "_2"
            of_label[label] = name
            table.columns.append(Column(label, name, 0, 0))
            connection.execute(f"alter table {table.relation} add column {quoted(name)} varchar")
    return [of_label[label] for label in labels]


def _parse(connection: duckdb.DuckDBPyConnection, given: Input) -> tuple[list[str], bool]:
    """Create `parsed` from the records of a list; return its labels, and whether it is UTF-8."""
    path = given.path
    # A sheet is chosen as ingestion chooses it: by a pattern that its name matches.
    sheets = re.sub(r"[][*?]", "?", fold_text(given.sheet)) or "*"
    try:
        with tempfile.TemporaryDirectory() as name:
            folder = Path(name)
            unpacked = read_export(path, folder)
            content = recognise(unpacked, ENCODINGS, folder)
            parsed = read_content(connection, content, SourceTable("", "", (sheets,), (), ()), folder)
            has_utf8 = content.kind == "workbook" or is_utf8(unpacked)
    except Refused as refusal:
        raise OnboardingError(f"{path}: {refusal}") from refusal
    # Spreadsheets leave rows without a cell behind the last one: they are not records.
    cells = ", ".join(f"nullif(trim(c{place}), '')" for place in range(len(parsed.header.labels)))
    connection.execute(f"delete from parsed where coalesce({cells}) is null")
    if not connection.execute("select count(*) from parsed").fetchall()[0][0]:
        where = f"sheet {given.sheet}: " if given.sheet else ""
        raise OnboardingError(
            f"{path}: {where}it has a header but no rows, so nothing can be profiled; export it again"
        )
    for place, label in enumerate(parsed.header.labels, start=1):
        if found := code_in(" ".join(label.split())):
            raise OnboardingError(f"{path}: the label of column {place} contains {found}; rename the column")
    return list(parsed.header.labels), has_utf8


def rows_of(connection: duckdb.DuckDBPyConnection, table: Table, name: str, condition: str) -> Table:
    """Return the rows of a table that a condition selects, as a table of their own with the same columns."""
    columns = [Column(column.label, column.name, 0, 0) for column in table.columns]
    part = Table(name, table.files, table.is_utf8, table.words, 0, columns, raw=table.name)
    connection.execute(f"create or replace view {part.relation} as select * from {table.every_row} where {condition}")
    count_cells(connection, part)
    return part


def count_cells(connection: duckdb.DuckDBPyConnection, table: Table) -> None:
    """Fill in counts, and mark columns that are personal by label or content."""
    figures = ", ".join(
        f"count({c}), count(distinct {c}), count(distinct _export || ':' || {c}), "
        f"count(*) filter (where regexp_full_match({c}, {literal(EMAIL)})), "
        f"count(*) filter (where regexp_full_match({c}, {literal(PHONE)}) and regexp_matches({c}, '[ ()+-]') "
        f"and not regexp_matches({c}, {literal(DAY)})), bool_and(regexp_full_match({c}, {literal(NUMBER)}))"
        for c in (quoted(column.name) for column in table.columns)
    )
    row = connection.execute(f"select count(*), {figures} from {table.relation}").fetchall()[0]
    table.rows = row[0]
    for place, column in enumerate(table.columns):
        column.filled, column.distinct, column.apart, emails, phones, numbers = row[1 + 6 * place : 7 + 6 * place]
        column.is_number = bool(numbers)
        looks_personal = max(emails, phones) > MOSTLY * column.filled if column.filled else False
        column.is_personal = column.is_personal or has_word(column.label, PERSONAL) or looks_personal


def _patterns(table: Table, tables: list[Table]) -> tuple[str, ...]:
    """Return one pattern that also matches later exports, without dates; exact file names if it matches other files."""
    mine = [each.claimed_by for each in table.files]
    others = [each.claimed_by for other in tables if other is not table for each in other.files]
    first = mine[0] if table.files[0].sheet else mine[0].split(".")[0]
    stem = re.sub(r"^[0-9 _-]+|[0-9 _-]+$", "", first) or first
    pattern = ("" if first.startswith(stem) else "*") + re.sub(r"[][*?]", "?", stem) + "*"
    if all(fnmatchcase(name, pattern) for name in mine) and not any(fnmatchcase(name, pattern) for name in others):
        return (pattern,)
    return tuple(re.sub(r"[][*?]", "?", name) for name in mine)


def values_of(connection: duckdb.DuckDBPyConnection, table: Table, name: str, limit: int = 200) -> list[str]:
    """Return the distinct texts of a column, the most frequent first."""
    query = f"select {quoted(name)} from {table.relation} where {quoted(name)} is not null group by 1"
    return [row[0] for row in connection.execute(f"{query} order by count(*) desc, 1 limit {limit}").fetchall()]
