"""Activities whose one column names deals, accounts, leads and contacts, by ids and by names."""

from tests.unit.onboarding.conftest import ANSWERS, Planner, questions, text_of

LEADS = """\
Record Id,Full Name,Email,Created Time,Is Converted,Converted Contact ID,Converted Contact
zcrm_1,Ann Example,ann@example.com,2026-01-13T09:00:00,true,zcrm_11,Ann Example
zcrm_2,Ben Example,ben@example.com,2026-01-14T09:00:00,true,zcrm_12,Ben Example
zcrm_3,Cy Example,cy@example.com,2026-01-15T09:00:00,false,,
"""
CONTACTS = """\
Record Id,Full Name,Email,Created Time
zcrm_11,Ann Example,ann@work.example,2026-01-20T09:00:00
zcrm_12,Ben Example,,2026-01-21T09:00:00
zcrm_13,Dee Example,dee@example.com,2026-01-22T09:00:00
"""
ACCOUNTS = """\
Record Id,Account Name
zcrm_21,One
zcrm_22,Two
"""
DEALS = """\
Record Id,Deal Name,Account Name,Stage,Amount,Created Time,Closing Date
zcrm_31,Roof,One,Closed Won,100.50,2026-01-20,2026-02-01
zcrm_32,Two,Two,Closed Lost,80.25,2026-01-21,2026-02-02
"""
CALLS = """\
Record Id,Subject,Related To,Call Start Time
zcrm_41,Hello,zcrm_1,2026-01-20T09:00:00
zcrm_42,Again,zcrm_13,2026-01-21T09:00:00
zcrm_43,Price,Roof,2026-01-22T09:00:00
zcrm_44,Terms,zcrm_32,2026-01-23T09:00:00
zcrm_45,Firm,One,2026-01-24T09:00:00
zcrm_46,Which,Two,2026-01-25T09:00:00
zcrm_47,Nobody,zcrm_99,2026-01-26T09:00:00
"""
FILES = {"leads": LEADS, "contacts": CONTACTS, "accounts": ACCOUNTS, "deals": DEALS, "calls": CALLS}


def _expression(sql: str, name: str) -> str:
    """The expression of a field, on one line."""
    return " ".join(sql.split()).split(f" as {name}")[0].rsplit(" as ", 1)[1]


def test_each_cell_links_to_the_kind_of_record_that_has_it(plan: Planner) -> None:
    made = plan(ANSWERS, **FILES)
    assert questions(made) == {}
    sql = text_of(made, "stg_shop__activities.sql")
    person, deal = (_expression(sql, name) for name in ("person_record_id", "opportunity_record_id"))
    assert "only_leads_by_record_id.found, only_contacts_by_record_id.found" in person
    assert "only_deals_by_record_id.found, only_deals_by_deal_name.found" in deal
    assert "accounts.account_name = deals.deal_name" in sql, "a name of both is of neither"
    assert "deals_by_account_name" not in sql, "the account of a deal is not the deal"


def test_what_is_of_none_or_several_is_noted(plan: Planner) -> None:
    notes = plan(ANSWERS, **FILES).notes
    text = "2 of 7 cells link to none, as 1 of them are in several of these files and 1 in none"
    assert any(text in note for note in notes), notes


def test_a_column_of_one_kind_is_not_mixed(plan: Planner) -> None:
    calls = "\n".join(line for line in CALLS.split("\n") if not any(f"zcrm_4{n}" in line for n in (1, 2, 5, 6, 7)))
    sql = text_of(plan(ANSWERS, **FILES | {"calls": calls}), "stg_shop__activities.sql")
    assert "only_" not in sql


def test_small_numbers_are_asked_about(plan: Planner) -> None:
    texts = {name: text.replace("zcrm_", "") for name, text in FILES.items()}
    calls = texts["calls"].replace("Roof", "31").replace("One", "21").replace("Two", "22")
    asked = questions(plan(ANSWERS, **texts | {"calls": calls}))
    assert asked == {"calls.related_to": ("records", "none")}


def test_a_converted_lead_is_linked_by_id(plan: Planner) -> None:
    made = plan(ANSWERS, **FILES)
    assert "record_links" in text_of(made, "system.yml")
    sql = " ".join(text_of(made, "stg_shop__record_links.sql").split())
    assert "'leads:' || leads.record_id as person_record_id, 'conversion' as rule, 'shop' as linked_system" in sql
    assert "'contacts:' || leads.converted_contact_id as linked_record_id" in sql


def test_the_contact_of_a_converted_lead_is_not_asked_about_as_the_lead_s_id(plan: Planner) -> None:
    leads = "\n".join(line.partition(",")[2] for line in LEADS.split("\n")[:3]) + "\n"
    made = plan(ANSWERS, **FILES | {"leads": leads, "calls": CALLS.replace("zcrm_1,", "zcrm_12,")})
    assert questions(made) == {}
    assert "contacts:' || leads.converted_contact_id" in text_of(made, "stg_shop__record_links.sql")


def test_without_the_contacts_a_conversion_is_no_link(plan: Planner) -> None:
    made = plan(ANSWERS, leads=LEADS, deals=DEALS)
    assert "record_links" not in text_of(made, "system.yml")
