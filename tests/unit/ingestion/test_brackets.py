"""Names of stages and pipelines with brackets, commas and quotes, in headers of six languages: to the map and back."""

import csv
import io
from pathlib import Path

import duckdb
import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from orchestration.lib.ingestion import ingest_table
from tests.systems import TABLES
from tests.unit.ingestion.rendering import rendered

DEALS = next(table for table in TABLES if (table.system, table.name) == ("hubspot", "deals"))
HEADERS = (
    'Date entered "{}"',
    'Data di ingresso in "{}"',
    'Data de entrada em "{}"',
    'Fecha de entrada en "{}"',
    'Datum des Eintritts in "{}"',
    'Date d\'entrée dans "{}"',
)
WORD = st.text(st.sampled_from("ab ,;\"'é·:"), min_size=1, max_size=5).map(str.strip).filter(bool)
STAGE_OF, PIPELINE_OF = (
    [rendered(f'{macro}("label"{given})') for given in ("", ', "pipeline"')]
    for macro in ("stage_of_pipeline", "pipeline_of_stage")
)


def nested(depth: int) -> st.SearchStrategy[str]:
    """Words with brackets in them that pair up, so deep."""
    if not depth:
        return WORD
    inner = nested(depth - 1)
    return st.one_of(inner, st.builds("{} ({})".format, WORD, inner), st.builds("{} ({}) {}".format, WORD, inner, WORD))


BALANCED = nested(2)
ANY = (
    st.text(st.sampled_from("ab ()),\"'"), min_size=1, max_size=8).map(lambda text: " ".join(text.split())).filter(bool)
)


def read(connection: duckdb.DuckDBPyConnection, label: str, pipeline: str | None) -> tuple[str, str]:
    of = 0 if pipeline is None else 1
    query = f"select {STAGE_OF[of]}, {PIPELINE_OF[of]} from (select ?::varchar as label, ?::varchar as pipeline)"
    return connection.execute(query, [label, pipeline]).fetchall()[0]


@pytest.fixture(scope="module")
def connection() -> duckdb.DuckDBPyConnection:
    return duckdb.connect()


@given(stage=BALANCED, pipeline=BALANCED)
@settings(max_examples=100)
def test_brackets_pair_up(connection: duckdb.DuckDBPyConnection, stage: str, pipeline: str) -> None:
    assert read(connection, f"{stage} ({pipeline})", None) == (stage, pipeline)


@given(stage=ANY, pipeline=ANY)
@settings(max_examples=100)
def test_those_of_the_records_own_pipeline_need_not(
    connection: duckdb.DuckDBPyConnection, stage: str, pipeline: str
) -> None:
    assert read(connection, f"{stage} ({pipeline})", pipeline) == (stage, pipeline)


@given(names=st.lists(st.tuples(BALANCED, BALANCED), min_size=6, max_size=6), start=st.integers(0, 5))
@settings(max_examples=8)
def test_a_header_of_any_language_comes_back(
    tmp_path_factory: pytest.TempPathFactory, names: list[tuple[str, str]], start: int
) -> None:
    labels = [f"{stage} ({pipeline})" for stage, pipeline in names]
    assume(len({label.lower() for label in labels}) == len(labels))
    headers = [HEADERS[(start + place) % 6].format(label) for place, label in enumerate(labels)]
    written = io.StringIO(newline="")
    csv.writer(written).writerows([["Record ID", *headers], ["1", *[f"2026-03-0{day} 10:00" for day in range(1, 7)]]])
    folder, connection = tmp_path_factory.mktemp("brackets"), duckdb.connect()
    Path(folder / "deals.csv").write_text(written.getvalue(), encoding="utf-8")
    report = ingest_table(connection, DEALS, folder)
    assert report.files[0].rows_loaded == 1, report.messages()
    query = f"""
        select {STAGE_OF[0]}, {PIPELINE_OF[0]}, day(value) from (
            select entry.key as label, entry.value as value
            from (select unnest(map_entries(entered_by_stage_name)) as entry from raw.hubspot__deals)
        )
        order by 3
    """
    found = connection.execute(query).fetchall()
    assert found == [(*each, day) for day, each in enumerate(names, 1)]
