"""The list to rework: the recycled leads that wait, as a file that a mailing tool imports.

Belongs here: who is on the list and in which order. What is on a line is SQL (rpt_recycled_leads); an e-mail is on it
only if company.yml publishes e-mails.
"""

from pathlib import Path

import duckdb

from orchestration.lib.csv_files import replace_csv

LEADS = """
    select persons.email, persons.email_hash, leads.*
    from reports.rpt_recycled_leads as leads
    inner join marts.dim_person as persons on leads.person_id = persons.person_id
    where not leads.has_opted_out
    order by leads.warmed_up_at desc nulls last, leads.score desc nulls last, leads.journey_id
"""


def write_rework(connection: duckdb.DuckDBPyConnection, path: Path) -> int:
    """Write the list from the published copy, those that warmed up last first, and return how many are on it."""
    rows = connection.sql(LEADS)
    replace_csv(rows, path)
    return len(rows)
