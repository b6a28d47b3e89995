"""The rows of a review: the steps of a lead type, and what else was measured (page_tables.py lays them out)."""

REVIEW = """
insert into reports.rpt_review_rates (review_period, period_from, agreement_version, revenue_stream, lead_type,
    step_number, entered, converted, undecided, measured_rate, measured_rate_low, measured_rate_high, basis,
    effective_entered, within_horizon_rate) values
    ('quarter', '2026-04-01', '2026-01', 'retail', 'event', 1, 1000, 400, 5, 0.4, 0.375, 0.426, 'measured', 1000, 1),
    ('quarter', '2026-04-01', '2026-01', 'retail', 'event', 2, 12, 3, 0, 0.25, 0.1, 0.51, 'agreed: too few', 12, 1);
insert into marts.fct_review_measures (review_period, period_from, revenue_stream, lead_type, review_measure,
    agreed_value, entered, measured_value, measured_low, measured_high, surprise_rate,
    largest_three_rate, basis) values
    ('quarter', '2026-04-01', 'retail', '(all)', 'deal_size', 2000, 40, 2300, 2100, 2550, 0.0001, 0.2, 'measured'),
    ('quarter', '2026-04-01', 'retail', '(all)', 'margin_rate', 0.42, 50, 0.41, 0.39, 0.43, 0.4, null, 'measured');
insert into marts.fct_review_lines (review_period, line, revenue_stream, lead_type, from_stage, to_stage, reviewed_date,
    entered, converted, unit, agreed_value, measured_value, proposed_value, decision, decided_value, decision_reason,
    decision_by, decided_date) values
    ('2026-Q2', 'retail/event/mql_to_sql', 'retail', 'event', 'mql', 'sql', '2026-07-02', 990, 376, 'rate', 0.34, 0.38,
        0.38, 'changed', 0.36, 'May had a fair', 'Ada Neri', '2026-07-03'),
    ('2026-Q2', 'retail/event/sql_to_customer', 'retail', 'event', 'sql', 'customer', '2026-07-02', 12, 3, 'rate', 0.2,
        0.25, 0.2, 'open', null, null, null, null);
insert into marts.fct_review_lines (review_period, line, revenue_stream, lead_type, review_measure, reviewed_date,
    entered, unit, agreed_value, measured_value, proposed_value, decision, decided_value, decision_reason, decision_by,
    decided_date) values
    ('2026-Q2', 'retail/closes_within', 'retail', '(all)', 'closes_within', '2026-07-02', 40, 'days', 55, 27, 27,
        'accepted', 27, 'Deals close sooner', 'Ugo Riva', '2026-07-03');
insert into marts.fct_review_lines (review_period, line, line_text, is_item, figures, reviewed_date, decision,
    decision_reason, decision_by, decided_date, action_owner, due_date, done_date, done_reason) values
    ('2026-Q2', 'breach/calls/night', 'Breach, not kept', true, '120 of 289 at night.', '2026-07-02', 'accepted',
        'A second rep takes nights', 'Ugo Riva', '2026-07-03', 'Eva Blu', '2026-07-20', '2026-07-18', 'She does'),
    ('2026-Q2', 'breach/calls/noon', 'Breach, not kept', true, '3 of 289 at noon.', '2026-07-02', 'open',
        null, null, null, null, null, null, null);
"""
