-- What the deals won in the quarter brought, shared equally over the touches of all persons of the account
-- in the 90 days before and since the deal that it won before.
with
    employers as (
        select people.person, min(coalesce(by_id.account, by_domain.account)) as account
        from (select distinct person from people) as people
        left join contacts on people.person = contacts.person
        left join accounts as by_id on 'hubspot:' || contacts.primary_company_id = by_id.record
        left join accounts as by_domain on split_part(contacts.address, '@', 2) = by_domain.domain
        group by people.person
    ),

    won as (
        select
            ended.deal,
            coalesce(accounts.account, ended.company_record, ended.person) as buyer,
            ended.closed_at as until_at,
            ended.closed_date,
            ended.amount_eur,
            ended.margin_rate
        from ended
        left join accounts on ended.company_record = accounts.record
        where ended.is_won
    ),

    spans as (
        select
            *,
            greatest(
                until_at - interval 90 day,
                coalesce(
                    lag(until_at) over (partition by buyer order by until_at, deal), timestamp '0001-01-01'
                )
            ) as from_at
        from won
    ),

    credits as (
        select
            spans.deal,
            touches.channel,
            spans.amount_eur / count(*) over (partition by spans.deal) as amount,
            spans.margin_rate
        from quarter, spans
        inner join employers on spans.buyer = coalesce(employers.account, employers.person)
        inner join
            touches
            on employers.person = touches.person
            and touches.touched_at >= spans.from_at
            and touches.touched_at < spans.until_at
        where spans.closed_date >= first_day and spans.closed_date < next_day
    ),

    given as (
        select
            sum(amount) as amount,
            sum(amount * margin_rate) as margin,
            sum(amount) filter (channel in ('Paid Search', 'Paid Social')) as ad_amount
        from credits
        where channel <> 'Unknown'
    )

select 'attributed_revenue' as kpi, amount as numerator, null as denominator, amount as value
from given
union all
select 'marketing_roi', margin - costs, costs, null
from given, counted
union all
select 'roas', ad_amount, ads, null
from given, counted
