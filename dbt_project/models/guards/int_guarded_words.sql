{%- set label -%}
    cast(null as string) as clause,
    'label' as record_type,
    system || ':' || label as record_id,
    cast(null as string) as person_id,
    cast(null as string) as owner_id,
    cast(null as string) as agreement_version,
    cast(null as timestamp) as happened_at
{%- endset -%}

-- The words of deals and of invoices, of which an unknown one counts as nothing, and the reasons for which
-- sales declined leads, of which an unknown one has no class: it excuses nothing and gives no value back.
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
            {{ amount_text("cast(sum(amount_reporting) as decimal(24, 6))") }} as amount
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

    transitions as (select * from {{ ref("fct_stage_transitions") }}),

    reasons as (select * from {{ source("agreement", "handoff_reasons") }}),

    -- A version without a list of reasons asks for none.
    decline_reasons as (
        select
            transitions.stage as system,
            transitions.reason_label as label,
            reasons.reason_label is not null as is_known,
            count(distinct transitions.stage_transition_id) as row_count
        from transitions
        inner join
            (select distinct agreement_version from reasons) as versions
            on transitions.agreement_version = versions.agreement_version
        left join
            reasons
            on transitions.agreement_version = reasons.agreement_version
            and {{ folded_word("transitions.reason_label") }} = {{ folded_word("reasons.reason_label") }}
        where transitions.stage in ('rejected', 'disqualified') and transitions.reason_label is not null
        group by 1, 2, 3
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
            || case when amount is null then 'their deals are' else amount || ' is' end
            || ' in no figure of new business'
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
union all
select
    'known_decline_reasons' as guard,
    {{ label }},
    row_count,
    case
        when not is_known
        then
            'the reason "'
            || label
            || '" for '
            || system
            || ' is in no class of handoff.reasons: it excuses nothing and gives no value back'
    end as reason
from decline_reasons
