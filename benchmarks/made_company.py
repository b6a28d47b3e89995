"""A company of any size, as the folder that a run reads: N leads, M reps, K months, in the shapes of real exports.

    python benchmarks/made_company.py FOLDER [LEADS] [REPS] [MONTHS]

Belongs here: its size, its agreement and its reference files. What happened is SQL in company/, set by set, so DuckDB
bounds the memory; chance is a hash of who and what, so the same size and seed give the same files. Systems: HubSpot
(contacts with their property history, deals, calls, e-mails, meetings), a website, a mailing tool, Google Ads.
"""

import shutil
import sys
import tempfile
from datetime import date, datetime, timedelta
from pathlib import Path
from string import Template
from typing import NamedTuple

import duckdb

from orchestration import settings
from orchestration.lib.agreement.signing import sign

PARTS = Path(__file__).with_name("company")
# Of the demo's words those that this company has too.
REFERENCE = ("activity_labels", "channel_rules", "content", "reasons", "stage_labels", "stream_labels", "systems")
END_AT = datetime(2026, 9, 30, 17, 45)
VERSION = "made"
FILE = "copy to "


class Size(NamedTuple):
    """How large the company is.

    `open_share` is the share of leads that are left open; `visits` how many a lead of the website has on average, and
    strangers have two; `days_to_come` how many of the last days have not happened yet: a day later it is the same
    company with one more day.
    """

    leads: int
    reps: int = 50
    months: int = 36
    open_share: float = 0.54
    visits: int = 4
    days_to_come: int = 0
    seed: int = 1

    @property
    def first_day(self) -> date:
        """The first day of the first month; the last one is that of END_AT."""
        months = END_AT.year * 12 + END_AT.month - self.months
        return date(months // 12, months % 12 + 1, 1)


def write_company(folder: Path, size: Size, memory: str = "2GB") -> Path:
    """Write exports, reference files and the signed agreement; return the folder."""
    for name in ("agreements", "reference", "exports"):
        (folder / name).mkdir(parents=True)
    for name in REFERENCE:
        shutil.copy(settings.DEMO_COMPANY / "reference" / f"{name}.csv", folder / "reference")
    with (folder / "reference/stage_labels.csv").open("a", encoding="utf-8") as labels:
        labels.write("hubspot,Contract Sent,opportunity,,\n")
    (folder / "reference/currency_rates.csv").write_text(
        "currency_code,valid_from,rate_to_reporting\nEUR,2000-01-01,1\n"
    )
    with tempfile.TemporaryDirectory() as spilled, duckdb.connect(Path(spilled, "made.duckdb")) as connection:
        connection.execute(f"set memory_limit = '{memory}'")
        connection.execute("set TimeZone = 'UTC'")
        variables = size._asdict() | {
            "first_day": size.first_day,
            "days": (END_AT.date() - size.first_day).days + 1,
            "end_at": END_AT,
            "last_at": END_AT - timedelta(days=size.days_to_come),
        }
        for name, value in variables.items():
            connection.execute(f"set variable {name} = ?", [value])
        for part in ("1_people", "2_work", "3_touches"):
            connection.execute((PARTS / f"{part}.sql").read_text(encoding="utf-8"))
        _export(connection, folder / "exports")
        _write_owners(connection, folder / "reference")
    _write_agreement(folder / "agreements", size)
    return folder


def _export(connection: duckdb.DuckDBPyConnection, exports: Path) -> None:
    """Write every statement of 4_exports.sql to the file that it names."""
    for text in (PARTS / "4_exports.sql").read_text(encoding="utf-8").split(FILE)[1:]:
        name, query = text.split("\n", 1)
        path = exports / name
        path.parent.mkdir(exist_ok=True)
        connection.execute(f"copy ({query.strip().rstrip(';')}) to '{path}' (format csv, header)")


def _write_owners(connection: duckdb.DuckDBPyConnection, reference: Path) -> None:
    """Every fourth rep works in the mornings, and three are away at the end, with somebody who covers them."""
    names = [name for (name,) in connection.execute("select rep_name from reps order by rep").fetchall()]
    rows = "".join(f"{name},,,,mornings,,\n" for name in names[3::4])
    (reference / "owners.csv").write_text(f"owner_name,system,alias,team_label,calendar,valid_from,valid_to\n{rows}")
    first, last = END_AT.date() - timedelta(days=3), END_AT.date() + timedelta(days=7)
    rows = "".join(f"{name},{first},{last},{cover}\n" for name, cover in zip(names[:3], names[3:6], strict=False))
    (reference / "absences.csv").write_text(f"owner,first_day,last_day,covered_by\n{rows}")


def _write_agreement(agreements: Path, size: Size) -> None:
    """One version of all months, with quotas and weekly work as large as the company, signed by both teams."""
    a_year, a_month = size.leads * 12 / size.months, size.leads / size.months
    text = Template((PARTS / "agreement.yml").read_text(encoding="utf-8")).substitute(
        version=VERSION,
        effective_from=size.first_day,
        small_quota=max(10_000, round(a_year * 40, -4)),
        enterprise_quota=max(100_000, round(a_year * 200, -4)),
        small_reps=max(1, size.reps * 7 // 10),
        enterprise_reps=max(1, size.reps * 3 // 10),
        leads_per_rep=max(1, round(a_month / size.reps)),
        attempts=max(1, round(a_month * 0.5)),
        new_leads=max(1, round(a_month * 0.9)),
    )
    (agreements / f"{VERSION}.yml").write_text(text, encoding="utf-8")
    signed_on = size.first_day - timedelta(days=7)
    sign(agreements, VERSION, "Marta Sole", "marketing", signed_on)
    sign(agreements, VERSION, "Sandro Vento", "sales", signed_on)


if __name__ == "__main__":
    write_company(Path(sys.argv[1]), Size(*map(int, sys.argv[2:] or ["100000"])))
