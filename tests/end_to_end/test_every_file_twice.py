"""Every CSV file of the real data, twice: each record loads or is rejected, and the second time changes nothing."""

import csv
import gzip
import io
import shutil
from pathlib import Path

import duckdb
import pytest

from orchestration.lib.ingestion import ingest_table
from orchestration.lib.ingestion.files import is_claimed
from orchestration.lib.source_tables import Column, SourceTable
from tests import campaign_figures
from tests.end_to_end.conftest import SHARED_DATA
from tests.systems import TABLES

# The small companies with right values have files that are wrong on purpose, or that another reader cannot read.
FILES = sorted(
    path
    for path in (*SHARED_DATA.rglob("*.csv"), *SHARED_DATA.rglob("*.csv.gz"))
    if SHARED_DATA / "cases" not in path.parents
)
# The systems whose declarations read the files of a folder.
SYSTEMS = {
    "bpi2012_loan_leads_2011q4": {"bpi2012"},
    "olist": {"olist"},
    "ravenstack": {"ravenstack"},
    "hubspot": {"hubspot"},
    "salesforce": {"salesforce"},
    "ad_reporting": {"google_ads", "meta_ads", "linkedin_ads", "microsoft_ads"},
}
# Records that no reader can split into cells: a cell missing at the end, a quote in the middle of a cell.
BROKEN = {"sessions.csv": 33, "marketo_activity_email_bounced_data.csv": 1}

pytestmark = [
    pytest.mark.slow,
    pytest.mark.end_to_end,
    pytest.mark.skipif(not FILES, reason="the real files are not beside the project"),
]


def read(path: Path) -> list[list[str]]:
    """The header and records, by another reader; null bytes and blank lines have none."""
    data = path.read_bytes()
    text = (gzip.decompress(data) if path.suffix == ".gz" else data).decode("utf-8-sig")
    return [row for row in csv.reader(io.StringIO(text, newline=""), strict=True) if row]


def undeclared(labels: list[str]) -> SourceTable:
    """A declaration in which every column is text."""
    columns = tuple(Column(f"c{place}", "varchar", labels=(label,)) for place, label in enumerate(labels))
    return SourceTable("any", "file", ("*",), (), columns)


def tables_of(path: Path, labels: list[str]) -> list[SourceTable]:
    systems = SYSTEMS.get(path.parent.name, set())
    return [undeclared(labels), *(table for table in TABLES if table.system in systems and is_claimed(table, path))]


@pytest.mark.parametrize("most", [pytest.param(None, marks=pytest.mark.campaign, id="all"), pytest.param(4, id="few")])
@pytest.mark.parametrize("folder", sorted({path.parent for path in FILES}), ids=lambda folder: folder.name)
def test_every_file_twice(folder: Path, most: int | None, tmp_path: Path, request: pytest.FixtureRequest) -> None:
    """All files of a folder; in the short form its smallest four."""
    files = sorted((path for path in FILES if path.parent == folder), key=lambda path: path.stat().st_size)[:most]
    if most is None:
        campaign_figures.note(request.node.nodeid, "Real files", {"files that were loaded twice": len(files)})
    for path in files:
        labels, *records = read(path)
        exports = tmp_path / path.name
        exports.mkdir()
        shutil.copy(path, exports)
        for table in tables_of(path, labels):
            with duckdb.connect() as connection:
                (report,) = ingest_table(connection, table, exports).files
                counts = (report.records, report.rows_loaded + report.rows_rejected)
                if report.status == "refused":  # a pattern also claims the file of another platform
                    assert "required column" in str(report.reason)
                    assert table.system in SYSTEMS["ad_reporting"]
                    continue
                assert counts == (len(records), len(records)), (path.name, table.raw_table, report.rejected)
                if table.system == "any":
                    assert report.rows_rejected == BROKEN.get(path.name, 0), (path.name, report.rejected)
                loads, rows = (
                    "select * exclude (file_state) from raw.ingestion__loads",
                    f"select hash(r) from raw.{table.raw_table} as r order by all",
                )
                before = connection.execute(loads).fetchall(), connection.execute(rows).fetchall()
                (again,) = ingest_table(connection, table, exports).files
                assert again.status == "unchanged"
                assert (connection.execute(loads).fetchall(), connection.execute(rows).fetchall()) == before


def test_declared_files_are_among_them() -> None:
    claimed = {table.system for path in FILES for table in tables_of(path, ["a"]) if table.system != "any"}
    assert claimed == set().union(*SYSTEMS.values())
