"""The version that a review proposes, on its page."""

import re

import duckdb
import pytest

from orchestration.lib.pages import render_review
from orchestration.lib.pages.next_version import version_part
from orchestration.lib.review.measured import review_period
from orchestration.lib.review.next_version import NextVersion
from tests.unit.pages.page_tables import lay_out
from tests.unit.pages.test_pages import REVIEWED, words
from tests.unit.review.test_next_version import propose, small


@pytest.fixture
def proposed(tmp_path) -> NextVersion:
    """Of the small company: 200 of 500 for the agreed half. 480 MQL were needed, 600 are (test_proposed_version.py)."""
    return propose(small(tmp_path), {"mql_to_sql": (200, 500)}, ("main", "website_form"))


def page(proposed: NextVersion | str | None) -> str:
    with duckdb.connect() as connection:
        lay_out(connection)
        return render_review(connection, review_period(connection, REVIEWED), proposed)


def test_it_shows_the_clauses_the_causes_and_what_a_point_does(proposed: NextVersion) -> None:
    text = words(page(proposed))
    assert "Version 2026-11, in force from 1 November 2026 once both teams have signed it." in text
    assert (
        "rates.mql_to_sql.assumed 0.5 – revenue_streams.main.lead_types.website_form.rates.mql_to_sql.measured – 0.4"
        in text
    )
    assert "Main, website form MQL per year: 480 agreed, 600 proposed" in text
    assert "Rate MQL to SQL 50.0 % 40.0 % +120.0 Together +120" in text.replace("\u00a0", " ")
    # 240 SQL at 39 and at 41 %: 616 and 586; 120 / 0.49 = 245 SQL are 613 MQL, 120 / 0.51 = 236 are 590.
    assert re.search(r"MQL to SQL 40.0.% 600 per year \+16 −14", text)
    assert re.search(r"SQL to opportunity 50.0.% 600 per year \+13 −10", text)


def test_the_picture_goes_from_one_target_to_the_other(proposed: NextVersion) -> None:
    (row,) = version_part(proposed)["lead_types"]
    assert [(cause["name"], cause["leads"]) for cause in row["causes"]] == [("Rate MQL to SQL", 120.0)]
    for text in ("Version 2025-01", "Version 2026-11", ">480<", ">600<", ">+120.0<"):
        assert text in row["chart"]


def test_without_a_version_it_gives_the_reason() -> None:
    text = words(page("version 2026-07 has followed it"))
    assert "version 2026-07 has followed it." in text
    assert "Why the targets move" not in text
    assert "The version that is proposed" not in words(page(None))


def test_nothing_to_sign(tmp_path) -> None:
    text = words(page(propose(small(tmp_path), {}, ("main", "website_form"))))
    assert "no clause changes, so there is nothing to sign" in text
    assert "nothing that a target is made of changes" in text
