select month_date, closed_at, closed_by from {{ source("closing", "months") }}
