-- A build for an earlier as-of than the data's end does not know of what was kept later.
with
    commitments as (select * from {{ ref("stg_closing__commitments") }}),

    build as (select * from {{ ref("int_as_of") }})

select commitments.*
from commitments
cross join build
where commitments.kept_at <= build.as_of or build.data_until <= build.as_of
