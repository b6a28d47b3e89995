"""A company of forty leads, its home, and what must hold of them after each fault.

Belongs here: what several files of the campaign need. Does not belong here: the faults.
"""

import os
import shutil
import subprocess
from collections.abc import Mapping
from pathlib import Path

import duckdb

from tests.end_to_end.conftest import COMMAND, PROJECT, Built
from tests.end_to_end.small_company import AGREEMENT, OWNER, write_company

KEY = "the key of the tests"
STAGES = ("Lead", "Marketing Qualified Lead", "Sales Qualified Lead", "Opportunity", "Customer")
CONTACTS = (
    "Record ID,First Name,Last Name,Email,Create Date,Lifecycle Stage,Contact owner,Business unit,"
    "Original Traffic Source,"
    + ",".join(f'"Date entered ""{stage} (Lifecycle Stage Pipeline)"""' for stage in STAGES)
    + "\n"
)
DEALS = "Record ID,Deal Name,Deal Stage,Close Date,Create Date,Deal owner,Amount,Currency,Associated Contact IDs\n"
ACTIVITIES = "Activity type,Activity date,Activity assigned to,Call outcome,Associated Contact IDs\n"
NOTIFICATIONS = """\
notifications:
  tell: [became_sql, breached]
  notify_within: 999d
  at_most: 3
"""
LEADS = 40


def _contact(number: int) -> str:
    month, day = number % 4 + 2, number % 20 + 1
    reached = number % len(STAGES)
    dates = [f"2026-{month:02}-{day + place:02} 09:{number:02}" if place <= reached else "" for place in range(5)]
    return (
        f"{number},Ada{number},Rossi,ada{number}@firm{number}.example,{dates[0]},{STAGES[reached]},{OWNER},Main,"
        f"Organic Search,{','.join(dates)}\n"
    )


def exports() -> dict[str, str]:
    """The files of the company."""
    deals = "".join(
        f"9{n},Deal {n},{'Closed Won' if n % 5 == 4 else 'Contract Sent'},2026-{n % 4 + 2:02}-27 10:00,"
        f"2026-{n % 4 + 2:02}-26 09:00,{OWNER},{n}000,EUR,{n}\n"
        for n in range(1, LEADS)
        if n % 5 >= 3
    )
    calls = "".join(
        f"Call,2026-{n % 4 + 2:02}-{n % 25 + 1:02} 15:00,{OWNER},Connected,{n}\n" for n in range(1, LEADS, 2)
    )
    return {
        "hubspot/contacts.csv": CONTACTS + "".join(_contact(number) for number in range(1, LEADS + 1)),
        "hubspot/deals.csv": DEALS + deals,
        "hubspot/all-activities.csv": ACTIVITIES + calls,
    }


def make_company(folder: Path, files: Mapping[str, str] | None = None) -> Path:
    """The company in a folder, with the files of `exports`, or with others."""
    return write_company(folder, files or exports(), agreement=AGREEMENT + NOTIFICATIONS)


def environment(**more: str) -> dict[str, str]:
    """The variables of a verb; two homes have one key, since ids that contain a hash would differ."""
    return os.environ | {"SMARKETING_EMAIL_KEY": KEY} | more


def verb(name: str, company: Path, home: Path, *arguments: str, **more: str) -> subprocess.CompletedProcess:
    """A verb of the company, to its end."""
    command = [*COMMAND, name, *arguments, "--company", str(company), "--home", str(home)]
    return subprocess.run(
        command, capture_output=True, cwd=PROJECT, env=environment(**more), encoding="utf-8", errors="replace"
    )


def copy_home(built: Built, folder: Path) -> Built:
    """The same company, with a copy of its home."""
    shutil.copytree(built.home, folder, symlinks=True)
    return Built(built.company, folder, built.output)


def faults_of(result: subprocess.CompletedProcess) -> list[str]:
    """The lines that are not a sentence of ours: beginnings of tracebacks, and what libraries print for themselves."""
    strange = (
        "Traceback (most",
        "--- Logging error",
        "Exception while",
        "sqlalche.me",
        "During handling of",
        'File "/',
    )
    return [line for line in (result.stdout + result.stderr).splitlines() if any(each in line for each in strange)]


def double_rows(home: Path) -> list[tuple]:
    """Tables of raw in which a load is there twice: the same line of the same file."""
    with duckdb.connect(home / "warehouse.duckdb", read_only=True) as connection:
        query = "select distinct table_name from duckdb_columns() where schema_name = 'raw' and column_name = '_line'"
        tables = [name for (name,) in connection.execute(query).fetchall()]
        assert tables, "no raw table has lines"
        counted = " union all ".join(
            f"select '{table}', count(*), count(distinct (_load_id, _line)) from raw.\"{table}\"" for table in tables
        )
        return connection.execute(f"from ({counted}) as counts(name, n, m) where n <> m").fetchall()
