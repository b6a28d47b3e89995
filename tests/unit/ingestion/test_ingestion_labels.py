"""Which label feeds which column, and what surrounds the rows: precedence, maps, titles, closing lines, encodings."""

from dataclasses import replace
from datetime import datetime
from pathlib import Path
from typing import Any

import duckdb
import pytest

from orchestration.lib.ingestion import FileReport, LoadReport, ingest_table
from orchestration.lib.source_tables import Column, SourceTable

STAGE_DATES = r"""^Date entered ["'](.+?) \(.+\)["']$|^hs_v2_date_entered_(.+)$"""
TABLE = SourceTable(
    system="crm",
    name="deals",
    files=("*deals*",),
    key=("id",),
    columns=(
        Column("id", "bigint", labels=("Record ID", "hs_object_id"), required=True),
        Column("name", "varchar", labels=("Deal Name",)),
        Column("amount", "double"),
        Column("entered", "map(varchar, timestamp)", pattern=STAGE_DATES),
    ),
    footers=("^Grand Totals", r"^Copyright \(c\)", "^Total:"),
    max_rejected_rate=0,
)


class Crm:
    """One exports folder and its warehouse."""

    def __init__(self, folder: Path) -> None:
        self.folder, self.connection = folder, duckdb.connect()

    def ingest(self, content: str | bytes, table: SourceTable = TABLE) -> FileReport:
        data = content.encode() if isinstance(content, str) else content
        (self.folder / "deals.csv").write_bytes(data)
        return self.read(table).files[0]

    def read(self, table: SourceTable = TABLE) -> LoadReport:
        return ingest_table(self.connection, table, self.folder)

    def rows(self, columns: str = "id, name") -> list[Any]:
        return self.connection.execute(f"select {columns} from raw.crm__deals order by _line").fetchall()

    def rejected(self) -> list[Any]:
        query = "select line, reason, row_text from raw.ingestion__rejected_rows order by line"
        return self.connection.execute(query).fetchall()


@pytest.fixture
def crm(tmp_path: Path) -> Crm:
    return Crm(tmp_path)


def test_the_first_declared_label_feeds_the_column(crm: Crm) -> None:
    file = crm.ingest("hs_object_id,Deal Name,Record ID\n1,a,2\n")
    assert crm.rows("id, name, _extra") == [(2, "a", '{"hs_object_id":"1"}')]
    assert file.undeclared_columns == ("hs_object_id",)


def test_labels_that_a_pattern_matches_land_in_one_map(crm: Crm) -> None:
    head = (
        'id,"Date entered “Closed Won (Sales, new)”","DATE ENTERED \'Lead (Sales)\'",hs_v2_date_entered_123,Date left'
    )
    file = crm.ingest(f"{head}\n1,2024-01-02,,15/03/2024 10:00,x\n2,,,,\n3,,soon,,\n")
    assert crm.rows("id, entered, _extra") == [
        (1, {"Closed Won": datetime(2024, 1, 2), "123": datetime(2024, 3, 15, 10)}, '{"Date left":"x"}'),
        (2, {}, None),
    ]
    assert file.missing_columns == ("name", "amount")
    assert crm.rejected()[0][1] == "column entered (DATE ENTERED 'Lead (Sales)'): 'soon' is not a timestamp"
    crm.ingest("id,hs_v2_date_entered_123\n1,2024-01-02T00:00:00Z\n")
    assert crm.rows("entered, _time_zone") == [({"123": datetime(2024, 1, 2)}, "UTC")]
    assert crm.ingest("id\n1\n").missing_columns == ("name", "amount", "entered")
    assert crm.rows("entered") == [(None,)]


def test_a_column_of_an_earlier_load_is_reported_missing(crm: Crm) -> None:
    crm.ingest("id,name\n1,a\n")
    (crm.folder / "deals_2.csv").write_text("id\n2\n")
    messages = ["crm__deals, deals_2.csv: optional column(s) not in the file, known from other files only: name"]
    assert crm.read().messages() == messages
    assert crm.read().messages() == []


@pytest.mark.parametrize("titles", ["sep=;\n", "Campaigns\nJan 1, 2024 - Jan 31, 2024\n\n", '"Report";;\n;;\n'])
def test_lines_above_the_header_are_rejected(crm: Crm, titles: str) -> None:
    file = crm.ingest(f"{titles}ID;Deal Name;Colour\n1;a;red\n2;b;\n")
    above = [line for line in titles.split("\n") if line]
    assert (file.records, file.rows_loaded, file.rows_rejected, file.non_data_lines) == (2 + len(above),) + (2,) + (
        len(above),
    ) * 2
    assert crm.rows() == [(1, "a"), (2, "b")]
    assert [row[1:] for row in crm.rejected()] == [("frame: a line above the header", line) for line in above]
    line = titles.count("\n") + 1
    assert crm.rows("_line") == [(line + 1,), (line + 2,)]


def test_non_data_lines_are_reported_as_such(crm: Crm) -> None:
    (crm.folder / "deals.csv").write_text("Report\nid,name\n1,a\n")
    messages = ["crm__deals, deals.csv: 1 non-data line(s) rejected, first at line 1: frame: a line above the header"]
    assert crm.read().messages() == messages


def test_sep_defines_the_delimiter(crm: Crm) -> None:
    crm.ingest("sep=|\nid|name,with;marks\n1|a\n")
    assert crm.rows("id, _extra") == [(1, '{"name,with;marks":"a"}')]


CLOSING = [
    '"Grand Totals (2 records)"',
    '"Opportunities by stage"',
    '"Copyright (c) 2000-2024 salesforce.com, inc."',
    "Acme,,",
]


def test_closing_lines_are_rejected(crm: Crm) -> None:
    rows = "id,name,amount\n1,a,5\n2,b,6\n"
    file = crm.ingest(rows + "\n\n" + "\n".join(CLOSING) + "\n")
    assert (file.records, file.rows_loaded, file.non_data_lines) == (6, 2, 4)
    assert [row[1:] for row in crm.rejected()] == [("frame: a closing line of the report", text) for text in CLOSING]
    file = crm.ingest(rows + "Total: all,,11\n")
    assert (file.rows_loaded, file.non_data_lines) == (2, 1)
    file = crm.ingest(rows + "Total: all,,11\n3,c,\n")
    assert (file.rows_loaded, file.rows_rejected, file.non_data_lines) == (3, 1, 0)
    file = crm.ingest(rows + CLOSING[1] + "\n")
    assert (file.rows_rejected, file.non_data_lines) == (1, 0)
    assert crm.ingest("id\n1\n2\nTotal: 2\n").rows_loaded == 2


def test_a_repeated_header_is_not_a_row(crm: Crm) -> None:
    texts = replace(TABLE, columns=tuple(replace(column, data_type="varchar") for column in TABLE.columns[:3]))
    file = crm.ingest("id,name\n1,a\nid,name\nid,Anna\n", texts)
    assert (file.rows_loaded, file.non_data_lines) == (2, 1)
    assert crm.rejected() == [(3, "frame: the header again", "id,name")]
    file = crm.ingest("id\n1\nid\nID\n", texts)
    assert (file.rows_loaded, file.non_data_lines) == (2, 1)


def test_a_row_of_separators_only_is_not_a_row(crm: Crm) -> None:
    """Spreadsheets leave such rows behind the last one; among few rows they would be more than may be rejected."""
    file = crm.ingest("id,name\n1,a\n2,b\n,\n,\n")
    assert (file.rows_loaded, file.rows_rejected, file.non_data_lines) == (2, 2, 2)
    assert crm.rejected() == [(4, "frame: an empty row", ","), (5, "frame: an empty row", ",")]


@pytest.mark.parametrize(
    "again", ["ID,Name", '"id","name"', "\ufeffid,name", '\ufeff"id","name"', "hs_object_id, Deal Name"]
)
def test_a_header_that_is_repeated_in_another_way_is_not_a_row(crm: Crm, again: str) -> None:
    texts = replace(TABLE, columns=tuple(replace(column, data_type="varchar") for column in TABLE.columns[:3]))
    file = crm.ingest(f"id,name\n1,a\n{again}\n\ufeff2,b\n", texts)
    assert (file.records, file.rows_loaded, file.non_data_lines) == (3, 2, 1)
    assert crm.rows() == [("1", "a"), ("2", "b")]
    assert [row[:2] for row in crm.rejected()] == [(3, "frame: the header again")]
    file = crm.ingest(f"id,name,\n1,a,\n{again},\n2,b,\n", texts)
    assert (file.rows_loaded, file.non_data_lines) == (2, 1)


@pytest.mark.parametrize("other", ["name,id", "Deal Name,Record ID", "id,amount", "amount,id"])
def test_a_file_with_the_header_of_another_export_is_refused(crm: Crm, other: str) -> None:
    """Below it each cell is in another column, and would load there."""
    texts = replace(TABLE, columns=tuple(replace(column, data_type="varchar") for column in TABLE.columns[:3]))
    file = crm.ingest(f"id,name\n1,a\n\n{other}\nb,2\n", texts)
    assert (file.status, file.reason) == (
        "refused",
        "line 4 is the header of another export, with other columns or in another order; split the file there, and "
        "put each export here as a file of its own",
    )


def test_blank_columns_that_spreadsheets_leave(crm: Crm) -> None:
    for text in ("id,name,,\n1,a,,\n2,b,,\n", "id,name\n1,a,,\n2,b,,\n", "id,name,,\n1,a\n2,b\n"):
        file = crm.ingest(text)
        assert (file.rows_loaded, file.undeclared_columns) == (2, ()), text
        assert crm.rows() == [(1, "a"), (2, "b")]
    assert crm.ingest("id,name,,\n1,a,,\n2,b,x,\n").undeclared_columns == ("column 3",)
    assert crm.ingest("id,name\n1,a,\n2,b,x\n").rows_rejected == 2
    assert crm.ingest("id,name,\n").records == 0


TWO = replace(TABLE, encodings=("utf-8", "cp1252"))


def test_encodings_are_tried_in_order(crm: Crm) -> None:
    for encoding in ("utf-8", "cp1252", "utf-16-le", "utf-16-be"):
        assert crm.ingest("id,name\n1,Zoë\n".encode(encoding), TWO).status == "loaded"
        assert crm.rows() == [(1, "Zoë")]


def test_two_encodings_in_one_file_are_refused(crm: Crm) -> None:
    file = crm.ingest("id,name\n1,Zoë\n".encode() + "2,Zoë\n".encode("cp1252"), TWO)
    assert file.reason == "line 3: byte 0xeb is not utf-8, but line 2 is; export the file in one encoding"
    assert "0x81 is not cp1252" in str(crm.ingest(b"id,name\n1,\x81\n", TWO).reason)


def test_what_cannot_be_opened_is_refused(crm: Crm) -> None:
    (crm.folder / "deals.csv").symlink_to(crm.folder / "deals.csv")
    (crm.folder / "deals_gone.csv").symlink_to(crm.folder / "nowhere.csv")
    report = crm.read()
    assert [file.status for file in report.files] == ["refused", "refused"]
    assert "the file cannot be read: No such file or directory" in str(report.files[1].reason)
    assert crm.read().files == report.files


def test_a_ledger_of_the_first_version_is_renewed(crm: Crm) -> None:
    crm.ingest("id,b,c\n1,2,3\n")
    later = {
        "loads": ["non_data_lines", "rows_corrected", "is_correction", "labels"],
        "rejected_rows": ["cells", "mended_by"],
    }
    for table, columns in later.items():
        for column in columns:
            crm.connection.execute(f"alter table raw.ingestion__{table} drop column {column}")
    crm.connection.execute("update raw.ingestion__loads set undeclared_columns = 'b, c'")
    (crm.folder / "deals.csv").unlink()
    crm.read()
    query = "select undeclared_columns, non_data_lines from raw.ingestion__loads"
    assert crm.connection.execute(query).fetchall() == [('["b","c"]', None)]


def test_a_ledger_of_version_0_4_keeps_its_loads(crm: Crm) -> None:
    crm.ingest("id,amount\n1,2\n2,x\n")
    query = "select rows_rejected, rows_corrected, is_correction, non_data_lines from raw.ingestion__loads"
    before = crm.connection.execute(query).fetchall()
    assert before[0][0] == 1
    for name, former in {
        "rows_rejected": "rows_set_apart",
        "non_data_lines": "frame_lines",
        "rows_corrected": "rows_mended",
        "is_correction": "is_mending",
    }.items():
        crm.connection.execute(f"alter table raw.ingestion__loads rename column {name} to {former}")
    assert [file.status for file in crm.read().files] == ["unchanged"]
    assert crm.connection.execute(query).fetchall() == before
