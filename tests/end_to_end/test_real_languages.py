"""One CRM given in six languages: six equal published copies.

Belongs here: the rows, and how each language writes them. The labels, file names and option values are those of the
systems' own tables (labels.csv, words.csv), so what is tested is that everything which they have reaches the figures.
"""

import csv
import io
from datetime import datetime
from functools import cache
from pathlib import Path

import pytest

from orchestration import settings
from tests.end_to_end.conftest import Built, build, differences, dump
from tests.end_to_end.small_company import OWNER, write_company

pytestmark = pytest.mark.slow

TIMES = {"en": "%Y-%m-%d %H:%M", "de": "%d.%m.%Y %H:%M"}
STAGE_DATES = {
    "en": 'Date entered "{}"',
    "it": 'Data di ingresso in "{}"',
    "pt": 'Data de entrada em "{}"',
    "es": 'Fecha de entrada en "{}"',
    "de": "Eintrittsdatum in „{}“",
    "fr": "Date d'entrée dans « {} »",
}
SPENT = {
    "en": "Amount spent (EUR)",
    "it": "Importo speso (EUR)",
    "pt": "Valor usado (EUR)",
    "es": "Importe gastado (EUR)",
    "de": "Ausgegebener Betrag (EUR)",
    "fr": "Montant dépensé (EUR)",
}
TRUTH = {"en": "true false", "it": "Sì No", "pt": "Sim Não", "es": "Sí No", "de": "Ja Nein", "fr": "Oui Non"}
# The labels and names of an English export; those of the others are in the tables.
ENGLISH = {
    "record_id": "Record ID",
    "company_domain_name": "Company Domain Name",
    "company_name": "Company name",
    "create_date": "Create Date",
    "day": "Day",
    "campaign": "Campaign name",
    "is_closed": "Is Deal Closed?",
    "assigned_to": "Activity assigned to",
    "results": "Results",
    "result_type": "Result type",
}
# Names of files that show what they belong to; the published list of loads alone has them.
WITH_FILE_NAMES = {"marts.fct_loads"}


class Word(str):
    """An option value, `kind:English label`."""


class Stage(str):
    """The label of a column of stage dates: the kind and the label of the stage, and the pipeline."""


DAY = datetime(2026, 2, 13, 9, 30)
LEAD, MQL = Stage("lifecycle_stage:Lead|Contacts"), Stage("lifecycle_stage:Marketing Qualified Lead|Contacts")
SENT, WON = Stage("deal_stage:Contract Sent|Sales Pipeline"), Stage("deal_stage:Closed Won|Sales Pipeline")
CONTACTS = [
    {
        "record_id": "101",
        "first_name": "Ada",
        "last_name": "Rossi",
        "email": "ada@alfa.example",
        "create_date": datetime(2026, 2, 2, 9, 0),
        "lifecycle_stage": Word("lifecycle_stage:Customer"),
        "lead_status": Word("lead_status:Connected"),
        "contact_owner": OWNER,
        "original_source": Word("source:Organic Search"),
        "country": "Italy",
        LEAD: datetime(2026, 2, 2, 9, 0),
        MQL: datetime(2026, 2, 3, 10, 15),
    },
    {
        "record_id": "102",
        "first_name": "Bea",
        "last_name": "Bianchi",
        "email": "bea@beta.example",
        "create_date": DAY,
        "lifecycle_stage": Word("lifecycle_stage:Lead"),
        "lead_status": Word("lead_status:Attempted to Contact"),
        "contact_owner": OWNER,
        "original_source": Word("source:Paid Social"),
        "country": "Italy",
        LEAD: DAY,
        MQL: datetime(2026, 2, 14, 10, 15),
    },
]
COMPANIES = [{"record_id": "501", "company_name": "Alfa", "company_domain_name": "alfa.example", "industry": "Tools"}]
DEALS = [
    {
        "record_id": "901",
        "deal_name": "One",
        "pipeline": Word("pipeline:Sales Pipeline"),
        "deal_stage": Word("deal_stage:Closed Won"),
        "is_closed": True,
        "is_closed_won": True,
        "amount": 1234.5,
        "currency": "EUR",
        "create_date": datetime(2026, 2, 20, 9, 0),
        "close_date": datetime(2026, 3, 16, 9, 0),
        "deal_owner": OWNER,
        "deal_type": Word("deal_type:New Business"),
        "associated_contact_ids": "101",
        "associated_company_ids": "501",
        SENT: datetime(2026, 2, 25, 9, 0),
        WON: datetime(2026, 3, 16, 9, 0),
    },
    {
        "record_id": "902",
        "deal_name": "Two",
        "pipeline": Word("pipeline:Sales Pipeline"),
        "deal_stage": Word("deal_stage:Closed Lost"),
        "is_closed": True,
        "is_closed_won": False,
        "amount": 2000.25,
        "currency": "EUR",
        "create_date": datetime(2026, 2, 21, 9, 0),
        "close_date": datetime(2026, 3, 17, 9, 0),
        "deal_owner": OWNER,
        "deal_type": Word("deal_type:Existing Business"),
        "associated_contact_ids": "102",
        "associated_company_ids": "",
        SENT: datetime(2026, 2, 26, 9, 0),
        WON: None,
    },
]
CALLS = [
    {
        "record_id": str(number),
        "activity_date": datetime(2026, 2, 13 + number, 11, 0),
        "call_direction": Word("call_direction:Outbound"),
        "call_outcome": Word(f"call_outcome:{outcome}"),
        "assigned_to": OWNER,
        "associated_contact_ids": contact,
    }
    for number, (outcome, contact) in enumerate([("No answer", "101"), ("Connected", "101"), ("Busy", "102")])
]
ADS = [
    {
        "day": datetime(2026, 2, 13 + number),
        "campaign": "Spring",
        "amount_spent": 12.5 + number,
        "impressions": 1200,
        "link_clicks": 7,
        "results": 3,
        "result_type": Word("result_type:Lead"),
    }
    for number in range(2)
]
TABLES = {
    ("hubspot", "contacts"): CONTACTS,
    ("hubspot", "companies"): COMPANIES,
    ("hubspot", "deals"): DEALS,
    ("hubspot", "calls"): CALLS,
    ("meta_ads", "campaign_report"): ADS,
}


@cache
def rows_of(system: str, file: str) -> list[dict[str, str]]:
    with (settings.SYSTEMS / system / file).open(encoding="utf-8", newline="") as lines:
        return list(csv.DictReader(lines))


def word(system: str, language: str, text: str) -> str:
    kind, label = text.split(":")
    rows = rows_of(system, "words.csv")
    own = [r["word"] for r in rows if (r["kind"], r["label"], r["language"]) == (kind, label, language)]
    return own[0] if own else label  # what several languages write in the same way is in the table once


def label(system: str, table: str, language: str, column: str) -> str:
    """The label of a column, or the word for the file of a table."""
    if isinstance(column, Stage):
        stage, pipeline = column.split("|")
        return STAGE_DATES[language].format(f"{word(system, language, stage)} ({pipeline})")
    if column == "amount_spent":
        return SPENT[language]
    if language == "en":
        return ENGLISH.get(column, column.replace("_ids", " IDs").replace("_", " ")) if column else table
    own = [r for r in rows_of(system, "labels.csv") if r["language"] == language and r["column"] == column]
    found = [r["label"] for name in (table, "") for r in own if r["table"] == name]
    return found[0] if found else label(system, table, "en", column)


def cell(system: str, language: str, value: object) -> str:
    if isinstance(value, datetime):
        form = TIMES.get(language, "%d/%m/%Y %H:%M")
        return value.strftime(form.split()[0] if system == "meta_ads" else form)
    if isinstance(value, bool):
        return TRUTH[language].split()[not value]
    if isinstance(value, float):
        marks = {"en": ",.", "fr": "\u202f,"}.get(language, ".,")
        return f"{value:,.2f}".translate(str.maketrans(",.", marks))
    if isinstance(value, Word):
        return word(system, language, value)
    return "" if value is None else str(value)


def exports(language: str) -> dict[str, str]:
    """The files of one language, by path."""
    files = {}
    for (system, table), rows in TABLES.items():
        text = io.StringIO()
        writer = csv.writer(text, delimiter="," if language == "en" else ";")
        writer.writerow(label(system, table, language, column) for column in rows[0])
        writer.writerows([cell(system, language, value) for value in row.values()] for row in rows)
        files[f"{system}/{label(system, table, language, '')}.csv"] = text.getvalue()
    return files


def built_in(language: str, folder: Path) -> Built:
    return build(write_company(folder / "company", exports(language)), folder / "home")


@pytest.fixture(scope="module")
def english(tmp_path_factory: pytest.TempPathFactory) -> Built:
    return built_in("en", tmp_path_factory.mktemp("en"))


def test_the_english_company_has_its_figures(english: Built) -> None:
    deals = "select opportunity_id, status, amount::double, is_new_business from marts.fct_opportunities order by 1"
    assert english.query(deals) == [("hubspot:901", "won", 1234.5, True), ("hubspot:902", "lost", 2000.25, False)]
    calls = "select activity_class, count(*) from marts.fct_activities group by 1 order by 1"
    assert english.query(calls) == [("attempt", 2), ("conversation", 1)]
    spend = "select sum(amount)::double, sum(conversions)::double from marts.fct_ad_spend"
    assert english.query(spend) == [(26.0, 6.0)]
    assert english.query("select count(*) from marts.fct_journeys where mql_at is not null") == [(2,)]


@pytest.mark.parametrize(
    "language", ["it", *(pytest.param(each, marks=pytest.mark.campaign) for each in ("fr", "pt", "es", "de"))]
)
def test_another_language_gives_the_same_copy(english: Built, language: str, tmp_path: Path) -> None:
    other = built_in(language, tmp_path)
    found = differences(dump(english.copy), dump(other.copy))
    assert {table: rows for table, rows in found.items() if table not in WITH_FILE_NAMES} == {}
