"""Exports with every column that HubSpot and Salesforce give them, and what is known of a company without others.

Belongs here: the default exports, one company per set that people have. Does not belong here: HubSpot's default views
with names instead of ids (test_real_views.py).
"""

from html import unescape
from pathlib import Path

import pytest

from tests.end_to_end.conftest import Built, build
from tests.end_to_end.hubspot_exports import PORTAL, VARIANT, VIEW
from tests.end_to_end.salesforce_objects import OBJECTS
from tests.end_to_end.small_company import REFERENCE, write_company

pytestmark = pytest.mark.slow

PIPELINE_STAGES = ("Appointment Scheduled", "Qualified To Buy", "Presentation Scheduled", "Decision Maker Bought-In")
STAGES = REFERENCE["stage_labels"] + "salesforce,Lead created,lead,,\nsalesforce,Lead converted,sql,,\n"
STAGES += "".join(f"hubspot,{label},opportunity,,\n" for label in PIPELINE_STAGES)

COMPANIES = {"portal": PORTAL, "view": VIEW, "variant": VARIANT, "objects": OBJECTS}
PERSONS = """
    select persons.person_id, account_id, owners.owner_name, channel
    from marts.dim_person as persons left join marts.dim_owner as owners using (owner_id)
    order by person_id
"""
JOURNEYS = """
    select person_id, strftime(lead_at, '%m-%d'), strftime(mql_at, '%m-%d'), strftime(sql_at, '%m-%d'),
        strftime(opportunity_at, '%m-%d'), strftime(customer_at, '%m-%d')
    from marts.fct_journeys order by person_id
"""
DEALS = """
    select opportunity_id, person_id, account_id, status, amount::int, currency_code, strftime(closed_at, '%m-%d')
    from marts.fct_opportunities order by opportunity_id
"""
CLOCKS = "select distinct status, status_reason from marts.fct_commitments where commitment = 'first_contact'"
TOUCHED = """
    select activity_type, person_id, strftime(happened_at, '%m-%d') from marts.fct_activities
    inner join marts.fct_activity_persons using (activity_id) order by 1
"""


def build_one(name: str, folder: Path) -> tuple[Built, str]:
    """The company, and the sentence of its board about what the exports do not have; empty without one."""
    company = write_company(folder / "company", COMPANIES[name], {"stage_labels": STAGES})
    built = build(company, folder / "home")
    board = unescape((built.site / "index.html").read_text(encoding="utf-8"))
    _, _, missing = board.partition("The exports do not have all that this page shows")
    return built, missing.partition("</p>")[0]


@pytest.mark.campaign
def test_a_portal_of_2019_has_the_dates_of_its_stages(tmp_path: Path) -> None:
    built, missing = build_one("portal", tmp_path)
    assert built.query(PERSONS) == [
        ("hubspot:101", "hubspot:501", "Elio Marzo", "Organic Search"),
        ("hubspot:102", None, "Elio Marzo", "Organic Search"),
    ]
    assert built.query(JOURNEYS) == [
        ("hubspot:101", "02-02", "02-03", "02-04", "02-09", "03-10"),
        ("hubspot:102", "02-05", "02-06", None, None, None),
    ]
    # No export has activities, so nobody knows which contacts were missed; and there are no deals.
    assert built.query(CLOCKS) == [("open", "not known yet")]
    assert "first contacts, attempts" in missing
    assert "pipeline, won value" in missing
    assert "entered a stage" not in missing
    assert "no file has activities: calls, e-mails, meetings: export them" in built.output
    page = (built.site / "data.html").read_text(encoding="utf-8")
    assert "first contacts, attempts and the clocks that they stop" in page
    [*_, latest] = sorted((built.site / "scorecard").glob("20*.html"))
    scorecard = unescape(latest.read_text(encoding="utf-8"))
    assert "Delivered and never touched" in scorecard
    assert "sales has tried to reach every one" not in scorecard


@pytest.mark.campaign
def test_a_view_without_owners_and_stages_lists_what_it_lacks(tmp_path: Path) -> None:
    built, missing = build_one("view", tmp_path)
    assert built.query(PERSONS) == [
        ("hubspot:201", None, None, "Organic Search"),
        ("hubspot:202", None, None, "Unknown"),
    ]
    assert [row[:2] for row in built.query(JOURNEYS)] == [("hubspot:201", "02-02"), ("hubspot:202", "03-20")]
    assert built.query(DEALS) == [
        ("hubspot:901", None, None, "won", 1000, None, "03-10"),
        ("hubspot:902", None, None, "open", 2000, None, None),
    ]
    for column in ("Lifecycle Stage", "Contact owner", 'Date entered "…"', "Associated Contact IDs"):
        assert f"add the column `{column}`" in built.output
    assert "work, clocks and hand-overs by owner" in missing
    assert 'href="data.html#missing"' in missing
    page = (built.site / "data.html").read_text(encoding="utf-8")
    assert 'id="missing"' in page


@pytest.mark.campaign
def test_the_newest_labels_of_ids_are_ids(tmp_path: Path) -> None:
    built, missing = build_one("variant", tmp_path)
    assert built.query(PERSONS) == [
        ("hubspot:301", "hubspot:501", "Elio Marzo", "Unknown"),
        ("hubspot:302", None, None, "Unknown"),
    ]
    assert built.query(DEALS) == [("hubspot:901", "hubspot:301", "hubspot:501", "won", 3000, None, "03-10")]
    assert built.query(JOURNEYS)[0][5] == "03-10"
    assert "entered a stage" in missing


def test_a_data_export_of_salesforce_is_a_whole_company(tmp_path: Path) -> None:
    built, missing = build_one("objects", tmp_path)
    assert built.query(PERSONS) == [
        ("salesforce:003000000000001", "salesforce:001000000000001", "Elio Marzo", "Direct"),
        ("salesforce:003000000000002", "salesforce:001000000000001", "Elio Marzo", "Direct"),
        ("salesforce:00Q000000000002", None, "Elio Marzo", "Direct"),
    ]
    assert built.query(JOURNEYS) == [
        ("salesforce:003000000000001", "02-02", None, "02-10", "02-10", "03-10"),
        ("salesforce:003000000000002", None, None, None, "02-10", None),
        ("salesforce:00Q000000000002", "02-02", None, "02-05", None, None),
    ]
    # By the contact role, by the opportunity's own contact, and by nobody.
    assert built.query(DEALS) == [
        (
            "salesforce:006000000000001",
            "salesforce:003000000000001",
            "salesforce:001000000000001",
            "won",
            1000,
            "EUR",
            "03-10",
        ),
        (
            "salesforce:006000000000002",
            "salesforce:003000000000002",
            "salesforce:001000000000001",
            "open",
            2000,
            "EUR",
            None,
        ),
        ("salesforce:006000000000003", None, "salesforce:001000000000001", "won", 3000, "EUR", "03-09"),
    ]
    assert built.query(TOUCHED) == [
        ("call", "salesforce:00Q000000000002", "02-03"),
        ("email", "salesforce:003000000000002", "02-04"),
        ("meeting", "salesforce:003000000000001", "02-12"),
    ]
    touches = "select person_id, campaign_label from marts.fct_touchpoints"
    assert built.query(touches) == [("salesforce:00Q000000000002", "Fair")]
    assert missing == ""
