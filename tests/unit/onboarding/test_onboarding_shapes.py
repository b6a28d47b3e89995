"""`smarketing source` on files of other shapes: labels of tools, languages, several entities in one file."""

import pytest

from orchestration.lib.onboarding import OnboardingError
from tests.unit.onboarding.conftest import ANSWERS, DEALS, LEADS, Planner, questions, text_of

PIPE_DEALS = """\
Deal - ID,Deal - Status,Deal - Owner,Deal - Value,Deal - Currency of Value,Deal - Deal created,Deal - Won time,\
Deal - Lost time,Deal - Lost reason,Person - ID,Deal - Stage
7,won,Mia,900,EUR,2026-03-02 09:00:00,2026-03-20 15:00:00,,,70,Offer made
8,lost,Leo,450,USD,2026-03-03 09:00:00,,2026-04-01 10:00:00,Price,71,Offer made
9,deleted,Leo,450,EUR,2026-03-03 09:00:00,,,,71,Offer made
"""
PIPE_PEOPLE = """\
Person - ID,Person - Name,Person - Email - Work,Person - Person created,Person - Label
70,Ann Example,ann@example.com,2026-03-01 09:00:00,Hot
71,Ben Example,ben@example.com,2026-03-01 10:00:00,Cold
"""
TOUCHES = """\
session_id,visitor_id,started_at,utm_source,utm_medium,utm_campaign,conversion,conversion_value
1,v-1,2026-02-01 10:00:00,google,cpc,brand,0,
2,v-1,2026-02-03 10:00:00,newsletter,email,spring,1,80.5
3,v-2,2026-02-04 10:00:00,google,cpc,brand,0,
"""
TOUCH_ANSWERS = {"sessions.opportunities": "conversion = 1", "sessions_opportunities.amount": "conversion_value"}


def squeezed(text: str) -> str:
    return " ".join(text.split()).replace("( ", "(").replace(" )", ")")


def found(plan, word: str) -> str:
    return next(text for text in plan.found if word in text)


def test_the_word_before_the_hyphen_is_the_files_own(plan: Planner) -> None:
    made = plan(deals=PIPE_DEALS, people=PIPE_PEOPLE)
    assert questions(made) == {}
    opportunities = squeezed(text_of(made, "stg_shop__opportunities.sql"))
    assert '{{ export_currency("outcomes.deal_currency_of_value", "shop") }} as currency_code' in opportunities
    assert "when outcomes.is_won then outcomes.deal_won_time else outcomes.deal_lost_time" in opportunities
    assert """when {{ folded_word("outcomes.deal_status") }} in ('deleted') then""" in opportunities
    assert "people.person_email_work as email" in text_of(made, "stg_shop__persons.sql")
    assert "deleted" not in text_of(made, "stage_labels.csv")
    assert "not used: Deal - Stage" in found(made, "deals.csv: not used")
    assert "not used: Person - Label" in found(made, "people.csv: not used")
    assert any("amounts in USD" in note for note in made.notes)


def test_touches_alone_have_persons_and_their_conversions_are_deals(plan: Planner) -> None:
    assert set(questions(plan(sessions=TOUCHES))) == {"sessions.opportunities"}
    made = plan(ANSWERS | TOUCH_ANSWERS, sessions=TOUCHES)
    assert questions(made) == {}
    assert "min(" not in text_of(made, "stg_shop__persons.sql")
    assert "touched_at as created_at" in text_of(made, "stg_shop__persons.sql")
    assert "'everything' as stream_label" in text_of(made, "stg_shop__persons.sql")
    opportunities = squeezed(text_of(made, "stg_shop__opportunities.sql"))
    assert "as every_row where conversion in ('1')" in opportunities
    assert "outcomes.visitor_id as person_record_id" in opportunities
    assert "outcomes.conversion_value as amount" in opportunities
    assert "shop,Won,customer,," in text_of(made, "stage_labels.csv")
    assert any("2 persons" in text for text in made.found)


def test_a_list_of_leads_can_contain_their_deals(plan: Planner) -> None:
    tracker = (
        "Lead Id,Name,Created,Source,Owner,Status,Value,Closed\n"
        "a,Ann,2026-01-13,Fair,Mia,Won,900.5,2026-02-01\nb,Ben,2026-01-14,Fair,Leo,New,,\n"
        "c,Cy,2026-01-15,Fair,Leo,Lost,100.5,2026-02-05\n"
    )
    assert set(questions(plan(leads=tracker))) == {"leads.opportunities"}
    made = plan(ANSWERS | {"leads.opportunities": "Value filled"}, leads=tracker)
    assert questions(made) == {}
    opportunities = squeezed(text_of(made, "stg_shop__opportunities.sql"))
    assert "as every_row where value is not null" in opportunities
    assert "outcomes.lead_id as person_record_id" in opportunities
    with pytest.raises(OnboardingError, match="write all, none"):
        plan(ANSWERS | {"leads.opportunities": "those that pay"}, leads=tracker)


def test_what_no_label_says_is_offered_by_the_kind_of_its_cells(plan: Planner) -> None:
    """The example of a question is the likeliest column; an id is not a date, and a count not a campaign."""
    pipeline = (
        "opportunity_id,rep_code,engaged,finished,campaign,state_of_play,close_value\n"
        "p1,11,2026-01-02,2026-02-01,4,Won,100.5\np2,12,2026-01-03,2026-02-03,2,Lost,0\np3,12,2026-01-03,,9,Won,80\n"
    )
    made = plan(sales_pipeline=pipeline)
    asked = {question.key: question for question in made.answers.open_questions}
    assert asked["sales_pipeline.created_at"].options == ("engaged", "finished")
    assert asked["sales_pipeline.closed_at"].options[-1] == "none"
    assert asked["sales_pipeline.stage_label"].options[0] == "state_of_play"
    assert asked["sales_pipeline.amount"].options[0] == "close_value"
    answers = {
        f"sales_pipeline.{name}": asked[f"sales_pipeline.{name}"].options[0] for name in ("amount", "stage_label")
    }
    answers |= {"sales_pipeline.created_at": "engaged", "sales_pipeline.closed_at": "none"}
    made = plan(ANSWERS | answers, sales_pipeline=pipeline)
    assert questions(made) == {}
    assert "not used: rep_code, finished, campaign" in found(made, "not used")


def test_a_required_field_cannot_be_none_and_an_optional_one_can(plan: Planner) -> None:
    with pytest.raises(
        OnboardingError, match=r"cannot be used without the time .* such as Created, or exclude the file"
    ):
        plan(ANSWERS | {"deals.created_at": "none"}, leads=LEADS, deals=DEALS)
    made = plan(ANSWERS | {"deals.closed_at": "none", "deals.amount": "none"}, leads=LEADS, deals=DEALS)
    assert questions(made) == {}
    assert "cast(null as timestamp) as closed_at" in text_of(made, "stg_shop__opportunities.sql")


def test_leads_without_a_date_are_counted(plan: Planner) -> None:
    made = plan(leads="Lead Id,Name,Source\na,Ann,Fair\nb,Ben,Fair\n", deals=DEALS.replace("a-", ""))
    assert set(questions(made)) == set()
    assert any("leads.csv: 2 of 2 rows have no date on which the lead came in" in note for note in made.notes)
    with pytest.raises(OnboardingError, match="contains a date"):
        plan(leads="Lead Id,Name,Source\na,Ann,Fair\nb,Ben,Fair\n")


def test_values_link_what_no_label_links(plan: Planner) -> None:
    visits = (
        "visit_id,who,seen,utm_source\n1,a-1,2026-01-01 10:00,x\n2,a-2,2026-01-02 10:00,x\n3,a-1,2026-01-03 10:00,x\n"
    )
    made = plan(ANSWERS | {"visits.touched_at": "seen"}, leads=LEADS, visits=visits)
    assert "who -> leads (100%)" in found(made, "visits.csv")
    numbers = visits.replace("a-", "").replace("who", "who_id")
    asked = questions(plan(ANSWERS | {"visits.touched_at": "seen"}, leads=LEADS.replace("a-", ""), visits=numbers))
    assert asked == {"visits.who_id": ("leads", "none")}


def test_a_unique_name_that_others_use_is_the_id(plan: Planner) -> None:
    accounts = "Account,Sector\nOne,Toys\nTwo,Food\n"
    deals = DEALS.replace("Deal Id,Lead Id", "Deal Id,Account").replace("a-1", "One").replace("a-2", "Two")
    made = plan(accounts=accounts, deals=deals)
    assert "key: [account]" in text_of(made, "_shop__sources.yml")
    assert "accounts.account as account_record_id" in text_of(made, "stg_shop__accounts.sql")


def test_unknown_kinds_of_deals_and_states_of_payments_are_asked(plan: Planner) -> None:
    deals = (
        DEALS.replace("Close date", "Close date,Type")
        .replace("02-01\n", "02-01,Loyalty\n")
        .replace("02-02\n", "02-02,New\n")
    )
    assert questions(plan(leads=LEADS, deals=deals)) == {"type.Loyalty": ("existing", "new")}
    payments = "Payment Id,Status,Date,Total\n1,Paid,2026-02-01,9.90\n2,Refunded,2026-02-01,9.90\n3,Odd,2026-02-01,9\n"
    assert questions(plan(payments=payments)) == {"status.Odd": ("not_revenue", "revenue")}
    made = plan(ANSWERS | {"status.Odd": "not_revenue"}, payments=payments)
    assert "'Refunded'" not in text_of(made, "stg_shop__revenue.sql"), "reference/billing_states.csv decides"
    assert text_of(made, "billing_states.csv").splitlines()[1:] == [
        "shop,invoice,Odd,not_issued",
        "shop,invoice,Paid,billed",
        "shop,invoice,Refunded,refunded",
    ]


def test_amounts_keep_their_decimals_and_micros_are_millionths(plan: Planner) -> None:
    spend = "Day,Platform,Campaign,Cost micros\n2026-01-01,Google,a,1250000\n2026-01-02,Google,a,333333\n"
    made = plan(leads=LEADS, ad_spend=spend)
    assert "ad_spend.cost_micros / 1000000 as amount" in text_of(made, "stg_shop__ad_spend.sql")
    fine = "Day,Platform,Campaign,Cost\n2026-01-01,Google,a,1.23456\n2026-01-02,Google,a,0.5\n"
    assert 'data_type: "decimal(24, 6)"' in text_of(plan(leads=LEADS, ad_spend=fine), "_shop__sources.yml")
    finest = fine.replace("1.23456", "0.00000012")
    assert 'data_type: "decimal(28, 8)"' in text_of(plan(leads=LEADS, ad_spend=finest), "_shop__sources.yml")


def test_spend_needs_its_day_also_where_a_line_of_totals_has_none(plan: Planner) -> None:
    spend = "Day,Platform,Campaign,Cost\n2026-01-01,Google,a,1.25\n2026-01-02,Google,a,2.25\n,,Total,3.50\n"
    declared = text_of(plan(leads=LEADS, ad_spend=spend), "_shop__sources.yml")
    assert "{name: day, data_type: date, config: {meta: {required: true}}}" in declared


def test_a_file_can_state_its_currency_platform_and_zone_as_a_whole(plan: Planner) -> None:
    spend = "Day,Campaign,Cost\n2026-01-01,a,1.25\n"
    stated = {"ad_spend.currency": "CHF", "ad_spend.platform": "Google Ads", "leads.time_zone": "Asia/Tokyo"}
    made = plan(ANSWERS | stated, leads=LEADS, ad_spend=spend)
    sql = squeezed(text_of(made, "stg_shop__ad_spend.sql"))
    assert "'Google Ads' as source_label" in sql
    assert "then 'CHF'" in sql
    assert 'local_to_utc("leads.created", "\'Asia/Tokyo\'")' in text_of(made, "stg_shop__persons.sql")
    assert "shop,Google Ads,,Paid Search" in text_of(made, "channel_rules.csv")


def test_utm_labels_and_click_ids_of_leads_are_touches(plan: Planner) -> None:
    leads = LEADS.replace("Created\n", "Created,utm_source,utm_medium,gclid\n").replace("09:00:00\n", "09:00:00,,,G1\n")
    sql = squeezed(text_of(plan(leads=leads), "stg_shop__touchpoints.sql"))
    assert "case when leads.gclid is not null then 'google' end" in sql
    assert "'utm' as touch_label" in sql


def test_formats_that_cells_prove_are_kept(plan: Planner) -> None:
    leads = LEADS
    for day in (13, 14, 15):
        leads = leads.replace(f"2026-01-{day}T", f"{day}/01/2026 ")
    deals = DEALS.replace("100.50", '"1.100,50"').replace("80.25", '"80,25"')
    assert 'shop,Europe/Rome,dmy,"' in text_of(plan(leads=leads, deals=deals), "systems.csv")


def test_a_lead_without_an_id_is_known_by_the_hash_of_its_email(plan: Planner) -> None:
    """A later export of the same lead replaces the row; the e-mail itself is in no id, since ids are published."""
    leads = LEADS.replace("Lead Id,", "").replace("a-1,", "").replace("a-2,", "").replace("a-3,", "")
    deals = DEALS.replace("Lead Id", "E-mail").replace("a-1", "ann@example.com").replace("a-2", "ben@example.com")
    made = plan(leads=leads, deals=deals)
    assert "key: [mail]" in text_of(made, "_shop__sources.yml")
    assert '{{ email_record_id("leads.mail") }} as person_record_id' in text_of(made, "stg_shop__persons.sql")
    assert 'email_record_id("outcomes.e_mail")' in text_of(made, "stg_shop__opportunities.sql")
    called_an_id = plan(leads=leads.replace("Mail", "E-mail ID"))
    assert '{{ email_record_id("leads.e_mail_id") }} as person_record_id' in text_of(
        called_an_id, "stg_shop__persons.sql"
    )


def test_the_id_of_a_customer_is_not_that_of_a_payment_and_some_unknown_ones_untie_nobody(plan: Planner) -> None:
    sold = "customer_id,paid_at,amount\na-1,2026-02-01,10.5\na-9,2026-02-02,7\n"
    leads = LEADS.replace("Lead Id", "Customer Id")
    made = plan(leads=leads, payments=sold)
    assert "customer_id -> leads (50%)" in found(made, "payments.csv")
    assert "key: customer_id + paid_at" in found(made, "payments.csv")


def test_the_example_of_a_files_content_is_the_likeliest(plan: Planner) -> None:
    [question] = plan(numbers="Date,Platform,Campaign,Cost,Clicks\n2026-01-01,x,y,1,2\n").answers.open_questions
    assert (question.key, question.example) == ("numbers", "ad_spend")
