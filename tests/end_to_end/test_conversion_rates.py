"""The rates of cohorts against a second opinion: Kaplan-Meier one person after the other, shares, money, costs."""

from collections import defaultdict
from datetime import date
from itertools import pairwise
from math import prod

import pytest

from tests.end_to_end.conftest import Built

pytestmark = pytest.mark.end_to_end

STEP = "from_stage, to_stage"
# By which columns a segment divides the journeys.
AXES = {
    "all": "",
    "stream and lead type": "revenue_stream, lead_type,",
    "channel": "channel,",
    "owner": "coalesce(owner_id, '(none)') as owner_id,",
    "all dimensions": "revenue_stream, lead_type, channel, coalesce(owner_id, '(none)') as owner_id,",
}
COHORTS = {
    "month": "date_trunc('month', entered_date)::date",
    "quarter": "date_trunc('quarter', entered_date)::date",
    "all": "null",
}


def remaining(followed: list[tuple[int, bool]], horizon: int) -> float:
    """The share that has not converted at the horizon: a product over the days on which somebody did."""
    share = 1.0
    for day in sorted({days for days, is_reached in followed if is_reached and days <= horizon}):
        at_risk = sum(days >= day for days, _ in followed)
        reached = sum(days == day and is_reached for days, is_reached in followed)
        share *= 1 - reached / at_risk
    return share


def by_person(demo: Built, key: str) -> dict[tuple, list[tuple[int, bool]]]:
    """For every cohort, how long each of its journeys was followed and whether it converted."""
    as_of: date = demo.query("select as_of_date from marts.dim_build")[0][0]
    followed: dict[tuple, list[tuple[int, bool]]] = defaultdict(list)
    for *cohort, entered, reached in demo.query(
        f"select {key}, entered_date, reached_date from marts.fct_stage_conversions"
    ):
        followed[tuple(cohort)].append((max(0, ((reached or as_of) - entered).days), reached is not None))
    return followed


@pytest.mark.parametrize(
    ("period", "segment"),
    [
        ("all", "stream and lead type"),
        ("all", "all"),
        ("quarter", "channel"),
        ("quarter", "owner"),
        ("month", "all dimensions"),
    ],
)
def test_rates_equal_a_second_opinion(demo: Built, period: str, segment: str) -> None:
    followed = by_person(demo, f"{AXES[segment]} {COHORTS[period]} as cohort_date, {STEP}")
    axes = AXES[segment].replace("coalesce(owner_id, '(none)') as ", "")
    rates = demo.query(
        f"""
        select {axes} cohort_date, {STEP}, horizon_days, converted_rate, entered from marts.fct_conversion_rates
        where cohort_period = '{period}' and segment_type = '{segment}' and converted_rate is not null
        """
    )
    assert len(rates) > 40
    assert {tuple(cohort) for *cohort, _, _, _ in rates} <= set(followed)
    for *cohort, horizon, rate, entered in rates:
        members = followed[tuple(cohort)]
        assert entered == len(members)
        assert rate == pytest.approx(1 - remaining(members, horizon), abs=1e-8), (cohort, horizon)


def test_a_mature_cohort_has_its_plain_share(demo: Built) -> None:
    mature = demo.query("select converted_rate, converted / entered from marts.fct_conversion_rates where is_mature")
    assert len(mature) > 100
    assert all(rate == pytest.approx(share, abs=1e-8) for rate, share in mature)


def test_every_rate_is_within_its_interval(demo: Built) -> None:
    rates = demo.query(
        """
        select converted_rate_low, converted_rate, converted_rate_high from marts.fct_conversion_rates
        where converted_rate_high is not null
        """
    )
    assert len(rates) > 1000
    assert all(0 <= low <= rate <= high <= 1 for low, rate, high in rates)
    unbounded = "converted_rate is not null and converted_rate < 1 and converted_rate_high is null"
    assert demo.query(f"select count(*) from marts.fct_conversion_rates where {unbounded}") == [(0,)]


def test_every_segment_counts_everybody_once(demo: Built) -> None:
    sums = "count(*), count(reached_date), count(*) filter (where is_open), sum(won_amount)"
    whole = demo.query(f"select {sums} from marts.fct_stage_conversions")
    assert whole[0][3] > 0
    for period in COHORTS:
        for segment in AXES:
            assert whole == demo.query(
                f"""
                select sum(entered), sum(converted), sum(still_open), sum(won_amount) from reports.rpt_funnel_conversion
                where cohort_period = '{period}' and segment_type = '{segment}'
                """
            ), (period, segment)


def test_value_is_what_the_journeys_won(demo: Built) -> None:
    won = demo.query(
        """
        select journeys.channel, sum(amount_reporting) from marts.fct_opportunities
        inner join marts.fct_journeys as journeys using (journey_id)
        where status = 'won' and is_new_business and mql_at is not null group by all order by all
        """
    )
    assert len(won) > 3
    assert won == demo.query(
        """
        select channel, won_amount from reports.rpt_funnel_conversion
        where cohort_period = 'all' and segment_type = 'channel' and from_stage = 'mql' and to_stage = 'sql'
            and won_amount > 0
        order by channel
        """
    )


def test_what_a_step_costs_equals_a_second_opinion(demo: Built) -> None:
    chains: dict[tuple, list[tuple]] = defaultdict(list)
    for version, stream, lead_type, *step in demo.query(
        """
        select agreement_version, revenue_stream, lead_type, stage, agreed_rate, deal_size
        from marts.dim_target order by step_number
        """
    ):
        chains[(version, stream, lead_type)].append(tuple(step))
    followed = by_person(demo, f"revenue_stream, lead_type, {COHORTS['quarter']} as cohort_date, {STEP}")
    steps = demo.query(
        f"""
        select agreement_version, revenue_stream, lead_type, {STEP}, period_date, horizon_days, entered, cost_amount,
            bottleneck_rank
        from reports.rpt_bottlenecks where compared_with = 'agreement' order by period_date, bottleneck_rank
        """
    )
    assert len(steps) > 20
    for version, stream, lead_type, from_stage, to_stage, quarter, horizon, entered, cost, _ in steps:
        chain = chains[(version, stream, lead_type)]
        place = [stage for stage, _, _ in chain].index(from_stage)
        agreed = [float(rate) for _, rate, _ in chain[place:-1]]
        measured = 1 - remaining(followed[(stream, lead_type, quarter, from_stage, to_stage)], horizon)
        expected = entered * (agreed[0] - measured) * prod(agreed[1:]) * float(chain[0][2])
        assert cost == pytest.approx(expected, abs=0.01), (stream, lead_type, from_stage, quarter)
    for one, other in pairwise(steps):
        if one[5] == other[5]:
            assert one[-1] + 1 == other[-1]
            assert one[-2] >= other[-2], "the dearest comes first"
