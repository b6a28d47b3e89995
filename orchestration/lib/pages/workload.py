"""Who is over capacity: leads handed over this month against what a rep can serve, and what each owes."""

from datetime import date

import duckdb

from orchestration.lib.pages.commitments import read_owner_months
from orchestration.lib.pages.reading import Row, read_rows
from orchestration.lib.pages.sparklines import sparkline

# An owner who owes something stands here also in a month in which nothing was handed over.
LOAD = """
    with
        load as (select * from reports.rpt_rep_load),
        owed as (
            select
                owner_id, owner_name, revenue_stream,
                count(*) filter (where urgency in ('due soon', 'cadence today')) as due_now,
                count(*) filter (where urgency = 'overdue') as overdue,
                count(*) filter (where urgency = 'due later') as due_later
            from reports.rpt_open_clocks
            group by owner_id, owner_name, revenue_stream
        ),
        merged as (
            select
                coalesce(load.owner_id, owed.owner_id) as owner_id,
                coalesce(load.owner_name, owed.owner_name) as owner_name,
                coalesce(load.revenue_stream, owed.revenue_stream) as revenue_stream,
                coalesce(load.month_leads, 0) as month_leads,
                coalesce(load.open_month_leads, 0) as open_month_leads,
                load.leads_per_rep, load.utilisation_rate, load.is_over_capacity,
                coalesce(owed.due_now, 0) as due_now,
                coalesce(owed.overdue, 0) as overdue,
                coalesce(owed.due_later, 0) as due_later
            from load
            full join owed
                on load.owner_id is not distinct from owed.owner_id and load.revenue_stream = owed.revenue_stream
        )
    select merged.*, owners.team_label
    from merged
    left join marts.dim_owner as owners on merged.owner_id = owners.owner_id
    order by
        merged.is_over_capacity desc nulls last, owners.team_label nulls last, merged.utilisation_rate desc nulls last,
        merged.overdue desc, merged.owner_name, merged.owner_id, merged.revenue_stream
"""
ROWS_SHOWN = 30


def read_load(connection: duckdb.DuckDBPyConnection, as_of_month: date) -> Row:
    """One row per owner and revenue stream, who is over capacity first, with the owner's months as a small picture.

    The picture has final months only: one that still runs is a span, and its figure no trend.
    """
    rows = read_rows(connection, LOAD)
    months = read_owner_months(connection, as_of_month)
    for row in rows:
        final = [each for each in months.get(row["owner_id"], []) if each["is_final"] and each["due"]]
        row["is_too_early"] = row["owner_id"] in months and not final
        row["last_final"] = final[-1] if final else None
        title = f"{row['owner_name']}: share kept of the clocks and cadences due, by final month"
        row["chart"] = sparkline([each["attainment"] for each in final], title, high=1)
    return {
        "rows": rows[:ROWS_SHOWN],
        "hidden": len(rows[ROWS_SHOWN:]),
        "over": sum(bool(row["is_over_capacity"]) for row in rows),
        "has_capacity": any(row["leads_per_rep"] is not None for row in rows),
    }
