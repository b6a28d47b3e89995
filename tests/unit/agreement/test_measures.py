"""Measures that are counts or points, and what contradicts them: each refused with the field and a remedy."""

from pathlib import Path

import pytest
from pydantic import ValidationError

from orchestration.lib.agreement import commitment_contract as contract
from orchestration.lib.agreement.measures import Measure
from orchestration.lib.agreement.reading import read_agreement
from orchestration.lib.agreement.rows import agreement_rows
from tests.unit.agreement.edited import base, write

CALLS = {"team": "sales", "kind": "measure", "measures": "attempts", "at_least": 120, "per": "week"}


def test_a_number_of_work_may_be_promised_per_week() -> None:
    measure = Measure.model_validate(CALLS)
    assert (measure.at_least, measure.per, measure.figure.unit) == (120, "week", "count")


@pytest.mark.parametrize(
    ("changed", "remedy"),
    [
        ({"at_least": 1.5}, "write a whole number above 0"),
        ({"at_least": 0}, "write a whole number above 0"),
        ({"at_least": -100}, "write a whole number above 0"),
        ({"at_most": 3}, "give that, and not 'at_most'"),
        ({"at_least": None}, "is limited by 'at_least'"),
        ({"least_cases": 5}, "remove 'least_cases'"),
        ({"team": "marketing"}, "write 'team: sales'"),
        ({"measures": "leads_decided"}, "write 'team: marketing'"),
        ({"measures": "new_leads"}, "write 'team: marketing'"),
        ({"measures": "website_visits"}, "write 'team: marketing'"),
        ({"measures": "form_submissions"}, "write 'team: marketing'"),
        ({"revenue_streams": ["retail"]}, "remove 'revenue_streams'"),
        ({"requires": ["owner"]}, "give it for that measure only"),
        ({"within": "24h"}, "give it for that measure only"),
        ({"measures": "win_rate"}, "write a number above 0, at most 1"),
        ({"measures": "customers_contacted"}, "write a number above 0, at most 1"),
        ({"measures": "net_promoter_score"}, "write a number from -100 to 100"),
        ({"per": "day"}, "'week', 'month' or 'quarter'"),
    ],
)
def test_what_does_not_fit_a_number_is_refused(changed: dict, remedy: str) -> None:
    with pytest.raises(ValidationError, match=remedy):
        Measure.model_validate(CALLS | changed)


SATISFIED = CALLS | {"measures": "net_promoter_score", "per": "quarter"}
SHARES = ("win_rate", "customers_contacted", "customer_retention")
ANSWERED = SATISFIED | {"measures": "tickets_answered", "at_least": 0.9, "within": "24h"}


@pytest.mark.parametrize("limit", [-100, -12.5, 0, 40, 100])
def test_points_may_be_nought_or_less(limit: float) -> None:
    measure = Measure.model_validate(SATISFIED | {"at_least": limit, "least_cases": 10})
    assert (measure.at_least, measure.least_cases, measure.figure.unit) == (limit, 10, "points")


@pytest.mark.parametrize(
    ("changed", "remedy"),
    [
        ({"at_least": -100.5}, "greater than or equal to -100"),
        ({"at_least": 100.5}, "write a number from -100 to 100"),
        ({"at_least": None, "at_most": 40}, "is limited by 'at_least'"),
        ({"at_least": 0, "team": "marketing"}, "write 'team: sales'"),
        *[({"at_least": 0, "measures": share}, "write a number above 0, at most 1") for share in SHARES],
        *[({"at_least": -1, "measures": share}, "write a number above 0, at most 1") for share in SHARES],
        *[({"at_least": 0.5, "measures": share, "team": "marketing"}, "write 'team: sales'") for share in SHARES[1:]],
    ],
)
def test_what_does_not_fit_points_or_a_share_is_refused(changed: dict, remedy: str) -> None:
    with pytest.raises(ValidationError, match=remedy):
        Measure.model_validate(SATISFIED | changed)


@pytest.mark.parametrize(
    ("changed", "remedy"),
    [
        ({"within": None}, "such as 24h; give it for that measure only"),
        ({"within": "1 day"}, "should match pattern"),
        ({"within": "0h"}, "should match pattern"),
        ({"at_least": 90}, "write a number above 0, at most 1"),
        ({"team": "marketing"}, "write 'team: sales'"),
        ({"measures": "customer_retention"}, "give it for that measure only"),
    ],
)
def test_an_answer_is_asked_for_within_a_time(changed: dict, remedy: str) -> None:
    assert Measure.model_validate(ANSWERED).within_minutes == 1440
    with pytest.raises(ValidationError, match=remedy):
        Measure.model_validate(ANSWERED | changed)


def test_the_streams_and_the_unit_of_a_measure_are_laid_out(tmp_path: Path) -> None:
    content = base()
    content["commitments"] |= {
        "score": SATISFIED | {"at_least": -5},
        "answer": ANSWERED | {"within": "2d", "revenue_streams": ["small_business"], "least_cases": 20},
        "stay": SATISFIED
        | {"measures": "customer_retention", "at_least": 0.9, "revenue_streams": ["small_business", "enterprise"]},
    }
    path = tmp_path / "2025-10.yml"
    path.write_text(write(content))
    tables = agreement_rows([read_agreement(path)])
    rows = tables["commitment_measures"]
    assert {
        each.commitment: (each.measure, each.at_least, each.unit, each.revenue_streams)
        for each in rows
        if isinstance(each, contract.CommitmentMeasure) and each.commitment in ("answer", "score", "stay", "win_rate")
    } == {
        "answer": ("tickets_answered", 0.9, "share", "|small_business|"),
        "score": ("net_promoter_score", -5, "points", None),
        "stay": ("customer_retention", 0.9, "share", "|small_business|enterprise|"),
        "win_rate": ("win_rate", content["commitments"]["win_rate"]["at_least"], "share", None),
    }
    commitments = [each for each in tables["commitments"] if isinstance(each, contract.Commitment)]
    assert [each.within_minutes for each in commitments if each.commitment in ("answer", "stay")] == [2880, None]


CHEAP = {"team": "marketing", "kind": "measure", "measures": "cost_per_lead", "at_most": 40, "per": "month"}


@pytest.mark.parametrize(
    ("measure", "unit"),
    [
        ({}, "amount"),
        ({"measures": "customer_acquisition_cost", "team": "sales"}, "amount"),
        ({"measures": "revenue", "team": "marketing", "at_least": 250_000_000, "at_most": None}, "amount"),
        ({"measures": "revenue_growth_year", "per": "quarter", "at_least": -0.05, "at_most": None}, "ratio"),
        ({"measures": "logo_churn_rate", "team": "sales", "at_most": 0.05}, "share"),
    ],
)
def test_a_kpi_may_be_promised_on_its_better_side(measure: dict, unit: str) -> None:
    """A joint one by either team."""
    assert Measure.model_validate(CHEAP | measure).figure.unit == unit


@pytest.mark.parametrize(
    ("changed", "remedy"),
    [
        ({"per": "week"}, "cost_per_lead has no meaning by week; write 'per: month' or 'per: quarter'"),
        ({"team": "sales"}, "write 'team: marketing'"),
        ({"at_least": 40, "at_most": None}, "is limited by 'at_most'"),
        ({"revenue_streams": ["retail"]}, "a figure of the whole company; remove 'revenue_streams'"),
        ({"measures": "logo_churn_rate", "team": "sales", "at_most": 5}, "write a number above 0, at most 1"),
        ({"measures": "nps"}, "'net_promoter_score'"),
        ({"measures": "sales_cycle_median_days"}, "'sales_cycle_days'"),
    ],
)
def test_what_does_not_fit_a_kpi_is_refused(changed: dict, remedy: str) -> None:
    with pytest.raises(ValidationError, match=remedy):
        Measure.model_validate(CHEAP | changed)
