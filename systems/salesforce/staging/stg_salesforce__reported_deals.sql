{#- What a report without ids knows a deal by, and what else it shows of it on each of its rows. -#}
{%- set name = ["_load_id", "id", "account_name", "opportunity_name", "created_date"] -%}
{%- set contact = [
    "contact_id",
    "contact_email",
    "contact_name",
    "contact_first_name",
    "contact_last_name",
] -%}
{%- set rest = [
    "stage_name",
    "amount",
    "currency_iso_code",
    "close_date",
    "type",
    "business_unit",
    "record_type_id",
    "owner_name",
    "is_closed",
    "is_won",
    "lost_reason",
] -%}
-- Rows that have all of a deal in common are one: a report with products or contact roles has one for each.
with
    report_rows as (
        select
            *,
            min(_line) over (partition by {{ (name + contact + rest) | join(", ") }}) as deal_line,
            row_number() over (
                partition by {{ (name + contact + rest) | join(", ") }}, _extra order by _line
            ) as place_of_row
        from {{ source("salesforce", "opportunities_report") }}
    ),

    identified as (
        select
            *,
            coalesce(
                {{ salesforce_id("id") }},
                'report:'
                || coalesce(account_name, '')
                || ':'
                || opportunity_name
                || ':'
                || coalesce(cast(created_date as string), '')
                || ':'
                || cast(
                    dense_rank() over (
                        partition by {{ (name + contact) | join(", ") }} order by deal_line
                    ) as string
                )
            ) as deal_id
        from report_rows
    ),

    deals as (
        select
            deal_id,
            id is not null as has_id,
            account_name,
            created_date,
            min(opportunity_name) as opportunity_name,
            max(close_date) as close_date,
            min(_load_number) as first_load,
            max(_load_number) as last_load
        from identified
        where account_name is not null and created_date is not null
        group by 1, 2, 3, 4
    ),

    -- With another name, or with an id, it is another deal to a report without ids.
    followed as (
        select earlier.deal_id, bool_or(later.close_date = earlier.close_date) as is_followed_on_its_date
        from deals as earlier
        inner join
            deals as later
            on earlier.account_name = later.account_name
            and earlier.created_date = later.created_date
            and (
                later.first_load > earlier.last_load
                or (later.has_id and later.opportunity_name = earlier.opportunity_name)
            )
        where not earlier.has_id
        group by earlier.deal_id
    )

select
    identified.*,
    case
        when identified.id is null and identified.place_of_row > 1
        then 'row:' || coalesce(identified._load_id, '') || ':' || cast(identified._line as string)
        else identified.deal_id
    end as record_id,
    identified.id is null and identified.place_of_row > 1 as is_repeated,
    followed.deal_id is not null as is_followed,
    coalesce(followed.is_followed_on_its_date, false) as is_followed_on_its_date
from identified
left join followed on identified.deal_id = followed.deal_id
