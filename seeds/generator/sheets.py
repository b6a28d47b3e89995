"""One export file as text: header, rows by label, and how its program writes it. Its content belongs elsewhere."""

import csv
import io
from dataclasses import dataclass, field
from pathlib import Path

Row = dict[str, str]


@dataclass(frozen=True)
class Sheet:
    """A delimited file; `above` and `below` are the lines that a report puts around its table."""

    header: list[str]
    rows: list[Row] = field(default_factory=list)
    encoding: str = "utf-8"
    delimiter: str = ","
    quotes_all: bool = False
    above: str = ""
    below: str = ""

    def write(self, path: Path) -> None:
        """Write the file; a cell is empty where a row lacks a label, and a label without column is an error."""
        text = io.StringIO()
        writer = csv.DictWriter(
            text,
            self.header,
            restval="",
            delimiter=self.delimiter,
            quoting=csv.QUOTE_ALL if self.quotes_all else csv.QUOTE_MINIMAL,
            lineterminator="\n",
        )
        writer.writeheader()
        writer.writerows(self.rows)
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes((self.above + text.getvalue() + self.below).encode(self.encoding))


def money(cents: int) -> str:
    """An amount as programs write it: 1234.50."""
    return f"{cents // 100}.{cents % 100:02}"
