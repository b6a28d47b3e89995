-- Sessions that began in the quarter, and those in which their visitor sent a form: before the next
-- session of the same visitor. A session is known by its visitor and its own number together.
with
    sessions as (
        select
            client_id,
            session_id,
            started_at,
            lead(started_at, 1, timestamp '9999-12-31') over (
                partition by client_id order by started_at
            ) as next_at
        from raw.web__sessions
        where started_at <= getvariable('as_of')
    ),

    sent as (
        select sessions.client_id, sessions.session_id, count(forms.submitted_at) as forms
        from quarter, sessions
        left join
            raw.web__form_submissions as forms
            on sessions.client_id = forms.client_id
            and forms.submitted_at >= sessions.started_at
            and forms.submitted_at < sessions.next_at
        where milan_date(sessions.started_at) >= first_day and milan_date(sessions.started_at) < next_day
        group by sessions.client_id, sessions.session_id, sessions.started_at
    )

select
    'form_conversion_rate' as kpi,
    count(*) filter (forms > 0) as numerator,
    count(*) as denominator,
    null as value
from sent
