"""What the agreement's definitions demand of the marts; each guard carries the clause that it guards.

Belongs here: the definitions in words, and the rows that would break them. Keys and totals are dbt tests.
"""

from dataclasses import dataclass

import duckdb

from orchestration.lib.quality.expectations import Finding, run_expectations


@dataclass(frozen=True)
class Guard:
    """One definition: the mart that it speaks of, its clause, and the query of the rows that break it.

    A blocking guard stops the publishing; the others are shown.
    """

    name: str
    mart: str
    clause: str
    query: str
    is_blocking: bool


GUARDS = (
    Guard(
        "stage_labels_are_known",
        "fct_left_out_rows",
        "stages: no stage label that the reference stage_labels does not know",
        "select system, label, row_count from marts.fct_left_out_rows where reason = 'label not in stage_labels'",
        is_blocking=True,
    ),
    Guard(
        "activity_labels_are_known",
        "fct_left_out_rows",
        "commitments: every kind of activity is known, so that it can count as a contact or not",
        "select system, label, row_count from marts.fct_left_out_rows where reason = 'label not in activity_labels'",
        is_blocking=True,
    ),
    Guard(
        "leads_have_an_agreed_type",
        "fct_journeys",
        "revenue_streams: no lead without a revenue stream and a lead type that its version agrees on",
        """
        select journeys.revenue_stream, journeys.lead_type, count(*) as journeys
        from marts.fct_journeys as journeys
        anti join marts.dim_target as targets
            on journeys.agreement_version = targets.agreement_version
            and journeys.revenue_stream = targets.revenue_stream
            and journeys.lead_type = targets.lead_type
        where journeys.agreement_version is not null
        group by all
        """,
        is_blocking=False,
    ),
    Guard(
        "sources_have_a_channel",
        "dim_person",
        "channels: every source is known to the reference channel_rules",
        "select source_label, count(*) as persons from marts.dim_person where channel = 'Unmapped' group by 1",
        is_blocking=False,
    ),
    Guard(
        "journeys_fall_under_a_version",
        "fct_journeys",
        "effective_from: every journey begins under a version of the agreement",
        "select entered_date, count(*) as journeys from marts.fct_journeys where agreement_version is null group by 1",
        is_blocking=False,
    ),
    Guard(
        "unknown_sources_stay_under_the_ceiling",
        "fct_journeys",
        "guards.unknown_source: the share of leads whose source nobody knows",
        """
        select guards.version
        from staging.stg_agreement__guards as guards
        inner join marts.fct_journeys as journeys on guards.version = journeys.agreement_version
        where guards.guard = 'unknown_source'
        group by guards.version, guards.at_most_rate
        having avg(case when journeys.channel = 'Unknown' then 1 else 0 end) > guards.at_most_rate
        """,
        is_blocking=True,
    ),
    Guard(
        "amounts_have_a_rate",
        "fct_opportunities",
        "company.currency: every amount has a rate to the reporting currency in the reference currency_rates",
        """
        with amounts as (
            select currency_code, amount, amount_reporting from marts.fct_opportunities
            union all select currency_code, amount, amount_reporting from marts.fct_revenue
            union all select currency_code, amount, amount_reporting from marts.fct_ad_spend
            union all select currency_code, monthly_amount, amount_reporting from marts.fct_subscriptions
        )
        select currency_code, count(*) as amounts
        from amounts
        where amount is not null and amount_reporting is null
        group by currency_code
        """,
        is_blocking=True,
    ),
    Guard(
        "no_clock_runs_backwards",
        "fct_commitments",
        "commitments: a first contact is at or after the start of its clock",
        """
        select commitment_id, elapsed_minutes, elapsed_business_minutes
        from marts.fct_commitments
        where elapsed_minutes < 0 or elapsed_business_minutes < 0
        """,
        is_blocking=True,
    ),
)


def check_guard(connection: duckdb.DuckDBPyConnection, guard: Guard) -> Finding:
    """The finding of one guard, with the first rows that break it."""
    import great_expectations.expectations as gxe

    frame = connection.execute(guard.query).df()
    no_rows = gxe.ExpectTableRowCountToEqual(value=0, meta={"says": guard.clause})
    finding = run_expectations(frame, [no_rows])[0]
    if finding.success:
        return finding
    rows = frame.head(5).to_dict("records")
    examples = "; ".join(", ".join(f"{column} {value}" for column, value in row.items()) for row in rows)
    return Finding(guard.clause, False, f"{len(frame):,} rows speak against it: {examples}")
