"""`smarketing source`: what it finds in files, what it asks, and what it refuses."""

import zipfile
from pathlib import Path

import pytest
import typer.testing
import yaml

from orchestration.cli import app
from orchestration.lib.onboarding import OnboardingError, read_answers
from tests.unit.onboarding.conftest import ANSWERS, DEALS, LEADS, Planner, questions, text_of


def test_titles_sizes_and_reasons_are_found(plan: Planner) -> None:
    leads = LEADS.replace("Mail,", "Mail,Designation,").replace(".com,", ".com,Buyer,")
    accounts = 'Company Id,Name,No. of Employees\nk-1,One,11-50\nk-2,Two,"1,000+"\n'
    deals = (
        DEALS.replace("Close date", "Close date,Loss reason").replace("02-01", "02-01,").replace("02-02", "02-02,Price")
    )
    made = plan(leads=leads, companies=accounts, deals=deals)
    assert "leads.designation as job_title" in text_of(made, "stg_shop__persons.sql")
    assert '{{ head_count("companies.no_of_employees") }} as employees' in text_of(made, "stg_shop__accounts.sql")
    assert "opportunity_records.lost_reason as reason_label" in text_of(made, "stg_shop__stage_changes.sql")
    declared = yaml.safe_load(text_of(made, "_shop__sources.yml"))["sources"][0]["tables"]
    columns = {column["name"]: column for table in declared for column in table["columns"]}
    assert columns["designation"]["config"]["meta"]["personal"]
    assert columns["no_of_employees"]["data_type"] == "varchar"


def test_a_list_of_activities_contains_the_kind_of_each(plan: Planner) -> None:
    """In calls a column "Call type" is the direction; in activities "Activity type" is the kind."""
    activities = (
        "Activity ID,Lead ID,Activity Type,Activity Date\n1,l-1,Call,2026-03-01 10:00\n2,l-1,Note,2026-03-02 10:00\n"
    )
    calls = "Call ID,Lead ID,Call Type,Call Date\n1,l-1,Inbound,2026-03-01 10:00\n2,l-1,Outbound,2026-03-02 10:00\n"
    made = plan(leads=LEADS, activities=activities)
    assert questions(made) == {}
    assert "activities.activity_type as activity_label" in text_of(made, "stg_shop__activities.sql")
    labels = text_of(made, "activity_labels.csv").splitlines()[1:]
    assert labels == ["shop,Call,call,,", "shop,Note,note,,"]
    made = plan(leads=LEADS, calls=calls)
    assert "'Call' as activity_label" in text_of(made, "stg_shop__activities.sql")
    inbound = """coalesce({{ folded_word("calls.call_type") }} in ('inbound'), false) as is_inbound"""
    assert inbound in text_of(made, "stg_shop__activities.sql")


def test_leads_and_deals_become_entities(plan: Planner) -> None:
    made = plan(leads=LEADS, deals=DEALS)
    assert questions(made) == {}
    assert text_of(made, "system.yml") == (
        "entities: [persons, touchpoints, opportunities, stage_changes, owner_changes]\n"
    )
    persons = text_of(made, "stg_shop__persons.sql")
    assert "leads.lead_id as person_record_id" in persons
    assert 'export_utc("leads.created", "shop", "leads")' in persons
    assert "cast(null as string) as country" in persons
    assert "deals.lead_id" in text_of(made, "stg_shop__opportunities.sql").replace("outcomes.", "deals.")


def test_personal_columns_are_found_by_label_and_by_content(plan: Planner) -> None:
    text = LEADS.replace("Mail", "Reach").replace("Company", "Ring").replace(",One,", ",+39 02 1234 567,")
    sources = text_of(plan(leads=text.replace(",Two,", ",+39 02 7654 321,")), "_shop__sources.yml")
    personal = {line.split("name: ")[1].split(",")[0] for line in sources.splitlines() if "personal: true" in line}
    assert personal == {"full_name", "reach", "ring"}


def test_columns_that_name_a_person_are_declared(plan: Planner) -> None:
    """A deal stays without the person who is forgotten, a lead and a call go."""
    calls = "Call ID,Lead ID,Call Type,Call Date\n1,l-1,Inbound,2026-03-01 10:00\n2,l-1,Outbound,2026-03-02 10:00\n"
    declared = yaml.safe_load(text_of(plan(leads=LEADS, deals=DEALS, calls=calls), "_shop__sources.yml"))
    tables = {table["name"]: table["columns"] for table in declared["sources"][0]["tables"]}
    metas = {
        name: {column["name"]: column.get("config", {}).get("meta", {}).get("person") for column in columns}
        for name, columns in tables.items()
    }
    found = {name: {column: each for column, each in meta.items() if each} for name, meta in metas.items()}
    assert found == {
        "leads": {"lead_id": "row", "mail": "row"},
        "deals": {"lead_id": "cell"},
        "calls": {"lead_id": "row"},
    }


def test_known_labels_are_written_and_others_listed(plan: Planner) -> None:
    made = plan(leads=LEADS, deals=DEALS)
    assert "shop,Google Ads,,Paid Search,all_leads,," in text_of(made, "channel_rules.csv")
    assert "Club magazine" not in text_of(made, "channel_rules.csv")
    assert any("Club magazine" in note for note in made.notes)
    assert "shop,Closed Won,customer,," in text_of(made, "stage_labels.csv")
    assert "shop,Closed Lost,lost,," in text_of(made, "stage_labels.csv")


def test_a_label_that_a_spreadsheet_would_run_is_not_written(plan: Planner) -> None:
    made = plan(leads=LEADS.replace("Google Ads", "=CMD() referral"))
    assert "CMD" not in text_of(made, "channel_rules.csv")
    assert any("=CMD()" in note for note in made.notes)


@pytest.mark.parametrize(
    ("change", "asked"),
    [
        (("Created\n", "Created,Entered on\n", "09:00:00\n", "09:00:00,2026-01-02\n"), {"leads.created_at"}),
        (("Created\n", "Zeit\n"), {"leads.created_at"}),
        (("2026-01-13T09:00:00", "03/02/2026 09:00", "2026-01-14T09:00:00", "04/02/2026 09:00",
          "2026-01-15T09:00:00", "05/02/2026 09:00"), {"date_order"}),
    ],
)  # fmt: skip
def test_ambiguities_are_asked_about(plan: Planner, change: tuple[str, ...], asked: set[str]) -> None:
    text = LEADS
    for old, new in zip(change[::2], change[1::2], strict=True):
        text = text.replace(old, new)
    assert set(questions(plan(leads=text))) == asked


def test_an_unknown_stage_is_asked_about_and_not_assumed_open(plan: Planner) -> None:
    deals = DEALS.replace("Closed Won", "Delivered")
    assert questions(plan(leads=LEADS, deals=deals)) == {"stage.Delivered": ("won", "lost", "open", "deleted")}
    made = plan(ANSWERS | {"stage.Delivered": "won"}, leads=LEADS, deals=deals)
    assert "shop,Delivered,customer,," in text_of(made, "stage_labels.csv")


def test_zone_and_currency_are_asked_and_a_dollar_too(plan: Planner) -> None:
    assert set(questions(plan({}, leads=LEADS))) == {"time_zone", "currency"}
    assert set(questions(plan({}, leads=LEADS.replace("00:00", "00:00Z")))) == {"time_zone", "currency"}
    dollars = DEALS.replace("100.50", "$1.5K").replace("80.25", "$80.25")
    assert set(questions(plan({"time_zone": "UTC"}, leads=LEADS, deals=dollars))) == {"currency"}
    made = plan({"time_zone": "UTC", "currency": "CAD"}, leads=LEADS, deals=dollars)
    assert "outcomes.amount_currency = '$'" in text_of(made, "stg_shop__opportunities.sql")
    assert "then 'CAD'" in text_of(made, "stg_shop__opportunities.sql")
    euros = plan({"time_zone": "UTC"}, leads=LEADS, deals=dollars.replace("$", "€ "))
    assert "when outcomes.amount_currency is null then 'EUR'" in " ".join(
        text_of(euros, "stg_shop__opportunities.sql").split()
    )
    assert "{name: amount_currency, data_type: varchar, config: {meta: {currency_of: amount}}}" in text_of(
        euros, "_shop__sources.yml"
    )


def test_amounts_with_signs_of_several_currencies_have_each_their_own(plan: Planner) -> None:
    signs = DEALS.replace("100.50", "R$ 100.50").replace("80.25", "US$ 80.25")
    made = plan(ANSWERS, leads=LEADS, deals=signs)
    assert questions(made) == {}
    assert '{{ export_currency("outcomes.amount_currency", "shop") }} as currency_code' in text_of(
        made, "stg_shop__opportunities.sql"
    )
    assert any("amounts in BRL, USD: put the file eurofxref-hist.csv" in note for note in made.notes)
    shared = DEALS.replace("100.50", "$ 100.50").replace("80.25", "kr 80.25")
    with pytest.raises(OnboardingError, match="signs \\$ and kr, each of several currencies"):
        plan(ANSWERS, leads=LEADS, deals=shared)


def test_small_numbers_that_overlap_by_chance_are_not_a_link(plan: Planner) -> None:
    leads = LEADS.replace("a-", "")
    calls = "Call Id,Contact Id,Date\n1,1,2026-01-13 10:00\n2,2,2026-01-14 10:00\n3,3,2026-01-15 10:00\n"
    assert questions(plan(leads=leads, calls=calls)) == {"calls.contact_id": ("leads", "none")}
    made = plan(ANSWERS | {"calls.contact_id": "none"}, leads=leads, calls=calls)
    assert "cast(null as string) as person_record_id" in text_of(made, "stg_shop__activities.sql")


def test_a_column_without_matches_is_noted_and_not_used(plan: Planner) -> None:
    made = plan(leads=LEADS, deals=DEALS.replace(",a-", ",x-"))
    assert any("Lead Id does not match" in note for note in made.notes)
    assert "cast(null as string) as person_record_id" in text_of(made, "stg_shop__opportunities.sql")


def test_rows_that_do_not_count_are_noted(plan: Planner) -> None:
    invoices = (
        "Invoice Id,Status,Date,Total\ni-1,Paid,2026-02-01,9.90\ni-2,Void,2026-02-01,9.90\ni-3,Paid,2026-02-01,\n"
    )
    made = plan(leads=LEADS, deals=DEALS.replace("2026-02-02", ""), invoices=invoices)
    assert "invoices.csv: 2 of 3 rows are not revenue: no amount, cancelled or in draft" in made.notes
    assert any("deals.csv: 1 of 2 rows are won or lost without a close date" in note for note in made.notes)


def test_without_a_key_every_row_is_a_fact(plan: Planner) -> None:
    calls = "Lead Id,Date\na-1,2026-01-13 10:00\na-1,2026-01-13 10:00\na-2,2026-01-13 10:00\n"
    made = plan(leads=LEADS, calls=calls)
    assert "calls._file || ':' || calls._line as activity_record_id" in text_of(made, "stg_shop__activities.sql")
    assert "no key, so each row is a fact" in text_of(made, "_shop__sources.yml")


def test_paid_is_not_an_id_and_two_columns_can_be_the_key(plan: Planner) -> None:
    leads = LEADS.replace("ben@example.com", "ann@example.com")
    made = plan(leads=leads.replace("Company", "Paid").replace(",One,", ",Three,").replace("Lead Id", "Lead"))
    assert "key: [" not in text_of(made, "_shop__sources.yml")
    calls = "Lead Id,Date\na-1,2026-01-13 10:00\na-1,2026-01-13 11:00\na-2,2026-01-13 10:00\n"
    assert "key: [lead_id, date]" in text_of(plan(leads=LEADS, calls=calls), "_shop__sources.yml")


def test_patterns_match_later_exports_and_no_other_file(plan: Planner) -> None:
    names = {"leads-2026-01": LEADS, "2026-01 deals": DEALS, "deals_won": DEALS}
    sources = text_of(plan(ANSWERS | {"deals_won": "none"}, **names), "_shop__sources.yml")
    assert [line.strip() for line in sources.splitlines() if "files:" in line] == [
        'files: ["2026-01 deals.csv"]',
        'files: ["leads*"]',
    ]


def test_a_file_with_an_unknown_name_is_asked_about(plan: Planner) -> None:
    things = "Lead Id,Date\na-1,2026-01-13 10:00\n"
    assert "activities" in questions(plan(leads=LEADS, things=things))["things"]
    assert "things" not in text_of(plan(ANSWERS | {"things": "none"}, leads=LEADS, things=things), "_shop__sources.yml")


@pytest.mark.parametrize(
    ("answers", "message"),
    [
        ({"time_zone": "Rome"}, "write Europe/Rome"),
        ({"currency": "euro"}, "ISO code"),
        ({"leads.created_at": "Born"}, "has no such column"),
        ({"nobody": "asks"}, "there is no question 'nobody'"),
        ({"leads.created_at": "Company"}, "not of type timestamp"),
        ({"leads.person_record_id": "Company"}, "does not identify a row"),
    ],
)
def test_an_invalid_answer_is_refused(plan: Planner, answers: dict[str, str], message: str) -> None:
    with pytest.raises(OnboardingError, match=message):
        plan(ANSWERS | answers, leads=LEADS)


def test_answers_are_keys_and_values() -> None:
    assert read_answers(["a=b", "stage.Won=Really = won"]) == {"a": "b", "stage.Won": "Really = won"}
    for wrong in (["a"], ["=b"], ["a="], ["a=b", "a=c"]):
        with pytest.raises(OnboardingError):
            read_answers(wrong)


def test_files_that_cannot_be_used_give_a_message(tmp_path: Path) -> None:
    with zipfile.ZipFile(tmp_path / "leads.xlsx", "w") as workbook:
        workbook.writestr("[Content_Types].xml", "<Types/>")
    (tmp_path / "empty.csv").write_text("")
    (tmp_path / "leads.csv").write_text("Lead Id,Created\n")
    for arguments, message in {
        (): "the argument FILES is missing",
        ("missing.csv",): "no such file",
        ("leads.xlsx",): ".xlsx",
        ("empty.csv",): "empty",
        ("leads.csv",): "no rows",
    }.items():
        files = [str(tmp_path / name) for name in arguments]
        company = ["--company", str(tmp_path / "acme")]
        result = typer.testing.CliRunner().invoke(app, ["source", "shop", *files, *company])
        assert result.exit_code == 2
        assert message in result.output
        assert not (tmp_path / "acme").exists()
