"""Real files cut short and corrupted in the ways in which files get corrupted, the same ways for the same seed.

Belongs here: what is done to their cells and bytes. Where the files come from is mutated_bases.py, what ingestion must
do about it test_mutated_files.py and tests/faults/test_mutated_exports.py.
"""

import csv
import gzip
import io
import re
from collections.abc import Callable
from dataclasses import dataclass, replace
from random import Random
from typing import Any


@dataclass(frozen=True)
class Spoilt:
    """A file: its rows, how they are written, and what was done to it."""

    rows: list[list[str]]
    delimiter: str = ","
    line_end: str = "\n"
    quoting: int = csv.QUOTE_MINIMAL
    before: str = ""
    after: str = ""
    encoding: str = "utf-8"
    done: tuple[str, ...] = ()

    def written(self) -> bytes:
        written = io.StringIO(newline="")
        writer = csv.writer(written, delimiter=self.delimiter, lineterminator=self.line_end, quoting=self.quoting)
        writer.writerows(self.rows)
        return (self.before + written.getvalue() + self.after).encode(self.encoding, errors="replace")


def _truncated(data: bytes, chance: Random) -> bytes:
    return data[: chance.randrange(len(data) // 3, len(data))]


def _shuffled(file: Spoilt, chance: Random) -> Spoilt:
    order = chance.sample(range(len(file.rows[0])), len(file.rows[0]))
    return replace(file, rows=[[row[place] for place in order if place < len(row)] for row in file.rows])


def _in_a_cell(text: str) -> Callable[[Spoilt, Random], Spoilt]:
    def spoil(file: Spoilt, chance: Random) -> Spoilt:
        rows = [list(row) for row in file.rows]
        row = chance.randrange(1, len(rows))
        rows[row][chance.randrange(len(rows[row]))] = text
        return replace(file, rows=rows)

    return spoil


def _bytes(inserted: bytes) -> Callable[[bytes, Random], bytes]:
    def spoil(data: bytes, chance: Random) -> bytes:
        place = chance.randrange(len(data))
        return data[:place] + inserted + data[place:]

    return spoil


def _extra_cells(file: Spoilt, chance: Random) -> Spoilt:
    rows = [[*row, "x"] if number and chance.random() < 0.05 else row for number, row in enumerate(file.rows)]
    return replace(file, rows=rows)


def _missing_cells(file: Spoilt, chance: Random) -> Spoilt:
    rows = [row[:-1] if number and chance.random() < 0.05 else row for number, row in enumerate(file.rows)]
    return replace(file, rows=rows)


def _swapped_dates(file: Spoilt, chance: Random) -> Spoilt:
    order = chance.choice([r"\3/\2/\1", r"\2/\3/\1", r"\3.\2.\1"])
    share = chance.choice([0.1, 1.0])
    rows = [
        [re.sub(r"^(\d{4})-(\d\d)-(\d\d)", order, cell) if chance.random() < share else cell for cell in row]
        for row in file.rows
    ]
    return replace(file, rows=rows)


def _header_again(file: Spoilt, chance: Random) -> Spoilt:
    place = chance.randrange(1, len(file.rows))
    return replace(file, rows=[*file.rows[:place], file.rows[0], *file.rows[place:]])


def _label_twice(file: Spoilt, chance: Random) -> Spoilt:
    place = chance.randrange(len(file.rows[0]))
    return replace(file, rows=[[*row, row[place] if place < len(row) else ""] for row in file.rows])


def _moved_cell(file: Spoilt, chance: Random) -> Spoilt:
    rows = [list(row) for row in file.rows]
    row = rows[chance.randrange(1, len(rows))]
    row.insert(chance.randrange(len(row) + 1), row.pop(chance.randrange(len(row))) if row else "")
    return replace(file, rows=rows)


def _cell_of_another_row(file: Spoilt, chance: Random) -> Spoilt:
    """As where cells of another file are pasted: of another row, into another column."""
    text = chance.choice([cell for row in file.rows[1:] for cell in row] or [""])
    return _in_a_cell(text)(file, chance)


def _in_digits(digits: str) -> Callable[[Spoilt, Random], Spoilt]:
    def spoil(file: Spoilt, chance: Random) -> Spoilt:
        rows = [list(row) for row in file.rows]
        place = chance.randrange(1, len(rows))
        rows[place] = [cell.translate(str.maketrans("0123456789", digits)) for cell in rows[place]]
        return replace(file, rows=rows)

    return spoil


def _marked(mark: str) -> Callable[[Spoilt, Random], Spoilt]:
    def spoil(file: Spoilt, chance: Random) -> Spoilt:
        rows = [list(row) for row in file.rows]
        row = rows[chance.randrange(len(rows))]
        place = chance.randrange(len(row))
        middle = chance.randrange(len(row[place]) + 1)
        row[place] = row[place][:middle] + mark + row[place][middle:]
        return replace(file, rows=rows)

    return spoil


def _labels(change: Callable[[list[str]], list[str]], again: bool = False) -> Callable[[Spoilt, Random], Spoilt]:
    def spoil(file: Spoilt, chance: Random) -> Spoilt:
        place = chance.randrange(1, len(file.rows)) if again else 1
        return replace(file, rows=[*file.rows[: place - (not again)], change(file.rows[0]), *file.rows[place:]])

    return spoil


def _mixed_line_ends(data: bytes, chance: Random) -> bytes:
    lines = data.split(b"\n")
    ends = [chance.choice([b"\n", b"\r\n"]) for _ in lines[1:]]
    return lines[0] + b"".join(end + line for end, line in zip(ends, lines[1:], strict=True))


def _marks_before_lines(data: bytes, chance: Random) -> bytes:
    lines = data.split(b"\n")
    return b"\n".join((b"\xef\xbb\xbf" if chance.random() < 0.02 else b"") + line for line in lines)


def _mixed_encodings(data: bytes, chance: Random) -> bytes:
    return _bytes("é".encode("latin-1"))(_bytes("ü".encode())(data, chance), chance)


def _written(**how: Any) -> Callable[[Spoilt, Random], Spoilt]:
    return lambda file, _: replace(file, **how)


OF_ROWS: dict[str, Callable[[Spoilt, Random], Spoilt]] = {
    "shuffled columns": _shuffled,
    "swapped dates": _swapped_dates,
    "money text": _in_a_cell("$1,117.10K"),
    "a formula": _in_a_cell("=cmd|' /C calc'!A0"),
    "a quote in a cell": _in_a_cell('5" pipe'),
    "a line end in a cell": _in_a_cell("two\r\nlines"),
    "a million letters": _in_a_cell("x" * 1_000_000),
    "extra cells": _extra_cells,
    "missing cells": _missing_cells,
    "header again": _header_again,
    "header again in capitals": _labels(lambda row: [label.upper() for label in row], again=True),
    "header again in another order": _labels(lambda row: row[::-1], again=True),
    "labels in small letters": _labels(lambda row: [label.lower() for label in row]),
    "a moved cell": _moved_cell,
    "a cell of another row": _cell_of_another_row,
    "no number": _in_a_cell("NaN"),
    "infinity": _in_a_cell("-Infinity"),
    "a million digits": _in_a_cell("7" * 1_000_000),
    "an offset of 99 hours": _in_a_cell("2024-01-01 10:00:00+99:00"),
    "a year beyond 9999": _in_a_cell("290000-01-01"),
    "wide digits": _in_digits("０１２３４５６７８９"),
    "Arabic digits": _in_digits("٠١٢٣٤٥٦٧٨٩"),
    "a mark from right to left": _marked("\u202e"),
    "a mark without width": _marked("\u200b"),
    "a byte order mark in a cell": _marked("\ufeff"),
    "a control character": _marked("\x01"),
    "label twice": _label_twice,
    "blank columns": lambda file, _: replace(file, rows=[[*row, "", ""] for row in file.rows]),
    "blank lines": lambda file, _: replace(file, rows=[line for row in file.rows for line in (row, [])]),
    "header only": lambda file, _: replace(file, rows=file.rows[:1]),
    "latin-1": _written(encoding="latin-1"),
    "utf-16": _written(encoding="utf-16"),
    "utf-16 without mark": _written(encoding="utf-16-le"),
    "byte order mark": _written(encoding="utf-8-sig"),
    "windows line ends": _written(line_end="\r\n"),
    "macintosh line ends": _written(line_end="\r"),
    "all cells quoted": _written(quoting=csv.QUOTE_ALL),
    "semicolons": _written(delimiter=";"),
    "tabs": _written(delimiter="\t"),
    "title lines": _written(before="Report\nJan 2024\n\n"),
    "sep line": lambda file, _: replace(file, before=f"sep={file.delimiter}\n"),
    "closing lines": _written(after="\nTotal 200\nCopyright\n"),
}
OF_BYTES: dict[str, Callable[[bytes, Random], bytes]] = {
    "truncated": _truncated,
    "a quote": _bytes(b'"'),
    "a carriage return": _bytes(b"\r"),
    "a line end": _bytes(b"\n"),
    "mixed line ends": _mixed_line_ends,
    "byte order marks before lines": _marks_before_lines,
    "packed twice": lambda data, _: gzip.compress(gzip.compress(data)),
    "NUL bytes": _bytes(b"\x00\x00"),
    "mixed encodings": _mixed_encodings,
    "gzip": lambda data, _: gzip.compress(data),
    "half a gzip": lambda data, _: (packed := gzip.compress(data))[: len(packed) // 2],
    "empty": lambda _, __: b" \n",
}
MUTATIONS = [*OF_ROWS, *OF_BYTES]


def spoil(rows: list[list[str]], seed: int) -> tuple[Spoilt, bytes]:
    """The rows with one to three things done to them, and the bytes that come of it."""
    chance = Random(seed)
    # Each has its turn, and the others come by chance.
    done = {MUTATIONS[seed % len(MUTATIONS)], *chance.sample(MUTATIONS, chance.randrange(3))}
    file = Spoilt(rows, done=tuple(name for name in MUTATIONS if name in done))
    for name in file.done:
        if name in OF_ROWS and (len(file.rows) > 1 or name == "header only"):
            file = OF_ROWS[name](file, chance)
    data = file.written()
    for name in file.done:
        if name in OF_BYTES:
            data = OF_BYTES[name](data, chance)
    return file, data
