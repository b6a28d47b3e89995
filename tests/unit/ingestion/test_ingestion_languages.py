"""Cells and headers in other languages: months, the words for true and false, labels that nobody declared."""

from datetime import date
from pathlib import Path

import pytest

from orchestration.lib.source_tables import Column, SourceTable
from tests.unit.ingestion.ingested import Crm

CONTACTS = SourceTable(
    system="crm",
    name="deals",
    files=("*deals*",),
    key=("id",),
    columns=(
        Column("id", "varchar", labels=("Record ID", "Datensatz-ID"), required=True),
        Column("email", "varchar", labels=("E-Mail-Adresse",), personal=True),
    ),
)


@pytest.fixture
def crm(tmp_path: Path) -> Crm:
    return Crm(tmp_path)


@pytest.mark.parametrize(
    "cell",
    [
        "15 marzo 2026",
        "15 de março de 2026",
        "15 de marzo de 2026",
        "15. März 2026",
        "15 mars 2026",
        "15-mar-2026",
        "15. Mrz. 2026",
    ],
)
def test_a_month_has_a_name_in_six_languages(crm: Crm, cell: str) -> None:
    crm.ingest("day", cell, "1er août 2026", "31. Dez 2026", "3 gen 2026", "4 ottobre 2026")
    days = [date(2026, 3, 15), date(2026, 8, 1), date(2026, 12, 31), date(2026, 1, 3), date(2026, 10, 4)]
    assert crm.values("day") == days


@pytest.mark.parametrize("no", ["No", "Não", "NEIN", "faux", "Falso", "0", "false"])
@pytest.mark.parametrize("yes", ["Sì", "Sim", "JA", "vrai", "Verdadero", "1", "true"])
def test_true_and_false_are_words_of_six_languages(crm: Crm, yes: str, no: str) -> None:
    crm.ingest("is_won", yes, no)
    assert crm.values("is_won") == [True, False]


def test_a_word_that_is_neither_true_nor_false_is_rejected(crm: Crm) -> None:
    crm.ingest("is_won", "ja", "vielleicht")
    assert (crm.values("is_won"), crm.reasons()) == ([True], ["column is_won: 'vielleicht' is not a boolean"])


def test_a_header_of_unknown_labels_is_not_called_missing(crm: Crm) -> None:
    (crm.folder / "deals.csv").write_text("Datensatz-Nr;Mail-Adresse\n17;ann@example.org\n")
    reason = str(crm.ingest_file(CONTACTS).reason)
    assert "add the header line" not in reason
    assert "found 'Datensatz-Nr', 'Mail-Adresse'; none of these labels is declared" in reason
    assert "'Datensatz-Nr' may be id, 'Mail-Adresse' may be email" in reason


def test_values_in_the_place_of_the_header_are_not_shown(crm: Crm) -> None:
    (crm.folder / "deals.csv").write_text("17;Ann\n18;Bob\n")
    reason = str(crm.ingest_file(CONTACTS).reason)
    assert reason.endswith("none of the 2 cells found is a declared label: add the header line")
    assert "Ann" not in reason
