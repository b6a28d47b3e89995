"""How much a packed file may unpack to: more than any export does, and less than fills a disk or the memory.

Belongs here: the limits, and the sentence about a file beyond one. Does not belong here: unpacking (`detection.py`,
`archives.py`, `sheets.py`), which stops at the limit.
A table packs to a tenth of its size, one of mostly empty cells to a hundredth. A million contacts of 100 columns have
about 1 GB.
"""

from collections.abc import Iterable, Iterator

from orchestration.lib.ingestion.refusal import Refused

MEGABYTE = 1024 * 1024
# Below SMALL any ratio is harmless.
HIGHEST_RATIO, SMALL = 250, 100 * MEGABYTE
MOST_UNPACKED = 5 * 1024 * MEGABYTE
# A sheet is held in memory, as a rectangle in which one value in a far corner counts for all cells before it: 1 GB.
MOST_CELLS = 12_000_000
MOST_IN_WORKBOOK = 1024 * MEGABYTE
# Of a Parquet file, in which a million equal values take a few bytes.
MOST_VALUES = 2_000_000_000
MOST_MEMBERS = 10_000


def check_size(unpacked: int, packed: int, most: int | None = None) -> None:
    """Raise Refused for a size that its archive declares and no export has."""
    if unpacked > SMALL and unpacked > HIGHEST_RATIO * packed:
        raise _too_big(
            f"{unpacked:,} bytes or more, which is more than {HIGHEST_RATIO} times its own size, which no export has"
        )
    most = most or MOST_UNPACKED
    if unpacked > most:
        raise _too_big(f"{unpacked:,} bytes or more, and {most:,} at most are read")


def check_values(rows: int, columns: int) -> None:
    """Raise Refused for a Parquet file of more values than an export has."""
    if rows * columns > MOST_VALUES:
        found = f"{rows:,} rows of {columns:,} columns, and {MOST_VALUES:,} values at most are read"
        raise Refused(f"it has {found}; export a part of it at a time")


def limited(pieces: Iterable[bytes], packed: int) -> Iterator[bytes]:
    """Yield the unpacked pieces. Raises Refused at the limit, before the piece beyond it is written."""
    size = 0
    for piece in pieces:
        size += len(piece)
        check_size(size, packed)
        yield piece


def _too_big(found: str) -> Refused:
    return Refused(
        f"unpacked it has {found}; download it again, or export a part of it at a time, or unpack it and put the files "
        "in it here"
    )
