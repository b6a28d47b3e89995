-- What an invoice or a subscription in a state is worth to the figures, by the company's own rows,
-- else by the product's (an empty system is any); the reason why it is not money, if it is not. Whether it
-- is paid, the product's words show too where the company's row does not.
with
    own as (
        select distinct system, record_type, {{ folded_word("state_label") }} as state_label, meaning
        from {{ source("reference", "billing_states") }}
    ),

    known as (
        select
            cast(null as string) as system,
            record_type,
            {{ folded_word("state_label") }} as state_label,
            meaning,
            is_paid
        from {{ ref("known_billing_states") }}
    ),

    states as (
        select
            own.system,
            own.record_type,
            own.state_label,
            case when own.meaning in ('paid', 'unpaid') then 'billed' else own.meaning end as meaning,
            case
                own.meaning when 'paid' then true when 'unpaid' then false when 'billed' then known.is_paid
            end as is_paid,
            true as is_own
        from own
        left join known on own.record_type = known.record_type and own.state_label = known.state_label
        union all
        select *, false as is_own
        from known
    )

select
    *,
    case
        meaning
        when 'not_issued'
        then 'invoice draft or void'
        when 'uncollectible'
        then 'invoice uncollectible'
        when 'refunded'
        then 'invoice refunded'
        when 'never_paid'
        then 'never paid for'
        when 'not_paying'
        then 'paused or unpaid'
    end as exclusion_reason
from states
