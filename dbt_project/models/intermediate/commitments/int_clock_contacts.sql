-- What could keep each commitment: calls, e-mails and meetings of the journey, and whatever else the
-- commitment names. is_counted: of the class that it requires, or more. What is dated by day alone may have
-- come at any time of that day: is_sure, if all of them belong to the commitment.
with
    clocks as (select * from {{ ref("int_clocks") }}),

    activities as (
        select
            *,
            coalesce(sequence_class, activity_class) as reached_class,
            {{ latest_of("happened_at") }} as latest_at,
            case
                when not is_inbound
                then null
                when {{ latest_of("tried_until_at") }} <= happened_at
                then tried_until_at
                when {{ latest_of("tried_before_at") }} <= happened_at
                then tried_before_at
            end as surely_tried_at
        from {{ ref("int_person_activities") }}
        where is_contact or is_inbound or sequence_class != 'void'
    ),

    counted_activities as (select * from {{ source("agreement", "commitment_activities") }}),

    joined as (
        select
            clocks.clock_id,
            clocks.started_at,
            activities.*,
            activities.latest_at < clocks.started_at as is_before_start,
            activities.happened_at >= clocks.counts_surely_from
            and activities.latest_at < clocks.counts_to
            and (
                not activities.is_inbound
                or coalesce(activities.surely_tried_at >= clocks.latest_started_at, false)
            ) as is_sure,
            counted_activities.least_class,
            -- What the lead did answers what the company tried since the start; by itself it is not work of
            -- the company.
            activities.is_contact
            or (activities.sequence_class is not null and counted_activities.is_sequence_counted)
            or (
                activities.is_inbound
                and activities.reached_class = 'conversation'
                and activities.tried_until_at >= clocks.started_at
            ) as is_ours
        from clocks
        inner join
            activities
            on clocks.person_id = activities.person_id
            and activities.latest_at >= clocks.counts_from
            and (activities.latest_at >= clocks.started_at or activities.latest_at >= clocks.in_contact_from)
            and activities.happened_at < clocks.counts_to
        left join
            counted_activities
            on clocks.agreement_version = counted_activities.agreement_version
            and clocks.commitment = counted_activities.commitment
            and activities.activity_type = counted_activities.activity_type
        where
            activities.activity_type in ('call', 'email', 'meeting')
            or counted_activities.agreement_version is not null
    )

select
    clock_id,
    activity_id,
    activity_type,
    reached_class as activity_class,
    owner_id,
    happened_at,
    latest_at,
    is_before_start,
    is_sure,
    -- A reply is a conversation, and keeps only commitments to a conversation.
    least_class is not null
    and {{ activity_class_rank("reached_class") }} >= {{ activity_class_rank("least_class") }}
    and (not is_inbound or least_class = 'conversation') as is_counted
from joined
where is_ours
