"""The page of sources: every source with its sums, personas, whom targets reach, and the measured profile."""

from collections.abc import Iterator

import duckdb
import pytest

from orchestration.lib.pages import render_sources
from tests.tables import create
from tests.unit.pages.page_tables import lay_out
from tests.unit.pages.test_pages import words

ROWS = """
insert into reports.rpt_personas (persona, persona_name, persona_number, touches, touched_persons, leads,
    leads_without_title, mqls, answered, accepted, opportunities, customers, won_amount, mature_leads, mature_customers,
    subscribers, stayed, touched_persons_share_rate, leads_share_rate, won_index, won_index_low, won_index_high,
    won_finding, accepted_finding, stayed_finding) values
    ('owner', 'Owner <b>', 1, 20, 10, 1000, 0, 700, 50, 40, 30, 20, 1234.5, 900, 15, 9, 8, 0.5, 0.25,
        2.126, 1.5, 2.999, 'wins more than it attracts', 'too few cases', 'no difference found'),
    ('unknown', 'None of them', null, 7, 10, 3000, 77, 900, 60, 30, 20, 10, 765.5, 900, 5, 0, 0, 0.5, 0.75,
        null, null, null, 'too few cases', 'too few cases', 'too few cases');
insert into reports.rpt_persona_targets (target, meant_for, persona, is_meant, touches, persons, persons_share_rate,
    known_share_rate) values
    ('campaign', 'owner', 'owner', true, 5, 3, 0.3, 0.75),
    ('campaign', 'owner', 'gone_one', false, 1, 1, 0.1, 0.25),
    ('campaign', 'owner', 'unknown', false, 6, 6, 0.6, null),
    ('content', 'gone_one', 'unknown', false, 1, 1, 1, null);
insert into reports.rpt_measured_profile (attribute, attribute_value, is_known, leads, mature_leads, mature_customers,
    leads_share_rate, won_index, won_index_low, won_index_high, won_finding, mean_fit_score, place) values
    ('company_size', '250 or more', true, 375, 321, 6, 0.07, 0.337, 0.15, 0.72, 'attracts more than it wins', 72.94, 1),
    ('company_size', '(unknown)', false, 25, 21, 1, 0.01, null, null, null, null, null, 2),
    ('country', 'Eleventh', true, 1, 1, 0, 0, null, null, null, 'too few cases', 1, 11);
"""


@pytest.fixture
def company() -> Iterator[duckdb.DuckDBPyConnection]:
    with duckdb.connect() as connection:
        lay_out(connection)
        create(connection, "reports.rpt_personas", "reports.rpt_persona_targets", "reports.rpt_measured_profile")
        yield connection


@pytest.mark.parametrize(
    "sentence",
    [
        "Owner <b> 10 50.0 % 1,000 25.0 % 700 – 40 – 30 – 20 – 1,234 – 8 of 9 "
        "None of them 77 leads have no job title 10 50.0 % 3,000 75.0 % 900",
        "All 20 4,000 1,600 70 50 30 2,000",
        "Owner <b> 40 of 50 – too few cases 15 of 900 2.13 1.50 to 3.00 wins more than it attracts – no difference",
        # Of those whose persona is known; a persona that the agreement no longer has keeps its key.
        "Campaign Owner <b> 10 4 3 75.0 % Gone one 1 Content Gone one 1 0 0 –",
        "Employees 250 or more 375 7.0 % 6 of 321 0.34 0.15 to 0.72 attracts more than it wins 72.9 "
        "(unknown) 25 1.0 % 1 of 21 – – –",
    ],
)
def test_the_page_has_whom_marketing_attracts_and_who_buys(company: duckdb.DuckDBPyConnection, sentence: str) -> None:
    company.execute(ROWS)
    text = words(render_sources(company))
    assert sentence in text
    assert "Eleventh" not in text, "ten values of an attribute at most"


def test_every_source_is_there_and_the_sums_are_those_of_all(company: duckdb.DuckDBPyConnection) -> None:
    company.execute("delete from reports.rpt_closed_loop")
    company.execute(
        "insert into reports.rpt_closed_loop (channel, source_label, leads, mqls, sqls, opportunities, customers, "
        "won_amount, revenue_amount, revenue_lines, deals_won) "
        "select 'Channel ' || i, 'Source ' || i, i, 1, 2, 3, 4, 5, 6, 1, 1 from range(1, 41) as numbers(i)"
    )
    text = words(render_sources(company))
    assert "Channel 1 Source 1 1 1 2 3 4 – – 5" in text
    assert "All sources 820 40 80 120 160 200 240" in text


def test_who_stays_is_not_in_the_data_without_subscriptions(company: duckdb.DuckDBPyConnection) -> None:
    company.execute(ROWS)
    company.execute("update reports.rpt_personas set subscribers = null, stayed = null")
    assert "1,234 – not in the data" in words(render_sources(company))


def test_where_nothing_is_there_is_nothing_to_show(company: duckdb.DuckDBPyConnection) -> None:
    company.execute("delete from reports.rpt_closed_loop")
    text = words(render_sources(company))
    for nothing in ("no touch or lead", "name no persona whom", "no lead is in the data"):
        assert nothing in text
