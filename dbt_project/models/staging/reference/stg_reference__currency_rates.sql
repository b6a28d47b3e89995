select currency_code, valid_from, rate_to_reporting from {{ source("reference", "currency_rates") }}
