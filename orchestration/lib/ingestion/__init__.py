"""Ingestion: export files as they come into `raw.<system>__<table>`; each row loads or is set apart.

    files.py    which files belong to which table        content.py  bytes -> a known format, or refused
    records.py  where each record starts in a text       header.py   labels of a file -> declared columns
    readers.py  CSV, JSONL, Parquet -> `parsed`          casting.py  which cells are values of their type
    ledger.py   raw tables, what was loaded and refused  ingest.py   one table, file by file
    report.py   what happened, in sentences              load.py     one file into its table, whole

Does not belong here: what a source table looks like (`sources.py`), whether its content is acceptable (the
arrival checks), anything of Dagster, and any renaming or reshaping (staging).
"""

from orchestration.lib.ingestion.files import unclaimed_files
from orchestration.lib.ingestion.ingest import ingest_table
from orchestration.lib.ingestion.ledger import create_ledger
from orchestration.lib.ingestion.report import FileReport, LoadReport, SetApart

__all__ = ["FileReport", "LoadReport", "SetApart", "create_ledger", "ingest_table", "unclaimed_files"]
