"""Titles, sizes and reasons in the demo company's exports, as the year's story brings them by itself."""

from pathlib import Path

import duckdb
import pytest

EXPORTS = Path(__file__).parents[3] / "seeds" / "exports"
DECLINED = ("Recycled", "Rejected by Sales", "Disqualified")


@pytest.fixture(scope="module")
def exports() -> duckdb.DuckDBPyConnection:
    """Contacts, companies and leads without the edge cases, all text; empty cells are null."""
    connection = duckdb.connect()
    for name in ("contacts", "companies"):
        file = f"read_csv('{EXPORTS}/hubspot/{name}.csv', header = true, all_varchar = true)"
        connection.sql(f"""create table {name} as from {file} where "Record ID" not like '_9____'""")
    leads = f"read_csv('{EXPORTS}/salesforce/Lead.csv', header = true, all_varchar = true, encoding = 'latin-1')"
    connection.sql(f"create table leads as from {leads} where not regexp_matches(Id, 'Dm00(09900|[hH])')")
    entered = ", ".join(f'"Date entered ""{stage} (Lifecycle Stage Pipeline)"""' for stage in DECLINED)
    customer = '"Date entered ""Customer (Lifecycle Stage Pipeline)"""'
    columns = f"coalesce({entered}) is not null as is_declined, {customer} is not null as has_bought"
    connection.sql(f"create view people as select *, {columns} from contacts")
    return connection


@pytest.mark.parametrize(
    ("what", "query", "at_least"),
    [
        ("leads without a title", 'from people where "Job Title" is null', 400),
        ("students and interns", "from people where regexp_matches(\"Job Title\", '(?i)student|intern$')", 100),
        ("sizes unknown", 'from companies where "Number of Employees" is null', 100),
        ("sizes in a range", "from companies where \"Number of Employees\" like '%-%'", 50),
        ("unknown reasons", "from people where \"Disqualification Reason\" in ('Left the company', 'Not now')", 50),
        ("declined without a reason", 'from people where is_declined and "Disqualification Reason" is null', 200),
        ("reasons in Salesforce", "from leads where Rejection_Reason__c is not null", 20),
    ],
)
def test_the_story_brings(exports: duckdb.DuckDBPyConnection, what: str, query: str, at_least: int) -> None:
    assert exports.sql(f"select count(*) {query}").fetchall()[0][0] >= at_least, what


def test_who_decides_buys_more_often(exports: duckdb.DuckDBPyConnection) -> None:
    """Owners and buyers become customers at more than twice the rate of others who have a title."""
    decides = "'owner|founder|director|ceo|procurement|purchasing|buyer'"
    rates = exports.sql(f"""
        select regexp_matches(lower("Job Title"), {decides}) as decides, avg(has_bought::int)
        from people where "Job Title" is not null group by 1 order by 1
        """).fetchall()
    assert rates[1][1] > 2 * rates[0][1] > 0


def test_only_who_was_declined_has_a_reason(exports: duckdb.DuckDBPyConnection) -> None:
    query = 'select count("Disqualification Reason") from people where not is_declined'
    assert exports.sql(query).fetchall() == [(0,)]
