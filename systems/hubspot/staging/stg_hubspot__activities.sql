with
    engagements as (select * from {{ ref("stg_hubspot__engagements") }}),

    named_contacts as (select * from {{ ref("stg_hubspot__named_contacts") }}),

    engagement_contacts as ({{ current_rows("hubspot", "engagement_contacts") }}),

    engagement_deals as ({{ current_rows("hubspot", "engagement_deals") }}),

    opportunities as (select * from {{ ref("stg_hubspot__opportunities") }}),

    owner_names as (select * from {{ ref("stg_hubspot__owner_names") }}),

    opt_outs as (select * from {{ ref("stg_hubspot__opt_outs") }}),

    -- An export lists contacts and deals in the activity; a connector has tables of them.
    contacts as (
        select engagement_id, {{ dbt.listagg("contact_id", "';'", "order by contact_id") }} as contact_ids
        from engagement_contacts
        group by engagement_id
    ),

    -- Whom a name means that nobody or several have is unknown, and not the person of the deal.
    named as (
        select
            kind,
            record_id,
            coalesce(
                nullif({{ dbt.listagg("contact_id", "';'", "order by contact_id") }}, ''),
                'named:' || record_id
            ) as contact_ids
        from named_contacts
        group by kind, record_id
    ),

    -- Of several deals, the one that was opened last before it happened.
    deals as (
        select engagement_deals.engagement_id, engagement_deals.deal_id
        from engagement_deals
        inner join engagements on engagement_deals.engagement_id = engagements.record_id
        left join opportunities on engagement_deals.deal_id = opportunities.opportunity_record_id
        qualify
            row_number() over (
                partition by engagement_deals.engagement_id
                order by
                    case when opportunities.created_at <= engagements.happened_at then 0 else 1 end,
                    opportunities.created_at desc nulls last,
                    engagement_deals.deal_id
            )
            = 1
    ),

    participants as (
        select
            engagements.*,
            coalesce(
                {{ first_listed("engagements.associated_deal_ids") }}, deals.deal_id
            ) as opportunity_record_id,
            {{
                unnest_list(
                    "coalesce(engagements.associated_contact_ids, contacts.contact_ids, named.contact_ids)",
                    ";",
                )
            }} as person_record_id
        from engagements
        left join contacts on engagements.record_id = contacts.engagement_id
        left join named on engagements.kind = named.kind and engagements.record_id = named.record_id
        left join deals on engagements.record_id = deals.engagement_id
    )

-- One activity in as many rows as contacts took part.
select distinct
    -- Ids are unique within a kind of activity only.
    participants.kind || ':' || participants.record_id as activity_record_id,
    nullif({{ trimmed("participants.person_record_id") }}, '') as person_record_id,
    participants.opportunity_record_id,
    coalesce(owner_names.owner_record_id, participants.assigned_to) as owner_record_id,
    case
        when participants.is_deleted then 'Deleted ' || participants.kind else participants.activity_label
    end as activity_label,
    participants.is_inbound,
    participants.happened_at,
    participants.logged_at,
    participants.due_at,
    participants.outcome_label,
    participants.duration_minutes,
    participants.event_key,
    participants.is_automatic
from participants
left join owner_names on participants.assigned_to = owner_names.owner_name
union all
{{ recipient_activities("opt_outs") }}
