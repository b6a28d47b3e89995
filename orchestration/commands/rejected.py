"""`smarketing rejected`: the rejected rows of a table, in a file.

Belongs here: its arguments and what to do with the file. Writing is lib/ingestion/rejects.py.
"""

import difflib
from pathlib import Path
from typing import Annotated

import typer

from orchestration.commands.arguments import CompanyOption, HomeOption
from orchestration.commands.endings import print_line
from orchestration.commands.preparing import TIMEOUT_SECONDS, prepare
from orchestration.lib.ingestion import write_rejected
from orchestration.lib.warehouse.connection import open_warehouse
from orchestration.mistakes import Mistake


def rejected(
    table: Annotated[str, typer.Argument(metavar="TABLE", help="A source table: hubspot.contacts.")],
    to: Annotated[Path, typer.Option(metavar="FILE", help="The CSV file to write; no file is overwritten.")],
    company: CompanyOption = None,
    home: HomeOption = None,
) -> None:
    """Write the rejected rows of a table to a file, to be corrected there and put among the exports."""
    prepared = prepare(company, home, holder="rejected")
    tables = {f"{each.system}.{each.name}": each for each in prepared.tables}
    if table not in tables:
        near = difflib.get_close_matches(table, tables, n=1, cutoff=0)
        raise Mistake(f"there is no source table '{table}'; did you mean {near[0]}?")
    if to.exists():
        raise Mistake(f"{to} exists, and no file is overwritten; give --to another name")
    try:
        with open_warehouse(prepared.place.warehouse, read_only=True, timeout_seconds=TIMEOUT_SECONDS) as connection:
            count = write_rejected(connection, tables[table], to)
    except OSError as error:
        raise Mistake(f"{to}: it cannot be written ({error.strerror}); give --to a file that can") from error
    if not count:
        print_line(f"no row of {table} is rejected")
        return
    patterns = ", ".join([*tables[table].files, *tables[table].utc_files])
    print_line(
        f"{to}: {count} row(s) of {table}, each with the reason.\n"
        "Correct the cells, leave _file, _line and _reason as they are, delete the rows that stay rejected; then put\n"
        f"the file among the exports of {tables[table].system}, named as {patterns}, and run again."
    )
