"""The reference files of a company, loaded into a database in memory: every row is read, and every rule is checked.

Belongs here: files that people write manually, which are small. Export files are headers.py. The rules are those of
the declaration: what may arrive, and the data tests of dbt (`unique`, `no_overlap`), which a build runs.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import duckdb
import yaml

from orchestration.lib.company.folder import REFERENCE
from orchestration.lib.ingestion import ingest_table
from orchestration.lib.ingestion.report import LoadReport
from orchestration.lib.inspection.content_lines import ContentLine, read_content_lines
from orchestration.lib.inspection.owner_lines import OwnerLine, read_lines
from orchestration.lib.inspection.words import COLUMNS
from orchestration.lib.language import gettext, later
from orchestration.lib.quality.arrival import check_arrival
from orchestration.lib.source_tables import SourceTable
from orchestration.lib.warehouse.sql import folded, quoted

# By whether the columns are a word with a meaning, and whether a row applies to some days only.
REPEATED = {
    (False, False): later("%(place)s line %(line)s: %(columns)s '%(values)s' is also in line %(before)s; remove one"),
    (False, True): later(
        "%(place)s line %(line)s: %(columns)s '%(values)s' is also in line %(before)s for the same days; remove one, "
        "or give both valid_from and valid_to"
    ),
    (True, False): later(
        "%(place)s line %(line)s: %(columns)s '%(values)s' is the same word as in line %(before)s; remove one"
    ),
    (True, True): later(
        "%(place)s line %(line)s: %(columns)s '%(values)s' is the same word as in line %(before)s for the same days; "
        "remove one, or give both valid_from and valid_to"
    ),
}
DECLARATION = Path("models/staging/reference/_reference__sources.yml")


@dataclass(frozen=True)
class Reference:
    """What was read: the tables with their files, and what a build would stop at."""

    reports: list[LoadReport]
    problems: list[str]
    words: dict[str, list[dict[str, str]]]
    """The rows of each file that explains words, as texts."""
    absences: list[OwnerLine]
    calendars: list[OwnerLine]
    """The lines about owners whose faults only warn."""
    personas: list[ContentLine]
    """The lines of content for one persona."""

    @property
    def empty_files(self) -> list[str]:
        """The files that have a header and no row."""
        files = (file for report in self.reports for file in report.files)
        return [file.file for file in files if file.status == "loaded" and not file.records]


def read_reference(tables: Sequence[SourceTable], folder: Path, product: Path) -> Reference:
    """Load the reference tables from `folder` and check what arrived. The dbt project `product` declares them."""
    with duckdb.connect() as connection:
        connection.execute("create schema if not exists raw")
        reports = [ingest_table(connection, table, folder) for table in tables]
        problems = [f"{REFERENCE}/{message.partition(', ')[2]}" for each in reports for message in each.problems()]
        problems += _arrival(connection, tables, reports)
        for name, columns, meaning, is_dated in _unique_columns(product / DECLARATION):
            problems += _repeated(connection, name, columns, meaning, is_dated)
        words = {name: _texts(connection, name) for name in COLUMNS}
        return Reference(reports, problems, words, *read_lines(connection), read_content_lines(connection))


def _texts(connection: duckdb.DuckDBPyConnection, name: str) -> list[dict[str, str]]:
    cursor = connection.execute(
        f"select columns(c -> left(c, 1) <> '_')::varchar from raw.{quoted(f'{REFERENCE}__{name}')}"
    )
    names = [column[0] for column in cursor.description]
    return [dict(zip(names, row, strict=True)) for row in cursor.fetchall()]


def _arrival(
    connection: duckdb.DuckDBPyConnection, tables: Sequence[SourceTable], reports: Sequence[LoadReport]
) -> Iterator[str]:
    """What the arrival checks of a build would find; rejected rows are named one by one instead."""
    for report, findings in zip(reports, check_arrival(connection, tables), strict=True):
        files = ", ".join(f"{REFERENCE}/{file.file}" for file in report.files)
        for finding in findings:
            expected = finding.expectation
            if not finding.success and finding.of != "rows":
                where = f"{REFERENCE}/{expected}" if finding.of == "file" else f"{files}: {expected}"
                yield f"{where}; {finding.found}"


def _unique_columns(declaration: Path) -> Iterator[tuple[str, list[str], list[str], bool]]:
    """Of each table the columns that only one row may have, what they give a meaning to, and whether it is dated."""
    document: dict[str, Any] = yaml.safe_load(declaration.read_text(encoding="utf-8"))
    for table in document["sources"][0]["tables"]:
        for test in table.get("data_tests", []):
            if "no_overlap" in test:
                arguments = test["no_overlap"]["arguments"]
                yield table["name"], arguments["columns"], arguments.get("meaning", []), True
            for columns in test.get("holds", {}).get("arguments", {}).get("unique", []):
                yield table["name"], [columns] if isinstance(columns, str) else columns, [], False


def _repeated(
    connection: duckdb.DuckDBPyConnection, name: str, columns: list[str], meaning: list[str], is_dated: bool
) -> Iterator[str]:
    """Rows that apply to the same, of which a build cannot tell which one is meant; words are compared as words."""
    texts = [f"coalesce({column}::varchar, '')" for column in columns]
    key = ", ".join(map(folded, texts) if meaning else texts)
    begins, ended = "coalesce(valid_from, date '0001-01-01')", "coalesce(valid_to, date '9999-12-31')"
    is_repeated = f"{begins} < lag({ended}) over same_key" if is_dated else "lag(_line) over same_key is not null"
    rows = connection.execute(
        f"""
        select _file, _line, concat_ws(', ', {", ".join(columns)}), lag(_line) over same_key
        from ({_rows(name, [*map(folded, texts), *meaning] if meaning else [])})
        window same_key as (partition by {key} order by {f"{begins}, {ended}, " if is_dated else ""}_line)
        qualify {is_repeated}
        order by _line
        """
    ).fetchall()
    for file, line, values, before in rows:
        yield gettext(
            REPEATED[bool(meaning), is_dated],
            place=f"{REFERENCE}/{file}",
            line=line,
            columns=", ".join(columns),
            values=values,
            before=before,
        )


def _rows(name: str, same: list[str]) -> str:
    """The rows of a table; of those with one word, one meaning and the same days only the first."""
    rows = f"select * from raw.{quoted(f'{REFERENCE}__{name}')}"
    if not same:
        return rows
    return f"{rows} qualify row_number() over (partition by {', '.join(same)}, valid_from, valid_to order by _line) = 1"
