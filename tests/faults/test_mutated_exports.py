"""1,000 corrupted exports below real headers: each loads or is refused, with line and reason, and no record is lost.

Belongs here: the count of what becomes of them. What is done to a file is tests/end_to_end/mutations.py; files with
the rows of real companies are tests/end_to_end/test_mutated_files.py.
"""

from collections import Counter
from collections.abc import Callable
from pathlib import Path

import duckdb
import pytest

from orchestration.lib.ingestion import ingest_table
from tests.end_to_end.mutated_bases import bases_of_headers, rows_below
from tests.end_to_end.mutations import spoil
from tests.end_to_end.test_mutated_files import wrong

SECTION = "Exports"
ROWS = 40
# Files of one folder: each is compared with all before it.
AT_ONCE = 8


def unexplained(connection: duckdb.DuckDBPyConnection) -> int:
    """Rejected rows without a line or a reason."""
    query = "select count(*) from raw.ingestion__rejected_rows where not (line > 0) or coalesce(reason, '') = ''"
    return int(connection.execute(query).fetchall()[0][0])


@pytest.mark.parametrize(
    "copies", [pytest.param(1000, marks=pytest.mark.faults), pytest.param(60, marks=pytest.mark.slow)]
)
def test_corrupted_exports(
    copies: int, tmp_path: Path, figures: Callable[[str, str, object], None], allowance: Callable[..., object]
) -> None:
    bases, time = bases_of_headers(), allowance(SECTION)
    faults: list[str] = []
    outcomes: Counter[str] = Counter()
    seeds = [list(range(number, copies, len(bases))) for number in range(len(bases))]
    batches = [
        (bases[at], own[first : first + AT_ONCE])
        for at, own in enumerate(seeds)
        for first in range(0, len(own), AT_ONCE)
    ]
    for number, ((table, labels), own) in enumerate(batches):
        folder = tmp_path / str(number)
        folder.mkdir()
        files = {f"{seed:04}.csv": spoil(rows_below(table, labels, ROWS), seed) for seed in own}
        if time.is_over:  # type: ignore[attr-defined]
            outcomes["not reached"] += len(files)
            continue
        for name, (_, data) in files.items():
            (folder / name).write_bytes(data)
        with duckdb.connect() as connection:
            report = ingest_table(connection, table, folder)
            faults += [f"{table.raw_table}: rows without line or reason"] * unexplained(connection)
        assert [each.file for each in report.files] == list(files)
        for each in report.files:
            outcomes[each.status] += 1
            outcomes["records loaded"] += each.rows_loaded
            outcomes["rows rejected"] += each.rows_rejected - each.non_data_lines
            outcomes["non-data lines"] += each.non_data_lines
            if fault := wrong(*files[each.file], each):
                faults.append(f"{table.raw_table} {each.file} {files[each.file][0].done}: {fault}")
    assert faults == []
    for name in ("loaded", "refused", "duplicate", "records loaded", "rows rejected", "non-data lines", "not reached"):
        figures(SECTION, f"mutated exports: {name}", outcomes[name])
    # Not by refusing everything.
    assert outcomes["loaded"] > (copies - outcomes["not reached"]) / 3
