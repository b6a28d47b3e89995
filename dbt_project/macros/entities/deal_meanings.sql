{#-
    One row per deal of the CTE `worded` (record_id, stage_label, pipeline, deal_type, is_flagged_closed, is_flagged_won,
    created_date; without a date the rows of today count), with what its words mean: `is_new_business`, null where no list explains them, `status` (open, won, lost) and
    `flagged_status`, which is what the system's own flags show.

    A deal type that means something else than new business decides alone. A blank type, or one that means new business,
    is new business only in a pipeline that is: of two words that contradict each other neither is taken, unless the
    pipeline's row is the company's own and the type's the product's. Without both words there is nothing to ask about, and
    a deal is new business. `is_pipeline_asked`: an unknown pipeline is asked about; without, it gives no answer.

    The stage decides what is won and lost; the flags decide for a stage that stage_labels does not know. A closed flag
    alone does not show how it ended, so the deal stays open.
-#}
{% macro deal_meanings(system, is_pipeline_asked=true) -%}
    with
        kinds as (
            select *
            from {{ ref("stg_reference__deal_kinds") }}
            where coalesce(system, '{{ system }}') = '{{ system }}'
        ),

        own as (select * from kinds where is_own),

        rules as (
            select *
            from kinds
            where
                is_own
                or not exists (
                    select 1
                    from own
                    where
                        coalesce(kinds.deal_type, '') = coalesce(own.deal_type, '')
                        and coalesce(kinds.pipeline, '') = coalesce(own.pipeline, '')
                )
        ),

        both_words as (select * from rules where deal_type is not null and pipeline is not null),

        types as (select * from rules where deal_type is not null and pipeline is null),

        pipelines as (select * from rules where deal_type is null and pipeline is not null),

        others as (select * from rules where deal_type is null and pipeline is null),

        -- Of a label that meant something else once, what it means now.
        stage_labels as (
            select labels.stage_label, labels.stage, stages.is_side_state
            from {{ ref("stg_reference__stage_labels") }} as labels
            inner join {{ ref("known_stages") }} as stages on labels.stage = stages.stage
            where labels.system = '{{ system }}'
            qualify
                row_number() over (
                    partition by {{ folded_word("labels.stage_label") }}
                    order by coalesce(labels.valid_to, date '9999-12-31') desc, labels.stage
                )
                = 1
        ),

        explained as (
            select
                worded.record_id,
                nullif({{ folded_word("worded.deal_type") }}, '') as deal_type,
                nullif({{ folded_word("worded.pipeline") }}, '') as pipeline,
                both_words.kind as kind_of_both,
                types.kind as kind_of_type,
                pipelines.kind as kind_of_pipeline,
                others.kind as kind_of_others,
                pipelines.is_own and not types.is_own as is_pipeline_stronger,
                coalesce(pipeline_stages.stage, stage_labels.stage) as stage,
                coalesce(pipeline_stages.is_side_state, stage_labels.is_side_state) as is_side_state,
                case
                    when worded.is_flagged_won
                    then 'won'
                    when worded.is_flagged_closed and not worded.is_flagged_won
                    then 'lost'
                    when worded.is_flagged_closed
                    then 'closed'
                    when not worded.is_flagged_closed
                    then 'open'
                end as flagged_status
            from worded
            left join
                both_words
                on {{ folded_word("worded.deal_type") }} = both_words.deal_type
                and {{ folded_word("worded.pipeline") }} = both_words.pipeline
                and {{ in_force("both_words", "coalesce(worded.created_date, date '9999-12-30')") }}
            left join
                types
                on {{ folded_word("worded.deal_type") }} = types.deal_type
                and {{ in_force("types", "coalesce(worded.created_date, date '9999-12-30')") }}
            left join
                pipelines
                on {{ folded_word("worded.pipeline") }} = pipelines.pipeline
                and {{ in_force("pipelines", "coalesce(worded.created_date, date '9999-12-30')") }}
            left join others on {{ in_force("others", "coalesce(worded.created_date, date '9999-12-30')") }}
            left join
                stage_labels as pipeline_stages
                on {{ folded_word("worded.pipeline || ': ' || worded.stage_label") }}
                = pipeline_stages.stage_label
            left join stage_labels on {{ folded_word("worded.stage_label") }} = stage_labels.stage_label
        ),

        kinded as (
            select
                *,
                case
                    when kind_of_both is not null
                    then kind_of_both
                    when kind_of_type <> 'new_business'
                    then kind_of_type
                    when kind_of_pipeline <> 'new_business' and (kind_of_type is null or is_pipeline_stronger)
                    then kind_of_pipeline
                    when kind_of_pipeline <> 'new_business'
                    then 'contradicting'
                    when kind_of_type = 'new_business'
                    then 'new_business'
                    when deal_type is not null
                    then kind_of_others
                    when pipeline is null {{ "or kind_of_pipeline is null" if not is_pipeline_asked }}
                    then coalesce(kind_of_others, 'new_business')
                    else coalesce(kind_of_pipeline, kind_of_others)
                end as kind
            from explained
        )

    select
        record_id,
        case when kind <> 'contradicting' then kind = 'new_business' end as is_new_business,
        case
            when stage = 'customer'
            then 'won'
            when is_side_state
            then 'lost'
            when stage is null and flagged_status in ('won', 'lost')
            then flagged_status
            else 'open'
        end as status,
        flagged_status
    from kinded
{%- endmacro %}
