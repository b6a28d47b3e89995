-- An empty system is any.
select distinct system, question, {{ folded_word("answer_label") }} as answer_label, meaning, true as is_own
from {{ source("reference", "answer_labels") }}
union all
select
    cast(null as string) as system,
    question,
    {{ folded_word("answer_label") }} as answer_label,
    meaning,
    false as is_own
from {{ ref("known_answer_labels") }}
