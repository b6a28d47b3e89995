"""Sales' activities, from HubSpot's files to the commitment: which of them are contacts, and how often each counts.

One company of fourteen leads that became MQL on 2 March 2026 at 10:00 in Rome, by the agreement of the demo: first
contact within 24 hours. The rows are made here, each for one fact that HubSpot's documentation states of its fields.
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

CREATED = {"early": "2026-02-01 09:00", "week": "2026-02-01 09:00", "imported": "2026-03-02 09:30"}
LEADS = [
    *("forwarded", "bounced", "failed", "incoming", "scheduled", "sequence", "cancelled", "sent", "voicemail"),
    *("early", "week", "imported", "answered", "colleague"),
]
CONTACTS = (
    "Record ID,Email,Create Date,Contact owner,Lifecycle Stage,Original Traffic Source,"
    '"Date entered ""Lead (Lifecycle Stage Pipeline)""",'
    '"Date entered ""Marketing Qualified Lead (Lifecycle Stage Pipeline)"""\n'
)
EMAILS = """\
Record ID,Activity date,Email direction,Email send status,Sequence ID,Activity assigned to,Associated Contact IDs
1,2026-03-02 11:00,FORWARDED_EMAIL,SENT,,Ada Rossi,forwarded
2,2026-03-02 11:00,EMAIL,BOUNCED,,Ada Rossi,bounced
3,2026-03-02 11:00,EMAIL,Failed,,Ada Rossi,failed
4,2026-03-02 11:00,Incoming email,Sent,,Ada Rossi,incoming
5,2026-03-02 11:00,EMAIL,SCHEDULED,,Ada Rossi,scheduled
6,2026-03-02 11:00,EMAIL,SENT,77,Ada Rossi,sequence
7,2026-03-02 11:00,EMAIL,SENT,,Ada Rossi,sent
8,2026-03-02 13:00,INCOMING_EMAIL,,,Ada Rossi,answered
"""
CALLS = """\
Record ID,Activity date,Call direction,Call outcome,Call status,Activity assigned to,Associated Contact IDs
1,2026-03-02 11:00,OUTBOUND,,CANCELED,Ada Rossi,cancelled
2,2026-03-02 11:00,OUTBOUND,Left voicemail,COMPLETED,Ada Rossi,voicemail
3,2026-02-20 11:00,OUTBOUND,Connected,COMPLETED,Ada Rossi,early
4,2026-02-28 11:00,OUTBOUND,Connected,COMPLETED,Ada Rossi,week
5,2026-03-02 09:00,OUTBOUND,Connected,COMPLETED,Ada Rossi,imported
6,2026-03-02 11:00,OUTBOUND,No answer,COMPLETED,Ada Rossi,answered
7,2026-06-30 11:00,OUTBOUND,Wrong number,COMPLETED,Ada Rossi,colleague
"""
# One meeting in two calendars and with three leads, the next one of its series, and one that was never held.
MEETINGS = """\
Record ID,Meeting start time,Meeting outcome,iCalUid,Create date,Activity assigned to,Associated Contact IDs
1,2026-03-09 11:00,Completed,uid-1,2026-03-03 10:00,Ada Rossi,sent;colleague
2,2026-03-09 11:00,,uid-1,2026-03-03 09:00,Bea Neri,voicemail;sent
3,2026-03-16 11:00,Completed,uid-1,2026-03-03 10:00,Ada Rossi,sent
4,2026-03-17 11:00,SCHEDULED,uid-2,2026-03-03 10:00,Ada Rossi,sent
"""


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory) -> duckdb.DuckDBPyConnection:
    """The warehouse from these files to the marts of what sales did."""
    home = tmp_path_factory.mktemp("activities")
    exports = home / "hubspot"
    exports.mkdir()
    rows = [
        f"{lead},{lead}@{lead}.example.com,{created},Ada Rossi,Marketing Qualified Lead,Organic Search,{created},"
        "2026-03-02 10:00"
        for lead in LEADS
        for created in [CREATED.get(lead, "2026-03-02 09:00")]
    ]
    (exports / "contacts.csv").write_text(CONTACTS + "\n".join(rows) + "\n")
    for name, text in {"emails": EMAILS, "calls": CALLS, "meetings": MEETINGS}.items():
        (exports / f"{name}.csv").write_text(text)
    company = settings.DEMO_COMPANY
    place = settings.Settings(company, home)
    with duckdb.connect(place.warehouse) as connection:
        create_ledger(connection)
        for table in TABLES:
            shape_raw_table(connection, table)
            if table.system in ("hubspot", "reference"):
                ingest_table(connection, table, exports if table.system == "hubspot" else company / "reference")
        write_tables(connection, read_agreements(company / "agreements"))
        write_privacy(connection, "hash", "a key")
        write_suffixes(connection)
    build_models(place, "--select", "+fct_response_times", "+fct_activities", data_tests=False)
    return duckdb.connect(place.warehouse, read_only=True)


def test_only_an_attempt_to_reach_the_lead_keeps_the_commitment(built: duckdb.DuckDBPyConnection) -> None:
    found = built.sql(
        "select split_part(split_part(journey_id, ':', 2), '#', 1), status_reason from marts.fct_response_times"
        " where commitment = 'first_contact' and is_agreed"
    ).fetchall()
    kept = {"sent": "in time", "voicemail": "in time", "answered": "in time", "week": "already in contact"}
    # Sales did reach the colleague, a week later.
    assert dict(found) == dict.fromkeys(LEADS, "no contact") | {"colleague": "late"} | kept


def test_attempt_contact_and_conversation_are_side_by_side(built: duckdb.DuckDBPyConnection) -> None:
    found = built.sql(
        "select split_part(split_part(journey_id, ':', 2), '#', 1) as lead, attempt_minutes, contact_minutes,"
        " conversation_minutes from marts.fct_response_times where commitment = 'first_contact' and is_agreed"
        " and first_attempt_at is not null order by lead"
    ).fetchall()
    week = 7 * 24 * 60 + 60
    assert found == [
        # The lead's reply, two hours after the call without an answer.
        ("answered", 60, 180, 180),
        ("colleague", week, week, week),
        ("sent", 60, 60, week),
        ("voicemail", 60, 60, week),
    ]


def test_a_meeting_is_one_meeting(built: duckdb.DuckDBPyConnection) -> None:
    found = built.sql(
        "select activity_id, activity_class, persons from marts.fct_activities where activity_type = 'meeting'"
        " order by activity_id"
    ).fetchall()
    assert found == [
        ("hubspot:meeting:1", "conversation", 3),
        ("hubspot:meeting:3", "conversation", 1),
        ("hubspot:meeting:4", "void", 1),
    ]
    wrong = built.sql("select activity_id from marts.fct_activities where is_wrong_number").fetchall()
    assert wrong == [("hubspot:call:7",)]
