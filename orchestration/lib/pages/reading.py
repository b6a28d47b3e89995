"""From a query to rows, and what the head of every page says.

Belongs here: reading that all sections share. A section's own SQL stands in its module.
"""

from typing import Any

import duckdb

Row = dict[str, Any]

HEADER = """
    with
        build as (select * from marts.dim_build),
        versions as (select * from marts.dim_agreement),
        in_force as (
            select versions.*
            from versions
            inner join build
                on build.as_of_date >= versions.effective_from
                and build.as_of_date <= coalesce(versions.effective_to, date '9999-12-31')
        )
    select
        build.company_name,
        build.currency_code,
        build.time_zone,
        build.fiscal_year_start_month,
        timezone(build.time_zone, timezone('UTC', build.as_of)) as as_of_local_at,
        build.as_of_date,
        cast(date_trunc('month', build.as_of_date) as date) as month_date,
        day(build.as_of_date) as day_of_month,
        day(last_day(build.as_of_date)) as days_in_month,
        in_force.agreement_version as version,
        in_force.is_signed,
        in_force.marketing_signed_by,
        in_force.sales_signed_by,
        in_force.unsigned_teams,
        in_force.next_review_date,
        in_force.next_review_date < build.as_of_date as is_review_overdue,
        in_force.tolerance_rate
    from build
    left join in_force on true
"""

# Versions that do not take effect until both teams have signed them.
WAITING = """
    select agreement_version as version, agreed_from_date, unsigned_teams
    from marts.dim_agreement
    where status = 'waiting'
    order by agreed_from_date
"""


# Systems that commitments are evaluated by and whose files end days before the as-of.
DAYS_BEHIND = 3
BEHIND = f"""
    select system, max(system_last_date) as last_date
    from marts.fct_source_freshness
    where is_evaluated_by and system_days_behind > {DAYS_BEHIND}
    group by system
    order by last_date, system
"""


ENTITIES = "select distinct entity from marts.fct_source_freshness"


def read_rows(connection: duckdb.DuckDBPyConnection, query: str, parameters: list[Any] | None = None) -> list[Row]:
    """The rows of a query, each as column name -> value, in the query's order."""
    cursor = connection.execute(query, parameters or [])
    names = [column[0] for column in cursor.description or []]
    return [dict(zip(names, values, strict=True)) for values in cursor.fetchall()]


def read_header(connection: duckdb.DuckDBPyConnection) -> Row:
    """Company, as-of on the company's clock, and the agreement in force (version None without one).

    ValueError if nothing was built yet.
    """
    rows = read_rows(connection, HEADER)
    if not rows:
        raise ValueError("marts.dim_build is empty, so there is no as-of: build the warehouse, then render its pages")
    return rows[0] | {
        "waiting": read_rows(connection, WAITING),
        "behind": read_rows(connection, BEHIND),
        "entities": {row["entity"] for row in read_rows(connection, ENTITIES)},
    }
