"""Rejected rows, exported, corrected and loaded: each loads once, in its original place, and is no longer rejected."""

import csv
import json
import re
from dataclasses import replace
from datetime import datetime
from pathlib import Path
from typing import Any

import duckdb
import pytest

from orchestration.lib.csv_files import csv_text, harmless, is_formula, neutral, restored, write_csv
from orchestration.lib.ingestion import LoadReport, ingest_table, write_rejected
from orchestration.lib.quality.arrival import check_arrival
from orchestration.lib.source_tables import Column, SourceTable

TABLE = SourceTable(
    system="crm",
    name="deals",
    files=("*deals*",),
    key=("id",),
    columns=(
        Column("id", "bigint", labels=("Record ID",), required=True),
        Column("name", "varchar"),
        Column("won_at", "timestamp"),
    ),
    max_rejected_rate=0,
    utc_files=("*.jsonl",),
)
MAY = 'Record ID,Name,won_at,Colour\n1,=1+1,soon,red\n2,b,,\n3,"c, d\n4,x,2024-05-01,,\n'
JUNE = "id,name,won_at\nx,'=e,2024-06-01\n1,new,2024-06-02\n"


class Crm:
    """One exports folder, its warehouse, and the rejected rows exported from it."""

    def __init__(self, folder: Path) -> None:
        self.folder, self.connection = folder / "exports", duckdb.connect()
        self.folder.mkdir()
        self.out = folder / "out.csv"

    def ingest(self, **files: str) -> LoadReport:
        for name, content in files.items():
            (self.folder / f"{name}.csv").write_text(content, newline="")
        return ingest_table(self.connection, TABLE, self.folder)

    def write_out(self) -> list[dict[str, str]]:
        self.out.unlink(missing_ok=True)
        write_rejected(self.connection, TABLE, self.out)
        with self.out.open(newline="", encoding="utf-8") as file:
            return list(csv.DictReader(file))

    def put_back(self, rows: list[dict[str, Any]], name: str = "deals_mended") -> LoadReport:
        with (self.folder / f"{name}.csv").open("w", newline="", encoding="utf-8-sig") as file:
            writer = csv.DictWriter(file, list(rows[0]), delimiter=";")
            writer.writeheader()
            writer.writerows(rows)
        return self.ingest()

    def fetch(self, query: str) -> list[Any]:
        return self.connection.execute(query).fetchall()

    def rows(self, columns: str = "id, name, _file, _line, _load_number") -> list[Any]:
        return self.fetch(f"select {columns} from raw.crm__deals order by _file, _line")

    def is_accepted(self) -> bool:
        return check_arrival(self.connection, [TABLE])[0][0].success


@pytest.fixture
def crm(tmp_path: Path) -> Crm:
    crm = Crm(tmp_path)
    may = MAY.replace('"c', '"c"')
    crm.ingest(deals_may=may, deals_june=JUNE)
    return crm


def test_rejected_rows_are_exported(crm: Crm) -> None:
    rows = crm.write_out()
    assert [(row["_file"], row["_line"]) for row in rows] == [
        ("deals_june.csv", "2"),
        ("deals_may.csv", "2"),
        ("deals_may.csv", "4"),
        ("deals_may.csv", "5"),
    ]
    assert list(rows[0]) == ["_file", "_line", "_reason", "_text", "id", "name", "won_at", "Colour"]
    assert (rows[0]["id"], rows[0]["name"]) == ("x", "''=e")
    assert (rows[1]["id"], rows[1]["name"], rows[1]["Colour"]) == ("1", "'=1+1", "red")
    assert (rows[2]["_text"], rows[2]["id"]) == ('3,"c", d', "")
    assert rows[3]["_reason"] == "expected 4 cells, found 5"
    with pytest.raises(FileExistsError, match="name another file"):
        write_rejected(crm.connection, TABLE, crm.out)


def test_corrected_rows_load_in_their_original_place(crm: Crm) -> None:
    rows = crm.write_out()
    rows[0] |= {"id": "7"}
    rows[1] |= {"won_at": "2024-05-03 10:00"}
    rows[3] |= {"id": "4", "name": "x", "won_at": "not yet"}
    assert not crm.is_accepted()
    report = crm.put_back([rows[0], rows[1], rows[3]])
    file = report.files[-1]
    assert (file.file, file.records, file.rows_loaded, file.rows_rejected) == ("deals_mended.csv", 3, 2, 1)
    assert crm.rows() == [
        (7, "'=e", "deals_june.csv", 2, 2),
        (1, "new", "deals_june.csv", 3, 2),
        (1, "=1+1", "deals_may.csv", 2, 1),
        (2, "b", "deals_may.csv", 3, 1),
    ]
    assert crm.rows("won_at, _extra")[2] == (datetime(2024, 5, 3, 10), '{"Colour":"red"}')
    assert crm.fetch("select file, rows_corrected from raw.ingestion__loads order by file") == [
        ("deals_june.csv", 1),
        ("deals_may.csv", 1),
        ("deals_mended.csv", 0),
    ]
    assert [row["_line"] for row in crm.write_out()] == ["4", "5"]
    rows[2] |= {"id": "3", "name": "c, d"}
    rows[3] |= {"won_at": "2024-05-01"}
    assert crm.put_back(rows).files[-1].rows_loaded == 4
    assert crm.is_accepted()
    assert crm.connection.execute("select count(*) from raw.crm__deals").fetchall() == [(6,)]
    assert crm.fetch("select count(*), sum(rows_loaded + rows_rejected = records) from raw.ingestion__loads") == [
        (3, 3)
    ]


def everything(crm: Crm) -> list[Any]:
    """Every row; how the ledger knows a file again depends on how long ago it was written."""
    tables = ("crm__deals", "ingestion__rejected_rows", "ingestion__loads")
    columns = "columns(lambda name: name != 'file_state')"
    return [crm.fetch(f"select {columns} from raw.{table} order by all") for table in tables]


def test_a_second_correction_changes_nothing(crm: Crm) -> None:
    rows = crm.write_out()[:1]
    rows[0] |= {"id": "7"}
    crm.put_back(rows)
    before = everything(crm)
    assert [file.status for file in crm.ingest().files] == ["unchanged"] * 3
    assert everything(crm) == before
    assert crm.put_back(rows, "deals_mended_too").files[-1].status == "duplicate"
    assert everything(crm) == before
    rows[0] |= {"id": "8"}
    report = crm.put_back(rows, "deals_mended_too")
    assert crm.rows("id") == [(7,), (1,), (2,)]
    assert report.messages()[-2].endswith(
        "1 row(s) rejected, first at line 2: no such row is rejected in crm.deals: deals_june.csv, line 2"
    )


def test_a_row_corrected_twice_in_one_file_loads_once(crm: Crm) -> None:
    rows = crm.write_out()[:1] * 2
    rows = [row | {"id": number} for row, number in zip(rows, "78", strict=True)]
    report = crm.put_back(rows)
    assert crm.rows("id") == [(7,), (1,), (2,)]
    assert "another row above corrects the same row" in report.messages()[-2]


def test_a_new_export_replaces_corrections(crm: Crm) -> None:
    rows = crm.write_out()[:1]
    rows[0] |= {"id": "7"}
    crm.put_back(rows)
    report = crm.ingest(deals_june=JUNE.replace("x,", "9,"))
    assert crm.rows("id") == [(9,), (1,), (2,)]
    assert report.files[-1].rows_rejected == 1
    crm.ingest(deals_june=JUNE)
    assert crm.rows("id") == [(7,), (1,), (2,)]
    crm.put_back([rows[0] | {"id": "still x"}])
    assert crm.rows("id") == [(1,), (2,)]
    assert crm.write_out()[0]["id"] == "x"


def test_rows_of_a_utc_file_stay_in_utc(crm: Crm) -> None:
    (crm.folder / "deals.jsonl").write_text(json.dumps({"id": "x", "won_at": "2024-01-01 10:00"}) + "\n")
    crm.ingest()
    rows = [row | {"id": "5"} for row in crm.write_out() if row["_file"] == "deals.jsonl"]
    crm.put_back(rows)
    assert crm.rows("id, _time_zone")[0] == (5, "UTC")


def test_an_export_of_a_page_is_not_in_utc_whatever_its_name(crm: Crm) -> None:
    table = replace(TABLE, utc_files=("deal.csv",), files=("*deal*",))
    (crm.folder / "deals.csv").unlink(missing_ok=True)
    for labels, zone in (("Record ID,won_at", None), ("id,won_at", "UTC")):
        (crm.folder / "deal.csv").write_text(f"{labels}\n1,2024-01-01 10:00\nx,2024-01-01 11:00\n")
        ingest_table(crm.connection, table, crm.folder)
        crm.out.unlink(missing_ok=True)
        write_rejected(crm.connection, table, crm.out)
        (crm.folder / "deal_mended.csv").write_text(crm.out.read_text(encoding="utf-8-sig").replace("x", "2"))
        ingest_table(crm.connection, table, crm.folder)
        assert crm.rows("id, _time_zone") == [(1, zone), (2, zone)]
        (crm.folder / "deal_mended.csv").unlink()


def test_without_rejected_rows_no_file_is_written(tmp_path: Path) -> None:
    crm = Crm(tmp_path)
    crm.ingest(deals="id\n1\n")
    assert write_rejected(crm.connection, replace(TABLE), crm.out) == 0
    assert not crm.out.exists()


FORMULAS = ["=1", "'=1", "''@x", "+1", "-1", "\tx", "\rx", "\nx", "'-", "＝1+1", "a;=1", "a; @b", "a\n+1", "a;'=1"]


@pytest.mark.parametrize("text", [*FORMULAS, "'a", "a=1", "", "'", "x'-1", "a, -b", "x; y"])
def test_harmless_and_back(text: str) -> None:
    found, back = duckdb.execute(
        f"select {neutral('t')}, {restored(neutral('t'))} from (select ? as t)", [text]
    ).fetchall()[0]
    assert back == text
    assert found == harmless(text)
    assert is_formula(text) == (text in FORMULAS)
    cells = [cell.strip(" ") for cell in re.split(r"[;\t\r\n]", found)]
    assert not [cell for cell in cells if cell.startswith(tuple("=+-@＝＋－＠"))]


def test_a_label_and_a_cell_behind_a_semicolon_are_no_formulas(tmp_path: Path) -> None:
    label, cell = '=HYPERLINK("http://evil.example")', "foo;=cmd|' /C calc'!A0"
    written = csv_text([label], [{label: cell}, {label: 1.5}, {label: None}])
    assert written == f"""\"'{label.replace('"', '""')}"\n"foo;'=cmd|' /C calc'!A0"\n1.5\n""\n"""
    duckdb.execute("create or replace temp table formulas as select 1 as n, ? as c", [cell])
    relation = duckdb.sql(f"""select n, c as "{label.replace('"', '""')}" from formulas""")
    write_csv(relation, tmp_path / "a.csv")
    assert (tmp_path / "a.csv").read_text().splitlines() == [
        f""""n","'{label.replace('"', '""')}\"""",
        f""""1","{harmless(cell)}\"""",
    ]
