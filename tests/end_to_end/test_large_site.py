"""The site of a company with 50 owners and three years, in a short form of `benchmarks/site_size.py`."""

import sys
from pathlib import Path

import duckdb
import pytest

from orchestration.lib.agreement.reading import read_agreements
from tests.end_to_end.conftest import PROJECT, Built

sys.path.append(str(PROJECT / "benchmarks"))
from grown_copy import grow
from site_size import MOST_BYTES, MOST_BYTES_OF_TODAY, MOST_SECONDS, measure

pytestmark = [pytest.mark.end_to_end, pytest.mark.slow]
OPEN_LEADS = 3000


def test_the_pages_stay_small_and_are_written_once(demo: Built, tmp_path: Path) -> None:
    rows = grow(demo.copy, tmp_path / "grown.duckdb", OPEN_LEADS)
    assert rows["reports.rpt_open_clocks"] >= OPEN_LEADS
    with duckdb.connect(tmp_path / "grown.duckdb", read_only=True) as connection:
        count = "select count(distinct person_id), count(distinct owner_id) from reports.rpt_open_clocks"
        leads, owners = connection.execute(count).fetchall()[0]
        (months,) = connection.execute("select count(distinct month_date) from reports.rpt_owner_months").fetchall()[0]
        (twice,) = connection.execute("select count(*) - count(distinct person_id) from marts.dim_person").fetchall()[0]
    assert (leads >= OPEN_LEADS, owners >= 30, months >= 24, twice) == (True, True, True, 0)
    found = measure(tmp_path / "grown.duckdb", tmp_path / "site", read_agreements(demo.company / "agreements"))
    assert found.changed_again == 0
    assert found.seconds < MOST_SECONDS
    assert not {page: size for page, size in found.sizes.items() if size >= MOST_BYTES}
    assert found.sizes["index.html"] < MOST_BYTES_OF_TODAY
