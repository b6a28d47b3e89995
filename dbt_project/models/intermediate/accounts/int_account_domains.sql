-- By the algorithm of publicsuffix.org: an exception prevails, else the longest rule, else the last part of
-- the host is
-- the suffix; the domain is the suffix with one part more.
with
    addresses as (
        select {{ host_of("domain") }} as host
        from {{ ref("int_accounts") }}
        union
        select {{ host_of(domain_of(normalised_email("email"))) }} as host
        from {{ ref("int_persons") }}
    ),

    suffixes as (
        select suffix, kind
        from {{ source("domains", "suffixes") }}
        union
        select suffix, 'plain' as kind
        from {{ ref("shared_domains") }}
    ),

    free_mail_domains as (select * from {{ ref("free_mail_domains") }}),

    hosts as (
        select host, length(host) - length(replace(host, '.', '')) + 1 as parts
        from addresses
        where host not like '.%' and host not like '%..%' and host not like '%.'
    ),

    -- The longest rule of the list has seven parts.
    tails as (
        select
            hosts.host,
            hosts.parts,
            series.value as tail_parts,
            {{ last_parts("hosts.host", ".", "series.value") }} as tail
        from hosts
        cross join {{ integer_series(1, 8) }} as series
        where series.value <= hosts.parts
    ),

    rules as (
        select
            tails.host,
            tails.parts,
            suffixes.kind,
            case
                suffixes.kind
                when 'wildcard'
                then tails.tail_parts + 1
                when 'exception'
                then tails.tail_parts - 1
                else tails.tail_parts
            end as suffix_parts
        from tails
        inner join suffixes on tails.tail = suffixes.suffix
        union all
        -- No name ends with a digit there: it is the address of a machine.
        select host, parts, 'default' as kind, 1 as suffix_parts
        from hosts
        where {{ dbt.right("host", 1) }} not between '0' and '9'
    ),

    prevailing as (
        select host, parts, suffix_parts
        from rules
        where suffix_parts <= parts
        qualify
            row_number() over (
                partition by host
                order by case when kind = 'exception' then 0 else 1 end, suffix_parts desc, kind
            )
            = 1
    ),

    domains as (
        select host, {{ last_parts("host", ".", "suffix_parts + 1") }} as domain
        from prevailing
        where parts > suffix_parts
    )

select domains.host, domains.domain
from domains
where
    not exists (select 1 from free_mail_domains where free_mail_domains.domain = domains.host)
    and not exists (select 1 from free_mail_domains where free_mail_domains.domain = domains.domain)
