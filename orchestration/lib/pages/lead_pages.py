"""The pages of leads as files: by far the most of a site, so where there are very many two processes write them.

Belongs here: which of them a process writes, and the second process: this module, run with its work as JSON on the
standard input, which answers in the same way. It has a session of its own, so that Ctrl+C ends the verb alone, and it
ends when the first process has ended. What is on such a page is in briefing.py.
"""

import json
import os
import subprocess
import sys
import tempfile
from collections.abc import Callable, Sequence
from pathlib import Path

import duckdb

from orchestration.lib.language import language, speak
from orchestration.lib.pages.briefing import named_leads, render_briefings
from orchestration.lib.pages.rendering import write_page
from orchestration.lib.warehouse.connection import open_warehouse

# Fewer are written in the time in which another process would start.
WORTH_A_PROCESS = 4000
FILE = "select path from duckdb_databases() where database_name = current_database()"


def write_lead_pages(connection: duckdb.DuckDBPyConnection, site: Path) -> tuple[set[str], int]:
    """The places of all of them, and how many have changed. ValueError if the warehouse was never built."""
    persons = named_leads(connection)
    ((copy,),) = connection.execute(FILE).fetchall()
    if copy is None or len(persons) < WORTH_A_PROCESS or (os.cpu_count() or 1) < 2:
        return _write(connection, site, persons)
    half = len(persons) // 2
    work = {"copy": copy, "site": str(site), "persons": persons[half:], "language": language(), "for": os.getpid()}
    with tempfile.TemporaryFile("w+", encoding="utf-8") as asked:
        json.dump(work, asked)
        asked.seek(0)
        helper = subprocess.Popen(
            [sys.executable, "-m", __name__],
            stdin=asked,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            start_new_session=True,
        )
    with helper:
        try:
            made, changed = _write(connection, site, persons[:half])
            answer, _ = helper.communicate()
        finally:
            helper.kill()
    # One that the system has ended, as where memory is short, has left its pages to this process.
    others, more = json.loads(answer) if helper.returncode == 0 else _write(connection, site, persons[half:])
    return made.union(others), changed + more


def _write(
    connection: duckdb.DuckDBPyConnection,
    site: Path,
    persons: Sequence[str],
    is_wanted: Callable[[], bool] = lambda: True,
) -> tuple[set[str], int]:
    made, changed = set(), 0
    for place, html in render_briefings(connection, persons):
        if not is_wanted():
            break
        made.add(place)
        changed += write_page(site / place, html)
    return made, changed


def _help() -> None:
    """Write the pages that the first process has asked for, as long as it is there."""
    work = json.load(sys.stdin)
    speak(work["language"])
    with open_warehouse(Path(work["copy"]), read_only=True) as connection:
        made, changed = _write(connection, Path(work["site"]), work["persons"], lambda: os.getppid() == work["for"])
    json.dump((sorted(made), changed), sys.stdout)


if __name__ == "__main__":
    _help()
