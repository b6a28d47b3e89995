"""Amounts that a sum would count too often or add instead of subtract are asked about; ids as tools call them."""

import pytest

from tests.unit.onboarding.conftest import ANSWERS, DEALS, Planner, questions, text_of

LINES = """\
Order No,Product,Ordered,Sum,Own amount
7,Oak,2026-02-01,50,20
7,Fir,2026-02-01,50,30
8,Oak,2026-02-03,15,15
"""
PAYMENTS = """\
Payment No,Paid on,Sort,Amount
1,2026-02-01,charge,50.00
2,2026-02-04,refund,SIGN20.00
"""
OPPORTUNITIES = """\
(Do Not Modify) Opportunity,Topic,Potential Customer,Status,Actual Revenue,Created On,Actual Close Date,Owner,Currency
O-1,Racks,Nord AS,Won,1100.50,2026-03-10,2026-04-20,Sven,Euro
O-2,Racks,Vest AS,Lost,0,2026-03-11,2026-04-21,Sven,Euro
"""
LEADS = "(Do Not Modify) Lead,Name,Company Name,Created On\nL-1,Olga,Nord AS,2026-03-01\nL-2,Odd,Vest AS,2026-03-02\n"


def test_the_total_of_an_order_is_not_that_of_each_line(plan: Planner) -> None:
    answers = ANSWERS | {"orders.amount": "Sum"}
    totals = LINES.replace("Sum", "Order total")
    assert questions(plan(orders=totals)) == {"orders.amount": ("Own amount", "Order total", "none")}
    assert questions(plan(answers, orders=LINES)) == {}, "an answer that names the column counts"
    lines = LINES.replace("Sum", "Order total").replace("Own amount", "Line total")
    assert questions(plan(orders=lines)) == {"orders.amount": ("Line total", "Order total")}


@pytest.mark.parametrize(("sign", "asked"), [("-", set()), ("", {"payments.revenue"})])
def test_refunds_above_zero_are_asked_about(plan: Planner, sign: str, asked: set[str]) -> None:
    payments = PAYMENTS.replace("SIGN", sign)
    assert set(questions(plan(payments=payments))) == asked
    made = plan(ANSWERS | {"payments.revenue": "Sort = charge"}, payments=payments)
    assert questions(made) == {}
    assert "sort in ('charge')" in text_of(made, "stg_shop__revenue.sql")


def test_the_id_of_dynamics_is_the_key_and_a_customer_is_none(plan: Planner) -> None:
    made = plan(leads=LEADS, opportunities=OPPORTUNITIES)
    assert questions(made) == {}
    assert "outcomes.do_not_modify_opportunity as opportunity_record_id" in text_of(made, "stg_shop__opportunities.sql")
    assert "leads.do_not_modify_lead as person_record_id" in text_of(made, "stg_shop__persons.sql")
    plain = OPPORTUNITIES.replace("(Do Not Modify) Opportunity", "Remark")
    assert "key: [potential_customer]" not in text_of(plan(leads=LEADS, opportunities=plain), "_shop__sources.yml")


def test_touches_whose_person_no_label_shows_are_asked_about(plan: Planner) -> None:
    touches = "Touch Id,Wanderer,Time,Source\nt1,w-1,2026-02-01 10:00,Google\nt2,w-2,2026-02-02 10:00,Google\n"
    assert questions(plan(touches=touches)) == {"touches.person_record_id": ("Wanderer", "none")}
    made = plan(ANSWERS | {"touches.person_record_id": "Wanderer"}, touches=touches)
    assert "touches.wanderer as person_record_id" in text_of(made, "stg_shop__touchpoints.sql")
    without = plan(ANSWERS | {"touches.person_record_id": "none"}, touches=touches)
    assert "cast(null as string) as person_record_id" in text_of(without, "stg_shop__touchpoints.sql")
    named = touches.replace("Wanderer", "user").replace("Source\n", "Source,Won\n").replace("Google\n", "Google,9.5\n")
    assert questions(plan(touches=named)) == {}
    deals = {"touches.opportunities": "Won filled", "touches_opportunities.stage_label": "won"}
    deals |= {"touches_opportunities.amount": "Won", "touches_opportunities.closed_at": "Time"}
    sold = text_of(plan(ANSWERS | deals, touches=named), "stg_shop__opportunities.sql")
    assert "outcomes.user as person_record_id" in sold
    assert "cast(null as string) as owner_record_id" in sold


@pytest.mark.parametrize("label", ["Rechnungsnummer", "Rechnungs-Nr.", "ID de la factura", "Invoice No"])
def test_a_number_of_the_record_is_its_key_in_other_languages_too(plan: Planner, label: str) -> None:
    invoices = (
        f"{label},Rechnungsdatum,Gesamtbetrag,Telefonnummer\n7001,2026-02-01,10,030 1\n7002,2026-02-01,10,030 2\n"
    )
    declared = text_of(plan(rechnungen=invoices), "_shop__sources.yml")
    assert "key: [" in declared
    assert "telefonnummer]" not in declared


SHOP = """\
Name,Email,Financial Status,Paid at,Total,Refunded Amount,Lineitem name,Id
#1,ann@example.com,paid,2026-03-01 10:00,100.00,0.00,Lamp,5001
#1,ann@example.com,,,,,Bulb,
#2,ben@example.com,partially_refunded,2026-03-05 10:00,300.00,250.00,Lamp,5002
"""


def test_refunds_in_a_column_of_their_own_are_taken_from_the_amount(plan: Planner) -> None:
    answers = ANSWERS | {"status.partially_refunded": "revenue"}
    made = plan(answers, orders=SHOP)
    assert questions(made) == {}
    assert "orders.total - abs(coalesce(orders.refunded_amount, 0)) as amount" in text_of(made, "stg_shop__revenue.sql")
    assert any("the amount is Total less Refunded Amount" in note for note in made.notes)
    gross = plan(answers | {"orders.refunded_amount": "none"}, orders=SHOP)
    assert "orders.total as amount" in text_of(gross, "stg_shop__revenue.sql")


def test_the_lines_of_an_order_are_no_orders_and_an_export_again_is_no_other_order(plan: Planner) -> None:
    again = SHOP.replace("250.00", "260.00") + "#3,cy@example.com,paid,2026-03-09 10:00,70.00,0.00,Lamp,5003\n"
    made = plan(ANSWERS | {"status.partially_refunded": "revenue"}, orders_export_1=SHOP, orders_export_2=again)
    assert questions(made) == {}
    assert "key: [id]" in text_of(made, "_shop__sources.yml")
    assert "{name: id, data_type: varchar}" in text_of(made, "_shop__sources.yml"), "no row is rejected without it"
    assert "id is not null" in text_of(made, "stg_shop__revenue.sql")
    assert any("2 rows without Id and Total are further lines" in note for note in made.notes)


@pytest.mark.parametrize("label", ["Ccy", "Amount currency", "Unit", "Währungscode", "Codice valuta"])
def test_a_column_of_codes_is_the_currency_whatever_it_is_called(plan: Planner, label: str) -> None:
    first, *deals = DEALS.strip().split("\n")
    text = "\n".join([f"{first},{label}", *(f"{row},{code}" for row, code in zip(deals, ("USD", "EUR"), strict=True))])
    made = plan(deals=text)
    assert questions(made) == {}
    sql = text_of(made, "stg_shop__opportunities.sql")
    assert "export_currency(" in sql
    assert "'EUR' as currency_code" not in sql


def test_of_two_columns_of_codes_one_is_asked_about_unless_a_label_names_it(plan: Planner) -> None:
    first, *deals = DEALS.strip().split("\n")
    rows = [f"{row},USD,EUR" for row in deals]
    asked = plan(deals="\n".join([f"{first},Unit,Other", *rows]))
    assert questions(asked) == {"deals.currency_code": ("Unit", "Other", "none")}
    assert questions(plan(deals="\n".join([f"{first},Unit,Currency", *rows]))) == {}
