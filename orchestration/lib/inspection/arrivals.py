"""The exports of a company, loaded into a database that is removed at the end: what the arrival checks of a build find.

Belongs here: which files and rows a build would refuse, by ingestion and the arrival checks themselves. Does not belong
here: headers and columns that are missing (headers.py), the reference files (reference.py), and everything for which
models have to be built.
"""

import tempfile
from collections.abc import Collection, Iterator, Sequence
from pathlib import Path

import duckdb

from orchestration.lib.company.folder import REFERENCE, Company
from orchestration.lib.ingestion import ingest_table, read_format_hints
from orchestration.lib.ingestion.connections import FILES
from orchestration.lib.ingestion.files import has_file
from orchestration.lib.quality.arrival import check_arrival
from orchestration.lib.source_tables import SourceTable

SYSTEMS = "systems"


def refusals(
    company: Company, tables: Sequence[SourceTable], systems: Sequence[str], known: Collection[str]
) -> Iterator[tuple[str, str]]:
    """Yield table and sentences of each check at which a build would stop, as the build prints them.

    Before them, with an empty table, come the rows that are rejected and the files that are skipped.

    Without the files that are `known` to be refused. A database that a connector fills is not read here; the reference
    table of systems gives the formats of the others.
    """
    folders = {name: company.folder_of(name) for name in systems}
    with tempfile.TemporaryDirectory() as folder, duckdb.connect(str(Path(folder) / "exports.duckdb")) as connection:
        connection.execute("create schema if not exists raw")
        for table in (each for each in tables if (each.system, each.name) == (REFERENCE, SYSTEMS)):
            ingest_table(connection, table, company.folder_of(REFERENCE))
        read = [
            table
            for table in tables
            if table.system in folders
            and has_file([table], folders[table.system])
            and not any((folders[table.system] / name).exists() for name in FILES)
        ]
        for table in read:
            hints = read_format_hints(connection, table.system)
            report = ingest_table(connection, table, folders[table.system], hints)
            yield from (("", message) for message in report.problems())
        for table, findings in zip(read, check_arrival(connection, read), strict=True):
            failed = [each for each in findings if not each.success and each.is_critical]
            failed = [
                each for each in failed if each.of != "file" or not any(name in each.expectation for name in known)
            ]
            if failed:
                yield f"{table.system}/{table.name}", "\n".join(each.sentence for each in failed)
