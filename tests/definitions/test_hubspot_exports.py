"""Every header that HubSpot writes, and every table of its connector that contains an entity, from file to entity.

The headers and the connector's tables are real and are beside the project; the rows below the headers are made here.
"""

import csv
import re
import shutil
from pathlib import Path

import duckdb
import pytest

from orchestration import settings
from orchestration.lib.agreement.reading import read_agreements
from orchestration.lib.agreement.tables import write_tables
from orchestration.lib.company.privacy import write_privacy
from orchestration.lib.ingestion import LoadReport, ingest_table, unclaimed_files
from orchestration.lib.ingestion.header import declared_columns
from orchestration.lib.ingestion.raw_tables import create_ledger, shape_raw_table
from orchestration.lib.source_tables import SourceTable
from orchestration.lib.warehouse.public_suffixes import write_suffixes
from tests.systems import TABLES as ALL_TABLES
from tests.systems import build_models

SHARED = settings.PROJECT.parent / "shared" / "data"
HEADERS = SHARED / "crm_export_headers"
CONNECTOR = SHARED / "fivetran_seeds" / "hubspot"
TABLES = {table.name: table for table in ALL_TABLES if table.system == "hubspot"}
# The connector's tables that contain no entity: what tickets belong to, lists, companies' links and history, and
# what describes them.
WITHOUT_ENTITY = re.compile(
    r"(ticket_(deal|engagement|pipeline|property)|contact_list|property|role|company_property_history|engagement_(company|communication)"
    r"|email_event_(bounce|deferred|delivered|dropped|forward|open|print|sent|spam_report|status_change)|team_user).*"
    r"|engagement_data.csv"
)
# No real header of tickets is beside the project; these are the names in HubSpot's list of its properties.
TICKETS = {
    "label": "Ticket ID,Ticket name,Pipeline,Ticket status,Create date,Close date,Ticket owner,Priority,Source,"
    "First agent email response date,Time to first agent email reply,Associated Contact IDs,Associated Company IDs",
    "internal": "hs_ticket_id,subject,hs_pipeline,hs_pipeline_stage,createdate,closed_date,hubspot_owner_id,"
    "hs_ticket_priority,source_type,first_agent_reply_date,time_to_first_agent_reply",
}
ROWS = 2

pytestmark = [
    pytest.mark.slow,
    pytest.mark.skipif(not CONNECTOR.is_dir(), reason="the real headers are not beside the project"),
]


def cell(table: SourceTable, label: str, number: int) -> str:
    """A value as HubSpot writes it under this label, another one in each row."""
    column = next((column for column in table.columns if column.name in declared_columns([label], table)), None)
    name, kind = (column.name, column.value_type.lower()) if column else ("", "varchar")
    # Who is a customer at the Create Date was imported as one, and is not a lead.
    time = "10:14" if "customer" in label.lower() else "09:14"
    values = {"timestamp": f"2024-03-{number % 28 + 1:02} {time}", "boolean": "false", "decimal(24,6)": f"{number}.5"}
    return values.get(kind, str(number) if name.endswith("_id") else f"text {number}")


def write_export(folder: Path, name: str, labels: list[str], first_number: int) -> None:
    """A file with these labels and two rows; `name` begins with the table's."""
    table = TABLES[name.split("_")[1]]
    with (folder / f"{name}.csv").open("w", newline="") as file:
        writer = csv.writer(file)
        writer.writerow(labels)
        writer.writerows(
            [cell(table, label, number) for label in labels] for number in range(first_number, first_number + ROWS)
        )


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """exports/ with every header, every property by label and by internal name, and the connector's tables."""
    exports = tmp_path_factory.mktemp("hubspot") / "exports"
    (exports / "hubspot").mkdir(parents=True)
    number = 500_001
    for path in sorted(HEADERS.glob("hubspot_*.header.csv")):
        write_export(exports / "hubspot", path.name.split(".")[0], next(csv.reader(path.open())), number)
        number += ROWS
    for path in sorted(HEADERS.glob("hubspot_*_properties.csv")):
        properties = list(csv.DictReader(path.open()))
        for column in ("label_in_export", "internal_name"):
            labels = list(dict.fromkeys(row[column] for row in properties))
            write_export(exports / "hubspot", f"{path.stem}_{column}", labels, number)
            number += ROWS
    for kind, labels in TICKETS.items():
        write_export(exports / "hubspot", f"hubspot_tickets_{kind}", labels.split(","), number)
        number += ROWS
    for path in CONNECTOR.glob("*.csv"):
        if not WITHOUT_ENTITY.fullmatch(path.name):
            shutil.copy(path, exports / "hubspot")
    return exports


@pytest.fixture(scope="module")
def reports(folder: Path) -> dict[str, LoadReport]:
    with duckdb.connect(folder.parent / "warehouse.duckdb") as connection:
        create_ledger(connection)
        for table in ALL_TABLES:
            shape_raw_table(connection, table)
        write_tables(connection, read_agreements(settings.DEMO_COMPANY / "agreements"))
        write_privacy(connection, "hash", "a key")
        write_suffixes(connection)
        return {name: ingest_table(connection, table, folder / "hubspot") for name, table in TABLES.items()}


def test_every_file_is_claimed_by_one_table_and_loads_whole(folder: Path, reports: dict[str, LoadReport]) -> None:
    assert unclaimed_files(list(TABLES.values()), folder) == []
    files = [file for report in reports.values() for file in report.files]
    assert len(files) == len(list((folder / "hubspot").iterdir()))
    assert [(file.file, file.status, file.reason, file.rejected) for file in files] == [
        (file.file, "loaded", file.reason, ()) for file in files
    ]


@pytest.mark.parametrize("kind", ["contacts", "companies", "deals"])
def test_a_property_is_found_by_its_label_as_by_its_internal_name(kind: str) -> None:
    pairs = []
    with (HEADERS / f"hubspot_{kind}_properties.csv").open() as file:
        for row in csv.DictReader(file):
            names = [declared_columns([row[name]], TABLES[kind]) for name in ("label_in_export", "internal_name")]
            # A stage has a date by its name and one by its id: two maps of one meaning.
            pairs.append([{name.replace("stage_id", "stage_name") for name in found} for found in names])
    assert [pair for pair in pairs if pair[0] != pair[1]] == []
    assert len({name for pair in pairs for name in pair[0]}) >= 5


@pytest.fixture(scope="module")
def built(folder: Path, reports: dict[str, LoadReport]) -> duckdb.DuckDBPyConnection:
    """The warehouse with HubSpot's staging built on these files, and its data tests passed."""
    home = folder.parent
    place = settings.Settings(settings.DEMO_COMPANY, home)
    build_models(place, "--select", "+staging.hubspot", "--indirect-selection", "cautious")
    return duckdb.connect(home / "warehouse.duckdb", read_only=True)


@pytest.mark.parametrize(
    ("entity", "record_id", "raw"),
    [
        ("persons", "person_record_id", "select record_id from raw.hubspot__contacts"),
        ("opportunities", "opportunity_record_id", "select record_id from raw.hubspot__deals"),
        ("tickets", "ticket_record_id", "select record_id from raw.hubspot__tickets"),
        ("owners", "owner_record_id", "select owner_id from raw.hubspot__owners"),
        ("pipeline_stages", "stage_id", "select stage_id from raw.hubspot__deal_pipeline_stages"),
    ],
)
def test_every_record_becomes_one_row(built: duckdb.DuckDBPyConnection, entity: str, record_id: str, raw: str) -> None:
    assert built.sql(f"{raw} except select {record_id} from staging.stg_hubspot__{entity}").fetchall() == []


@pytest.mark.parametrize(
    ("expression", "model", "condition", "expected"),
    [
        # An export's wall clock is the company's (Rome); the connector's is UTC, and logged-at is not happened-at.
        ("created_at::varchar", "persons", "person_record_id = '500003'", "2024-03-08 08:14:00"),
        ("created_at::varchar", "persons", "person_record_id = '78971951'", "2021-04-01 17:32:47"),
        ("happened_at::varchar", "activities", "activity_label = 'Call'", "2014-08-27 20:50:44.778"),
        ("person_record_id", "activities", "activity_label = 'Call'", "501"),
        # A title in two rows each of two headers, of all labels, and of all internal names.
        ("count(*)", "persons", "job_title like 'text %'", 8),
        # Five kinds, and who has unsubscribed.
        ("count(distinct activity_label)", "activities", "true", 6),
        # One date per stage: of the 2019 header, of all labels, and of all internal names.
        (
            "changed_at::varchar",
            "stage_changes",
            "stage_change_record_id = 'contact:500003:Lead'",
            "2024-03-08 08:14:00",
        ),
        ("count(distinct person_record_id)", "stage_changes", "stage_label = 'Sales Qualified Lead'", 6),
        ("count(distinct opportunity_record_id)", "deal_stage_entries", "stage_name = 'Closed Won'", 2),
        # Merges: three of a contact's list and four of the audit.
        ("count(*)", "record_links", "rule = 'merge' and linked_record_id = '78971951'", 3),
        ("linked_at::varchar", "record_links", "person_record_id = '11111'", "2019-10-08 15:50:57"),
        # A ticket as a connector has it, whose closing is older than its opening; as an export writes it.
        ("created_at::varchar", "tickets", "ticket_record_id = '307034542'", "2021-02-16 20:31:05"),
        ("first_answered_at::varchar", "tickets", "ticket_record_id = '307034542'", "2021-02-17 21:59:58"),
        ("closed_at::varchar", "tickets", "ticket_record_id = '307034542'", "2020-11-10 14:54:50"),
        ("count(*)", "tickets", "created_at = first_answered_at and owner_record_id like 'text %'", 4),
        ("count(*)", "tickets", "person_record_id = account_record_id", 2),
        # HubSpot's own buying role, by label and by internal name; nothing was changed since the contact was made.
        ("count(*)", "qualification_answers", "question = 'authority' and entered_at = entered_after_at", 4),
        ("count(*)", "form_touches", "touch_label = 'form'", 5),
        ("count(*)", "email_touches", "touch_label = 'e-mail open'", 90),
    ],
)
def test_the_values_of_the_files_reach_the_entities(
    built: duckdb.DuckDBPyConnection, expression: str, model: str, condition: str, expected: str | int
) -> None:
    query = f"select {expression} from staging.stg_hubspot__{model} where {condition}"
    assert built.sql(query).fetchall() == [(expected,)]
