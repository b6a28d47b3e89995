-- The words that the company's own files do not explain; `meaning` is what the product makes of its own.
with
    stage_words as (
        select system, stage_label as word
        from {{ ref("int_stage_changes") }}
        union all
        select system, present_stage_label as word
        from {{ ref("fct_opportunities") }}
    ),

    stage_labels as (select * from {{ ref("stg_reference__stage_labels") }}),

    activity_labels as ({{ reference_words("activity_labels", ["activity_label"], ["activity_type"]) }}),

    sources as (
        select system, source_label, channel
        from {{ ref("dim_person") }}
        union all
        select system, source_label, channel
        from {{ ref("fct_touchpoints") }}
        union all
        select system, source_label, channel
        from {{ ref("fct_costs") }}
    ),

    stream_words as (
        select system, stream_label as word
        from {{ ref("int_persons") }}
        union all
        select system, stream_label as word
        from {{ ref("int_opportunities") }}
    ),

    stream_labels as ({{ reference_words("stream_labels", ["stream_label"], ["revenue_stream"]) }}),

    states as (
        select system, 'invoice' as record_type, state_label, exclusion_reason
        from {{ ref("int_revenue") }}
        union all
        select system, 'subscription' as record_type, state_label, exclusion_reason
        from {{ ref("int_subscriptions") }}
    ),

    words as (
        select
            'stage_labels' as reference_file,
            stage_words.system,
            stage_words.word,
            cast(null as string) as second_word,
            stage_labels.stage as meaning,
            {{ folded_word("stage_words.word") }} as spelling
        from stage_words
        left join
            stage_labels
            on stage_words.system = stage_labels.system
            and {{ folded_word("stage_words.word") }} = stage_labels.stage_label
        where not coalesce(stage_labels.is_own, false)
        union all
        select
            'activity_labels' as reference_file,
            activities.system,
            activities.activity_label as word,
            null as second_word,
            null as meaning,
            {{ folded_word("activities.activity_label") }} as spelling
        from {{ ref("int_activities") }} as activities
        left join
            activity_labels
            on activities.system = activity_labels.system
            and {{ folded_word("activities.activity_label") }} = activity_labels.activity_label
        where
            activity_labels.system is null and {{ known_activity_type("activities.activity_label") }} is null
        union all
        select
            'activity_labels' as reference_file,
            system,
            activity_label as word,
            coalesce(outcome_label, '(none)') as second_word,
            null as meaning,
            {{ folded_word("activity_label || ':' || coalesce(outcome_label, '(none)')") }} as spelling
        from {{ ref("int_known_activities") }}
        where activity_type in ('call', 'email', 'meeting') and not is_class_known
        union all
        select
            'channel_rules' as reference_file,
            system,
            source_label as word,
            null as second_word,
            null as meaning,
            {{ folded_word("source_label") }} as spelling
        from sources
        where channel = 'Unmapped' and source_label <> 'unattributed'
        union all
        select
            'stream_labels' as reference_file,
            stream_words.system,
            stream_words.word,
            null as second_word,
            null as meaning,
            {{ folded_word("stream_words.word") }} as spelling
        from stream_words
        left join
            stream_labels
            on stream_words.system = stream_labels.system
            and {{ folded_word("stream_words.word") }} = stream_labels.stream_label
        where stream_labels.system is null
        union all
        select
            'deal_kinds' as reference_file,
            system,
            deal_type_label as word,
            pipeline_label as second_word,
            null as meaning,
            {{ folded_word("coalesce(deal_type_label, '') || ':' || coalesce(pipeline_label, '')") }}
            as spelling
        from {{ ref("fct_opportunities") }}
        where is_new_business is null
        union all
        select
            'billing_states' as reference_file,
            system,
            state_label as word,
            record_type as second_word,
            null as meaning,
            {{ folded_word("record_type || ':' || state_label") }} as spelling
        from states
        where exclusion_reason = 'state not in billing_states'
        union all
        select
            'answer_labels' as reference_file,
            system,
            answer_label as word,
            question as second_word,
            null as meaning,
            {{ folded_word("question || ':' || answer_label") }} as spelling
        from {{ ref("int_qualification_answers") }}
        inner join {{ ref("int_answer_meanings") }} using (system, question, answer_label)
        where is_known is null
    )

select
    reference_file,
    system,
    max(word) as word,
    max(second_word) as second_word,
    max(meaning) as meaning,
    count(*) as occurrences
from words
where word is not null or second_word is not null
group by reference_file, system, spelling
