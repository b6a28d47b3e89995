"""A file, piece by piece, so that memory does not grow with it.

Belongs here: reading and writing bytes and texts. Does not belong here: what they mean (`detection.py`, `records.py`).
"""

import codecs
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import IO

PIECE = 8 * 1024 * 1024


def pieces(file: IO[bytes]) -> Iterator[bytes]:
    """Yield the rest of an open file."""
    while piece := file.read(PIECE):
        yield piece


def pieces_of(path: Path) -> Iterator[bytes]:
    """Yield the whole file."""
    with path.open("rb") as file:
        yield from pieces(file)


def write(parts: Iterable[bytes], path: Path) -> Path:
    """Write the parts to a file, and return its path."""
    with path.open("wb") as file:
        file.writelines(parts)
    return path


def texts_of(path: Path, encoding: str, errors: str = "strict", until: int | None = None) -> Iterator[str]:
    """Yield the text of a file, or of its first bytes; a UnicodeDecodeError gives its position in the file."""
    decoder = codecs.getincrementaldecoder(encoding)(errors)
    place = 0
    for piece in pieces_of(path):
        taken = piece if until is None else piece[: max(until - place, 0)]
        waiting = len(decoder.getstate()[0])
        try:
            yield decoder.decode(taken)
        except UnicodeDecodeError as error:
            error.start += place - waiting
            raise
        place += len(piece)
        if until is not None and place >= until:
            break
    waiting = len(decoder.getstate()[0])
    try:
        yield decoder.decode(b"", final=True)
    except UnicodeDecodeError as error:
        error.start += place - waiting
        raise
