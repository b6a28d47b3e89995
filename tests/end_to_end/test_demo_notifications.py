"""What a lead does that the demo's agreement names, from the touchpoints of the copy by SQL of this test alone."""

import pytest

from tests.end_to_end.conftest import Built

pytestmark = pytest.mark.end_to_end
# Of journeys that have not ended, or were recycled; with sales from the first stage beyond the handoff's.
EXPECTED = """
    with
        touches as (
            select person_id, touched_at,
                if(content_label like '%/pricing%', 'pricing_page', 'quote_request') as about
            from marts.fct_touchpoints
            where content_label like '%/pricing%' or (touch_label like '%form' and content_label = 'Request a quote')
        ),
        journeys as (
            select fct_journeys.*, least(mql_at, sal_at, sql_at, opportunity_at, customer_at) as with_sales_from,
                if(fct_handoffs.answer = 'recycled_by_default', answered_at, null) as silent_at
            from marts.fct_journeys left join marts.fct_handoffs using (journey_id)
        ),
        notified as (
            select about, journey_id, strftime(timezone('Europe/Rome', timezone('UTC', touched_at)), '%Y-%m-%d') as day,
                case
                    when touched_at >= coalesce(closed_at, customer_at) then if(outcome = 'recycled', 'warmed_up', null)
                    when touched_at >= silent_at or touched_at < coalesce(with_sales_from, 'infinity') then 'warmed_up'
                    else 'key_touch'
                end as event
            from touches inner join journeys using (person_id) cross join marts.dim_build
            where touched_at > entered_at and touched_at < coalesce(next_entered_at, 'infinity')
                and touched_at > as_of - interval 7 days
        )
    select distinct event || ':' || journey_id || ':' || about || ':' || day from notified where event is not null
"""


def test_a_key_touch_of_an_open_journey_notifies_once_a_day(demo: Built) -> None:
    found = demo.query(
        "select notification_id from marts.fct_notifications where event = 'key_touch' "
        "or (event = 'warmed_up' and about not like 'grade %')"
    )
    assert sorted(found) == sorted(demo.query(EXPECTED))
    assert {row[0].partition(":")[0] for row in found} == {"key_touch", "warmed_up"}


def test_a_grade_that_rises_is_the_one_of_that_day(demo: Built) -> None:
    """The score of the copy is that of the as-of; whose grade rose last and has not faded has that grade still."""
    found = demo.query("""
        select notifications.about, persons.grade
        from marts.fct_notifications as notifications
        inner join marts.fct_person_scores as persons using (person_id)
        where notifications.event = 'grade_rose' and persons.is_current
        qualify row_number() over (partition by person_id order by notifications.occurred_at desc) = 1
    """)
    assert len(found) > 5
    assert {about for about, _ in found} <= {"grade A1", "grade B1"}
    assert sum(about == f"grade {grade}" for about, grade in found) > len(found) / 2
