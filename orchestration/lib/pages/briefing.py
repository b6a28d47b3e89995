"""The lead briefing: what a rep reads before calling, one page for each lead that stands on the board.

Belongs here: what a briefing holds. All leads are read together, one query a table, and parted here: a query for each
lead and section would take minutes. No name of a lead is published; the e-mail only where company.yml says so.
"""

from collections import defaultdict
from collections.abc import Iterable

import duckdb

from orchestration.lib.formats import lead_page
from orchestration.lib.pages.changes import read_changes
from orchestration.lib.pages.outstanding import read_outstanding
from orchestration.lib.pages.reading import Row, read_header, read_rows
from orchestration.lib.pages.rendering import render

EVENTS_SHOWN = 200

PERSONS = """
    select
        persons.*, owners.owner_name, owners.team_label, accounts.account_name, accounts.employees,
        accounts.segment_label, timezone(build.time_zone, timezone('UTC', persons.deleted_at)) as deleted_local_at
    from marts.dim_person as persons
    cross join marts.dim_build as build
    left join marts.dim_owner as owners on persons.owner_id = owners.owner_id
    left join marts.dim_account as accounts on persons.account_id = accounts.account_id
    where persons.person_id in (select unnest(?))
    order by persons.person_id
"""

SCORES = """
    select * from marts.fct_person_scores where is_current and person_id in (select unnest(?))
"""

# What is left of a rule's points is capped by the rule, as the score is; the version is the score's own.
REASONS = """
    select
        points.person_id, points.score_part, points.rule, count(*) as times, sum(points.points) as points,
        max(points.at_most) as at_most, sum(points.points_left) as points_left,
        timezone(any_value(build.time_zone), timezone('UTC', max(points.happened_at))) as last_local_at
    from marts.fct_score_points as points
    inner join marts.fct_person_scores as scores
        on points.person_id = scores.person_id
        and points.agreement_version = scores.agreement_version
        and scores.is_current
    cross join marts.dim_build as build
    where points.person_id in (select unnest(?))
    group by points.person_id, points.score_part, points.rule
    order by points.score_part desc, points_left desc, points.rule
"""

OWED = """
    select * from reports.rpt_open_clocks where person_id in (select unnest(?)) order by due_at, commitment_id
"""

JOURNEYS = """
    select
        journeys.*,
        timezone(build.time_zone, timezone('UTC', journeys.entered_at)) as entered_local_at,
        timezone(build.time_zone, timezone('UTC', journeys.closed_at)) as closed_local_at,
        case
            when customer_at is not null then 'customer' when opportunity_at is not null then 'opportunity'
            when sql_at is not null then 'sql' when sal_at is not null then 'sal' when mql_at is not null then 'mql'
            else 'lead'
        end as stage
    from marts.fct_journeys as journeys
    cross join marts.dim_build as build
    where journeys.person_id in (select unnest(?))
    order by journeys.journey_number desc
"""

DOCUMENTS = """
    select
        documents.*,
        timezone(build.time_zone, timezone('UTC', documents.sent_at)) as sent_local_at,
        timezone(build.time_zone, timezone('UTC', documents.first_opened_at)) as opened_local_at
    from marts.fct_documents as documents
    cross join marts.dim_build as build
    where documents.person_id in (select unnest(?))
    order by documents.sent_at desc, documents.document_id
"""

TIMELINE = """
    select *, max(event_number) over (partition by person_id) as events
    from reports.rpt_lead_timeline
    where person_id in (select unnest(?))
    qualify event_number > events - ?
    order by event_number desc
"""


def render_briefings(connection: duckdb.DuckDBPyConnection) -> dict[str, str]:
    """File name and HTML of the briefing of each lead on the board. ValueError if the warehouse was never built."""
    header = read_header(connection)
    persons = leads_on_board(read_outstanding(connection), read_changes(connection))
    return {
        lead_page(lead["person"]["person_id"]): render("briefing.html.j2", header=header, **lead)
        for lead in read_briefings(connection, persons)
    }


def leads_on_board(owed: Row, changes: Row) -> list[str]:
    """The persons in the rows that the board shows, each once."""
    sections = (owner["rows"] for section in owed["sections"].values() for owner in section["owners"])
    rows = [row for group in (*sections, *(kind["rows"] for kind in changes["kinds"])) for row in group]
    return sorted({row["person_id"] for row in rows if row["person_id"] is not None})


def read_briefings(connection: duckdb.DuckDBPyConnection, persons: list[str]) -> Iterable[Row]:
    """One row per person: who it is, score with its reasons, what is owed, journeys, documents, timeline."""
    scores = _by_person(read_rows(connection, SCORES, [persons]))
    reasons = _by_person(read_rows(connection, REASONS, [persons]))
    owed = _by_person(read_rows(connection, OWED, [persons]))
    journeys = _by_person(read_rows(connection, JOURNEYS, [persons]))
    documents = _by_person(read_rows(connection, DOCUMENTS, [persons]))
    timeline = _by_person(read_rows(connection, TIMELINE, [persons, EVENTS_SHOWN]))
    for person in read_rows(connection, PERSONS, [persons]):
        key = person["person_id"]
        events = timeline[key]
        yield {
            "person": person,
            "score": scores[key][0] if scores[key] else None,
            "reasons": reasons[key],
            "owed": owed[key],
            "journey": journeys[key][0] if journeys[key] else None,
            "previous": journeys[key][1:],
            "journey_numbers": {row["journey_id"]: row["journey_number"] for row in journeys[key]},
            "documents": documents[key],
            "timeline": events,
            "hidden_events": events[0]["events"] - len(events) if events else 0,
        }


def _by_person(rows: list[Row]) -> defaultdict[str, list[Row]]:
    found: defaultdict[str, list[Row]] = defaultdict(list)
    for row in rows:
        found[row["person_id"]].append(row)
    return found
