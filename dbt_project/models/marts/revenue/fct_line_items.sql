-- What deals and invoices consist of. Each adds up to its own amount: what no line explains is a row too.
with
    {% set record_columns = "system, opportunity_id, account_id, amount, currency_code, amount_reporting" -%}
    records as (
        select
            'opportunity' as record_type,
            opportunity_id as record_id,
            cast(null as string) as revenue_id,
            coalesce(closed_date, {{ local_date("created_at") }}) as line_date,
            {{ record_columns }}
        from {{ ref("fct_opportunities") }}
        union all
        select
            'revenue' as record_type,
            revenue_id as record_id,
            revenue_id,
            revenue_date as line_date,
            {{ record_columns }}
        from {{ ref("fct_revenue") }}
    ),

    rates as (select * from {{ ref("int_currency_rates") }}),

    items as (select * from {{ ref("int_line_item_records") }}),

    lines as (
        select
            items.line_item_id,
            items.record_type,
            items.record_id,
            items.product,
            items.product_group,
            items.quantity,
            items.amount,
            items.cost_amount,
            coalesce(items.currency_code, records.currency_code) as currency_code,
            case when items.currency_code <> records.currency_code then 1 else 0 end as other_currency,
            records.line_date
        from items
        inner join records on items.record_type = records.record_type and items.record_id = records.record_id
    ),

    converted as (
        select
            lines.*,
            {{ in_reporting_currency("lines.amount") }} as amount_reporting,
            {{ in_reporting_currency("lines.cost_amount") }} as cost_amount_reporting,
            row_number() over (
                partition by lines.record_type, lines.record_id
                order by lines.amount desc nulls last, lines.line_item_id
            ) as place
        from lines
        left join
            rates on lines.currency_code = rates.currency_code and {{ in_force("rates", "lines.line_date") }}
    ),

    -- Amounts in several currencies can be compared in the reporting currency alone.
    compared as (
        select
            records.record_type,
            records.record_id,
            case when count(converted.place) = 0 then 'not itemised' else 'difference' end as line_kind,
            case
                when coalesce(max(converted.other_currency), 0) = 0
                then max(records.amount) - coalesce(sum(converted.amount), 0)
            end as amount,
            max(records.amount_reporting) - coalesce(sum(converted.amount_reporting), 0) as amount_reporting
        from records
        left join
            converted
            on records.record_type = converted.record_type
            and records.record_id = converted.record_id
        where records.amount is not null
        group by records.record_type, records.record_id
    ),

    parts as (
        select
            converted.record_type,
            converted.record_id,
            'line' as line_kind,
            converted.line_item_id,
            converted.product,
            converted.product_group,
            converted.quantity,
            converted.amount,
            converted.cost_amount,
            converted.currency_code,
            -- Each line is rounded by itself; the largest takes what that leaves of a whole that ties.
            converted.amount_reporting + case
                when converted.place = 1 and compared.amount = 0
                then coalesce(compared.amount_reporting, 0)
                else 0
            end as amount_reporting,
            converted.cost_amount_reporting
        from converted
        left join
            compared
            on converted.record_type = compared.record_type
            and converted.record_id = compared.record_id
        union all
        select
            record_type,
            record_id,
            line_kind,
            null,
            '(' || line_kind || ')',
            null,
            null,
            amount,
            null,
            null,
            amount_reporting,
            null
        from compared
        where coalesce(amount <> 0, amount_reporting <> 0)
    )

select
    concat_ws(
        ':', parts.record_type, coalesce(parts.line_item_id, parts.record_id), parts.line_kind
    ) as line_id,
    parts.record_type,
    parts.line_kind,
    parts.line_item_id,
    records.system,
    records.opportunity_id,
    records.revenue_id,
    records.account_id,
    records.line_date,
    parts.product,
    parts.product_group,
    parts.quantity,
    cast(parts.amount as decimal(24, 6)) as amount,
    cast(parts.cost_amount as decimal(24, 6)) as cost_amount,
    coalesce(
        parts.currency_code, case when parts.amount is not null then records.currency_code end
    ) as currency_code,
    cast(parts.amount_reporting as decimal(24, 6)) as amount_reporting,
    records.amount is not null as is_amount_known,
    cast(parts.cost_amount_reporting as decimal(24, 6)) as cost_amount_reporting
from parts
inner join records on parts.record_type = records.record_type and parts.record_id = records.record_id
