-- The files, as the systems' own export buttons write them: HubSpot in the portal's zone to the minute, the website and
-- the mailing tool in UTC. Before each statement is the file that it is copied to.

copy to hubspot/users.csv
select user_id as "User ID", first_name as "First name", last_name as "Last name",
    lower(first_name || '.' || replace(last_name, ' ', '')) || '@lumen-office.example.com' as "Email",
    'Sales ' || unit as "Assigned teams", 'Sales rep' as "Assigned role"
from reps order by rep;

copy to hubspot/companies.csv
select company_id as "Record ID", company_name as "Company name", domain as "Company Domain Name", industry as "Industry",
    employees as "Number of Employees", country as "Country/Region"
from accounts order by account;

copy to hubspot/contacts.csv
select
    contact_id as "Record ID", first_name as "First Name", last_name as "Last Name", email as "Email", job_title as "Job Title",
    strftime(created_at, '%Y-%m-%d %H:%M') as "Create Date",
    coalesce(case when won_at is not null then 'Customer' when opportunity_at is not null then 'Opportunity' when given_up_at is not null then given_up_to
        when rejected_at is not null then 'Rejected by Sales' when sql_at is not null then 'Sales Qualified Lead' when sal_at is not null then 'Sales Accepted Lead'
        when mql_at is not null then 'Marketing Qualified Lead' end, 'Lead') as "Lifecycle Stage",
    case when rejected_at is not null then pick(['Not our market', 'Too small', 'Wrong team', 'Missing data', 'Student'], lead, 'no')
        when given_up_at is not null and given_up_to = 'Recycled' then pick(['Not now', 'No budget this year', 'Left the company'], lead, 'given up for')
        when given_up_at is not null then pick(['Not our market', 'Too small', 'Student'], lead, 'given up for') end as "Disqualification Reason",
    rep_name as "Contact owner", strftime(coalesce(mql_at, created_at), '%Y-%m-%d %H:%M') as "Owner assigned date",
    company_id as "Primary Associated Company ID", country as "Country/Region", unit as "Business unit",
    case lead_type when 'website_form' then case web_source when 'google / organic' then 'Organic Search' when 'google / cpc' then 'Paid Search'
        when '(direct) / (none)' then 'Direct Traffic' when 'newsletter / email' then 'Email Marketing' else 'Paid Social' end else 'Offline Sources' end as "Original Traffic Source",
    case lead_type when 'outbound_prospecting' then pick(['Outbound list: Milan offices', 'Outbound list: Relocations', 'Outbound list: Architects'], lead, 'list')
        when 'event' then pick(['Event: Office Expo 2026', 'Event: Design Week 2026', 'Event: Light Day 2025'], lead, 'fair')
        else case web_source when 'google / cpc' then (select campaign from campaigns limit 1) when 'linkedin / paid_social' then 'LinkedIn' end end as "Original Traffic Source Drill-Down 1",
    case web_source when 'linkedin / paid_social' then 'LinkedIn - Facility managers' end as "Original Traffic Source Drill-Down 2",
    case when lead_type = 'website_form' then pick(['Contact us', 'Request a quote', 'Book a lighting check', 'Download: office planning guide'], lead, 'form') end as "First Conversion",
    case when lead_type = 'website_form' then strftime(created_at, '%Y-%m-%d %H:%M') end as "First Conversion Date",
    strftime(created_at, '%Y-%m-%d %H:%M') as "Date entered ""Lead (Lifecycle Stage Pipeline)""",
    strftime(mql_at, '%Y-%m-%d %H:%M') as "Date entered ""Marketing Qualified Lead (Lifecycle Stage Pipeline)""",
    strftime(sal_at, '%Y-%m-%d %H:%M') as "Date entered ""Sales Accepted Lead (Lifecycle Stage Pipeline)""",
    strftime(sql_at, '%Y-%m-%d %H:%M') as "Date entered ""Sales Qualified Lead (Lifecycle Stage Pipeline)""",
    strftime(opportunity_at, '%Y-%m-%d %H:%M') as "Date entered ""Opportunity (Lifecycle Stage Pipeline)""",
    strftime(won_at, '%Y-%m-%d %H:%M') as "Date entered ""Customer (Lifecycle Stage Pipeline)""",
    strftime(rejected_at, '%Y-%m-%d %H:%M') as "Date entered ""Rejected by Sales (Lifecycle Stage Pipeline)""",
    case when given_up_to = 'Recycled' then strftime(given_up_at, '%Y-%m-%d %H:%M') end as "Date entered ""Recycled (Lifecycle Stage Pipeline)""",
    case when given_up_to = 'Disqualified' then strftime(given_up_at, '%Y-%m-%d %H:%M') end as "Date entered ""Disqualified (Lifecycle Stage Pipeline)"""
from leads order by lead;

copy to hubspot/contact_property_history.csv
select contact_id as "Record ID", 'lifecyclestage' as "Property name",
    case stage when 'Lead' then 'lead' when 'Marketing Qualified Lead' then 'marketingqualifiedlead' when 'Sales Qualified Lead' then 'salesqualifiedlead'
        when 'Opportunity' then 'opportunity' when 'Customer' then 'customer' else stage end as "Property value",
    strftime(entered_at, '%Y-%m-%d %H:%M') as "Timestamp", case when stage in ('Lead', 'Marketing Qualified Lead') then 'AUTOMATION_PLATFORM' else 'CRM_UI' end as "Change source"
from stages
union all
select contact_id, 'hubspot_owner_id', cast(user_id as varchar), strftime(coalesce(mql_at, created_at), '%Y-%m-%d %H:%M'), 'AUTOMATION_PLATFORM' from leads
order by 1, 2, 4, 3;

copy to hubspot/calls.csv
select 30000000 + activity as "Record ID", strftime(done_at, '%Y-%m-%d %H:%M') as "Activity date", strftime(done_at + interval 2 minute, '%Y-%m-%d %H:%M') as "Create date",
    'Outbound' as "Call direction", outcome as "Call outcome", format('00:{:02d}:{:02d}', seconds // 60, seconds % 60) as "Call duration",
    rep_name as "Activity assigned to", contact_id as "Associated Contact IDs", null as "Associated Deal IDs"
from calls order by activity;

copy to hubspot/emails.csv
select 30000000 + activity as "Record ID", strftime(done_at, '%Y-%m-%d %H:%M') as "Activity date", strftime(done_at, '%Y-%m-%d %H:%M') as "Create date",
    direction as "Email direction", rep_name as "Activity assigned to", contact_id as "Associated Contact IDs", null as "Associated Deal IDs"
from emails order by activity;

copy to hubspot/meetings.csv
select 30000000 + activity as "Record ID", strftime(starts_at, '%Y-%m-%d %H:%M') as "Meeting start time", strftime(starts_at + interval 45 minute, '%Y-%m-%d %H:%M') as "Meeting end time",
    strftime(made_at, '%Y-%m-%d %H:%M') as "Create date", 'Completed' as "Meeting outcome", rep_name as "Activity assigned to", contact_id as "Associated Contact IDs"
from meetings order by activity;

copy to hubspot/deals.csv
select deal_id as "Record ID", 'Order ' || deal_id as "Deal Name", 'Sales Pipeline' as "Pipeline", stage as "Deal Stage", amount as "Amount", 'EUR' as "Currency",
    strftime(opportunity_at, '%Y-%m-%d %H:%M') as "Create Date", strftime(coalesce(won_at, lost_at, opportunity_at + interval 30 day), '%Y-%m-%d %H:%M') as "Close Date",
    rep_name as "Deal owner", 'newbusiness' as "Deal Type", lost_reason as "Closed Lost Reason", unit as "Business unit", contact_id as "Associated Contact IDs",
    company_id as "Associated Company IDs", stage <> 'Contract Sent' as "Is Deal Closed?", stage = 'Closed Won' as "Is Closed Won",
    strftime(won_at, '%Y-%m-%d %H:%M') as "Date entered ""Closed Won (Sales Pipeline)""", strftime(lost_at, '%Y-%m-%d %H:%M') as "Date entered ""Closed Lost (Sales Pipeline)"""
from deals order by deal_id;

copy to web/sessions.csv
select 'GA1.2.' || visitor as client_id, visit + 1 as session_id, written(utc(started_at)) as session_start, split_part(source, ' / ', 1) as source,
    split_part(source, ' / ', 2) as medium, case source when 'google / cpc' then pick(['Search - Brand', 'Search - Office chairs', 'Search - Lighting'], visitor, 'ad') end as campaign,
    null as utm_content, null as utm_term, 'https://www.lumen-office.example.com/' || pick(['', 'pricing', 'lighting', 'chairs', 'guides/office-planning'], visitor, visit + 100) as landing_page
from visits order by started_at, visitor;

copy to web/form_submissions.csv
select 'GA1.2.' || lead as client_id, email, pick(['Contact us', 'Request a quote', 'Book a lighting check', 'Download: office planning guide'], lead, 'form') as form_name,
    written(utc(created_at)) as submitted_at, null as utm_source, null as utm_medium, null as utm_campaign, 'https://www.lumen-office.example.com/' as page_url
from leads where lead_type = 'website_form' order by created_at, lead;

copy to mailing/email_events.csv
select email as recipient, event, written(happened_at) as "timestamp", campaign, url, null as machine_open from mails order by happened_at, email, event;

copy to google_ads/campaign_report.csv
select cast(day as date) as "Day", campaign as "Campaign", campaign_id as "Campaign ID", 'Search' as "Campaign type", 'EUR' as "Currency code",
    round(cost * (0.5 + chance(campaign, day)), 2) as "Cost", 300 + whole(campaign, day, 900) as "Impr.", 8 + whole(day, campaign, 40) as "Clicks", cast(whole(day, campaign, 3) as decimal(9, 2)) as "Conversions"
from campaigns, generate_series(getvariable('first_day'), cast(getvariable('last_at') as date), interval 1 day) as made(day) order by 1, 2;
