"""A file is read in pieces: where a piece ends changes nothing, and memory does not grow with the file."""

import gzip
import subprocess
import sys
from pathlib import Path

import duckdb
import pytest

from orchestration.lib.ingestion import ingest_table, pieces
from orchestration.lib.source_tables import Column, SourceTable

TABLE = SourceTable(
    system="crm",
    name="deals",
    files=("*deals*",),
    key=("id",),
    columns=(Column("id", "bigint", required=True), Column("name", "varchar"), Column("won_at", "timestamp")),
    encodings=("utf-8", "latin-1"),
    footers=("^total",),
)
CSV = (
    'deals of may\r\n\r\nid,name,won_at\r\n1,"Ann, of\r\nAcme ""North""",2026-05-01\r\n\r\n2,Żółć\U0001f600,\r\n'
    'id,name,won_at\r\n3,"half\r\n4,Bob,soon\r\n5,Eve\r\n6,Zoë\rLee,\r\n7,,2026-05-02T10:00:00\r\n8,"two\n\nlines",,9\r\n\r\n'
    "total,8\r\n"
)
JSON = '{"id": 1, "name": "Ann"}\r\n\r\n{"id": 2,\r"name": "Bób"}\r\nno json\r\n{"id": "x"}'
FILES = {
    "crlf.csv": CSV.replace('"half', "half").encode(),
    "never closed.csv": CSV.encode(),
    "mark.csv": b"\xef\xbb\xbf" + CSV.replace('"half', "half").encode(),
    "wide.csv": CSV.replace('"half', "half").encode("utf-16"),
    "latin.csv": "id,name\n1,Zoë\n2,Bo\n".encode("latin-1"),
    "mixed.csv": "id,name\n1,Żółć\n2,".encode() + b"Zo\xeb\n",
    "old.csv": b"id,name\r1,Ann\r2,Bob\r",
    "nul.csv": b"id,name\n1,Ann\n2,B\x00b\n",
    "blank.csv": b"\r\n \r\n\t\r\n",
    "packed.csv": gzip.compress(CSV.replace('"half', "half").encode()),
    "torn.csv": gzip.compress(CSV.encode())[:-9],
    "lines.csv": JSON.encode(),
    "bad quotes.csv": b'id,name\n1,a"b"\n2,"c"d\n3,"e"\r\r\n4,"f"\n',
}


def found(folder: Path) -> list[tuple]:
    """Everything that ingestion stores about the files, except the times of the loads."""
    with duckdb.connect() as connection:
        report = ingest_table(connection, TABLE, folder)
        rows = connection.execute("from raw.crm__deals order by _file, _line").fetchall()
        query = "select file, line, column_name, reason, row_text, cells from raw.ingestion__rejected_rows order by all"
        return [repr(report), *rows, *connection.execute(query).fetchall()]


@pytest.mark.parametrize("name", FILES)
def test_the_end_of_a_piece_changes_nothing(name: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / f"deals {name}").write_bytes(FILES[name])
    whole = found(tmp_path)
    for piece in (1, 2, 3, 5, 11, 64):
        monkeypatch.setattr(pieces, "PIECE", piece)
        assert found(tmp_path) == whole


MEASURED = """
import resource, sys
from pathlib import Path
import duckdb
from orchestration.lib.ingestion import ingest, ingest_table, pieces
from tests.unit.ingestion.test_ingestion_pieces import TABLE
pieces.PIECE, ingest.MEMORY = 2**20, "100MB"
with duckdb.connect(sys.argv[1] + "/warehouse.duckdb") as connection:
    report = ingest_table(connection, TABLE, Path(sys.argv[1]) / "exports")
assert report.rows_in_table == int(sys.argv[2]), report
print(resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024)
"""


def peak(folder: Path, rows: int) -> tuple[float, float]:
    """The size of a file of N rows, and the peak memory of a process that ingests it, in MB."""
    (folder / "exports").mkdir(parents=True)
    file = folder / "exports" / "deals.csv"
    query = (
        f"select i as id, repeat('a name ', 60) || i as name, timestamp '2026-05-01' as won_at from range({rows}) t(i)"
    )
    duckdb.sql(query).write_csv(str(file))
    command = [sys.executable, "-c", MEASURED, str(folder), str(rows)]
    result = subprocess.run(command, cwd=Path(__file__).parents[3], capture_output=True, text=True, check=True)
    return file.stat().st_size / 2**20, float(result.stdout.split()[-1])


@pytest.mark.slow
def test_memory_does_not_grow_with_the_file(tmp_path: Path) -> None:
    (small, peak_of_small), (large, peak_of_large) = (peak(tmp_path / str(rows), rows) for rows in (200_000, 600_000))
    assert large - small > 100
    assert (peak_of_large - peak_of_small) / (large - small) < 0.5  # it was 9
