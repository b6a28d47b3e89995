"""The terms of a stream in a review: companies with known deals and times to close go through its models and its
decision.

Each company is a stream with three lead types of one step, drawn with a fixed seed; all three kinds of line are decided
together, as a review does. Nothing of the product knows what is true.
"""

from collections import defaultdict
from datetime import date

import duckdb
import numpy as np
import pytest

from orchestration import settings
from orchestration.lib.periods import Period
from orchestration.lib.review.measured import QUERY, ReviewedRate, evaluated
from orchestration.lib.review.terms import ReviewedTerm, measured_terms
from tests.definitions.simulated_journeys import MODELS, Rates, grid, measure
from tests.systems import compiled

pytestmark = pytest.mark.slow

HALF_YEAR, AS_OF = Period(date(2026, 1, 1), 6), date(2026, 7, 25)
# Companies by number: in the first nothing drifts, in the next the deal size alone, in the last the time to close.
QUIET, DRIFTING = 100, 40
COMPANIES = QUIET + 2 * DRIFTING
DEALS, SPREAD, DRIFT, SLOWER = 200, 0.8, 1.5, 1.75
STAGES = ("mql", "customer")
# Deals are 1,000 x a lognormal number; half of the companies have a fifth of the deals.
DRAWN_DEALS = f"""
    insert into marts.fct_kpi_cases by name
        select 'average_deal' as kpi, 'd' || place as fact_id, 'c' || company::int as revenue_stream,
            date '2026-01-01' + day::int as happened_date, amount::decimal(24, 6) as numerator, 1 as denominator
        from deals;
    insert into marts.dim_revenue_stream by name
        select 'v1' as agreement_version, 'c' || number as revenue_stream,
            1000 * exp({SPREAD**2 / 2}) / if(number between {QUIET} and {QUIET + DRIFTING - 1}, {DRIFT}, 1) as deal_size
        from range({COMPANIES}) as companies(number);
    insert into intermediate.int_agreed_closing_days by name
        select 'v1' as agreement_version, 'c' || company::int as revenue_stream, day::int as day_number, closed_rate
        from closings;
"""


def closing_days(generator: np.random.Generator) -> dict[str, np.ndarray]:
    """The agreed times to close: the true ones, by 400,000 draws, or quicker ones, each day with its share."""
    columns: dict[str, list[np.ndarray]] = defaultdict(list)
    entered, delay = generator.uniform(0, 1, 400_000), generator.gamma(2, 5, 400_000)
    for factor, companies in ((1, range(QUIET + DRIFTING)), (1 / SLOWER, range(QUIET + DRIFTING, COMPANIES))):
        days, counts = np.unique(np.floor(entered + delay * factor), return_counts=True)
        for company in companies:
            columns["company"].append(np.full(len(days), company))
            columns["day"].append(days)
            columns["closed_rate"].append(counts / counts.sum())
    return {name: np.concatenate(parts) for name, parts in columns.items()}


def drawn_deals(generator: np.random.Generator) -> dict[str, np.ndarray]:
    number = np.where(np.arange(COMPANIES) % 2 * (np.arange(COMPANIES) < QUIET) == 1, DEALS // 5, DEALS)
    company = np.repeat(np.arange(COMPANIES), number)
    amount = 1000 * generator.lognormal(0, SPREAD, len(company))
    return {
        "place": np.arange(len(company)), "company": company, "day": generator.integers(0, 181, len(company)),
        "amount": amount,
    }  # fmt: skip


@pytest.fixture(scope="module")
def decided(tmp_path_factory: pytest.TempPathFactory) -> dict[str, tuple[set[str], list[ReviewedTerm]]]:
    """By company: the lines that its review proposes to change, and its terms."""
    generator = np.random.default_rng(21)
    company, lead_type, step = grid(COMPANIES, 3, 1)
    rate = generator.uniform(0.2, 0.4, len(company))
    rates = Rates(company, lead_type, step, rate, rate, np.full(len(company), 200))
    sql = compiled(settings.Settings(settings.DEMO_COMPANY, tmp_path_factory.mktemp("terms")), MODELS)
    given = {"deals": drawn_deals(generator), "closings": closing_days(generator)}
    connection = measure(sql, rates, AS_OF, 22, STAGES, DRAWN_DEALS, given)
    return by_company(connection)


def by_company(connection: duckdb.DuckDBPyConnection) -> dict[str, tuple[set[str], list[ReviewedTerm]]]:
    terms = defaultdict(list)
    for term in measured_terms(connection, HALF_YEAR):
        terms[term.revenue_stream].append(term)
    rates = defaultdict(list)
    for row in connection.execute(QUERY, [HALF_YEAR.kind, HALF_YEAR.starts]).fetchall():
        rates[row[1]].append(ReviewedRate(*row[7:]))
    found = {}
    for company, lines in rates.items():
        those, these = evaluated([company] * len(lines), lines, terms[company])
        proposed = {"rate" for each in those if each.basis == "measured"}
        found[company] = (proposed | {each.measure for each in these if each.basis == "measured"}, these)
    return found


def proposals(decided: dict, first: int, number: int) -> list[set[str]]:
    return [decided[f"c{company}"][0] for company in range(first, first + number)]


def test_where_nothing_drifts_nothing_is_proposed(decided: dict) -> None:
    quiet = proposals(decided, 0, QUIET)
    assert sum(not each for each in quiet) >= 0.95 * QUIET
    # By the interval of each line alone it would be half as many.
    noisy = [any(term.surprise and term.surprise < 0.1 for term in decided[f"c{at}"][1]) for at in range(QUIET)]
    assert sum(noisy) > 0.1 * QUIET


def test_a_deal_size_that_drifts_is_found_alone(decided: dict) -> None:
    assert sum(each == {"deal_size"} for each in proposals(decided, QUIET, DRIFTING)) >= 0.95 * DRIFTING


def test_a_time_to_close_that_drifts_is_found_alone(decided: dict) -> None:
    assert sum(each == {"closes_within"} for each in proposals(decided, QUIET + DRIFTING, DRIFTING)) >= 0.95 * DRIFTING


def test_the_intervals_of_both_contain_what_is_true(decided: dict) -> None:
    for kind, low, high in (("deal_size", 0.8, 0.96), ("closes_within", 0.86, 1)):
        terms = [term for at in range(QUIET) for term in decided[f"c{at}"][1] if term.measure == kind]
        assert len(terms) == QUIET
        assert low <= np.mean([not term.is_outside for term in terms]) <= high, kind
