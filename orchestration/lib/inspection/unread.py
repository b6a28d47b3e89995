"""Files in the folder of the reference files that no reference table reads.

Belongs here: their names. Does not belong here: export files that no system reads (`headers.py`), and what is not read
because of its name or place, in any folder (`ingestion/passed_over.py`).
"""

import difflib
from collections.abc import Iterator, Sequence
from pathlib import Path

from orchestration.lib.ingestion.files import unclaimed_in
from orchestration.lib.language import gettext
from orchestration.lib.source_tables import SourceTable


def unread_references(tables: Sequence[SourceTable], folder: Path) -> Iterator[str]:
    """Messages about data files in the folder whose name is not that of a reference file."""
    names = [f"{table.name}.csv" for table in tables]
    for path in unclaimed_in(tables, folder):
        near = difflib.get_close_matches(path.name.lower(), names, n=1)
        values = {"path": path, "names": near[0] if near else ", ".join(sorted(names))}
        if near:
            yield gettext(
                "%(path)s: not read, because no reference file has this name; did you mean %(names)s?", **values
            )
        else:
            yield gettext("%(path)s: not read, because no reference file has this name; they are %(names)s", **values)
