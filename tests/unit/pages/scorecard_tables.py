"""The published tables that the scorecard reads besides those of page_tables.py, with a few rows."""

import duckdb

from orchestration.lib.pages import render_scorecards

TABLES = (
    "marts.fct_closings",
    "marts.fct_lead_plan",
    *("marts.fct_review_lines", "reports.rpt_meeting_agenda", "reports.rpt_meeting_changes"),
    *("reports.rpt_excuses", "reports.rpt_reasons", "reports.rpt_content", "reports.rpt_content_effect"),
    "reports.rpt_coaching_examples",
    "reports.rpt_late_answers",
    "reports.rpt_recycled_stock",
    "reports.rpt_closed_loop_cohorts",
    "reports.rpt_response_times",
    "reports.rpt_arrival_times",
    "reports.rpt_clock_time",
    "reports.rpt_sales_capacity",
    *("reports.rpt_quarter_forecast", "reports.rpt_forecast_stages"),
    "reports.rpt_weekly_work",
    "reports.rpt_restatements",
    "reports.rpt_bottlenecks",
)

ROWS = """
insert into reports.rpt_team_compliance (period_date, end_date, team, commitment, kind, measure, unit, due,
    kept, missed, early, open, excused, cases, target_amount, actual_amount, tolerance_rate, target,
    attainment, attainment_low, attainment_high, tolerance_status, status, has_ended, is_final, change,
    settled_date, is_settled) values
    ('2026-05-01', '2026-06-01', 'sales', 'first_contact', 'clock', null, 'share', 100, 75, 25, 0, 0, 0, null,
        null, null, 0.1, 0.9, 0.75, 0.75, 0.75, null, 'missed', true, true, null, '2026-06-06', true),
    ('2026-06-01', '2026-07-01', 'marketing', 'complete', 'measure', 'data_completeness', 'share', 0, 0, 0, 0, 0, 1, 0,
        null, null, 0.1, 0.9, null, null, null, null, 'not_evaluated', true, true, null, '2026-07-05', false);
insert into reports.rpt_team_compliance_week (team, kind, unit, early, not_evaluated, period_date, end_date, commitment,
    measure, due, kept, missed, open, excused, cases, target, attainment, attainment_low, attainment_high, status,
    has_ended, is_final, change, is_settled) values
    ('sales', 'measure', 'count', 0, 0, '2026-06-15', '2026-06-22', 'calls', 'attempts', 1, 1, 0, 0, 0, 31, 30, 31, 31,
        31, 'met', true, true, null, true),
    ('sales', 'measure', 'count', 0, 0, '2026-06-22', '2026-06-29', 'calls', 'attempts', 1, 0, 1, 0, 0, 19, 30, 19, 19,
        19, 'missed', true, true, -12, true),
    ('sales', 'measure', 'count', 0, 0, '2026-06-29', '2026-07-06', 'calls', 'attempts', 0, 0, 0, 1, 0, 25, 30, 25, 25,
        null, 'running', true, false, null, false),
    ('sales', 'measure', 'count', 0, 0, '2026-07-06', '2026-07-13', 'calls', 'attempts', 0, 0, 0, 1, 0, 17, 30, 17, 17,
        null, 'running', false, false, null, false),
    ('marketing', 'measure', 'count', 0, 0, '2026-06-22', '2026-06-29', 'decided', 'leads_decided', 0, 0, 0, 0, 1, 0, 9,
        null, null, null, 'not_evaluated', true, true, null, false);
insert into reports.rpt_team_compliance_quarter (period_date, end_date, team, commitment, kind, measure, unit,
    due, kept, missed, early, open, excused, cases, target_amount, actual_amount, tolerance_rate, target,
    attainment, attainment_low, attainment_high, tolerance_status, status, has_ended, is_final, change,
    settled_date, is_settled) values
    ('2026-01-01', '2026-04-01', 'sales', 'win_rate', 'measure', 'win_rate', 'share', 1, 0, 1, 0, 0, 0, 40,
        null, null, 0.1, 0.25, 0.2, 0.2, 0.2, null, 'missed', true, true, null, '2026-04-06', true),
    ('2026-04-01', '2026-07-01', 'sales', 'win_rate', 'measure', 'win_rate', 'share', 1, 1, 0, 0, 0, 0, 50,
        null, null, 0.1, 0.25, 0.3, 0.3, 0.3, null, 'met', true, true, 0.1, '2026-07-05', false),
    ('2026-07-01', '2026-10-01', 'sales', 'win_rate', 'measure', 'win_rate', 'share', 0, 0, 0, 0, 1, 0, 9,
        null, null, 0.1, 0.25, 1, 1, 1, null, 'running', false, false, null, null, false),
    ('2026-04-01', '2026-07-01', 'sales', 'cycle', 'measure', 'sales_cycle_days', 'days', 1, 0, 1, 0, 0, 0, 7,
        null, null, 0.1, 45, 50, 50, 50, null, 'missed', true, true, null, null, false),
    ('2026-01-01', '2026-04-01', 'sales', 'score', 'measure', 'net_promoter_score', 'points', 1, 0, 1, 0, 0, 0, 10,
        null, null, 0.1, -5, -20, -20, -20, null, 'missed', true, true, null, '2026-04-06', true),
    ('2026-04-01', '2026-07-01', 'sales', 'score', 'measure', 'net_promoter_score', 'points', 1, 1, 0, 0, 0, 0, 8,
        null, null, 0.1, -5, 12.5, 12.5, 12.5, null, 'met', true, true, 32.5, '2026-07-05', false),
    ('2026-04-01', '2026-07-01', 'sales', 'late_score', 'measure', 'net_promoter_score', 'points', 0, 0, 0, 0, 1, 0, 3,
        null, null, 0.1, 0, -33.33, -100, 100, null, 'running', true, false, null, null, false),
    ('2026-04-01', '2026-07-01', 'sales', 'logging', 'measure', 'outcome_logging', 'share', 3, 3, 0, 0, 0, 0, null,
        null, null, 0.1, 1, 1, 1, 1, null, 'met', true, true, null, null, false);
insert into reports.rpt_response_times (month_date, commitment, scope, owner_name, activity_class, leads,
    reached, due, in_time, in_time_rate, median_minutes, p90_minutes) values
    ('2026-06-01', 'first_contact', 'team', null, 'attempt', 436, 388, 419, 304, 0.726, 280, 3720),
    ('2026-06-01', 'first_contact', 'team', null, 'contact', 436, 298, 418, 99, 0.2368, 4416, 14493),
    ('2026-06-01', 'first_contact', 'team', null, 'conversation', 436, 187, 418, 50, 0.1196, 6030, 17775),
    ('2026-06-01', 'first_contact', 'owner', 'Ada <i>', 'attempt', 2, 1, 2, 1, 0.5, 30, 30),
    ('2026-06-01', 'first_contact', 'owner', 'Ada <i>', 'contact', 2, 0, 2, 0, 0, null, null),
    ('2026-06-01', 'first_contact', 'owner', 'Ada <i>', 'conversation', 2, 0, 2, 0, 0, null, null),
    ('2026-06-01', 'first_contact', 'no_owner', null, 'attempt', 99, 99, 99, 99, 0.007, 99, 99),
    ('2026-05-01', 'first_contact', 'team', null, 'attempt', 99, 99, 99, 99, 0.007, 99, 99),
    ('2026-05-01', 'first_contact', 'team', null, 'contact', 99, 99, 99, 99, 0.007, 99, 99),
    ('2026-05-01', 'first_contact', 'team', null, 'conversation', 99, 99, 99, 99, 0.007, 99, 99);
insert into reports.rpt_arrival_times (month_date, team, commitment, scope, is_weekend, iso_weekday, from_hour, leads,
    due, kept, attainment, median_minutes) values
    ('2026-06-01', 'sales', 'first_contact', 'week_part', true, null, null, 80, 75, 20, 0.26667, 2700),
    ('2026-06-01', 'sales', 'first_contact', 'week_part', false, null, null, 356, 347, 277, 0.79827, 240),
    ('2026-06-01', 'sales', 'first_contact', 'weekday', true, 6, null, 80, 75, 20, 0.26667, 2700),
    ('2026-06-01', 'sales', 'first_contact', 'weekday', false, 1, null, 356, 347, 277, 0.79827, 240),
    ('2026-06-01', 'sales', 'first_contact', 'six_hours', false, 1, 6, 300, 300, 270, 0.9, 200),
    ('2026-06-01', 'sales', 'first_contact', 'six_hours', false, 1, null, 56, 47, 7, 0.149, 400),
    ('2026-06-01', 'sales', 'first_contact', 'hour', false, 1, 9, 99, 99, 99, 0.007, 99),
    ('2026-05-01', 'sales', 'first_contact', 'weekday', false, 1, null, 99, 99, 99, 0.007, 99);
insert into reports.rpt_clock_time (month_date, team, commitment, clock_type, scope, owner_id, owner_name, clocks,
    system_hours, owner_hours, cover_hours, absent_hours, unknown_hours, system_rate, owner_rate, cover_rate,
    absent_rate, unknown_rate) values
    ('2026-06-01', 'sales', 'first_contact', 'business', 'team', null, null, 356, 1, 10, 5, 0.5, 0.25, 0.06, 0.6, 0.3,
        0.03, 0.01),
    ('2026-06-01', 'sales', 'first_contact', 'business', 'owner', 'crm:1', 'Ada <i>', 7, 0, 1, 0, 0.5, 0, 0, 0.66667, 0,
        0.33333, 0),
    ('2026-06-01', 'sales', 'first_contact', 'business', 'owner', 'crm:2', 'Ben', 99, 0, 77, 0, 0, 0, 0, 1, 0, 0, 0),
    ('2026-05-01', 'sales', 'first_contact', 'business', 'team', null, null, 77, 0, 77, 0, 0, 0, 0, 1, 0, 0, 0);
insert into marts.dim_owner (owner_id, owner_name) values ('crm:1', 'Ada <i>'), ('crm:2', 'Ben');
insert into marts.fct_measures (commitment_id, agreement_version, team, commitment, measure, period,
    period_date, owner_id, lead_type, cases, target, actual, status, status_reason) values
    ('1', '2026-01', 'sales', 'win_rate', 'win_rate', 'quarter', '2026-01-01', null, null, 40, 0.25, 0.2, 'missed',
        'not reached'),
    ('2', '2026-01', 'sales', 'win_rate', 'win_rate', 'quarter', '2026-04-01', null, null, 50, 0.25, 0.3, 'kept',
        'reached'),
    ('3', '2026-01', 'sales', 'win_rate', 'win_rate', 'quarter', '2026-07-01', null, null, 9, 0.25, 1, 'open',
        'not yet due'),
    ('4', '2026-01', 'sales', 'win_rate', 'win_rate', 'quarter', '2026-04-01', 'crm:1', null, 1, 0.25, 0, 'excused',
        'too few cases'),
    ('5', '2026-01', 'sales', 'cycle', 'sales_cycle_days', 'quarter', '2026-04-01', null, null, 7, 45, 50, 'missed',
        'not reached'),
    ('8', '2026-01', 'sales', 'score', 'net_promoter_score', 'quarter', '2026-04-01', 'crm:1', null, 2, -5, -50,
        'missed', 'not reached'),
    ('6', '2026-01', 'marketing', 'complete', 'data_completeness', 'month', '2026-06-01', null, null, 0, 0.9, null,
        'excused', 'no cases'),
    ('7', '2026-01', 'marketing', 'complete', 'data_completeness', 'month', '2026-06-01', null, 'event', 3, 0.9, 0.123,
        'missed', 'not reached');
update reports.rpt_sla_compliance_month set owner_name = 'Ada <i>' where owner_id = 'crm:1';
insert into reports.rpt_sla_compliance_month (period_date, team, commitment, owner_id, owner_name, due, kept,
    missed, early, open, excused, not_evaluated, target, attainment) values
    ('2026-05-01', 'sales', 'first_contact', 'crm:2', 'Ben', 1, 0, 1, 0, 0, 0, 0, 0.9, 0),
    ('2026-06-01', 'sales', 'follow_up', 'crm:2', 'Ben', 0, 0, 0, 2, 5, 0, 3, 0.7, null),
    ('2026-06-01', 'sales', 'visit', 'crm:2', 'Ben', 10, 9, 1, 0, 0, 0, 0, 0.7, 0.9),
    ('2026-06-01', 'sales', 'follow_up', null, '(no owner)', 7, 7, 0, 0, 0, 0, 0, 0.7, 1);
insert into marts.fct_commitment_coverage (month_date, team, commitment, withheld_by_owner_reason) values
    ('2026-06-01', 'sales', 'visit', 'too many without an owner');
insert into reports.rpt_excuses (month_date, team, commitment, excuse_reason, leads, excused, own_exits,
    excused_attainment_rate, missed_attainment_rate) values
    ('2026-06-01', 'sales', 'follow_up 3 in 2w', 'recycled', 40, 40, 31, 0.718, 0.647),
    ('2026-06-01', 'sales', 'follow_up 3 in 2w', 'won_forward', 1044, 1043, 0, 0.718, 0.647),
    ('2026-06-01', 'sales', 'first_contact', 'rejected', 9, 8, 7, null, 0.5),
    ('2026-05-01', 'sales', 'first_contact', 'disqualified', 9, 8, 7, 0.4, 0.3);
insert into reports.rpt_coaching_examples (month_date, owner_id, owner_name, commitment, example, example_number,
    commitment_id, journey_id, person_id, source_label, lead_type, stopped_at, taken_hours, over_hours) values
    ('2026-06-01', 'crm:1', 'Ada <i>', 'first_contact', 'good', 1, 'a', 'p1#1', 'crm:p1', 'Fair', 'event',
        '2026-06-02', 0.5, -23.5),
    ('2026-06-01', 'crm:1', 'Ada <i>', 'first_contact', 'missed', 1, 'b', 'p2#1', 'crm:p2', '<script>', 'event',
        null, 96, 72),
    ('2026-06-01', 'crm:2', 'Ben', 'first_contact', 'missed', 1, 'd', 'p3#1', 'crm:p3', 'Fair', 'event',
        '2026-06-03', 30, 6),
    ('2026-05-01', 'crm:2', 'Ben', 'first_contact', 'missed', 1, 'e', 'p4#1', 'crm:p4', 'Fair', 'event',
        '2026-05-03', 30, 6);
insert into reports.rpt_sales_capacity (revenue_stream, month_date, delivered_leads, capacity_leads,
    utilisation_rate, is_over_capacity, months_over, is_constant_over_delivery) values
    ('retail', '2026-06-01', 1234, 1000, 1.234, true, 3, true),
    ('retail', '2026-05-01', 7, 1000, 0.007, false, 0, false);
insert into reports.rpt_weekly_work (week_date, team, owner_id, leads_worked, calls, messages, meetings,
    outcome_logged_rate, leads_nurtured, leads_scored, leads_handed_over) values
    ('2026-06-08', 'sales', null, 41, 42, 43, 44, 0.456, null, null, null),
    ('2026-06-08', 'sales', 'crm:1', 1, 2, 3, 4, 0.5, null, null, null),
    ('2026-06-08', 'marketing', null, 51, null, null, null, null, 52, 53, 54),
    ('2026-06-29', 'marketing', null, 61, null, null, null, null, 62, 63, 64),
    ('2026-07-05', 'sales', null, 99, 99, 99, 99, 0.99, null, null, null);
insert into marts.fct_lead_plan (agreement_version, revenue_stream, lead_type, month_date, plan_month, stage, leads,
    lead_value_amount, customers, lag_days, unknown_quota_month_date, basis) values
    ('2026-01', 'retail', 'event', '2026-07-01', 1, 'mql', 46.25, 9250, 4.4, 61.4, null, 'agreed'),
    ('2026-01', 'retail', 'event', '2026-12-01', 6, 'mql', 40, 8000, 4, 61.4, null, 'agreed'),
    ('2026-01', 'retail', 'event', '2027-01-01', 7, 'mql', 12.75, 2550, 1.2, 61.4, '2027-02-01', 'agreed'),
    ('2026-01', 'retail', 'event', '2027-02-01', 8, 'mql', null, null, null, 61.4, '2027-02-01', 'agreed'),
    ('2026-01', 'retail', 'fair', '2026-12-01', 6, 'sql', 7, 700, 0.7, 0, null, 'unknown: taken as none');
insert into marts.fct_closings (month_date, is_settled, unsettled_commitments, settled_date) values
    ('2026-06-01', false, 114, '2026-08-30'), ('2026-05-01', true, 0, '2026-06-30');
insert into reports.rpt_restatements (month_date, team, commitment, reason, kept_change, missed_change,
    excused_change, actual_change_amount) values
    ('2026-05-01', 'sales', 'first_contact', 'status changed', 11, -11, 0, null),
    ('2026-05-01', 'sales', 'first_contact', 'status changed', 1, 0, -1, null),
    ('2026-05-01', 'marketing', 'lead_value', 'value changed', 0, 0, 0, 1234.5);
insert into reports.rpt_bottlenecks (period_date, revenue_stream, lead_type, from_stage, to_stage,
    compared_with, entered, converted, measured_rate, compared_rate, lost_customers, cost_amount,
    is_significant, bottleneck_rank, arithmetic)
    select date '2026-04-01', 'retail', 'event', 'mql', 'sql', 'agreement', 100, 30, 0.3, 0.4, 10.04 - i, 20000 - i,
        i = 1, i, 'sum ' || i
    from range(1, 6) as numbers (i);
insert into reports.rpt_bottlenecks (period_date, revenue_stream, lead_type, from_stage, to_stage,
    compared_with, entered, converted, measured_rate, compared_rate, lost_customers, cost_amount,
    is_significant, bottleneck_rank, arithmetic) values
    ('2026-01-01', 'retail', 'event', 'lead', 'mql', 'agreement', 1, 1, 0.99, 1, 9, 9, true, 1, 'old'),
    ('2026-04-01', 'retail', 'event', 'lead', 'mql', 'last period', 1, 1, 0.99, 1, 9, 9, true, 1,
        'against the quarter before'),
    ('2026-04-01', 'retail', 'fair', 'lead', 'mql', 'agreement', 1, 1, 1, 0.99, -9, -9, false, 0, 'better than agreed');
"""

# What follows from other columns.
DERIVED = """
update marts.fct_measures set
    unit = case measure when 'sales_cycle_days' then 'days' when 'net_promoter_score' then 'points' else 'share' end,
    stopped_at = if(status_reason = 'not yet due', null, timestamp '2026-07-01');
update reports.rpt_team_compliance set excused_reason = 'no cases' where commitment = 'complete';
update reports.rpt_team_compliance_week set excused_reason = 'not in the data' where commitment = 'decided';
update marts.fct_measures set is_latest_period = commitment_id not in ('1', '3');
update reports.rpt_team_compliance set with_evidence_amount = 8280, carried_amount = 1200, credit_amount = 345.4
    where commitment = 'lead_value' and period_date = date '2026-06-01';
update reports.rpt_weekly_work set scope = if(owner_id is null, 'team', 'owner');
update reports.rpt_response_times set owner_id = if(owner_name is null, null, 'crm:1');
"""


def scorecard_of_june(connection: duckdb.DuckDBPyConnection) -> str:
    """The page of the last ended month: the tables are as of 10 July 2026."""
    return render_scorecards(connection)["scorecard/2026-06.html"]
