"""Which files under the exports folder belong to which table.

Belongs here: names and paths, including those within containers. Does not belong here: opening a file (see
`detection.py` and `containers.py`).
"""

from collections.abc import Sequence
from fnmatch import fnmatchcase
from pathlib import Path

from orchestration.lib.formats import both
from orchestration.lib.ingestion.archives import ENDING as ARCHIVE_ENDING
from orchestration.lib.ingestion.archives import version_of
from orchestration.lib.ingestion.containers import container_of, is_container, parts_of
from orchestration.lib.ingestion.databases import DATABASE_ENDING, TABLE_ENDING
from orchestration.lib.ingestion.detection import UNREACHABLE, Refused
from orchestration.lib.ingestion.file_names import bare_name
from orchestration.lib.ingestion.passed_over import find, hidden_part, is_unreachable
from orchestration.lib.ingestion.sheets import sheets_in
from orchestration.lib.ingestion.workbooks import has_sheet_of
from orchestration.lib.labels import fold_text
from orchestration.lib.language import gettext, ngettext, translated
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
    ".numbers",
    ".7z",
    ".rar",
    ".tar",
    ".tgz",
    ".bz2",
    ".xz",
    ".zst",
    TABLE_ENDING,
    DATABASE_ENDING,
    ARCHIVE_ENDING,
)


def is_claimed(table: SourceTable, path: Path) -> bool:
    """Return whether one of the table's patterns matches the file name, without case and accents.

    A folder or container that cannot be opened matches every table, so that each reports why it is not read. A workbook
    of more sheets than one is matched by one of these too, if it has the name and labels of the table.
    """
    if table.claims(path.name) or table.claims(bare_name(path.name)) or _is_of_all(path):
        return True
    return any(map(table.claims, _sheets_of(path))) and has_sheet_of(path, version_of(path), table)


def is_utc(table: SourceTable, file: str) -> bool:
    """Return whether the declaration states that the file's times are in UTC."""
    name = file.rsplit("/", 1)[-1]
    return any(fnmatchcase(fold_text(each), pattern) for each in (name, bare_name(name)) for pattern in table.utc_files)


def claimed_files(table: SourceTable, folder: Path) -> list[Path]:
    """Return the table's files anywhere under `folder`, sorted; an empty list when the folder is missing."""
    return [path for path in find(folder).files if is_claimed(table, path)]


def workbooks_in(folder: Path) -> list[Path]:
    """Return the workbooks anywhere under `folder`, sorted."""
    return [path for path in find(folder).files if path.name.lower().endswith(WORKBOOKS)]


def has_file(tables: Sequence[SourceTable], folder: Path) -> bool:
    """Return whether any file under `folder` belongs to one of these tables."""
    return any(is_claimed(table, path) for path in find(folder).files for table in tables)


def unclaimed_files(tables: list[SourceTable], exports_folder: Path) -> list[Path]:
    """Return the data files under `exports_folder` that no table claims, sorted.

    Raises a Mistake when two tables of one system claim the same file.
    """
    unclaimed = []
    for folder in filter(Path.is_dir, _listed(exports_folder)):
        unclaimed += unclaimed_in([table for table in tables if table.system == folder.name], folder)
    files = [part for path in _listed(exports_folder) if not path.is_dir() for part in parts_of(path)]
    return unclaimed + [path for path in files if _is_data(path) or _is_of_all(path)]


def unclaimed_in(tables: Sequence[SourceTable], folder: Path) -> list[Path]:
    """Return the same of the folder of one system, whose tables these are."""
    unclaimed = []
    for path in find(folder).files:
        claiming = [table for table in tables if is_claimed(table, path)]
        if len(claiming) > 1 and not _is_of_all(path) and not _sheets_of(path):  # each takes a sheet of its own
            names = both(*(f"{each.name} ({', '.join([*each.files, *each.utc_files])})" for each in claiming))
            file = f"exports/{folder.name}/{path.relative_to(folder)}"
            raise Mistake(
                gettext("%(file)s is claimed by %(tables)s; rename it or narrow a pattern", file=file, tables=names)
            )
        if not claiming and (_is_data(path) or _is_of_all(path)):
            unclaimed.append(path)
    return unclaimed


def passed_over(tables: Sequence[SourceTable], folder: Path) -> dict[Path, str]:
    """Return what could be an export under the folder and is not read because of its name or place, with the reason.

    A table may claim every name, and a file such as `.gitkeep` keeps a folder: hidden ones need the ending of data.
    """
    return {
        path: reason
        for path, reason in find(folder).passed_over.items()
        if _is_data(path)
        or path.is_dir()
        or (not hidden_part(path.relative_to(folder)) and any(table.claims(bare_name(path.name)) for table in tables))
    }


def _listed(exports_folder: Path) -> list[Path]:
    try:
        return sorted(exports_folder.iterdir()) if exports_folder.is_dir() else []
    except OSError as error:
        refusal = UNREACHABLE.format(what="folder", why=error.strerror)
        raise Mistake(f"{exports_folder}: {translated(refusal)}") from error


def _is_of_all(path: Path) -> bool:
    """Whether each table reports why it is not read: nothing tells which one it is for."""
    return is_container(path) or (is_unreachable(path) and not _is_data(path))


def _is_data(path: Path) -> bool:
    """Whether the name has the ending of data, without those of backups and of what is not complete."""
    name = path.name.lower().removesuffix(".gz")
    return name.endswith(DATA_ENDINGS) or any(f"{ending}{mark}" in name for ending in DATA_ENDINGS for mark in ".~#")


def in_words(paths: Sequence[Path]) -> list[str]:
    """The files as messages name them: those of one container together, the first three by name."""
    found: dict[Path, list[str]] = {}
    for path in paths:
        container = container_of(path)
        inside = [path.relative_to(container).as_posix()] if container else []
        found.setdefault(container or path, []).extend(inside)
    return [_with_members(path, members) if members else str(path) for path, members in found.items()]


def _with_members(path: Path, members: Sequence[str]) -> str:
    names = ", ".join([*members[:3], *(["..."] if len(members) > 3 else [])])
    return ngettext(
        "%(path)s (%(number)s file in it: %(names)s)",
        "%(path)s (%(number)s files in it: %(names)s)",
        len(members),
        path=path,
        number=len(members),
        names=names,
    )


def _sheets_of(path: Path) -> list[str]:
    """The names of the visible sheets of a workbook that has several."""
    if not path.name.lower().endswith(WORKBOOKS):
        return []
    try:
        names = [sheet.name for sheet in sheets_in(path) if sheet.is_visible]
    except Refused:
        return []
    return names if len(names) > 1 else []
