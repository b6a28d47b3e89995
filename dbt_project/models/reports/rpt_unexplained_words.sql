with words as (select * from {{ ref("int_unexplained_words") }})

select
    reference_file,
    system,
    word,
    second_word,
    meaning,
    row_count,
    row_number() over (
        order by
            case when meaning is null then 1 else 2 end,
            row_count desc,
            reference_file,
            system,
            word,
            second_word nulls first
    ) as attention_place
from words
