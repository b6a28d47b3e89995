"""The files that are corrupted: real ones cut short, and rows below the headers of real exports.

Belongs here: tables and rows. What is done to them is mutations.py.
"""

import csv
import gzip
import io
from dataclasses import replace
from pathlib import Path

from orchestration.lib.ingestion.header import column_of, declared_columns
from orchestration.lib.source_tables import Column, SourceTable
from tests.end_to_end.conftest import SHARED_DATA
from tests.end_to_end.export_headers import HEADERS
from tests.systems import TABLES

LINES_KEPT = 200


def bases() -> list[tuple[SourceTable, list[list[str]]]]:
    """The tables whose files are corrupted: declared by the project, or here; cut to LINES_KEPT rows."""
    declared = {f"{table.system}.{table.name}": table for table in TABLES}
    files = {
        "olist.marketing_qualified_leads": "olist/olist_marketing_qualified_leads_dataset.csv",
        "olist.closed_deals": "olist/olist_closed_deals_dataset.csv",
        "olist.order_items": "olist/olist_order_items_funnel_sellers.csv",
        "bpi2012.events": "bpi2012_loan_leads_2011q4/events.csv.gz",
        "ravenstack.subscriptions": "ravenstack/ravenstack_subscriptions.csv",
        "ravenstack.support_tickets": "ravenstack/ravenstack_support_tickets.csv",
        "hubspot.contacts": "crm_export_headers/hubspot_contacts_2019_portal.header.csv",
        "hubspot.deals": "crm_export_headers/hubspot_deals_stage_dates.header.csv",
        "salesforce.leads": "crm_export_headers/salesforce_dataexport_Lead.header.csv",
    }
    zoho = {
        "leads": ("zoho_crm/Leads.csv", {"LEADID": "bigint", "Created Time": "timestamp", "CONVERTED": "boolean"}),
        "deals": ("zoho_crm/Potentials.csv", {"Closing Date": "timestamp", "Amount": "decimal(18, 2)"}),
        "campaigns": (
            "zoho_crm/Campaigns.csv",
            {"CAMPAIGNID": "bigint", "Start Date": "date", "Actual Cost": "double"},
        ),
    }
    found = [(declared[name], SHARED_DATA / path) for name, path in files.items()]
    for name, (path, types) in zoho.items():
        columns = tuple(Column(label, kind, required=label.endswith("ID")) for label, kind in types.items())
        table = SourceTable("zoho", name, (), (), columns, ("utf-8", "cp1252"), footers=("^Total",))
        found.append((table, SHARED_DATA / path))
    # Whatever a copy is called, its table reads it.
    return [(replace(table, files=("*",), utc_files=()), _rows(table, path)) for table, path in found]


def bases_of_headers() -> list[tuple[SourceTable, list[str]]]:
    """The tables of the product, each with the header of a real export of it."""
    found = []
    for text in HEADERS.values():
        labels = text.split(",")
        fitting = [(len(declared_columns(labels, table)), table.raw_table, table) for table in TABLES]
        table = max(fitting, key=lambda each: each[:2])[2]
        required = {column.name for column in table.columns if column.always_required}
        if required <= declared_columns(labels, table):
            found.append((replace(table, files=("*",), utc_files=()), labels))
    return found


def rows_below(table: SourceTable, labels: list[str], count: int = LINES_KEPT) -> list[list[str]]:
    """The header and rows below it, each cell of the type of its column."""
    kinds = {column.name: column.value_type for column in table.columns}
    types = [kinds.get(column_of(label, table), "TIMESTAMP" if "Date" in label else "VARCHAR") for label in labels]
    return [labels, *([_cell(kind, number) for kind in types] for number in range(1, count + 1))]


def _rows(table: SourceTable, path: Path) -> list[list[str]]:
    data = path.read_bytes()
    text = (gzip.decompress(data) if path.suffix == ".gz" else data).decode("utf-8-sig")
    rows = list(csv.reader(io.StringIO(text, newline="")))[: LINES_KEPT + 1]
    if len(rows) > 1:
        return rows
    return rows_below(table, rows[0])


def _cell(kind: str, number: int) -> str:
    if kind == "DATE" or kind.startswith("TIMESTAMP"):
        return f"2024-{number % 12 + 1:02}-{number % 28 + 1:02} 00:00:00"
    return {"VARCHAR": f"Zoë, {number}", "BOOLEAN": str(number % 2)}.get(kind, str(number))
