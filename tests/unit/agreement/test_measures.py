"""Measures that are counts, and what contradicts them: each refused with the field and a remedy."""

import pytest
from pydantic import ValidationError

from orchestration.lib.agreement.measures import Measure

CALLS = {"team": "sales", "kind": "measure", "measures": "attempts", "at_least": 120, "per": "week"}


def test_a_number_of_work_may_be_promised_per_week() -> None:
    measure = Measure.model_validate(CALLS)
    assert (measure.at_least, measure.per, measure.figure.unit) == (120, "week", "count")


@pytest.mark.parametrize(
    ("changed", "remedy"),
    [
        ({"at_least": 1.5}, "write a whole number for 'at_least'"),
        ({"at_least": 0}, "greater than 0"),
        ({"at_most": 3}, "give that, and not 'at_most'"),
        ({"at_least": None}, "is limited by 'at_least'"),
        ({"least_cases": 5}, "remove 'least_cases'"),
        ({"team": "marketing"}, "write 'team: sales'"),
        ({"measures": "leads_decided"}, "write 'team: marketing'"),
        ({"measures": "new_leads"}, "write 'team: marketing'"),
        ({"requires": ["owner"]}, "give it for that measure only"),
        ({"measures": "win_rate"}, "write at most 1 for 'at_least'"),
        ({"per": "day"}, "'week', 'month' or 'quarter'"),
    ],
)
def test_what_does_not_fit_a_number_is_refused(changed: dict, remedy: str) -> None:
    with pytest.raises(ValidationError, match=remedy):
        Measure.model_validate(CALLS | changed)
