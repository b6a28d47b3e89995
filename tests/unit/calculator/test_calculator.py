"""The calculator: what is typed is read or refused with a remedy, and follows from the same function everywhere."""

import json
import re
from fractions import Fraction
from html import unescape
from urllib.parse import parse_qsl

import duckdb
import pytest
from hypothesis import given
from hypothesis import strategies as st
from typer.testing import CliRunner

from orchestration import settings
from orchestration.cli import app
from orchestration.lib.agreement.document import Agreement
from orchestration.lib.agreement.reading import read_agreements
from orchestration.lib.calculator.figures import (
    InputError,
    agreed_fields,
    calculate,
    read_amount,
    read_inputs,
    read_share,
)
from orchestration.lib.calculator.text import as_text
from orchestration.lib.calculator.wording import PROBLEMS, SENTENCES
from orchestration.lib.language import speaking
from orchestration.lib.pages import render_calculator
from orchestration.lib.pages.calculator import in_braces
from tests.unit.pages.page_tables import EMPTY, lay_out

FIELDS = {"quota": "500000", "deal_size": "2000"}
RATES = {"mql_to_sql": "0.34", "sql_to_opportunity": "82%", "opportunity_to_customer": "0,23"}


@pytest.fixture(scope="module")
def agreement() -> Agreement:
    return read_agreements(settings.DEMO_COMPANY / "agreements")[0]


def test_the_worked_example() -> None:
    calculation = calculate(read_inputs(FIELDS, RATES))
    assert [target.needed for target in calculation.plan.targets] == [3900, 1326, 1087, 250]
    assert round(float(calculation.plan.lead_value), 1) == 128.2
    assert (calculation.target_leads, calculation.leads_per_month, calculation.capacity) == (3900, 325, None)
    # 250 / 0.21 = 1,190.5 -> 1,191; / 0.82 = 1,452.4 -> 1,453; / 0.34 = 4,273.5 -> 4,274: 374 more than 3,900.
    lower = calculation.changes[0]
    assert (lower.step.from_stage, lower.rate, lower.leads) == ("opportunity", Fraction(21, 100), 374)


def test_its_table() -> None:
    text = as_text(calculate(read_inputs({**FIELDS, "share": "65%", "reps": "2", "leads_per_rep": "70"}, RATES)), "EUR")
    for line in (
        "Quota EUR 500,000 per year, deals of EUR 2,000",
        "sql          1,087 / 0.82 = 1,325.6, rounded up   1,326            862",
        "One mql is worth EUR 128.21: 500,000 / 3,900.",
        "Target: 2,535 mql per year, 211.2 per month.",
        # 2,535 / 12 = 211.25 of 140.
        "Sales can serve 140 per month; this takes 151 % of it; that is more than sales can serve well.",
        # 4,274 x 0.65 = 2,778.1 -> 2,779.
        "opportunity to customer at 21 % instead of 23 %: 244 leads more",
    ):
        assert line in text


def test_its_figures_are_written_as_the_language_writes_them() -> None:
    with speaking("it"):
        text = as_text(calculate(read_inputs({**FIELDS, "per": "6 months"}, RATES)), "EUR")
    for figures in ("1.087 / 0,82 = 1.325,6", "EUR 128,21", "500.000 / 3.900", "650,0"):
        assert figures in text


@pytest.mark.parametrize(
    ("text", "number"),
    [("500000", 500000), ("500 000", 500000), ("500\u00a0000", 500000), ("1'200'000", 1200000), ("2000,50", "2000.5")],
)
def test_amounts(text: str, number: str | int) -> None:
    assert read_amount(text) == Fraction(number)


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("", "is missing"),
        ("500,000", "write 500000, without separators"),
        ("1.200.000", "write 1200000, without separators"),
        ("0", "must be above 0"),
        ("-5", "is not a number"),
        ("1e9", "is not a number"),
        ("9" * 400, "is not a number"),
        ("٣", "is not a number"),
    ],
)
def test_what_is_not_an_amount(text: str, message: str) -> None:
    with pytest.raises(ValueError, match=message):
        read_amount(text)


@pytest.mark.parametrize(
    ("text", "share"), [("0.34", "0.34"), ("34%", "0.34"), ("34 %", "0.34"), (",5", "0.5"), ("1", 1)]
)
def test_shares(text: str, share: str | int) -> None:
    assert read_share(text) == Fraction(share)


@pytest.mark.parametrize(
    ("text", "message"),
    [("34", "write 34% if"), ("0", "above 0"), ("101%", "at most 1"), ("half", "is not a share"), (" ", "is missing")],
)
def test_what_is_not_a_share(text: str, message: str) -> None:
    with pytest.raises(ValueError, match=message):
        read_share(text)


@given(
    st.dictionaries(st.sampled_from(["quota", "per", "deal_size", "share", "reps", "leads_per_rep"]), st.text()),
    st.dictionaries(st.text(max_size=20), st.text(max_size=8), max_size=3),
)
def test_whatever_is_typed_is_computed_or_refused(fields: dict[str, str], rates: dict[str, str]) -> None:
    problems: set[str] = set()
    try:
        text = as_text(calculate(read_inputs(fields, rates)))
    except InputError as error:
        text, problems = str(error), set(error.problems)
    assert text
    assert problems <= {"rate", *FIELDS, "per", "share", "reps", "leads_per_rep", *rates}


def test_every_problem_is_named_at_its_field() -> None:
    with pytest.raises(InputError) as refused:
        read_inputs({"quota": "500,000", "per": "week", "reps": "1.5"}, {"mql_to_sql": "34"})
    assert set(refused.value.problems) == {"quota", "deal_size", "per", "reps", "leads_per_rep", "mql_to_sql"}
    with pytest.raises(InputError, match="after sql comes opportunity_to_customer"):
        read_inputs(FIELDS, {"mql_to_sql": "0.34", "opportunity_to_customer": "0.23"})


def test_it_starts_from_the_agreement(agreement: Agreement) -> None:
    stream = agreement.revenue_streams["small_business"]
    calculation = calculate(read_inputs(*agreed_fields(stream, stream.lead_types["outbound_prospecting"])))
    # 2,674 x 0.25 = 668.5.
    assert (calculation.plan.targets[0].needed, calculation.target_leads, calculation.capacity) == (2674, 669, 350)
    assert round(float(calculation.plan.lead_value)) == 187


def test_the_page_starts_from_each_agreed_lead_type(agreement: Agreement) -> None:
    """The fields of its links are what the command computes from; what steers is text."""
    with duckdb.connect() as connection:
        lay_out(connection, EMPTY)
        html = render_calculator(connection, [agreement])
    links = [dict(parse_qsl(unescape(typed))) for typed in re.findall(r'href="#([^"]*=[^"]*)"', html)]
    agreed = [
        agreed_fields(stream, each)
        for stream in agreement.revenue_streams.values()
        for each in stream.lead_types.values()
    ]
    assert links == [fields | {step.split("_to_")[0]: rate for step, rate in rates.items()} for fields, rates in agreed]
    page = json.loads(re.search(r'id="calculator-page">(.*?)</script>', html, re.DOTALL)[1])
    assert page["problems"] == in_braces(PROBLEMS)
    assert page["sentences"] == in_braces(SENTENCES)
    assert page["separators"] == [",", "."]
    assert page["problems"]["above_1"] == "'{text}' is above 1: write {share}% if you mean a percentage"


def test_the_verb() -> None:
    run = CliRunner().invoke
    rates = [part for name, rate in RATES.items() for part in ("--rate", f"{name}={rate}")]
    done = run(app, ["calculator", "--quota", "500000", "--deal-size", "2000", *rates])
    assert done.exit_code == 0
    assert "mql          1,326 / 0.34 = 3,900" in done.output
    agreed = run(app, ["calculator", "--stream", "small_business", "--lead-type", "website_form", "--share", "1"])
    assert "1,271 / 0.33 = 3,851.5, rounded up" in agreed.output
    for wrong, message in (
        (["--quota", "5"], "--deal-size is missing"),
        (["--rate", "x"], "write a step and its rate"),
        (["--stream", "x"], "small_business, enterprise"),
        (["--stream", "enterprise"], "website_form, outbound_prospecting, event"),
        (["--lead-type", "event"], "--stream is missing"),
    ):
        refused = run(app, ["calculator", *wrong])
        assert refused.exit_code == 2
        assert message in re.sub(r"[\s│]+", " ", refused.output)
