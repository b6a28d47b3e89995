"""Zip archives: what is in one, and one member of it as a file.

Belongs here: names, sizes and passwords of members, and unpacking one. Does not belong here: which table a member feeds
(`files.py`), and workbooks, which are zip archives of another kind (`workbooks.py`).
"""

import zipfile
import zlib
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from orchestration.lib.ingestion.detection import Refused

# No export shrinks that much; what does was made to fill the disk.
HIGHEST_RATIO, SMALL = 250, 100 * 1024 * 1024
BROKEN = (zipfile.BadZipFile, zlib.error, EOFError, NotImplementedError, ValueError)


@contextmanager
def open_archive(path: Path) -> Iterator[zipfile.ZipFile]:
    """Open a zip archive. Raises Refused for one that is broken, or that would fill the disk."""
    try:
        with zipfile.ZipFile(path) as archive:
            members = archive.infolist()
            size = sum(member.file_size for member in members)
            if size > SMALL and size > HIGHEST_RATIO * path.stat().st_size:
                raise Refused(
                    f"unpacked it would have {size:,} bytes, more than {HIGHEST_RATIO} times its own size, which no "
                    "export has; download it again, or unpack it and put the files in it here"
                )
            yield archive
    except BROKEN as error:
        raise Refused("the zip archive is broken or not complete; copy or download the file again") from error
    except OSError as error:
        raise Refused(f"the file cannot be read: {error.strerror}; correct its permissions or links") from error
