"""Ingestion: export files as they come into `raw.<system>__<table>`; each row loads or is set apart.

    files.py       which files belong to which table    databases.py  tables of a DuckDB file as Parquet
    content.py     a file -> known format, or refused   records.py    where each record starts in a text
    frame.py       header, title lines, closing lines   header.py     labels -> declared columns
    csv_reader.py  CSV and its kin -> `parsed`          readers.py    JSONL, Parquet -> `parsed`
    numbered.py    DuckDB's reader, held to the records pieces.py     a file a piece at a time
    fields.py      cells of declared columns            shapes.py     how times and numbers are written
    habits.py      which of it a column has, or asks    values.py     cells -> values, step by step
    casting.py     typed rows, and rows set apart       load.py       one file into its table, whole
    rejects.py     rows set apart, kept and written     mending.py    mended rows, put back
    ledger.py      the tables that are written          notes.py      what was loaded and refused
    ingest.py      one table, file by file              report.py     what happened, in sentences

Does not belong here: what a source table looks like (`sources.py`), whether its content is acceptable (the
arrival checks), anything of Dagster, and any renaming or reshaping (staging).
"""

from orchestration.lib.ingestion.files import unclaimed_files
from orchestration.lib.ingestion.habits import Habits, read_habits
from orchestration.lib.ingestion.ingest import ingest_table
from orchestration.lib.ingestion.ledger import create_ledger
from orchestration.lib.ingestion.rejects import write_set_apart
from orchestration.lib.ingestion.report import FileReport, LoadReport, SetApart

__all__ = [
    "FileReport",
    "Habits",
    "LoadReport",
    "SetApart",
    "create_ledger",
    "ingest_table",
    "read_habits",
    "unclaimed_files",
    "write_set_apart",
]
