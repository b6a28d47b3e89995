{%- set has_number = "question in ('budget', 'timing') and " ~ matches_regex("word", "'.*[1-9].*'") -%}

-- A list of values answers where one of them does. A number is an amount, a day or a time.
with
    answers as (
        select distinct system, question, answer_label
        from {{ ref("int_qualification_answers") }}
        where answer_label is not null
    ),

    parts as (
        select system, question, answer_label, {{ unnest_list("answer_label", ";") }} as part from answers
    ),

    words as (select system, question, answer_label, {{ folded_word("part") }} as word from parts),

    labels as (select * from {{ ref("stg_reference__answer_labels") }}),

    own as (select system, question, answer_label as word, meaning from labels where is_own),

    known as (select question, answer_label as word, meaning from labels where not is_own),

    own_others as (select system, question, meaning from own where word = '*'),

    known_others as (select question, meaning from known where word = '*'),

    matched as (
        select
            words.system,
            words.question,
            words.answer_label,
            words.word,
            coalesce(own.meaning, known.meaning) as listed_meaning,
            coalesce(own_others.meaning, known_others.meaning) as other_meaning
        from words
        left join own on words.system = own.system and words.question = own.question and words.word = own.word
        left join known on words.question = known.question and words.word = known.word
        left join own_others on words.system = own_others.system and words.question = own_others.question
        left join known_others on words.question = known_others.question
    ),

    -- Nothing is left of a dash.
    explained as (
        select
            *,
            case
                when listed_meaning is not null
                then listed_meaning
                when word = ''
                then 'not_known'
                when {{ has_number }}
                then 'known'
                else other_meaning
            end as meaning,
            listed_meaning is not null or {{ has_number }} as is_word
        from matched
    )

select
    system,
    question,
    answer_label,
    case
        when max(case meaning when 'known' then 1 else 0 end) = 1
        then true
        when count(meaning) = count(*)
        then false
    end as is_known,
    min(case when is_word then 1 else 0 end) = 1 as is_word
from explained
group by system, question, answer_label
