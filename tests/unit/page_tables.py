"""The published tables that pages read, with a few rows: what test_pages.py renders."""

TABLES = """
create schema marts;
create schema reports;
create table marts.dim_build (
    as_of timestamp, as_of_date date, company_name varchar, currency_code varchar, time_zone varchar
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
create table marts.fct_lead_delivery_daily (
    commitment varchar, revenue_stream varchar, lead_type varchar, agreement_version varchar, delivery_date date,
    month_to_date_leads bigint, month_to_date_amount double, month_to_date_target_amount double,
    month_to_date_low_amount double, month_to_date_high_amount double, month_target_amount double, status varchar
);
create table marts.fct_loads (
    system varchar, table_name varchar, file varchar, status varchar, reason varchar, records int, rows_loaded int,
    rows_set_apart bigint, frame_lines bigint, rows_mended bigint, undeclared_columns text, missing_columns text
);
create table marts.fct_left_out_rows (entity varchar, system varchar, reason varchar, label varchar, row_count bigint);
create table marts.fct_negative_durations as select 'crm' as system, 'person created' as from_event,
    'opportunity opened' as to_event, 7 as row_count, 3 as negative_row_count, -2.5 as smallest_days limit 0;
create table reports.rpt_sla_compliance (
    month_date date, team varchar, commitment varchar, clock_type varchar, owner_id varchar, owner_name varchar,
    met bigint, breached bigint, pending bigint, excused bigint, target_amount double, actual_amount double,
    attainment_rate double, target_rate double
);
create table reports.rpt_first_contact (
    month_date date, commitment varchar, population varchar, median_minutes double, p90_minutes double
);
create table reports.rpt_open_clocks (
    commitment_id varchar, owner_id varchar, owner_name varchar, person_id varchar, revenue_stream varchar,
    lead_type varchar, source_label varchar, due_local_at timestamp, hours_left double, status varchar,
    commitment as ('first_contact'));
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
create table reports.rpt_guard_results (guard varchar, agreement_version varchar, status varchar);
insert into marts.dim_build values ('2026-07-09 22:30:00', '2026-07-10', 'Acme & Sons', 'EUR', 'Europe/Rome');
insert into marts.dim_agreement values
    ('2026-01', 'draft', '2026-01-01', null, '2026-01-01', '2026-07-10', 0.1, false, 'Ada', null, 'sales');
"""

ROWS = """
insert into marts.fct_commitments values
    ('2026-01', 'sales', 'first_contact', '2026-06-01', 'retail', 'event', 'calendar', '2026-06-02', 1440, 60, 1, 'ok'),
    ('2026-01', 'marketing', 'lead_value', '2026-06-01', 'retail', 'event', null, '2026-06-01', 9000, 9450.4, 1.05,
        'on track');
insert into marts.fct_lead_delivery_daily values
    ('lead_value', 'retail', 'event', '2026-01', '2026-07-09', 1, 2, 3, 4, 5, 6, 'over'),
    ('lead_value', 'retail', 'event', '2026-01', '2026-07-10', 12, 1000, 3130.4, 2817.4, 3443.4, 9000, 'under');
insert into reports.rpt_sla_compliance values
    ('2026-06-01', 'sales', 'first_contact', 'calendar', 'crm:1', 'Ada', 1200, 300, 2, 11, null, null, 0.8, 0.9),
    ('2026-06-01', 'sales', 'first_contact', 'calendar', 'crm:2', 'Ben', 34, 0, 0, 0, null, null, 1, 0.9),
    ('2026-07-01', 'sales', 'first_contact', 'calendar', 'crm:1', 'Ada', 5, 3, 4, 1, null, null, 0.625, 0.9),
    ('2026-06-01', 'marketing', 'lead_value', null, null, '(team)', 1, 0, 0, 0, 9000, 9450.4, 1.05, null),
    ('2026-07-01', 'marketing', 'lead_value', null, null, '(team)', 0, 0, 1, 0, 9000, 1000, 0.111, null);
insert into reports.rpt_first_contact values ('2026-06-01', 'first_contact', 'all', 30, 4320);
insert into reports.rpt_open_clocks
    select 'c' || i, 'crm:1', 'Ada', 'crm:p' || i, 'retail', 'event', '<script>alert(1)</script>', '2026-07-10 12:00',
        if(i = 7, 3.5, -i * 24.0), if(i = 7, 'pending', 'breached')
    from range(1, 31) as numbers (i);
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
