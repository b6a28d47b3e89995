"""Where each record of a text starts and ends, found without parsing it, so that a parser can be checked against it.

Belongs here: physical lines, quote parity, well-formed quoting. Does not belong here: cells and values.
numpy reads all bytes of a piece of the file at once; offsets are bytes from the start, lines count from 1. Only the
offsets of the whole file are kept; its text is read again, in parts that begin and end with a record.
"""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from pathlib import Path

import numpy as np

from orchestration.lib.ingestion import pieces
from orchestration.lib.ingestion.refusal import Refused

NEWLINE, RETURN, QUOTE = 10, 13, 34
LINE_DIGITS = 12
END_MARK = "."
LONGEST_LINE_END = 2


@dataclass(frozen=True)
class Records:
    """The records of one text, without blank lines; each array has one element per record."""

    path: Path
    starts: np.ndarray  # offset of the first byte
    ends: np.ndarray  # offset after the last byte, the line end not included
    lines: np.ndarray  # physical line on which the record starts
    malformed: np.ndarray  # bool: quotes where none are allowed, or a bare carriage return

    def __len__(self) -> int:
        """Return the number of records."""
        return len(self.lines)

    def text(self, position: int) -> str:
        """Return the record at `position` as the file has it."""
        return self._read(self.starts[position], self.ends[position]).decode()

    def texts_at(self, lines: np.ndarray) -> list[str]:
        """Return the records that start on these lines; intended for the few that are rejected."""
        texts: list[str] = []
        for part in self.parts() if len(lines) else ():
            own = lines[(lines >= part.lines[0]) & (lines <= part.lines[-1])]
            texts += [part.text(position) for position in np.searchsorted(part.lines, own)]
        return texts

    def parts(self) -> Iterator["Part"]:
        """Yield the records with their text: each time as many as fit into a piece, at least one."""
        first = 0
        while first < len(self):
            last = max(int(np.searchsorted(self.starts, self.starts[first] + pieces.PIECE)), first + 1)
            start = int(self.starts[first])
            # With its line end, so that what follows the last record is seen.
            end = int(self.starts[last] if last < len(self) else self.ends[-1] + LONGEST_LINE_END)
            own = slice(first, last)
            yield Part(
                first,
                self._read(start, end),
                self.starts[own] - start,
                self.ends[own] - start,
                self.lines[own],
                self.malformed[own],
            )
            first = last

    def without(self, positions: list[int]) -> "Records":
        """Return all records except those at these positions."""
        kept = np.ones(len(self), dtype=bool)
        kept[positions] = False
        # What is removed is nearly always at the start or the end: then nothing is copied.
        first, last = (int(np.argmax(kept)), len(kept) - int(np.argmax(kept[::-1]))) if kept.any() else (0, 0)
        own = slice(first, last) if kept[first:last].all() else kept
        return Records(self.path, *(array[own] for array in (self.starts, self.ends, self.lines, self.malformed)))

    def _read(self, start: int, end: int) -> bytes:
        with self.path.open("rb") as file:
            file.seek(start)
            data = file.read(end - start)
        if len(data) < min(end, int(self.ends[-1])) - start:
            raise Refused("the file became shorter while it was read; load it again when it is complete")
        return data


@dataclass(frozen=True)
class Part:
    """Consecutive records and their text; offsets count from the start of that text."""

    first: int  # position of the first one among all records
    data: bytes
    starts: np.ndarray
    ends: np.ndarray
    lines: np.ndarray
    malformed: np.ndarray

    def text(self, position: int) -> str:
        """Return the record at `position` as the file has it."""
        return self.data[self.starts[position] : self.ends[position]].decode()

    def cells_at(self, lines: np.ndarray, delimiter: str) -> np.ndarray:
        """Return the number of cells of the well-formed records that start on these lines."""
        letters = np.frombuffer(self.data, dtype=np.uint8)
        delimiters, quotes = (np.flatnonzero(letters == letter) for letter in (ord(delimiter), QUOTE))
        delimiters = delimiters[np.searchsorted(quotes, delimiters) % 2 == 0]
        positions = np.searchsorted(self.lines, lines)
        before = np.searchsorted(delimiters, self.starts[positions])
        return np.searchsorted(delimiters, self.ends[positions]) - before + 1

    def numbered(self, delimiter: str) -> bytes:
        """Return the well-formed records, each with its line number as the first cell and END_MARK as the last one.

        The first cell keeps the line number, whatever a parser does with order, blanks and rejects; the last cell
        makes an empty cell at the end of a record visible.
        """
        starts, ends, lines = (array[~self.malformed] for array in (self.starts, self.ends, self.lines))
        data = np.frombuffer(self.data, dtype=np.uint8)
        is_record = np.zeros(len(data) + 1, dtype=np.int8)
        is_record[starts] += 1
        is_record[ends] -= 1
        is_record = np.cumsum(is_record[:-1], dtype=np.int8)
        tail = f"{delimiter}{END_MARK}\n".encode()
        head = LINE_DIGITS + 1
        places = np.concatenate([[0], np.cumsum(head + ends - starts + len(tail))])
        numbered = np.empty(places[-1], dtype=np.uint8)
        is_free = np.ones(len(numbered), dtype=bool)

        def write(offsets: np.ndarray, letter: np.ndarray | int) -> None:
            numbered[offsets] = letter
            is_free[offsets] = False

        for digit in range(LINE_DIGITS):
            write(places[:-1] + digit, lines // 10 ** (LINE_DIGITS - 1 - digit) % 10 + ord("0"))
        write(places[:-1] + LINE_DIGITS, ord(delimiter))
        for place, letter in enumerate(tail):
            write(places[1:] - len(tail) + place, letter)
        numbered[is_free] = data[is_record.astype(bool)]
        return numbered.tobytes()

    def badly_quoted(self, delimiter: str) -> np.ndarray:
        """Return which records have a quote or carriage return where none is allowed.

        A quote may open a cell, close it, or be doubled within. Raises Refused when such a record spans several lines:
        then its end is unknown, and it may contain any number of other records.
        """
        letters = np.frombuffer(self.data, dtype=np.uint8)
        quotes = np.flatnonzero(letters == QUOTE)
        edged = np.frombuffer(b"\n" + self.data + b"\n", dtype=np.uint8)  # letter i is at i + 1
        before, after = edged[quotes[0::2]], edged[quotes[1::2] + 2]
        edges = np.array([ord(delimiter), NEWLINE, QUOTE], dtype=np.uint8)
        returns = np.flatnonzero(letters == RETURN)
        bare = (edged[returns + 2] != NEWLINE) & (np.searchsorted(quotes, returns) % 2 == 0)
        never_closed = quotes[-1:] if len(quotes) % 2 else quotes[:0]
        bad = [
            quotes[0::2][~np.isin(before, edges)],
            quotes[1::2][~np.isin(after, [*edges, RETURN])],
            returns[bare],
            never_closed,
        ]
        malformed = np.zeros(len(self.lines), dtype=bool)
        malformed[np.searchsorted(self.starts, np.concatenate(bad), side="right") - 1] = True
        newlines = np.flatnonzero(letters == NEWLINE)
        spanning = np.searchsorted(newlines, self.starts) != np.searchsorted(newlines, self.ends)
        if (malformed & spanning).any():
            line = self.lines[malformed & spanning][0]
            raise Refused(
                f"line {line}: a quote opened here is never closed, or only in the middle of a cell lines below, "
                "so the records after it cannot be separated; double the quotes in a cell, or export it again"
            )
        return malformed


def find_records(path: Path, has_quotes: bool = True) -> Records:
    """Find the records of a UTF-8 text: a line end outside quotes ends one; without quotes, each line end does."""
    size = quotes_before = lines_before = 0
    last = np.zeros(1, dtype=np.uint8)  # the letter before a piece
    found: list[tuple[np.ndarray, np.ndarray, np.ndarray]] = []
    for piece in pieces.pieces_of(path):
        letters = np.frombuffer(piece, dtype=np.uint8)
        newlines = np.flatnonzero(letters == NEWLINE)
        quotes = np.flatnonzero(letters == QUOTE) if has_quotes else np.empty(0, dtype=np.int64)
        # After an even number of quotes the position is outside of any.
        closing = (quotes_before + np.searchsorted(quotes, newlines)) % 2 == 0
        returned = np.concatenate([last, letters])[newlines[closing]] == RETURN
        found.append((newlines[closing] + size, np.flatnonzero(closing) + lines_before + 2, returned))
        size += len(piece)
        quotes_before += len(quotes)
        lines_before += len(newlines)
        last = letters[-1:]
    closings, next_lines, returned = (np.concatenate(arrays) for arrays in zip(*found, strict=True))
    starts = np.concatenate([[0], closings + 1])
    lines = np.concatenate([[1], next_lines])
    ends = np.concatenate([closings, [size]])
    ends -= (ends > starts) & np.concatenate([returned, last == RETURN])
    filled = ends > starts
    starts, ends, lines = starts[filled], ends[filled], lines[filled]
    return Records(path, starts, ends, lines, np.zeros(len(lines), dtype=bool))


def check_quotes(records: Records, delimiter: str) -> Records:
    """Return the records, with badly quoted ones marked. Raises Refused if the end of one is unknown."""
    malformed = [part.badly_quoted(delimiter) for part in records.parts()]
    return replace(records, malformed=np.concatenate(malformed))
