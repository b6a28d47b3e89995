-- No model counts transitions or sets of channels yet: no channel has a share.
select
    cast(null as string) as conversion,
    cast(null as string) as path_scope,
    cast(null as string) as attribution_model,
    cast(null as string) as channel,
    cast(null as double) as share
from {{ ref("int_as_of") }}
where as_of is null
