-- An activity that names a deal and nobody is one with the person of the deal.
with
    activities as ({{ union_systems("activities") }}),

    opportunities as (select * from {{ ref("int_opportunities") }}),

    persons as (select * from {{ ref("int_persons") }})

select
    {%- for name in model.columns %}
        {{
            (
                "coalesce(activities.person_record_id, persons.person_record_id) as "
                if name == "person_record_id"
                else "activities."
            )
        -}}
        {{ name }}{{ "," if not loop.last }}
    {%- endfor %}
from activities
left join
    opportunities
    on activities.system = opportunities.system
    and activities.opportunity_record_id = opportunities.opportunity_record_id
left join
    persons
    on opportunities.system = persons.system
    and opportunities.person_record_id = persons.person_record_id
