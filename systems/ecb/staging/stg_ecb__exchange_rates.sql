with
    days as ({{ current_rows("ecb", "reference_rates") }}),

    entries as (select published_date, {{ map_entries("rates") }} as entry from days)

select entry.key as currency_code, 'EUR' as base_currency_code, published_date, entry.value as exchange_rate
from entries
where entry.value > 0
