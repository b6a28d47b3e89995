"""A small company of a made-up name, and a home as a build would have left it, for tests of the command."""

from datetime import datetime
from pathlib import Path

import duckdb
from typer.testing import CliRunner, Result

from orchestration.cli import app
from tests.conftest import AGREEMENT
from tests.tables import create, fill

CONTACTS = "Record ID,Create Date,Email\n1,2026-01-07 10:00,ada@example.com\n"
FILES = {
    "agreements/2026-01.yml": AGREEMENT,
    "reference/systems.csv": "system,time_zone,date_order,decimal_mark\nhubspot,Europe/Rome,,\n",
    "reference/stage_labels.csv": "system,stage_label,stage,valid_from,valid_to\nhubspot,MQL,mql,,\n",
    "exports/hubspot/contacts.csv": CONTACTS,
}

# What verbs read of a published copy, by its contracts.
READ = (
    *("marts.dim_account", "marts.dim_agreement", "marts.dim_build", "marts.dim_commitment", "marts.dim_owner"),
    *("marts.dim_person", "marts.dim_revenue_stream", "marts.dim_quota_period", "marts.fct_notifications"),
    *("marts.fct_kpis", "marts.fct_review_measures", "marts.fct_reviews"),
    *("marts.fct_owner_links", "marts.fct_person_links", "marts.fct_rejected_rows", "marts.fct_source_freshness"),
    *("reports.rpt_guard_results", "reports.rpt_open_clocks", "reports.rpt_review_rates"),
    *("reports.rpt_meeting_agenda", "reports.rpt_review_findings"),
    *("reports.rpt_page_header", "reports.rpt_sources", "reports.rpt_unexplained_words", "reports.rpt_campaigns"),
)


def make_company(folder: Path) -> Path:
    """The files of a company without a mistake."""
    for name, text in FILES.items():
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text)
    return folder


def make_home(home: Path, company: Path) -> Path:
    """A home with a published copy of the first half of 2026."""
    copy = home / "published" / "copies" / "000001"
    copy.mkdir(parents=True)
    (home / "published" / "current").symlink_to("copies/000001")
    (home / "company.txt").write_text(f"{company}\n")
    build = {"data_from": datetime(2026, 1, 2), "as_of": datetime(2026, 7, 3), "as_of_date": datetime(2026, 7, 3)}
    head = {"as_of_local_at": datetime(2026, 7, 3, 2), "time_zone": "Europe/Rome"}
    build |= {
        "data_from_date": datetime(2026, 1, 2),
        "company_name": "Acme",
        "time_zone": "Europe/Rome",
        "fiscal_year_start_month": 1,
    }
    rates = [{"review_period": "quarter", "period_from": day} for day in (datetime(2026, 1, 1), datetime(2026, 4, 1))]
    with duckdb.connect(copy / "smarketing.duckdb") as connection:
        create(connection, *READ)
        fill(connection, "marts.dim_build", [build])
        fill(connection, "reports.rpt_page_header", [head])
        fill(connection, "reports.rpt_review_rates", rates)
    with duckdb.connect(home / "warehouse.duckdb") as connection:
        owners = "record_id varchar, owner_email varchar, is_automatic boolean"
        create(connection, "intermediate.int_owner_links", types=owners)
    return home


def smarketing(*arguments: str | Path) -> Result:
    """Run the command in this process."""
    return CliRunner().invoke(app, list(map(str, arguments)))


def write(company: Path, files: dict[str, str | bytes | None]) -> None:
    """Write these files into a company; None removes one."""
    for name, content in files.items():
        path = company / name
        if content is None:
            path.unlink()
        else:
            path.write_bytes(content if isinstance(content, bytes) else content.encode())


def changed(old: str, new: str) -> dict[str, str | bytes | None]:
    """The agreement with other words in it."""
    assert old in AGREEMENT
    return {"agreements/2026-01.yml": AGREEMENT.replace(old, new)}
