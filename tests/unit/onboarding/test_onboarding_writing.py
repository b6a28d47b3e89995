"""The files that `smarketing source` writes: valid, formatted, complete, and never over existing ones."""

import re
from pathlib import Path

import pytest
import typer.testing
from sqlfmt.api import format_string
from sqlfmt.mode import Mode

from orchestration import settings
from orchestration.cli import app
from orchestration.lib.agreement.reading import read_agreements
from orchestration.lib.onboarding import OnboardingError, Plan, make_plan
from orchestration.lib.onboarding.fields import FIELDS, FILES
from orchestration.lib.onboarding.plan import contract
from orchestration.lib.onboarding.texts import name_words, singular, snake_names
from orchestration.lib.onboarding.writing import Writes, with_rows
from orchestration.lib.systems.finding import read_systems

pytestmark = pytest.mark.long

FILES_OF_ALL = {
    "leads": "Lead Id,Full name,Mail,Owner,Source,Created,MQL date\n"
    "a-1,Ann Example,ann@example.com,Mia Bo,Web,2026-01-13 09:00,2026-01-14\n"
    "a-2,Ben Example,ben@example.com,Leo,,2026-01-15 09:00,\n",
    "contacts": "Contact Id,Name,Mail,Company Id,Created\nc-1,Cy Example,cy@example.com,k-1,2026-01-13 09:00\n",
    "companies": "Company Id,Name,Website,Industry\nk-1,One,one.example.com,Toys\n",
    "users": "User Id,First name,Last name,Team\nu-1,Mia,Bo,East\nu-2,Leo,,East\n",
    "campaigns": "Campaign Id,Name,Type,Start date,Cost\nx-1,Spring,Fair,2026-01-01,100.50\n",
    "campaign_members": "Lead Id,Campaign Id,Status,Responded at\na-1,x-1,Clicked,2026-01-12 10:00\n",
    "deals": "Deal Id,Lead Id,Owner,Campaign Id,Type,Stage,Amount,Currency,Created,Close date,Lost reason\n"
    "d-1,a-1,Mia Bo,x-1,Renewal,Won,100.50,EUR,2026-01-20,2026-02-01,\n",
    "calls": "Call Id,Lead Id,Contact Id,Deal Id,Direction,Start time,End time\n"
    "1,a-1,,d-1,Inbound,2026-01-13 10:00,2026-01-13 10:30\n2,,c-1,,Outbound,2026-01-14 10:00,2026-01-14 10:30\n",
    "activities": "Id,Contact Id,Type,Date,Due date\n1,c-1,E-mail,2026-01-13 10:00,2026-01-12\n",
    "invoices": "Invoice Id,Company Id,Deal Id,Status,Invoice date,Total\ni-1,k-1,d-1,Cancelled,2026-02-01,99.90\n",
    "ad_spend": "Day,Platform,Campaign,Spend,Clicks\n2026-01-01,Google,Spring,10.50,3\n",
}


@pytest.fixture
def planned(tmp_path: Path) -> Plan:
    """The plan for a company that has a file of each kind."""
    paths = []
    for name, text in FILES_OF_ALL.items():
        paths.append(tmp_path / f"{name}.csv")
        paths[-1].write_text(text)
    answers = {"time_zone": "Europe/Rome", "currency": "EUR"}
    plan = make_plan(paths, "shop", tmp_path / "acme", settings.DBT_PROJECT, answers)
    assert plan.answers.open_questions == []
    return plan


def models(plan: Plan) -> dict[str, str]:
    return {
        path.stem.removeprefix("stg_shop__"): text for path, text in plan.writes.texts.items() if ".sql" in path.name
    }


def test_every_model_meets_its_contract_and_is_formatted(planned: Plan) -> None:
    assert set(models(planned)) == {*FIELDS, "stage_changes", "owner_changes"}
    for entity, text in models(planned).items():
        last = text.split("\n\n")[-1]
        selects = text if last.startswith("select *") else last
        for column in contract(settings.DBT_PROJECT)[entity]:
            assert re.search(rf"\b{column}\b", selects), (entity, column)
        assert text == format_string(text, Mode(line_length=110)), entity
        assert max(map(len, text.splitlines())) <= 110, entity


def test_the_models_read_like_manually_written_sql(planned: Plan) -> None:
    sql = {entity: re.sub(r"\s+", " ", text).replace("( ", "(") for entity, text in models(planned).items()}
    assert (
        "coalesce('leads:' || calls.lead_id, 'contacts:' || calls.contact_id) as person_record_id" in sql["activities"]
    )
    assert "users_by_first_name_and_last_name" in sql["persons"]
    assert 'deal_meanings("shop", is_pipeline_asked=false)' in sql["opportunities"]
    assert "outcomes.is_new_business, outcomes.type as deal_type_label" in sql["opportunities"]
    assert '{{ export_currency("outcomes.currency", "shop") }} as currency_code' in sql["opportunities"]
    assert "'MQL date' as stage_label" in sql["stage_changes"]
    assert 'billing_states("shop", "invoice")' in sql["revenue"]
    assert "minutes_between(" in sql["activities"]


def test_a_run_finds_the_new_system(planned: Plan, tmp_path: Path) -> None:
    planned.writes.perform(force=False)
    (system,) = read_systems(tmp_path / "acme" / "systems")
    assert (system.name, set(system.entities)) == ("shop", set(models(planned)) & set(contract(settings.DBT_PROJECT)))
    tables = {table.name: table for table in system.tables}
    assert set(tables) == set(FILES_OF_ALL)
    assert tables["ad_spend"].key == ("day", "platform", "campaign")
    assert [column.name for column in tables["leads"].columns if column.personal] == ["full_name", "mail"]
    types = {column.name: column.data_type for column in tables["deals"].columns}
    assert types["amount"] == "decimal(24, 6)"
    assert types["created"] == "date"


def test_the_starter_is_a_valid_agreement_marked_as_a_draft(planned: Plan, tmp_path: Path) -> None:
    path, text = next((path, text) for path, text in planned.writes.texts.items() if "agreements" in path.parts)
    path.parent.mkdir(parents=True)
    path.write_text(text)
    agreement = read_agreements(path.parent)[0]
    assert (agreement.version, agreement.is_signed) == ("2026-01-01", False)
    assert agreement.commitments["first_contact"].starts_at == "mql"  # type: ignore[union-attr]
    assert text.count("# assumption") >= 8


def test_nothing_is_overwritten_and_all_files_or_none_are_written(tmp_path: Path) -> None:
    new, there, source = tmp_path / "new.sql", tmp_path / "there.sql", tmp_path / "leads.csv"
    there.write_text("mine")
    source.write_text("a\n1\n")
    writes = Writes({new: "new", there: "theirs"}, {tmp_path / "exports" / "leads.csv": source})
    with pytest.raises(OnboardingError, match=r"there\.sql"):
        writes.perform(force=False)
    assert not new.exists()
    assert there.read_text() == "mine"
    assert len(writes.perform(force=True)) == 3
    assert writes.perform(force=False) == []


def test_all_files_are_in_the_companys_folder(planned: Plan, tmp_path: Path) -> None:
    for path in (*planned.writes.texts, *planned.writes.added, *planned.writes.copies):
        assert path.is_relative_to(tmp_path / "acme"), path


def test_rows_are_added_to_reference_files_and_existing_ones_stay(tmp_path: Path) -> None:
    path = tmp_path / "systems.csv"
    row = {"system": "shop", "time_zone": "UTC", "date_order": "dmy"}
    assert with_rows(path, [row], ("system",)) == "system,time_zone,date_order\nshop,UTC,dmy\n"
    path.write_text("system,time_zone\nhubspot,Europe/Rome\n")
    both = "system,time_zone,date_order\nhubspot,Europe/Rome,\nshop,UTC,dmy\n"
    assert with_rows(path, [row], ("system",)) == both
    path.write_text(both.replace("UTC", "Asia/Tokyo"))
    assert with_rows(path, [row], ("system",)) == path.read_text()


def test_names_are_valid_in_sql() -> None:
    labels = ["Straße (Nr.)", "order", "Order", "1st", "", "_line", "Lead-ID"]
    assert snake_names(labels) == [
        "strae_nr",
        "order_label",
        "order_label_3",
        "column_1_st",
        "column_5",
        "line",
        "lead_id",
    ]


def test_names_of_files_describe_their_content() -> None:
    assert name_words("Shop-Leads_export 2026-03", "shop") == ["leads"]
    for entity, words in FILES.items():
        for word in words.split():
            assert singular(word) == word, (entity, word)
    assert [singular(word) for word in ("people", "companies", "campaigns", "status")] == [
        "person",
        "company",
        "campaign",
        "status",
    ]


def test_synonyms_name_fields_of_the_contract() -> None:
    known = contract(settings.DBT_PROJECT)
    helpers = {"first_name", "last_name", "direction", "type_label", "stage_label", "status_label", "ended_at"}
    helpers |= {"duration_in_minutes", "duration_in_seconds", "campaign_label", "won_at", "lost_at"}
    helpers |= {"utm_source", "utm_medium", "utm_campaign", "click_id", "refunded_amount", "converted_record_id"}
    for entity, fields in FIELDS.items():
        assert set(fields) - set(known[entity]) <= helpers


def test_the_page_of_fields_is_what_the_command_prints() -> None:
    page = Path(settings.PROJECT / "docs" / "fields.md").read_text()
    printed = typer.testing.CliRunner().invoke(app, ["source", "--fields"]).output
    assert page == printed
    for fields in FIELDS.values():
        assert all(f"| `{name}` | {spec.means}" in page and spec.means for name, spec in fields.items())
