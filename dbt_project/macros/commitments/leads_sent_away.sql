{#-
    The CTE `leads_sent_away`: the journeys of `handoffs` that left the funnel after the handoff. One that left on the day of its handoff
    may have done so before it.
-#}
{% macro leads_sent_away() -%}
    leads_sent_away as (
        select handoffs.journey_id
        from handoffs
        inner join
            {{ ref("fct_stage_transitions") }} as transitions on handoffs.journey_id = transitions.journey_id
        where
            transitions.stage in ('recycled', 'disqualified', 'lost')
            and not transitions.is_left_again
            and transitions.entered_at >= handoffs.handed_over_at
        group by handoffs.journey_id
    )
{%- endmacro %}
