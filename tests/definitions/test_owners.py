"""One human, one owner: a small made-up company of three systems, from its files to dim_owner.

The expected identities are written manually, as the company's managers would give them; each single rule has a unit
test of its model.
"""

import duckdb
import pytest

from orchestration import settings
from orchestration.lib.agreement.reading import read_agreements
from orchestration.lib.agreement.tables import write_tables
from orchestration.lib.company.privacy import write_privacy
from orchestration.lib.ingestion import ingest_table
from orchestration.lib.ingestion.raw_tables import create_ledger, shape_raw_table
from orchestration.lib.warehouse.public_suffixes import write_suffixes
from tests.systems import TABLES, build_models

FILES = {
    "hubspot/users.csv": """
User ID,First name,Last name,Email,Assigned teams
1,Ann,Lee,ann@acme.example,Inside
2,Carla,Neri,carla@acme.example,Inside
3,Mo,Poe,mo@acme.example,Inside
4,Bo,Ray,bo@acme.example,Inside
""",
    "hubspot/contacts.csv": """
Record ID,Email,Create Date,Lifecycle Stage,Contact owner
101,a@a1.example,2026-03-01 09:00,Lead,Ann Lee
102,a@a2.example,2026-03-01 09:00,Lead,Carla Neri (Deactivated User)
103,a@a3.example,2026-03-01 09:00,Lead,Gone Before
104,a@a4.example,2026-03-01 09:00,Lead,77001234
105,a@a5.example,2026-03-01 09:00,Lead,carla  neri
106,a@a6.example,2026-03-01 09:00,Lead,
""",
    "salesforce/User.csv": """
Id,Name,Email,Department
005000000000001AAA,Ann Lee,ANN@acme.example ,Field
005000000000002AAA,Beau Ray,beau@acme.example,Field
005000000000003AAA,Mo Poe,poe@other.example,Field
""",
    "salesforce/Lead.csv": """
Id,LastName,Email,Status,OwnerId,CreatedDate
00Q000000000001AAA,One,b@b1.example,Open,005000000000001AAA,2026-03-01 09:00:00
00Q000000000002AAA,Two,b@b2.example,Open,005000000000002AAA,2026-03-01 09:00:00
00Q000000000003AAA,Three,b@b3.example,Open,00G000000000001AAA,2026-03-01 09:00:00
""",
    "documents/documents.csv": """
Document ID,Document name,Sender name,Recipient email,Deal ID,Sent at,First opened at,Open count
d1,Offer,Ann Lee,a@a1.example,,2026-03-02T09:00:00Z,,0
d2,Offer,ann@acme.example,a@a1.example,,2026-03-02T09:00:00Z,,0
d3,Offer,Mo Poe,a@a1.example,,2026-03-02T09:00:00Z,,0
d4,Offer,GONE BEFORE,a@a1.example,,2026-03-02T09:00:00Z,,0
d5,Offer,zed@acme.example,a@a1.example,,2026-03-02T09:00:00Z,,0
""",
    "reference/owners.csv": """
owner_name,system,alias,team_label,valid_from,valid_to
Beau Ray,hubspot,4,Old team,,2026-01-01
Beau Ray,,beau@acme.example,New team,2026-01-01,
Mo Poe (south),salesforce,Mo Poe,,2025-02-01,2026-02-01
""",
}
# Owner, name, team, from, until, known, number of records.
OWNERS = [
    ("documents:Mo Poe", "Mo Poe", None, None, None, False, 1),
    ("hubspot:1", "Ann Lee", "Inside", None, None, True, 4),
    ("hubspot:2", "Carla Neri", "Inside", None, None, True, 3),
    ("hubspot:3", "Mo Poe", "Inside", None, None, True, 1),
    ("hubspot:4", "Beau Ray", "New team", None, None, True, 2),
    ("hubspot:77001234", "77001234", None, None, None, False, 1),
    ("hubspot:Gone Before", "Gone Before", None, None, None, False, 2),
    ("salesforce:005000000000003", "Mo Poe (south)", "Field", "2025-02-01", "2026-02-01", True, 1),
    ("salesforce:00G000000000001", "00G000000000001", None, None, None, True, 1),
]


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory) -> duckdb.DuckDBPyConnection:
    """The warehouse with the owners, persons and documents of these files."""
    home = tmp_path_factory.mktemp("owners")
    place = settings.Settings(settings.DEMO_COMPANY, home)
    for name, text in FILES.items():
        (home / name).parent.mkdir(exist_ok=True)
        (home / name).write_text(text.lstrip())
    with duckdb.connect(home / "warehouse.duckdb") as connection:
        create_ledger(connection)
        write_tables(connection, read_agreements(settings.DEMO_COMPANY / "agreements"))
        write_privacy(connection, "hash", "a key")
        write_suffixes(connection)
        for table in TABLES:
            shape_raw_table(connection, table)
            if (home / table.system).is_dir():
                report = ingest_table(connection, table, home / table.system)
                assert [file.status for file in report.files] == ["loaded"] * len(report.files)
    models = ["+dim_owner", "+fct_owner_links", "+dim_person", "+fct_documents"]
    build_models(place, "--select", *models, "--indirect-selection", "cautious")
    return duckdb.connect(home / "warehouse.duckdb", read_only=True)


def test_every_human_is_one_row_and_no_two_are(built: duckdb.DuckDBPyConnection) -> None:
    rows = built.sql("""
        select
            owner_id, owner_name, team_label, active_from_date::varchar, active_until_date::varchar, is_known, records
        from marts.dim_owner order by owner_id
    """).fetchall()
    # The owner's e-mail is in a document only: a hash.
    [unknown] = [row for row in rows if row[0].startswith("documents:email:")]
    assert unknown[1:] == ("zed", None, None, None, False, 1)
    assert [row for row in rows if row != unknown] == OWNERS


def test_what_a_record_names_is_the_owner(built: duckdb.DuckDBPyConnection) -> None:
    persons = dict(built.sql("select person_id, owner_id from marts.dim_person").fetchall())
    assert persons == {
        "hubspot:101": "hubspot:1",
        "hubspot:102": "hubspot:2",
        "hubspot:103": "hubspot:Gone Before",
        "hubspot:104": "hubspot:77001234",
        "hubspot:105": "hubspot:2",
        "hubspot:106": None,
        "salesforce:00Q000000000001": "hubspot:1",
        "salesforce:00Q000000000002": "hubspot:4",
        "salesforce:00Q000000000003": "salesforce:00G000000000001",
    }
    documents = built.sql("select owner_id from marts.fct_documents order by document_id").fetchall()
    assert documents[:4] == [("hubspot:1",), ("hubspot:1",), ("documents:Mo Poe",), ("hubspot:Gone Before",)]


def test_what_could_be_read_in_two_ways_is_listed_and_no_email_is_published(built: duckdb.DuckDBPyConnection) -> None:
    doubtful = built.sql("select record_id from marts.fct_owner_links where rule = 'ambiguous_name'").fetchall()
    assert doubtful == [("documents:Mo Poe",)]
    for table in ("dim_owner", "fct_owner_links", "fct_documents"):
        published = built.sql(f"select * from marts.{table} as row where row::varchar like '%@%'")
        assert published.fetchall() == [], table
