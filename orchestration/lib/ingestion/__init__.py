"""Ingestion: export files, unchanged, into `raw.<system>__<table>`; each row is loaded or rejected.

    files.py          which files belong to which table     databases.py     tables of a DuckDB file as Parquet
    detection.py      a file -> known format, or refused    records.py       where each record of a text starts
    boundaries.py     header, title lines, closing lines    header.py        labels -> declared columns
    csv_reader.py     CSV and similar texts -> `parsed`     readers.py       JSONL, Parquet -> `parsed`
    workbooks.py      one sheet of a workbook -> `parsed`   sheets.py        what the reader of workbooks omits
    sheet_texts.py    typed cells as text                   mixed_cells.py   texts beside dates and numbers
    archives.py       members of zip archives               containers.py    databases and archives as files
    connections.py    how a database is reached             servers.py       its tables as Parquet
    increments.py     what a connector wrote since          server_access.py opening a database
    duckdb_reader.py  DuckDB's reader, checked by records   pieces.py        a file, piece by piece
    fields.py         cells of declared columns             cell_formats.py  formats of times and numbers
    formats.py        the format of each column             values.py        cells -> values, step by step
    casting.py        typed rows, and rejected rows         load.py          one whole file into its table
    rejects.py        rejected rows, stored and exported    corrections.py   corrected rows, loaded
    raw_tables.py     the tables that are written           ledger.py        what was loaded and refused
    ingest.py         one table, file by file               report.py        messages about what happened
    file_names.py     what the name of a file tells         moments.py       the newest instants in a file
    order.py          which of two exports is newer         clashes.py       records that two files have differently
    arranging.py      the order of the loads, or a question spend.py         two reports of one day of a campaign
    vanished.py       records that no later export has      identifiers.py   ids that a spreadsheet has changed
    currencies.py     a sign in a cell, and the currency    shown.py         what a message shows of a cell
    other_headers.py  headers between the rows              tidying.py       what nobody sees in a cell
    passed_over.py    what is not read because of its name or place
    file_states.py    whether a file is what it was         limits.py        what a packed file may unpack to
    refusal.py        the outcome of a file that is not loaded
    totals.py         totals between the rows, by words     summed_lines.py  before or after all rows, by their sums
    periods.py        reports whose rows are of more than a day

Does not belong here: what a source table looks like (`source_tables.py`), whether its content is acceptable (the
arrival checks), Dagster, and any renaming or reshaping (staging).
"""

from orchestration.lib.ingestion.files import unclaimed_files
from orchestration.lib.ingestion.formats import FormatHints, read_format_hints
from orchestration.lib.ingestion.ingest import ingest_table
from orchestration.lib.ingestion.raw_tables import create_ledger
from orchestration.lib.ingestion.rejects import write_rejected
from orchestration.lib.ingestion.report import FileReport, LoadReport, RejectedRows

__all__ = [
    "FileReport",
    "FormatHints",
    "LoadReport",
    "RejectedRows",
    "create_ledger",
    "ingest_table",
    "read_format_hints",
    "unclaimed_files",
    "write_rejected",
]
