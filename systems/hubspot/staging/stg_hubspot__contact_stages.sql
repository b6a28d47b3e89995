-- When a deal is opened HubSpot makes its contacts an Opportunity, and when it is won Customers; through the
-- company the others too. That is one event and counts once: from the deal, for its own contact. A renewal
-- makes nobody a customer, nor does a deal that is not won any more. What no deal explains is the contact's.
with
    stage_entries as (
        select person_record_id, changed_field, stage_label, entered_at, entered_after_at, is_from_history
        from {{ ref("stg_hubspot__contact_stage_entries") }}
        union all
        select person_record_id, changed_field, stage_label, entered_at, null, false
        from {{ ref("stg_hubspot__contact_present_stages") }}
    ),

    persons as (select * from {{ ref("stg_hubspot__persons") }}),

    deal_contacts as (select * from {{ ref("stg_hubspot__deal_contacts") }}),

    opportunities as (
        select
            *,
            coalesce(is_new_business, false) as is_new,
            coalesce(closing_entered_at, closed_at) as ended_at,
            {{
                dbt.dateadd(
                    "day", -1, "least(coalesce(created_at, closed_at), coalesce(closed_at, created_at))"
                )
            }} as began_after
        from {{ ref("stg_hubspot__opportunities") }}
    ),

    -- A portal's own word for a customer is one by stage_labels.
    meanings as (
        select stage_label, max(stage) as stage
        from {{ ref("stg_reference__stage_labels") }}
        where system = 'hubspot' and stage in ('opportunity', 'customer')
        group by stage_label
    ),

    entries as (
        select
            stage_entries.*,
            'contact:'
            || stage_entries.person_record_id
            || ':'
            || stage_entries.stage_label
            || case
                when stage_entries.is_from_history or stage_entries.entered_after_at is not null
                then ':' || cast(stage_entries.entered_at as string)
                when stage_entries.entered_at is null
                then ':today'
                else ''
            end as stage_change_record_id,
            case when stage_entries.changed_field = 'lifecycle stage' then meanings.stage end as stage
        from stage_entries
        left join meanings on {{ folded_word("stage_entries.stage_label") }} = meanings.stage_label
    ),

    deals_of_contacts as (
        select
            opportunities.*,
            deal_contacts.contact_id,
            max(case when opportunities.is_new and opportunities.is_closed then 1 else 0 end) over (
                partition by deal_contacts.contact_id
            )
            = 1 as has_ended_deal
        from opportunities
        inner join deal_contacts on opportunities.opportunity_record_id = deal_contacts.deal_id
    ),

    explained_by_deal as (
        select entries.stage_change_record_id
        from entries
        inner join deals_of_contacts as deals on entries.person_record_id = deals.contact_id
        where
            entries.stage is not null
            and case
                -- That of today without a date shows that somebody was set back, where no deal ended.
                when deals.is_new and (entries.stage = 'opportunity' or deals.is_won)
                then entries.entered_at is not null or deals.has_ended_deal
                when entries.entered_at is null
                then deals.is_new
                -- From the day before until the day after; of what was won or is open, ever since.
                else
                    coalesce(
                        entries.entered_at >= deals.began_after
                        and (
                            not deals.is_closed
                            or (deals.is_won and entries.stage = 'customer')
                            or {{ minutes_between("deals.ended_at", "entries.entered_at") }} <= 1440
                        ),
                        true
                    )
            end
    ),

    -- Of the contacts of its company, what they became on the day of the deal.
    days as (
        select account_record_id, 'opportunity' as stage, {{ local_date("created_at") }} as happened_date
        from opportunities
        where person_record_id is not null or not is_new
        union
        select account_record_id, 'customer', {{ local_date("ended_at") }}
        from opportunities
        where is_won and (person_record_id is not null or not is_new)
    ),

    explained as (
        select stage_change_record_id
        from explained_by_deal
        union
        select entries.stage_change_record_id
        from entries
        inner join persons on entries.person_record_id = persons.person_record_id
        inner join
            days
            on persons.account_record_id = days.account_record_id
            and entries.stage = days.stage
            and {{ local_date("entries.entered_at") }} = days.happened_date
    ),

    own_entries as (
        select *
        from entries
        where
            not exists (
                select 1
                from explained
                where entries.stage_change_record_id = explained.stage_change_record_id
            )
    ),

    -- Who was a customer when the record was created was one before: no lead that was won.
    imported as (
        select own_entries.person_record_id, max(own_entries.entered_at) as entered_at
        from own_entries
        inner join persons on own_entries.person_record_id = persons.person_record_id
        where
            own_entries.stage = 'customer'
            and {{ minutes_between("persons.created_at", "own_entries.entered_at") }} <= 1
        group by own_entries.person_record_id
    )

select own_entries.*
from own_entries
left join imported on own_entries.person_record_id = imported.person_record_id
where
    imported.person_record_id is null
    or own_entries.entered_at is null
    or own_entries.entered_at > imported.entered_at
