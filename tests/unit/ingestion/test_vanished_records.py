"""Records of a full export that no later export has: named, whatever becomes of them."""

from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from orchestration.lib.ingestion import ingest_table
from tests.unit.ingestion.test_order_of_files import TABLE, WON, Crm


@pytest.fixture
def crm(tmp_path: Path) -> Crm:
    return Crm(tmp_path / "crm")


def vanished(crm: Crm) -> list[Any]:
    query = "select record_id, file, later_file from raw.ingestion__vanished_records order by all"
    return crm.connection.execute(query).fetchall()


def test_a_record_that_a_full_export_lacks_is_named(crm: Crm) -> None:
    crm.put("deals.csv", "id,stage\n1,open\n2,open\n")
    report = crm.put("deals (1).csv", WON)
    assert vanished(crm) == [("2", "deals.csv", "deals (1).csv")]
    sentence = "crm__deals: 1 record(s) of deals.csv are in no later export, though deals (1).csv is as full"
    assert report.problems() == [sentence]
    crm.put("deals (2).csv", "id,stage\n1,won\n2,lost\n")
    assert vanished(crm) == []


@pytest.mark.parametrize(
    "later",
    [
        "id,stage\n3,open\n4,open\n",  # other records
        "id\n1\n2\n3\n4\n5\n6\n7\n8\n9\n10\n11\n12\n13\n",  # a column less
        "id,stage\n" + "".join(f"{number},won\n" for number in range(12)),  # more than a fifth lack
    ],
)
def test_a_part_of_the_records_is_no_full_export(crm: Crm, later: str) -> None:
    crm.put("deals 2026-01.csv", "id,stage\n" + "".join(f"{number},open\n" for number in range(16)))
    crm.put("deals 2026-02.csv", later)
    assert vanished(crm) == []


def test_of_two_files_whose_order_nothing_tells_neither_lacks_a_record(crm: Crm) -> None:
    crm.put("deals b.csv", "id,stage,created_at\n1,open,2026-01-02\n")
    report = crm.put("deals c.csv", "id,stage,created_at\n1,open,2026-01-02\n2,open,\n")
    assert (vanished(crm), report.problems()) == ([], [])
    crm.put("deals a.csv", "id,stage,created_at\n1,open,2026-01-02\n3,open,2026-01-03\n")
    assert vanished(crm) == [("2", "deals c.csv", "deals a.csv")]


def test_a_record_with_a_personal_key_is_counted_and_not_named(crm: Crm) -> None:
    table = replace(TABLE, key=("email", "stage"))
    for name, emails in (("deals 2026-01.csv", "ada bea cleo"), ("deals 2026-02.csv", "ada bea dora")):
        rows = "".join(f"{email},{email}@prova.example,open\n" for email in emails.split())
        (crm.folder / name).write_text(f"id,email,stage\n{rows}")
    report = ingest_table(crm.connection, table, crm.folder)
    query = "select record_id, file, later_file, is_hidden from raw.ingestion__vanished_records"
    [(record, *others)] = crm.connection.execute(query).fetchall()
    assert others == ["deals 2026-01.csv", "deals 2026-02.csv", True]
    assert len(record) == 16
    assert "cleo" not in record
    assert report.losses == [
        "1 record(s) of deals 2026-01.csv are in no later export, though deals 2026-02.csv is as full"
    ]
