"""Zip archives among the exports, as export buttons write them: each member is read like a file of its own.

Belongs here: names, sizes and passwords of members, and unpacking one. Does not belong here: which table a member feeds
(`files.py`), and workbooks, which are zip archives of another kind (`workbooks.py`).
A member is identified by a path below its archive: `all-contacts.zip/part-1/contacts.csv`.
"""

import zipfile
import zlib
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime
from functools import lru_cache
from pathlib import Path, PurePosixPath
from typing import IO, cast

from orchestration.lib.ingestion.detection import UNREACHABLE, Refused, is_workbook
from orchestration.lib.ingestion.limits import MOST_IN_WORKBOOK, MOST_MEMBERS, check_size
from orchestration.lib.ingestion.pieces import pieces, write

ENDING = ".zip"
WORKBOOK = "xl/workbook.xml"
# Folders that macOS adds, with a file of settings for each member.
ADDED = ("__MACOSX",)
BROKEN = (zipfile.BadZipFile, zlib.error, EOFError, ValueError)
ENCRYPTED = 0x1
# What is written for a member whose time is not known.
NO_TIME = (1980, 1, 2)


@contextmanager
def open_archive(path: Path) -> Iterator[zipfile.ZipFile]:
    """Open a zip archive. Raises Refused for one that is broken, or that would fill the disk."""
    try:
        with zipfile.ZipFile(path) as archive:
            members = archive.infolist()
            if len(members) > MOST_MEMBERS:
                raise Refused(f"it has {len(members):,} files, and {MOST_MEMBERS:,} at most are read; unpack it here")
            is_book = any(member.filename == WORKBOOK for member in members)
            size = sum(member.file_size for member in members)
            check_size(size, path.stat().st_size, MOST_IN_WORKBOOK if is_book else None)
            yield archive
    except BROKEN as error:
        raise Refused("the zip archive is broken or not complete; copy or download the file again") from error
    except NotImplementedError as error:
        raise Refused(
            "the zip archive is packed in a way of its own; unpack it and put the files in it here"
        ) from error
    except OSError as error:
        raise Refused(UNREACHABLE.format(what="file", why=error.strerror)) from error


def is_archive(path: Path) -> bool:
    """Return whether the name is that of a zip archive, whose members are read instead of it."""
    return path.name.lower().endswith(ENDING)


def members_in(path: Path) -> list[Path]:
    """Return the paths of the members, sorted; the file itself if it is a workbook. Raises Refused."""
    return list(_members_in(path, *version_of(path)))


def version_of(path: Path) -> tuple[int, int]:
    """Return what changes when the file does: its time and size. Raises Refused for a file that cannot be read."""
    try:
        stat = path.stat()
    except OSError as error:
        raise Refused(UNREACHABLE.format(what="file", why=error.strerror)) from error
    return stat.st_mtime_ns, stat.st_size


@lru_cache(maxsize=256)
def _members_in(path: Path, _modified: int, _size: int) -> tuple[Path, ...]:
    if is_workbook(path):
        return (path,)
    with open_archive(path) as archive:
        names = [_name(member) for member in archive.infolist() if not member.is_dir()]
    names = [name for name in names if name.parts and name.parts[0] not in ADDED]
    if twins := {name for name in names if names.count(name) > 1}:
        raise Refused(f"it has two files of the name {min(twins)}; unpack it and put the right one here")
    if not names:
        raise Refused("the zip archive has no file; export it again")
    return tuple(path / name for name in sorted(names))


def archive_of(path: Path) -> Path | None:
    """Return the archive of which the path names a member."""
    return next((parent for parent in path.parents if is_archive(parent) and parent.is_file()), None)


def unpack_member(archive: Path, path: Path, folder: Path) -> Path:
    """Return the path in `folder` of the unpacked member. Raises Refused."""
    with _open_member(archive, path) as file:
        return write(pieces(file), folder / "member")


def modified_at(archive: Path, path: Path) -> datetime | None:
    """Return the time of the member, local to the machine that packed it; None where it did not write one."""
    with open_archive(archive) as opened:
        packed = _member(opened, archive, path).date_time
    return datetime(*packed) if packed > NO_TIME else None


@contextmanager
def _open_member(archive: Path, path: Path) -> Iterator[IO[bytes]]:
    with open_archive(archive) as opened:
        member = _member(opened, archive, path)
        if member.flag_bits & ENCRYPTED:
            raise Refused("it is protected by a password; unpack the zip archive and put the files in it here")
        with opened.open(member) as file:
            yield cast(IO[bytes], file)


def _member(opened: zipfile.ZipFile, archive: Path, path: Path) -> zipfile.ZipInfo:
    wanted = path.relative_to(archive).as_posix()
    return next(member for member in opened.infolist() if _name(member).as_posix() == wanted)


def _name(member: zipfile.ZipInfo) -> PurePosixPath:
    """Return the name of a member as a path that does not leave the archive."""
    parts = PurePosixPath(member.filename.replace("\\", "/")).parts
    return PurePosixPath(*(part for part in parts if part not in ("/", "..", ".")))
