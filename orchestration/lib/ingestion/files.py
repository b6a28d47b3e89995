"""Which files under the exports folder belong to which table.

Belongs here: names and paths, including those within containers. Does not belong here: opening a file (see
`detection.py` and `containers.py`).
"""

from collections.abc import Sequence
from fnmatch import fnmatchcase
from pathlib import Path

from orchestration.lib.ingestion.archives import ENDING as ARCHIVE_ENDING
from orchestration.lib.ingestion.archives import version_of
from orchestration.lib.ingestion.containers import container_of, is_container, parts_of
from orchestration.lib.ingestion.databases import DATABASE_ENDING, TABLE_ENDING
from orchestration.lib.ingestion.detection import Refused
from orchestration.lib.ingestion.file_names import bare_name
from orchestration.lib.ingestion.sheets import sheets_in
from orchestration.lib.ingestion.workbooks import has_sheet_of
from orchestration.lib.labels import fold_text
from orchestration.lib.source_tables import SourceTable
from orchestration.mistakes import Mistake

WORKBOOKS = (".xlsx", ".xlsm")
DATA_ENDINGS = (
    ".csv",
    ".tsv",
    ".txt",
    ".jsonl",
    ".ndjson",
    ".json",
    ".parquet",
    *WORKBOOKS,
    ".xls",
    ".xlsb",
    ".ods",
    TABLE_ENDING,
    DATABASE_ENDING,
    ARCHIVE_ENDING,
)
# Temporary files that browsers, editors and spreadsheets leave beside a file while they use it.
UNFINISHED = ("*.part", "*.crdownload", "*.download", "*.tmp", ".*", "~$*")


def is_claimed(table: SourceTable, path: Path) -> bool:
    """Return whether one of the table's patterns matches the file name, without case and accents.

    A container that cannot be opened matches every table, so that each reports why it is not read. A workbook of more
    sheets than one is matched by one of these too, if it has the name and labels of the table.
    """
    if is_container(path) or table.claims(path.name) or table.claims(bare_name(path.name)):
        return True
    return any(map(table.claims, _sheets_of(path))) and has_sheet_of(path, version_of(path), table)


def is_utc(table: SourceTable, file: str) -> bool:
    """Return whether the declaration states that the file's times are in UTC."""
    name = file.rsplit("/", 1)[-1]
    return any(fnmatchcase(fold_text(each), pattern) for each in (name, bare_name(name)) for pattern in table.utc_files)


def claimed_files(table: SourceTable, folder: Path) -> list[Path]:
    """Return the table's files anywhere under `folder`, sorted; an empty list when the folder is missing."""
    return [path for path in _finished_files(folder) if is_claimed(table, path)]


def workbooks_in(folder: Path) -> list[Path]:
    """Return the workbooks anywhere under `folder`, sorted."""
    return [path for path in _finished_files(folder) if path.name.lower().endswith(WORKBOOKS)]


def has_file(tables: Sequence[SourceTable], folder: Path) -> bool:
    """Return whether any file under `folder` belongs to one of these tables."""
    return any(is_claimed(table, path) for path in _finished_files(folder) for table in tables)


def unclaimed_files(tables: list[SourceTable], exports_folder: Path) -> list[Path]:
    """Return the data files under `exports_folder` that no table claims, sorted.

    Raises a Mistake when two tables of one system claim the same file.
    """
    unclaimed = []
    for path in _finished_files(exports_folder):
        if is_container(path):
            continue
        system = path.relative_to(exports_folder).parts[0]
        claiming = [table for table in tables if table.system == system and is_claimed(table, path)]
        if len(claiming) > 1 and not _sheets_of(path):  # each table takes a sheet of its own
            names = " and ".join(f"{table.name} ({', '.join([*table.files, *table.utc_files])})" for table in claiming)
            file = f"exports/{path.relative_to(exports_folder)}"
            raise Mistake(f"{file} is claimed by {names}; rename it or narrow a pattern")
        if not claiming and path.name.lower().removesuffix(".gz").endswith(DATA_ENDINGS):
            unclaimed.append(path)
    return unclaimed


def in_words(paths: Sequence[Path]) -> list[str]:
    """The files as messages name them: those of one container together, the first three by name."""
    found: dict[Path, list[str]] = {}
    for path in paths:
        container = container_of(path)
        inside = [path.relative_to(container).as_posix()] if container else []
        found.setdefault(container or path, []).extend(inside)
    return [
        f"{path} ({len(members)} {'files' if len(members) > 1 else 'file'} in it: {', '.join(members[:3])}"
        f"{', ...' if len(members) > 3 else ''})"
        if members
        else str(path)
        for path, members in found.items()
    ]


def _finished_files(folder: Path) -> list[Path]:
    """Return the files, with what is in a database or archive in its place."""
    found: list[Path] = []
    for path in sorted(folder.rglob("*")):
        if not (path.is_file() or _leads_nowhere(path)):
            continue
        if any(fnmatchcase(path.name.lower(), pattern) for pattern in UNFINISHED):
            continue
        found += parts_of(path)
    return found


def _sheets_of(path: Path) -> list[str]:
    """The names of the visible sheets of a workbook that has several."""
    if not path.name.lower().endswith(WORKBOOKS):
        return []
    try:
        names = [sheet.name for sheet in sheets_in(path) if sheet.is_visible]
    except Refused:
        return []
    return names if len(names) > 1 else []


def _leads_nowhere(path: Path) -> bool:
    """Whether it is a link to a missing file; it is reported when it is read, not skipped."""
    return path.is_symlink() and not path.exists()
