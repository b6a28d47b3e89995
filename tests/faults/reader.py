"""A reader who opens the published copy and the board again and again: `python -m tests.faults.reader PUBLISHED VALID`.

VALID lists what a whole copy may contain: the instant and the number of rows of each table, of one build. It ends when
its input is closed, and prints the reads, the errors and the copies that belonged to no build or to two.
"""

import json
import sys
import threading
import time
from pathlib import Path

import duckdb

# Reading takes a fifth of a second of the cores that the runs need.
PAUSE_SECONDS = 2


def content(copy: Path) -> list:
    """The instant of the build and the rows of every table, from one opened file."""
    with duckdb.connect(copy, read_only=True) as connection:
        [(as_of,)] = connection.execute("select as_of from marts.dim_build").fetchall()
        tables = connection.execute("select schema_name, table_name from duckdb_tables() order by all").fetchall()
        counted = " union all ".join(
            f'select \'{schema}.{table}\' as name, count(*) as n from "{schema}"."{table}"' for schema, table in tables
        )
        rows = connection.execute(f"select name, n from ({counted}) order by name").fetchall()
    return [str(as_of), [list(row) for row in rows]]


def main(published: Path, valid: list) -> dict[str, object]:
    ended = threading.Event()
    threading.Thread(target=lambda: (sys.stdin.read(), ended.set()), daemon=True).start()
    reads, errors, torn = 0, [], []
    while not ended.is_set():
        try:
            found = content(published / "current" / "smarketing.duckdb")
            if found not in valid:
                torn.append(found[0])
            if not (published / "site" / "index.html").read_text(encoding="utf-8").rstrip().endswith("</html>"):
                torn.append("index.html")
            reads += 1
        except Exception as error:
            errors.append(str(error))
        time.sleep(PAUSE_SECONDS)
    return {"reads": reads, "errors": errors, "torn": torn}


if __name__ == "__main__":
    print(json.dumps(main(Path(sys.argv[1]), json.loads(Path(sys.argv[2]).read_text()))))
