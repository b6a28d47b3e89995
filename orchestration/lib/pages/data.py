"""The page of the data: which definitions are broken, which rows were rejected or excluded, and identity resolution.

Belongs here: what somebody who has to correct an export or a record looks at. The board has the sums only
(arrivals.py).
"""

import duckdb

from orchestration.lib.ingestion.report import FRAME
from orchestration.lib.pages.guards import read_guards
from orchestration.lib.pages.reading import read_header, read_rows
from orchestration.lib.pages.rendering import render

LINES_SHOWN = 5
PAIRS_SHOWN = 200
OWNERS_SHOWN = 50

# One line a file, column and reason's kind would hide values; one a reason is what somebody can correct.
REJECTED = f"""
    select
        system, table_name, file, column_name, reason, count(*) as rows,
        array_to_string(list(line order by line)[:{LINES_SHOWN}], ', ') as lines
    from marts.fct_rejected_rows
    where not starts_with(reason, '{FRAME}: ')
    group by all
    order by system, file, rows desc, reason, column_name, table_name
"""

# Titles, totals and closing lines of reports: kept, and nobody's to correct.
FRAMES = (
    "select count(*) as lines, count(distinct file) as files from marts.fct_rejected_rows where reason like 'frame: %'"
)

FRESHNESS = """
    select
        system, bool_or(is_evaluated_by) as is_evaluated_by, max(system_last_date) as last_date,
        max(system_days_behind) as days_behind, max(system_files) as files, max(system_rows) as rows,
        string_agg(entity || ' ' || coalesce(strftime(last_date, '%-d %b %Y'), 'without dates'), ', ' order by entity)
            as entities
    from marts.fct_source_freshness
    group by system
    order by days_behind desc, system
"""

EXCLUDED_ROWS = "select * from marts.fct_excluded_rows order by entity, system, reason, label"

RULES = """
    select
        rule, any_value(confidence) as confidence, count(*) filter (where is_person_record) as records,
        count(*) filter (where not is_person_record) as ids
    from marts.fct_person_links
    group by rule
    order by confidence desc, rule
"""

SYSTEMS = """
    select system, count(*) filter (where is_person_record) as records, count(distinct person_id) as persons
    from marts.fct_person_links
    group by system
    order by system
"""

TOTALS = """
    select
        count(*) as persons, coalesce(sum(records), 0) as records,
        count(*) filter (where systems > 1) as in_several_systems, count(deleted_at) as deleted
    from marts.dim_person
"""

EXCLUDED = """
    select exclusion_reason as reason, count(distinct person_id) as persons, count(*) as records
    from marts.fct_person_links
    where exclusion_reason is not null
    group by exclusion_reason
    order by exclusion_reason
"""

UNKNOWN_OWNERS = """
    with
        named as (
            select owner_id, 'person' as record_type from marts.dim_person
            union all
            select owner_id, 'opportunity' as record_type from marts.fct_opportunities
            union all
            select owner_id, 'activity' as record_type from marts.fct_activities
        )
    select
        owners.owner_id, owners.owner_name,
        count(*) filter (where named.record_type = 'person') as persons,
        count(*) filter (where named.record_type = 'opportunity') as opportunities,
        count(*) filter (where named.record_type = 'activity') as activities,
        owners.owner_id in (
            select owner_id from marts.fct_owner_links where rule = 'ambiguous_name'
        ) as is_ambiguous
    from marts.dim_owner as owners
    left join named on owners.owner_id = named.owner_id
    where not owners.is_known
    group by owners.owner_id, owners.owner_name
    order by persons desc, opportunities desc, activities desc, owners.owner_name, owners.owner_id
"""

AMBIGUOUS = "select * from marts.fct_ambiguous_links order by ambiguity, other_record_id, record_id, rule"


def render_data(connection: duckdb.DuckDBPyConnection) -> str:
    """The page of the data as one HTML document. ValueError if the warehouse was never built."""
    header = read_header(connection)
    ambiguous, owners = read_rows(connection, AMBIGUOUS), read_rows(connection, UNKNOWN_OWNERS)
    return render(
        "data.html.j2",
        header=header,
        guards=read_guards(connection),
        freshness=read_rows(connection, FRESHNESS),
        rejected=read_rows(connection, REJECTED),
        frames=read_rows(connection, FRAMES)[0],
        excluded_rows=read_rows(connection, EXCLUDED_ROWS),
        totals=read_rows(connection, TOTALS)[0],
        systems=read_rows(connection, SYSTEMS),
        rules=read_rows(connection, RULES),
        excluded=read_rows(connection, EXCLUDED),
        ambiguous=ambiguous[:PAIRS_SHOWN],
        hidden_ambiguous=max(0, len(ambiguous) - PAIRS_SHOWN),
        owners=owners[:OWNERS_SHOWN],
        hidden_owners=max(0, len(owners) - OWNERS_SHOWN),
    )
