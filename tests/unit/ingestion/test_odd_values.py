"""Cells that are out of the ordinary: each loads as what it is, or is rejected with its line, column and what to do."""

from datetime import UTC, datetime
from pathlib import Path

import duckdb
import pytest

from orchestration.lib.ingestion import detection, pieces
from orchestration.lib.source_tables import Column, SourceTable
from tests.unit.ingestion.ingested import Crm

TEXTS = SourceTable("crm", "deals", ("*deals*",), ("id",), (Column("id", "varchar", required=True),))


@pytest.fixture
def crm(tmp_path: Path) -> Crm:
    return Crm(tmp_path)


TIMES = {
    "2026-01-01 10:00:00+99:00": "14 hours at most",
    "2026-01-01T10:00-14:30": "14 hours at most",
    "2026-01-01 10:00:00+05:99": "14 hours at most",
    "01.01.2026 10:00:00 +9900": "14 hours at most",
    "2026-01-01 10:00:00+01:00:00": "+01:00",
    "2026-01-01 10:00:00 UTC+1": "+01:00",
    "290000-01-01": "",
    "31/12/20260": "more than four digits",
    "9999-12-31 23:59:59-12:00": "",
    "２０２６-01-01": "write its digits as 0 to 9",
    "٢٠٢٦-٠١-٠١": "write its digits as 0 to 9",
}
NUMBERS = ["NaN", "Infinity", "-inf", "1e400", "１２", "٣", "½", "0x10", "1" + "0" * 1_000_000]


@pytest.mark.parametrize("column", ["moment", "instant", "day"])
def test_a_time_that_no_clock_shows_is_rejected(crm: Crm, column: str) -> None:
    file = crm.ingest(column, "2026-03-15T00:00:00Z" if column != "day" else "2026-03-15", *TIMES)
    assert (file.status, file.rows_loaded, file.rows_rejected) == ("loaded", 1, len(TIMES))
    for reason, (cell, hint) in zip(crm.reasons(), TIMES.items(), strict=True):
        assert reason.startswith(f"column {column}: '{cell}' is not a ")
        assert hint in reason


@pytest.mark.parametrize("cell", ["290000-01-01", "2026-01-01 10:00:00+99:00"])
@pytest.mark.parametrize("column", ["moment", "instant", "day"])
def test_it_is_rejected_as_the_only_odd_cell_of_its_column(crm: Crm, column: str, cell: str) -> None:
    file = crm.ingest(column, "2026-03-15", cell)
    assert (file.status, file.rows_loaded, file.rows_rejected) == ("loaded", 1, 1)


def test_the_furthest_times_load(crm: Crm) -> None:
    crm.ingest("moment", "2026-01-01 10:00:00+14:00", "2026-01-01 10:00:00-1330", "2026-01-01 10:00:00Z")
    first, second, third = crm.values("moment")
    assert ((third - first).total_seconds(), (second - third).total_seconds()) == (14 * 3600, 13.5 * 3600)
    crm.ingest("moment", "9999-12-31", "1000-01-01")
    assert crm.values("moment") == [datetime(9999, 12, 31), datetime(1000, 1, 1)]


def test_the_name_of_a_zone_does_not_move_the_times_below_it(crm: Crm) -> None:
    file = crm.ingest("instant", "2026-01-01 10:00:00 Europe/Rome", "2026-03-15 10:00:00")
    assert (file.rows_loaded, file.rows_rejected) == (1, 1)
    assert crm.values("instant") == [datetime(2026, 3, 15, 10, tzinfo=UTC)]


@pytest.mark.parametrize("column", ["amount", "ratio", "seats"])
def test_what_is_not_a_number_is_rejected(crm: Crm, column: str) -> None:
    file = crm.ingest(column, "7", *NUMBERS)
    assert (file.rows_loaded, file.rows_rejected) == (1, len(NUMBERS))
    for reason, cell in zip(crm.reasons(), NUMBERS, strict=True):
        assert reason.startswith(f"column {column}: '{cell[:80]}' is not a ")


@pytest.mark.parametrize("mark", ["\ufeff", "\u200b", "\u202e", "\u2069", "\x01", "\x7f", "\u034f", "\u3164"])
def test_marks_that_nobody_sees_make_no_other_id(crm: Crm, mark: str) -> None:
    crm.ingest("id", f"{mark}L-1", f"L{mark}-2", f"L-3{mark}", f"{mark}", table=TEXTS)
    assert crm.values("id") == ["L-1", "L-2", "L-3"]
    assert crm.reasons() == ["column id is required and empty"]


def test_a_byte_order_mark_between_objects_is_none_of_them(crm: Crm) -> None:
    (crm.folder / "deals.jsonl").write_text('{"id": "L-1"}\n\ufeff{"id": "\ufeffL-2"}\n\ufeff')
    assert crm.ingest_file(TEXTS).rows_rejected == 0
    assert crm.values("id") == ["L-1", "L-2"]


@pytest.mark.parametrize("size", range(1, 8))
def test_byte_order_marks_are_found_at_the_end_of_a_piece(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, size: int
) -> None:
    text = "\ufeffid\n1\n\ufeff2é\ufeff\ufeff\n3\ufeff"
    (tmp_path / "file").write_text(text)
    monkeypatch.setattr(pieces, "PIECE", size)
    content = detection.recognise(tmp_path / "file", ("utf-8",), tmp_path)
    assert content.path.read_text() == "id\n1\n2é\n3"


def test_no_number_in_a_data_frame_is_an_empty_cell(crm: Crm) -> None:
    query = "select unnest(['1.5', 'nan', 'infinity'])::double as ratio, unnest(['301', 'nan', '302'])::double as id"
    duckdb.sql(query).write_parquet(str(crm.folder / "deals.parquet"))
    file = crm.ingest_file(
        SourceTable("crm", "deals", ("*",), (), (Column("id", "varchar"), Column("ratio", "double")))
    )
    assert (file.rows_loaded, file.rows_rejected) == (2, 1)
    assert crm.values("id, ratio") == [("301", 1.5), (None, None)]
    assert crm.reasons() == ["column ratio: 'inf' is not a double"]
