"""The monthly meeting as it is kept: the items of its agenda, with the figures of the published copy.

Belongs here: reading them. What is asked, and in which order, is rpt_meeting_questions; the file is kept_files.py.
"""

from datetime import datetime

import duckdb

from orchestration.lib.periods import Period
from orchestration.lib.review.items import Item
from orchestration.lib.review.kept import KeptReview, ReviewError

ITEMS = """
    select item, topic, figures, team from reports.rpt_meeting_agenda
    where month_date = ? and section in ('question', 'further')
    order by section desc, place
"""
VERSION = """
    select agreement_version from marts.dim_agreement
    where effective_from <= ? and coalesce(effective_to, date '9999-12-31') >= ?
    order by effective_from desc
    limit 1
"""


def meeting_as_held(connection: duckdb.DuckDBPyConnection, month: Period, as_of: datetime) -> KeptReview:
    """The meeting about a month, with its agenda as it is now. ReviewError if the month asks nothing."""
    items = tuple(Item(*row) for row in connection.execute(ITEMS, [month.starts]).fetchall())
    versions = connection.execute(VERSION, [month.last, month.last]).fetchall()
    if not items or not versions:
        raise ReviewError(f"{month.name}: the month has not ended, or no question follows from its figures")
    return KeptReview(month.name, versions[0][0], as_of, (), items=items)
