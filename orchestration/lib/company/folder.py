"""A company folder: where its exports, agreements and reference files lie.

Belongs here: folders and what is missing in them. What a file must look like is source_tables.py, what it holds
ingestion/.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from orchestration.lib.ingestion.files import claimed_files, unclaimed_files
from orchestration.lib.source_tables import SourceTable
from orchestration.mistakes import Mistake

REFERENCE = "reference"
PARTS = ("agreements", REFERENCE)


class CompanyError(Mistake):
    """The folder is no company folder; the text says what was found and what to do."""


@dataclass(frozen=True)
class Company:
    """The folders of one company; `bare_system` is set where the folder itself is the export of that one system."""

    folder: Path
    agreements: Path
    reference: Path
    bare_system: str | None = None

    def folder_of(self, system: str) -> Path:
        """Where the files of a system lie; the folder may be missing."""
        if system == REFERENCE:
            return self.reference
        if self.bare_system:
            return self.folder if system == self.bare_system else self.folder / "no-exports" / system
        return self.folder / "exports" / system

    def unread_files(self, tables: Sequence[SourceTable]) -> list[Path]:
        """Data files that no declared table claims; of a bare folder nothing is said, since it may hold anything."""
        return [] if self.bare_system else unclaimed_files(list(tables), self.folder / "exports")


def open_company(folder: Path, tables: Sequence[SourceTable], examples: Path) -> Company:
    """The company in a folder: exports/<system>/, agreements/ and reference/.

    A folder without exports/ that holds the files of a system under `examples` is that system's data as it was
    downloaded; agreement and reference files are those of the example, unless it has its own. Else CompanyError.
    """
    if not folder.is_dir():
        raise CompanyError(
            f"{folder}: there is no such folder; give the path of a company folder, or make one: smarketing init FOLDER"
        )
    if (folder / "exports").is_dir():
        return Company(folder, folder / "agreements", folder / "reference")
    systems = {table.system for table in tables if (examples / table.system).is_dir() and claimed_files(table, folder)}
    if len(systems) != 1:
        raise CompanyError(
            f"{folder}: it has no exports/, so it is not a company folder; lay the files out as "
            "exports/<system>/<file>, beside agreements/ and reference/, or make the folders: smarketing init FOLDER"
        )
    system = systems.pop()
    own = {name: folder / name if (folder / name).is_dir() else examples / system / name for name in PARTS}
    return Company(folder, own["agreements"], own["reference"], bare_system=system)
