"""The published build in a few figures: its as-of, the age of each source, and what is broken in it.

Belongs here: reading the published copy. The result of the last run is last_run.py.
"""

from dataclasses import dataclass
from datetime import date, datetime

import duckdb

from orchestration.lib.language import gettext, translated
from orchestration.lib.quality.definitions import definition_text
from orchestration.mistakes import Mistake

BUILD = "select as_of_local_at, time_zone from reports.rpt_page_header"
SOURCES = """
    select system, last_date, days_behind, files
    from reports.rpt_sources
    where days_behind is not null
    order by days_behind desc, system
"""
BROKEN = """
    select clause, definition, failed_rows, evaluated_rows, agreement_version
    from reports.rpt_guard_results
    where status = 'failed'
    order by failed_rows desc, clause || ', ' || definition || ': ' || failed_rows || ' of ' || evaluated_rows,
        agreement_version
"""
DUE = "select period_name, due_date from marts.fct_reviews where status = 'due'"
REJECTED = """
    select system || '/' || file, count(*), min(line), arg_min(reason, line)
    from marts.fct_rejected_rows
    where not is_non_data_line
    group by system, file
    order by count(*) desc, system || '/' || file || ': '
"""


class PublishedBeforeError(Mistake):
    """The copy lacks a table or column that is read here."""

    exit_code = 1


@dataclass(frozen=True)
class Source:
    """A system: the last day in its files, how many days that is before the as-of, and its files."""

    system: str
    last_date: str
    days_behind: int | None
    files: int


@dataclass(frozen=True)
class Build:
    """What readers see."""

    as_of_local: datetime
    time_zone: str
    sources: list[Source]
    broken: list[str]
    reviews_due: list[tuple[str, date]]
    """The review that is due, if one is, by its period and day."""


def read_build(connection: duckdb.DuckDBPyConnection) -> Build:
    """The published build. A Mistake if an earlier version of the project published it."""
    try:
        ((as_of_local, time_zone),) = connection.execute(BUILD).fetchall()
        sources = connection.execute(SOURCES).fetchall()
        reviews_due = connection.execute(DUE).fetchall()
        broken = [_broken(*row) for row in connection.execute(BROKEN).fetchall()]
        broken += [_rejected(*row) for row in connection.execute(REJECTED).fetchall()]
    except (duckdb.BinderException, duckdb.CatalogException) as error:
        text = gettext("an earlier version of this project published the copy; run `smarketing run`")
        raise PublishedBeforeError(text) from error
    return Build(
        as_of_local,
        time_zone,
        [Source(system, str(last or "unknown"), behind, files) for system, last, behind, files in sources],
        broken,
        reviews_due,
    )


def _broken(clause: str, definition: str, failed: int, evaluated: int, version: str) -> str:
    return gettext(
        "%(clause)s, %(definition)s: %(failed)s of %(rows)s rows, version %(version)s",
        clause=clause,
        definition=definition_text(definition),
        failed=failed,
        rows=evaluated,
        version=version,
    )


def _rejected(file: str, rows: int, line: int, reason: str) -> str:
    return gettext(
        "%(file)s: %(number)s row(s) rejected, first at line %(line)s: %(reason)s",
        file=file,
        number=rows,
        line=line,
        reason=translated(reason),
    )
