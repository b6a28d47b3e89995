"""Cells as spreadsheets and web pages leave them: invisible characters, blanks, ids that have become numbers."""

import re
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from orchestration.lib.source_tables import Column, SourceTable
from tests.unit.ingestion.ingested import Crm

BLANKS = " \t\n\r\v\f\x85\xa0\u1680\u2002\u2007\u2009\u200a\u2028\u2029\u202f\u205f\u3000"
INVISIBLE = "\xad\u061c\u180e\u200b\u200c\u200d\u200e\u200f\u202a\u202b\u202c\u202d\u202e\u2060\u2061\u2066\u2069\ufeff"
AROUND = st.text(st.sampled_from(BLANKS + INVISIBLE), max_size=4)
# A value of each type, and how it is read.
VALUES = {
    "label": ("Anna Prova", "Anna Prova"),
    "deal_id": ("00QDm0000aBcDeF", "00QDm0000aBcDeF"),
    "amount": ("1,234.50", "1234.50"),
    "day": ("2026-03-04", "2026-03-04"),
    "moment": ("4 Mar 2026 16:05", "2026-03-04 16:05:00"),
    "seats": ("17", "17"),
    "is_won": ("true", "true"),
}
KINDS = ("varchar", "varchar", "decimal(18, 2)", "date", "timestamp", "bigint", "boolean")
TABLE = SourceTable(
    "crm",
    "deals",
    ("*deals*",),
    (),
    tuple(Column(*pair) for pair in zip(VALUES, KINDS, strict=True)),
    placeholders=("n/a",),
)
IDS = SourceTable(
    "crm",
    "deals",
    ("*deals*",),
    (),
    (Column("deal_id", "varchar"), Column("contact_ids", "varchar"), Column("note", "varchar")),
)
LOST = "so digits are lost; export it again, without opening it in a spreadsheet such as Excel"


@pytest.fixture
def crm(tmp_path: Path) -> Crm:
    return Crm(tmp_path)


@settings(max_examples=15)
@given(around=st.lists(st.tuples(AROUND, AROUND), min_size=len(VALUES) * 3, max_size=len(VALUES) * 3))
def test_what_is_around_a_cell_changes_no_value(
    tmp_path_factory: pytest.TempPathFactory, around: list[tuple[str, str]]
) -> None:
    crm = Crm(tmp_path_factory.mktemp("cells"))
    written = [cell for cell, _ in VALUES.values()] * 2
    header = [label + (" " + after).rstrip("\n\r") for label, (_, after) in zip(VALUES, around, strict=False)]
    wrapped = [before + cell + after for cell, (before, after) in zip(written, around[len(VALUES) :], strict=True)]
    lines = [header, wrapped[: len(VALUES)], wrapped[len(VALUES) :]]
    text = "\n".join(",".join('"' + cell + '"' for cell in line) for line in lines) + "\n"
    (crm.folder / "deals.csv").write_bytes(text.encode())
    report = crm.ingest_file(TABLE)
    assert (report.rows_loaded, report.reason, crm.reasons()) == (2, None, [])
    read = crm.values(", ".join(f"{name}::varchar" for name in VALUES))
    assert read == [tuple(value for _, value in VALUES.values())] * 2


@pytest.mark.parametrize(
    ("cell", "read"),
    [
        ("an\u200bna@\u2060prova.example", "anna@prova.example"),
        ("an\u200dna@prova.example", "anna@prova.example"),
        ("Closed\xa0Won", "Closed Won"),
        ("Line one\nline two\n", "Line one\nline two"),
        # The joiner belongs to the word.
        ("\u0645\u06cc\u200c\u062e\u0648\u0627\u0647\u0645", "\u0645\u06cc\u200c\u062e\u0648\u0627\u0647\u0645"),
        ('=""007""', "007"),
        (" \u200b ", None),
        ("\u200bN/A\xa0", None),
    ],
)
def test_texts(crm: Crm, cell: str, read: str | None) -> None:
    assert crm.ingest("label", cell.replace('""', '"'), table=TABLE).rows_loaded == 1
    assert crm.values("label") == [read]


@settings(max_examples=15)
@given(ids=st.lists(st.from_regex(r"[0-9]{1,30}", fullmatch=True), min_size=1, max_size=20))
def test_digits_survive(tmp_path_factory: pytest.TempPathFactory, ids: list[str]) -> None:
    crm = Crm(tmp_path_factory.mktemp("ids"))
    ids = [text for text in ids if not re.fullmatch(r"\d{15}00+", text)]
    crm.ingest("deal_id", *ids, table=IDS)
    assert crm.values("deal_id") == ids


@settings(max_examples=15)
@given(
    numbers=st.lists(
        st.from_regex(r"[+-]?([0-9][.,][0-9]{0,9}[eE][+-]?|[0-9]{1,3}[eE]\+)[0-9]{1,3}", fullmatch=True), min_size=1
    ),
    others=st.lists(st.sampled_from(["12", "A12", "1;2"])),
)
def test_no_scientific_number_loads_as_an_id(
    tmp_path_factory: pytest.TempPathFactory, numbers: list[str], others: list[str]
) -> None:
    crm = Crm(tmp_path_factory.mktemp("ids"))
    for column in ("deal_id", "contact_ids"):
        report = crm.ingest(column, *others, *numbers, table=IDS)
        assert (report.rows_loaded, report.rows_rejected) == (len(others), len(numbers))
        assert crm.values(column) == others
        assert crm.ingest("note", *numbers, table=IDS).rows_loaded == len(numbers)


def test_the_reason_of_a_lost_id(crm: Crm) -> None:
    crm.ingest("deal_id", "120213", "1,20213E+11", table=IDS)
    assert crm.reasons() == [f"column deal_id: '1,20213E+11' is an id in scientific notation, {LOST}"]
    crm.ingest("contact_ids", "7;1.2E+11", table=IDS)
    assert crm.reasons() == [f"column contact_ids: '7;1.2E+11' is an id in scientific notation, {LOST}"]


@pytest.mark.parametrize(
    ("cells", "read"),
    [
        (("301.0", "302.0", "7"), ["301", "302", "7"]),  # a program read them as numbers
        (("301,0", "A7"), ["301", "A7"]),
        (("301.0", "301.1"), ["301.0", "301.1"]),  # the point is part of the id
        (("9007199254740993.0", "12.0"), ["12"]),  # too long for such a number
        (("1,234", "12", "120,213,456"), ["1234", "12", "120213456"]),
        (("1.234", "12"), ["1.234", "12"]),  # one point does not decide
        (("1.234.567", "12"), ["1234567", "12"]),
        (("1,234", "1.234.567"), ["1,234", "1.234.567"]),
        (("0,123", "1,234"), ["0,123", "1,234"]),
        (("007", "'008", "0"), ["007", "008", "0"]),
        (("1E5", "17"), ["17"]),
        (("1E5", "17A"), ["1E5", "17A"]),  # ids of letters and digits
        (("5e10", "0b7f"), ["5e10", "0b7f"]),
        (("120213456789012000", "120213456789013000"), []),  # a spreadsheet keeps 15 digits
        (("120213456789012000", "120213456789012345"), ["120213456789012000", "120213456789012345"]),
        (("12345678901234500",), ["12345678901234500"]),
    ],
)
def test_ids_are_restored_rejected_or_kept(crm: Crm, cells: tuple[str, ...], read: list[str]) -> None:
    report = crm.ingest("deal_id", *cells, table=IDS)
    assert crm.values("deal_id") == read
    assert report.rows_rejected == len(cells) - len(read)


def test_lists_of_ids_are_not_grouped_numbers(crm: Crm) -> None:
    crm.ingest("contact_ids", "120,213,456", table=IDS)
    assert crm.values("contact_ids") == ["120,213,456"]


SPEND = SourceTable(
    "crm", "deals", ("*deals*",), (), (Column("cost", "decimal(18, 6)", labels=("Spend",), required=True),)
)


@pytest.mark.parametrize(
    ("label", "cell", "cost"),
    [
        ("Cost micros", "1250000", "1.250000"),
        ("spend_micros", "1", "0.000001"),
        ("Spend (in micros)", "-333333", "-0.333333"),
        ("Cost", "0.004999", "0.004999"),
    ],
)
def test_micros_are_millionths_and_decimals_are_kept(crm: Crm, label: str, cell: str, cost: str) -> None:
    assert crm.ingest(label, cell, table=SPEND).rows_loaded == 1
    assert crm.values("cost::varchar") == [cost]


def test_a_price_of_three_decimals_may_be_thousands(crm: Crm) -> None:
    report = crm.ingest("cost", "1.234", table=SPEND)
    assert report.status == "refused"
    assert "decimal_mark" in (report.reason or "")


@pytest.mark.parametrize(
    ("amount", "currency", "is_loaded"),
    [
        ("$ 10.00", "EUR", False),
        ("10.00 CHF", "EUR", False),
        ("€ 10.00", "eur", True),
        ("$ 10.00", "CAD", True),
        ("10.00", "CHF", True),
        ("$ 10.00", "", True),
        ("(CHF 10.00)", "CHF", True),
    ],
)
def test_two_currencies_in_a_row_are_rejected(crm: Crm, amount: str, currency: str, is_loaded: bool) -> None:
    (crm.folder / "deals.csv").write_text(f"amount,currency\n{amount},{currency}\n")
    report = crm.ingest_file()
    assert (report.rows_loaded, report.rows_rejected) == (int(is_loaded), int(not is_loaded)), crm.reasons()
    if not is_loaded:
        assert "but column currency: EUR; correct the one that is wrong" in crm.reasons()[0]
