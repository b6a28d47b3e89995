"""One version of the agreement: every mistake names file, line, field and remedy (conftest.py has a valid one)."""

import re
from collections.abc import Callable
from datetime import date
from pathlib import Path

import pytest

from orchestration.lib.agreement.reading import AgreementError, read_agreement, read_agreements
from orchestration.lib.agreement.rows import agreement_rows

PROJECT = Path(__file__).resolve().parents[3]
FOLDERS = [PROJECT / "seeds" / "agreements", *sorted((PROJECT / "examples").glob("*/agreements"))]

Write = Callable[..., Path]


def mistake(path: Path) -> str:
    with pytest.raises(AgreementError) as caught:
        read_agreement(path)
    return str(caught.value)


@pytest.mark.parametrize("folder", FOLDERS, ids=lambda folder: folder.parent.name)
def test_the_agreements_of_this_project_are_valid(folder: Path) -> None:
    assert read_agreements(folder)


def test_a_valid_agreement(write: Write, valid: str) -> None:
    agreement = read_agreement(write(valid))
    assert agreement.effective_from == date(2026, 1, 1)
    assert not agreement.is_signed


# What is replaced, by what; the line (from 1), the field, and a part of the message.
MISTAKES = {
    "missing": ("tolerance: 0.1\n", "", 1, "tolerance", "Field required; add the field"),
    "missing within": ("    deal_size: 100\n", "", 5, "revenue_streams.shop.deal_size", "add the field"),
    "misspelt": ("tolerance:", "tolerence:", 33, "tolerence", "remove it, or correct its spelling"),
    "wrong type": ("amount: 1000", "amount: much", 7, "revenue_streams.shop.quota.amount", "found 'much'"),
    "not positive": (
        "deal_size: 100",
        "deal_size: 0",
        8,
        "revenue_streams.shop.deal_size",
        "greater than 0; found '0'",
    ),
    "above 1": ("rates: {mql_to_customer: 0.25}", "rates: {mql_to_customer: 25}", 15, "event.rates", "found '25'"),
    "unknown stage": ("mql_to_customer", "hot_to_customer", 15, "event.rates", "<stage>_to_<stage> with lead, mql"),
    "no step": ("mql_to_customer", "mql_customer", 15, "event.rates", "'mql_customer' is not a step"),
    "chain broken": ("sql_to_customer", "sal_to_customer", 12, "form.rates", "after sql comes sal_to_customer"),
    "chain open": (", sql_to_customer: 0.5", "", 12, "form.rates", "the last rate must lead to customer"),
    "shares": ("share_of_quota: 0.4", "share_of_quota: 0.5", 5, "revenue_streams.shop", "they add up to 1.1"),
    "hours overlap": ('"14:00-18:00"', '"12:45-18:00"', 19, "calendars.office.hours", "monday: the hours overlap"),
    "off the quarter": ('"14:00-18:00"', '"14:10-18:00"', 19, "calendars.office.hours", "on a quarter of an hour"),
    "reversed": ('"14:00-18:00"', '"18:00-14:00"', 19, "calendars.office.hours", "opening must come before closing"),
    "no hours": ('"14:00-18:00"', '"2 to 6 pm"', 19, "calendars.office.hours", "write 09:00-13:00"),
    "no such hour": ('"14:00-18:00"', '"14:00-24:30"', 19, "calendars.office.hours", "write 00:00 to 24:00"),
    "past midnight": ('"14:00-18:00"', '"14:00-24:15"', 19, "calendars.office.hours", "write 00:00 to 24:00"),
    "over midnight": (
        '"14:00-18:00"',
        '"20:00-08:00"',
        19,
        "calendars.office.hours",
        "20:00-24:00 and on the next",
    ),
    "never open": ('monday: ["09:00-13:00", "14:00-18:00"]', "monday: []", 19, "calendars.office.hours", "never let"),
    "unknown day": ("monday:", "moonday:", 20, "calendars.office.hours.moonday", "'monday'"),
    "unknown calendar": (
        "calendar: office",
        "calendar: shop",
        29,
        "commitments.contact.calendar",
        "'shop', which is not under",
    ),
    "unknown zone": (
        "time_zone: Europe/Rome, growth",
        "time_zone: Rome, growth",
        3,
        "company.time_zone",
        "write Europe/Rome",
    ),
    "unknown kind": ("kind: lead_value", "kind: leads", 32, "commitments.value", "'clock', 'cadence', 'lead_value'"),
    "unknown activity": ("counts: [call]", "counts: [phone]", 30, "commitments.contact.counts.0", "found 'phone'"),
    "unknown class": ("counts: [call]", "counts: {call: void}", 30, "commitments.contact.counts.call", "found 'void'"),
    "activity as a class": ("counts: [call]", "counts: call", 30, "commitments.contact.counts", "'attempt', 'contact'"),
    "nothing counts": ("counts: [call]", "counts: {}", 30, "commitments.contact.counts", "add one"),
    "no time": (
        "counts: [call]",
        "counts: [call]\n    already_in_contact: 7",
        31,
        "commitments.contact.already_in_contact",
        "write a text",
    ),
    "in contact with a stage": (
        "counts: [call]",
        "until: sal\n    already_in_contact: 7d",
        23,
        "commitments.contact",
        "'already_in_contact' belongs to a commitment to contact; remove it",
    ),
    "unknown team": ("team: sales", "team: ops", 24, "commitments.contact.team", "found 'ops'"),
    "no such day": (
        "2026-04-06",
        '"2026-04-31"',
        21,
        "calendars.office.holidays.0",
        "'2026-04-31' is not a day of the calendar",
    ),
    "ends before": (
        "company:",
        "effective_to: 2025-12-31\ncompany:",
        3,
        "effective_to",
        "must come after",
    ),
    "unquoted version": (
        '"2026-01"',
        "2026.10",
        1,
        "version",
        "valid string; found '2026.10'; write a text, in quotes",
    ),
    "within": ("within: 24h", "within: 1 day", 27, "commitments.contact.within", "found '1 day'"),
    "which clock": ("clock: calendar", "clock: wall", 28, "commitments.contact.clock", "found 'wall'"),
    # YAML 1.1 would read it as false; it is what is written.
    "off": ("growth: high", "growth: off", 3, "company.growth", "found 'off'; write one of these"),
    "true": ("name: Shop", "name: true", 6, "revenue_streams.shop.name", "valid string; found 'true'"),
    "twice": ("tolerance: 0.1\n", "tolerance: 0.1\ntolerance: 0.2\n", 34, "tolerance", "defined twice; remove one"),
    "twice within": ("deal_size: 100\n", "deal_size: 100\n    deal_size: 9\n", 9, "deal_size", "defined twice"),
}


@pytest.mark.parametrize(("old", "new", "line", "field", "expected"), MISTAKES.values(), ids=MISTAKES)
def test_a_mistake_names_file_line_field_and_remedy(
    write: Write, valid: str, old: str, new: str, line: int, field: str, expected: str
) -> None:
    assert valid.count(old) == 1, "the mistake must be made in one place"
    path = write(valid.replace(old, new))
    message = mistake(path)
    assert message.startswith(f"{path} line ")
    assert field in message
    assert expected in message
    assert f"line {line}: " in message


def test_all_mistakes_of_a_version_are_reported_at_once(write: Write, valid: str) -> None:
    lines = mistake(write(valid.replace("tolerance:", "tolerence:").replace("team: sales", "team: ops"))).splitlines()
    assert len(lines) == 2  # tolerence is tolerance misspelt, which is not missing as well; ops is not a team


def test_what_is_not_an_agreement_at_all(write: Write, tmp_path: Path) -> None:
    assert "line 1: an agreement is a list of fields" in mistake(write(""))
    assert "line 1: an agreement is a list of fields" in mistake(write("- version: 1\n"))
    assert re.search(
        r"line [23]: this is not YAML: .*; correct this line", mistake(write("version: 1\ncompany: {a: [\n"))
    )
    path = tmp_path / "latin.yml"
    path.write_bytes("# ours\nversion: Müller".encode("latin-1"))
    assert mistake(path) == f"{path} line 2: the text is not UTF-8 (invalid start byte); save the file as UTF-8"


def test_words_are_read_as_they_are_written(write: Write, valid: str) -> None:
    """YAML 1.1 would make false of the country, 1440 of the time and a number of the version."""
    text = valid.replace("name: Shop", "name: no").replace('version: "2026-01"', "version: 2026-01")
    agreement = read_agreement(write(text.replace("currency: EUR", "currency: NOK")))
    assert (agreement.version, agreement.revenue_streams["shop"].name) == ("2026-01", "no")


@pytest.mark.parametrize("day", ["2026-01-01", '"2026-01-01"'])
def test_days_may_be_quoted_or_not(write: Write, valid: str, day: str) -> None:
    assert read_agreement(write(valid.replace("2026-01-01", day))).effective_from == date(2026, 1, 1)


@pytest.mark.parametrize(
    ("clause", "expected"),
    [("", (0.9, 3, 7)), ("evidence: {known_share: 0.75, old_after: 30d}\n", (0.75, 3, 30))],
    ids=["omitted", "agreed"],
)
def test_how_much_must_be_known_is_agreed(write: Write, valid: str, clause: str, expected: tuple) -> None:
    (row,) = agreement_rows([read_agreement(write(valid + clause))])["versions"]
    assert (row.known_share_rate, row.behind_after_days, row.old_after_days) == expected


@pytest.mark.parametrize("clause", ["known_share: 0", "known_share: 1.1", "behind_after: 3", "old_after: 1w"])
def test_evidence_is_a_share_and_days(write: Write, valid: str, clause: str) -> None:
    assert f"evidence.{clause.split(':')[0]}" in mistake(write(f"{valid}evidence: {{{clause}}}\n"))
