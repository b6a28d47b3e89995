{#- The four questions, in the order in which they are shown; the columns of source tables are called so. -#}
{% macro qualification_questions() -%} {{ return(["budget", "authority", "need", "timing"]) }} {%- endmacro %}

{#-
    The question that a field of a history is about, by its name; null for any other field. The same names are labels of
    the four columns in the sources YAML.
-#}
{% macro qualification_question(name) -%}
    {%- set folded = folded_word(name) -%}
    case
        {%- for question, pattern in {
            "budget": "budget|budgetconfirmed",
            "authority": "authority|(?:hs)?buyingrole|decisionmaker",
            "need": "needs?|painpoints?",
            "timing": "timing|timeframe|timeline|(?:purchase|buying|decision)(?:timeframe|timeline)",
        }.items() %}
            when {{ text_group(folded, "^(?:" ~ pattern ~ ")c?$", 0) }} <> '' then '{{ question }}'
        {%- endfor %}
    end
{%- endmacro %}

{#- A value without the blanks around it; null where nothing is left. -#}
{% macro answer_text(value) -%} nullif({{ trimmed(value) }}, '') {%- endmacro %}

{#-
    The rows of a system's model, from two CTEs of it with the columns record_kind (person or opportunity), record_id,
    question, answer_label, entered_at and entered_after_at: `stated` (a history) and `shown` (answers_by_load). A history
    of a question of a record goes first; without one only what the exports show is known.
-#}
{% macro qualification_answers() -%}
    with
        remembered as (select distinct record_kind, record_id, question from stated),

        answers as (
            select record_kind, record_id, question, answer_label, entered_at, entered_after_at
            from stated
            union all
            select
                shown.record_kind,
                shown.record_id,
                shown.question,
                shown.answer_label,
                shown.entered_at,
                shown.entered_after_at
            from shown
            left join
                remembered
                on shown.record_kind = remembered.record_kind
                and shown.record_id = remembered.record_id
                and shown.question = remembered.question
            where remembered.record_id is null
        )

    select
        record_kind
        || ':'
        || record_id
        || ':'
        || question
        || ':'
        || cast(
            row_number() over (
                partition by record_kind, record_id, question
                order by entered_at nulls last, entered_after_at nulls last, answer_label nulls last
            ) as string
        ) as answer_record_id,
        case record_kind when 'person' then record_id end as person_record_id,
        case record_kind when 'opportunity' then record_id end as opportunity_record_id,
        question,
        answer_label,
        entered_at,
        entered_after_at
    from answers
{%- endmacro %}

{#-
    What the exports of a table show to have been entered in the columns of the four questions: after the export before
    (in the first one: after the record was made), and by this one, or by the last change of the record. A value that is
    empty again is null. `order` decides between the rows of a record in one export.
-#}
{% macro answers_by_load(system, table, record_kind, key, created, order="_line desc") -%}
    {%- set questions = qualification_questions() -%}
    select
        '{{ record_kind }}' as record_kind,
        record_id,
        question,
        answer_label,
        case
            when modified_at >= entered_after_at and modified_at < known_at then modified_at else known_at
        end as entered_at,
        entered_after_at
    from
        (
            select
                *,
                lag(answer_label) over same_record as label_before,
                coalesce(lag(known_at) over same_record, created_at) as entered_after_at
            from
                (
                    select
                        {{ key }} as record_id,
                        question,
                        case
                            question
                            {%- for question in questions %}
                                when '{{ question }}' then {{ answer_text(question) }}
                            {%- endfor %}
                        end as answer_label,
                        {{ export_utc("known_at", system, "exported") }} as known_at,
                        {{ export_utc(created, system, "exported") }} as created_at,
                        {{ export_utc("last_modified_date", system, "exported") }} as modified_at,
                        _load_number,
                        coalesce(_time_zone, '') as written_in
                    from
                        (
                            select *, {{ unnest_list("'" ~ questions | join(",") ~ "'", ",") }} as question
                            from
                                (
                                    select *
                                    from ({{ rows_by_load(system, table, questions) }}) as every_line
                                    where {{ key }} is not null
                                    qualify
                                        row_number() over (
                                            partition by {{ key }}, _load_number order by {{ order }}
                                        )
                                        = 1
                                ) as last_rows
                        ) as exported
                ) as answers
            window same_record as (partition by record_id, question, written_in order by _load_number)
        ) as compared
    where coalesce(answer_label, '') <> coalesce(label_before, '')
{%- endmacro %}
