{%- set is_shown = "weeks.week_date between shown.first_week_date and shown.last_week_date" %}
-- The work of each team per week: sales by logged activities, marketing by the leads that it touched, scored
-- and handed over.
with
    activities as (select * from {{ ref("fct_activities") }} where activity_class <> 'void'),

    activity_persons as (select * from {{ ref("fct_activity_persons") }}),

    touchpoints as (select * from {{ ref("fct_touchpoints") }}),

    scores as (select * from {{ ref("fct_person_scores") }}),

    handoffs as (select * from {{ ref("fct_handoffs") }}),

    owners as (select * from {{ ref("dim_owner") }}),

    -- An activity has a row for each of its leads, and is counted once.
    sales as (
        select
            {{ week_start("activities.happened_date") }} as week_date,
            activities.*,
            activity_persons.journey_id as lead_id,
            case when is_contact then activities.activity_id end as attempt_id,
            is_contact and activity_type in ('call', 'meeting') and outcome_label is not null as is_logged
        from activities
        inner join activity_persons on activities.activity_id = activity_persons.activity_id
    ),

    -- Each activity counts for its owner, or for nobody, and for the team.
    sales_scopes as (
        select *, owner_id as scope_id, case when owner_id is null then 'no_owner' else 'owner' end as scope
        from sales
        union all
        select *, cast(null as string) as scope_id, 'team' as scope
        from sales
    ),

    sales_weeks as (
        select
            week_date,
            scope,
            scope_id,
            count(distinct case when is_contact then lead_id end) as leads_worked,
            count(distinct activity_id) as activities,
            count(distinct attempt_id) filter (where activity_type = 'call') as calls,
            count(distinct attempt_id) filter (where activity_type = 'email') as messages,
            count(distinct attempt_id) filter (where activity_type = 'meeting') as meetings,
            count(distinct attempt_id) as attempts,
            count(distinct attempt_id) filter (where activity_class <> 'attempt') as contacts,
            count(distinct attempt_id) filter (where activity_class = 'conversation') as conversations,
            count(distinct activity_id) filter (where is_inbound) as inbound,
            count(distinct activity_id) filter (where is_logged) as outcomes_logged
        from sales_scopes
        group by week_date, scope, scope_id
    ),

    -- A lead that sales has already is not nurtured by marketing any more.
    first_handoffs as (
        select person_id, min(handed_over_at) as handed_over_at from handoffs group by person_id
    ),

    marketing as (
        select
            {{ week_start(utc_to_local("touchpoints.touched_at", build_zone())) }} as week_date,
            'nurtured' as work,
            touchpoints.person_id
        from touchpoints
        left join first_handoffs on touchpoints.person_id = first_handoffs.person_id
        where first_handoffs.handed_over_at is null or touchpoints.touched_at < first_handoffs.handed_over_at
        union all
        select
            {{ week_start(utc_to_local("scores.scored_at", build_zone())) }} as week_date,
            'scored' as work,
            scores.person_id
        from scores
        where not scores.is_current
        union all
        select {{ week_start("handed_over_date") }} as week_date, 'handed over' as work, person_id
        from handoffs
    ),

    marketing_weeks as (
        select
            week_date,
            count(distinct person_id) as leads_worked,
            count(distinct case when work = 'nurtured' then person_id end) as leads_nurtured,
            count(distinct case when work = 'scored' then person_id end) as leads_scored,
            count(distinct case when work = 'handed over' then person_id end) as leads_handed_over
        from marketing
        group by week_date
    ),

    weeks as (
        select week_date, 'sales' as team, scope, scope_id as owner_id
        from sales_weeks
        union all
        select week_date, 'marketing' as team, 'team' as scope, cast(null as string) as owner_id
        from marketing_weeks
    ),

    -- A zero is one in the weeks that the files reach; of others it is not known.
    shown as (
        select
            case entity when 'activities' then 'sales' else 'marketing' end as team,
            min({{ week_start(utc_to_local("first_at", build_zone())) }}) as first_week_date,
            max({{ week_start("system_last_date") }}) as last_week_date
        from {{ ref("fct_source_freshness") }}
        where entity in ('activities', 'touchpoints')
        group by entity
    )

select
    weeks.week_date,
    weeks.team,
    weeks.scope,
    weeks.owner_id,
    coalesce(
        owners.owner_name, case weeks.scope when 'no_owner' then '(no owner)' else '(team)' end
    ) as owner_name,
    case
        when weeks.team = 'marketing'
        then marketing_weeks.leads_worked
        when {{ is_shown }}
        then sales_weeks.leads_worked
        else nullif(sales_weeks.leads_worked, 0)
    end as leads_worked,
    sales_weeks.activities,
    {%- for count in "calls messages meetings attempts contacts conversations inbound outcomes_logged".split() %}
        case
            when {{ is_shown }} then sales_weeks.{{ count }} else nullif(sales_weeks.{{ count }}, 0)
        end as {{ count }},
    {%- endfor %}
    sales_weeks.outcomes_logged
    / cast(nullif(sales_weeks.calls + sales_weeks.meetings, 0) as double) as outcome_logged_rate,
    case
        when {{ is_shown }} then marketing_weeks.leads_nurtured else nullif(marketing_weeks.leads_nurtured, 0)
    end as leads_nurtured,
    marketing_weeks.leads_scored,
    marketing_weeks.leads_handed_over
from weeks
left join
    sales_weeks
    on case when weeks.team = 'sales' then weeks.week_date end = sales_weeks.week_date
    and weeks.scope = sales_weeks.scope
    and coalesce(weeks.owner_id, '') = coalesce(sales_weeks.scope_id, '')
left join
    marketing_weeks on case when weeks.team = 'marketing' then weeks.week_date end = marketing_weeks.week_date
left join owners on weeks.owner_id = owners.owner_id
left join shown on weeks.team = shown.team
