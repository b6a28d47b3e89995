-- The class of each activity of a known person. A row with the outcome is more specific than the row for any
-- other outcome; of two that are equally specific the company's takes precedence over the product's.
with
    activities as (select * from {{ ref("int_activities") }} where {{ until_as_of("happened_at") }}),

    links as (select * from {{ ref("int_person_links") }} where exclusion_reason is null),

    labels as (
        {{
            reference_words(
                "activity_labels",
                ["activity_label", "outcome_label"],
                ["activity_type", "activity_class", "is_wrong_number"],
            )
        }}
    ),

    classes as (select * from {{ ref("activity_classes") }}),

    explained as (
        select
            activities.*,
            {{ global_id("activities.system", "activities.activity_record_id") }} as activity_id,
            links.person_id,
            coalesce(
                outcomes.activity_type,
                labels.activity_type,
                {{ known_activity_type("activities.activity_label") }}
            ) as activity_type,
            coalesce(outcomes.activity_class, outcome_classes.activity_class) as class_of_outcome,
            coalesce(labels.activity_class, classes.activity_class) as class_of_label,
            coalesce(outcomes.is_wrong_number, outcome_classes.is_wrong_number, false) as is_wrong_number
        from activities
        inner join
            links on activities.system = links.system and activities.person_record_id = links.person_record_id
        left join
            labels as outcomes
            on activities.system = outcomes.system
            and {{ folded_word("activities.activity_label") }} = {{ folded_word("outcomes.activity_label") }}
            and {{ folded_word("coalesce(activities.outcome_label, '(none)')") }}
            = {{ folded_word("outcomes.outcome_label") }}
            and {{ in_force("outcomes", local_date("activities.happened_at")) }}
        left join
            labels
            on activities.system = labels.system
            and {{ folded_word("activities.activity_label") }} = {{ folded_word("labels.activity_label") }}
            and labels.outcome_label is null
            and {{ in_force("labels", local_date("activities.happened_at")) }}
        left join
            classes as outcome_classes
            on activities.system = outcome_classes.system
            and {{ folded_word("activities.activity_label") }}
            = {{ folded_word("outcome_classes.activity_label") }}
            and {{ folded_word("activities.outcome_label") }}
            = {{ folded_word("outcome_classes.outcome_label") }}
        left join
            classes
            on activities.system = classes.system
            and {{ folded_word("activities.activity_label") }} = {{ folded_word("classes.activity_label") }}
            and classes.outcome_label is null
    )

select
    *,
    activity_type not in ('call', 'email', 'meeting')
    or (coalesce(is_inbound, false) and (activity_type <> 'call' or outcome_label is null))
    or coalesce(class_of_outcome, class_of_label) is not null as is_class_known,
    case
        when coalesce(class_of_outcome, class_of_label) = 'void'
        then 'void'
        -- What the lead did towards the company; a call of theirs is what came of it.
        when is_inbound and activity_type = 'call' and outcome_label is not null
        then coalesce(class_of_outcome, class_of_label, 'attempt')
        when is_inbound and activity_type in ('call', 'email', 'meeting')
        then case when class_of_outcome = 'attempt' then 'attempt' else 'conversation' end
        when is_inbound
        then 'contact'
        -- An outcome without an explanation is never taken for more than an attempt.
        else coalesce(class_of_outcome, class_of_label, 'attempt')
    end as outcome_class,
    -- The calendar's id is the same in every meeting of a series.
    coalesce(event_key || ' ' || cast(happened_at as string), activity_id) as event_id
from explained
where activity_type is not null
