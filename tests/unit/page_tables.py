"""The published tables that pages read, with a few rows: what test_pages.py renders."""

TABLES = """
create schema marts;
create schema reports;
create table marts.dim_build (
    as_of timestamp, as_of_date date, company_name varchar, currency_code varchar, time_zone varchar,
    fiscal_year_start_month integer
);
create table marts.dim_agreement (
    version varchar, status varchar, effective_from date, effective_to date, agreed_from_date date,
    next_review_date date, tolerance_rate double, is_signed boolean, marketing_signed_by varchar,
    sales_signed_by varchar, unsigned_teams varchar
);
create table marts.dim_target (
    agreement_version varchar, revenue_stream varchar, lead_type varchar, step_number integer, stage varchar,
    next_stage varchar, agreed_rate double, quota_amount decimal(18, 2), quota_period varchar, quota_share double,
    deal_size decimal(18, 2), base_rate double, basis varchar, owed_by varchar
);
create table marts.fct_commitments (
    agreement_version varchar, team varchar, commitment varchar, month_date date, revenue_stream varchar,
    lead_type varchar, clock_type varchar, started_at timestamp, target double, actual double, attainment_rate double,
    status_reason varchar, kind varchar as (case when clock_type is null then 'lead_value' else 'clock' end)
);
create table marts.fct_reported_commitments as select * from marts.fct_commitments;
create table marts.fct_lead_delivery_daily (
    commitment varchar, revenue_stream varchar, lead_type varchar, agreement_version varchar, delivery_date date,
    leads bigint, delivered_amount double, target_amount double, month_to_date_leads bigint,
    month_to_date_amount double, month_to_date_target_amount double, month_target_amount double, status varchar,
    month_date date as (cast(date_trunc('month', delivery_date) as date)),
    delivered_with_evidence_amount double as (nullif(delivered_amount, 99) - 10)
);
create table marts.dim_owner (owner_id varchar, owner_name varchar, team_label varchar);
create table marts.dim_account (account_id varchar, account_name varchar, employees bigint,
    segment_label varchar);
create table marts.dim_person (
    person_id varchar, records bigint, systems bigint, email varchar, created_date date, deleted_at timestamp,
    channel varchar, source_label varchar, source_detail varchar, campaign_label varchar, lead_type varchar,
    revenue_stream varchar, persona varchar, account_id varchar, owner_id varchar, country varchar
);
create table marts.fct_journeys (
    journey_id varchar, person_id varchar, journey_number integer, entered_at timestamp, mql_at timestamp,
    sal_at timestamp, sql_at timestamp, opportunity_at timestamp, customer_at timestamp, closed_at timestamp,
    outcome varchar, outcome_reason varchar
);
create table marts.fct_documents (
    document_id varchar, person_id varchar, document_label varchar, sent_at timestamp, first_opened_at timestamp,
    opens bigint
);
create table marts.fct_person_scores (
    person_id varchar, is_current boolean, agreement_version varchar, fit_score double, engagement_score double,
    score double, grade varchar
);
create table marts.fct_score_points (
    person_id varchar, agreement_version varchar, score_part varchar, rule varchar, happened_at timestamp,
    points double, at_most double, points_left double
);
create table marts.fct_loads (
    system varchar, table_name varchar, file varchar, status varchar, reason varchar, records int, rows_loaded int,
    rows_set_apart bigint, frame_lines bigint, rows_mended bigint, undeclared_columns text, missing_columns text
);
create table marts.fct_left_out_rows (entity varchar, system varchar, reason varchar, label varchar, row_count bigint);
create table marts.fct_negative_durations as select 'crm' as system, 'person created' as from_event,
    'opportunity opened' as to_event, 7 as row_count, 3 as negative_row_count, -2.5 as smallest_days limit 0;
create table reports.rpt_sla_compliance_month (
    period_date date, team varchar, commitment varchar, owner_id varchar, owner_name varchar, due bigint, kept bigint,
    missed bigint, early bigint, open bigint, excused bigint, target double, attainment double,
    scope varchar as (if(owner_id is null, 'no_owner', 'owner'))
);
create table reports.rpt_owner_months (month_date date, owner_id varchar, due bigint, attainment double,
    is_final boolean);
create table reports.rpt_team_compliance (
    period_date date, end_date date, team varchar, commitment varchar, kind varchar, measure varchar, unit varchar,
    due bigint, kept bigint, missed bigint, early bigint, open bigint, excused bigint, cases bigint,
    target_amount double, actual_amount double, tolerance_rate double, target double, attainment double,
    attainment_low double, attainment_high double, tolerance_status varchar, verdict varchar, has_ended boolean,
    is_final boolean, change double, settled_date date, is_settled boolean, coverage_rate double as (0.8),
    withheld_reason varchar as ('too many leads without an agreed type')
);
create table reports.rpt_team_compliance_quarter as select * exclude (coverage_rate, withheld_reason)
    from reports.rpt_team_compliance;
create table reports.rpt_first_contact (month_date date, commitment varchar, population varchar,
    median_minutes double, p90_minutes double);
create table marts.fct_handoffs (journey_id varchar, is_counted boolean, answer varchar);
create table reports.rpt_untouched_leads (
    owner_id varchar, owner_name varchar, source_label varchar, handed_over_date date, age_days bigint, age varchar,
    lead_value double, is_given_back boolean, answer varchar, outcome varchar
);
create table reports.rpt_open_clocks (
    commitment_id varchar, commitment varchar, owner_id varchar, owner_name varchar, person_id varchar,
    stage varchar, revenue_stream varchar, lead_type varchar, source_label varchar, due_at timestamp,
    due_local_at timestamp, hours_left double, attempts_left bigint, status varchar, urgency varchar
);
create table reports.rpt_rep_load (
    owner_id varchar, owner_name varchar, team_label varchar, revenue_stream varchar, month_leads bigint,
    open_month_leads bigint, leads_per_rep double, utilisation_rate double, is_over_capacity boolean
);
create table reports.rpt_changes (
    change_id varchar, kind varchar, team varchar, owner_id varchar, owner_name varchar, person_id varchar,
    happened_at timestamp, happened_local_at timestamp, from_stage varchar, title varchar, detail varchar
);
create table reports.rpt_lead_timeline (
    person_id varchar, event_number bigint, journey_id varchar, kind varchar, happened_local_at timestamp,
    title varchar, detail varchar, owner_name varchar
);
create table reports.rpt_funnel_conversion (
    cohort_period varchar, cohort_date date, segment_type varchar, revenue_stream varchar, lead_type varchar,
    from_stage varchar, to_stage varchar, from_rank integer, is_next_stage boolean, entered bigint,
    converted bigint, still_open bigint,
    converted_30d bigint, converted_60d bigint, converted_90d bigint, is_mature_30d boolean, is_mature_60d boolean,
    is_mature_90d boolean, rate_30d double, rate_60d double, rate_90d double
);
create table reports.rpt_closed_loop (
    channel varchar, source_label varchar, leads bigint, mqls bigint, customers bigint, mql_to_customer_rate double,
    deals_won bigint, won_amount decimal(18, 2), revenue_lines bigint, revenue_amount decimal(18, 2),
    spend_amount decimal(18, 2), channel_cost_per_lead double,
    channel_cost_per_customer double
);
create table reports.rpt_attribution (attribution_model varchar, channel varchar, conversions double,
    attributed_amount decimal(18, 2));
create table reports.rpt_review_rates (
    review_period varchar, period_from date, agreement_version varchar, revenue_stream varchar, lead_type varchar,
    step_number integer, entered bigint, converted bigint, undecided bigint, measured_rate double,
    measured_rate_low double, measured_rate_high double, basis varchar
);
create table marts.fct_source_freshness (
    system varchar, entity varchar, is_judged_by boolean, system_last_date date, system_days_behind bigint
);
insert into marts.fct_source_freshness
    select 'crm', unnest(['persons', 'activities', 'stage_changes', 'revenue']), true, date '2026-07-10', 0;
create table reports.rpt_guard_results (guard varchar, agreement_version varchar, status varchar);
insert into marts.dim_build values ('2026-07-09 22:30:00', '2026-07-10', 'Acme & Sons', 'EUR', 'Europe/Rome', 1);
insert into marts.dim_agreement values
    ('2026-01', 'draft', '2026-01-01', null, '2026-01-01', '2026-07-10', 0.1, false, 'Ada', null, 'sales');
"""

ROWS = """
insert into marts.fct_commitments values
    ('2026-01', 'sales', 'first_contact', '2026-06-01', 'retail', 'event', 'calendar', '2026-06-02', 1440, 60, 1, 'ok'),
    ('2026-01', 'marketing', 'lead_value', '2026-06-01', 'retail', 'event', null, '2026-06-01', 9000, 9450.4, 1.05,
        'on track');
insert into marts.fct_reported_commitments select * from marts.fct_commitments;
insert into marts.fct_commitments values
    ('2026-01', 'marketing', 'lead_value', '2026-06-01', 'retail', 'event', null, '2026-06-01', 7777, 7777, 1, 'late');
insert into marts.fct_lead_delivery_daily values
    ('lead_value', 'retail', 'event', '2026-01', '2026-06-30', 9, 99, 99, 99, 99, 99, 99, 'over'),
    ('lead_value', 'retail', 'event', '2026-01', '2026-07-01', 5, 500, 391.3, 5, 500, 391.3, 9000, 'over'),
    ('lead_value', 'retail', 'event', '2026-01', '2026-07-09', 2, 200.4, 391.3, 12, 1000, 3130.4, 9000, 'under'),
    ('lead_value', 'retail', 'event', '2026-01', '2026-07-10', 7, 77, 77, 77, 77, 77, 77, 'on track');
insert into reports.rpt_sla_compliance_month values
    ('2026-06-01', 'sales', 'first_contact', 'crm:1', 'Ada', 1500, 1200, 300, 0, 2, 11, 0.9, 0.8),
    ('2026-06-01', 'sales', 'first_contact', 'crm:2', 'Ben', 34, 34, 0, 0, 0, 0, 0.9, 1),
    ('2026-07-01', 'sales', 'first_contact', 'crm:1', 'Ada', 8, 5, 3, 1, 3, 1, 0.9, 0.625);
insert into reports.rpt_owner_months values
    ('2026-06-01', 'crm:1', 1500, 0.8, true), ('2026-05-01', 'crm:1', 10, 0.5, true),
    ('2026-06-01', 'crm:2', 34, 1, false), ('2025-06-01', 'crm:2', 34, 1, true), ('2026-07-01', 'crm:1', 9, 0.1, true);
insert into reports.rpt_team_compliance values
    ('2026-06-01', '2026-07-01', 'sales', 'first_contact', 'clock', null, 'share', 1534, 1234, 300, 0, 2, 11, null,
        null, null, 0.1, 0.9, 0.8044, 0.8034, 0.8047, null, 'missed', true, false, null, '2026-07-12', false),
    ('2026-07-01', '2026-08-01', 'sales', 'first_contact', 'clock', null, 'share', 8, 5, 3, 1, 3, 1, null,
        null, null, 0.1, 0.9, 0.625, 0.5, 0.75, null, 'running', false, false, null, null, false),
    ('2026-06-01', '2026-07-01', 'sales', 'follow_up 7 in 8w', 'cadence', null, 'share', 0, 0, 0, 11, 114, 9, null,
        null, null, 0.1, 0.7, null, 0.088, 1, null, 'running', true, false, null, '2026-08-30', false),
    ('2026-06-01', '2026-07-01', 'marketing', 'lead_value', 'lead_value', null, 'share', 1, 1, 0, 0, 0, 0, null,
        9000, 9450.4, 0.1, 1, 1.05, null, null, 'on track', 'met', true, true, 0.05, '2026-07-06', true),
    ('2026-07-01', '2026-08-01', 'marketing', 'lead_value', 'lead_value', null, 'share', 0, 0, 0, 0, 1, 0, null,
        9000, 1000, 0.1, 1, 0.111, null, null, 'under', 'running', false, false, null, null, false);
insert into reports.rpt_first_contact values ('2026-06-01', 'first_contact', 'all', 30, 4320);
insert into marts.fct_handoffs
    select 'j' || i, i < 1500, if(i > 1990, 'recycled_by_default', null) from range(1, 2000) as numbers (i);
insert into reports.rpt_untouched_leads values
    ('crm:1', 'Ada', 'Fair <b>', '2025-07-06', 369, 'over 90 days', 1000.25, true, 'rejected', 'rejected'),
    ('crm:1', 'Ada', 'Fair <b>', '2026-07-06', 4, 'up to 7 days', 200.5, false, null, 'open'),
    ('crm:3', 'Ada', 'Mail', '2026-07-07', 3, 'up to 7 days', 200.5, false, null, 'disqualified');
insert into reports.rpt_untouched_leads select
    'crm:r' || i, 'Rep ' || i, 'Search', '2026-06-01', 39, '31 to 90 days', 10, false, null, 'open'
    from range(1, 10) as numbers (i);
insert into reports.rpt_open_clocks
    select
        'c' || i, if(i = 8, 'follow_up 3 in 2w', 'first_contact'), 'crm:1', 'Ada', 'crm:p' || i, 'mql', 'retail',
        'event', '<script>alert(1)</script>', '2026-07-10 10:00', '2026-07-10 12:00', if(i = 7, 3.5, -i * 24.0),
        if(i = 8, 2, null), if(i = 7, 'open', 'missed'),
        case i when 7 then 'due soon' when 8 then 'cadence today' else 'overdue' end
    from range(1, 31) as numbers (i);
insert into reports.rpt_open_clocks values ('later', 'acceptance', null, '(no owner)', 'crm:q', 'mql', 'retail',
    'event', 'Fair', '2026-07-20 10:00', '2026-07-20 12:00', 240, null, 'pending', 'due later');
insert into reports.rpt_rep_load values
    ('crm:1', 'Ada', 'Field', 'retail', 12, 11, 10, 1.2, true),
    ('crm:2', 'Ben', 'Field', 'retail', 3, 3, 10, 0.3, false);
insert into reports.rpt_changes
    select 's' || i, 'stage', 'sales', 'crm:1', 'Ada', 'crm:p1', timestamp '2026-07-09 08:00' - to_minutes(i),
        timestamp '2026-07-09 10:00' - to_minutes(i), 'mql', 'sal', '<img src=x onerror=alert(1)>'
    from range(1, 16) as numbers (i);
insert into reports.rpt_changes values
    ('b1', 'missed', 'marketing', null, '(team)', null, '2026-07-09 08:30', '2026-07-09 10:30', null, 'lead_value',
        'under'),
    ('d1', 'document opened', 'sales', 'crm:2', 'Ben', 'crm:seen', '2026-07-09 09:00', '2026-07-09 11:00', null,
        'Offer 7', null);
insert into marts.dim_owner values ('crm:1', 'Ada', 'Field'), ('crm:2', 'Ben', 'Field');
insert into marts.dim_account values ('crm:a', 'Rossi <b>', 1200, 'Retail');
insert into marts.dim_person values
    ('crm:p1', 2, 1, 'p1@example.com', '2026-03-01', null, 'Search', '<script>alert(1)</script>', 'brand',
        'Spring', 'event', 'retail', 'office_manager', 'crm:a', 'crm:1', 'Italy'),
    ('crm:seen', 1, 1, null, '2026-07-01', '2026-07-09 10:00', 'Unknown', '(missing)', null, null, 'unknown',
        'unknown', 'unknown', null, null, null);
insert into marts.fct_journeys values
    ('crm:p1#1', 'crm:p1', 1, '2026-03-01 09:00', '2026-03-01 09:00', null, null, null, null, '2026-04-01 09:00',
        'recycled', 'no budget'),
    ('crm:p1#2', 'crm:p1', 2, '2026-07-01 09:00', '2026-07-01 09:00', '2026-07-02 09:00', null, null, null, null,
        'open', null);
insert into marts.fct_documents values
    ('d1', 'crm:p1', 'Offer <i>', '2026-07-03 09:00', '2026-07-04 09:00', 3),
    ('d2', 'crm:p1', 'Leaflet', '2026-07-03 09:00', null, 0);
insert into marts.fct_person_scores values ('crm:p1', true, '2026-01', 40, 62.5, 51.25, 'B2'),
    ('crm:p1', false, '2026-01', 1, 2, 3, 'C9');
insert into marts.fct_score_points values
    ('crm:p1', '2026-01', 'fit', 'who_decides', null, 40, null, 40),
    ('crm:p1', '2026-01', 'engagement', 'visit', '2026-07-01 09:00', 8, 32, 2.5),
    ('crm:p1', '2026-01', 'engagement', 'visit', '2026-07-02 09:00', 8, 32, 4),
    ('crm:p1', '2025-01', 'engagement', 'old_rule', '2026-07-02 09:00', 8, 32, 4);
insert into reports.rpt_lead_timeline values
    ('crm:p1', 1, null, 'touch', '2026-02-28 10:00', 'first visit', 'Search, <script>alert(2)</script>', null),
    ('crm:p1', 2, 'crm:p1#1', 'stage', '2026-03-01 10:00', 'mql', null, null),
    ('crm:p1', 3, 'crm:p1#2', 'activity', '2026-07-02 11:00', 'Call', 'No answer', 'Ada');
insert into reports.rpt_funnel_conversion values
    ('quarter', '2026-01-01', 'stream and lead type', 'retail', 'event', 'mql', 'sql', 2, true, 1500, 700, 20,
        600, 650, 690, true, true, true, 0.4, 0.4333, 0.46),
    ('quarter', '2026-01-01', 'stream and lead type', 'retail', 'event', 'mql', 'customer', 2, false, 1500, 77, 20,
        7, 7, 7, true, true, true, 0.1, 0.1, 0.1),
    ('quarter', '2026-01-01', 'all', null, null, 'mql', 'sql', 2, true, 3000, 1111, 40, 777, 888, 999,
        true, true, true, 0.259, 0.296, 0.333),
    ('quarter', '2026-04-01', 'stream and lead type', 'retail', 'event', 'mql', 'sql', 2, true, 900, 123, 500,
        1, 2, 3, false, false, false, 0.00111, null, null);
insert into reports.rpt_closed_loop values
    ('Search', 'Brand <b>', 12345, 2000, 70, 0.035, 70, 98765.43, 5, 1000.00, 5000.00, 0.405, 71.4286);
insert into reports.rpt_attribution values
    ('first_touch', 'Search', 42, 4200.5), ('last_touch', 'Search', 40, 4000), ('last_touch', 'Email', 2, 200.5);
insert into marts.fct_loads values ('crm', 'contacts', 'a.csv', 'loaded', null, 1010, 1003, 7, 0, 0, null, null),
    ('crm', 'contacts', 'b.csv', 'refused', 'no header', null, null, null, 0, 0, null, null);
insert into marts.fct_left_out_rows values ('activities', 'crm', 'person unknown', '(none)', 13);
insert into marts.fct_negative_durations values ('crm', 'person created', 'opportunity opened', 7, 3, -2.5);
insert into marts.dim_target values
    ('2026-01', 'retail', 'event', 1, 'mql', 'sql', 0.34, 500000, 'year', 0.5, 2000, 0.34, 'assumed', null),
    ('2026-01', 'retail', 'event', 2, 'sql', 'customer', 0.2, 500000, 'year', 0.5, 2000, 0.2, 'assumed', null),
    ('2026-01', 'retail', 'event', 3, 'customer', null, null, 500000, 'year', 0.5, 2000, null, null, null);
insert into reports.rpt_review_rates values
    ('quarter', '2026-04-01', '2026-01', 'retail', 'event', 1, 1000, 400, 5, 0.4, 0.37, 0.431, 'measured'),
    ('quarter', '2026-04-01', '2026-01', 'retail', 'event', 2, 12, 3, 0, 0.25, 0.089, 0.532, 'agreed: too few');
"""
