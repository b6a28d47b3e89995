"""Attribution of the demo against queries that do not read its paths, and the bridge to the closed loop."""

from decimal import Decimal

import pytest

from tests.end_to_end.conftest import Built

pytestmark = pytest.mark.end_to_end

BY_JOURNEY = """
    select date_trunc('month', closed_date)::date, coalesce(channel, 'unattributed'), sum(amount_reporting)
    from marts.fct_opportunities as opportunities left join marts.fct_journeys as journeys using (journey_id)
    where status = 'won' and is_new_business group by all order by all
"""
BY_TOUCHES = """
    select date_trunc('month', closed_date)::date, attribution_model, channel, sum(attributed_amount)
    from marts.fct_attribution inner join marts.fct_opportunities using (opportunity_id)
    where path_scope = 'account' and conversion = 'won' group by all order by all
"""
# The first and the last touch of each deal won: 90 days back and since the deal before, of the persons of {owner}.
BY_HAND = """
    with ended as (
        select
            opportunity_id,
            {owner} as owner,
            case
                when timezone('Europe/Rome', timezone('UTC', closed_at)) = closed_date
                then timezone('UTC', timezone('Europe/Rome', (closed_date + 1)::timestamp))
                else closed_at
            end as until_at
        from marts.fct_opportunities
        where status = 'won' and is_new_business
    ),
    deals as (select *, lag(until_at) over (partition by owner order by until_at) as since_at from ended),
    persons as (
        select account_id as owner, person_id from marts.dim_person
        union select person_id, person_id from marts.dim_person
    ),
    touches as (
        select * from marts.fct_touchpoints where touch_label <> 'machine open'
        qualify coalesce(touched_at - lag(touched_at) over (
            partition by person_id, channel, campaign_label order by touched_at, touchpoint_id
        ) > interval 30 minutes, true)
    )
    select
        opportunity_id,
        coalesce(min_by(channel, (touched_at, touchpoint_id)), 'unattributed'),
        coalesce(max_by(channel, (touched_at, touchpoint_id)), 'unattributed')
    from deals
    left join (
        select deals.opportunity_id, touches.*
        from deals
        inner join persons using (owner)
        inner join touches on persons.person_id = touches.person_id
        where touched_at < until_at and touched_at >= greatest(until_at - interval 90 days, since_at)
    ) using (opportunity_id)
    group by all order by all
"""
FOUND = """
    select opportunity_id, min(channel) filter (attribution_model = 'first_touch'),
        min(channel) filter (attribution_model = 'last_touch')
    from marts.fct_attribution where path_scope = '{scope}' and conversion = 'won' group by all order by all
"""


@pytest.mark.parametrize(("scope", "owner"), [("account", "coalesce(account_id, person_id)"), ("person", "person_id")])
def test_first_and_last_touch_are_those_of_a_query_by_hand(demo: Built, scope: str, owner: str) -> None:
    expected = demo.query(BY_HAND.format(owner=owner))
    assert len(expected) == 288
    assert demo.query(FOUND.format(scope=scope)) == expected


@pytest.mark.parametrize(
    ("columns", "amount", "figures"),
    [
        ("month_date, channel", "won_amount", BY_JOURNEY),
        ("month_date, attribution_model, channel", "attributed_amount", BY_TOUCHES),
    ],
)
def test_the_bridge_adds_up_in_every_month(demo: Built, columns: str, amount: str, figures: str) -> None:
    """Of the demo, to the cent, by both ways; the way of the journey is the same for every model."""
    one = "" if "model" in columns else " and attribution_model = 'linear'"
    # A channel has a row where either way has the deal.
    kept = "credit > 0" if "model" in columns else "channel = journey_channel"
    sums = (
        f"select {columns}, sum({amount}) from reports.rpt_channel_bridge where {kept}{one} group by all order by all"
    )
    found = demo.query(sums)
    assert len(found) > 60
    assert found == demo.query(figures)


def test_the_bridge_has_the_figures_of_the_demo(demo: Built) -> None:
    sums = "select sum(won_amount), sum(attributed_amount) from reports.rpt_channel_bridge where channel = 'Event'"
    assert demo.query(f"{sums} and attribution_model = 'first_touch'") == [
        (Decimal("200506.467"), Decimal("124935.308"))
    ]
