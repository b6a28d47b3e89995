"""What a run leaves outside the warehouse file has no e-mail, phone number or name of a lead, whatever is shifted.

Belongs here: a scan of every file in the home. Which messages show what is tested at ingestion.
"""

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
SECRETS = ("priv.example", "333 1234567", "Segreti", "Mario")


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
    found = [secret for secret in SECRETS if secret in printed]
    files = [path for path in built.home.rglob("*") if path.is_file() and path.parent.name != "copies"]
    for path in files:
        if path.name.startswith("warehouse.duckdb") or path.is_symlink():
            continue
        data = path.read_bytes()
        found += [f"{path}: {secret}" for secret in SECRETS if secret.encode() in data]
    with duckdb.connect(built.copy, read_only=True) as copy:
        tables = copy.execute("select schema_name, table_name from duckdb_tables()").fetchall()
        assert len(tables) > 50
        for schema, table in tables:
            text = copy.execute(
                f'select string_agg(cast(t as varchar), chr(10)) from "{schema}"."{table}" as t'
            ).fetchall()
            found += [f"{table}: {secret}" for secret in SECRETS if secret in str(text)]
    assert not found
