"""Which files below a folder are read, and why the others are not: backups, copies, what is hidden or not complete.

Belongs here: walking through folders, links and containers, and what the name of a file tells of that. Does not belong
here: which table a file feeds (`files.py`), opening a file. A folder that cannot be opened, and a link that leads
nowhere, count as files: each table refuses them, so that no build is published without what is in them.
"""

import os
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from fnmatch import fnmatchcase
from pathlib import Path, PurePath

from orchestration.lib.ingestion.containers import parts_of
from orchestration.lib.labels import fold_text
from orchestration.lib.language import gettext

# What browsers and programs that copy leave beside a file until they have ended.
UNFINISHED = ("*.part", "*.partial", "*.crdownload", "*.download", "*.filepart", "*.tmp")
# The same of spreadsheets and databases, and the settings of macOS: nothing that a person has made.
UNMADE = ("~$*", "._*", ".~lock.*", "*.duckdb.wal")
BACKUP = re.compile(r"^#(.+)#$|^(.+?)(?:~|\.~\d+~|\.(?:bak|backup|old|orig|save|sav|swp|swo|rej)\d*~?)$")
# In English, Italian, Portuguese, Spanish, German and French, as desktops and drives name a copy.
COPY_OF = re.compile(r"^(?:(?:copy|copia|copie)(?: \(\d+\))? (?:of|di|de)|kopie(?: \(\d+\))? von|backup of) (.+)$")
COPY = re.compile(
    r"^(.+?)[-_. ]+\(?(?:copy|copia|kopie|copie|backup|bak|old|orig(?:inal)?|[^()]*conflicted copy[^()]*"
    r"|sync-conflict-[^.]*)(?: ?\(?\d+\)?)?\)?((?:\.[a-z]+\d?)+)$"
)


@dataclass
class Found:
    """The files to read, with what is in a database or archive in its place, and why each other one is not read."""

    files: list[Path] = field(default_factory=list)
    passed_over: dict[Path, str] = field(default_factory=dict)


def find(folder: Path) -> Found:
    """Look through a folder, sorted; there is nothing in one that is missing."""
    found = Found()
    paths = [part for path in _walk(folder, folder, frozenset(), found) for part in parts_of(path)]
    by_folder: dict[Path, dict[str, str]] = {}
    for path in paths:
        by_folder.setdefault(path.parent, {})[fold_text(path.name)] = path.name
    for path in paths:
        below = path.relative_to(folder)
        if any(fnmatchcase(path.name, pattern) for pattern in UNMADE):
            continue
        if reason := _hidden(below) or _name_tells(path.name, by_folder[path.parent]):
            found.passed_over[path] = reason
        else:
            found.files.append(path)
    return found


def is_unreachable(path: Path) -> bool:
    """Whether the path, which is among the files, is a folder that cannot be opened or a link that leads nowhere."""
    return os.path.isdir(path) or (os.path.islink(path) and not os.path.exists(path))


def _walk(folder: Path, top: Path, above: frozenset[str], found: Found) -> Iterator[Path]:
    real = os.path.realpath(folder)
    try:
        with os.scandir(folder) as listed:
            entries = sorted(listed, key=lambda entry: entry.name)
    except OSError:
        if os.path.lexists(folder):  # It cannot be opened, or is a link that leads nowhere.
            yield folder
        return
    for entry in entries:
        path = folder / entry.name
        if not os.path.isdir(path):
            yield path
        elif entry.is_symlink() and _is_above(path, above | {real}):
            found.passed_over[path] = gettext("it is a link to a folder in which it is itself; remove the link")
        elif not (entry.is_symlink() and _is_found_otherwise(path, top)):
            yield from _walk(path, top, above | {real}, found)


def _is_above(link: Path, above: Iterable[str]) -> bool:
    target = os.path.realpath(link)
    return any(each == target or each.startswith(target.rstrip("/") + "/") for each in above)


def _is_found_otherwise(link: Path, top: Path) -> bool:
    """Whether the link leads to a folder below the top, which is read where it is."""
    target, real = PurePath(os.path.realpath(link)), PurePath(os.path.realpath(top))
    return target.is_relative_to(real) and not _hidden(target.relative_to(real) / "file")


def hidden_part(below: PurePath) -> str:
    """The part of a path below the exports that is hidden, itself or a folder; empty if none is."""
    return next((part for part in below.parts if part.startswith(".") and part != ".."), "")


def _hidden(below: PurePath) -> str:
    part = hidden_part(below)
    if not part:
        return ""
    return gettext("%(name)s is hidden, as its name begins with a dot; rename it if it is an export", name=part)


def _name_tells(name: str, siblings: dict[str, str]) -> str:
    folded = fold_text(name)
    if any(fnmatchcase(folded, pattern) for pattern in UNFINISHED):
        return gettext("it is a download or copy that has not ended; rename it if it is complete")
    if match := BACKUP.match(folded):
        original = siblings.get(next(filter(None, match.groups())))
        if not original:
            return gettext("it is a backup; rename it if it is an export")
        return gettext("it is a backup of %(file)s, which is read; rename it if it is an export", file=original)
    for pattern in (COPY_OF, COPY):
        match = pattern.match(folded)
        if match and (original := siblings.get("".join(filter(None, match.groups())))):
            return gettext("it is a copy of %(file)s, which is read; keep the one that counts", file=original)
    return ""
