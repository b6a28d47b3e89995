"""Columns beside a stage, outcome or state that decide it too: asked about where they contradict it, never ignored."""

import pytest

from tests.unit.onboarding.conftest import ANSWERS, DEALS, LEADS, Planner, questions, text_of

STAGES = ("won", "lost", "open", "deleted", "none")
FLAGGED = """\
Deal Id,Lead Id,Stage,FLAG,Amount,Created,Close date
d-1,a-1,Proposal,YES,100.50,2026-01-20,2026-02-01
d-2,a-2,Negotiation,NO,80.25,2026-01-21,2026-02-02
d-3,a-3,Proposal,,70,2026-01-21,
"""
MEETINGS = """\
Event UUID,Lead Id,Start time,Canceled,Canceled By,Marked as No-Show
m-1,a-1,2026-02-01 10:00,false,,No
m-2,a-2,2026-02-02 10:00,true,Ben,No
m-3,a-3,2026-02-03 10:00,false,,Yes
"""
ORDERS = """\
Order No,Ordered,Total,Financial Status,Cancelled at
1,2026-02-01,10,paid,
2,2026-02-02,20,paid,2026-02-05
"""


@pytest.mark.parametrize(
    ("label", "yes", "no", "asked"),
    [
        ("Won", "TRUE", "FALSE", "yes"),
        ("Vinta", "sì", "no", "yes"),
        ("Is Closed", "1", "0", "yes"),
        ("Active", "false", "true", "no"),
        ("Archived", "x", "", "yes"),
        ("Lost Reason", "Price", "", "filled"),
        ("Lost time", "2026-02-01 10:00", "", "filled"),
        ("Final result", "Won", "Unknown", "Won"),
    ],
)
def test_a_column_that_contradicts_the_stage_is_asked_about(
    plan: Planner, label: str, yes: str, no: str, asked: str
) -> None:
    deals = FLAGGED.replace("FLAG", label).replace("YES", yes).replace("NO", no)
    column = "_".join(label.lower().split())
    assert questions(plan(deals=deals)) == {f"deals.{column}.{asked}": STAGES}
    made = plan(ANSWERS | {f"deals.{column}.{asked}": "won"}, deals=deals)
    assert questions(made) == {}
    assert "then 'Won'" in text_of(made, "stg_shop__opportunities.sql")
    assert "shop,Won,customer" in text_of(made, "stage_labels.csv")
    stage = plan(ANSWERS | {f"deals.{column}.{asked}": "none"}, deals=deals)
    assert "then 'Won'" not in text_of(stage, "stg_shop__opportunities.sql")


def test_what_agrees_with_the_stage_is_not_asked_about_and_is_guarded_later(plan: Planner) -> None:
    deals = DEALS.replace("Stage", "Won,Lost Reason,Stage")
    deals = deals.replace("Closed Won", "yes,,Closed Won").replace("Closed Lost", "no,Price,Closed Lost")
    made = plan(leads=LEADS, deals=deals)
    assert questions(made) == {}
    assert "as is_flagged_won" in text_of(made, "stg_shop__opportunities.sql")
    assert "lower(deals.won)" in text_of(made, "stg_shop__opportunities.sql")
    won = plan(leads=LEADS, deals=deals.replace("Closed Lost", "Closed Won"))
    assert questions(won) == {"deals.won.no": STAGES}, "the reason is in the same row: one question for both"


def test_meetings_that_were_called_off_or_missed_are_asked_about(plan: Planner) -> None:
    asked = {"meetings.canceled.yes": ("no", "yes"), "meetings.marked_as_no_show.yes": ("no", "yes")}
    assert questions(plan(leads=LEADS, meetings=MEETINGS)) == asked
    made = plan(ANSWERS | dict.fromkeys(asked, "no"), leads=LEADS, meetings=MEETINGS)
    assert "shop,Meeting,Canceled,meeting,void" in text_of(made, "activity_labels.csv")
    assert text_of(made, "stg_shop__activities.sql").count("then 'Canceled'") == 2
    held = plan(ANSWERS | dict.fromkeys(asked, "yes"), leads=LEADS, meetings=MEETINGS)
    assert "Canceled" not in text_of(held, "activity_labels.csv").split("\n", 1)[1]


def test_what_no_meeting_is_yet_counts_for_later_ones(plan: Planner) -> None:
    meetings = MEETINGS.replace("true,Ben", "false,").replace("Yes", "No")
    made = plan(leads=LEADS, meetings=meetings)
    assert questions(made) == {}
    assert "then 'Canceled'" in text_of(made, "stg_shop__activities.sql")
    assert "shop,Meeting,Canceled,meeting,void" in text_of(made, "activity_labels.csv")


def test_a_cancelled_order_is_asked_about(plan: Planner) -> None:
    assert questions(plan(orders=ORDERS)) == {"orders.cancelled_at.filled": ("not_revenue", "revenue")}
    made = plan(ANSWERS | {"orders.cancelled_at.filled": "not_revenue"}, orders=ORDERS)
    assert "shop,invoice,Canceled,not_issued" in text_of(made, "billing_states.csv")
    bare = ORDERS.replace(",Financial Status", "").replace(",paid", "")
    without = plan(ANSWERS | {"orders.cancelled_at.filled": "not_revenue"}, orders=bare)
    assert "else cast(null as string)" in text_of(without, "stg_shop__revenue.sql")


def test_the_status_of_leads_is_listed_or_could_be_that_of_deals(plan: Planner) -> None:
    leads = LEADS.replace("Source", "Lead Status").replace("Google Ads", "New").replace("Club magazine", "Disqualified")
    made = plan(leads=leads, deals=DEALS)
    assert any("column Lead Status is not read: Disqualified (1), New (1)" in note for note in made.notes)
    sold = leads.replace("New", "Customer")
    assert any("Lead Status is not read: Customer (1)" in note for note in plan(leads=sold, deals=DEALS).notes)
    assert set(questions(plan(leads=sold))) == {"leads.opportunities"}
    assert plan(leads=sold).answers.open_questions[0].example == "Lead Status = Customer"
    assert any("is not read" in note for note in plan(ANSWERS | {"leads.opportunities": "none"}, leads=sold).notes)
