"""What a run leaves outside the warehouse file has no e-mail, phone number or name of a lead, whatever is shifted.

Belongs here: a scan of every file in the home, of a company whose rows are shifted, of one that is refused, and of the
demo with its outbox and task files. Which messages show what is tested at ingestion.
"""

import re
from pathlib import Path

import duckdb
import pytest

from tests.end_to_end.conftest import Built, smarketing
from tests.end_to_end.small_company import OWNER, write_company

pytestmark = [pytest.mark.end_to_end, pytest.mark.slow]

HEADER = "Record ID,First Name,Last Name,Email,Phone Number,Create Date,Lifecycle Stage,Contact owner"
GOOD = [
    f"{number},Good{number},Segreti,good{number}@priv.example,+39 333 1234567,2026-02-02 09:00,Lead,{OWNER}"
    for number in range(100, 500)
]
SHIFTED = (
    f"1,Mario,Segreti,+39 333 1234567,2026-02-02 09:00,shifted@priv.example,Lead,{OWNER}",
    f"2,Mario,shifted@priv.example,x,2026-02-02 09:00,Mario Segreti,+39 333 1234567,{OWNER}",
)
CALLS = "Record ID,Activity date,Call outcome,shifted@priv.example\n9,Mario Segreti,Connected,x\n" + "".join(
    f"{number},2026-02-03 10:00,Connected,\n" for number in range(100, 300)
)
EXCHANGED = HEADER.replace("Email", "x").replace("Create Date", "Email").replace("x", "Create Date")
# What stops a run: a first record in the place of the header, two labels exchanged, a label that is a person's twice.
REFUSED = {
    "no header": "\n".join(GOOD),
    "exchanged": "\n".join([EXCHANGED, *GOOD]),
    "twice": "\n".join([f"{HEADER},mario@priv.example,mario@priv.example", *(f"{row},," for row in GOOD)]),
}
SECRETS = ("priv.example", "333 1234567", "Segreti", "Mario")
EMAIL = re.compile(rb"\b[\w.+-]+@[\w-]+\.[\w.-]+")
FULL_NAME = re.compile(r"\b[^\W\d_]+ [^\W\d_]+")


def files_of(home: Path) -> list[Path]:
    """The files of a home but for the warehouse and the store, which readers do not have."""
    found = [path for path in home.rglob("*") if path.is_file() and not path.is_symlink()]
    return [path for path in found if not path.name.startswith("warehouse.duckdb") and "store" not in path.parts]


def texts_of(copy: Path) -> str:
    """Every row of every table of a published copy."""
    with duckdb.connect(copy, read_only=True) as connection:
        tables = connection.execute("select schema_name, table_name from duckdb_tables()").fetchall()
        assert len(tables) > 50
        query = 'select string_agg(cast(t as varchar), chr(10)) from "{}"."{}" as t'
        return "\n".join(str(connection.execute(query.format(*table)).fetchall()) for table in tables)


@pytest.fixture(scope="module")
def run(tmp_path_factory: pytest.TempPathFactory) -> tuple[Built, str]:
    """The home, and all that was printed."""
    folder = tmp_path_factory.mktemp("leaks")
    files = {"hubspot/contacts.csv": "\n".join([HEADER, *GOOD, *SHIFTED, ""]), "hubspot/calls.csv": CALLS}
    company = write_company(folder / "company", files)
    result = smarketing("run", "--company", company, "--home", folder / "home")
    assert result.returncode == 0, result.stdout + result.stderr
    status = smarketing("status", "--home", folder / "home")
    printed = result.stdout + result.stderr + status.stdout + status.stderr
    return Built(company, folder / "home", printed), printed


def test_the_shifted_rows_are_rejected_and_named(run: tuple[Built, str]) -> None:
    built, _ = run
    rows = built.query("select table_name, column_name, reason from marts.fct_rejected_rows order by all")
    assert rows == [
        ("calls", "activity_date", "column activity_date: 'aaaaa aaaaaaa' is not a timestamp"),
        ("contacts", "create_date", "column create_date: 'aaaaa aaaaaaa' is not a timestamp"),
        ("contacts", "create_date", "column create_date: 'aaaaaaa@aaaa.aaaaaaa' is not a timestamp"),
    ]


def test_no_file_outside_the_warehouse_has_a_person(run: tuple[Built, str]) -> None:
    built, printed = run
    seen = {path: path.read_bytes() for path in files_of(built.home)}
    seen |= {Path("terminal"): printed.encode(), Path("tables"): texts_of(built.copy).encode()}
    assert [(path, secret) for path, data in seen.items() for secret in SECRETS if secret.encode() in data] == []


def test_what_is_refused_leaves_no_person_either(tmp_path: Path) -> None:
    """One file of each kind, side by side: the first refusal hides none of the others."""
    files = {f"hubspot/contacts {name}.csv": f"{text}\n" for name, text in REFUSED.items()}
    company = write_company(tmp_path / "company", files)
    place = ("--company", company, "--home", tmp_path / "home")
    ended = [smarketing(verb, *place) for verb in ("check", "run", "status")]
    assert [each.returncode for each in ended] == [2, 1, 1]
    printed = "".join(each.stdout + each.stderr for each in ended)
    assert [name for name in REFUSED if f"contacts {name}.csv" not in printed] == []
    seen = {path: path.read_bytes() for path in files_of(tmp_path / "home")} | {Path("terminal"): printed.encode()}
    assert [(path, secret) for path, data in seen.items() for secret in SECRETS if secret.encode() in data] == []


def test_no_file_of_the_demo_has_a_person(demo_copy: Built) -> None:
    """By the e-mails and names that are in its exports, also after the notifications of a build have been written."""
    place = ("--company", demo_copy.company, "--home", demo_copy.home)
    sent = smarketing("notify", *place, "--send", "--old")
    assert sent.returncode == 0, sent.stdout + sent.stderr
    assert list((demo_copy.home / "tasks").glob("*.csv"))
    with duckdb.connect(demo_copy.home / "warehouse.duckdb", read_only=True) as connection:
        persons = connection.execute(
            "select lower(email), first_name || ' ' || last_name from raw.hubspot__contacts"
        ).fetchall()
        owners = connection.execute(
            "select lower(email), first_name || ' ' || last_name from raw.hubspot__users"
        ).fetchall()
    emails = {email.encode() for email, _ in persons if email} - {email.encode() for email, _ in owners if email}
    names = {name for _, name in persons if name} - {name for _, name in owners if name}
    assert len(emails) > 1000
    assert len(names) > 500
    seen = {path: path.read_bytes() for path in files_of(demo_copy.home)}
    seen |= {
        Path("terminal"): (demo_copy.output + sent.stdout).encode(),
        Path("tables"): texts_of(demo_copy.copy).encode(),
    }
    found = {}
    for path, data in seen.items():
        here = {email.lower() for email in EMAIL.findall(data)} & emails
        named = set(FULL_NAME.findall(data.decode("utf-8", errors="ignore"))) & names
        if here or named:
            found[path.name] = (sorted(here)[:2], sorted(named)[:2])
    assert found == {}
