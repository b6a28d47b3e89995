"""Files on disk: new files are written, existing ones stay; all files or none.

Belongs here: writing without overwriting, and rows added to reference files. Does not belong here: the content.
"""

import csv
import io
from dataclasses import dataclass, field
from pathlib import Path

from orchestration.lib.inspection.words import fold
from orchestration.lib.onboarding.questions import OnboardingError


@dataclass
class Writes:
    """The files to write: texts and copies by path. `added` are texts that extend a file that may exist.

    `replaceable` are existing files that an earlier call wrote and nobody has changed; `removed` those of them that
    are not part of the draft any more.
    """

    texts: dict[Path, str] = field(default_factory=dict)
    copies: dict[Path, Path] = field(default_factory=dict)
    added: dict[Path, str] = field(default_factory=dict)
    replaceable: set[Path] = field(default_factory=set)
    removed: set[Path] = field(default_factory=set)

    def perform(self, force: bool) -> list[Path]:
        """Write the files that differ from the existing ones, and return them.

        OnboardingError before anything is written, if a file with other content exists and `force` is not set.
        """
        contents = {path: text.encode() for path, text in (self.texts | self.added).items()}
        contents |= {path: source.read_bytes() for path, source in self.copies.items()}
        changed = {path: data for path, data in contents.items() if not path.exists() or path.read_bytes() != data}
        free = {*self.added, *self.replaceable}
        in_the_way = [str(path) for path in changed if path.exists() and path not in free]
        if in_the_way and not force:
            raise OnboardingError(
                "These files exist with another content, and nothing has been written. Move them away, or add --force "
                "to replace them:\n  " + "\n  ".join(in_the_way)
            )
        for path, data in changed.items():
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_bytes(data)
        for path in self.removed:
            path.unlink(missing_ok=True)
        return list(changed)


def with_rows(path: Path, rows: list[dict[str, str]], key: tuple[str, ...]) -> str:
    """Return the CSV of a reference file with the rows added whose key it does not have, in any spelling.

    Existing rows stay; only a cell that is empty in them is filled.
    """
    old: list[dict[str, str]] = []
    names: list[str] = []
    if path.is_file():
        with path.open(encoding="utf-8-sig", newline="") as file:
            reader = csv.DictReader(file)
            old, names = list(reader), list(reader.fieldnames or [])
    known = {_spelling(row, key): row for row in old}
    new, is_filled = [], False
    for row in rows:
        there = known.setdefault(_spelling(row, key), row)
        if there is row:
            new.append(row)
            continue
        empty = {name: value for name, value in row.items() if value and not there.get(name)}
        there.update(empty)
        is_filled = is_filled or bool(empty)
    if old and not new and not is_filled:
        return path.read_text(encoding="utf-8")
    names += [name for name in rows[0] if name not in names]
    text = io.StringIO()
    writer = csv.DictWriter(text, names, restval="", lineterminator="\n")
    writer.writeheader()
    writer.writerows([*old, *new])
    return text.getvalue()


def _spelling(row: dict[str, str], key: tuple[str, ...]) -> tuple[str, ...]:
    """Return the key of a row as it is compared: its words without case, blanks and hyphens, the system as it is."""
    return tuple(cell if name == "system" else fold(cell) for name in key for cell in [row.get(name) or ""])
