"""The page of the data: files, how old each source is, rows that were rejected or excluded, and identity resolution.

Belongs here: what somebody who has to correct an export or a record looks at. Files and sums are those of arrivals.py,
every rejected or excluded row is in a list (lists.py), and the definitions are on their own page (definitions.py).
"""

from collections.abc import Sequence

import duckdb

from orchestration.lib.formats import short_month
from orchestration.lib.inspection.openings import Opening
from orchestration.lib.language import gettext, translated
from orchestration.lib.pages.arrivals import EXCLUDED as EXCLUDED_ROWS
from orchestration.lib.pages.arrivals import read_arrivals
from orchestration.lib.pages.guards import count_guards
from orchestration.lib.pages.reading import read_header
from orchestration.lib.pages.rendering import render
from orchestration.lib.warehouse.rows import Row, read_rows

LINES_SHOWN = 5
PAIRS_SHOWN = 200
OWNERS_SHOWN = 50

# One line per file, column and reason is what somebody can correct.
REJECTED = f"""
    select
        system, table_name, file, column_name, reason, count(*) as rows,
        array_to_string(list(line order by line)[:{LINES_SHOWN}], ', ') as lines
    from marts.fct_rejected_rows
    where not is_non_data_line
    group by all
    order by rows desc, system, file, reason, column_name, table_name
"""

# Titles, totals and closing lines of reports.
NON_DATA = "select count(*) as lines, count(distinct file) as files from marts.fct_rejected_rows where is_non_data_line"

FRESHNESS = "select * from reports.rpt_sources where days_behind is not null order by days_behind desc, system"

ENTITIES = "select system, entity, last_date from marts.fct_source_freshness order by system, entity"

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
    select * from reports.rpt_unknown_owners
    order by persons desc, opportunities desc, activities desc, owner_name, owner_id
"""

AMBIGUOUS = "select * from marts.fct_ambiguous_links order by ambiguity, other_record_id, record_id, rule"


def render_data(connection: duckdb.DuckDBPyConnection, openings: Sequence[Opening] = ()) -> str:
    """The page of the data as one HTML document. ValueError if the warehouse was never built."""
    header = read_header(connection)
    ambiguous, owners = read_rows(connection, AMBIGUOUS), read_rows(connection, UNKNOWN_OWNERS)
    rejected, excluded_rows = read_rows(connection, REJECTED), read_rows(connection, EXCLUDED_ROWS)
    return render(
        "data.html.j2",
        "data.html",
        header=header,
        guards=count_guards(connection),
        arrivals=read_arrivals(connection),
        freshness=_freshness(connection),
        openings=openings,
        rejected=rejected[:PAIRS_SHOWN],
        hidden_rejected=len(rejected[PAIRS_SHOWN:]),
        non_data=read_rows(connection, NON_DATA)[0],
        excluded_rows=excluded_rows[:PAIRS_SHOWN],
        hidden_excluded=len(excluded_rows[PAIRS_SHOWN:]),
        hidden_row_count=sum(row["row_count"] for row in excluded_rows[PAIRS_SHOWN:]),
        totals=read_rows(connection, TOTALS)[0],
        systems=read_rows(connection, SYSTEMS),
        rules=read_rows(connection, RULES),
        excluded=read_rows(connection, EXCLUDED),
        ambiguous=ambiguous[:PAIRS_SHOWN],
        hidden_ambiguous=max(0, len(ambiguous) - PAIRS_SHOWN),
        owners=owners[:OWNERS_SHOWN],
        hidden_owners=max(0, len(owners) - OWNERS_SHOWN),
    )


def _freshness(connection: duckdb.DuckDBPyConnection) -> list[Row]:
    """One row per system, the one that is behind most first, with the last day of each of its entities."""
    rows = read_rows(connection, FRESHNESS)
    ends: dict[str, list[str]] = {}
    for row in read_rows(connection, ENTITIES):
        entity, day = translated(row["entity"]), row["last_date"]
        text = (
            gettext("%(entity)s %(day)s %(month)s", entity=entity, day=day.day, month=short_month(day))
            if day
            else gettext("%(entity)s without dates", entity=entity)
        )
        ends.setdefault(row["system"], []).append(text)
    return [row | {"entities": ", ".join(ends.get(row["system"], []))} for row in rows]
