"""The version in force: both signatures are needed where a signed one is in force; until then a draft is a draft."""

from collections.abc import Callable
from datetime import date
from pathlib import Path

import duckdb
import pytest

from orchestration.lib.agreement.reading import read_agreements
from orchestration.lib.agreement.signing import sign
from orchestration.lib.agreement.tables import write_tables
from orchestration.lib.agreement.versions import in_force_on, latest_in_force, standings

Write = Callable[..., Path]
# Version by version: first day, last day if it is written, who signs. Then status and days in force.
CASES: dict[str, tuple[list[tuple], list[tuple]]] = {
    "two drafts follow each other": (
        [("01-01", None, ""), ("04-01", None, "")],
        [("draft", "01-01", "03-31"), ("draft", "04-01", None)],
    ),
    "a draft never ends a signed one": (
        [("01-01", None, "ms"), ("04-01", None, "")],
        [("signed", "01-01", None), ("waiting", None, None)],
    ),
    "one signature is not enough": (
        [("01-01", None, "ms"), ("04-01", None, "m")],
        [("signed", "01-01", None), ("waiting", None, None)],
    ),
    "both signatures are": (
        [("01-01", None, "ms"), ("04-01", None, "ms")],
        [("signed", "01-01", "03-31"), ("signed", "04-01", None)],
    ),
    "a signed one that has ended does not block a draft": (
        [("01-01", "03-31", "ms"), ("04-01", None, "")],
        [("signed", "01-01", "03-31"), ("draft", "04-01", None)],
    ),
    "the signed one goes on to the next signed one": (
        [("01-01", None, "ms"), ("04-01", None, "s"), ("07-01", None, "ms"), ("10-01", None, "")],
        [("signed", "01-01", "06-30"), ("waiting", None, None), ("signed", "07-01", None), ("waiting", None, None)],
    ),
    "a draft before the first signed one": (
        [("01-01", None, "m"), ("04-01", None, "ms")],
        [("draft", "01-01", "03-31"), ("signed", "04-01", None)],
    ),
    "a draft with an end waits as well": (
        [("01-01", None, "ms"), ("04-01", "06-30", ""), ("07-01", None, "")],
        [("signed", "01-01", None), ("waiting", None, None), ("waiting", None, None)],
    ),
}
ROLES = {"m": ("Ada Neri", "marketing"), "s": ("Ugo Riva", "sales")}


def day(text: str | None) -> date | None:
    return date.fromisoformat(f"2026-{text}") if text else None


def put(write: Write, valid: str, versions: list[tuple]) -> None:
    for number, (starts, ends, _) in enumerate(versions):
        text = valid.replace('"2026-01"', f'"v{number}"').replace("2026-01-01", f"2026-{starts}")
        write(text.replace("company:", f"effective_to: 2026-{ends}\ncompany:") if ends else text, f"v{number}.yml")


@pytest.mark.parametrize(("versions", "expected"), CASES.values(), ids=CASES)
def test_what_is_in_force(write: Write, valid: str, tmp_path: Path, versions: list, expected: list) -> None:
    put(write, valid, versions)
    for number, (*_, roles) in enumerate(versions):
        for role in roles:
            sign(tmp_path, f"v{number}", *ROLES[role], date(2026, 1, 1))
    found = standings(read_agreements(tmp_path))
    assert [(each.status, each.effective_from, each.effective_to) for each in found] == [
        (status, day(starts), day(ends)) for status, starts, ends in expected
    ]


def test_a_waiting_version_is_only_in_the_table_of_versions(write: Write, valid: str, tmp_path: Path) -> None:
    put(write, valid, [("01-01", None, ""), ("04-01", None, "")])
    sign(tmp_path, "v0", "Ada Neri", "marketing", date(2026, 1, 2))
    sign(tmp_path, "v0", "Ugo Riva", "sales", date(2026, 1, 3))
    waiting = sign(tmp_path, "v1", "Ugo Riva", "sales", date(2026, 3, 1))
    assert "Until both have signed, the version before it goes on, also after 2026-04-01." in waiting.sentences()
    agreements = read_agreements(tmp_path)
    assert latest_in_force(agreements).version == "v0"
    with duckdb.connect() as connection:
        counts = write_tables(connection, agreements)
        rows = connection.execute("""
            select
                agreement_version, status, effective_from, agreed_from_date, marketing_signed_by, marketing_signed_date,
                sales_signed_by, sales_signed_date, missing_signatures
            from raw.agreement__versions
        """).fetchall()
        names = [name for name in counts if name != "versions" and counts[name]]
        query = "select distinct agreement_version from raw.agreement__"
        laid_out = {name: connection.execute(f"{query}{name}") for name in names}
        assert {version for found in laid_out.values() for version in found.fetchall()} == {("v0",)}
    first, second = (date(2026, 1, 1), date(2026, 4, 1))
    assert rows == [
        ("v0", "signed", first, first, "Ada Neri", date(2026, 1, 2), "Ugo Riva", date(2026, 1, 3), None),
        ("v1", "waiting", None, second, None, None, "Ugo Riva", date(2026, 3, 1), "marketing"),
    ]


def test_what_was_changed_after_signing_counts_as_not_signed(write: Write, valid: str, tmp_path: Path) -> None:
    """The build stops before it is used (seals.py); nothing else may take it for signed either."""
    put(write, valid, [("01-01", None, "")])
    for role in ROLES.values():
        sign(tmp_path, "v0", *role, date(2026, 1, 1))
    path = tmp_path / "v0.yml"
    path.write_text(path.read_text().replace("deal_size: 100", "deal_size: 101"))
    (version,) = read_agreements(tmp_path)
    assert version.missing_signatures == ["marketing", "sales"]
    assert not version.is_signed


@pytest.mark.parametrize(
    ("on", "version"), [("2025-12-31", "v0"), ("2026-03-31", "v0"), ("2026-05-01", "v0"), ("2026-07-01", "v2")]
)
def test_the_version_of_a_day_is_not_one_that_waits(
    write: Write, valid: str, tmp_path: Path, on: str, version: str
) -> None:
    put(write, valid, [("01-01", None, ""), ("04-01", None, ""), ("07-01", None, "")])
    for name in ("v0", "v2"):
        for role in ROLES.values():
            sign(tmp_path, name, *role, date(2026, 1, 1))
    assert in_force_on(read_agreements(tmp_path), date.fromisoformat(on)).version == version
