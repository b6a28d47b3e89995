"""The published tables that pages read, with a few rows: what test_pages.py renders."""

import duckdb

from tests.tables import create
from tests.unit.pages.open_tables import OPEN
from tests.unit.pages.review_tables import REVIEW

TABLES = (
    *("marts.dim_agreement", "marts.dim_commitment", "marts.dim_target"),
    *("marts.fct_commitments", "marts.fct_measures", "marts.dim_kpi", "marts.fct_kpis"),
    "marts.fct_lead_delivery_daily",
    *("marts.dim_owner", "marts.dim_account", "marts.dim_person"),
    "marts.fct_journeys",
    *("marts.fct_documents", "marts.fct_qualification_answers"),
    "marts.fct_person_scores",
    *("marts.fct_loads", "marts.fct_excluded_rows", "reports.rpt_attribution", "reports.rpt_channel_bridge"),
    *("reports.rpt_campaigns", "reports.rpt_platform_conversions"),
    "marts.dim_attribution_model",
    "reports.rpt_sla_compliance_month",
    "reports.rpt_owner_months",
    "reports.rpt_owner_shares",
    "reports.rpt_team_compliance",
    "reports.rpt_first_contact",
    *("marts.fct_handoffs", "marts.fct_opportunities", "reports.rpt_funnel_conversion"),
    *("marts.dim_build", "marts.fct_stage_conversions"),
    "reports.rpt_page_header",
    "reports.rpt_sources",
    "reports.rpt_untouched_splits",
    "reports.rpt_undated_stages",
    "marts.fct_commitment_coverage",
    "reports.rpt_score_reasons",
    *("reports.rpt_open_clocks", "reports.rpt_open_commitments", "reports.rpt_untouched_leads"),
    *("reports.rpt_workload", "reports.rpt_daily_changes", "reports.rpt_coaching_examples"),
    *("marts.fct_timeline", "marts.fct_journey_history"),
    "reports.rpt_closed_loop",
    *("reports.rpt_review_rates", "marts.fct_review_lines", "marts.fct_review_measures"),
    *("marts.dim_quota_period", "marts.fct_source_freshness", "reports.rpt_guard_results", "marts.fct_reviews"),
    *("reports.rpt_review_findings", "reports.rpt_rep_targets", "reports.rpt_rep_capacity"),
    "marts.fct_reported_commitments",
    "marts.fct_negative_durations",
    *("reports.rpt_team_compliance_quarter", "reports.rpt_team_compliance_week", "reports.rpt_disputes"),
)

EMPTY = """
insert into marts.fct_source_freshness (system, entity, is_evaluated_by, system_last_date, system_days_behind)
    select 'crm', unnest(['persons', 'activities', 'stage_changes', 'revenue']), true, date '2026-07-10', 0;
insert into reports.rpt_sources (system, is_evaluated_by, last_date, days_behind, is_behind) values
    ('crm', true, '2026-07-10', 0, false); insert into marts.dim_build (as_of) values ('2026-07-09 22:30');
insert into reports.rpt_page_header (company_name, currency_code, time_zone, fiscal_year_start_month, as_of_local_at,
    as_of_date, month_date, day_of_month, days_in_month, agreement_version, is_signed, marketing_signed_by,
    missing_signatures, next_review_date, is_review_overdue, tolerance_rate) values
    ('Acme & Sons', 'EUR', 'Europe/Rome', 1, '2026-07-10 00:30', '2026-07-10', '2026-07-01', 10, 31, '2026-01', false,
        'Ada', 'sales', '2026-07-10', false, 0.1);
insert into reports.rpt_untouched_splits (split, leads, waiting_leads, given_back_leads, place) select 'all',0,0,0,1;
insert into marts.dim_agreement (agreement_version, status, effective_from, effective_to, agreed_from_date,
    next_review_date, tolerance_rate, is_signed, marketing_signed_by, sales_signed_by, missing_signatures) values
    ('2026-01', 'draft', '2026-01-01', null, '2026-01-01', '2026-07-10', 0.1, false, 'Ada', null, 'sales');
"""

ROWS = (
    REVIEW
    + """
insert into marts.dim_commitment (commitment, commitment_name) values ('follow_up 3 in 2w', 'Keep on 3 in 2w');
insert into marts.fct_commitments (agreement_version, team, commitment, month_date, revenue_stream, lead_type,
    clock_type, started_at, target, actual, attainment_rate, status_reason, kind) values
    ('2026-01', 'sales', 'first_contact', '2026-06-01', 'retail', 'event', 'calendar', '2026-06-02', 1440, 60, 1, 'ok',
        'clock'),
    ('2026-01', 'marketing', 'lead_value', '2026-06-01', 'retail', 'event', null, '2026-06-01', 9000, 9450.4, 1.05,
        'on track', 'lead_value');
insert into marts.fct_reported_commitments by name
    select agreement_version, team, commitment, month_date, revenue_stream, lead_type, clock_type, started_at, target,
        actual, attainment_rate, status_reason, kind
    from marts.fct_commitments;
insert into marts.fct_commitments (agreement_version, team, commitment, month_date, revenue_stream, lead_type,
    clock_type, started_at, target, actual, attainment_rate, status_reason, kind) values
    ('2026-01', 'marketing', 'lead_value', '2026-06-01', 'retail', 'event', null, '2026-06-01', 7777, 7777, 1, 'late',
        'lead_value');
insert into marts.fct_lead_delivery_daily (commitment, revenue_stream, lead_type, agreement_version,
    delivery_date, leads, delivered_amount, target_amount, month_to_date_leads, month_to_date_amount,
    month_to_date_target_amount, month_target_amount, status) values
    ('lead_value', 'retail', 'event', '2026-01', '2026-06-30', 9, 99, 99, 99, 99, 99, 99, 'over'),
    ('lead_value', 'retail', 'event', '2026-01', '2026-07-01', 5, 500, 391.3, 5, 500, 391.3, 9000, 'over'),
    ('lead_value', 'retail', 'event', '2026-01', '2026-07-09', 2, 200.4, 391.3, 12, 1000, 3130.4, 9000, 'under'),
    ('lead_value', 'retail', 'event', '2026-01', '2026-07-10', 7, 77, 77, 77, 77, 77, 77, 'on track');
insert into reports.rpt_sla_compliance_month (period_date, team, commitment, owner_id, owner_name, due, kept,
    missed, early, open, excused, not_evaluated, target, attainment) values
    ('2026-06-01', 'sales', 'first_contact', 'crm:1', 'Ada', 1500, 1200, 300, 0, 2, 11, 0, 0.9, 0.8),
    ('2026-06-01', 'sales', 'first_contact', 'crm:2', 'Ben', 34, 34, 0, 0, 0, 0, 0, 0.9, 1),
    ('2026-07-01', 'sales', 'first_contact', 'crm:1', 'Ada', 8, 5, 3, 1, 3, 1, 0, 0.9, 0.625);
insert into reports.rpt_owner_months (month_date, owner_id, due, attainment, is_final) values
    ('2026-06-01', 'crm:1', 1500, 0.8, true), ('2026-05-01', 'crm:1', 10, 0.5, true),
    ('2026-06-01', 'crm:2', 34, 1, false), ('2025-06-01', 'crm:2', 34, 1, true), ('2026-07-01', 'crm:1', 9, 0.1, true);
insert into reports.rpt_team_compliance (period_date, end_date, team, commitment, kind, measure, unit, due,
    kept, missed, early, open, excused, cases, target_amount, actual_amount, tolerance_rate, target,
    attainment, attainment_low, attainment_high, tolerance_status, status, has_ended, is_final, change,
    settled_date, is_settled, counted_amount) values
    ('2026-06-01', '2026-07-01', 'sales', 'first_contact', 'clock', null, 'share', 1534, 1234, 300, 0, 2, 11, null,
        null, null, 0.1, 0.9, 0.8044, 0.8034, 0.8047, null, 'missed', true, false, null, '2026-07-12', false, null),
    ('2026-07-01', '2026-08-01', 'sales', 'first_contact', 'clock', null, 'share', 8, 5, 3, 1, 3, 1, null,
        null, null, 0.1, 0.9, 0.625, 0.5, 0.75, null, 'running', false, false, null, null, false, null),
    ('2026-06-01', '2026-07-01', 'sales', 'follow_up 7 in 8w', 'cadence', null, 'share', 0, 0, 0, 11, 114, 9, null,
        null, null, 0.1, 0.7, null, 0.088, 1, null, 'running', true, false, null, '2026-08-30', false, null),
    ('2026-06-01', '2026-07-01', 'marketing', 'lead_value', 'lead_value', null, 'share', 1, 1, 0, 0, 0, 0, null,
        9000, 9450.4, 0.1, 1, 1, null, null, 'on track', 'met', true, true, 0.05, '2026-07-06', true, 9000),
    ('2026-07-01', '2026-08-01', 'marketing', 'lead_value', 'lead_value', null, 'share', 0, 0, 0, 0, 1, 0, null,
        9000, 1000, 0.1, 1, 0.111, null, null, 'under', 'running', false, false, null, null, false, 1000);
insert into reports.rpt_first_contact (month_date, commitment, population, median_minutes, p90_minutes) values
    ('2026-06-01', 'first_contact', 'all', 30, 4320);
insert into marts.fct_handoffs (journey_id, is_counted, contact_due_at, answer) select 'j' || i, i < 1500,
    if(i < 1400, '2026-07-01', '2026-07-20'), if(i > 1990, 'recycled_by_default', null) from range(1, 2000) as n (i);
insert into reports.rpt_untouched_splits (split, place, part, name, leads, lead_value, first_date, most_days,
    waiting_leads, given_back_leads) values
    ('all', 1, null, null, 12, 1491.25, '2025-07-06', 369, 10, 1),
    ('owner', 1, 'crm:1', 'Ada', 2, 1200.75, '2025-07-06', 369, 1, 1),
    ('owner', 2, 'crm:3', 'Ada', 1, 200.5, '2026-07-07', 3, 0, 0),
    ('source', 1, 'Search', 'Search', 9, 90, '2026-06-01', 39, 9, 0),
    ('source', 2, 'Fair <b>', 'Fair <b>', 2, 1200.75, '2025-07-06', 369, 1, 1),
    ('source', 3, 'Mail', 'Mail', 1, 200.5, '2026-07-07', 3, 0, 0),
    ('age', 1, 'over 90 days', 'over 90 days', 1, 1000.25, '2025-07-06', 369, 0, 1),
    ('age', 2, '31 to 90 days', '31 to 90 days', 9, 90, '2026-06-01', 39, 9, 0),
    ('age', 3, 'up to 7 days', 'up to 7 days', 2, 401, '2026-07-06', 4, 1, 0),
    ('outcome', 1, 'open', 'open', 10, 290.5, '2026-06-01', 39, 10, 0),
    ('outcome', 2, 'rejected', 'rejected', 1, 1000.25, '2025-07-06', 369, 0, 1);
insert into reports.rpt_untouched_splits (split, place, name, leads, lead_value, most_days)
    select 'owner', 2 + i, 'Rep ' || i, 1, 10, 39 from range(1, 10) as numbers (i);
insert into reports.rpt_open_clocks (commitment_id, commitment, owner_id, owner_name, person_id, stage,
    revenue_stream, lead_type, source_label, due_at, due_local_at, hours_left, attempts_left, status, urgency)
    select
        'c' || i, if(i = 8, 'follow_up 3 in 2w', 'first_contact'), 'crm:1', 'Ada', 'crm:p' || i, 'mql', 'retail',
        'event', '<script>alert(1)</script>', '2026-07-10 10:00', '2026-07-10 12:00', if(i = 7, 3.5, -i * 24.0),
        if(i = 8, 2, null), if(i = 7, 'open', 'missed'),
        coalesce(map {7: 'due in 24 hours', 8: 'cadence today', 29: 'backlog', 30: 'rework'}[i], 'overdue')
    from range(1, 31) as numbers (i);
insert into reports.rpt_open_clocks (commitment_id, commitment, owner_id, owner_name, person_id, stage,
    revenue_stream, lead_type, source_label, due_at, due_local_at, hours_left, attempts_left, status, urgency) values
    ('later', 'acceptance', null, '(no owner)', 'crm:q', 'mql', 'retail',
    'event', 'Fair', '2026-07-20 10:00', '2026-07-20 12:00', 240, null, 'pending', 'due later');
insert into reports.rpt_workload values
    ('crm:1', 'Ada', 'Field', 'retail', 12, 11, 10, 1.2, true, 9, 10, 0.9, false, 2, 28, 0, 0, 0),
    ('crm:2', 'Ben', 'Field', 'retail', 3, 3, 10, 0.3, false, 17, 10, 1.7, true, 0, 0, 1, 0, 3),
    (null, '(no owner)', null, 'retail', 0, 0, null, null, null, 0, null, null, null, 0, 0, 0, 1, 0);
insert into reports.rpt_daily_changes (change_id, kind, team, owner_id, owner_name, person_id, happened_at,
    happened_local_at, from_stage, title, detail)
    select 's' || i, 'stage', 'sales', 'crm:1', 'Ada', 'crm:p1', timestamp '2026-07-09 08:00' - to_minutes(i),
        timestamp '2026-07-09 10:00' - to_minutes(i), 'mql', 'sal', '<img src=x onerror=alert(1)>'
    from range(1, 16) as numbers (i);
insert into reports.rpt_daily_changes (change_id, kind, team, owner_id, owner_name, person_id, happened_at,
    happened_local_at, from_stage, title, detail) values
    ('b1', 'missed', 'marketing', null, '(team)', null, '2026-07-09 08:30', '2026-07-09 10:30', null, 'lead_value',
        'under'),
    ('d1', 'document opened', 'sales', 'crm:2', 'Ben', 'crm:seen', '2026-07-09 09:00', '2026-07-09 11:00', null,
        'Offer 7', null);
insert into marts.dim_owner (owner_id, owner_name, team_label, absent_until_date, cover_owner_id) values
    ('crm:1', 'Ada', 'Field', '2026-07-13', 'crm:2'), ('crm:2', 'Ben', 'Field', null, null);
insert into marts.dim_account (account_id, account_name, employees, segment_label) values
    ('crm:a', 'Rossi <b>', 1200, 'Retail');
insert into marts.dim_person (person_id, records, systems, email, created_date, deleted_at, channel,
    source_label, source_detail, campaign_label, lead_type, revenue_stream, persona, account_id, owner_id,
    country) values
    ('crm:p1', 2, 1, 'p1@example.com', '2026-03-01', null, 'Search', '<script>alert(1)</script>', 'brand',
        'Spring', 'event', 'retail', 'office_manager', 'crm:a', 'crm:1', 'Italy'),
    ('crm:seen', 1, 1, null, '2026-07-01', '2026-07-09 10:00', 'Unknown', '(missing)', null, null, 'unknown',
        'unknown', 'unknown', null, null, null);
insert into marts.fct_journeys (journey_id, person_id, journey_number, entered_at, mql_at, sal_at, sql_at,
    opportunity_at, customer_at, closed_at, outcome, outcome_reason) values
    ('crm:p1#1', 'crm:p1', 1, '2026-03-01 09:00', '2026-03-01 09:00', null, null, null, null, '2026-04-01 09:00',
        'recycled', 'no budget'),
    ('crm:p1#2', 'crm:p1', 2, '2026-07-01 09:00', '2026-07-01 09:00', '2026-07-02 09:00', null, null, null, null,
        'open', null);
insert into marts.fct_documents (document_id, person_id, document_label, sent_at, first_opened_at, opens) values
    ('d1', 'crm:p1', 'Offer <i>', '2026-07-03 09:00', '2026-07-04 09:00', 3),
    ('d2', 'crm:p1', 'Leaflet', '2026-07-03 09:00', null, 0);
insert into marts.fct_person_scores (person_id, is_current, agreement_version, fit_score, engagement_score,
    score, grade) values ('crm:p1', true, '2026-01', 40, 62.5, 51.25, 'B2'),
    ('crm:p1', false, '2026-01', 1, 2, 3, 'C9');
insert into reports.rpt_score_reasons (person_id, score_part, rule, times, points, at_most, points_left,
    last_local_at) values
    ('crm:p1', 'fit', 'who_decides', 1, 40, null, 40, null),
    ('crm:p1', 'engagement', 'visit', 2, 16, 32, 6.5, '2026-07-02 11:00');
insert into marts.fct_timeline (person_id, event_number, journey_id, kind, happened_local_at, event_label,
    channel, detail, owner_id) values
    ('crm:p1', 1, null, 'touch', '2026-02-28 10:00', 'first visit', 'Search', '<script>alert(2)</script>', null),
    ('crm:p1', 2, 'crm:p1#1', 'stage', '2026-03-01 10:00', 'mql', null, null, null),
    ('crm:p1', 3, 'crm:p1#2', 'activity', '2026-07-02 11:00', 'Call', null, 'No answer', 'crm:1');
insert into marts.fct_journey_history (journey_id, person_id, touches_before_mql, days_touched_before_mql,
    activities_before_mql, touches_before_customer) values ('crm:p1#2', 'crm:p1', 1, 122.96, 0, null);
insert into reports.rpt_funnel_conversion (cohort_period, cohort_date, segment_type, revenue_stream, lead_type,
    from_stage, to_stage, from_rank, is_next_stage, entered, converted, still_open, converted_30d,
    converted_60d, converted_90d, is_mature_30d, is_mature_60d, is_mature_90d, rate_30d, rate_60d, rate_90d) values
    ('quarter', '2026-01-01', 'stream and lead type', 'retail', 'event', 'mql', 'sql', 2, true, 1500, 700, 20,
        600, 650, 690, true, true, true, 0.4, 0.4333, 0.46),
    ('quarter', '2026-01-01', 'stream and lead type', 'retail', 'event', 'mql', 'customer', 2, false, 1500, 77, 20,
        7, 7, 7, true, true, true, 0.1, 0.1, 0.1),
    ('quarter', '2026-01-01', 'all', null, null, 'mql', 'sql', 2, true, 3000, 1111, 40, 777, 888, 999,
        true, true, true, 0.259, 0.296, 0.333),
    ('quarter', '2026-04-01', 'stream and lead type', 'retail', 'event', 'mql', 'sql', 2, true, 900, 123, 500, 1, 2, 3,
        false, false, false, 0.00111, null, null);
insert into reports.rpt_closed_loop (channel, source_label, leads, mqls, customers, mql_to_customer_rate,
    deals_won, won_amount, revenue_lines, revenue_amount, cost_amount, cost_kinds, channel_cost_per_lead,
    channel_cost_per_customer, all_cost_per_lead, all_cost_per_customer) values
    ('Search', 'Brand <b>', 12345, 2000, 70, 0.035, 70, 98765.43, 5, 1000, 5000, 'ad_spend, agency', 0.405, 71.4286,
        0.61, 80.5), ('Word of mouth', 'Friends', 3, 2, 1, 0.5, 1, 10, 0, 0, null, null, null, null, 0.61, 80.5);
insert into reports.rpt_attribution (attribution_model, model_name, path_scope, conversion, axis, axis_value,
    model_number, is_shown_first, is_shown_scope, conversions, attributed_amount, cost_amount, cost_per_conversion,
    return_on_cost) values
    ('first_touch', 'First touch', 'account', 'won', 'channel', 'Search', 1, true, true, 42, 4200.5, 420.05, 10, 10);
insert into marts.fct_loads (system, table_name, file, status, reason, records, rows_loaded, rows_rejected,
    non_data_lines, rows_corrected, undeclared_columns, missing_columns) values
    ('crm', 'contacts', 'a.csv', 'loaded', null, 1010, 1003, 7, 0, 0, null, null),
    ('crm', 'contacts', 'b.csv', 'refused', 'no header', null, null, null, 0, 0, null, null);
update reports.rpt_sources set files_loaded = 1, files_refused = 1, rows_loaded = 1003, rows_to_correct = 7;
insert into marts.fct_excluded_rows values ('activities', 'crm', 'person unknown', '(none)', 13);
insert into marts.fct_negative_durations (system, from_event, to_event, row_count, negative_row_count, smallest_days)
    values ('crm', 'person created', 'opportunity opened', 7, 3, -2.5);
insert into marts.dim_target (agreement_version, revenue_stream, lead_type, step_number, stage, next_stage,
    agreed_rate, quota_amount, quota_period, quota_share, deal_size, base_rate, basis, owed_by) values
    ('2026-01', 'retail', 'event', 1, 'mql', 'sql', 0.34, 500000, 'year', 0.5, 2000, 0.34, 'assumed', null),
    ('2026-01', 'retail', 'event', 2, 'sql', 'customer', 0.2, 500000, 'year', 0.5, 2000, 0.2, 'assumed', null),
    ('2026-01', 'retail', 'event', 3, 'customer', null, null, 500000, 'year', 0.5, 2000, null, null, null);
"""
)

# What follows from other columns.
DERIVED = """
update marts.fct_lead_delivery_daily set
    month_date = cast(date_trunc('month', delivery_date) as date), is_yesterday = delivery_date = date '2026-07-09',
    is_month_to_yesterday = delivery_date between date '2026-07-01' and date '2026-07-09';
update marts.fct_loads set rows_to_correct = rows_rejected, has_problems = true;
update marts.fct_journeys set
    entered_local_at = timezone('Europe/Rome', timezone('UTC', entered_at)),
    closed_local_at = timezone('Europe/Rome', timezone('UTC', closed_at)), stage = if(sal_at is null, 'mql', 'sal');
update marts.fct_documents set
    sent_local_at = timezone('Europe/Rome', timezone('UTC', sent_at)),
    first_opened_local_at = timezone('Europe/Rome', timezone('UTC', first_opened_at));
update marts.dim_person set deleted_local_at = timezone('Europe/Rome', timezone('UTC', deleted_at));
update reports.rpt_open_clocks set place = if(urgency = 'overdue', abs(hours_left) / 24, 1), owner_place = 1;
update reports.rpt_funnel_conversion set is_current_cohort = cohort_period = 'quarter';
delete from reports.rpt_untouched_splits where split = 'all' and leads = 0;
update reports.rpt_sla_compliance_month set scope = if(owner_id is null, 'no_owner', 'owner');
update reports.rpt_team_compliance set coverage_rate = 0.8, withheld_reason = 'of the leads have no agreed type';
"""


def lay_out(connection: duckdb.DuckDBPyConnection, with_rows: bool = True) -> None:
    """The tables of a company: of one that has just begun, or with the rows above."""
    create(connection, *TABLES)
    connection.execute(EMPTY)
    if with_rows:
        connection.execute(ROWS + DERIVED + OPEN)
