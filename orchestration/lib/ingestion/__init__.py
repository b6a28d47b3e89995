"""Ingestion: export files as they come into `raw.<system>__<table>`; each row loads or is rejected.

    files.py       which files belong to which table    databases.py  tables of a DuckDB file as Parquet
    detection.py     a file -> known format, or refused   records.py    where each record starts in a text
    boundaries.py       header, title lines, closing lines   header.py     labels -> declared columns
    csv_reader.py  CSV and its kin -> `parsed`          readers.py    JSONL, Parquet -> `parsed`
    duckdb_reader.py    DuckDB's reader, held to the records pieces.py     a file a piece at a time
    fields.py      cells of declared columns            cell_formats.py     how times and numbers are written
    formats.py      which of it a column has, or asks    values.py     cells -> values, step by step
    casting.py     typed rows, and rows rejected       load.py       one file into its table, whole
    rejects.py     rows rejected, kept and written     corrections.py    corrected rows, put back
    raw_tables.py      the tables that are written          ledger.py      what was loaded and refused
    ingest.py      one table, file by file              report.py     what happened, in sentences

Does not belong here: what a source table looks like (`source_tables.py`), whether its content is acceptable (the
arrival checks), anything of Dagster, and any renaming or reshaping (staging).
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
