"""The lead briefing: what a rep reads before calling, one page per lead on the board.

Belongs here: what a briefing holds. All leads are read together, one query a table, and parted here: a query for each
lead and section would take minutes. No name of a lead is published; the e-mail only where company.yml allows it.
"""

from collections import defaultdict
from collections.abc import Iterable

import duckdb

from orchestration.lib.formats import lead_page
from orchestration.lib.pages.changes import read_changes
from orchestration.lib.pages.outstanding import read_outstanding
from orchestration.lib.pages.reading import read_header
from orchestration.lib.pages.rendering import render
from orchestration.lib.warehouse.rows import Row, read_rows

EVENTS_SHOWN = 200

PERSONS = """
    select
        persons.*, owners.owner_name, owners.team_label, accounts.account_name, accounts.employees,
        accounts.segment_label
    from marts.dim_person as persons
    left join marts.dim_owner as owners on persons.owner_id = owners.owner_id
    left join marts.dim_account as accounts on persons.account_id = accounts.account_id
    where persons.person_id in (select unnest(?))
    order by persons.person_id
"""

SCORES = """
    select * from marts.fct_person_scores where is_current and person_id in (select unnest(?))
"""

REASONS = """
    select * from reports.rpt_score_reasons where person_id in (select unnest(?))
    order by score_part desc, points_left desc, rule
"""

OUTSTANDING = """
    select * from reports.rpt_open_clocks where person_id in (select unnest(?)) order by due_at, commitment_id
"""

JOURNEYS = """
    select * from marts.fct_journeys left join marts.fct_journey_history using (journey_id, person_id)
    where person_id in (select unnest(?)) order by journey_number desc"""

NEEDS = "select * from marts.fct_qualification_answers where person_id in (select unnest(?))"

DOCUMENTS = """
    select * from marts.fct_documents where person_id in (select unnest(?)) order by sent_at desc, document_id
"""

TIMELINE = """
    select timeline.*, owner_name from marts.fct_timeline as timeline left join marts.dim_owner using (owner_id)
    where person_id in (select unnest(?))
    qualify row_number() over (partition by person_id order by event_number desc) <= ?
    order by event_number desc
"""


def render_briefings(connection: duckdb.DuckDBPyConnection) -> dict[str, str]:
    """Place and HTML of the briefing of each lead on the board. ValueError if the warehouse was never built."""
    header = read_header(connection)
    persons = leads_on_board(read_outstanding(connection), read_changes(connection))
    return {
        (page := f"leads/{lead_page(lead['person']['person_id'])}"): render(
            "briefing.html.j2", page, header=header, **lead
        )
        for lead in read_briefings(connection, persons)
    }


def leads_on_board(outstanding: Row, changes: Row) -> list[str]:
    """The persons in the rows that the board shows, each once."""
    sections = (owner["rows"] for section in outstanding["sections"].values() for owner in section["owners"])
    rows = [row for group in (*sections, *(kind["rows"] for kind in changes["kinds"])) for row in group]
    return sorted({row["person_id"] for row in rows if row["person_id"] is not None})


def read_briefings(connection: duckdb.DuckDBPyConnection, persons: list[str]) -> Iterable[Row]:
    """One row per person: who it is, needs, score and reasons, what is outstanding, journeys, documents, timeline."""
    scores = _by_person(read_rows(connection, SCORES, [persons]))
    reasons = _by_person(read_rows(connection, REASONS, [persons]))
    outstanding = _by_person(read_rows(connection, OUTSTANDING, [persons]))
    journeys = _by_person(read_rows(connection, JOURNEYS, [persons]))
    needs = _by_person(read_rows(connection, NEEDS, [persons]))
    documents = _by_person(read_rows(connection, DOCUMENTS, [persons]))
    timeline = _by_person(read_rows(connection, TIMELINE, [persons, EVENTS_SHOWN]))
    for person in read_rows(connection, PERSONS, [persons]):
        key = person["person_id"]
        events = timeline[key]
        journey = journeys[key][0] if journeys[key] else None
        yield {
            "person": person,
            "score": scores[key][0] if scores[key] else None,
            "reasons": reasons[key],
            "outstanding": outstanding[key],
            "journey": journey,
            "previous": journeys[key][1:],
            "journey_numbers": {row["journey_id"]: row["journey_number"] for row in journeys[key]},
            "needs": {
                row["question"]: row for row in needs[key] if journey and row["journey_id"] == journey["journey_id"]
            },
            "documents": documents[key],
            "timeline": events,
            "hidden_events": events[0]["event_number"] - len(events) if events else 0,
        }


def _by_person(rows: list[Row]) -> defaultdict[str, list[Row]]:
    found: defaultdict[str, list[Row]] = defaultdict(list)
    for row in rows:
        found[row["person_id"]].append(row)
    return found
