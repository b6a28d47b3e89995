"""Several versions of the agreement: how they follow each other, and the tables that they are laid out as."""

from collections.abc import Callable
from dataclasses import astuple
from datetime import date
from pathlib import Path

import duckdb
import pytest

from orchestration.lib.agreement.contract import TABLES
from orchestration.lib.agreement.reading import AgreementError, read_agreements
from orchestration.lib.agreement.rows import agreement_rows
from orchestration.lib.agreement.tables import write_tables

Write = Callable[..., Path]
Put = Callable[..., Path]


@pytest.fixture
def put(valid: str, write: Write) -> Put:
    """Writes a version into a file: its name, its first day and, if it has one, its last."""

    def version(file: str, name: str, starts: str, ends: str = "") -> Path:
        text = valid.replace('"2026-01"', f'"{name}"').replace("2026-01-01", starts)
        return write(text.replace("company:", f"effective_to: {ends}\ncompany:") if ends else text, file)

    return version


def mistakes(folder: Path) -> str:
    with pytest.raises(AgreementError) as caught:
        read_agreements(folder)
    return str(caught.value)


def test_versions_in_order_of_effect(put: Put, tmp_path: Path) -> None:
    put("a.yml", "b", "2026-04-01")
    put("b.yaml", "a", "2026-01-01", "2026-03-31")
    versions = read_agreements(tmp_path)
    assert [each.version for each in versions] == ["a", "b"]
    ends = [row.effective_to for row in agreement_rows(versions)["versions"]]
    assert ends == [date(2026, 3, 31), None]


def test_one_without_an_end_ends_at_the_next(put: Put, tmp_path: Path) -> None:
    put("a.yml", "a", "2026-01-01")
    put("b.yml", "b", "2026-04-01", "2026-12-31")
    ends = [row.effective_to for row in agreement_rows(read_agreements(tmp_path))["versions"]]
    assert ends == [date(2026, 3, 31), date(2026, 12, 31)]


@pytest.mark.parametrize(("ends", "expected"), [("2026-03-30", "leaves a gap before"), ("2026-04-01", "overlaps with")])
def test_gap_and_overlap(put: Put, tmp_path: Path, ends: str, expected: str) -> None:
    before = put("a.yml", "a", "2026-01-01", ends)
    after = put("b.yml", "b", "2026-04-01")
    message = mistakes(tmp_path)
    assert message.startswith(f"{before} line 3: effective_to {ends} {expected} version b (from 2026-04-01, {after})")
    assert message.endswith("set effective_to to 2026-03-31 or leave it out")


def test_two_versions_that_start_on_one_day_overlap(put: Put, tmp_path: Path) -> None:
    put("a.yml", "a", "2026-01-01")
    put("b.yml", "b", "2026-01-01")
    assert mistakes(tmp_path) == (
        f"{tmp_path / 'b.yml'} line 2: effective_from 2026-01-01 is also that of version a ({tmp_path / 'a.yml'}); "
        "give it another day"
    )


def test_a_name_that_is_given_twice(put: Put, tmp_path: Path) -> None:
    first = put("a.yml", "a", "2026-01-01")
    put("b.yml", "b", "2026-02-01")
    third = put("c.yml", "a", "2026-03-01")
    assert f"{third} line 1: version 'a' is also in {first}; give each its own" in mistakes(tmp_path)


def test_every_wrong_file_is_named(write: Write, tmp_path: Path) -> None:
    paths = [write("", "a.yml"), write("[]", "b.yml")]
    assert all(str(path) in mistakes(tmp_path) for path in paths)


def test_a_folder_without_agreements(tmp_path: Path) -> None:
    assert mistakes(tmp_path) == (
        f"{tmp_path}: no agreement here; write one version as <version>.yml (docs/agreement.md)"
    )


def test_tables_hold_what_was_agreed(write: Write, valid: str, tmp_path: Path) -> None:
    """Of 1 000 in deals of 100: 10 deals, 20 SQL, 40 MQL, each worth 25; by events 40 MQL."""
    write(valid)
    with duckdb.connect() as connection:
        counts = write_tables(connection, read_agreements(tmp_path))
        assert list(counts) == list(TABLES)
        rows = {name: connection.execute(f"from raw.agreement__{name}").fetchall() for name in TABLES}
        # A second build replaces, it does not add.
        assert write_tables(connection, read_agreements(tmp_path)) == counts
        assert len(connection.execute("from raw.agreement__targets").fetchall()) == counts["targets"]
    assert [(row[2], row[4]) for row in rows["lead_types"]] == [("form", 25), ("event", 25)]
    assert [row[2:] for row in rows["targets"]] == [
        ("form", 1, "mql", "sql", 0.5, 0.5, "assumed", None, 20, 0.5, 40, 40, 24, 40, "20 / 0.5 = 40"),
        ("form", 2, "sql", "customer", 0.5, 0.5, "assumed", None, 10, 0.5, 20, 20, 12, 20, "10 / 0.5 = 20"),
        ("form", 3, "customer", None, None, None, None, None, 1000, 100, 10, 10, 6, 10, "1,000 / 100 = 10"),
        ("event", 1, "mql", "customer", 0.25, 0.25, "assumed", None, 10, 0.25, 40, 40, 16, 40, "10 / 0.25 = 40"),
        ("event", 2, "customer", None, None, None, None, None, 1000, 100, 10, 10, 4, 10, "1,000 / 100 = 10"),
    ]
    assert [row[3:] for row in rows["calendar_hours"]] == [(1, 540, 780), (1, 840, 1080)]
    assert rows["holidays"] == [("2026-01", "office", date(2026, 4, 6))]
    clock, value = rows["commitments"]
    assert clock == (
        "2026-01",
        "contact",
        "Contact",
        "sales",
        "clock",
        "mql",
        None,
        1440,
        "calendar",
        "office",
        "commitment",
        0.9,
        *[None] * 4,
        "excused",
        None,
        10080,
        None,
        None,
        0,
    )
    terms = (*[None] * 7, "month", "quota_month", False, *[None] * 7)
    assert value == ("2026-01", "value", "Value", "marketing", "lead_value", *terms)
    assert rows["commitment_activities"] == [("2026-01", "contact", "call", "attempt", False)]
    assert rows["commitment_excuses"] == []


def test_personas_keep_their_place(put: Put, tmp_path: Path) -> None:
    text = """
personas:
  specifier: {name: Specifier, titles: [Interior_designer, 50%]}
  buyer: {name: Buyer, titles: [Buyer]}
"""
    path = tmp_path / "a.yml"
    put("a.yml", "a", "2026-01-01")
    path.write_text(path.read_text() + text)
    rows = agreement_rows(read_agreements(tmp_path))["personas"]
    assert [astuple(row) for row in rows] == [
        ("a", 1, "specifier", "Specifier", "%interior!_designer%"),
        ("a", 1, "specifier", "Specifier", "%50!%%"),
        ("a", 2, "buyer", "Buyer", "%buyer%"),
    ]


@pytest.mark.parametrize(
    ("counts", "rows_of_activities"),
    [
        ("[call, call, task]", [("call", "attempt"), ("task", "attempt")]),
        ("{call: conversation, email: contact}", [("call", "conversation"), ("email", "contact")]),
        ("contact", [("call", "contact"), ("email", "contact"), ("meeting", "contact")]),
    ],
)
def test_what_counts_is_laid_out_with_the_least_class(
    valid: str, write: Write, tmp_path: Path, counts: str, rows_of_activities: list
) -> None:
    agreed = f"counts: {counts}\n    counts_sequences: true\n    already_in_contact: 2d"
    write(valid.replace("counts: [call]", agreed), "one.yml")
    rows = agreement_rows(read_agreements(tmp_path))
    found = [astuple(row)[2:] for row in rows["commitment_activities"]]
    assert found == [(*row, True) for row in rows_of_activities]
    assert rows["commitments"][0].already_in_contact_minutes == 2880
