"""From the bytes of a file to data of a known format, recognised by content and never by name.

Belongs here: unpacking, encoding, and refusing what is no data file. Does not belong here: records, labels,
values.
"""

import gzip
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

    Hashed after unpacking, so that a file and its gzip count as the same content.
    """
    data = path.read_bytes()
    if data.startswith(GZIP):
        try:
            return gzip.decompress(data)
        except (EOFError, OSError, zlib.error):
            return data
    return data


def recognise(data: bytes, encoding: str) -> Content:
    """Return the content with its kind. `encoding` is the declared one; a byte order mark overrules it.

    Raises Refused for what is not CSV, TSV, JSONL or Parquet in that encoding.
    """
    if not data.strip():
        raise Refused("the file is empty; export it again")
    if data.startswith(PARQUET):
        return Content("parquet", data)
    for reason in _not_data(data):
        raise Refused(reason)
    text = _to_utf8(data, encoding)
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


def _to_utf8(data: bytes, encoding: str) -> bytes:
    marks = [name for mark, name in BYTE_ORDER_MARKS.items() if data.startswith(mark)]
    encoding = marks[0] if marks else encoding
    try:
        return data.decode(encoding).encode("utf-8")
    except UnicodeError as error:
        start = error.start if isinstance(error, UnicodeDecodeError) else 0
        line = data[:start].decode(encoding, errors="ignore").count("\n") + 1
        raise Refused(
            f"line {line}: byte 0x{data[start : start + 1].hex()} is not {encoding}; "
            "save as UTF-8 or declare encoding: latin-1 for this table"
        ) from error
