-- Not cut at the as-of: identity resolution must not depend on when it is run.
with
    listed as (select * from {{ ref("int_owners") }}),

    company_words as (select * from {{ ref("stg_reference__owners") }}),

    shared_mailboxes as (select * from {{ ref("shared_mailboxes") }}),

    closed as (select * from {{ ref("stg_closing__commitments") }} where owner_id is not null),

    named as (
        -- A closed month still names owners that are in no export any more; an e-mail that is a hash is not
        -- an owner record.
        select distinct
            {{ dbt.split_part("owner_id", "':'", 1) }} as system,
            substr(owner_id, position(':' in owner_id) + 1) as owner_record_id
        from closed
        where owner_id not like '%:email:%'
        union
        {%- for entity in [
            "persons",
            "activities",
            "opportunities",
            "stage_changes",
            "owner_changes",
            "documents",
            "tickets",
        ] %}
            select system, owner_record_id
            from {{ ref("int_" ~ entity) }}
            where owner_record_id is not null
            {% if not loop.last %}
                union
            {% endif %}
        {%- endfor %}
    ),

    records as (
        select
            coalesce(listed.system, named.system) as system,
            coalesce(listed.owner_record_id, named.owner_record_id) as owner_record_id,
            coalesce(listed.owner_name, listed.owner_record_id, named.owner_record_id) as written_name,
            coalesce(
                {{ normalised_email("listed.owner_email") }}, {{ normalised_email("named.owner_record_id") }}
            ) as owner_email,
            listed.team_label,
            coalesce(listed.is_automatic, false) as is_automatic,
            listed.owner_record_id is not null as is_listed
        from listed
        full outer join
            named on listed.system = named.system and listed.owner_record_id = named.owner_record_id
    ),

    keyed as (
        select
            *,
            {{ name_key("written_name") }} as name_key,
            owner_email is null and written_name = owner_record_id as is_by_name
        from records
    ),

    -- An id is more precise than an e-mail, an e-mail than a name, and a row for one system than a row for
    -- any.
    reference_names as (
        select keyed.system, keyed.owner_record_id, company_words.owner_name
        from keyed
        inner join
            company_words
            on (company_words.system is null or keyed.system = company_words.system)
            and (
                keyed.owner_record_id = company_words.alias
                or keyed.owner_email = {{ normalised_email("company_words.alias") }}
                or keyed.name_key = {{ name_key("company_words.alias") }}
            )
        qualify
            row_number() over (
                partition by keyed.system, keyed.owner_record_id
                order by
                    case
                        when keyed.owner_record_id = company_words.alias
                        then 1
                        when company_words.alias like '%_@_%'
                        then 2
                        else 3
                    end,
                    company_words.system nulls last,
                    company_words.valid_from desc nulls last,
                    company_words.owner_name
            )
            = 1
    )

select
    keyed.system,
    keyed.owner_record_id,
    -- An e-mail that is in no list stays in this model; its published form is a hash.
    case
        when keyed.owner_record_id like '%_@_%'
        then {{ email_record_id("keyed.owner_record_id") }}
        else keyed.owner_record_id
    end as published_record_id,
    case
        when keyed.written_name like '%_@_%'
        then {{ mailbox_of("keyed.written_name") }}
        else {{ plain_name("keyed.written_name") }}
    end as owner_name,
    keyed.name_key,
    keyed.owner_email,
    keyed.team_label,
    keyed.is_automatic,
    keyed.is_listed,
    keyed.is_by_name,
    {{ plain_name("keyed.written_name") }} = keyed.written_name as is_plain,
    reference_names.owner_name as reference_name,
    -- A mailbox that several people share belongs to no owner.
    case
        when
            keyed.owner_email is null
            or keyed.is_automatic
            or {{ mailbox_of("keyed.owner_email") }} in (select mailbox from shared_mailboxes)
        then keyed.system || ':' || keyed.owner_record_id
        else keyed.owner_email
    end as email_group,
    max(case when keyed.is_listed and not keyed.is_by_name then 1 else 0 end) over (partition by keyed.system)
    = 0 as is_without_list
from keyed
left join
    reference_names
    on keyed.system = reference_names.system
    and keyed.owner_record_id = reference_names.owner_record_id
