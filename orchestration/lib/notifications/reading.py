"""The events to notify, from the published copy; the addresses of the owners, from the warehouse.

Belongs here: the queries. The copy has passed every check; addresses are never published, and are read from the
warehouse only. What is made of an event is planning.py.
"""

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path

import duckdb

from orchestration.lib.review.agenda import Agenda, read_agenda


@dataclass(frozen=True)
class Event:
    """One row of fct_notifications, with the names that a reader knows."""

    notification_id: str
    event: str
    about: str | None
    occurred_at: datetime
    due_at: datetime | None
    owner_id: str | None
    owner_name: str | None
    person_id: str | None
    account_name: str | None
    revenue_stream: str | None
    lead_type: str | None
    cover_owner_id: str | None = None
    cover_name: str | None = None

    @property
    def notified_id(self) -> str | None:
        """The owner, or who covers for them."""
        return self.cover_owner_id or self.owner_id

    @property
    def notified_name(self) -> str | None:
        """The name of that owner."""
        return self.cover_name if self.cover_owner_id else self.owner_name


@dataclass(frozen=True)
class OpenClock:
    """An open commitment under its name, as the weekly digest lists it."""

    owner_id: str
    commitment: str
    person_id: str
    due_at: datetime
    status: str


@dataclass(frozen=True)
class News:
    """Everything of one build that a notification can contain."""

    as_of: datetime
    time_zone: str
    events: list[Event]
    open_clocks: dict[str, list[OpenClock]]
    records: dict[str, list[str]]
    """The record ids of every person that an event is about, each with its system."""
    owner_records: dict[str, list[str]]
    """The record ids of every owner who is a person, each with its system; the first names the owner."""
    owners_by_name: dict[str, list[str]]
    """Every owner who is a person, by the name shown."""
    agendas: Mapping[str, Agenda] = field(default_factory=dict)
    """What a review that is due has to talk about, by its notification."""


# A commitment and a stream are called as the newest version with them calls them, as on the pages.
CALLED = """
    with commitments as (
        select commitment, max_by(commitment_name, coalesce(effective_from, date '0001-01-01')) as commitment_name
        from marts.dim_commitment
        group by commitment
    ),
    streams as (
        select revenue_stream, max_by(revenue_stream_name, coalesce(effective_from, date '0001-01-01')) as stream_name
        from marts.dim_revenue_stream
        inner join marts.dim_agreement using (agreement_version)
        group by revenue_stream
    )
"""
EVENTS = f"""
    {CALLED}
    select
        events.notification_id, events.event, coalesce(commitments.commitment_name, events.about), events.occurred_at,
        events.due_at, events.owner_id, owners.owner_name, events.person_id, accounts.account_name,
        coalesce(streams.stream_name, persons.revenue_stream), persons.lead_type,
        events.cover_owner_id, covers.owner_name as cover_name
    from marts.fct_notifications as events
    left join commitments on events.about = commitments.commitment and events.commitment_id is not null
    left join marts.dim_owner as owners on events.owner_id = owners.owner_id
    left join marts.dim_owner as covers on events.cover_owner_id = covers.owner_id
    left join marts.dim_person as persons on events.person_id = persons.person_id
    left join marts.dim_account as accounts on persons.account_id = accounts.account_id
    left join streams on persons.revenue_stream = streams.revenue_stream
    order by events.occurred_at, events.notification_id
"""
CLOCKS = f"""
    {CALLED}
    select owner_id, coalesce(commitments.commitment_name, commitment), person_id, due_at, status
    from reports.rpt_open_clocks
    left join commitments using (commitment)
    where owner_id is not null and urgency not in ('backlog', 'rework')
    order by owner_id, due_at, commitment_id
"""
RECORDS = """
    select links.person_id, links.record_id
    from marts.fct_person_links as links
    where links.is_person_record and links.exclusion_reason is null
        and links.person_id in (select person_id from marts.fct_notifications)
    order by links.person_id, links.is_first_record desc, links.record_id desc
"""
OWNERS = """
    select owners.owner_id, owners.owner_name, links.record_id
    from marts.dim_owner as owners
    inner join marts.fct_owner_links as links on owners.owner_id = links.owner_id
    where not owners.is_automatic
    order by owners.owner_id, links.is_first_record desc, links.is_listed desc, links.record_id
"""


REVIEWS = "select notification_id, about, agreement_version from marts.fct_notifications where event = 'review_due'"


def read_news(published: duckdb.DuckDBPyConnection, pages: Path = Path()) -> News:
    """The events of the published build, with what their notifications contain; `pages` is the folder of its pages."""
    [(as_of, time_zone)] = published.execute("select as_of, time_zone from marts.dim_build").fetchall()
    clocks, records = defaultdict(list), defaultdict(list)
    for row in published.execute(CLOCKS).fetchall():
        clocks[row[0]].append(OpenClock(*row))
    for person_id, record_id in published.execute(RECORDS).fetchall():
        records[person_id].append(record_id)
    owners, named = defaultdict(list), defaultdict(list)
    for owner_id, name, record_id in published.execute(OWNERS).fetchall():
        owners[owner_id].append(record_id)
        if record_id == owner_id:
            named[name].append(owner_id)
    events = [Event(*row) for row in published.execute(EVENTS).fetchall()]
    agendas = {
        notification_id: read_agenda(published, period, version, pages)
        for notification_id, period, version in published.execute(REVIEWS).fetchall()
    }
    return News(as_of, time_zone, events, dict(clocks), dict(records), dict(owners), dict(named), agendas)


def read_addresses(warehouse: duckdb.DuckDBPyConnection) -> dict[str, str]:
    """The e-mail of every owner's record that has one."""
    found = """
        select record_id, owner_email
        from intermediate.int_owner_links
        where owner_email is not null and not is_automatic
    """
    return dict(warehouse.execute(found).fetchall())
