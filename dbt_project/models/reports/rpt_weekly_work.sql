-- What each team did in each week: sales by what was logged, marketing by what it touched, scored and
-- handed over.
with
    activities as (select * from {{ ref("fct_activities") }}),

    touchpoints as (select * from {{ ref("fct_touchpoints") }}),

    scores as (select * from {{ ref("fct_person_scores") }}),

    handoffs as (select * from {{ ref("fct_handoffs") }}),

    owners as (select * from {{ ref("dim_owner") }}),

    build as (select * from {{ ref("dim_build") }}),

    sales as (
        select
            {{ week_start("happened_date") }} as week_date,
            owner_id,
            journey_id,
            is_contact and activity_type = 'call' as is_call,
            is_contact and activity_type = 'email' as is_email,
            is_contact and activity_type = 'meeting' as is_meeting,
            is_contact,
            is_inbound,
            is_contact and activity_type in ('call', 'meeting') and outcome_label is not null as is_logged
        from activities
    ),

    -- Each activity counts for its owner and for the team.
    sales_scopes as (
        select *, owner_id as scope_id
        from sales
        where owner_id is not null
        union all
        select *, cast(null as varchar) as scope_id
        from sales
    ),

    sales_weeks as (
        select
            week_date,
            scope_id as owner_id,
            count(*) as activities,
            count(*) filter (where is_call) as calls,
            count(*) filter (where is_email) as messages,
            count(*) filter (where is_meeting) as meetings,
            count(*) filter (where is_contact) as contacts,
            count(*) filter (where is_inbound) as inbound,
            count(*) filter (where is_logged) as outcomes_logged,
            count(distinct case when is_contact then journey_id end) as leads_treated
        from sales_scopes
        group by week_date, scope_id
    ),

    -- Who sales has already is not nurtured by marketing any more.
    first_handoffs as (
        select person_id, min(handed_over_at) as handed_over_at from handoffs group by person_id
    ),

    marketing as (
        select
            {{ week_start(utc_to_local("touchpoints.touched_at", "build.time_zone")) }} as week_date,
            'nurtured' as work,
            touchpoints.person_id
        from touchpoints
        cross join build
        left join first_handoffs on touchpoints.person_id = first_handoffs.person_id
        where first_handoffs.handed_over_at is null or touchpoints.touched_at < first_handoffs.handed_over_at
        union all
        select
            {{ week_start(utc_to_local("scores.scored_at", "build.time_zone")) }} as week_date,
            'scored' as work,
            scores.person_id
        from scores
        cross join build
        where not scores.is_current
        union all
        select {{ week_start("handed_over_date") }} as week_date, 'handed over' as work, person_id
        from handoffs
    ),

    marketing_weeks as (
        select
            week_date,
            count(distinct person_id) as leads_treated,
            count(distinct case when work = 'nurtured' then person_id end) as leads_nurtured,
            count(distinct case when work = 'scored' then person_id end) as leads_scored,
            count(distinct case when work = 'handed over' then person_id end) as leads_handed_over
        from marketing
        group by week_date
    ),

    weeks as (
        select
            week_date,
            'sales' as team,
            owner_id,
            leads_treated,
            activities,
            calls,
            messages,
            meetings,
            contacts,
            inbound,
            outcomes_logged,
            outcomes_logged / cast(nullif(calls + meetings, 0) as double) as outcome_logged_rate,
            cast(null as bigint) as leads_nurtured,
            cast(null as bigint) as leads_scored,
            cast(null as bigint) as leads_handed_over
        from sales_weeks
        union all
        select
            week_date,
            'marketing',
            null,
            leads_treated,
            null,
            null,
            null,
            null,
            null,
            null,
            null,
            null,
            leads_nurtured,
            leads_scored,
            leads_handed_over
        from marketing_weeks
    )

select
    weeks.week_date,
    weeks.team,
    weeks.owner_id,
    coalesce(owners.owner_name, '(team)') as owner_name,
    weeks.leads_treated,
    weeks.activities,
    weeks.calls,
    weeks.messages,
    weeks.meetings,
    weeks.contacts,
    weeks.inbound,
    weeks.outcomes_logged,
    weeks.outcome_logged_rate,
    weeks.leads_nurtured,
    weeks.leads_scored,
    weeks.leads_handed_over
from weeks
left join owners on weeks.owner_id = owners.owner_id
