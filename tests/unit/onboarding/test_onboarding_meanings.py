"""The meaning of words is in the company's reference files: `smarketing source` adds rows, and asks."""

from pathlib import Path

import pytest

from orchestration.lib.onboarding.plan import ENDS_OF_A_LEAD
from orchestration.lib.onboarding.texts import stage_in
from tests.unit.onboarding.conftest import ANSWERS, LEADS, Planner, questions, text_of

DEALS = """\
Deal Id,Owner,Stage,Type,Pipeline,Amount,Created,Close date
d-1,Mia,Closed Won,New logo,Sales,100.50,2026-01-20,2026-02-01
d-2,Leo,Closed Lost,Renewal,Renewals,80.25,2026-01-21,2026-02-02
d-3,Leo,Verbal,,Partners,70,2026-01-22,
"""
PAYMENTS = """\
Payment Id,Status,Date,Total
1,Paid,2026-02-01,9.90
2,PAID ,2026-02-02,9.90
3,Partially refunded,2026-02-03,9.90
"""
CALLS = (
    "Call Id,Owner,Direction,Date\n1,Mia,Inbound,2026-02-01\n2,Mia,Outbound,2026-02-01\n3,Mia,Transferred,2026-02-01\n"
)


def rows(plan, name: str) -> list[str]:
    return text_of(plan, name).splitlines()[1:]


def reference(folder: Path, name: str, text: str) -> None:
    path = folder / "acme" / "reference" / f"{name}.csv"
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text)


def test_words_are_rows_of_the_reference_files(plan: Planner) -> None:
    answers = ANSWERS | {"stage.Verbal": "open", "pipeline.Partners": "new"}
    made = plan(answers, deals=DEALS)
    assert sorted(rows(made, "deal_kinds.csv")) == [
        "shop,,Partners,new_business,,",
        "shop,,Renewals,renewal,,",
        "shop,,Sales,new_business,,",
        "shop,New logo,,new_business,,",
        "shop,Renewal,,renewal,,",
    ]
    assert "shop,Verbal,opportunity,," in rows(made, "stage_labels.csv")
    sql = text_of(made, "stg_shop__opportunities.sql")
    assert not [word for word in ("Renewal", "Verbal", "Sales") if f"'{word}'" in sql]
    assert 'deal_meanings("shop")' in sql, "an unknown pipeline is asked about"


def test_unknown_words_are_asked_and_a_product_is_no_pipeline(plan: Planner) -> None:
    assert set(questions(plan(deals=DEALS))) == {"stage.Verbal", "pipeline.Partners"}
    products = DEALS.replace("Pipeline", "Product").replace("Renewals", "Renewal of the year")
    made = plan(ANSWERS | {"stage.Verbal": "open"}, deals=products)
    assert questions(made) == {}
    assert [row for row in rows(made, "deal_kinds.csv") if row.startswith("shop,,")] == [
        "shop,,Renewal of the year,renewal,,"
    ]


def test_spellings_are_one_word_and_a_part_of_an_amount_is_asked_about(plan: Planner) -> None:
    assert questions(plan(payments=PAYMENTS)) == {"status.Partially refunded": ("not_revenue", "revenue")}
    made = plan(ANSWERS | {"status.Partially refunded": "revenue"}, payments=PAYMENTS)
    assert rows(made, "billing_states.csv") == ["shop,invoice,PAID,billed", "shop,invoice,Partially refunded,billed"]


def test_a_direction_in_no_table_of_words_is_asked_about(plan: Planner) -> None:
    leads = "Lead Id,Created\na-1,2026-01-13\n"
    assert questions(plan(leads=leads, calls=CALLS)) == {"direction.Transferred": ("inbound", "outbound")}
    made = plan(ANSWERS | {"direction.Transferred": "inbound"}, leads=leads, calls=CALLS)
    assert "in ('inbound', 'transferred')" in text_of(made, "stg_shop__activities.sql")


def test_a_missed_call_is_an_attempt_of_the_lead_by_its_direction_or_outcome(plan: Planner) -> None:
    leads = "Lead Id,Created\na-1,2026-01-13\n"
    made = plan(leads=leads, calls=CALLS.replace("Transferred", "Missed"))
    assert questions(made) == {}
    sql = text_of(made, "stg_shop__activities.sql")
    assert "in ('inbound', 'missed')" in sql
    assert "in ('missed') then calls.direction" in " ".join(sql.split())
    assert "shop,Call,Missed,call,attempt,," in rows(made, "activity_labels.csv")
    outcomes = CALLS.replace("Direction", "Outcome").replace("Inbound", "Connected").replace("Outbound", "No answer")
    made = plan(leads=leads, calls=outcomes.replace("Transferred", "Missed call"))
    assert "in ('missedcall')" in text_of(made, "stg_shop__activities.sql")
    assert "shop,Call,Missed call,call,attempt,," in rows(made, "activity_labels.csv")


def test_a_meeting_that_was_missed_did_not_take_place(plan: Planner) -> None:
    leads = "Lead Id,Created\na-1,2026-01-13\n"
    made = plan(leads=leads, meetings="Meeting Id,Owner,Outcome,Date\n1,Mia,Missed,2026-02-01\n2,Mia,Held,2026-02-02\n")
    assert "shop,Meeting,Missed,meeting,void,," in rows(made, "activity_labels.csv")
    assert "false as is_inbound" in text_of(made, "stg_shop__activities.sql")


@pytest.mark.parametrize("spelling", ["verbal", "Verbal ", "VERBAL"])
def test_what_the_company_explains_is_not_asked_and_stays(plan: Planner, tmp_path: Path, spelling: str) -> None:
    stages = f"system,stage_label,stage,valid_from,valid_to\nshop,{spelling},customer,,\n"
    kinds = "system,deal_type,pipeline,kind,valid_from,valid_to\nshop,,partners,not_a_sale,,\n"
    reference(tmp_path, "stage_labels", stages)
    reference(tmp_path, "deal_kinds", kinds)
    made = plan(ANSWERS | {"pipeline.Partners": "new"}, deals=DEALS)
    assert questions(made) == {}
    assert [row for row in rows(made, "stage_labels.csv") if "erbal" in row.lower()] == [f"shop,{spelling},customer,,"]
    assert "shop,,partners,not_a_sale,," in rows(made, "deal_kinds.csv")
    assert [note for note in made.notes if "pipeline.Partners=new" in note and "not_a_sale" in note]


def test_each_file_of_deals_has_the_meaning_of_its_own_words(plan: Planner) -> None:
    won = "Deal Id,Owner,Amount,Created,Won on\nw-1,Mia,10.5,2026-01-20,2026-02-01\n"
    answers = ANSWERS | {"stage.Verbal": "open", "pipeline.Partners": "new", "won_deals.stage_label": "Won"}
    made = plan(answers, deals=DEALS, won_deals=won)
    sql = text_of(made, "stg_shop__opportunities.sql")
    assert "from outcomes_of_deals" in sql
    assert "from outcomes_of_won_deals" in sql


@pytest.mark.parametrize(
    ("label", "stage"),
    [
        *[(label, "customer") for label in ("Closed Won", "6 - Gewonnen (100%)", "Contract signed", "Chiusa vinta")],
        *[(label, "lost") for label in ("Deal lost", "Lost - price", "Perso: prezzo", "Lost (competitor)")],
        *[(label, None) for label in ("Closed - Not Won", "Nicht gewonnen", "Customer meeting", "Kunde kontaktiert")],
        *[(label, None) for label in ("Presentazione al cliente", "Waiting for signed contract", "Potential customer")],
        *[(label, None) for label in ("No decision maker found yet", "Lost contact - retry", "Cancelled by mistake")],
        ("Negotiation with the customer", None),
        ("Not qualified", "disqualified"),
    ],
)
def test_an_end_is_named_by_itself(label: str, stage: str | None) -> None:
    assert stage_in(label) == stage


def test_a_date_of_something_else_is_not_an_end_of_a_lead(plan: Planner) -> None:
    signed, customer = "Newsletter signed up at", "Customer since"
    leads = LEADS.replace("Created", f"Created,{signed},{customer}").replace(
        "T09:00:00", "T09:00:00,2026-02-01,2026-03-01"
    )
    made = plan(leads=leads)
    assert [row for row in rows(made, "stage_labels.csv") if "customer" in row] == [f"shop,{customer},customer,,"]
    assert signed not in text_of(made, "stg_shop__stage_changes.sql")
    assert stage_in("Last nurture mail at", ENDS_OF_A_LEAD) is None


def test_what_nobody_of_sales_did_is_asked_about(plan: Planner) -> None:
    kinds = ("Call", "Email opened", "Missed call", "Website visit", "Automated email")
    lines = [f"{number},a-1,Mia,{kind},2026-02-01 10:0{number}" for number, kind in enumerate(kinds)]
    made = plan(leads=LEADS, activities="\n".join(["Activity Id,Lead Id,Owner,Activity type,Date", *lines, ""]))
    assert set(questions(made)) >= {f"activity.{kind}" for kind in kinds[1:]}
    assert "activity.Call" not in questions(made)
