"""A company of many revenue streams and lead types, as a review reads it: the agreement and the rows of its tables.

Belongs here: the figures of 2026-Q2, drawn from a fixed seed; a third of the rates are not those agreed. Tables are
made from the contracts of the project.
"""

import sys
from datetime import date
from pathlib import Path

import duckdb
import numpy as np

from orchestration import settings
from orchestration.lib.agreement.reading import read_version
from orchestration.lib.periods import Period

sys.path.append(str(settings.PROJECT))
from tests.end_to_end.small_company import AGREEMENT
from tests.tables import create
from tests.unit.pages.page_tables import lay_out

PERIOD = Period(date(2026, 4, 1), 3)
STAGES = ("mql", "sql", "opportunity", "customer")
DEALS, MONTHS, ENTERED = 200, 12, 400
DRIFT = 0.15

TARGETS = """
    insert into marts.dim_target by name
        select
            '2026-01' as agreement_version, stream as revenue_stream, lead_type, step as step_number,
            stages[step] as stage, stages[step + 1] as next_stage, if(step < 4, agreed, null) as agreed_rate,
            agreed_rate as base_rate, 'assumed' as basis, 2400000 as quota_amount, 'year' as quota_period,
            share as quota_share, 4000 as deal_size, 5000 as needed
        from made
"""
RATES = """
    insert into reports.rpt_review_rates by name
        select
            'quarter' as review_period, date '2026-04-01' as period_from, date '2026-07-01' as period_to,
            '2026-01' as agreement_version, stream as revenue_stream, lead_type, step as step_number,
            stages[step] as from_stage, stages[step + 1] as to_stage, agreed as agreed_rate, entered, converted,
            0 as undecided, entered - converted as at_risk, 90 as horizon_days, 1 as within_horizon_rate,
            entered as effective_entered, 1 as coverage_rate, converted / entered as measured_rate,
            greatest(measured_rate - 1.645 * sqrt(measured_rate * (1 - measured_rate) / entered), 0)
            as measured_rate_low,
            least(measured_rate + 1.645 * sqrt(measured_rate * (1 - measured_rate) / entered), 1)
            as measured_rate_high,
            'measured' as basis
        from made where step < 4
"""
LEADS = """
    insert into reports.rpt_funnel_conversion by name
        select
            'month' as cohort_period, 'stream and lead type' as segment_type, stream as revenue_stream, lead_type,
            'mql' as from_stage, 'sql' as to_stage, date '2025-07-01' + to_months(month::int) as cohort_date,
            100 + 20 * ((month * 7 + hash(stream || lead_type) % 5) % 5) as entered
        from made cross join range({months}) as months(month) where step = 1
"""
OPPORTUNITIES = """
    insert into marts.fct_opportunities by name
        select
            stream as revenue_stream, 'won' as status, true as is_new_business, 3000 + 10 * deal as amount_reporting
        from (select distinct stream from made) cross join range({deals}) as deals(deal)
"""


def write_review(folder: Path, streams: int, lead_types: int) -> duckdb.DuckDBPyConnection:
    """The agreement in this folder, and the tables of the copy that it was built into."""
    folder.mkdir()
    rng = np.random.default_rng(2026)
    agreed = np.round(rng.uniform(0.3, 0.7, (streams, lead_types, 4)), 2)
    path = folder / "2026-01.yml"
    path.write_text(_text(agreed))
    _, agreement = read_version(path)

    true = agreed + np.where(rng.random(agreed.shape) < 1 / 3, DRIFT, 0)
    stream, lead_type, step = (place.ravel() for place in np.indices(agreed.shape))
    counted = {  # noqa: F841  DuckDB reads it by its name.
        "number": stream,
        "kind": lead_type,
        "step": step + 1,
        "agreed": agreed.ravel(),
        "converted": rng.binomial(ENTERED, true).ravel(),
    }
    connection = duckdb.connect()
    lay_out(connection, with_rows=False)
    create(connection, "marts.dim_build")
    connection.execute(
        f"""
        create table made as
            select
                'stream_' || number as stream, 'type_' || kind as lead_type, step::int as step, agreed, converted,
                {ENTERED} as entered, 1 / {lead_types} as share, {list(STAGES)} as stages
            from counted;
        insert into marts.dim_build by name select date '2026-07-10' as as_of_date, 1 as fiscal_year_start_month;
        """
    )
    connection.execute("update marts.dim_agreement set seal = ?", [agreement.seal])
    for query in (TARGETS, RATES, LEADS.format(months=MONTHS), OPPORTUNITIES.format(deals=DEALS)):
        connection.execute(query)
    return connection


def _text(agreed: np.ndarray) -> str:
    """The small company's agreement, in force from January 2026, with these streams."""
    before, rest = AGREEMENT.split("  main:\n")
    streams = []
    for number, lead_types in enumerate(agreed):
        streams.append(
            f"  stream_{number}:\n    name: Stream {number}\n    quota: {{amount: 2400000, per: year}}\n"
            "    deal_size: 4000\n    lead_types:\n"
        )
        for kind, rates in enumerate(lead_types):
            steps = zip(STAGES, STAGES[1:], rates[:3], strict=False)
            written = ", ".join(f"{stage}_to_{following}: {rate}" for stage, following, rate in steps)
            share = f"{1 / len(lead_types):.10g}"
            streams.append(f"      type_{kind}:\n        share_of_quota: {share}\n        rates: {{{written}}}\n")
    text = before + "".join(streams) + "calendars:\n" + rest.split("calendars:\n")[1]
    text = text.replace('"2025-01"', '"2026-01"').replace("2024-02-01", "2026-01-01").replace("february", "january")
    return text
