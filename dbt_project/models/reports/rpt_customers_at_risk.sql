-- Why an account that pays a subscription may leave, each reason by itself: no score adds them up.
with
    months as (select * from {{ ref("fct_recurring_revenue") }}),

    customers as (
        select account_id, closing_amount as recurring_amount
        from months
        where closing_amount > 0 and month_date = (select max(month_date) from months)
    ),

    -- What led to an earlier leaving does not count again: only what came since it last paid nothing.
    returns as (
        select account_id, max(closing_date) as returned_after_date
        from months
        where closing_amount = 0
        group by account_id
    ),

    tickets as (
        select
            account_id,
            created_date,
            waited_hours,
            row_number() over (partition by account_id order by waited_hours desc, ticket_id) as place
        from {{ ref("fct_tickets") }}
        where not is_answered and is_reply_known and waited_hours > 24
    ),

    answers as (
        select
            *,
            row_number() over (
                partition by account_id, feedback_type order by given_at desc, score, feedback_id
            ) as place
        from {{ ref("fct_feedback") }}
    ),

    contractions as (
        select
            months.account_id,
            max(months.closing_date) as happened_date,
            sum(months.opening_amount - months.closing_amount) as lost_amount
        from months
        cross join {{ ref("dim_build") }} as build
        left join returns on months.account_id = returns.account_id
        where
            months.movement = 'contraction'
            and {{ days_apart("months.closing_date", "build.as_of_date") }} <= 90
            and months.closing_date > coalesce(returns.returned_after_date, date '0001-01-01')
        group by months.account_id
    ),

    -- Silence is known until the first of the systems with activities ends.
    covered as (
        select {{ local_date("min(first_at)") }} as first_date, min(system_last_date) as last_date
        from {{ ref("fct_source_freshness") }}
        where entity = 'activities'
    ),

    contacts as (
        select activity_id, happened_date, opportunity_id
        from {{ ref("fct_activities") }}
        where (activity_class in ('contact', 'conversation') or is_inbound) and activity_type <> 'opt_out'
    ),

    contacted as (
        select persons.account_id, contacts.happened_date
        from {{ ref("dim_person") }} as persons
        left join {{ ref("fct_activity_persons") }} as links on persons.person_id = links.person_id
        left join contacts on links.activity_id = contacts.activity_id
        where persons.account_id is not null
        union all
        select opportunities.account_id, contacts.happened_date
        from contacts
        inner join
            {{ ref("fct_opportunities") }} as opportunities
            on contacts.opportunity_id = opportunities.opportunity_id
        where opportunities.account_id is not null
    ),

    silences as (
        select
            last_contacts.account_id,
            last_contacts.happened_date,
            {{ days_apart("coalesce(last_contacts.happened_date, covered.first_date)", "covered.last_date") }}
            as days
        from
            (
                select account_id, max(happened_date) as happened_date from contacted group by account_id
            ) as last_contacts
        cross join covered
    ),

    reasons as (
        select
            account_id,
            'unanswered_ticket' as reason,
            created_date as reason_date,
            waited_hours as figure,
            'hours' as figure_unit,
            cast(null as string) as reason_given,
            cast(null as decimal(24, 6)) as late_amount
        from tickets
        where place = 1
        union all
        select account_id, 'detractor', given_date, score, 'points', null, null
        from answers
        where feedback_type = 'nps' and place = 1 and nps_class = 'detractor'
        union all
        select account_id, 'contraction', happened_date, cast(lost_amount as double), 'amount', null, null
        from contractions
        union all
        select
            answers.account_id, 'reason_to_leave', answers.given_date, null, null, answers.reason_label, null
        from answers
        left join returns on answers.account_id = returns.account_id
        where
            answers.feedback_type = 'churn'
            and answers.place = 1
            and answers.given_date > coalesce(returns.returned_after_date, date '0001-01-01')
        union all
        select account_id, 'no_contact', happened_date, days, 'days', null, null
        from silences
        where days > 90
        union all
        select
            account_id,
            'late_invoice',
            min(due_date),
            max(days_late),
            'days',
            null,
            case when count(*) = count(amount_reporting) then sum(amount_reporting) end
        from {{ ref("fct_late_invoices") }}
        group by account_id
    )

select
    customers.account_id,
    accounts.account_name,
    reasons.reason,
    reasons.reason_date,
    cast(reasons.figure as double) as figure,
    cast(reasons.figure_unit as string) as figure_unit,
    cast(reasons.reason_given as string) as reason_given,
    cast(reasons.late_amount as decimal(24, 6)) as late_amount,
    cast(customers.recurring_amount as decimal(24, 6)) as recurring_amount
from customers
inner join reasons on customers.account_id = reasons.account_id
left join {{ ref("dim_account") }} as accounts on customers.account_id = accounts.account_id
