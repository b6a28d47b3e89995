"""Amounts in cents are read as such, or asked about; they are never a hundred times too large without a word."""

import pytest

from orchestration.lib.onboarding import OnboardingError
from tests.unit.onboarding.conftest import ANSWERS, Planner, questions, text_of

MODEL = "stg_shop__opportunities.sql"
UNIT = "deals.amount.unit"


def deals(header: str, *cells: str) -> str:
    rows = [f"d-{number},Won,2026-01-{number + 10},2026-02-{number + 10},{cell}" for number, cell in enumerate(cells)]
    return "\n".join([f"Deal Id,Stage,Created,Close date,{header}", *rows]) + "\n"


@pytest.mark.parametrize(
    ("label", "shown", "is_cents"),
    [
        ("value_formatted", ('"$1,200"', "$80.25"), True),
        ("value_formatted", ('"1.200,00 €"', '"80,25 €"'), True),
        ("value_formatted", ('"$120,000"', '"$8,025"'), False),
        ("Value (display)", ("$1200", "$80"), True),
    ],
)
def test_a_column_that_shows_the_amount_decides(
    plan: Planner, label: str, shown: tuple[str, str], is_cents: bool
) -> None:
    text = deals(f"value,{label}", f"120000,{shown[0]}", f"8025,{shown[1]}")
    made = plan(ANSWERS, deals=text)
    assert UNIT not in questions(made)
    assert ("value / 100 as amount" in text_of(made, MODEL)) == is_cents
    assert any("value is in cents" in note for note in made.notes) == is_cents


def test_what_a_column_shows_otherwise_is_asked(plan: Planner) -> None:
    text = deals("value,value_formatted", "120000,$1000", "8025,$80.25")
    assert questions(plan(ANSWERS, deals=text))[UNIT] == ("whole", "cents")


def test_whole_numbers_with_a_currency_of_their_own_are_asked(plan: Planner) -> None:
    text = deals("value,value_currency", "120000,USD", "8025,USD")
    assert questions(plan(ANSWERS, deals=text))[UNIT] == ("whole", "cents")
    assert "value / 100 as amount" in text_of(plan(ANSWERS | {UNIT: "cents"}, deals=text), MODEL)
    assert "/ 100" not in text_of(plan(ANSWERS | {UNIT: "whole"}, deals=text), MODEL)
    with_decimals = deals("value,value_currency", "1200.00,USD", "80.25,USD")
    assert questions(plan(ANSWERS, deals=with_decimals)) == {}


def test_a_label_says_it_and_an_answer_is_one_of_two(plan: Planner) -> None:
    text = deals("Amount (cents)", "120000", "8025")
    assert "/ 100 as amount" in text_of(plan(ANSWERS, deals=text), MODEL)
    with pytest.raises(OnboardingError, match="write whole or cents"):
        plan(ANSWERS | {UNIT: "pennies"}, deals=text)
