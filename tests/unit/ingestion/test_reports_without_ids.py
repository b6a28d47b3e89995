"""Reports in which another column identifies the rows, labels with the object before them, and names of other files.

Belongs here: the keys `stand_in`, `prefixes` and `not_files` of a declaration.
"""

from datetime import UTC, datetime
from os import utime
from pathlib import Path

import duckdb
import pytest

from orchestration.lib.ingestion import FileReport, ingest_table
from orchestration.lib.quality.arrival import check_arrival
from orchestration.lib.source_tables import Column, SourceTable

LEADS = SourceTable(
    system="crm",
    name="leads",
    files=("*leads*",),
    not_files=("*campaign*",),
    key=("id",),
    columns=(
        Column("id", "varchar", labels=("Lead ID",), required=True, stand_in="email"),
        Column("email", "varchar", labels=("Email",), personal=True),
        Column("owner", "varchar", labels=("Lead Owner",)),
        Column("changed_at", "date", moment="changed"),
    ),
    prefixes=("Lead",),
)


class Crm:
    def __init__(self, folder: Path) -> None:
        self.folder, self.connection = folder, duckdb.connect()

    def put(self, text: str, file: str = "leads.csv", hour: int = 0) -> list[FileReport]:
        (self.folder / file).write_text(text)
        utime(self.folder / file, (datetime(2026, 1, 1, hour, tzinfo=UTC).timestamp(),) * 2)
        return ingest_table(self.connection, LEADS, self.folder).files

    def rows(self, columns: str = "id, email") -> list[tuple]:
        return self.connection.execute(f"select {columns} from raw.crm__leads order by _file, _line").fetchall()


@pytest.fixture
def crm(tmp_path: Path) -> Crm:
    return Crm(tmp_path)


def test_another_column_identifies_the_rows_of_a_file_without_ids(crm: Crm) -> None:
    (file,) = crm.put("Email,Lead Owner\na@x.example,Ann\nA@x.example,Ann\n,Bob\n")
    assert (file.status, file.rows_loaded, file.missing_columns) == ("loaded", 3, ("id", "changed_at"))
    (findings,) = check_arrival(crm.connection, [LEADS])
    assert [finding.expectation for finding in findings if not finding.success] == []


def test_a_file_with_ids_needs_them_and_so_does_one_without_both(crm: Crm) -> None:
    (file,) = crm.put("Lead ID,Email\n1,a@x.example\n,b@x.example\n")
    assert (file.rows_loaded, file.rejected[0].reason) == (1, "column id is required and empty")
    (file,) = crm.put("Lead Owner\nAnn\n")
    assert file.status == "refused"
    assert "required column id is missing" in str(file.reason)
    assert "without it, email identifies the rows" in str(file.reason)


def test_a_label_can_have_its_object_before_it(crm: Crm) -> None:
    crm.put("Lead: Lead ID,Lead: Email,Contact: Email\n1,a@x.example,c@x.example\n")
    assert crm.rows() == [("1", "a@x.example")]
    crm.put("Lead: Email,Email\na@x.example,b@x.example\n")
    assert crm.rows() == [(None, "b@x.example")]


def test_two_reports_that_contradict_each_other_are_asked_about(crm: Crm) -> None:
    crm.put("Email,Lead Owner\na@x.example,Ann\nb@x.example,Ann\n", "leads one.csv")
    files = crm.put("Email,Lead Owner\nA@x.example,Bob\nb@x.example,Ann\n", "leads two.csv")
    refused = [str(file.reason) for file in files if file.status == "refused"]
    assert len(refused) == 2
    assert all("id ***" in reason and "x.example" not in reason for reason in refused)


def test_an_id_that_an_e_mail_stands_for_has_not_vanished(crm: Crm) -> None:
    crm.put("Email,changed_at\na@x.example,2026-01-01\nb@x.example,2026-01-01\n", "leads 2026-01-01.csv")
    crm.put("Email,changed_at\nc@x.example,2026-01-02\nb@x.example,2026-01-02\n", "leads 2026-01-02.csv")
    vanished = crm.connection.execute("select count(*) from raw.ingestion__vanished_records").fetchall()
    assert vanished == [(0,)]


def test_not_every_file_with_the_word_is_of_the_table() -> None:
    assert LEADS.claims("all leads.csv")
    assert not LEADS.claims("Campaigns with leads.csv")
