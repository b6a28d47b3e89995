"""Does content help? In companies where it does not, landmarks find nothing, and the usual comparison finds a lot.

The companies are drawn, and the model is the project's own; each company is a stage of one table, so that all of them
are computed at once. Content is met by those who are still there: that is all that it has to do with the outcome.
"""

from collections.abc import Iterator

import duckdb
import numpy as np
import pandas
import pytest

from orchestration import settings
from tests.stratified import difference
from tests.systems import compiled
from tests.tables import create

pytestmark = pytest.mark.slow

COMPANIES = {"without": 1000, "with": 200}
JOURNEYS = 800
START = np.datetime64("2024-01-01")
AS_OF = np.datetime64("2025-06-01")
NEVER = 9999
# Of each grade its share, and the days after which half of the deals would be won if none were lost.
GRADES = {"A1": (0.2, 30), "B2": (0.5, 60), "C3": (0.3, 120)}
TABLES = ("marts.fct_stage_stays", "marts.fct_journeys", "marts.dim_build", "marts.fct_timeline")
EFFECTS = """
    select difference_rate, difference_rate_low, difference_rate_high from reports.rpt_content_effect
    where stage like ? || ' %' and outcome = 'customer' and comparison = ? and landmark_days is not distinct from ?
    order by stage
"""


def drawn(company: str, seed: int, speed: float) -> pandas.DataFrame:
    """The journeys of one company: who is not lost early is won late, `speed` times as fast after the content."""
    random = np.random.default_rng(seed)
    shares, days = zip(*GRADES.values(), strict=True)
    grade = random.choice(len(GRADES), JOURNEYS, p=shares)
    entered = START + random.integers(0, 400, JOURNEYS)
    lost = random.exponential(12, JOURNEYS) * random.choice([1, 8], JOURNEYS)
    # Nobody is won in the first days.
    won = 5 + random.exponential(np.array(days)[grade] / np.log(2))
    seen = random.exponential(25, JOURNEYS)
    seen[random.random(JOURNEYS) < 0.05] = -3  # before the stage
    won = np.where((seen >= 0) & (seen < won), seen + (won - seen) / speed, won)
    left = np.minimum(won, lost)
    return pandas.DataFrame(
        {
            "company": company,
            "person_id": [f"{company}:{number}" for number in range(JOURNEYS)],
            "grade": np.array(list(GRADES))[grade],
            "entered": entered,
            "won": np.where(won < lost, won, NEVER).astype(int),
            "left": left.astype(int),
            "seen": np.where(seen < left, np.floor(seen), NEVER).astype(int),
        }
    )


@pytest.fixture(scope="module")
def effects(tmp_path_factory: pytest.TempPathFactory) -> Iterator[duckdb.DuckDBPyConnection]:
    """The result of the model for companies without any effect of the content, and for companies with one."""
    place = settings.Settings(settings.DEMO_COMPANY, tmp_path_factory.mktemp("content_effect"))
    sql = compiled(place, ["rpt_content_effect"])
    companies = [
        drawn(f"{kind} {seed:04}", seed, speed)
        for kind, speed in (("without", 1), ("with", 3))
        for seed in range(COMPANIES[kind])
    ]
    with duckdb.connect(place.warehouse) as connection:
        create(connection, *TABLES)
        connection.register("drawn", pandas.concat(companies))
        connection.execute(f"""
            create table known as
            select * replace (case when left_date > date '{AS_OF}' then null else left_date end as left_date,
                case when won_date > date '{AS_OF}' then null else won_date end as won_date)
            from (select *, entered::date as entered_date, entered::date + "left"::int as left_date,
                case when won < {NEVER} then entered::date + won::int end as won_date from drawn);
            insert into marts.dim_build by name select date '{AS_OF}' as as_of_date;
            insert into marts.fct_journeys by name
            select person_id as journey_id, person_id,
                case when left_date is null then 'open' when won_date is null then 'lost' else 'customer' end as outcome
            from known;
            insert into marts.fct_stage_stays by name
            select person_id as journey_id, person_id, company as stage, grade, entered_date, left_date,
                won_date as next_stage_date, won_date as customer_date
            from known;
            insert into marts.fct_timeline by name
            select person_id, 'Case' as content_name, 'visit' as event_label,
                entered_date::timestamp + to_days(seen) as happened_local_at
            from known where seen < {NEVER};
            create schema reports;
            create table reports.rpt_content_effect as {sql["rpt_content_effect"]};
        """)
        yield connection


def found(effects: duckdb.DuckDBPyConnection, kind: str, comparison: str, days: int | None) -> tuple[float, float]:
    """The mean difference of the companies of a kind, and the share of them whose interval contains no effect."""
    rows = effects.execute(EFFECTS, [kind, comparison, days]).fetchall()
    assert len(rows) == COMPANIES[kind]
    return float(np.mean([row[0] for row in rows])), float(np.mean([low <= 0 <= high for _, low, high in rows]))


@pytest.mark.parametrize("days", [7, 14, 30])
def test_landmarks_find_no_effect_where_there_is_none(effects: duckdb.DuckDBPyConnection, days: int) -> None:
    """Of 1,000 intervals of 95 % between 930 and 970 contain the truth, but once in 270 times."""
    mean, share = found(effects, "without", "landmark", days)
    assert abs(mean) < 0.01
    assert share == pytest.approx(0.95, abs=0.02)


def test_ended_paths_find_an_effect_that_is_not_there(effects: duckdb.DuckDBPyConnection) -> None:
    mean, share = found(effects, "without", "ended paths", None)
    assert mean > 0.15
    assert share == 0


@pytest.mark.parametrize("days", [7, 14, 30])
def test_landmarks_find_the_effect_where_there_is_one(effects: duckdb.DuckDBPyConnection, days: int) -> None:
    mean, share = found(effects, "with", "landmark", days)
    assert mean > 0.08
    assert share < 0.8


def test_another_calculation_has_the_same_figures(effects: duckdb.DuckDBPyConnection) -> None:
    """Groups and strata in Python, the difference and its bounds by tests/stratified.py."""
    company, landmark, until = drawn("with 0007", 7, 3), 14, 14 + 90
    strata = []
    for _, members in company.groupby("grade"):
        followed = (AS_OF - members["entered"].to_numpy()) / np.timedelta64(1, "D")
        at_risk = members[(members["left"] > landmark) & (followed >= until)]
        seen = at_risk[(at_risk["seen"] > 0) & (at_risk["seen"] <= landmark)]
        unseen = at_risk[at_risk["seen"] > landmark]
        strata.append((len(seen), (seen["won"] <= until).sum(), len(unseen), (unseen["won"] <= until).sum()))
    row = effects.execute(
        "select seen, seen_reached, unseen, unseen_reached, difference_rate, difference_rate_low, difference_rate_high"
        " from reports.rpt_content_effect"
        " where stage = 'with 0007' and outcome = 'customer' and comparison = 'landmark' and landmark_days = 14"
    ).fetchone()
    assert row == pytest.approx((*map(sum, zip(*strata, strict=True)), *difference(strata)), abs=1e-9)
