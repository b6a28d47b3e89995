"""`smarketing closings`: the closed months, kept in the company folder.

Belongs here: its sentence. The files are lib/closing/carried.py.
"""

import duckdb

from orchestration.commands.arguments import CompanyOption, HomeOption
from orchestration.commands.endings import print_line
from orchestration.commands.preparing import prepare
from orchestration.lib.closing.carried import write_closings
from orchestration.lib.store.database import attached


def closings(company: CompanyOption = None, home: HomeOption = None) -> None:
    """Write the closed months to closings/ of the company folder, from which a new warehouse starts."""
    prepared = prepare(company, home, holder="closings")
    with duckdb.connect() as connection, attached(connection, prepared.place.store):
        folder, months = write_closings(connection, prepared.place.company)
    print_line(f"{months} closed months: {folder}")
