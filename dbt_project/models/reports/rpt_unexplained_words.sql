with
    words as (
        select reference_file, system, word, second_word, meaning, occurrences
        from {{ ref("int_unexplained_words") }}
        union all
        select reference_file, system, word, null as second_word, null as meaning, occurrences
        from {{ ref("int_unexplained_meanings") }}
    )

select
    reference_file,
    system,
    word,
    second_word,
    meaning,
    occurrences,
    row_number() over (
        order by
            case when meaning is null then 1 else 2 end,
            occurrences desc,
            reference_file,
            system,
            word,
            second_word nulls first
    ) as attention_place
from words
