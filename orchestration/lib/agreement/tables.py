"""Writing the versions of the agreement where the models read them (raw.agreement__*).

Belongs here: replacing the tables. Their columns are contract.py, their values rows.py.
"""

from collections.abc import Iterable

import duckdb

from orchestration.lib.agreement.contract import TABLES
from orchestration.lib.agreement.document import Agreement
from orchestration.lib.agreement.rows import agreement_rows
from orchestration.lib.warehouse.own_tables import create_table, insert_rows


def write_tables(connection: duckdb.DuckDBPyConnection, agreements: Iterable[Agreement]) -> dict[str, int]:
    """Replace raw.agreement__* by these versions in one transaction; returns the number of rows per table."""
    rows = agreement_rows(list(agreements))
    connection.execute("begin transaction")
    for name, row in TABLES.items():
        create_table(connection, row, replace=True)
        insert_rows(connection, rows[name])
    connection.execute("commit")
    return {name: len(rows[name]) for name in TABLES}
