"""A large export takes a bounded memory, whatever its size.

Belongs here: the peak of a process of its own, which reads one file of contacts.
"""

import resource
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path

import duckdb
import pytest

from orchestration.lib.ingestion import ingest_table
from tests.end_to_end.conftest import PROJECT
from tests.systems import TABLES

SECTION = "Exports"
MEGABYTE = 1_000_000
MOST_MEGABYTES = 1_000
LABELS = (
    "Record ID,Email,First Name,Last Name,Create Date,Company Name,Lifecycle Stage,Original Source,Phone Number,Notes"
)


def write_contacts(path: Path, megabytes: int) -> int:
    """Write rows of which no two are equal, and return their number."""
    rows = 0
    with path.open("w", encoding="utf-8") as file:
        file.write(LABELS + "\n")
        while file.tell() < megabytes * MEGABYTE:
            file.writelines(
                f"{row},p{row}@x{row % 1000}.example,Anna,Prova {row},2026-0{row % 9 + 1}-1{row % 10} 10:0{row % 10},"
                f'Comp {row % 100},Lead,Organic Search,+39 02 {row},"Some words, about {row}"\n'
                for row in range(rows, rows + 20_000)
            )
            rows += 20_000
    return rows


def read(folder: Path) -> None:
    """Ingest, and print the number of rows and the peak of memory in megabytes."""
    table = next(table for table in TABLES if table.raw_table == "hubspot__contacts")
    with duckdb.connect(folder.parent / "warehouse.duckdb") as connection:
        (file,) = ingest_table(connection, table, folder).files
    print(file.rows_loaded, resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024)


@pytest.mark.parametrize("megabytes", [pytest.param(300, marks=pytest.mark.faults)])
def test_memory_is_bounded(tmp_path: Path, figures: Callable[[str, str, object], None], megabytes: int) -> None:
    folder = tmp_path / "hubspot"
    folder.mkdir()
    rows = write_contacts(folder / "contacts.csv", megabytes)
    started = time.monotonic()
    code = f"from pathlib import Path; from {__name__} import read; read(Path({str(folder)!r}))"
    done = subprocess.run([sys.executable, "-c", code], cwd=PROJECT, capture_output=True, text=True, check=True)
    # DuckDB takes a process without a file for an interactive one, and shows its progress before.
    loaded, peak = map(int, done.stdout.split()[-2:])
    assert loaded == rows
    figures(SECTION, f"a CSV of {megabytes} MB: rows", rows)
    figures(SECTION, f"a CSV of {megabytes} MB: seconds", round(time.monotonic() - started))
    figures(SECTION, f"a CSV of {megabytes} MB: peak of memory, MB", peak)
    assert peak < MOST_MEGABYTES
