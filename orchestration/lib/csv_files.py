"""Writing CSV: this module writes every CSV that the project makes for people. It reads the seeds of dbt.

Belongs here: protecting a cell on its way to a spreadsheet and back; the lists that are the same for every company and
that SQL and Python both need, one file per list. Does not belong here: reading exports (see `ingestion/`), and which
rows are written.

A spreadsheet runs a cell that begins with = + - @, in either width, or with a control character as a formula; in many
countries it ends a cell at a semicolon, and everywhere at a tab or a line break. Such a beginning gets an apostrophe,
in labels too; if it already has apostrophes there, it gets one more, so that `restored` always returns the original
text. All texts are in quotes.
"""

import csv
import io
import re
from collections.abc import Iterable, Mapping, Sequence
from functools import cache
from pathlib import Path

import duckdb

from orchestration.lib.language import gettext
from orchestration.lib.warehouse.sql import literal, quoted

SEEDS = Path(__file__).resolve().parents[2] / "dbt_project" / "seeds"
BEGINS = r"(^|[;\t\r\n] *)"
RUN = r"[=+\-@\t\r\n＝＋－＠]"
FORMULA = rf"{BEGINS}('*{RUN})"
HARMLESS = rf"{BEGINS}'('*{RUN})"
PUT, TAKEN = r"\1'\2", r"\1\2"


@cache
def seed_rows(name: str) -> tuple[dict[str, str], ...]:
    """Return the rows of dbt_project/seeds/<name>.csv, which SQL reads by ref(). OSError if there is no such file."""
    with (SEEDS / f"{name}.csv").open(encoding="utf-8", newline="") as file:
        return tuple(csv.DictReader(file))


def seed_column(name: str) -> tuple[str, ...]:
    """Return the values of a column of a seed, which is named as known_stages.stage; none where there is no such."""
    seed, _, column = name.partition(".")
    rows = seed_rows(seed) if (SEEDS / f"{seed}.csv").is_file() else ()
    return tuple(row[column] for row in rows if column in row)


def write_csv(rows: duckdb.DuckDBPyRelation, path: Path) -> None:
    """Write the rows with a header, UTF-8, to a path that must be free; formulas in texts are made harmless.

    Raises FileExistsError, since the existing file may be a person's work.
    """
    if path.exists():
        raise FileExistsError(gettext("%(path)s already exists; name another file", path=path))
    is_text = [str(kind) == "VARCHAR" for kind in rows.types]
    cells = (
        f"{neutral(quoted(name)) if text else quoted(name)} as {quoted(harmless(name))}"
        for name, text in zip(rows.columns, is_text, strict=True)
    )
    path.parent.mkdir(parents=True, exist_ok=True)
    rows.project(", ".join(cells)).write_csv(str(path), header=True, quoting="ALL")


def replace_csv(rows: duckdb.DuckDBPyRelation, path: Path) -> None:
    """The same for a file that only the project writes: the earlier file is replaced, completely or not at all."""
    new = path.with_name(f".{path.name}")
    new.unlink(missing_ok=True)
    try:
        write_csv(rows, new)
        new.replace(path)
    finally:
        new.unlink(missing_ok=True)


def is_formula(text: str) -> bool:
    """Return whether a spreadsheet would run the text, or would run it without its leading apostrophes."""
    return re.search(FORMULA, text) is not None


def harmless(text: str) -> str:
    """Return the text in a form that no spreadsheet runs."""
    return re.sub(FORMULA, PUT, text)


def neutral(text: str) -> str:
    """Return the same in SQL."""
    return f"regexp_replace({text}, {literal(FORMULA)}, {literal(PUT)}, 'g')"


def restored(text: str) -> str:
    """Return the SQL of the text before it was made harmless."""
    return f"regexp_replace({text}, {literal(HARMLESS)}, {literal(TAKEN)}, 'g')"


def csv_text(columns: Sequence[str], rows: Iterable[Mapping[str, object]]) -> str:
    """Return rows in memory as the text of such a file; a number stays a number."""
    text = io.StringIO(newline="")
    writer = csv.writer(text, quoting=csv.QUOTE_NONNUMERIC, lineterminator="\n")
    writer.writerow([harmless(column) for column in columns])
    for row in rows:
        cells = [row[column] for column in columns]
        writer.writerow([harmless(cell) if isinstance(cell, str) else "" if cell is None else cell for cell in cells])
    return text.getvalue()


def csv_line(cells: Sequence[str], separator: str) -> str:
    """Return one line of a file that people write as well, with its separator; its new cells are harmless already."""
    text = io.StringIO(newline="")
    csv.writer(text, delimiter=separator, lineterminator="").writerow(cells)
    return text.getvalue()
