"""From a file to data of a known format, recognised by content and never by name.

Belongs here: unpacking, encoding, and refusing what is not a data file. Does not belong here: records, labels,
values. A file is read piece by piece (`pieces.py`), and written again only if it is packed or not plain UTF-8.
"""

import codecs
import gzip
import hashlib
import os
import re
import zipfile
import zlib
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import IO, Literal, cast

from orchestration.lib.ingestion.limits import limited
from orchestration.lib.ingestion.pieces import pieces, pieces_of, texts_of, write
from orchestration.lib.ingestion.refusal import Refused as Refused

GZIP, PARQUET, ZIP, OLD_OFFICE, PDF = b"\x1f\x8b", b"PAR1", b"PK\x03\x04", b"\xd0\xcf\x11\xe0", b"%PDF"
BYTE_ORDER_MARKS = {b"\xef\xbb\xbf": "utf-8-sig", b"\xff\xfe": "utf-16", b"\xfe\xff": "utf-16"}
MARK = b"\xef\xbb\xbf"
ENCRYPTED = "EncryptedPackage".encode("utf-16-le")
LOCKED = (
    "the Excel workbook is protected by a password; remove it in Excel (File > Info > Protect Workbook), save, and put "
    "it here again"
)
OTHER_BOOK = (
    "this is a workbook in another format than .xlsx, the format of Excel since 2007; open it in a spreadsheet, choose "
    "Save As > .xlsx, and put that file here"
)
NESTED = (
    "this is a zip archive; unpack it and put the files in it here (one whose name ends with .zip is read where it is "
    "among the exports itself, not within another)"
)
EMPTY = "the file is empty; export it again"
UNREACHABLE = "the {what} cannot be read: {why}; correct its permissions or links"
BROKEN_GZIP = (EOFError, gzip.BadGzipFile, zlib.error)
HEAD = 10_000


@dataclass(frozen=True)
class Content:
    """The data of one file: the path of UTF-8 without byte order mark for text, of the file itself for other kinds."""

    kind: Literal["csv", "jsonl", "parquet", "workbook"]
    path: Path


def unpack(path: Path, folder: Path) -> Path:
    """Return the path of the un-gzipped file, in `folder` if it was packed; a broken gzip stays packed.

    Raises Refused for a file that cannot be read, or unpacks to more than an export has.
    """
    if not _head(path).startswith(GZIP):
        return path
    try:
        unpacked = write(_unpacked(path), folder / "unpacked")
    except BROKEN_GZIP:
        return path
    if _head(unpacked).startswith(GZIP):
        raise Refused("it is packed twice with gzip; unpack it once, and put that file here")
    return unpacked


def hash_of(path: Path) -> tuple[str, bytes]:
    """Return the hash and the first bytes of an un-gzipped file, so that a file and its gzip count as the same content.

    Raises Refused for a file that cannot be read.
    """
    if _head(path).startswith(GZIP):
        try:
            return _hash(_unpacked(path))
        except BROKEN_GZIP:
            pass
    return _hash(pieces_of(path))


def _unpacked(path: Path) -> Iterator[bytes]:
    with gzip.open(path) as packed:
        yield from limited(pieces(cast(IO[bytes], packed)), path.stat().st_size)


def _hash(parts: Iterator[bytes]) -> tuple[str, bytes]:
    found, head = hashlib.sha256(), b""
    for part in parts:
        found.update(part)
        head += part[: HEAD - len(head)]
    return found.hexdigest(), head


def _head(path: Path) -> bytes:
    try:
        with path.open("rb") as file:
            return file.read(HEAD)
    except OSError as error:
        what = "folder" if os.path.isdir(path) else "file"
        raise Refused(UNREACHABLE.format(what=what, why=error.strerror)) from error


def recognise(path: Path, encodings: tuple[str, ...], folder: Path) -> Content:
    """Return the content with its kind. `encodings` are tried in order; a byte order mark overrules them.

    Raises Refused for a file that is not CSV, TSV, JSONL in one of them, Parquet or an Excel workbook.
    """
    head = _head(path)
    if not any(piece.strip() for piece in pieces_of(path)):
        raise Refused(EMPTY)
    if head.startswith(PARQUET):
        return Content("parquet", path)
    if is_workbook(path):
        return Content("workbook", path)
    for reason in _not_data(head, path):
        raise Refused(reason)
    text = _to_utf8(path, head, encodings, folder)
    if _has_marks(text):  # Files that were put together with `cat`.
        text = write(_without_marks(text), folder / "unmarked")
    lines, first = 0, b""
    for piece in pieces_of(text):
        if b"\x00" in piece:
            line = lines + piece.count(b"\n", 0, piece.index(b"\x00")) + 1
            raise Refused(f"line {line}: NUL byte, so this is not a UTF-8 text; save as UTF-8 or export it again")
        lines += piece.count(b"\n")
        first = first or piece.lstrip()[:1]
    if not first:
        raise Refused(EMPTY)
    if first == b"[":
        raise Refused("line 1: a JSON array; export JSON Lines instead, one object on each line")
    if not lines:  # Line ends of the old Macintosh, which Excel still offers.
        text = write((piece.replace(b"\r", b"\n") for piece in pieces_of(text)), folder / "lines")
    return Content("jsonl" if first == b"{" else "csv", text)


def _has_marks(path: Path) -> bool:
    before = b""
    for piece in pieces_of(path):
        if MARK in piece or MARK in before + piece[:2]:
            return True
        before = (before + piece[-2:])[-2:]
    return False


def _without_marks(path: Path) -> Iterator[bytes]:
    """Yield the text without byte order marks, which are invisible wherever they are."""
    waiting = b""
    for piece in pieces_of(path):
        text = (waiting + piece).replace(MARK, b"")
        waiting = next((MARK[:size] for size in (2, 1) if text.endswith(MARK[:size])), b"")
        yield text.removesuffix(waiting)
    yield waiting


def is_workbook(path: Path) -> bool:
    """Return whether the file is an .xlsx workbook, whatever its name is."""
    return _head(path).startswith(ZIP) and "xl/workbook.xml" in _names_in(path)


def _names_in(path: Path) -> set[str]:
    try:
        with zipfile.ZipFile(path) as archive:
            return set(archive.namelist())
    except (zipfile.BadZipFile, ValueError) as error:
        raise Refused("the zip archive or workbook is broken or not complete; copy or download it again") from error


def is_utf8(path: Path) -> bool:
    """Return whether all of the file is UTF-8."""
    return _decodes(path, "utf-8") is None


def _not_data(head: bytes, path: Path) -> Iterator[str]:
    start = head[:1000].lstrip().lower()
    if head.startswith(GZIP):
        yield "the gzip is broken or not complete; copy or download the file again"
    if head.startswith(ZIP):
        names = _names_in(path)
        yield OTHER_BOOK if {"xl/workbook.bin", "mimetype"} & names or "[Content_Types].xml" in names else NESTED
    if head.startswith(OLD_OFFICE):
        yield LOCKED if any(ENCRYPTED in piece for piece in pieces_of(path)) else OTHER_BOOK
    if head.startswith(PDF):
        yield "this is a PDF; export the data as CSV"
    if start.startswith((b"<!doctype", b"<html", b"<?xml", b"<table", b"\xef\xbb\xbf<")):
        yield "this is a web page or XML, often a login page saved by mistake; export the data as CSV"


def _to_utf8(path: Path, head: bytes, encodings: tuple[str, ...], folder: Path) -> Path:
    marks = [name for mark, name in BYTE_ORDER_MARKS.items() if head.startswith(mark)]
    # Every other byte of the first labels is zero: UTF-16 whose byte order mark was lost.
    wide = [name for name, first in (("utf-16-be", 0), ("utf-16-le", 1)) if _is_wide(head[:200], first)]
    problems = []
    for encoding in tuple(marks or wide) or encodings:
        is_plain = codecs.lookup(encoding).name == "utf-8"
        error = _decodes(path, encoding, None if is_plain else folder / "text")
        if error is None:
            return path if is_plain else folder / "text"
        start = error.start if isinstance(error, UnicodeDecodeError) else 0
        line = 1 + sum(text.count("\n") for text in texts_of(path, encoding, "ignore", start))
        byte = f"0x{_byte_at(path, start).hex()}"
        problems.append(f"line {line}: byte {byte} is not {encoding}")
        if is_plain and (other := _first_utf8(path)):
            raise Refused(f"{problems[-1]}, but line {other} is; export the file in one encoding") from error
    raise Refused("; ".join(problems) + "; save as UTF-8 (in Excel: Save As > CSV UTF-8)")


def _decodes(path: Path, encoding: str, copy: Path | None = None) -> UnicodeError | None:
    """Write the text to `copy`, if one is given, as UTF-8; return the error that prevents it."""
    try:
        if copy is None:
            for _ in texts_of(path, encoding):
                pass
        else:
            write((text.encode() for text in texts_of(path, encoding)), copy)
    except UnicodeError as error:
        return error
    return None


def _byte_at(path: Path, place: int) -> bytes:
    with path.open("rb") as file:
        file.seek(place)
        return file.read(1)


def _is_wide(start: bytes, first: int) -> bool:
    zeros, letters = start[first::2], start[1 - first :: 2]
    return len(zeros) > 1 and not any(zeros) and all(letters)


def _first_utf8(path: Path) -> int | None:
    """Return the line of the first valid UTF-8 letter of several bytes, None when there is none."""
    lines = 0
    for text in texts_of(path, "utf-8", "surrogateescape"):
        if found := re.search("[^\x00-\x7f\udc80-\udcff]", text):
            return lines + text.count("\n", 0, found.start()) + 1
        lines += text.count("\n")
    return None
