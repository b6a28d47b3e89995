"""From the bytes of a file to data of a known format, recognised by content and never by name.

Belongs here: unpacking, encoding, and refusing what is no data file. Does not belong here: records, labels,
values.
"""

import gzip
import re
import zlib
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Literal

GZIP, PARQUET, ZIP, OLD_OFFICE, PDF = b"\x1f\x8b", b"PAR1", b"PK\x03\x04", b"\xd0\xcf\x11\xe0", b"%PDF"
BYTE_ORDER_MARKS = {b"\xef\xbb\xbf": "utf-8-sig", b"\xff\xfe": "utf-16", b"\xfe\xff": "utf-16"}
EXCEL = "this is an Excel workbook; in Excel choose Save As > CSV UTF-8, and put that file here"


class Refused(Exception):  # noqa: N818 - it is the outcome of a file, not an error of the program
    """The whole file is not loaded; the message says what was found, where, and what to do."""


@dataclass(frozen=True)
class Content:
    """The data of one file: UTF-8 bytes without byte order mark for text, the file itself for Parquet."""

    kind: Literal["csv", "jsonl", "parquet"]
    data: bytes


def unpack(path: Path) -> bytes:
    """Return the file's bytes, un-gzipped; bytes of a broken gzip stay packed, and `recognise` refuses them.

    Hashed after unpacking, so that a file and its gzip count as the same content. Raises Refused for a file that
    cannot be read.
    """
    try:
        data = path.read_bytes()
    except OSError as error:
        raise Refused(f"the file cannot be read: {error.strerror}; mend its permissions or links") from error
    if data.startswith(GZIP):
        try:
            return gzip.decompress(data)
        except (EOFError, OSError, zlib.error):
            return data
    return data


def recognise(data: bytes, encodings: tuple[str, ...]) -> Content:
    """Return the content with its kind. `encodings` are tried in order; a byte order mark overrules them.

    Raises Refused for what is not CSV, TSV, JSONL or Parquet in one of them.
    """
    if not data.strip():
        raise Refused("the file is empty; export it again")
    if data.startswith(PARQUET):
        return Content("parquet", data)
    for reason in _not_data(data):
        raise Refused(reason)
    text = _to_utf8(data, encodings)
    if b"\x00" in text:
        line = text.count(b"\n", 0, text.index(b"\x00")) + 1
        raise Refused(f"line {line}: NUL byte, so this is no UTF-8 text; save as UTF-8 or export it again")
    if not text.strip():
        raise Refused("the file is empty; export it again")
    if b"\n" not in text:  # The line ends of the old Macintosh, which Excel still offers.
        text = text.replace(b"\r", b"\n")
    if text.lstrip().startswith(b"["):
        raise Refused("line 1: a JSON array; export JSON Lines instead, one object on each line")
    return Content("jsonl" if text.lstrip().startswith(b"{") else "csv", text)


def _not_data(data: bytes) -> Iterator[str]:
    start = data[:1000].lstrip().lower()
    if data.startswith(GZIP):
        yield "the gzip is broken or not complete; copy or download the file again"
    if data.startswith(ZIP):
        is_excel = b"xl/" in data or b"[Content_Types].xml" in data[:2000]
        yield EXCEL if is_excel else "this is a zip archive; unpack it and put the files in it here"
    if data.startswith(OLD_OFFICE):
        yield EXCEL
    if data.startswith(PDF):
        yield "this is a PDF; export the data as CSV"
    if start.startswith((b"<!doctype", b"<html", b"<?xml", b"<table", b"\xef\xbb\xbf<")):
        yield "this is a web page or XML, often a login page saved by mistake; export the data as CSV"


def _to_utf8(data: bytes, encodings: tuple[str, ...]) -> bytes:
    marks = [name for mark, name in BYTE_ORDER_MARKS.items() if data.startswith(mark)]
    # Every other byte of the first labels is zero: UTF-16 whose byte order mark was lost.
    wide = [name for name, first in (("utf-16-be", 0), ("utf-16-le", 1)) if _is_wide(data[:200], first)]
    encodings = tuple(marks or wide) or encodings
    problems = []
    for encoding in encodings:
        try:
            return data.decode(encoding).encode("utf-8")
        except UnicodeError as error:
            start = error.start if isinstance(error, UnicodeDecodeError) else 0
            line = data[:start].decode(encoding, errors="ignore").count("\n") + 1
            problems.append(f"line {line}: byte 0x{data[start : start + 1].hex()} is not {encoding}")
            if encoding.lower() in ("utf-8", "utf8") and (other := _first_utf8(data)):
                raise Refused(f"{problems[-1]}, but line {other} is; export the file in one encoding") from error
    raise Refused("; ".join(problems) + "; save as UTF-8 or declare the encoding of this table (latin-1)")


def _is_wide(start: bytes, first: int) -> bool:
    zeros, letters = start[first::2], start[1 - first :: 2]
    return len(zeros) > 1 and not any(zeros) and all(letters)


def _first_utf8(data: bytes) -> int | None:
    """Return the line of the first letter of several bytes that is valid UTF-8, null when there is none."""
    text = data.decode("utf-8", errors="surrogateescape")
    found = re.search("[^\x00-\x7f\udc80-\udcff]", text)
    return text.count("\n", 0, found.start()) + 1 if found else None
