"""The list to rework: who is on it, in which order, and what it must not contain."""

import csv
from pathlib import Path

import duckdb

from orchestration.lib.rework import write_rework
from tests.tables import create, fill


def test_those_that_warmed_up_come_first_and_nobody_who_opted_out(tmp_path: Path) -> None:
    path = tmp_path / "rework.csv"
    path.write_text("the list of yesterday")
    leads = [
        {"journey_id": "a#1", "person_id": "a", "score": 90, "has_opted_out": True},
        {"journey_id": "b#1", "person_id": "b", "score": 10, "has_opted_out": False, "outcome_reason": "=Not now"},
        {"journey_id": "c#1", "person_id": "c", "score": 50, "has_opted_out": False},
        {"journey_id": "d#1", "person_id": "d", "has_opted_out": False, "warmed_up_at": "2026-01-01 10:00:00"},
    ]
    with duckdb.connect() as connection:
        create(connection, "reports.rpt_recycled_leads", "marts.dim_person")
        fill(connection, "reports.rpt_recycled_leads", leads)
        fill(connection, "marts.dim_person", [{"person_id": each, "email_hash": f"hash of {each}"} for each in "abcd"])
        assert write_rework(connection, path) == 3
    rows = list(csv.DictReader(path.open(encoding="utf-8")))
    assert [(row["person_id"], row["email_hash"]) for row in rows] == [(each, f"hash of {each}") for each in "dcb"]
    assert {row["email"] for row in rows} == {""}
    assert rows[2]["outcome_reason"] == "'=Not now"
    assert list(tmp_path.iterdir()) == [path]
