"""Lines of totals of any language: listed and not counted, whatever share of a short report they are."""

from pathlib import Path

import duckdb
import pytest

from orchestration.lib.ingestion import FileReport, ingest_table
from tests.systems import TABLES

REPORTS = {table.system: table for table in TABLES if table.spend}
GOOGLE = {
    "it": ("Giorno,Campagna,Codice valuta,Costo", "Totale: account", "Totale: campagne", "Totale: Rete di ricerca"),
    "de": ("Tag,Kampagne,Währungscode,Kosten", "Gesamt: Konto", "Gesamt: Kampagnen", "Gesamt: Suchnetzwerk"),
    "fr": ("Jour,Campagne,Code de devise,Coût", "Total : compte", "Total : campagnes", "Total : réseau"),
    "es": ("Día,Campaña,Código de moneda,Coste", "Total: cuenta", "Total: campañas", "Total: red de búsqueda"),
    "pt": ("Dia,Campanha,Código da moeda,Custo", "Total: conta", "Total: campanhas", "Total: rede de pesquisa"),
    # A language that nobody has translated.
    "nl": ("Day,Campaign,Currency code,Cost", "Totaal: account", "Totaal: campagnes", "Totaal: zoeknetwerk"),
}


def ingest(folder: Path, system: str, *lines: str) -> FileReport:
    (folder / "campaigns.csv").write_text("\n".join(lines) + "\n")
    (file,) = ingest_table(duckdb.connect(), REPORTS[system], folder).files
    return file


@pytest.mark.parametrize("language", GOOGLE)
def test_totals_of_google_in_every_language(tmp_path: Path, language: str) -> None:
    header, *names = GOOGLE[language]
    amounts = ("90.00", "30.00", "20.00")  # with campaigns that were removed, of those shown, of one network
    totals = [f"{name}, --,EUR,{amount}" for name, amount in zip(names, amounts, strict=True)]
    file = ingest(tmp_path, "google_ads", header, "2026-03-01,Brand,EUR,10.00", "2026-03-02,Brand,EUR,20.00", *totals)
    assert (file.status, file.rows_loaded, file.rows_rejected, file.non_data_lines) == ("loaded", 2, 3, 3)


@pytest.mark.parametrize("is_first", [True, False])
def test_the_totals_of_a_week_of_meta(tmp_path: Path, is_first: bool) -> None:
    header = "Reporting starts,Reporting ends,Day,Campaign name,Amount spent (EUR)"
    days = [f"2026-03-0{day},2026-03-0{day},2026-03-0{day},Leads,200.00" for day in range(1, 8)]
    total = '2026-03-01,2026-03-07,,,"1,400.00"'
    file = ingest(tmp_path, "meta_ads", header, *([total, *days] if is_first else [*days, total]))
    assert (file.rows_loaded, file.rows_rejected, file.non_data_lines) == (7, 1, 1)
    assert [kind.reason for kind in file.rejected] == ["frame: a total"]


@pytest.mark.parametrize("name", ["Overall total", "Gesamtsumme", "Totale complessivo"])
def test_the_total_of_microsoft(tmp_path: Path, name: str) -> None:
    rows = ["2026-03-01,Brand,5.00,EUR", "2026-03-02,Brand,7.00,EUR", f"{name},,12.00,EUR", '"©2026 Microsoft"']
    file = ingest(tmp_path, "microsoft_ads", "TimePeriod,CampaignName,Spend,CurrencyCode", *rows)
    assert (file.rows_loaded, file.rows_rejected, file.non_data_lines) == (2, 2, 2)


def test_a_row_without_its_day_is_to_be_corrected(tmp_path: Path) -> None:
    """Its money is not that of the others, or it is among them, or there is only one other row."""
    header = "Day,Campaign,Cost,Currency code"
    one, two, three = (f"2026-03-0{day},Brand,{day}.00,EUR" for day in (1, 2, 3))
    for rows in ([one, two, ",Brand,2.50,EUR"], [one, ",Brand,6.00,EUR", two, three], [one, ",Brand,1.00,EUR"]):
        file = ingest(tmp_path, "google_ads", header, *rows)
        (kind,) = file.rejected
        assert (kind.reason, kind.column_name, file.non_data_lines) == ("column day is required and empty", "day", 0)
