"""A company folder: the places of its exports, agreements and reference files.

Belongs here: folders and what is missing in them. The declarations of files are in source_tables.py, their content is
read in ingestion/.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from orchestration.lib.ingestion.detection import UNREACHABLE
from orchestration.lib.ingestion.files import claimed_files, passed_over, unclaimed_files
from orchestration.lib.language import gettext, translated
from orchestration.lib.source_tables import SourceTable
from orchestration.mistakes import Mistake

REFERENCE = "reference"
PARTS = ("agreements", REFERENCE)


class CompanyError(Mistake):
    """The folder is not a company folder; the text states what was found and what to do."""


@dataclass(frozen=True)
class Company:
    """The folders of one company; `bare_system` is set if the folder itself is the export of that one system."""

    folder: Path
    agreements: Path
    reference: Path
    bare_system: str | None = None

    def folder_of(self, system: str) -> Path:
        """The folder with the files of a system; it may be missing."""
        if system == REFERENCE:
            return self.reference
        if self.bare_system:
            return self.folder if system == self.bare_system else self.folder / "no-exports" / system
        return self.folder / "exports" / system

    def unread_files(self, tables: Sequence[SourceTable]) -> list[Path]:
        """Data files that no declared table claims; none for a bare folder, since it may contain anything."""
        return [] if self.bare_system else unclaimed_files(list(tables), self.folder / "exports")

    def passed_over(self, tables: Sequence[SourceTable]) -> Iterator[str]:
        """Messages about what is not read because of its name or place: backups, copies, hidden files."""
        exports = self.folder / "exports"
        systems = [path.name for path in sorted(exports.iterdir()) if path.is_dir()] if exports.is_dir() else []
        for system in [*([self.bare_system] if self.bare_system else systems), REFERENCE]:
            own = [table for table in tables if table.system == system]
            for path, reason in passed_over(own, self.folder_of(system)).items():
                yield gettext("%(path)s: not read, because %(reason)s", path=path, reason=reason)


def open_company(folder: Path, tables: Sequence[SourceTable], examples: Path) -> Company:
    """The company in a folder: exports/<system>/, agreements/ and reference/.

    A folder without exports/ that contains the files of a system under `examples` is the downloaded data of that
    system; agreement and reference files are those of the example, unless it has its own. Otherwise CompanyError.
    """
    if not folder.is_dir():
        raise CompanyError(
            gettext(
                "%(folder)s: there is no such folder; give the path of a company folder, or make one: smarketing init "
                "FOLDER",
                folder=folder,
            )
        )
    try:
        has_exports = (folder / "exports").is_dir()
    except OSError as error:
        raise CompanyError(f"{folder}: {translated(UNREACHABLE.format(what='folder', why=error.strerror))}") from error
    if has_exports:
        return Company(folder, folder / "agreements", folder / "reference")
    systems = {table.system for table in tables if (examples / table.system).is_dir() and claimed_files(table, folder)}
    if len(systems) != 1:
        raise CompanyError(
            gettext(
                "%(folder)s: it has no exports/, so it is not a company folder; lay the files out as "
                "exports/<system>/<file>, beside agreements/ and reference/, or make the folders: smarketing init "
                "FOLDER",
                folder=folder,
            )
        )
    system = systems.pop()
    own = {name: folder / name if (folder / name).is_dir() else examples / system / name for name in PARTS}
    return Company(folder, own["agreements"], own["reference"], bare_system=system)
