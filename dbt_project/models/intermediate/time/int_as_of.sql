{%- set as_of = env_var("SMARKETING_AS_OF", "") -%}

-- The build is a pure function of raw data, agreements and this instant. Left to itself it is the latest
-- instant at which something was written down in any source; what is planned does not move it.
with
    known as (select min(first_at) as data_from, max(last_at) as data_until from {{ ref("int_source_ends") }})

select
    coalesce(data_from, timestamp '1970-01-01 00:00:00') as data_from,
    coalesce(data_until, timestamp '1970-01-01 00:00:00') as data_until,
    {% if as_of -%} cast('{{ as_of }}' as timestamp)
    {%- else -%} coalesce(data_until, timestamp '1970-01-01 00:00:00')
    {%- endif %} as as_of
from known
