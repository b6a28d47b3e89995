{%- set splits = {
    "channel": "channel",
    "source": "source_label",
    "campaign": "campaign_label",
    "persona": "persona",
} -%}

with
    reasons as (select * from {{ ref("fct_reasons") }}),

    journeys as (select * from {{ ref("fct_journeys") }}),

    persons as (select * from {{ ref("dim_person") }}),

    -- Spellings of one reason are one; of a customer whom no person is known for, nothing is known of the
    -- source.
    labelled as (
        select
            reasons.reason_of,
            reasons.motive,
            reasons.pain,
            reasons.reason_class,
            min(reasons.reason_label) over (
                partition by {{ folded_word("reasons.reason_label") }}
            ) as reason_label,
            coalesce(journeys.channel, persons.channel, 'unattributed') as channel,
            coalesce(journeys.source_label, persons.source_label, 'unattributed') as source_label,
            coalesce(persons.campaign_label, '(none)') as campaign_label,
            coalesce(journeys.persona, persons.persona, 'unknown') as persona
        from reasons
        left join journeys on reasons.journey_id = journeys.journey_id
        left join persons on reasons.person_id = persons.person_id
    ),

    parts as (
        select 'all' as split, cast(null as string) as part, labelled.*
        from labelled
        {% for split, column in splits.items() %}
            union all
            select '{{ split }}' as split, {{ column }} as part, labelled.*
            from labelled
        {% endfor %}
    ),

    counted as (
        select
            split,
            part,
            reason_of,
            coalesce(motive, '(no reason)') as motive,
            reason_label,
            pain,
            reason_class,
            count(*) as reasons
        from parts
        group by split, part, reason_of, motive, reason_label, pain, reason_class
    )

select
    *,
    cast(sum(reasons) over same_part as bigint) as part_reasons,
    reasons / cast(sum(reasons) over same_part as double) as share_rate,
    row_number() over (
        partition by split
        order by
            reason_of,
            part,
            case when reason_label is null then 1 else 0 end,
            reasons desc,
            motive,
            reason_label,
            pain,
            reason_class
    ) as place
from counted
window same_part as (partition by split, part, reason_of)
