"""The version that a review proposes, on its page."""

import re
from datetime import date

import duckdb
import pytest

from orchestration.lib.pages import render_review
from orchestration.lib.pages.next_version import version_part
from orchestration.lib.review.measured import Review, review_period
from orchestration.lib.review.next_version import NextVersion
from orchestration.lib.review.past import Past
from tests.unit.pages.page_tables import lay_out
from tests.unit.pages.test_pages import REVIEWED, words
from tests.unit.review.test_next_version import Q3, propose, small


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
    (row,) = version_part(proposed, Review(Q3, "2025-01", ()), Past({}, {}, {}))["lead_types"]
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


def test_what_was_never_reached_is_marked(proposed: NextVersion) -> None:
    """600 leads a year are 50 a month; sql_to_opportunity is agreed at 50 %."""
    key = ("main", "website_form")
    past = Past({(*key, "mql"): {date(2026, 1, 1): 40, date(2026, 2, 1): 49}}, {}, {(*key, "sql_to_opportunity"): 0.48})
    (row,) = version_part(proposed, Review(Q3, "2025-01", ()), past)["reached"]
    assert (row["needed"], row["best"], row["best_month"], row["is_beyond"]) == (50, 49, date(2026, 2, 1), True)
    assert row["rates"] == [{"name": "SQL to opportunity", "rate": 0.5, "best": 0.48}]
    enough = Past({(*key, "mql"): {date(2026, 2, 1): 50}}, {}, {(*key, "sql_to_opportunity"): 0.5})
    (row,) = version_part(proposed, Review(Q3, "2025-01", ()), enough)["reached"]
    assert (row["is_beyond"], row["rates"]) == (False, [])
