"""Where each record of a text starts and ends, found without parsing it, so that a parser can be held to it.

Belongs here: physical lines, quote parity, well-formed quoting. Does not belong here: cells and values.
numpy looks at all bytes at once; offsets are bytes from the start of the text, lines count from 1.
"""

from dataclasses import dataclass

import numpy as np

from orchestration.lib.ingestion.content import Refused

NEWLINE, RETURN, QUOTE = 10, 13, 34
LINE_DIGITS = 12
END_MARK = "."


@dataclass(frozen=True)
class Records:
    """The records of one text, blank lines left out, each array one element a record."""

    data: bytes
    starts: np.ndarray  # offset of the first byte
    ends: np.ndarray  # offset after the last byte, the line end not included
    lines: np.ndarray  # physical line on which the record starts
    malformed: np.ndarray  # bool: quotes where none may stand, or a bare carriage return

    def __len__(self) -> int:
        """Return the number of records."""
        return len(self.lines)

    def text(self, position: int) -> str:
        """Return the record at `position` as the file has it."""
        return self.data[self.starts[position] : self.ends[position]].decode()

    def texts_at(self, lines: np.ndarray) -> list[str]:
        """Return the records that start on these lines; meant for the few that are set apart."""
        return [self.text(position) for position in np.searchsorted(self.lines, lines)]

    def cells_at(self, lines: np.ndarray, delimiter: str) -> np.ndarray:
        """Return how many cells the well-formed records have that start on these lines."""
        letters = np.frombuffer(self.data, dtype=np.uint8)
        delimiters, quotes = (np.flatnonzero(letters == letter) for letter in (ord(delimiter), QUOTE))
        delimiters = delimiters[np.searchsorted(quotes, delimiters) % 2 == 0]
        positions = np.searchsorted(self.lines, lines)
        before = np.searchsorted(delimiters, self.starts[positions])
        return np.searchsorted(delimiters, self.ends[positions]) - before + 1

    def without(self, positions: list[int]) -> "Records":
        """Return all records but those at these positions."""
        kept = np.ones(len(self), dtype=bool)
        kept[positions] = False
        return Records(self.data, *(array[kept] for array in (self.starts, self.ends, self.lines, self.malformed)))

    def numbered(self, delimiter: str) -> bytes:
        """Return the well-formed records, each with its line as a first cell and END_MARK as a last one.

        With its line in front, a record keeps it whatever a parser does with order, blanks and rejects; with
        a mark behind, no empty cell at its end goes unnoticed.
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


def find_records(data: bytes, has_quotes: bool = True) -> Records:
    """Find the records of UTF-8 `data`: a line end outside quotes ends one; without quotes, each line end."""
    letters = np.frombuffer(data, dtype=np.uint8)
    newlines = np.flatnonzero(letters == NEWLINE)
    quotes = np.flatnonzero(letters == QUOTE) if has_quotes else np.empty(0, dtype=np.int64)
    closing = np.searchsorted(quotes, newlines) % 2 == 0  # an even number of quotes before: outside of any
    starts = np.concatenate([[0], newlines[closing] + 1])
    ends = np.concatenate([newlines[closing], [len(data)]])
    lines = np.concatenate([[1], np.flatnonzero(closing) + 2])
    ends = ends - ((ends > starts) & (letters[np.maximum(ends - 1, 0)] == RETURN))
    filled = ends > starts
    starts, ends, lines = starts[filled], ends[filled], lines[filled]
    return Records(data, starts, ends, lines, np.zeros(len(lines), dtype=bool))


def check_quotes(records: Records, delimiter: str) -> Records:
    """Return the records with those marked in which a quote or carriage return stands where none may.

    A quote may open a cell, close it, or be doubled within. Raises Refused when a marked record spans several
    lines: then nobody can say where it ends, and it may have swallowed any number of others.
    """
    letters = np.frombuffer(records.data, dtype=np.uint8)
    quotes = np.flatnonzero(letters == QUOTE)
    edged = np.frombuffer(b"\n" + records.data + b"\n", dtype=np.uint8)  # letter i stands at i + 1
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
    malformed = np.zeros(len(records), dtype=bool)
    malformed[np.searchsorted(records.starts, np.concatenate(bad), side="right") - 1] = True
    newlines = np.flatnonzero(letters == NEWLINE)
    spanning = np.searchsorted(newlines, records.starts) != np.searchsorted(newlines, records.ends)
    if (malformed & spanning).any():
        line = records.lines[malformed & spanning][0]
        raise Refused(
            f"line {line}: a quote opened here is never closed, or only in the middle of a cell lines below, "
            "so the records after it cannot be told apart; double the quotes in a cell, or export it again"
        )
    return Records(records.data, records.starts, records.ends, records.lines, malformed)
