"""A small published build with one event, as notifications read it."""

import time
from datetime import datetime, timedelta
from pathlib import Path

import duckdb
import pytest

from orchestration.lib.notifications.run import Places
from tests.tables import create, fill


@pytest.fixture
def places(tmp_path: Path) -> Places:
    """A published build of this minute with one event, and the warehouse with the address of its owner."""
    now = datetime.fromtimestamp(int(time.time())) - timedelta(hours=1)
    names = ("copy.duckdb", "warehouse.duckdb", "outbox.sqlite", "tasks", "published", "printing")
    found = Places(*(tmp_path / name for name in names))
    with duckdb.connect(found.published) as connection:
        at = str(now)
        for table, row in {
            "marts.dim_build": {"as_of": at, "time_zone": "UTC"},
            "marts.fct_notifications": {
                "notification_id": "breached:1",
                "event": "breached",
                "about": "contact",
                "occurred_at": at,
                "due_at": at,
                "owner_id": "crm:1",
                "person_id": "crm:2",
                "commitment_id": "c",
            },
            "marts.dim_agreement": {"agreement_version": "2026-01", "effective_from": "2026-01-01"},
            "marts.dim_commitment": {
                "commitment": "contact",
                "commitment_name": "Call within a day",
                "effective_from": "2026-01-01",
            },
            "marts.dim_revenue_stream": {
                "agreement_version": "2026-01",
                "revenue_stream": "shop",
                "revenue_stream_name": "The shop",
            },
            "marts.dim_owner": {"owner_id": "crm:1", "owner_name": "Anna Rossi", "is_automatic": False},
            "marts.fct_owner_links": {
                "owner_id": "crm:1",
                "record_id": "crm:1",
                "is_first_record": True,
                "is_listed": True,
            },
            "marts.dim_person": {
                "person_id": "crm:2",
                "account_id": "a",
                "revenue_stream": "shop",
                "lead_type": "form",
            },
            "marts.dim_account": {"account_id": "a", "account_name": "Acme"},
            "marts.fct_person_links": {
                "person_id": "crm:2",
                "record_id": "crm:2",
                "is_person_record": True,
                "is_first_record": True,
            },
            "reports.rpt_open_clocks": {
                "owner_id": "crm:1",
                "commitment": "contact",
                "person_id": "crm:2",
                "due_at": at,
                "status": "missed",
                "urgency": "overdue",
                "commitment_id": "c",
            },
        }.items():
            create(connection, table)
            fill(connection, table, [row])
    with duckdb.connect(found.warehouse) as connection:
        types = "record_id varchar, owner_email varchar, is_automatic boolean"
        create(connection, "intermediate.int_owner_links", types=types)
        owner = {"record_id": "crm:1", "owner_email": "anna@example.com", "is_automatic": False}
        fill(connection, "intermediate.int_owner_links", [owner])
    return found
