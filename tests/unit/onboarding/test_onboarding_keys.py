"""What identifies a record: per export, and never because the values of a few rows differ."""

from pathlib import Path

import pytest

from orchestration.lib.onboarding import OnboardingError
from tests.unit.onboarding.conftest import ANSWERS, DEALS, LEADS, Planner, questions, text_of
from tests.unit.onboarding.test_onboarding_later import draft

CALLS = "Call Id,Lead Id,Owner,Start time\nc-1,a-1,Mia,2026-01-14T10:00:00\nc-2,a-2,Mia,2026-01-15T10:00:00\n"
NEWER = LEADS.replace("Ben Example", "Ben Other") + "a-4,Di Example,di@example.com,Four,Leo,,2026-02-15T09:00:00\n"


def test_an_export_that_repeats_the_records_of_an_earlier_one_keeps_key_and_links(tmp_path: Path) -> None:
    draft(tmp_path, {"leads": LEADS, "deals": DEALS, "calls": CALLS}, ANSWERS)
    staging = tmp_path / "acme" / "systems" / "shop" / "staging"
    before = {path.name: path.read_text() for path in staging.iterdir()}
    newer = {"leads-2026-02": NEWER}
    newer |= {"deals-2026-02": DEALS.replace("Closed Lost", "Closed Won"), "calls-2026-02": CALLS}
    again = draft(tmp_path, newer, {})
    assert questions(again) == {}
    assert {path.name: path.read_text() for path in staging.iterdir()} == before
    assert any("key: Lead Id" in text for text in again.found)
    assert any("Lead Id -> leads (100%)" in text for text in again.found)


def test_files_of_one_call_that_repeat_each_other_are_one_list(plan: Planner) -> None:
    made = plan(leads_1=LEADS, leads_2=NEWER, deals_1=DEALS, deals_2=DEALS)
    declared = text_of(made, "_shop__sources.yml")
    assert "key: [lead_id]" in declared
    assert "key: [deal_id]" in declared


def test_numbers_that_begin_again_are_asked_about(plan: Planner) -> None:
    """The invoice 1 of each year is another one: the newest would replace the others."""
    invoices = {
        f"invoices_{year}": f"Invoice No,Invoice date,Status,Total\n1,{year}-01-05,Paid,10.5\n2,{year}-01-06,Paid,20\n"
        for year in (2025, 2026)
    }
    assert questions(plan(**invoices)) == {"invoices.repeated": ("same", "different")}
    same = plan(ANSWERS | {"invoices.repeated": "same"}, **invoices)
    assert "key: [invoice_no]" in text_of(same, "_shop__sources.yml")
    different = plan(ANSWERS | {"invoices.repeated": "different"}, **invoices)
    assert "key:" not in text_of(different, "_shop__sources.yml")


def test_rows_without_a_key_in_two_exports_are_asked_about(plan: Planner) -> None:
    visits = "Person,Time,Source\nann,2026-02-01 10:00,Google\nben,2026-02-02 10:00,Google\n"
    assert questions(plan(visits_1=visits, visits_2=visits)) == {"visits.repeated": ("different",)}
    assert questions(plan(visits_1=visits, visits_2=visits.replace("2026-02", "2026-03"))) == {}


def test_a_key_is_never_lost_silently(tmp_path: Path) -> None:
    draft(tmp_path, {"leads": LEADS}, ANSWERS)
    twice = NEWER + NEWER.splitlines()[1].replace("ann@", "ann.2@") + "\n"
    with pytest.raises(
        OnboardingError, match=r"identifies a record of leads by Lead Id, which leads-2\.csv, leads\.csv"
    ):
        draft(tmp_path, {"leads-2": twice}, {})
    assert questions(draft(tmp_path, {"leads-2": twice}, {"leads.person_record_id": "none"})) == {}


@pytest.mark.parametrize(
    "label", ["Zip code", "Postal code", "CAP", "House No", "Year", "Country code", "Row No", "Phone number", "PLZ"]
)
@pytest.mark.parametrize("has_email", [True, False])
def test_what_many_records_share_is_no_key_though_a_few_rows_differ(plan: Planner, label: str, has_email: bool) -> None:
    leads = LEADS.replace("Lead Id", label).replace("a-", "2012")
    made = plan(leads=leads if has_email else leads.replace("Mail", "Remark"))
    declared = text_of(made, "_shop__sources.yml")
    assert questions(made) == {}
    assert [line.strip() for line in declared.splitlines() if "key:" in line] == (["key: [mail]"] if has_email else [])


def test_a_postal_code_links_no_deal(plan: Planner) -> None:
    leads = LEADS.replace("Company", "Postal code").replace(",One,", ",SW1 2AB,").replace(",Two,", ",E1 6AN,", 1)
    deals = DEALS.replace("Lead Id", "Postal code").replace("a-1", "SW1 2AB").replace("a-2", "E1 6AN")
    assert "-> leads" not in "\n".join(plan(leads=leads, deals=deals).found)


def test_an_id_of_something_else_is_asked_about(plan: Planner) -> None:
    deals = DEALS.replace("Deal Id", "Quote number")
    assert questions(plan(deals=deals)) == {"deals.opportunity_record_id": ("Quote number", "none")}
    made = plan(ANSWERS | {"deals.opportunity_record_id": "Quote number"}, deals=deals)
    assert "key: [quote_number]" in text_of(made, "_shop__sources.yml")
    # Two days of one campaign: the id of the campaign identifies no day.
    spend = "Day,Campaign ID,Cost\n2026-02-01,7,1.5\n2026-02-02,8,2.5\n"
    assert "key: [campaign_id]" not in text_of(plan(ad_spend=spend), "_shop__sources.yml")


def test_a_row_of_separators_only_is_no_record(plan: Planner) -> None:
    blank = "," * (LEADS.splitlines()[0].count(",")) + "\n"
    made = plan(leads=LEADS + blank + blank)
    assert questions(made) == {}
    assert "key: [lead_id]" in text_of(made, "_shop__sources.yml")
    assert any("3 rows" in text for text in made.found)
    with pytest.raises(OnboardingError, match="it has a header but no rows"):
        plan(leads=LEADS.splitlines()[0] + "\n" + blank)


@pytest.mark.parametrize(
    ("file", "label"),
    [
        ("leads", "(Do Not Modify) Lead"),
        ("phone_calls", "(Do Not Modify) Phone Call"),
        ("leads", "(Nicht ändern) Lead"),
        ("contatti", "(Non modificare) Contatto"),
        ("contatos", "(Não Modificar) Contato"),
        ("contactos", "(No modificar) Contacto"),
        ("contacts", "(Ne pas modifier) Contact"),
    ],
)
def test_the_first_column_of_dynamics_identifies_the_record(plan: Planner, file: str, label: str) -> None:
    text = f"{label},Row Checksum,Topic,Date\n0f-1,ab=,One,2026-01-13 09:00\n0f-2,ac=,One,2026-01-14 09:00\n"
    assert f"key: {label}\n" in plan(**{file: text}).found[0]
