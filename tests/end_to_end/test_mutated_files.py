"""Corrupted copies of real files: each loads or is refused with a reason, and no record of any of them is lost."""

import csv
import gzip
import io
from pathlib import Path

import duckdb
import pytest

from orchestration.lib.ingestion import FileReport, ingest_table
from tests import campaign_figures
from tests.end_to_end.conftest import SHARED_DATA
from tests.end_to_end.mutated_bases import bases
from tests.end_to_end.mutations import MUTATIONS, Spoilt, spoil

COPIES = 500

pytestmark = [
    pytest.mark.slow,
    pytest.mark.end_to_end,
    pytest.mark.skipif(not SHARED_DATA.is_dir(), reason="the real files are not beside the project"),
]


def records_of(file: Spoilt, data: bytes) -> int | None:
    """The records below the header, blank lines excluded, by another reader; null when it cannot be sure either."""
    if data.startswith(b"\x1f\x8b"):
        data = gzip.decompress(data)
    if data.startswith(b"\x1f\x8b"):
        return None
    encoding = "utf-8-sig"
    if data.startswith(b"\xff\xfe"):
        encoding = "utf-16"
    elif data[1:2] == b"\x00":
        encoding = "utf-16-le"
    try:
        text = data.decode(encoding)
    except UnicodeDecodeError:
        text = data.decode("latin-1")
    text = text.replace("\ufeff", "")
    is_old = "\n" not in text
    if not is_old and "\r" in text.replace("\r\n", ""):
        return None  # a carriage return by itself: a line end to one reader, a letter to another
    csv.field_size_limit(10_000_000)
    rows = csv.reader(io.StringIO(text, newline=""), delimiter=file.delimiter, strict=True)
    try:
        return sum(1 for row in rows if row) - 1
    except csv.Error:
        return None


def snapshot(connection: duckdb.DuckDBPyConnection, table: str) -> list[tuple]:
    """All that ingestion has written of a table; the time of a repeated refusal does not count as a change."""
    queries = (
        f"select hash(row) from raw.{table} as row order by all",
        "select hash(row) from raw.ingestion__rejected_rows as row order by all",
        "select * exclude (loaded_at, file_state) from raw.ingestion__loads order by file",
    )
    return [row for query in queries for row in connection.execute(query).fetchall()]


def wrong(file: Spoilt, data: bytes, report: FileReport) -> str | None:
    """What is wrong with what became of the file."""
    if report.status == "refused":
        return None if report.reason and len(report.reason) < 5000 else f"refused for {report.reason!r}"
    if report.status == "duplicate":
        return None
    if report.rows_loaded + report.rows_rejected != report.records:
        return "its counts do not add up"
    counted = records_of(file, data)
    return f"{report.records} records, but {counted} were counted" if counted not in (None, report.records) else None


@pytest.mark.parametrize("copies", [pytest.param(COPIES, marks=pytest.mark.campaign), COPIES // 5])
def test_corrupted_files(copies: int, tmp_path: Path, request: pytest.FixtureRequest) -> None:
    tables = bases()
    spoilt: dict[int, dict[str, tuple[Spoilt, bytes]]] = {}
    for seed in range(copies):
        base = seed % len(tables)
        file, data = spoil(tables[base][1], seed)
        spoilt.setdefault(base, {})[f"{seed:03}.csv"] = (file, data)
        folder = tmp_path / str(base)
        folder.mkdir(exist_ok=True)
        (folder / f"{seed:03}.csv").write_bytes(data)
    faults, statuses = [], []
    for base, files in spoilt.items():
        table = tables[base][0]
        with duckdb.connect() as connection:
            report = ingest_table(connection, table, tmp_path / str(base))
            assert [each.file for each in report.files] == list(files)
            for each in report.files:
                statuses.append(each.status)
                if fault := wrong(*files[each.file], each):
                    faults.append(f"{table.raw_table} {each.file} {files[each.file][0].done}: {fault}")
            before = snapshot(connection, table.raw_table)
            again = ingest_table(connection, table, tmp_path / str(base))
            if snapshot(connection, table.raw_table) != before or report.rows_in_table != again.rows_in_table:
                faults.append(f"{table.raw_table}: a second time changes something")
    assert faults == []
    assert len(statuses) == copies
    # Not by refusing everything.
    assert statuses.count("loaded") > copies / 3, {status: statuses.count(status) for status in set(statuses)}
    if copies == COPIES:
        outcomes = {f"corrupted copies {status}": statuses.count(status) for status in sorted(set(statuses))}
        campaign_figures.note(request.node.nodeid, "Real files", outcomes)


def test_everything_is_done_to_some_file() -> None:
    rows = [["a", "b"], *([str(number), "Zoë"] for number in range(50))]
    assert {name for seed in range(COPIES) for name in spoil(rows, seed)[0].done} == set(MUTATIONS)
    assert spoil(rows, 7) == spoil(rows, 7)
