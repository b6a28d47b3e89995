"""Every model builds for a company that has no data yet, and every dbt unit test passes there.

The unit tests of the SQL are beside the models, in their YAML; they need the columns of the tables that they replace,
and an empty company has these as well. Engines differ in where nulls sort, so staging models that sort run twice here.
"""

import duckdb
import pytest
from dbt.compilation import inject_ctes_into_sql
from dbt.contracts.graph.nodes import InjectedCTE

from orchestration import settings
from tests.quick_dbt import with_these_before
from tests.systems import build_models, passed, write_empty


@pytest.fixture(scope="module")
def empty(tmp_path_factory: pytest.TempPathFactory) -> settings.Settings:
    """All models of that company."""
    place = settings.Settings(settings.DEMO_COMPANY, tmp_path_factory.mktemp("empty"))
    write_empty(place)
    build_models(place, "--resource-type", "model", "--resource-type", "seed", data_tests=False)
    return place


def test_all_unit_tests_pass_in_an_empty_company(empty: settings.Settings) -> None:
    assert len(passed(empty, "test", "--resource-type", "unit_test")) >= 400


@pytest.mark.campaign
def test_staging_models_that_sort_have_the_same_results_with_nulls_first(empty: settings.Settings) -> None:
    """Those of all systems; the other models are in test_demo_company.py, with rows."""
    compiled = empty.dbt_target.rglob("compiled/**/staging/**/*.sql")
    sorting = {path.stem for path in compiled if "order by" in path.read_text().lower()}
    selected = ["--select", *sorted(sorting), "--resource-type", "unit_test"]
    assert len(passed(empty, "test", *selected, "--target", "nulls_first")) >= 10


@pytest.mark.parametrize(
    "sql",
    [
        "select a, b from one, two",
        "with three as (from one) select a, b from three, two",
        "\n-- with\n/* with */\nWITH RECURSIVE three as (from one), four as (from two) from three, four",
        "select * from (with three as (from one) select a, b from three, two)",
        "-- A comment alone.\nselect a, b as with_b from one, two -- with\n",
    ],
)
def test_fixtures_come_before_the_statements_own_ctes_as_dbt_puts_them(sql: str) -> None:
    fixtures = [InjectedCTE("one", " one as (select 1 as a)"), InjectedCTE("two", " two as (select 2 as b)")]
    for statement in (with_these_before(sql, fixtures), inject_ctes_into_sql(sql, fixtures)):
        assert duckdb.execute(statement).fetchall() == [(1, 2)]
