"""The rules that the dbt project is checked against: which room reads which, and how every model is described."""

import re
from collections.abc import Iterator
from functools import cache
from pathlib import Path

import yaml

from orchestration.lib.systems.finding import OWN_TABLES
from tests.systems import SYSTEMS, TABLES

PROJECT = Path(__file__).resolve().parents[2]
DBT = PROJECT / "dbt_project"
# The folders that a run links into one project, with those of all systems.
MODEL_FOLDERS = [DBT / "models", *(system.folder / "staging" for system in SYSTEMS)]
FOLDERS = [*MODEL_FOLDERS, DBT / "macros", DBT / "tests", *(system.folder / "macros" for system in SYSTEMS)]
MODELS = {path.stem: path for folder in MODEL_FOLDERS for path in folder.rglob("*.sql")}
SYSTEM_OF = {path.stem: system.name for system in SYSTEMS for path in (system.folder / "staging").glob("*.sql")}
# The guards evaluate the marts for the reports, so they are a room of their own between the two.
ROOMS = dict.fromkeys(SYSTEM_OF, "staging") | {
    path.stem: path.relative_to(DBT / "models").parts[0] for path in (DBT / "models").rglob("*.sql")
}
SEEDS = {path.stem: "seeds" for path in (DBT / "seeds").glob("*.csv")}
PUBLISHED = [name for name, room in ROOMS.items() if room in ("marts", "reports")]

# What a room may read, an own table counting as staging; the exceptions are below, each with its reason, and may
# only become fewer.
READS = {
    "staging": {"seeds", "staging"},
    "intermediate": {"seeds", "staging", "intermediate"},
    "marts": {"seeds", "intermediate", "marts"},
    "guards": {"seeds", "staging", "intermediate", "marts", "guards"},
    "reports": {"marts", "guards"},
}
EXCEPTIONS = {
    # The agreement and the ledger are tables already when they come; an intermediate copy would add nothing.
    ("dim_agreement", "stg_agreement__versions"),
    ("dim_build", "stg_agreement__company"),
    ("dim_commitment", "agreement.commitments"),
    ("dim_commitment", "agreement.commitment_steps"),
    ("dim_persona", "agreement.personas"),
    ("dim_quota_period", "agreement.quota_periods"),
    ("dim_revenue_stream", "agreement.streams"),
    ("dim_target", "stg_agreement__lead_types"),
    ("dim_target", "agreement.targets"),
    ("fct_loads", "ingestion.loads"),
    ("fct_review_lines", "company.review_lines"),
    ("fct_review_lines", "company.review_decisions"),
    ("fct_rejected_rows", "ingestion.rejected_rows"),
    ("fct_vanished_records", "ingestion.vanished_records"),
    # The company's dated words, read where the label is.
    ("dim_campaign", "reference.campaign_rules"),
    ("dim_owner", "stg_reference__owners"),
    ("fct_vanished_records", "reference.systems"),
    # A table of a page that adds up the rows of another one, so that neither defines them again.
    *(("rpt_missed_months", "rpt_team_compliance"), ("rpt_meeting_changes", "rpt_team_compliance")),
    *(("rpt_meeting_questions", name) for name in ("rpt_team_compliance", "rpt_missed_months", "rpt_disputes")),
    *(("rpt_meeting_questions", "rpt_bottlenecks"), ("rpt_meeting_agenda", "rpt_meeting_questions")),
    *(("rpt_owner_shares", name) for name in ("rpt_rep_load", "rpt_sales_capacity")),
    ("rpt_recycled_stock", "rpt_recycled_leads"),
    ("rpt_rep_capacity", "rpt_owner_months"),
    *(("rpt_review_findings", name) for name in ("rpt_quarter_forecast", "rpt_missed_months")),
    ("rpt_review_findings", "rpt_sla_compliance_month"),
    ("rpt_review_findings", "rpt_team_compliance"),
    ("rpt_open_commitments", "rpt_open_clocks"),
    ("rpt_untouched_splits", "rpt_untouched_leads"),
    ("rpt_workload", "rpt_open_clocks"),
    ("rpt_workload", "rpt_rep_load"),
}

# Empty unless the company asks for them (company.yml).
ASKED_FOR = {("dim_person", "email"), ("dim_person", "email_hash")}

WITHOUT_RECONCILIATION = {
    "dim_quarter_half": "the halves of the last quarters; it sums up to nothing",
    "fct_ambiguous_links": "what was not done; it sums up to nothing",
    "fct_late_invoices": "a choice of fct_revenue, which is tied; what is chosen is its unit of work",
    "fct_excluded_rows": "it is what the others reconcile with",
    "fct_qualification_answers": "which journeys are asked is its unit of work; fct_kpi_cases ties its SQLs",
    "rpt_daily_changes": "the last day of marts that are tied; what is chosen is its unit of work",
    "fct_notifications": "a choice of what other marts hold, which are tied; what is chosen is its unit of work",
    "rpt_open_clocks": "a choice of fct_commitments, which are tied; what is chosen is its unit of work",
    "rpt_review_rates": "the steps of fct_review_measures, which are tied; what is chosen is its unit of work",
}

# Instants and days whose names the glossary or the agreement gives.
TIMES_BY_NAME = {"as_of", "data_from"}
DAYS_BY_NAME = {"effective_from", "effective_to", "period_from", "period_to"}


@cache
def properties() -> dict[str, dict]:
    """The YAML of every model, by name."""
    files = (yaml.safe_load(path.read_text()) or {} for folder in MODEL_FOLDERS for path in folder.rglob("*.yml"))
    return {model["name"]: model for file in files for model in file.get("models", [])}


def data_tests(name: str, kind: str) -> list[dict]:
    """The data tests of one kind that the YAML of a model has."""
    return [test[kind] for test in properties().get(name, {}).get("data_tests", []) if kind in test]


def sql(path: Path) -> str:
    """The file without its comments."""
    text = re.sub(r"\{#.*?#\}", "", path.read_text(), flags=re.DOTALL)
    return re.sub(r"--.*", "", text)


def references(name: str) -> set[str]:
    """The models that a model itself names (macros name the company's zone and the as-of on top)."""
    return set(re.findall(r"""\bref\(\s*["'](\w+)["']\s*\)""", sql(MODELS[name])))


def sources(name: str) -> set[tuple[str, str]]:
    """The source tables that a model itself names, by source and table."""
    named = r"""\b(?:source|current_rows)\(\s*["'](\w+)["'],\s*["'](\w+)["']"""
    words = re.findall(r"""\breference_words\(\s*["'](\w+)["']""", sql(MODELS[name]))
    return set(re.findall(named, sql(MODELS[name]))) | {("reference", table) for table in words}


def columns(*names: str) -> Iterator[tuple[str, str, str]]:
    """Model, name and type of every column with a contract."""
    for name in names:
        for column in properties()[name].get("columns", []):
            if "data_type" in column:
                yield name, column["name"], column["data_type"]


def test_the_way_of_the_data_is_left_to_right() -> None:
    against = {
        (name, read)
        for name, room in ROOMS.items()
        for read in references(name)
        if (ROOMS | SEEDS)[read] not in READS[room]
    } | {
        (name, f"{source}.{table}")
        for name, room in ROOMS.items()
        for source, table in sources(name)
        if "staging" not in READS[room]
    }
    assert against - EXCEPTIONS == set(), "a model reads a room that it must not read"
    assert EXCEPTIONS - against == set(), "this exception is no longer needed: remove it"


def test_staging_alone_reads_systems_and_each_its_own() -> None:
    owners = {name: SYSTEM_OF.get(name, path.parent.name) for name, path in MODELS.items()}
    for name, system in owners.items():
        read = {source for source, _ in sources(name)}
        assert read - OWN_TABLES <= ({system} if ROOMS[name] == "staging" else set()), name
        if ROOMS[name] == "staging":
            assert {owners[ref] for ref in references(name) - set(SEEDS)} <= {system, *OWN_TABLES}, name


def test_a_model_states_what_one_row_is() -> None:
    assert [name for name in MODELS if not properties()[name]["description"].startswith("One row")] == []


def test_no_yaml_speaks_of_a_model_that_is_not_there() -> None:
    assert set(properties()) == set(MODELS)


def test_what_is_published_has_every_column_described() -> None:
    """The contract itself is enforced for both rooms in dbt_project.yml."""
    undescribed = [
        (name, column["name"])
        for name in PUBLISHED
        for column in properties()[name]["columns"]
        if not column.get("data_type") or not column.get("description")
    ]
    assert undescribed == []
    loosened = [name for name in PUBLISHED if "contract" in properties()[name].get("config", {})]
    assert loosened == [], "a model does not loosen the contract"


def test_contracts_are_enforced_for_both_rooms() -> None:
    rooms = yaml.safe_load((DBT / "dbt_project.yml").read_text())["models"]["smarketing"]
    for room in ("marts", "reports"):
        assert rooms[room]["+contract"] == {"enforced": True}
        assert rooms[room]["+materialized"] == "table", "only tables are published"


def test_column_names_follow_the_grammar() -> None:
    entities = [name for name, path in MODELS.items() if path.parent.name == "entities"]
    for where, name, kind in columns(*PUBLISHED, *entities):
        wrong = f"{where}.{name} is a {kind}"
        assert (kind == "timestamp") == (name.endswith("_at") or name in TIMES_BY_NAME), wrong
        assert (kind == "date") == (name.endswith("_date") or name in DAYS_BY_NAME), wrong
        assert (kind == "boolean") == name.startswith(("is_", "has_")), wrong
        if name.endswith("_id"):
            assert kind == "string", wrong
        if "rate" in name.split("_"):
            assert kind == "double", wrong
            assert re.fullmatch(r"(\w+_rate(_low|_high)?|rate_\d+d(_low|_high)?)", name), wrong
        if name.split("_")[-1] in ("minutes", "days", "hours"):
            assert kind == "double", wrong
        if name == "amount" or name.endswith("_amount"):
            # What is agreed and what is estimated has cents; what happened has the decimals that it came with.
            is_agreed = name in ("quota_amount", "deal_amount")
            assert kind in ("double", "decimal(18, 2)" if is_agreed else "decimal(24, 6)"), wrong


def test_units_are_side_by_side() -> None:
    for name in PUBLISHED:
        names = {column for _, column, _ in columns(name)}
        for column in names:
            if column.endswith("_minutes") and not column.endswith("_business_minutes"):
                assert column.replace("_minutes", "_business_minutes") in names, f"{name}.{column}"
        if "amount" in names:
            assert {"currency_code", "amount_reporting"} <= names, name


def test_no_personal_column_is_published() -> None:
    personal = {column.name for table in TABLES for column in table.columns if column.personal}
    assert "email" in personal
    published = {(where, name) for where, name, _ in columns(*PUBLISHED)} - ASKED_FOR
    assert {(where, name) for where, name in published if name in personal} == set()
    assert {pair for pair in published if re.search(r"e?mail|phone|first_name|last_name|zip", pair[1])} == set()


def test_no_model_is_too_long() -> None:
    lines = {name: len(path.read_text().splitlines()) for name, path in MODELS.items()}
    assert {name: count for name, count in lines.items() if count > 150} == {}


def test_the_environment_is_read_in_one_place_only() -> None:
    reading = {
        path.name
        for folder in (DBT, *FOLDERS)
        for path in folder.rglob("*.*")
        if path.suffix in (".sql", ".yml") and "env_var(" in path.read_text()
    }
    assert reading == {"int_as_of.sql"}
