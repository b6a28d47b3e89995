"""Two exports of a table under any two of twenty kinds of names, in any order: the same rows, or a question."""

from dataclasses import dataclass
from pathlib import Path

import duckdb
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from orchestration.lib.ingestion import ingest_table
from orchestration.lib.ingestion.passed_over import find
from orchestration.lib.source_tables import SourceTable
from tests.systems import TABLES

PLAIN = (
    "{}.csv",
    "{}.CSV",
    "{} (1).csv",
    "{} (2).csv",
    "{}(12).csv",
    "Copy of {}.csv",
    "{} - Copia.csv",
    "{}_final.csv",
    "{} final final.csv",
    "all-{}.csv",
    "b/{}.csv",
    "07 {} v3.csv",
)
COPIES = ("Copy of {}.csv", "{} - Copia.csv")
# Some before the content of the newer export, some after it.
DATED = (
    "hubspot-crm-exports-{}-2026-03-05.csv",
    "{}_20260305.csv",
    "{} 9-2026.csv",
    "{} 10-2026.csv",
    "{} Q1 2026.csv",
    "{} 5 marzo 2026.csv",
    "2026-03/{}.csv",
    "{} 05.01.2026.csv",
)
# One table of each system that has a key, by the word of its files, and what the newer export has otherwise.
WORDS = {
    ("hubspot", "contacts"): ("contacts", "country"),
    ("salesforce", "leads"): ("leads", "status"),
    ("ads", "daily_spend"): ("spend", ""),
    ("google_ads", "campaign_stats"): ("campaign_stats", ""),
    ("linkedin_ads", "ad_analytics_by_campaign"): ("ad_analytics_by_campaign", ""),
    ("microsoft_ads", "campaign_performance"): ("campaign_performance_daily_report", ""),
    ("web", "sessions"): ("sessions", "landing_page"),
    ("mailing", "email_events"): ("email_events", ""),
    ("events", "attendance"): ("attendance", ""),
    ("documents", "documents"): ("documents", "document_name"),
    ("billing", "invoices"): ("invoices", "status"),
    ("surveys", "responses"): ("responses", "comment"),
}

RIGHT: dict[tuple[str, str], str] = {}


@dataclass(frozen=True)
class Exports:
    """Two exports of a table: the newer one has one record more, and another word in a column, if it has one."""

    table: SourceTable
    word: str
    changed: str

    def text(self, is_newer: bool) -> str:
        wanted = {*self.table.key, self.changed}
        columns = [column for column in self.table.columns if column.required or column.name in wanted]
        times = [column for column in self.table.columns if "time" in column.data_type or column.data_type == "date"]
        columns += [column for column in times if column.moment == "" and column not in columns][:1]
        lines = [",".join(column.name for column in columns)]
        for number in range(1, 4 if is_newer else 3):
            cells = {column.name: self.cell(column.data_type, number) for column in columns}
            if self.changed:
                cells[self.changed] = "new" if is_newer else "old"
            lines.append(",".join(cells.values()))
        return "\n".join(lines) + "\n"

    @staticmethod
    def cell(data_type: str, number: int) -> str:
        day = f"2026-0{number}-0{number}"
        kinds = {"date": day, "timestamp": f"{day} 10:30:00", "varchar": f"r{number}"}
        return kinds.get(data_type, str(number))


def current(exports: Exports, folder: Path, names: tuple[str, str], is_newer_first: bool) -> str:
    """The current rows after loading one file after the other; asked where a file is refused."""
    connection, folder = duckdb.connect(), folder / str(is_newer_first)
    for is_newer in (is_newer_first, not is_newer_first):
        path = folder / names[is_newer].format(exports.word)
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(exports.text(is_newer))
        report = ingest_table(connection, exports.table, folder)
    if find(folder).passed_over:
        return "named as a copy"
    if any(file.status == "refused" for file in report.files):
        return "asked"
    rows = connection.execute(
        f"""
        select * exclude (_file, _line, _load_id, _load_number) from raw.{exports.table.raw_table}
        qualify row_number() over (partition by {", ".join(exports.table.key)} order by _load_number desc) = 1
        order by all
        """
    )
    return str(rows.fetchall())


def exports_of(key: tuple[str, str]) -> Exports:
    table = next(table for table in TABLES if (table.system, table.name) == key)
    return Exports(table, *WORDS[key])


@pytest.mark.slow
@given(
    st.sampled_from(sorted(WORDS)),
    st.lists(st.sampled_from(PLAIN + DATED), min_size=2, max_size=2, unique=True),
)
@settings(max_examples=10)
def test_names_and_arrival_change_nothing(
    tmp_path_factory: pytest.TempPathFactory, key: tuple[str, str], names: list[str]
) -> None:
    exports, folder = exports_of(key), tmp_path_factory.mktemp("names")
    older, newer = names
    found = current(exports, folder, (older, newer), is_newer_first=False)
    assert current(exports, folder, (older, newer), is_newer_first=True) == found
    if key not in RIGHT:
        RIGHT[key] = current(exports, folder / "right", ("{} 2026-03-03.csv", "{} 2026-03-04.csv"), False)
    right = RIGHT[key]
    assert right != "asked"
    # Without dates in the names their content tells.
    assert (
        found == right
        or (found == "asked" and {older, newer} & set(DATED))
        or is_copy_of_the_other(older, newer, found)
    )


def is_copy_of_the_other(older: str, newer: str, found: str) -> bool:
    """A copy beside the file that it is named after is not read, and named."""
    others = {older, newer} - set(COPIES)
    return found == "named as a copy" and len(others) == 1 and others <= {"{}.csv", "{}.CSV"}


def test_every_system_of_the_product_is_here() -> None:
    without = {"meta_ads", "ecb", "bpi2012", "olist", "ravenstack", "reference"}
    assert {system for system, _ in WORDS} == {table.system for table in TABLES} - without
    assert len(PLAIN + DATED) == 20
