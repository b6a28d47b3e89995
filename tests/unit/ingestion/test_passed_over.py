"""What is not read is named: links, folders without permission, backups, copies, hidden and unfinished files."""

import zipfile
from collections.abc import Iterator
from pathlib import Path

import duckdb
import pytest

from orchestration.lib.company.folder import Company, CompanyError, open_company
from orchestration.lib.ingestion import LoadReport, files, ingest_table, passed_over, unclaimed_files
from orchestration.lib.source_tables import Column, SourceTable
from tests.permissions import ordinary_folder, ordinary_user

DEALS, USERS = (
    SourceTable("crm", name, (f"*{name}*",), ("id",), (Column("id", "bigint", required=True),))
    for name in ("deals", "users")
)


class Crm:
    """A company with one system."""

    def __init__(self, folder: Path) -> None:
        self.company = folder
        self.folder = folder / "exports" / "crm"
        self.folder.mkdir(parents=True)
        self.connection = duckdb.connect()

    def write(self, name: str, *ids: int) -> Path:
        path = self.folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text("\n".join(["id", *map(str, ids)]) + "\n")
        return path

    def read(self, table: SourceTable = DEALS) -> LoadReport:
        return ingest_table(self.connection, table, self.folder)

    def ids(self) -> list[int]:
        query = "select distinct id from raw.crm__deals order by id"
        return [row[0] for row in self.connection.execute(query).fetchall()]

    def named(self) -> dict[str, str]:
        """What is not read and why, by its path below the folder of the system."""
        company = Company(self.company, self.company / "agreements", self.company / "reference")
        texts = [text.split(": not read, because ") for text in company.passed_over([DEALS, USERS])]
        return {path.removeprefix(f"{self.folder}/"): reason for path, reason in texts}


@pytest.fixture
def crm(tmp_path: Path) -> Crm:
    return Crm(tmp_path)


@pytest.fixture
def ordinary() -> Iterator[Crm]:
    with ordinary_folder() as folder:
        yield Crm(folder)


def test_a_linked_folder_is_read(crm: Crm, tmp_path: Path) -> None:
    share = tmp_path / "share" / "2026"
    (share / "more").mkdir(parents=True)
    (share / "more" / "deals.csv").write_text("id\n1\n")
    (share / "other.csv").write_text("id\n1\n")
    (crm.folder / "2026").symlink_to(share)
    report = crm.read()
    assert [(file.file, file.status) for file in report.files] == [("2026/more/deals.csv", "loaded")]
    assert unclaimed_files([DEALS], crm.company / "exports") == [crm.folder / "2026" / "other.csv"]


def test_a_link_to_a_folder_that_is_read_anyway_is_not_read_twice(crm: Crm) -> None:
    crm.write("2026-11/deals.csv", 1)
    (crm.folder / "latest").symlink_to("2026-11")
    assert [(file.file, file.status) for file in crm.read().files] == [("2026-11/deals.csv", "loaded")]
    assert crm.named() == {}


@pytest.mark.parametrize("target", [".", "..", "../..", "/"])
def test_links_in_a_circle_end(crm: Crm, target: str) -> None:
    crm.write("deals.csv", 1)
    (crm.folder / "again").symlink_to(target)
    assert [file.file for file in crm.read().files] == ["deals.csv"]
    assert crm.named() == {"again": "it is a link to a folder in which it is itself; remove the link"}


def test_two_links_to_each_other_end(crm: Crm, tmp_path: Path) -> None:
    for name, other in (("one", "two"), ("two", "one")):
        (tmp_path / name).mkdir()
        (tmp_path / name / "next").symlink_to(tmp_path / other)
    (tmp_path / "two" / "deals.csv").write_text("id\n1\n")
    (crm.folder / "linked").symlink_to(tmp_path / "one")
    assert [file.file for file in crm.read().files] == ["linked/next/deals.csv"]
    assert list(crm.named()) == ["linked/next/next"]


@pytest.mark.parametrize("place", ["2026", ""])
def test_a_link_to_a_folder_that_is_gone_is_refused_by_each_table(crm: Crm, place: str) -> None:
    """As with a drive that is not mounted: without it the figures would be those of a part of the files."""
    if place:
        crm.write("deals.csv", 1)
    else:
        crm.folder.rmdir()
    (crm.folder / place).symlink_to("/nowhere/2026")
    for table in (DEALS, USERS):
        refused = [(file.file, file.reason) for file in crm.read(table).files if file.status == "refused"]
        reason = "the file cannot be read: No such file or directory; correct its permissions or links"
        assert refused == [(place or ".", reason)]


@pytest.mark.parametrize("mode", [0o000, 0o111])
@pytest.mark.parametrize("place", ["2026", ""])
def test_a_folder_without_permission_is_refused_by_each_table(ordinary: Crm, place: str, mode: int) -> None:
    ordinary.write("2026/deals.csv", 1)
    (ordinary.folder / place).chmod(mode)
    with ordinary_user():
        for table in (DEALS, USERS):
            refused = [(file.file, file.reason) for file in ordinary.read(table).files if file.status == "refused"]
            reason = "the folder cannot be read: Permission denied; correct its permissions or links"
            assert refused == [(place or ".", reason)]
    (ordinary.folder / place).chmod(0o755)
    assert [file.status for file in ordinary.read().files] == ["loaded"]


def test_files_without_permission_are_refused(ordinary: Crm) -> None:
    ordinary.write("deals.csv", 1).chmod(0o000)
    ordinary.write("more/deals.csv", 2)
    with zipfile.ZipFile(ordinary.folder / "all.zip", "w") as archive:
        archive.writestr("deals.csv", "id\n3\n")
    (ordinary.folder / "all.zip").chmod(0o000)
    (ordinary.folder / "more").chmod(0o444)  # its names can be listed, and none of its files opened
    with ordinary_user():
        report = ordinary.read()
        unclaimed_files([DEALS, USERS], ordinary.company / "exports")
    assert {file.file for file in report.files} == {"all.zip", "deals.csv", "more/deals.csv"}
    assert {file.reason for file in report.files} == {
        "the file cannot be read: Permission denied; correct its permissions or links"
    }


def test_exports_without_permission_are_a_mistake(ordinary: Crm) -> None:
    for folder in (ordinary.company / "exports", ordinary.company):
        folder.chmod(0o000)
        with ordinary_user(), pytest.raises((CompanyError, files.Mistake), match="the folder cannot be read: Perm"):
            open_company(ordinary.company, [DEALS], Path("none")).unread_files([DEALS])
        folder.chmod(0o777)


@pytest.mark.parametrize(
    "name",
    [
        *("deals.csv~", "deals.csv.~2~", "deals.csv.bak", "deals.csv.bak2", "deals.csv.BACKUP", "deals.csv.old"),
        *("deals.csv.orig", "deals.csv.swp", "deals.csv.save", "#deals.csv#", "deals.bak.csv", "deals_old.csv"),
        *("Copy of deals.csv", "Copy (2) of deals.csv", "deals - Copy.csv", "deals - Copy (3).csv", "deals copy 2.csv"),
        *("Copia di deals.csv", "Cópia de deals.csv", "deals - Kopie.csv", "Kopie von deals.csv", "deals (copie).csv"),
        *("Backup of deals.csv", "deals (Ada's conflicted copy 2026-01-01).csv", "Deals.sync-conflict-2026-ABC.csv"),
    ],
)
def test_a_backup_or_copy_does_not_count(crm: Crm, name: str) -> None:
    crm.write("deals.csv", 1, 2)
    crm.write(name, 1, 99)
    assert [(file.file, file.status) for file in crm.read().files] == [("deals.csv", "loaded")]
    (named, reason), *others = crm.named().items()
    assert (named, others) == (name, [])
    assert "of deals.csv, which is read; " in reason


@pytest.mark.parametrize(
    ("name", "is_read"),
    [("Copy of deals.csv", True), ("deals - Copy.csv", True), ("old deals.csv", True), ("deals.bak", False)],
)
def test_a_copy_of_what_is_not_there_is_an_export(crm: Crm, name: str, is_read: bool) -> None:
    crm.write(name, 1)
    assert len(crm.read().files) == is_read
    assert list(crm.named()) == [name] * (not is_read)


def test_what_is_hidden_or_not_complete_is_named(crm: Crm) -> None:
    for name in (".deals.csv", ".trash/deals.csv", "deals.csv.part", "deals.csv.crdownload", "deals.tmp"):
        crm.write(name, 1)
    for name in ("._deals.csv", ".~lock.deals.csv#", "~$deals.xlsx", ".DS_Store", ".git/config", "more/Thumbs.db"):
        crm.write(name, 1)
    assert crm.read().files == []
    assert list(crm.named()) == [
        ".deals.csv",
        ".trash/deals.csv",
        "deals.csv.crdownload",
        "deals.csv.part",
        "deals.tmp",
    ]
    assert "rename it if it is complete" in crm.named()["deals.csv.part"]


def test_what_keeps_a_folder_is_no_export_though_a_table_claims_every_name(crm: Crm) -> None:
    """A file that keeps an empty folder in git was named as one that is not read."""
    for name in (".gitkeep", ".gitignore", ".git/config", ".answers.csv"):
        crm.write(name, 1)
    answers = SourceTable("crm", "answers", ("*",), ("id",), (Column("id", "bigint", required=True),))
    named = files.passed_over([answers], crm.folder)
    assert [path.name for path in named] == [".answers.csv"]


def test_the_same_holds_for_members_of_archives(crm: Crm) -> None:
    with zipfile.ZipFile(crm.folder / "all.zip", "w") as archive:
        for name in (
            "deals.csv",
            "deals.csv~",
            "Copy of deals.csv",
            ".trash/deals.csv",
            "._deals.csv",
            "deals.csv.part",
        ):
            archive.writestr(name, f"id\n{len(name)}\n")
    assert [file.file for file in crm.read().files] == ["all.zip/deals.csv"]
    assert sorted(crm.named()) == sorted(
        f"all.zip/{name}" for name in (".trash/deals.csv", "Copy of deals.csv", "deals.csv.part", "deals.csv~")
    )


def test_what_was_loaded_from_a_backup_is_forgotten(crm: Crm, monkeypatch: pytest.MonkeyPatch) -> None:
    crm.write("deals.csv", 1, 2)
    crm.write("deals.csv~", 1, 99)
    with monkeypatch.context() as earlier:
        earlier.setattr(passed_over, "_name_tells", lambda *_: "")
        crm.read()
        assert crm.ids() == [1, 2, 99]
    crm.read()
    assert crm.ids() == [1, 2]


def test_packed_files_that_nothing_reads_are_named(crm: Crm) -> None:
    for name in ("export.7z", "export.tar.gz", "export.rar", "notes.md"):
        crm.write(name, 1)
    assert [path.name for path in unclaimed_files([DEALS], crm.company / "exports")] == [
        "export.7z",
        "export.rar",
        "export.tar.gz",
    ]
