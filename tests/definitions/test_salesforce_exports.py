"""Every format of Salesforce's data loads and builds through staging into the entities, without a manual step.

All variants are exports of one company folder, so that one dbt build serves them all; `salesforce_files.py` fills the
headers, and the connector's own tables are taken as they are.
"""

import shutil
from collections.abc import Callable
from pathlib import Path

import duckdb
import pytest

from orchestration import settings
from orchestration.lib.agreement.reading import read_agreements
from orchestration.lib.agreement.tables import write_tables
from orchestration.lib.company.folder import open_company
from orchestration.lib.company.privacy import write_privacy
from orchestration.lib.ingestion import FileReport, create_ledger, ingest_table
from orchestration.lib.source_tables import SourceTable
from orchestration.lib.warehouse.public_suffixes import write_suffixes
from tests.definitions import salesforce_files as files
from tests.systems import build_models

SHARED_DATA = settings.PROJECT.parent / "shared" / "data"
HEADERS = SHARED_DATA / "crm_export_headers"
SEEDS = SHARED_DATA / "fivetran_seeds" / "salesforce"
EXPORT, LOADER, REPORT = 1, 2, 3
ENTITIES = ["persons", "accounts", "owners", "campaigns", "touchpoints", "activities"]
ENTITIES += ["opportunities", "stage_changes", "tickets", "record_links"]
# Orders are not an entity of the plug.
WITHOUT_ENTITY = {"sf_order_data.csv"}

pytestmark = [
    pytest.mark.slow,
    pytest.mark.skipif(not HEADERS.is_dir(), reason="the headers are not beside the project"),
]

Query = Callable[[str], list[tuple]]


def write_exports(folder: Path) -> None:
    """One folder per variant; a header of crm_export_headers that is not filled is an error."""
    for name in ("export", "loader", "report", "connector"):
        (folder / name).mkdir(parents=True)
    case = folder.parents[2] / "salesforce_dataexport_Case.header.csv"
    case.write_text(files.CASE)
    for header in [*sorted(HEADERS.glob("salesforce_dataexport_*")), case]:
        name = header.name.split("_")[2].split(".")[0]
        (folder / "export" / f"{name}.csv").write_bytes(files.data_export(header, files.rows(EXPORT)[name]))
        (folder / "loader" / f"{name.lower()}.csv").write_bytes(files.data_loader(header, files.rows(LOADER)[name]))
    leads, opportunities = (HEADERS / f"salesforce_report_{name}.header.csv" for name in ("leads", "opportunities"))
    (folder / "report" / leads.name).write_bytes(files.report_of_leads(leads, REPORT))
    (folder / "report" / opportunities.name).write_bytes(files.report_of_opportunities(opportunities))
    for path in SEEDS.glob("*.csv"):
        shutil.copyfile(path, folder / "connector" / path.name)
    lead = folder / "connector" / "lead.parquet"
    duckdb.sql(f"copy (from read_csv('{SEEDS}/sf_lead_data.csv')) to '{lead}'")


@pytest.fixture(scope="module")
def home(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("salesforce")


@pytest.fixture(scope="module")
def company(home: Path) -> Path:
    folder = home / "company"
    write_exports(folder / "exports" / "salesforce")
    for name in ("agreements", "reference"):
        shutil.copytree(settings.DEMO_COMPANY / name, folder / name)
    return folder


@pytest.fixture(scope="module")
def loads(home: Path, company: Path, tables: list[SourceTable]) -> dict[str, FileReport]:
    """The result of each file, by its path under exports/salesforce."""
    opened = open_company(company, tables, settings.EXAMPLES)
    with duckdb.connect(settings.Settings(company, home).warehouse) as connection:
        create_ledger(connection)
        reports = {table: ingest_table(connection, table, opened.folder_of(table.system)) for table in tables}
        write_tables(connection, read_agreements(opened.agreements))
        write_privacy(connection, "hash", "a key")
        write_suffixes(connection)
    return {
        file.file: file for table, report in reports.items() if table.system == "salesforce" for file in report.files
    }


@pytest.fixture(scope="module")
def query(home: Path, company: Path, loads: dict[str, FileReport]) -> Query:
    place = settings.Settings(company, home)
    selection = ["-s", "staging", "resource_type:seed", "path:models/intermediate/entities"]
    selection += ["--indirect-selection", "cautious"]
    build_models(place, *selection)

    def run(sql: str) -> list[tuple]:
        with duckdb.connect(place.warehouse, read_only=True) as connection:
            return connection.execute(sql).fetchall()

    return run


def test_every_file_with_an_entity_is_claimed_and_loads_whole(
    company: Path, tables: list[SourceTable], loads: dict[str, FileReport]
) -> None:
    unread = {path.name for path in open_company(company, tables, settings.EXAMPLES).unread_files(tables)}
    assert unread == WITHOUT_ENTITY
    written = {path for path in (company / "exports").rglob("*.*") if path.name not in WITHOUT_ENTITY}
    assert len(loads) == len(written) > 40
    rejected = {(name, kind.reason) for name, file in loads.items() for kind in file.rejected}
    assert {name.split("/")[0] for name, _ in rejected} == {"report"}
    assert {reason for _, reason in rejected} == {"frame: a closing line of the report"}
    assert {name: file.reason for name, file in loads.items() if not file.rows_loaded} == {}


@pytest.mark.parametrize("entity", ENTITIES)
def test_the_data_export_and_the_data_loader_give_the_same_rows(query: Query, entity: str) -> None:
    """Apart from the digit that distinguishes their ids."""
    wanted = f"select columns(*)::varchar from intermediate.int_{entity}"
    by_variant = [
        query(rf"select regexp_replace(columns(*), '(\w{{3}}){digit}(\d{{11}})', '\1#\2') from ({wanted}) where "
              rf"regexp_matches(concat_ws(' ', *columns(*)), '\b\w{{3}}{digit}0{{9}}') order by all")
        for digit in (EXPORT, LOADER)
    ]  # fmt: skip
    assert by_variant[0]
    assert by_variant[0] == by_variant[1]


def test_the_values_of_the_data_export(query: Query) -> None:
    label = "select stage_label, owner_record_id, changed_at::varchar from intermediate.int_stage_changes"
    ann, queue = "005100000000001", "00G100000000001"
    assert query(f"{label} where person_record_id = '00Q100000000001' order by changed_at, 1") == [
        ("Open", queue, "2026-01-05 10:00:00"),
        ("Working", ann, "2026-01-06 10:00:00"),
        ("Lead converted", ann, "2026-01-07 10:00:00"),
        ("Qualified", ann, "2026-01-07 10:00:00"),
    ]
    assert query(f"{label} where opportunity_record_id = '006100000000001' order by changed_at") == [
        ("Prospecting", ann, "2026-01-07 10:00:00"),
        ("Closed Won", ann, "2026-01-21 10:00:00"),
    ]
    persons = "select person_record_id[1:3], deleted_at is not null, job_title from intermediate.int_persons"
    assert query(f"{persons} where person_record_id like '___10000%' order by person_record_id") == [
        ("003", False, "Owner"),
        ("00Q", False, "Architect"),
        ("00Q", False, None),  # merged away, which is not a deletion
        ("00Q", True, None),
    ]
    assert query(
        "select account_name, domain, employees from intermediate.int_accounts where account_record_id like '00110000%'"
    ) == [("Café Rossi", "rossi.example.com", 250)]
    assert query(f"select is_automatic from intermediate.int_owners where owner_record_id = '{queue}'") == [(True,)]
    labels = (
        "select activity_label, is_inbound from intermediate.int_activities where activity_record_id like '___10000%'"
    )
    assert query(f"{labels} order by all") == [
        ("Call", False),
        ("Email", True),
        ("Meeting", False),
        ("Meeting (child row)", False),
        ("Task open", False),
    ]
    assert query("select cost_amount from intermediate.int_campaigns where campaign_record_id like '70110000%'") == [
        (None,)
    ]


def test_a_case_is_a_ticket_that_its_closing_answers(query: Query) -> None:
    tickets = "select person_record_id, owner_record_id, created_at::varchar, closed_at::varchar, deleted_at is null"
    assert query(f"{tickets} from intermediate.int_tickets where ticket_record_id like '50010%' order by all") == [
        ("003100000000001", "005100000000001", "2026-01-05 10:00:00", "2026-01-05 16:00:00", True),
        (None, "00G100000000001", "2026-01-05 10:00:00", None, True),
        (None, None, "2026-01-05 10:00:00", None, False),
    ]


def test_a_connector_gives_sizes(query: Query) -> None:
    assert query("select max(employees) from intermediate.int_accounts") == [(120210,)]


def test_a_report_is_read_in_its_zone_and_without_its_footer(query: Query) -> None:
    lead = query(
        "select full_name, owner_record_id, campaign_label, created_at::varchar from intermediate.int_persons "
        f"where person_record_id = '00Q{REPORT}00000000001'"
    )
    # Two users of the company are called Ann Smith here, so the name stays a name.
    assert lead == [("Zoë", "Ann Smith", "Spring Fair", "2026-01-05 10:00:00")]
    deal = query(
        "select opportunity_record_id, created_at, closed_at::varchar, is_won, amount::varchar "
        "from intermediate.int_opportunities where opportunity_record_id like 'report:%'"
    )
    assert deal == [("report:Café Rossi:Lamps, again::1", None, "2026-01-19 23:00:00", True, "1200.500000")]


def test_a_connectors_versions_are_one_record(query: Query) -> None:
    for entity, table, folder in (("accounts", "account", "001"), ("opportunities", "opportunity", "006")):
        ids = query(f"select count(distinct left(id, 15)) from read_csv('{SEEDS}/sf_{table}_history_data.csv')")
        record_id = f"{table}_record_id"
        found = (
            f"select count(*) from intermediate.int_{entity} where not regexp_matches({record_id}, '^...[123]0{{9}}')"
        )
        assert query(f"{found} and {record_id} like '{folder}%'") == ids
