"""What the given paths contain: a file is one list, a workbook has one per sheet, a zip archive those of its files.

Belongs here: which lists there are, and what has none. Does not belong here: reading them (profile.py), and any parsing
of workbooks and archives (ingestion/).
"""

import tempfile
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

from orchestration.lib.ingestion.archives import archive_of, is_archive
from orchestration.lib.ingestion.containers import parts_of, read_export
from orchestration.lib.ingestion.detection import Refused, is_workbook
from orchestration.lib.ingestion.files import DATA_ENDINGS
from orchestration.lib.ingestion.workbooks import filled_sheets
from orchestration.lib.onboarding.questions import OnboardingError


@dataclass(frozen=True)
class Input:
    """One list: a file or a file in an archive, or of a workbook with several one of its sheets."""

    path: Path
    sheet: str = ""

    @property
    def name(self) -> str:
        """The name as messages have it."""
        return f"{self.path.name}, sheet {self.sheet}" if self.sheet else self.path.name

    @property
    def stem(self) -> str:
        """What can show the content: the name of the sheet, or of the file without its ending."""
        return self.sheet or self.path.name.split(".")[0]

    @property
    def claimed_by(self) -> str:
        """The name by which a declared pattern has to claim it."""
        return (self.sheet or self.path.name).lower()

    @property
    def export(self) -> Path:
        """The file that belongs into the folder of exports."""
        return archive_of(self.path) or self.path


def read_inputs(paths: Iterable[Path], unused: list[str]) -> list[Input]:
    """Return the lists in the files; files of archives that are no data are added to `unused`. OnboardingError."""
    return [each for path in paths for each in _of_path(path, unused)]


def _of_path(path: Path, unused: list[str]) -> Iterator[Input]:
    if not path.is_file():
        raise OnboardingError(f"{path}: there is no such file; give the paths of export files, such as exports/*.csv")
    for part in parts_of(path) if is_archive(path) else [path]:
        if part != path and not part.name.lower().removesuffix(".gz").endswith(DATA_ENDINGS):
            unused.append(f"{path.name}: not used: {part.name}, which has no rows and columns")
            continue
        sheets = _sheets_of(part)
        if len(sheets) > 1 and part != path:
            raise OnboardingError(
                f"{part}: a workbook with the sheets {', '.join(sheets)} within a zip archive; unpack the archive, and "
                "give the workbook itself"
            )
        yield from [Input(part, sheet) for sheet in sheets] if len(sheets) > 1 else [Input(part)]


def _sheets_of(path: Path) -> list[str]:
    """Return the names of a workbook's sheets with cells; none for another file, or if it cannot be opened."""
    try:
        with tempfile.TemporaryDirectory() as folder:
            file = read_export(path, Path(folder))
            return filled_sheets(file) if is_workbook(file) else []
    except Refused:
        return []  # Reading it reports why it cannot be read.
