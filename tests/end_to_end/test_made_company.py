"""The company that the benchmarks make, at a small size: every file is read whole, and its pages stay within budget."""

import sys
from pathlib import Path

import duckdb
import pytest

from tests.end_to_end.conftest import PROJECT, Built, built_once, smarketing
from tests.end_to_end.from_raw import counts

sys.path.append(str(PROJECT / "benchmarks"))
from made_company import Size, write_company
from site_size import MOST_BYTES, MOST_BYTES_OF_TODAY, MOST_SECONDS, measure

pytestmark = [pytest.mark.end_to_end, pytest.mark.campaign]
SIZE = Size(leads=2000, reps=10)
STAGES = {
    "lead": "Lead",
    "mql": "Marketing Qualified Lead",
    "sal": "Sales Accepted Lead",
    "sql": "Sales Qualified Lead",
    "opportunity": "Opportunity",
    "customer": "Customer",
}


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Built:
    return built_once(tmp_path_factory, "made", lambda folder: write_company(folder, SIZE))


def test_the_same_size_is_the_same_company_and_a_day_earlier_its_beginning(made: Built, tmp_path: Path) -> None:
    again = write_company(tmp_path / "again", SIZE)
    before = write_company(tmp_path / "before", SIZE._replace(days_to_come=1))
    for path in sorted((made.company / "exports").rglob("*.csv")):
        name = path.relative_to(made.company)
        assert (again / name).read_bytes() == path.read_bytes()
        if path.parent.name in ("web", "mailing"):
            assert set((before / name).read_text().splitlines()) < set(path.read_text().splitlines())


def test_nothing_of_it_needs_a_look(made: Built) -> None:
    checked = smarketing("check", "--company", made.company, "--home", made.home)
    assert checked.returncode == 0
    assert [line for line in checked.stdout.splitlines() if line.startswith(("  !", "  x"))] == []
    assert [line for line in made.output.splitlines() if line.startswith(("  !", "  x"))] == []
    assert made.query("select count(*) from marts.fct_rejected_rows") == [(0,)]


def test_the_funnel_is_that_of_the_file(made: Built) -> None:
    path = made.company / "exports/hubspot/contacts.csv"
    with duckdb.connect() as connection:
        dates = {stage: f'"Date entered ""{name} (Lifecycle Stage Pipeline)"""' for stage, name in STAGES.items()}
        for first, then in [("lead", "mql"), ("mql", "sal"), ("sal", "sql"), ("sql", "opportunity")]:
            both = f"count({dates[first]}), count({dates[first]}) filter ({dates[then]} is not null)"
            found = made.query(
                "select entered, converted from reports.rpt_funnel_conversion where cohort_period = 'all' "
                f"and segment_type = 'all' and from_stage = '{first}' and to_stage = '{then}'"
            )
            assert found == connection.execute(f"select {both} from read_csv('{path}')").fetchall()
            assert 0 < found[0][1] < found[0][0]


def test_both_teams_have_kept_and_missed_what_they_promised(made: Built) -> None:
    statuses = counts("status", "kept", "missed")
    found = {team: each for team, *each in made.query(f"select team, {statuses} from marts.fct_commitments group by 1")}
    assert found.keys() == {"marketing", "sales"}
    assert all(min(each) > 0 for each in found.values())


def test_the_pages_stay_small_and_only_what_changed_is_written_again(made: Built, tmp_path: Path) -> None:
    found = measure(made.copy, tmp_path / "site", made.company)
    ((leads,),) = made.query("select count(distinct person_id) from reports.rpt_open_clocks")
    assert leads > 0.4 * SIZE.leads
    assert found.changed_again == 0
    assert 0 < found.changed_of_owner < found.pages / 2
    assert found.seconds < MOST_SECONDS
    assert not {page: size for page, size in found.sizes.items() if size >= MOST_BYTES}
    assert found.sizes["index.html"] < MOST_BYTES_OF_TODAY
