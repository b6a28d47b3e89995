{%- set label -%}
    cast(null as string) as clause,
    'label' as record_type,
    system || ':' || label as record_id,
    cast(null as string) as person_id,
    cast(null as string) as owner_id,
    cast(null as string) as agreement_version,
    cast(null as timestamp) as happened_at
{%- endset -%}

-- The words of deals and of invoices, of which an unknown one counts as nothing.
with
    opportunities as (select * from {{ ref("fct_opportunities") }}),

    revenue as (select * from {{ ref("int_revenue") }}),

    subscriptions as (select * from {{ ref("int_subscriptions") }}),

    deal_kinds as (
        select
            system,
            coalesce(deal_type_label, '(none)') || ' in ' || coalesce(pipeline_label, '(none)') as label,
            is_new_business is not null as is_known,
            count(*) as row_count,
            cast(coalesce(sum(amount_reporting), 0) as string) as amount
        from opportunities
        group by 1, 2, 3
    ),

    billing_states as (
        select system, 'invoice' as record_type, state_label, exclusion_reason
        from revenue
        where state_label is not null
        union all
        select system, 'subscription' as record_type, state_label, exclusion_reason
        from subscriptions
        where state_label is not null
    ),

    counted_states as (
        select
            system,
            record_type || ' ' || state_label as label,
            coalesce(exclusion_reason <> 'state not in billing_states', true) as is_known,
            count(*) as row_count
        from billing_states
        group by 1, 2, 3
    )

select
    'known_deal_kinds' as guard,
    {{ label }},
    row_count,
    case
        when not is_known
        then
            'the deal type and pipeline "'
            || label
            || '" of '
            || system
            || ' are in no list of deal kinds: '
            || amount
            || ' is in no figure of new business'
    end as reason
from deal_kinds
union all
select
    'known_billing_states' as guard,
    {{ label }},
    row_count,
    case
        when not is_known
        then 'the state "' || label || '" of ' || system || ' is not in billing_states: it counts as no money'
    end as reason
from counted_states
