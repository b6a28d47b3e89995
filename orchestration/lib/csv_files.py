"""Writing CSV: this module writes every CSV that the project makes for people. It reads the seeds of dbt.

Belongs here: protecting a cell on its way to a spreadsheet and back; the lists that are the same for every company and
that SQL and Python both need, one file per list. Does not belong here: reading exports (see `ingestion/`), and which
rows are written.

A spreadsheet runs a cell that begins with = + - @ or a control character as a formula. Such a text gets a leading
apostrophe; if it already has apostrophes there, it gets one more, so that `restored` always returns the original text.
"""

import csv
import re
from functools import cache
from pathlib import Path

import duckdb

SEEDS = Path(__file__).resolve().parents[2] / "dbt_project" / "seeds"
FORMULA = r"^'*[=+\-@\t\r]"
FORMULA_SQL = "'" + FORMULA.replace("'", "''") + "'"


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
        raise FileExistsError(f"{path} already exists; name another file")
    names = ['"' + name.replace('"', '""') + '"' for name in rows.columns]
    is_text = [str(kind) == "VARCHAR" for kind in rows.types]
    cells = (f"{neutral(name) if text else name} as {name}" for name, text in zip(names, is_text, strict=True))
    path.parent.mkdir(parents=True, exist_ok=True)
    rows.project(", ".join(cells)).write_csv(str(path), header=True)


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
    return re.match(FORMULA, text) is not None


def neutral(text: str) -> str:
    """Return the SQL of the text in a form that no spreadsheet runs."""
    return f"if(regexp_matches({text}, {FORMULA_SQL}), '''' || {text}, {text})"


def restored(text: str) -> str:
    """Return the SQL of the text before `neutral`."""
    return f"if(left({text}, 1) = '''' and regexp_matches({text}, {FORMULA_SQL}), substr({text}, 2), {text})"
