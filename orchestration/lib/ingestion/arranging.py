"""The order of a table's loads, written as their load numbers: by the files as wholes, then by the rows they share.

Belongs here: the question which of two files is newer, where both have a record and differ. Does not belong here:
comparing files as wholes (`order.py`), rows (`clashes.py`), loading (`ingest.py`).
"""

from collections.abc import Collection, Mapping
from dataclasses import replace
from datetime import UTC, datetime
from itertools import pairwise
from pathlib import Path

import duckdb

from orchestration.lib.ingestion import ledger
from orchestration.lib.ingestion.archives import archive_of, modified_at
from orchestration.lib.ingestion.clashes import Clash, is_complete, read_clashes
from orchestration.lib.ingestion.file_names import read_name
from orchestration.lib.ingestion.order import Evidence, Pair, by_content, by_copy, by_name, compare, is_certain, ordered
from orchestration.lib.ingestion.periods import reports_of_periods
from orchestration.lib.ingestion.shrunk import compare_with_earlier
from orchestration.lib.ingestion.spend import unclear_reports
from orchestration.lib.ingestion.vanished import note_vanished
from orchestration.lib.source_tables import SourceTable

ROUNDS = 6


def arrange(
    connection: duckdb.DuckDBPyConnection, table: SourceTable, present: Mapping[str, Path], loaded: Collection[str]
) -> tuple[dict[str, str], list[str]]:
    """Number the loads of the table from the oldest export to the newest.

    Return the files of which nothing tells whether they are newer than another one, each with the question, and
    sentences about rows and records that are gone. `present` are the files that exist, `loaded` those loaded now.
    Called when a load has changed: an order that was accepted stays.
    """
    files = [
        replace(each, file_time=_file_time(present[each.file]), is_present=True) if each.file in present else each
        for each in ledger.evidence(connection, table)
    ]
    by_file = {each.file: each for each in files}
    # They are refused: nothing follows from them.
    of_periods = {file: why for file, why in reports_of_periods(connection, table).items() if file in present}
    by_file = {file: each for file, each in by_file.items() if file not in of_periods}
    order, questions, known = _order(connection, table, by_file)
    questions |= unclear_reports(connection, table, order, by_file) | of_periods
    ledger.number_loads(connection, table, order, by_file)

    def is_later(older: str, newer: str) -> bool:
        return (older, newer) in known or compare(by_file[older], by_file[newer]) > 0

    losses = note_vanished(connection, table, order, is_later)
    losses += compare_with_earlier(connection, table, order, is_later, loaded)
    return {file: question for file, question in questions.items() if file in present}, losses


def _order(
    connection: duckdb.DuckDBPyConnection, table: SourceTable, by_file: Mapping[str, Evidence]
) -> tuple[list[str], dict[str, str], set[Pair]]:
    """Return the order, the questions by file, and the pairs whose order their rows tell."""
    known: set[Pair] = set()
    for turn in range(ROUNDS):
        order = ordered(by_file.values(), known)
        if not table.key or all(is_certain(by_file[one], by_file[other]) for one, other in pairwise(order)):
            return order, {}, known
        questions, reversed_pairs = {}, set()
        for clash in read_clashes(connection, table, order):
            one, other = by_file[clash.older], by_file[clash.newer]
            answer = _order_of_two(connection, table, clash, one, other)
            if answer == 0 or (answer < 0 and turn == ROUNDS - 1):
                questions[clash.older] = _question(clash, clash.older, clash.newer, other)
                questions[clash.newer] = _question(clash, clash.newer, clash.older, one)
            elif answer > 0:
                known.add((clash.older, clash.newer))
            else:
                reversed_pairs.add((clash.newer, clash.older))
        if not reversed_pairs - known:
            return order, questions, known
        known = {pair for pair in known if pair[::-1] not in reversed_pairs} | reversed_pairs
    return order, questions, known


def _order_of_two(
    connection: duckdb.DuckDBPyConnection, table: SourceTable, clash: Clash, one: Evidence, other: Evidence
) -> int:
    """Return 1 when `other` is newer, -1 when `one` is, 0 when nothing tells."""
    if clash.later or clash.earlier:
        return 0 if clash.later and clash.earlier else 1 if clash.later else -1
    content, name = by_content(one, other), by_name(one, other)
    older, newer = (one, other) if content > 0 else (other, one)
    # The newest instant of a part of the records tells nothing about its age.
    content = content if content and is_complete(connection, table, older, newer) else 0
    if name:
        return 0 if content == -name else name
    return content or by_copy(one, other)


def _question(clash: Clash, file: str, other: str, other_one: Evidence) -> str:
    undated = next((each for each in (file, other) if not read_name(each).readings), file)
    stem, dot, ending = undated.rsplit("/", 1)[-1].partition(".")
    lines = (clash.older_line, clash.newer_line)
    mine, its = lines if file == clash.older else lines[::-1]
    gone = "" if other_one.is_present else " (loaded before, no longer in the folder)"
    more = f", and so are {clash.rows - 1} more records" if clash.rows > 1 else ""
    origin, difference = f"{other}{gone}, line {its}", f"another {clash.columns}{more}"
    example = f"{stem} 2026-10-05{dot}{ending}"
    return (
        f"line {mine}: {clash.record} is also in {origin}, with {difference}; nothing tells which of the two exports "
        f"is newer: give both names the date of their export, such as {example!r}, or move the older file out of the "
        "folder; a column that states when a record was last changed tells it too"
    )


def _file_time(path: Path) -> datetime | None:
    """The time of the file, of the member of an archive, or of the database that contains the table."""
    if (archive := archive_of(path)) and (packed := modified_at(archive, path)):
        return packed
    for each in (path, *path.parents):
        if each.is_file():
            return datetime.fromtimestamp(int(each.stat().st_mtime), UTC).replace(tzinfo=None)
    return None
