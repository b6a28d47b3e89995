"""Zip archives of exports: each member is a file of its own, and what cannot be unpacked is refused with its reason."""

import zipfile
from datetime import datetime
from pathlib import Path

import pytest

from orchestration.lib.ingestion import archives, ingest_table, unclaimed_files
from orchestration.lib.ingestion.files import in_words
from orchestration.lib.source_tables import Column, SourceTable
from tests.unit.ingestion.ingested import Crm
from tests.workbooks import write_workbook

TABLE = SourceTable("crm", "deals", ("*deals*",), (), (Column("id", "bigint", required=True),))
ENCRYPTED = 1


@pytest.fixture
def crm(tmp_path: Path) -> Crm:
    return Crm(tmp_path)


def pack(path: Path, members: dict[str, str | bytes], how: int = zipfile.ZIP_DEFLATED) -> None:
    with zipfile.ZipFile(path, "w", how) as archive:
        for name, text in members.items():
            archive.writestr(name, text)


def test_every_member_is_read_like_a_file(crm: Crm) -> None:
    write_workbook(crm.folder / "book", {"Deals": [["id"], [4]]})
    members = {
        "deals-1.csv": "id\n1\n",
        "more/Deals 2.csv": "id\n2\nx\n",
        "more\\deals-3.CSV": "id\n3\n",
        "book/deals.xlsx": (crm.folder / "book").read_bytes(),
        "__MACOSX/._deals-1.csv": "\x00\x05",
        "users.csv": "name\nAda\n",
        "../../deals-5.csv": "id\n5\n",
    }
    exports = crm.folder / "exports"
    (exports / "crm").mkdir(parents=True)
    pack(exports / "crm" / "export.zip", members)
    files = ingest_table(crm.connection, TABLE, exports / "crm").files
    assert {file.file: file.rows_loaded for file in files} == {
        f"export.zip/{name}": 1
        for name in ("book/deals.xlsx", "deals-1.csv", "deals-5.csv", "more/Deals 2.csv", "more/deals-3.CSV")
    }
    assert sorted(crm.values("id")) == [1, 2, 3, 4, 5]
    unclaimed = unclaimed_files([TABLE], exports)
    assert unclaimed == [exports / "crm" / "export.zip" / "users.csv"]
    assert in_words(unclaimed) == [f"{exports / 'crm' / 'export.zip'} (1 file in it: users.csv)"]


def test_a_member_counts_by_its_content(crm: Crm) -> None:
    """The same export zipped again, or unpacked beside its archive, is the same."""
    pack(crm.folder / "a.zip", {"deals.csv": "id\n1\n"})
    ingest_table(crm.connection, TABLE, crm.folder)
    pack(crm.folder / "a.zip", {"deals.csv": "id\n1\n", "x.txt": "y"}, zipfile.ZIP_STORED)
    assert ingest_table(crm.connection, TABLE, crm.folder).files[0].status == "unchanged"
    (crm.folder / "deals.csv").write_text("id\n1\n")
    assert sorted(file.status for file in ingest_table(crm.connection, TABLE, crm.folder).files)[0] == "duplicate"
    assert crm.values("id") == [1]


def test_a_member_knows_its_time(crm: Crm) -> None:
    with zipfile.ZipFile(crm.folder / "a.zip", "w") as archive:
        archive.writestr(zipfile.ZipInfo("deals.csv", (2026, 3, 1, 9, 30, 0)), "id\n1\n")
    (member,) = archives.members_in(crm.folder / "a.zip")
    assert archives.modified_at(crm.folder / "a.zip", member) == datetime(2026, 3, 1, 9, 30)


def spoil(path: Path, kind: str) -> str:
    """Write an archive of this kind, and return a part of the reason for its refusal."""
    if kind == "cut":
        pack(path, {"deals.csv": "id\n1\n"})
        path.write_bytes(path.read_bytes()[:-30])
        return "broken or not complete"
    if kind == "spoilt":
        pack(path, {"deals.csv": "id\n1\n"}, zipfile.ZIP_STORED)
        path.write_bytes(path.read_bytes().replace(b"id\n1", b"id\n2"))
        return "broken or not complete"
    if kind == "password":
        pack(path, {"deals.csv": "id\n1\n"})
        data = bytearray(path.read_bytes())
        for signature, place in ((b"PK\x03\x04", 6), (b"PK\x01\x02", 8)):
            data[data.index(signature) + place] |= ENCRYPTED
        path.write_bytes(data)
        return "protected by a password; unpack"
    if kind == "bomb":
        pack(path, {"deals.csv": "id\n" + "1\n" * 60_000_000})
        return "more than 250 times its own size"
    if kind == "twins":
        pack(path, {"deals.csv": "id\n1\n", "./deals.csv": "id\n2\n"})
        return "two files of the name deals.csv"
    if kind == "nested":
        pack(path.with_name("inner"), {"deals.csv": "id\n1\n"})
        pack(path, {"deals.zip": path.with_name("inner").read_bytes()})
        return "this is a zip archive"
    pack(path, {})
    return "has no file"


@pytest.mark.parametrize("kind", ["cut", "spoilt", "password", "bomb", "twins", "nested", "empty"])
def test_what_cannot_be_unpacked_is_refused(crm: Crm, kind: str) -> None:
    reason = spoil(crm.folder / "export.zip", kind)
    (file,) = ingest_table(crm.connection, TABLE, crm.folder).files
    assert (file.status, reason in str(file.reason)) == ("refused", True), file.reason


@pytest.mark.parametrize("name", ["deals.zip", "deals.xlsx"])
def test_a_link_to_a_missing_file_is_refused(crm: Crm, name: str) -> None:
    (crm.folder / name).symlink_to(crm.folder / "gone")
    assert "cannot be read" in str(ingest_table(crm.connection, TABLE, crm.folder).files[0].reason)
