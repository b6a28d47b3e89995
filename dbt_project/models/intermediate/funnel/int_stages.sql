-- The stages in the order of the funnel, and the side states (rank 0) that end a journey.
select *
from
    (
        values
            ('lead', 1, false),
            ('mql', 2, false),
            ('sal', 3, false),
            ('sql', 4, false),
            ('opportunity', 5, false),
            ('customer', 6, false),
            ('rejected', 0, true),
            ('recycled', 0, true),
            ('disqualified', 0, true),
            ('lost', 0, true)
    ) as stages(stage, stage_rank, is_side_state)
