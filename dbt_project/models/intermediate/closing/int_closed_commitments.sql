-- A build for an earlier as-of than the data's end does not know of what was kept later.
with
    commitments as (select * from {{ ref("stg_closing__commitments") }}),

    owner_links as (select * from {{ ref("int_owner_links") }}),

    build as (select * from {{ ref("int_as_of") }})

-- Two owners at the time of the closing may be one by now.
select commitments.*, owner_links.owner_id as present_owner_id
from commitments
cross join build
left join owner_links on commitments.owner_id = owner_links.record_id
where commitments.kept_at <= build.as_of or build.data_until <= build.as_of
