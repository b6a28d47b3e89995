"""A quota by period or with a season: the months that it means, what a lead is worth, and what is refused."""

import csv
import io
from datetime import date
from itertools import pairwise, takewhile
from pathlib import Path
from typing import Any

import pytest

from orchestration.lib.agreement import contract
from orchestration.lib.agreement.company import MONTHS
from orchestration.lib.agreement.reading import AgreementError, read_agreement
from orchestration.lib.agreement.seals import changes
from orchestration.lib.agreement.signing import calculations_csv
from orchestration.lib.agreement.target_rows import target_rows
from orchestration.lib.calculator.figures import agreed_fields, calculate, read_inputs
from orchestration.lib.calculator.text import as_text
from tests.unit.agreement.edited import SEASON, changed, write
from tests.unit.agreement.test_broken_agreements import complaints

PROFILE = dict(zip(MONTHS, SEASON, strict=True))
QUOTA = ("revenue_streams", "small_business", "quota")
ALL_2026 = {"2025-Q4": 90000, "2026-Q1": 100000, "2026-Q2": 110000, "2026-Q3": 200000}
NOT_AN_AMOUNT = ["many", "", None, True, [5], {"a": 1}, -1, 1e16, float("inf"), float("nan")]
NOT_A_PERIOD = [
    "2026",
    "2026-Q0",
    "2026-Q5",
    "2026-00",
    "2026-13",
    "2026-1",
    "26-01",
    "2026-H1",
    "2026Q1",
    "2026-01-01",
]
NOT_A_SHARE = ["much", None, True, -0.1, 1.1, float("nan")]
BROKEN: list[tuple[dict[str, Any], str]] = [
    # No number, or one that no quota can be: the line of the period.
    *(({**ALL_2026, "2026-Q1": amount}, "2026-Q1") for amount in NOT_AN_AMOUNT),
    *(({**ALL_2026, name: 5000}, name) for name in NOT_A_PERIOD),
    # A month twice.
    ({**ALL_2026, "2026-02": 5000}, "2026-02"),
    ({"2025-12": 5000, **ALL_2026}, "2025-Q4"),
    # A hole, or the first month missing: the line of the quota.
    *(({name: 1000 for name in ALL_2026 if name != without}, "") for without in ("2025-Q4", "2026-Q1", "2026-Q2")),
    ({"2026-Q1": 1000}, ""),
    ({"2025-Q3": 1000}, ""),
    ({"2025-10": 1000, "2025-12": 1000}, ""),
    ({"2025-Q4": 0}, ""),
    # Both forms at once, or neither.
    ({"amount": 400000, "per": "year", "2026-Q1": 5000}, "2026-Q1"),
    ({}, "amount"),
    ({"per": "year", "profile": PROFILE}, "amount"),
    # A season.
    *(({"amount": 1, "per": "year", "profile": {**PROFILE, "may": share}}, "profile.may") for share in NOT_A_SHARE),
    ({"amount": 400000, "per": "year", "profile": {**PROFILE, "may": 0.13}}, "profile"),
    ({"amount": 400000, "per": "year", "profile": {**PROFILE, "may": 0.1199999}}, "profile"),
    ({"amount": 400000, "per": "year", "profile": {**PROFILE, "may": 0.1200000001}}, "profile"),
    ({"amount": 400000, "per": "year", "profile": {**PROFILE, "mai": 0}}, "profile.mai"),
    ({"amount": 400000, "per": "year", "profile": {"q1": 0.25}}, "profile.q1"),
    ({"amount": 400000, "per": "year", "profile": {}}, "profile"),
    ({"amount": 400000, "per": "year", "profile": {month: PROFILE[month] for month in MONTHS[:11]}}, "profile"),
    ({"amount": 400000, "per": "year", "profile": 0.5}, "profile"),
    ({"amount": 400000, "per": "quarter", "profile": PROFILE}, ""),
    ({"amount": 400000, "per": "month", "profile": PROFILE}, ""),
]


def line_of(text: str, field: str) -> int:
    """The line of a field of the quota of small_business, by its name; without one, that of the quota."""
    lines = text.splitlines()
    quota = next(n for n in range(lines.index("  small_business:"), len(lines)) if lines[n].startswith("    quota:"))
    block = takewhile(lambda n: lines[n].startswith("      "), range(quota + 1, len(lines)))
    name = field.rpartition(".")[2]
    return next((n for n in block if lines[n].strip().replace("'", "").startswith(f"{name}:")), quota) + 1


@pytest.mark.parametrize(("quota", "field"), BROKEN, ids=lambda value: str(value)[:70])
def test_a_broken_quota_is_refused_with_its_line_and_a_remedy(quota: Any, field: str, tmp_path: Path) -> None:
    text = write(changed(QUOTA, quota))
    lines = complaints(tmp_path / "2025-10.yml", text)
    where = ".".join([*QUOTA, *([field] if field else [])])
    assert any(f"line {line_of(text, field)}: {where}: " in line for line in lines), lines


def test_there_are_forty_of_them_and_the_message_has_what_was_found(tmp_path: Path) -> None:
    assert len(BROKEN) >= 40
    season = {"amount": 1, "per": "year", "profile": {**PROFILE, "may": 0.13}}
    (line,) = complaints(tmp_path / "v.yml", write(changed(QUOTA, season)))
    assert "must add up to 1; they add up to 1.01; correct them" in line
    (line,) = complaints(tmp_path / "v.yml", write(changed(QUOTA, {"2025-Q4": 1, "2026-Q2": 1})))
    assert "there is no quota for 2026-01, a month in which it is in force; add 2026-01 or its quarter" in line


@pytest.mark.parametrize(("ends", "is_valid"), [("2026-09-30", True), ("2026-06-15", True), ("2026-10-01", False)])
def test_a_version_with_an_end_needs_a_quota_until_then(ends: str, is_valid: bool, tmp_path: Path) -> None:
    path = tmp_path / "v.yml"
    path.write_text(write(changed(QUOTA, ALL_2026) | {"effective_to": ends}))
    if is_valid:
        assert read_agreement(path).revenue_streams["small_business"].quota.amount == 500000
    else:
        with pytest.raises(AgreementError, match="there is no quota for 2026-10"):
            read_agreement(path)


def rows(quota: Any, tmp_path: Path, fiscal_year: str = "january") -> list[Any]:
    content = changed(QUOTA, quota)
    content["company"]["fiscal_year_starts"] = fiscal_year
    path = tmp_path / "v.yml"
    path.write_text(write(content))
    return [row for row in target_rows(read_agreement(path)) if getattr(row, "revenue_stream", "") == "small_business"]


def periods(quota: Any, tmp_path: Path, fiscal_year: str = "january") -> list[tuple]:
    return [
        (row.period_name, row.from_month_date, row.to_month_date, row.period_amount, row.period_months)
        for row in rows(quota, tmp_path, fiscal_year)
        if isinstance(row, contract.QuotaPeriod)
    ]


def test_quarters_are_those_of_the_fiscal_year(tmp_path: Path) -> None:
    quota = {"2025-Q3": 90000, "2026-01": 20000, "2026-02": 0, "2026-03": 40000}
    assert periods(quota, tmp_path, "april") == [
        ("2025-Q3", date(2025, 10, 1), date(2025, 12, 1), 90000, 3),
        ("2026-01", date(2026, 1, 1), date(2026, 1, 1), 20000, 1),
        ("2026-02", date(2026, 2, 1), date(2026, 2, 1), 0, 1),
        ("2026-03", date(2026, 3, 1), date(2026, 3, 1), 40000, 1),
    ]
    # In the calendar year it is July to September 2025, before the version begins.
    with pytest.raises(AgreementError, match="no quota for 2025-10"):
        periods(quota, tmp_path)


def test_a_season_divides_the_year(tmp_path: Path) -> None:
    found = rows({"amount": 500000, "per": "year", "profile": PROFILE}, tmp_path)
    season = [row for row in found if isinstance(row, contract.QuotaPeriod)]
    assert [(row.month_number, row.month_share) for row in season] == list(enumerate(SEASON, start=1))
    assert {(row.period_amount, row.period_months, row.from_month_date) for row in season} == {(500000, 1, None)}


@pytest.mark.parametrize("quota", [ALL_2026, {"amount": 500000, "per": "year", "profile": PROFILE}])
def test_a_lead_is_worth_the_same_in_every_month(quota: Any, tmp_path: Path) -> None:
    """500,000 a year need 3,900 leads, whatever its months: each is worth 128.21."""
    flat = rows({"amount": 500000, "per": "year"}, tmp_path)
    varied = rows(quota, tmp_path)
    for kind in (contract.LeadType, contract.Target):
        assert [row for row in varied if isinstance(row, kind)] == [row for row in flat if isinstance(row, kind)]
    (stream,) = (row for row in varied if isinstance(row, contract.Stream))
    assert (stream.quota_amount, stream.quota_period) == (500000, "year")
    signed = list(csv.DictReader(io.StringIO(calculations_csv(read_agreement(tmp_path / "v.yml")))))
    assert (signed[0]["needed"], signed[0]["lead_value"]) == ("3900", "128.21")


@pytest.mark.parametrize(
    ("quota", "period"),
    [
        ({"2025-10": 1}, "month"),
        ({"2025-Q4": 1}, "quarter"),
        ({"2025-Q4": 1, "2026-Q1": 1}, "6 months"),
        ({"2025-Q4": 0.1, "2026-Q1": 0.2, "2026-04": 0.3}, "7 months"),
        (ALL_2026, "year"),
    ],
)
def test_the_whole_quota_is_for_the_listed_periods(quota: Any, period: str, tmp_path: Path) -> None:
    (stream,) = (row for row in rows(quota, tmp_path) if isinstance(row, contract.Stream))
    assert stream.quota_period == period
    assert stream.quota_amount == pytest.approx(sum(quota.values()), abs=1e-12)


def test_the_calculator_starts_from_the_listed_periods(tmp_path: Path) -> None:
    rows({"2025-Q4": 100000, "2026-Q1": 150000}, tmp_path)
    stream = read_agreement(tmp_path / "v.yml").revenue_streams["small_business"]
    calculation = calculate(read_inputs(*agreed_fields(stream, stream.lead_types["website_form"])))
    text = as_text(calculation, "EUR")
    assert "Quota EUR 250,000 per 6 months" in text
    # 125 customers, 544 opportunities, 664 sql, 1,953 mql; 65 % are 1,270, a sixth of them a month.
    assert "Target: 1,270 mql per 6 months, 211.7 per month." in text


def test_a_changed_quota_is_a_clause_of_the_comparison() -> None:
    forms = [{"amount": 500000, "per": "year"}, ALL_2026, {**ALL_2026, "2026-Q3": 210000}]
    found = [[change.sentence() for change in changes(*pair)] for pair in pairwise(forms)]
    assert found[0][:2] == [
        "amount: it was 500000 when it was signed; now it is gone",
        'per: it was "year" when it was signed; now it is gone',
    ]
    assert found[1] == ["2026-Q3: it was 200000 when it was signed; now it is 210000"]
