"""The lead briefing: what a rep reads before calling, one page for each lead that a page of the site names.

Belongs here: which leads have a page, and what is on it. Many leads are read together, one query a table, and parted
here: a query for each lead and section would take minutes, and all leads at once the memory of the machine. The name
of a lead and its e-mail are there only where company.yml publishes them.
"""

import math
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence

import duckdb

from orchestration.lib.formats import lead_page
from orchestration.lib.pages.reading import read_header
from orchestration.lib.pages.rendering import render
from orchestration.lib.warehouse.rows import Row, read_rows

EVENTS_SHOWN = 200
# Each reading passes over whole tables, so that their number does not grow with the leads.
READ_TOGETHER, MOST_READINGS = 1000, 50

# Who has a page: a lead with an open commitment, and one that a page or a list of the site names.
NAMED = " union ".join(
    (
        "select person_id from reports.rpt_open_clocks",
        "select person_id from reports.rpt_daily_changes",
        "select person_id from reports.rpt_untouched_leads",
        "select person_id from reports.rpt_coaching_examples",
    )
)
LEADS = f"select person_id from marts.dim_person where person_id in ({NAMED}) order by person_id"

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


def named_leads(connection: duckdb.DuckDBPyConnection) -> list[str]:
    """The leads that have a page."""
    return [row["person_id"] for row in read_rows(connection, LEADS)]


def render_briefings(
    connection: duckdb.DuckDBPyConnection, persons: Sequence[str] | None = None
) -> Iterator[tuple[str, str]]:
    """Place and HTML of the briefings of these leads, or of each that has one. ValueError before any build."""
    header = read_header(connection)
    persons = named_leads(connection) if persons is None else persons
    together = max(READ_TOGETHER, math.ceil(len(persons) / MOST_READINGS))
    for start in range(0, len(persons), together):
        for lead in read_briefings(connection, persons[start : start + together]):
            page = f"leads/{lead_page(lead['person']['person_id'])}"
            yield page, render("briefing.html.j2", page, header=header, **lead)


def read_briefings(connection: duckdb.DuckDBPyConnection, persons: Sequence[str]) -> Iterable[Row]:
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
