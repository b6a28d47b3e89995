"""Delivered and never touched: the leads that sales has not tried to reach, and what they are worth.

Belongs here: the figure with which the board and the scorecard begin. Who counts as untouched is fct_handoffs' matter.
"""

import duckdb

from orchestration.lib.pages.reading import Row, read_rows

SHOWN = 8  # names of a split; the others are one line

TOTAL = """
    select
        count(*) as leads,
        cast(sum(cast(lead_value as decimal(18, 4))) as double) as lead_value,
        min(handed_over_date) as first_date,
        max(age_days) as most_days,
        count(*) filter (where outcome = 'open' and coalesce(answer <> 'accepted', true)) as waiting_leads,
        count(*) filter (where is_given_back) as given_back_leads
    from reports.rpt_untouched_leads
"""

HANDED_OVER = """
    select
        count(*) filter (where is_counted) as handed_over_leads,
        count(*) filter (where answer = 'accepted_by_default') as accepted_by_default,
        count(*) filter (where answer = 'recycled_by_default') as recycled_by_default
    from marts.fct_handoffs
"""

# Two owners of one name are two; ages come in their order, of the rest who has most comes first.
SPLITS = """
    with
        leads as (select *, cast(lead_value as decimal(18, 4)) as amount from reports.rpt_untouched_leads),
        splits as (
            select 'owner' as split, owner_id as part, owner_name as name, amount, age_days from leads
            union all
            select 'source', source_label, source_label, amount, age_days from leads
            union all
            select 'age', age, age, amount, age_days from leads
            union all
            select 'outcome', outcome, outcome, amount, age_days from leads
        ),
        parts as (
            select split, name, count(*) as leads, sum(amount) as amount, max(age_days) as most_days
            from splits
            group by split, part, name
        ),
        placed as (
            select
                *,
                row_number() over (
                    partition by split order by if(split = 'age', most_days, leads) desc, amount desc, name
                ) as place
            from parts
        ),
        lines as (select *, if(place <= $1, place, null) as line from placed)
    select
        split, if(line is null, null, max(name)) as name, count(*) as names, sum(leads) as leads,
        cast(sum(amount) as double) as lead_value, max(most_days) as most_days
    from lines
    group by split, line
    order by split, line nulls last
"""


def read_untouched(connection: duckdb.DuckDBPyConnection) -> Row:
    """How many and worth how much, the oldest, and the same by owner, source, age and what became of them."""
    (total,) = read_rows(connection, TOTAL)
    (handed_over,) = read_rows(connection, HANDED_OVER)
    rows = read_rows(connection, SPLITS, [SHOWN])
    splits = {name: [row for row in rows if row["split"] == name] for name in ("owner", "source", "age", "outcome")}
    return total | handed_over | {"splits": splits}
