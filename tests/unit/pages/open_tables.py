"""The open commitments of the rows of page_tables.py, each with its state and who the lead and the owner are."""

OPEN = """
insert into reports.rpt_open_commitments by name
    select
        clocks.* exclude (kind, place, owner_place, calendar, started_at),
        case
            when urgency in ('backlog', 'rework') then urgency
            when status = 'missed' and hours_left < -480 then 'overdue for long'
            when status = 'missed' then 'overdue'
            when urgency = 'due in 24 hours' then 'due soon'
            else 'safe'
        end as state,
        case when person_id = 'crm:p7' then 'Rossi <b>' end as account_name,
        case when person_id = 'crm:p7' then 'Ada "Neri"' end as person_name,
        owners.team_label, owners.absent_until_date, covers.owner_name as cover_name
    from reports.rpt_open_clocks as clocks left join marts.dim_owner as owners using (owner_id)
    left join marts.dim_owner as covers on owners.cover_owner_id = covers.owner_id;
"""
