"""Formats of numbers, money, flags and empty values: read correctly, asked for, or rejected with the reason."""

import re
import tempfile
from decimal import Decimal
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from orchestration.lib.ingestion import FormatHints
from orchestration.lib.ingestion.cell_formats import CURRENCY_CODES
from orchestration.lib.ingestion.currencies import CODES, named_by
from tests.unit.ingestion.ingested import Crm


@pytest.fixture
def crm(tmp_path: Path) -> Crm:
    return Crm(tmp_path)


@pytest.mark.parametrize(
    ("cell", "amount", "currency"),
    [
        ("$1,117.10K", "1117100.00", "$"),
        ("$342.09K", "342090.00", "$"),
        ("2.5M", "2500000.00", None),
        ("€ 1.234,56", "1234.56", "EUR"),
        ("1 234,56", "1234.56", None),
        ("1\u202f234,56 €", "1234.56", "EUR"),
        ("1'234.50", "1234.50", None),
        ("CHF 1’234’567.50", "1234567.50", "CHF"),
        ("(1,234.50)", "-1234.50", None),
        ("($5.10)", "-5.10", "$"),
        ("-$5.10", "-5.10", "$"),
        ("\u22125.10", "-5.10", None),
        ("USD 12", "12.00", "USD"),
        ("12.00 EUR", "12.00", "EUR"),
        ("R$ 1.234.567", "1234567.00", "BRL"),
        ("₹ 1,23,456.00", "123456.00", "INR"),
        ("1234,5", "1234.50", None),
        ("1e3", "1000.00", None),
    ],
)
def test_money(crm: Crm, cell: str, amount: str, currency: str | None) -> None:
    assert crm.ingest("amount", cell).rows_loaded == 1, crm.reasons()
    assert crm.values("amount, currency") == [(Decimal(amount), currency)]
    crm.ingest("ratio", cell)
    assert crm.values("ratio") == [float(amount)]


@pytest.mark.parametrize("cell", ["12 %", "1,2,3", "1.2.3", "12 pieces", "(5", "1,234.56.7", "$", "--5", "NaN", "1 2"])
def test_an_invalid_number_is_rejected(crm: Crm, cell: str) -> None:
    for column in ("amount", "ratio", "seats"):
        assert crm.ingest(column, cell).rows_rejected == 1


def test_the_decimal_mark_is_decided_by_all_values(crm: Crm) -> None:
    crm.ingest("amount", "1.234", "1.234,50", "7")
    assert crm.values("amount") == [Decimal("1234.00"), Decimal("1234.50"), Decimal("7.00")]
    crm.ingest("amount", "1,234", "0.50")
    assert crm.values("amount") == [Decimal("1234.00"), Decimal("0.50")]
    crm.ingest("amount", "1,234", "0.50", "0.60", "7,5")
    assert crm.reasons() == ["column amount: '7,5' is not a decimal(18, 2)"]
    crm.ingest("ratio", "1.234")
    assert crm.values("ratio") == [1.234]


@pytest.mark.parametrize(
    ("column", "cell"), [("amount", "1,234"), ("amount", "$1.234"), ("ratio", "1,234"), ("seats", "1.000")]
)
def test_an_open_decimal_mark_is_asked_for(crm: Crm, column: str, cell: str) -> None:
    file = crm.ingest(column, "5", cell)
    assert file.reason == (
        f"line 3, column {column}: '{cell}' is thousands or a fraction, and no value of the column decides which; "
        "set decimal_mark: . or , for crm in reference/systems.csv"
    )
    number = {mark: float(cell.strip("$").replace("," if mark == "." else ".", "").replace(",", ".")) for mark in ".,"}
    for mark in ".,":
        crm.ingest(column, "5", cell, hints=FormatHints(decimal_mark=mark))
        assert float(crm.values(column)[1]) == pytest.approx(number[mark], abs=0.005)


def test_programs_write_a_point(crm: Crm) -> None:
    assert crm.ingest("amount", "12.345", file="deals.utc.csv").rows_loaded == 1
    (crm.folder / "deals.jsonl").write_text('{"amount": 1.234}\n')
    assert crm.ingest("amount", "12.345", file="deals.utc.csv").file == "deals.jsonl"
    assert crm.values("amount") == [Decimal("1.23"), Decimal("12.35")]


def test_whole_numbers(crm: Crm) -> None:
    crm.ingest("seats", "1,234", "5.0", "2.5K", "1 000", "-7", "(8)", "1,234,567")
    assert crm.values("seats") == [1234, 5, 2500, 1000, -7, -8, 1234567]
    crm.ingest("seats", "1.234.567", "1.000")
    assert crm.values("seats") == [1234567, 1000]
    crm.ingest("seats", "1.5", "2.5e1", "99999999999999999999")
    assert crm.values("seats") == []


def test_flags_and_placeholders(crm: Crm) -> None:
    crm.ingest("is_won", "TRUE", "no", "1", "f", "Yes", " select ", "")
    assert crm.values("is_won") == [True, False, True, False, True, None, None]
    crm.ingest("currency", "EUR", "000000000000000AAA", "Selected")
    assert crm.values("currency") == ["EUR", None, "Selected"]


@given(st.sampled_from([*CODES, *CURRENCY_CODES.split("|"), "USD$", "AUD$"]), st.booleans(), st.integers(1, 999))
@settings(max_examples=25)
def test_a_sign_that_names_a_currency_is_the_currency(mark: str, is_before: bool, whole: int) -> None:
    with tempfile.TemporaryDirectory() as folder:
        crm = Crm(Path(folder))
        crm.ingest("amount", f"{mark} {whole}.50" if is_before else f"{whole}.50 {mark}")
        named = named_by(mark)
        assert crm.values("amount, currency") == [(Decimal(f"{whole}.50"), named)]
        assert named
        assert re.fullmatch("[A-Z]{3}", named)


@pytest.mark.parametrize(
    ("cell", "code"), [("Euro", "EUR"), ("US Dollar", "USD"), ("£", "GBP"), ("chf", "chf"), ("$", "$")]
)
def test_a_column_of_currencies_has_codes_signs_or_names(crm: Crm, cell: str, code: str) -> None:
    crm.ingest("currency", cell)
    assert crm.values("currency") == [code]


@pytest.mark.parametrize(
    ("cell", "stated", "is_loaded"),
    [("$ 10.50", "CAD", True), ("$ 10.50", "EUR", False), ("10.50 kr", "SEK", True), ("R$ 10.50", "EUR", True)],
)
def test_a_sign_of_several_currencies_must_suit_the_currency_of_the_system(
    crm: Crm, cell: str, stated: str, is_loaded: bool
) -> None:
    report = crm.ingest("amount", cell, hints=FormatHints(currency=stated))
    assert report.rows_loaded == int(is_loaded), crm.reasons()
    assert is_loaded or "column amount: $, but reference/systems.csv: EUR; correct it there" in crm.reasons()[0]
