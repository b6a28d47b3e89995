"""A review and what was decided on it, as page_tables.py lays them out."""

ROWS = """
insert into reports.rpt_review_rates (review_period, period_from, agreement_version, revenue_stream, lead_type,
    step_number, entered, converted, undecided, measured_rate, measured_rate_low, measured_rate_high, basis) values
    ('quarter', '2026-04-01', '2026-01', 'retail', 'event', 1, 1000, 400, 5, 0.4, 0.37, 0.431, 'measured'),
    ('quarter', '2026-04-01', '2026-01', 'retail', 'event', 2, 12, 3, 0, 0.25, 0.089, 0.532, 'agreed: too few');
insert into marts.fct_review_lines (review_period, line, revenue_stream, lead_type, from_stage, to_stage, reviewed_date,
    entered, converted, agreed_rate, measured_rate, proposed_rate, decision, decided_rate, decision_reason, decision_by,
    decided_date) values
    ('2026-Q2', 'retail/event/mql_to_sql', 'retail', 'event', 'mql', 'sql', '2026-07-02', 990, 376, 0.34, 0.38, 0.38,
        'changed', 0.36, 'May had a fair', 'Ada Neri', '2026-07-03'),
    ('2026-Q2', 'retail/event/sql_to_customer', 'retail', 'event', 'sql', 'customer', '2026-07-02', 12, 3, 0.2, 0.25,
        0.2, 'open', null, null, null, null);
"""
