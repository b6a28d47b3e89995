{#-
    One row per entry of a person record into a side state, with the reason for it, from three CTEs of the system: `entries`
    (person_record_id, stage_label, entered_at), `stated` (person_record_id, reason_label, stated_at: a history of the reason)
    and `records` (person_record_id, reason_label: the present one).
    With a history it is the reason in the record when the next stage was entered, or now: a reason is often recorded a
    moment after the state. Without one only the present reason is known, and it is that of the latest side state.
-#}
{% macro decline_reasons(system) -%}
    with
        staged as (
            select distinct
                entries.person_record_id, entries.stage_label, entries.entered_at, stages.is_side_state
            from entries
            inner join
                {{ ref("stg_reference__stage_labels") }} as labels
                on labels.system = '{{ system }}'
                and {{ folded_word("entries.stage_label") }} = {{ folded_word("labels.stage_label") }}
                and {{ in_force("labels", local_date("entries.entered_at")) }}
            inner join {{ ref("known_stages") }} as stages on labels.stage = stages.stage
        ),

        instants as (
            select
                person_record_id,
                entered_at,
                lead(entered_at) over (partition by person_record_id order by entered_at) as left_at
            from staged
            group by person_record_id, entered_at
        ),

        side_states as (
            select
                staged.*,
                instants.left_at,
                row_number() over (
                    partition by staged.person_record_id order by staged.entered_at desc, staged.stage_label
                )
                = 1 as is_latest
            from staged
            inner join
                instants
                on staged.person_record_id = instants.person_record_id
                and staged.entered_at = instants.entered_at
            where staged.is_side_state
        ),

        with_history as (select distinct person_record_id from stated)

    select
        side_states.person_record_id,
        side_states.stage_label,
        side_states.entered_at,
        case
            when with_history.person_record_id is not null
            then stated.reason_label
            when side_states.is_latest
            then records.reason_label
        end as reason_label
    from side_states
    left join with_history on side_states.person_record_id = with_history.person_record_id
    left join records on side_states.person_record_id = records.person_record_id
    left join
        stated
        on side_states.person_record_id = stated.person_record_id
        and stated.stated_at < coalesce(side_states.left_at, timestamp '9999-12-31')
    qualify
        row_number() over (
            partition by side_states.person_record_id, side_states.stage_label, side_states.entered_at
            order by stated.stated_at desc nulls last, stated.reason_label
        )
        = 1
{%- endmacro %}

{#- True for the field names under which a history contains the reason; their labels are decline_reason's in the sources YAML. -#}
{% macro is_decline_reason(name) -%}
    {{
        text_group(
            folded_word(name),
            "^(?:(?:disqualification|disqualified|unqualified|rejection|rejected|decline|recycle|recycled)reasonc?|reasonfordisqualification|reasonforrejection|reasonunqualified)$",
            0,
        )
    }}
    != ''
{%- endmacro %}
