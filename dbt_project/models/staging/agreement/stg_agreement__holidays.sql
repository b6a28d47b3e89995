select * from {{ source("agreement", "holidays") }}
