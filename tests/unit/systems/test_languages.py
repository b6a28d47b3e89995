"""Labels, file words and option values of other languages: tables beside a declaration, and what they are read as."""

import unicodedata
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from orchestration.lib.ingestion.files import is_claimed
from orchestration.lib.ingestion.header import declared_columns, match_labels
from orchestration.lib.source_tables import DeclarationError, SourceTable
from orchestration.lib.systems.finding import read_systems
from tests.systems import SYSTEMS, TABLES
from tests.unit.systems.test_systems import lay_out

LABELS, WORDS = "table,column,language,label,evidence\n", "kind,label,language,word,evidence\n"
NAMED = {(table.system, table.name): table for table in TABLES}
# Every label of a column without a pattern, with the column that it feeds.
CASES = [(table, column.name, label) for table in TABLES for column in table.columns for label in column.labels]


@settings(max_examples=300)
@given(st.sampled_from(CASES), st.sampled_from(["NFC", "NFD", "plain"]), st.sampled_from([str.upper, str.lower, str]))
def test_a_label_feeds_its_column_in_any_case_and_with_or_without_accents(
    case: tuple[SourceTable, str, str], form: str, spelling: type[str]
) -> None:
    table, column, label = case
    written = unicodedata.normalize("NFD" if form == "plain" else form, spelling(label))
    if form == "plain":
        written = "".join(part for part in written if not unicodedata.combining(part))
    assert declared_columns([f" {written} "], table) == {column}


@pytest.mark.parametrize(
    ("system", "name", "tables"),
    [
        ("hubspot", "hubspot-crm-exports-tutti-i-contatti-2026-03-01.csv", ["contacts"]),
        ("hubspot", "alle Kontakte.csv", ["contacts"]),
        ("hubspot", "todos-los-contactos.csv", ["contacts"]),
        ("hubspot", "todos os contatos.csv", ["contacts"]),
        ("hubspot", "Trattative aperte.csv", ["deals"]),
        ("hubspot", "Negócios.csv", ["deals"]),
        ("hubspot", unicodedata.normalize("NFD", "Negócios.csv"), ["deals"]),
        ("hubspot", "toutes-les-transactions.csv", ["deals"]),
        ("hubspot", "Réunions.csv", ["meetings"]),
        ("hubspot", "Aufgaben.csv", ["tasks"]),
        ("hubspot", "Ligações.csv", ["calls"]),
        ("meta_ads", "Acme-Campagne-1-gen-2026.csv", ["campaign_report"]),
        ("meta_ads", "Campañas.csv", ["campaign_report"]),
        ("google_ads", "Kampagnenbericht.csv", ["campaign_report"]),
        ("salesforce", "Opportunità.csv", ["opportunities_report"]),
    ],
)
def test_a_file_name_is_understood_in_its_language(system: str, name: str, tables: list[str]) -> None:
    claiming = [table.name for table in TABLES if table.system == system and is_claimed(table, Path(name))]
    assert claiming == tables


@pytest.mark.parametrize(
    ("label", "entry"),
    [
        ('Data di ingresso in "Lead (Pipeline)"', "Lead (Pipeline)"),
        ("Date d'entrée dans « Lead (Pipeline) »", "Lead (Pipeline)"),
        ("Eintrittsdatum in „Lead (Pipeline)“", "Lead (Pipeline)"),
        ('Fecha de entrada en "Lead (Pipeline)"', "Lead (Pipeline)"),
        ("Data de entrada em 'Lead (Pipeline)'", "Lead (Pipeline)"),
        ('Date entered "Lead (Pipeline)"', "Lead (Pipeline)"),
    ],
)
def test_the_date_of_a_stage_is_understood_in_six_languages(label: str, entry: str) -> None:
    for table in (NAMED["hubspot", "contacts"], NAMED["hubspot", "deals"]):
        header = match_labels(["Record ID", "Create Date", label], table, "line 1")
        assert header.entries == {"entered_by_stage_name": {entry: 2}}


@pytest.mark.parametrize("table", ["contacts", "companies", "deals", "line_items"])
def test_the_last_change_of_a_record_is_understood_in_six_languages(table: str) -> None:
    labels = next(each.labels for each in NAMED["hubspot", table].columns if each.name == "last_modified_date")
    spoken = {"Data dell'ultima modifica", "Data da última modificação"}
    spoken |= {"Fecha de la última modificación", "Datum der letzten Änderung", "Date de la dernière modification"}
    assert spoken <= set(labels)


@pytest.mark.parametrize(
    ("name", "text", "message"),
    [
        ("labels.csv", "table,label\n", r"labels\.csv line 1: the columns must be table, column, language"),
        ("labels.csv", LABELS + "leads,lead_id,xx,Kennung,seen\n", r"labels\.csv line 2: language 'xx'; known are"),
        ("labels.csv", LABELS + "leads,lead_id,de,Kennung,guessed\n", r"line 2: evidence 'guessed'; known are"),
        ("labels.csv", LABELS + "leads,id,de,Kennung,seen\n", r"labels\.csv line 2: leads has no column 'id'"),
        ("labels.csv", LABELS + ",,de,Kennungen,seen\n", r"labels\.csv line 2: any table has no column ''"),
        (
            "words.csv",
            WORDS + "x,A,de,Eins,seen\nx,B,de,eins,seen\n",
            r"words\.csv line 3: 'eins' is also a word for 'A'",
        ),
    ],
)
def test_a_wrong_line_is_named(tmp_path: Path, name: str, text: str, message: str) -> None:
    (lay_out(tmp_path, "shop") / name).write_text(text)
    (system,) = read_systems(tmp_path / "systems")
    with pytest.raises(DeclarationError, match=message):
        _ = (system.tables, system.words)


def test_one_label_for_two_columns_is_refused(tmp_path: Path) -> None:
    folder = lay_out(tmp_path, "shop")
    sources = folder / "staging" / "_shop__sources.yml"
    sources.write_text(sources.read_text().replace("varchar}]", "varchar}, {name: label, data_type: varchar}]"))
    (folder / "labels.csv").write_text(f"{LABELS}leads,lead_id,de,Kennung,seen\nleads,label,de,kennung,seen\n")
    (system,) = read_systems(tmp_path / "systems")
    with pytest.raises(DeclarationError, match=r"'kennung' of leads\.label is already a label of lead_id"):
        _ = system.tables


def test_words_are_folded_as_staging_folds_them() -> None:
    (hubspot,) = (system for system in SYSTEMS if system.name == "hubspot")
    stages = hubspot.words["lifecycle_stage"]
    assert {"marketingqualifiedlead", "leadqualifieparlemarketing", "leadqualifiéparlemarketing"} <= set(
        stages["Marketing Qualified Lead"]
    )
    assert stages["Customer"] == ["customer", "cliente", "kunde", "client"]


@pytest.mark.parametrize(
    ("system", "file", "claimed"),
    [
        ("salesforce", "Opportunity.csv", "opportunities"),
        ("salesforce", "LeadHistory.csv", "lead_history"),
        ("salesforce", "Opportunità.csv", "opportunities_report"),
        ("hubspot", "contact.csv", "contacts"),
        ("hubspot", "kontakte.csv", "contacts"),
    ],
)
def test_a_word_of_another_language_claims_no_file_that_a_table_declares(system: str, file: str, claimed: str) -> None:
    assert [table.name for table in TABLES if table.system == system and table.claims(file)] == [claimed]
